import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisRanks } from '../../src/ranks/redis-ranks.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { readKeys, tableRanks } from '../../src/store/table-ranks.ts';
import { describeRanks } from './suite.ts';

const absent = spawnSync('redis-server', ['--version']).error !== undefined;
// Whoever asks for these tests by name wants to know that they did not run.
if (absent && process.env.LAUREL_REDIS === 'required') throw new Error('redis-server is not installed');

describe.skipIf(absent)(absent ? 'ranks in Redis: skipped, since redis-server is not installed' : 'with Redis', () => {
  let folder: string;
  let server: ChildProcess;
  let socket: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'laurel-redis-'));
    socket = join(folder, 'redis.sock');
    const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
    server = spawn('redis-server', options, { stdio: 'ignore' });
    const client = new Redis({ path: socket, retryStrategy: () => 20, maxRetriesPerRequest: null });
    // Until the server listens every try fails, and is tried again.
    client.on('error', () => {});
    await client.ping();
    client.disconnect();
  });
  afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const connect = () => new Redis({ path: socket });

  describeRanks('in Redis', async ({ table }) => {
    const redis = connect();
    await redis.flushall();
    const load = (...[scope, ranking]: Parameters<Parameters<typeof redisRanks>[1]>) => readKeys(table, scope, ranking);
    const index = redisRanks(redis, load, tableRanks(table));
    return { index, apply: (changes) => index.apply(changes), close: async () => void (await redis.quit()) };
  });

  test('while somebody reads a ranking the table answers, and what leaves meanwhile does not come back', async () => {
    const redis = connect();
    await redis.flushall();
    const scope = workspaceScope('acme', 'main');
    const ranking = { leaderboard: 'board', period: 'all' };
    const started = Promise.withResolvers<void>();
    const keys = Promise.withResolvers<string[]>();
    const table = {
      count: async () => 77,
      countScoresBefore: async () => 77,
      keys: async () => ['the table'],
      rebuild: async () => {},
    };
    const index = redisRanks(
      redis,
      () => {
        started.resolve();
        return keys.promise;
      },
      table,
    );
    const first = index.count(scope, ranking, {});
    await started.promise;
    expect(await index.count(scope, ranking, {})).toBe(77);
    expect(await index.keys(scope, ranking, { limit: 9 })).toEqual(['the table']);
    const name = 'T#acme#W#main#BOARD#board#all';
    await index.apply([
      { name, remove: '1#a#ada' },
      { name, remove: '1#a#bob', add: '2#b#bob' },
    ]);
    keys.resolve(['1#a#ada', '1#a#bob', '3#c#cleo']);
    expect(await first).toBe(2);
    expect(await index.keys(scope, ranking, { limit: 9 })).toEqual(['2#b#bob', '3#c#cleo']);
    await redis.quit();
  });
});
