import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Whether there is no Redis to test with. Whoever asks for these tests by name wants to know that they did not run. */
export const noRedis = spawnSync('redis-server', ['--version']).error !== undefined;
if (noRedis && process.env.LAUREL_REDIS === 'required') throw new Error('redis-server is not installed');

/** What a suite is called that needs Redis. */
export function withRedis(what: string): string {
  return noRedis ? `${what}: skipped, since redis-server is not installed` : what;
}

/** How a client takes it that Redis is away. */
interface Persistence {
  readonly maxRetriesPerRequest?: number;
  readonly retryStrategy?: () => number;
  readonly reconnectOnError?: () => boolean;
}

/** A Redis of a test's own, in memory, behind a socket of the file system. */
export interface TestRedis {
  connect(options?: Persistence): Redis;
  /** Lets it stand still, connections open, as a machine does that is overloaded. */
  freeze(): void;
  thaw(): void;
  /** Ends it, as a crash does. */
  kill(): Promise<void>;
  /** Starts it anew, empty. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-redis-'));
  const socket = join(folder, 'redis.sock');
  let server: ChildProcess | undefined;
  async function kill(): Promise<void> {
    if (server === undefined) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    server = undefined;
  }
  async function start(): Promise<void> {
    const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
    server = spawn('redis-server', options, { stdio: 'ignore' });
    const client = new Redis({ path: socket, retryStrategy: () => 20, maxRetriesPerRequest: null });
    // Until the server listens every try fails, and is tried again.
    client.on('error', () => {});
    await client.ping();
    client.disconnect();
  }
  await start();
  return {
    connect: (options = {}) => new Redis({ path: socket, ...options }),
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    kill,
    start,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
