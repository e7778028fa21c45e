import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect } from 'node:util';
import {
  AbortError,
  AnswerTooLargeError,
  Laurel,
  LaurelError,
  LaurelTracker,
  ResponseError,
  UsageError,
} from '@laurel/sdk';
import { signInWith } from '@laurel/sdk/auth';
import { LaurelLive } from '@laurel/sdk/live';
import { memoryStore, offlineQueue } from '@laurel/sdk/offline';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { floods, type HostileServer, hostileServer, type Malice, malices } from './hostile-server.ts';

const TIMEOUT_MS = 200;
const LANES = 12;
/** Two attempts, the wait between them, and what a busy machine takes on top. */
const CALL_MS = 2 * TIMEOUT_MS + 300 + 6_000;

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

let players = 0;
async function queue(url: string): Promise<void> {
  const events = new LaurelTracker({ ...options(url), auth: { token: 'players-token' } });
  const waiting = offlineQueue({ events, player: `p-${players++}`, store: memoryStore() });
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
  // Late ones too, of attempts that were given up: their connections ended with their servers, and what that brings about
  // takes some turns of the event loop.
  for (let turn = 0; turn < 100; turn++) await nextTurn();
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
    let reached = 0;
    const failures = await failuresOf(async (malice) => {
      await using server = await hostileServer(malice, elsewhere.url, honest);
      const went: string[] = [];
      const outcome = await outcomeOf(() => act(server.url, went));
      expectLawful(outcome, went, calls);
      if (server.requests.length > 0) reached++;
      // Redirects are followed by nobody, not even to where they come from.
      expect(server.requests.filter((text) => text.includes('/again'))).toEqual([]);
    });
    expect(failures).toEqual([]);
    // On a busy machine an attempt may be over before it gets there; but most of them do.
    expect(reached).toBeGreaterThan(malices.length / 4);
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

describe.each(Object.entries(floods))('an answer that would fill the memory: %s', (_, flood) => {
  const patient = (baseUrl: string) => ({ baseUrl, timeoutMs: 60_000, maxRetries: 2 });
  const auth = { token: 'players-token' };
  const range = { from: '2026-11-01', to: '2026-11-30' };
  const readings: readonly (readonly [string, (url: string) => Promise<unknown>])[] = [
    ['a read', (url) => new Laurel({ ...patient(url), auth }).missions.get('m')],
    ['an event of the small tracker', (url) => new LaurelTracker({ ...patient(url), auth }).track({ activity: 'a' })],
    ['a report', (url) => new ServerLaurel({ ...patient(url), auth }).csv.analytics.overview(range)],
    ['a token', (url) => new ServerLaurel({ ...patient(url), auth: credentials(url) }).missions.get('m')],
    ['a subscription', (url) => new LaurelLive({ baseUrl: url, auth }).live.subscribe()[Symbol.asyncIterator]().next()],
  ];

  test.each(readings)('%s is given up at a bound, once, with its connection', async (_name, act) => {
    let ended = 0;
    await using server = await hostileServer((socket, places) => {
      socket.on('close', () => ended++);
      flood(socket, places);
    });
    const before = process.memoryUsage().rss;
    const error: unknown = await act(server.url).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AnswerTooLargeError);
    expect(error).toMatchObject({
      name: 'AnswerTooLargeError',
      code: 'answer_too_large',
      status: 200,
      requestId: 'req_f',
    });
    expect(error).toBeInstanceOf(ResponseError);
    expect(server.requests).toHaveLength(1);
    // Of the two gigabytes, or more, that there are.
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 30);
    await vi.waitFor(() => expect(ended).toBe(1));
  });
});

test('a report whose parts have no end is given up at the same bound', async () => {
  let parts = 0;
  const headers = { 'content-type': 'text/csv', link: '<?part=again>; rel="next"' };
  const fetch = async () => {
    parts++;
    return new Response(`day\r\n${'x'.repeat(10_000_000)}\r\n`, { headers });
  };
  const { csv } = new ServerLaurel({ baseUrl: 'https://api.test', auth: { token: 't' }, fetch });
  const report = csv.analytics.overview({ from: '2026-11-01', to: '2026-11-30' });
  await expect(report).rejects.toBeInstanceOf(AnswerTooLargeError);
  expect(parts).toBe(4);
});

describe('an answer is read as a whole', () => {
  const mission = { id: 'm', name: 'ä€\u{1F4A5}' };
  const readWith = (response: () => Response) =>
    new Laurel({ baseUrl: 'https://api.test', auth: { token: 't' }, fetch: async () => response() }).missions.get('m');
  const headers = { 'content-type': 'application/json' };

  test('where it comes a byte at a time', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(mission));
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readWith(() => new Response(body, { headers }))).toEqual(mission);
  });

  test('where it is long', async () => {
    const long = { ...mission, description: 'x'.repeat(30_000_000) };
    expect(await readWith(() => Response.json(long))).toEqual(long);
  });

  test('where the runtime has no streams, as in React Native', async () => {
    const streamless = Object.defineProperty(Response.json(mission), 'body', { value: undefined });
    expect(await readWith(() => streamless)).toEqual(mission);
  });
});

const answering =
  (reply: (request: Request, nth: number) => unknown): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    // What takes no time at all would leave none for an abort.
    await new Promise((resolve) => setImmediate(resolve));
    return Response.json(reply(request, ++asked));
  };
let asked = 0;
beforeEach(() => {
  asked = 0;
});

