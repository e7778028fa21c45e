import { inspect } from 'node:util';
import { Laurel, LaurelError, LaurelTracker } from '@laurel/sdk';
import { signInWith } from '@laurel/sdk/auth';
import { LaurelLive } from '@laurel/sdk/live';
import { memoryStore, offlineQueue } from '@laurel/sdk/offline';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostileServer, hostileServer, type Malice, malices } from './hostile-server.ts';

const TIMEOUT_MS = 150;
const LANES = 12;
/** Two attempts, the wait between them, and what a busy machine takes on top. */
const CALL_MS = 2 * TIMEOUT_MS + 300 + 4_000;

const secrets = ['players-token', 'machines-secret', 'refresh-secret', 'code-secret'];
const mission = { name: { en: 'x' }, schedule: { kind: 'permanent' as const }, steps: [{ activity: 'a', target: 1 }] };

/** A use of the SDK, and what it trusts the server with. */
interface Use {
  readonly name: string;
  readonly act: (url: string, went: string[]) => Promise<unknown>;
  /** What the server answers honestly, by its path. */
  readonly honest?: (path: string, self: string) => unknown;
  /** How many calls it may make, one after the other. */
  readonly calls?: number;
}

const options = (baseUrl: string) => ({ baseUrl, timeoutMs: TIMEOUT_MS, maxRetries: 1 });
const player = (url: string) => new Laurel({ ...options(url), auth: { token: 'players-token' } });
const backend = (url: string) => new ServerLaurel({ ...options(url), auth: { getToken: () => 'players-token' } });
const credentials = (url: string) => ({
  clientId: 'c',
  clientSecret: 'machines-secret',
  tokenEndpoint: `${url}/token`,
});

function storage(entries: readonly (readonly [string, string])[] = []) {
  const kept = new Map(entries);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  };
}

const stale = JSON.stringify({ accessToken: 'players-token', renewAt: 0, refreshToken: 'refresh-secret' });
const begun = JSON.stringify({ verifier: 'v', returnTo: '/' });

function people(issuer: string, went: string[]) {
  const { timeoutMs, maxRetries } = options(issuer);
  return signInWith({
    ...{ issuer, timeoutMs, maxRetries, clientId: 'app', redirectUri: 'https://app.test/callback' },
    storage: storage([['laurel.session.app', stale]]),
    pending: storage([['laurel.sign-in.s', begun]]),
    navigate: (url) => went.push(url),
  });
}

const described = (path: string, self: string) =>
  path === '/.well-known/openid-configuration'
    ? {
        issuer: self,
        authorization_endpoint: `${self}/authorize`,
        token_endpoint: `${self}/token`,
        end_session_endpoint: `${self}/logout`,
      }
    : undefined;

/** A subscription goes on over failures: it is the listener who ends it. */
async function listen(url: string): Promise<void> {
  const live = new LaurelLive({ baseUrl: url, auth: { token: 'players-token' } });
  let heard = 0;
  for await (const _ of live.live.subscribe({ signal: AbortSignal.timeout(4 * TIMEOUT_MS) })) if (++heard > 9) return;
}

async function queue(url: string): Promise<void> {
  const events = new LaurelTracker({ ...options(url), auth: { token: 'players-token' } });
  const waiting = offlineQueue({ events, player: 'p', store: memoryStore() });
  await waiting.track({ activity: 'a' });
  await waiting.flush();
  waiting.close();
}

