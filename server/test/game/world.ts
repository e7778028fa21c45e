import type { AddressInfo } from 'node:net';
import { Laurel as PlayerLaurel } from '@laurel/sdk';
import { isProblem, Laurel } from '@laurel/sdk/server';
import { createLaurelApi } from '../../src/api/index.ts';
import type { Platform } from '../../src/api/platform.ts';
import { createSerial } from '../../src/api/serial.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { createGateway, type GatewayParts } from '../../src/local/gateway.ts';
import { type LocalOptions, type LocalPlatform, startPlatform, type WorkspaceAccess } from '../../src/local/index.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { workspaceScopes } from '../../src/provision.ts';
import { createRulebookReader } from '../../src/store/definitions.ts';
import type { Table } from '../../src/store/table.ts';
import { namedBacking } from '../support/endpoint.ts';
import { type Place, snapshotOf } from '../support/platform.ts';

/** The workspace in which the tests play. */
export const HOME: Place = { tenant: 'acme', workspace: 'main' };

/** A backend's client with the credential of a workspace. */
export function laurelOf(
  { baseUrl, clientId, clientSecret, tokenEndpoint }: WorkspaceAccess,
  options: { readonly maxRetries?: number } = {},
): Laurel {
  return new Laurel({
    baseUrl,
    auth: { clientId, clientSecret, tokenEndpoint },
    timeoutMs: 60_000,
    // Also where a test has a document of its own: nobody else sees this secret.
    dangerouslyAllowBrowser: true,
    ...options,
  });
}

/** A platform with a workspace to play in. */
export interface Game {
  readonly platform: LocalPlatform;
  readonly laurel: Laurel;
  readonly table: Table;
  /** All that the table holds, as text: equal texts are equal tables. */
  snapshot(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts a platform and a client with all scopes of its workspace: in memory, on a table of its own at the DynamoDB
 * endpoint that is named, or in the folder that is given.
 */
export async function openGame(options: Partial<LocalOptions> = {}): Promise<Game> {
  const backing = options.data === undefined ? await namedBacking() : {};
  const platform = await startPlatform({ data: ':memory:', port: 0, logLevel: 'SILENT', ...backing, ...options });
  const { table } = platform.inside.platform;
  return {
    platform,
    laurel: laurelOf(await platform.createWorkspaceClient(HOME)),
    table,
    async snapshot() {
      await platform.inside.streams.settled();
      return snapshotOf(table);
    },
    close: () => platform.close(),
  };
}

/** A clock that stands still until it is set. */
export interface TestClock extends Clock {
  set(instant: string): void;
}

export function clockAt(instant: string): TestClock {
  let now = new Date(instant).toISOString();
  return {
    now: () => now,
    set(next) {
      now = new Date(next).toISOString();
    },
  };
}

/** A client of another process over the same table. */
export interface OtherProcess {
  readonly laurel: Laurel;
  close(): Promise<void>;
}

/**
 * What a second process of the same cell is to the first: a gateway, handlers, queues and caches of its own, and the
 * table in common. The embedded table keeps other real processes out, so this one lives beside the first.
 */
export async function otherProcess(
  { platform }: Pick<Game, 'platform'>,
  place: Place = HOME,
  own: Partial<Platform> = {},
): Promise<OtherProcess> {
  const { platform: inside } = platform.inside;
  const api = createLaurelApi({
    ...inside,
    serial: createSerial(),
    rulebooks: createRulebookReader(inside.table),
    ranks: platform.inside.backing.ranks(),
    ...own,
  });
  const principal: Principal = {
    kind: 'machine',
    ...place,
    subject: inside.newId('apiClient'),
    scopes: workspaceScopes(),
    platform: false,
  };
  const parts: GatewayParts = {
    own: new Map(),
    authorizerOf: async () => async () => ({ kind: 'allowed', principal, expiresAt: Number.MAX_SAFE_INTEGER }),
    api,
    onError: (error) => inside.logger.error('gateway failed', { error: String(error) }),
  };
  const server = createGateway(Promise.resolve(parts), inside.newId);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    laurel: new Laurel({
      baseUrl: `http://127.0.0.1:${port}/${place.tenant}`,
      auth: { token: 'vouched-for' },
      timeoutMs: 60_000,
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The code of the problem that a call is refused with; `none` where it is not refused. */
export async function codeOf(call: PromiseLike<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    if (isProblem(error)) return error.code;
    throw error;
  }
}

/** The codes of several calls that are under way together. */
export function codesOf(calls: readonly PromiseLike<unknown>[]): Promise<string[]> {
  return Promise.all(calls.map(codeOf));
}

/** So many items, made from their places. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A list of parts of at most a size. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return times(Math.ceil(items.length / size), (index) => items.slice(index * size, (index + 1) * size));
}

/** A random source that a seed decides (mulberry32), so that a failure can be played again. */
export function randomFrom(seed: number): { below(bound: number): number; shuffle<T>(items: readonly T[]): T[] } {
  let state = seed;
  const below = (bound: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
  return {
    below,
    shuffle(items) {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const place = below(last + 1);
        const [a, b] = [shuffled[last], shuffled[place]];
        if (a !== undefined && b !== undefined) [shuffled[last], shuffled[place]] = [b, a];
      }
      return shuffled;
    },
  };
}

/** What a call is refused with: its code, its detail, and the fields that it points at. */
export async function refusalOf(call: PromiseLike<unknown>) {
  try {
    await call;
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { code, detail, errors = [] } = error;
    return { code, detail, pointers: errors.map(({ pointer }) => pointer) };
  }
  throw new Error('it was not refused');
}

/** A player's own client, with a token that is made for them. */
export async function playerClient({ laurel, platform }: Game, userId: string): Promise<PlayerLaurel> {
  const { accessToken } = await laurel.users.mintToken(userId);
  return new PlayerLaurel({ baseUrl: `${platform.baseUrl}/${HOME.tenant}`, auth: { token: accessToken } });
}