describe('a list whose pages lead nowhere', () => {
  const listWith = (reply: (request: Request, nth: number) => unknown, signal?: AbortSignal) =>
    new Laurel({ baseUrl: 'https://api.test', auth: { token: 't' }, fetch: answering(reply) }).missions.list(
      {},
      { signal },
    );

  test.each<{ name: string; reply: (request: Request, nth: number) => unknown }>([
    { name: 'the same cursor for ever', reply: () => ({ items: [], nextCursor: 'again' }) },
    { name: 'two that take turns', reply: (_, nth) => ({ items: [], nextCursor: `turn-${nth % 2}` }) },
    { name: 'ever new ones', reply: (_, nth) => ({ items: [], nextCursor: `new-${nth}` }) },
  ])('ends by an error: $name', async ({ reply }) => {
    await expect(listWith(reply).toArray({ max: 1 })).rejects.toBeInstanceOf(ResponseError);
    expect(asked).toBeLessThan(1100);
  });

  test('ends at max where each page has something, and by its signal', async () => {
    const reply = (_: Request, nth: number) => ({ items: [{ id: 'm' }], nextCursor: `new-${nth}` });
    expect(await listWith(reply).toArray({ max: 50 })).toHaveLength(50);
    const stop = new AbortController();
    let seen = 0;
    const reading = (async () => {
      for await (const _ of listWith(reply, stop.signal)) if (++seen === 7) stop.abort();
    })();
    await expect(reading).rejects.toBeInstanceOf(AbortError);
    expect(seen).toBe(7);
  });

  test('may be empty in between', async () => {
    const reply = (_: Request, nth: number) => ({ items: nth % 5 ? [] : [{ id: nth }], nextCursor: `${nth}` });
    expect(await listWith(reply).toArray({ max: 3 })).toEqual([{ id: 5 }, { id: 10 }, { id: 15 }]);
  });
});

describe('an issuer that describes itself in another way', () => {
  const issuer = 'https://id.test';
  const good = {
    issuer,
    authorization_endpoint: `${issuer}/authorize?tenant=1`,
    token_endpoint: `${issuer}/token`,
    end_session_endpoint: `${issuer}/logout`,
  };
  const peopleOf = (members: object, went: string[]) =>
    signInWith({
      ...{ issuer, clientId: 'app', redirectUri: 'https://app.test/callback' },
      pending: storage(),
      navigate: (url) => went.push(url),
      fetch: answering(() => ({ ...good, ...members })),
    });

  test('is used where it keeps to https', async () => {
    const went: string[] = [];
    await peopleOf({ token_endpoint: 'https://tokens.test/t' }, went).signIn();
    expect(went[0]).toMatch(/^https:\/\/id\.test\/authorize\?tenant=1&/);
  });

  const places = ['javascript:alert(1)//https://id.test', 'file:///etc/passwd', 'data:text/html,x', 'http://id.test/a'];
  const lies = ['authorization_endpoint', 'token_endpoint', 'end_session_endpoint'].flatMap((member) =>
    [...places, 'not a url', '//id.test/a', 'JAVASCRIPT:x', ''].map((place) => [member, place] as const),
  );
  test.each([...lies, ['issuer', 'https://other.test'], ['issuer', 7]] as const)(
    '%s: %s goes nowhere',
    async (member, place) => {
      const went: string[] = [];
      const refused = peopleOf({ [member]: place }, went);
      await expect(refused.signIn()).rejects.toBeInstanceOf(LaurelError);
      await expect(refused.signOut()).rejects.toBeInstanceOf(LaurelError);
      expect(went).toEqual([]);
    },
  );
});

describe('a subscription', () => {
  const streamed = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } });

  test('goes on after places that no header can carry, from the last that one can', async () => {
    const places: (string | null)[] = [];
    const ids = ['7.0', '\u{1F4A5}', '\u0001', 'x'.repeat(100_000), 'a b'];
    const fetch: typeof globalThis.fetch = async (_, init) => {
      places.push(new Headers(init?.headers).get('last-event-id'));
      return streamed(`id: ${ids[places.length - 1] ?? '9.0'}\ndata: ${places.length}\n\n`);
    };
    const live = new LaurelLive({ baseUrl: 'https://api.test', auth: { token: 't' }, fetch });
    const kept: string[] = [];
    const heard: unknown[] = [];
    for await (const happening of live.live.subscribe({ onEventId: (id) => kept.push(id) })) {
      if (heard.push(happening) === 6) break;
    }
    expect(heard).toEqual([1, 2, 3, 4, 5, 6]);
    expect(places).toEqual([null, '7.0', '7.0', '7.0', '7.0', '7.0']);
    expect(kept).toEqual(['7.0']);
  });

  test.each(['a\nb', '\u{1F4A5}'])('throws where its token cannot be sent: %j', async (token) => {
    const live = new LaurelLive({ baseUrl: 'https://api.test', auth: { token }, fetch: async () => streamed('') });
    await expect(live.live.subscribe()[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(UsageError);
  });
});

describe('a wait that is longer than any timer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const busy = () => new Response('', { status: 503, headers: { 'retry-after': '99999999999' } });

  test('is no busy loop of a subscription, nor of a queue', async () => {
    let calls = 0;
    const connection = { baseUrl: 'https://api.test', auth: { token: 't' }, maxRetries: 0 };
    const counted = {
      ...connection,
      fetch: async () => {
        calls++;
        return busy();
      },
    };
    const stop = new AbortController();
    const listening = new LaurelLive(counted).live.subscribe({ signal: stop.signal })[Symbol.asyncIterator]().next();
    const queue = offlineQueue({ events: new LaurelTracker(counted), player: 'waits', store: memoryStore() });
    await queue.track({ activity: 'a' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(calls).toBe(2);
    stop.abort();
    queue.close();
    await listening;
  });
});