const uses: readonly Use[] = [
  { name: 'a list, as a whole', act: (url) => player(url).missions.list().toArray({ max: 5 }), calls: 6 },
  { name: 'a read', act: (url) => player(url).missions.get('m') },
  { name: 'an event', act: (url) => player(url).events.track({ activity: 'a' }) },
  {
    name: 'events of the small tracker',
    act: (url) =>
      new LaurelTracker({ ...options(url), auth: { token: 'players-token' } }).trackBatch({
        events: [{ activity: 'a' }],
      }),
  },
  { name: 'a change by a backend', act: (url) => backend(url).missions.update('m', mission, { ifMatch: 1 }) },
  { name: 'a creation by a backend', act: (url) => backend(url).missions.create(mission) },
  {
    name: 'a report',
    act: (url) => backend(url).csv.analytics.overview({ from: '2026-11-01', to: '2026-11-30' }),
  },
  {
    name: 'a backend at a hostile token endpoint',
    act: (url) => new ServerLaurel({ ...options(url), auth: credentials(url) }).missions.get('m'),
    calls: 2,
  },
  { name: 'a subscription', act: listen },
  { name: 'a queue', act: queue, calls: 2 },
  { name: 'the way to a sign-in', act: (url, went) => people(url, went).signIn() },
  {
    name: 'the way back from it',
    act: (url, went) => people(url, went).callback('https://app.test/callback?state=s&code=code-secret'),
    honest: described,
  },
  { name: 'a renewal', act: (url, went) => people(url, went).getToken(), honest: described },
  { name: 'a sign-out', act: (url, went) => people(url, went).signOut() },
];

let elsewhere: HostileServer;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  elsewhere = await hostileServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
  process.on('unhandledRejection', onUnhandled);
});
afterAll(async () => {
  // Late ones too: of attempts that were given up.
  await new Promise((resolve) => setTimeout(resolve, 200));
  process.off('unhandledRejection', onUnhandled);
  await elsewhere[Symbol.asyncDispose]();
  expect(unhandled).toEqual([]);
});

/** What came of it: the error, if any, and how long it took. */
async function outcomeOf(act: () => Promise<unknown>) {
  const began = performance.now();
  const error: unknown = await act().then(
    () => undefined,
    (reason: unknown) => reason ?? 'nothing',
  );
  return { error, ms: performance.now() - began };
}

function expectLawful({ error, ms }: Awaited<ReturnType<typeof outcomeOf>>, went: readonly string[], calls = 1): void {
  if (error !== undefined) expect(error).toBeInstanceOf(LaurelError);
  const told = inspect(error, { depth: 5, showHidden: true });
  for (const secret of secrets) expect(told).not.toContain(secret);
  expect(ms).toBeLessThan(calls * CALL_MS);
  expect(elsewhere.requests).toEqual([]);
  for (const url of went) expect(url).toMatch(/^https?:/);
}

/** Everything, some at a time: most of it is waiting. Tells what was not survived, and why. */
async function failuresOf(survive: (malice: Malice) => Promise<void>): Promise<string[]> {
  const failures: string[] = [];
  const waiting = malices.values();
  const lane = async (): Promise<void> => {
    for (const [name, malice] of waiting) {
      await survive(malice).catch((error: unknown) => failures.push(`${name}: ${error}`));
    }
  };
  await Promise.all([...Array(LANES)].map(lane));
  return failures;
}

describe.each(uses)('$name', ({ act, honest, calls }) => {
  test('survives whatever a server may answer', async () => {
    const failures = await failuresOf(async (malice) => {
      await using server = await hostileServer(malice, elsewhere.url, honest);
      const went: string[] = [];
      const outcome = await outcomeOf(() => act(server.url, went));
      if (outcome.ms > 1000) console.log('SLOW', outcome.ms, server.requests.length, String(malice).slice(0, 90));
      expectLawful(outcome, went, calls);
      expect(server.requests.length).toBeGreaterThan(0);
      // Redirects are followed by nobody, not even to where they come from.
      expect(server.requests.filter((text) => text.includes('/again'))).toEqual([]);
    });
    expect(failures).toEqual([]);
  });

  test('survives TLS to a server that speaks none', async () => {
    await using server = await hostileServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const went: string[] = [];
    expectLawful(await outcomeOf(() => act(server.url.replace('http:', 'https:'), went)), went, calls);
    for (const secret of secrets) expect(server.requests.join()).not.toContain(secret);
  });

  test('survives a server that is not there', async () => {
    const server = await hostileServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const went: string[] = [];
    expectLawful(await outcomeOf(() => act(server.url, went)), went, calls);
  });
});
