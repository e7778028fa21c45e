import { isProblem, UsageError } from '../core/errors.ts';
import type { Boundary } from '../generated/types.ts';
import type { Laurel as PlayerLaurel } from '../index.ts';
import type { Laurel as ServerLaurel, Subject } from '../server.ts';
import { type Access, loadPlatform } from './platform.ts';

/** How a test server is started. */
export interface TestServerOptions {
  /** The time at which its clock stands in the beginning; the machine's by default. */
  readonly now?: string | Date;
  /** `'ERROR'` writes what goes wrong inside to the standard output; nothing is written by default. */
  readonly logLevel?: 'SILENT' | 'ERROR';
}

/** The time of a test server, which stands still until it is advanced. */
export interface TestServerClock {
  /** What time it is. */
  now(): Promise<string>;
  /** Goes on to a time, through all that comes due before it, and tells what that was. */
  advance(to: string | Date): Promise<Boundary[]>;
}

/** The real platform, in this process, with a workspace that lives by a test clock. */
export interface TestServer {
  /** The tenant's base URL, on a free port of 127.0.0.1. */
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
  /** A backend's client, which may do anything in the workspace. */
  readonly laurel: ServerLaurel;
  /** A player's own client, with a token of theirs; one with an external id is created where there is none. */
  playerClient(user: Subject): Promise<PlayerLaurel>;
  readonly clock: TestServerClock;
  /** Ends it. Nothing is kept. */
  close(): Promise<void>;
}

const TENANT = 'test';
const WORKSPACE = 'main';

function instantOf(time: string | Date): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw new UsageError('That is no time: give RFC 3339, or a Date.');
  return date.toISOString();
}

function clockOf(laurel: ServerLaurel): TestServerClock {
  return {
    now: async () => (await laurel.clock.get()).now,
    async advance(to) {
      const boundaries: Boundary[] = [];
      let next: string | null = instantOf(to);
      while (next !== null) {
        const report = await laurel.clock.advance({ to: next });
        boundaries.push(...report.boundaries);
        next = report.nextTo;
      }
      return boundaries;
    },
  };
}

async function userIdOf(laurel: ServerLaurel, user: Subject): Promise<string> {
  if (user.userId !== undefined) return user.userId;
  const { externalUserId } = user;
  try {
    return (await laurel.users.getByExternalId(externalUserId)).id;
  } catch (error) {
    if (!isProblem(error, 'not_found')) throw error;
    return (await laurel.users.create({ externalId: externalUserId })).id;
  }
}

/**
 * Starts the real platform in this process, in memory, on a free port: the rules that run in production, and a clock
 * that you advance. It is a package of its own, `@laurel/server`, for Node 22.13 or later (it keeps its table by
 * `node:sqlite`), loaded when this is called. Servers know nothing of each other.
 * @throws UsageError if the platform is not installed
 *
 * @example
 * const { laurel, playerClient, clock, close } = await createTestServer({ now: '2026-11-24T09:00:00Z' });
 * await laurel.activities.create({ id: 'lesson.completed', name: { en: 'Lesson completed' } });
 * const player = await playerClient({ externalUserId: 'player-7' });
 * await player.events.track({ activity: 'lesson.completed' });
 * await clock.advance('2026-11-26T09:00:00Z'); // nothing on the 25th: a daily streak has broken
 * await close();
 */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const now = instantOf(options.now ?? new Date());
  const { startPlatform } = await loadPlatform();
  // When it is needed, as the platform: this entry is for browsers too, and those are not.
  const [{ Laurel }, { Laurel: Player }] = await Promise.all([import('../server.ts'), import('../index.ts')]);
  const { logLevel = 'SILENT' } = options;
  const platform = await startPlatform({ data: ':memory:', port: 0, clock: { now: () => now }, logLevel });
  const clientOf = ({ baseUrl, ...auth }: Access): ServerLaurel => new Laurel({ baseUrl, auth, timeoutMs: 60_000 });
  try {
    const operations = clientOf(await platform.createPlatformClient()).platform;
    await operations.tenants.create({ slug: TENANT, name: 'Test' });
    await operations.workspaces.create(TENANT, { slug: WORKSPACE, name: 'Main', clock: 'test' });
    const access = await platform.createWorkspaceClient({ tenant: TENANT, workspace: WORKSPACE });
    const { baseUrl, tokenEndpoint } = access;
    const laurel = clientOf(access);
    return {
      baseUrl,
      tokenEndpoint,
      laurel,
      async playerClient(user) {
        const { accessToken } = await laurel.users.mintToken(await userIdOf(laurel, user));
        return new Player({ baseUrl, auth: { token: accessToken } });
      },
      clock: clockOf(laurel),
      close: () => platform.close(),
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}
