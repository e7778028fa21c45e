import { Laurel } from '@laurel/sdk';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { retryAfterOf } from '../src/core/retry-after.ts';

const mission = { name: { en: 'x' }, schedule: { kind: 'permanent' as const }, steps: [{ activity: 'a', target: 1 }] };
const start = Date.UTC(2026, 10, 24);

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Sent {
  /** Milliseconds since the test began. */
  readonly at: number;
  readonly headers: Headers;
  readonly body: string;
}

const ok = () => Response.json({ items: [], nextCursor: null });
const refused = (status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code: 'unavailable', title: 'T', detail: 'D', requestId: 'req_1' }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
const broken = (): never => {
  throw new TypeError('fetch failed');
};

/** A network that answers as the test says, and keeps what it was sent and when. */
function network(reply: (nth: number) => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push({ at: Date.now() - start, headers: request.headers, body: await request.text() });
    return reply(sent.length);
  };
  const options = { baseUrl: 'https://api.test', fetch, auth: { token: 't' } };
  return { sent, options, laurel: new ServerLaurel(options) };
}

/** What comes of a call when all its waits are over. */
async function settled<T>(call: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.all([Promise.allSettled([call]), vi.runAllTimersAsync()]);
  return result[0];
}

const fulfilled = { status: 'fulfilled' };
const rejectedWith = (reason: object) => ({ status: 'rejected', reason });

const conflict = (code: string) =>
  new Response(JSON.stringify({ code, title: 'T', status: 409, detail: 'D', requestId: 'req_1' }), {
    status: 409,
    headers: { 'content-type': 'application/problem+json' },
  });

test('what others kept from being written is tried again, and no other 409', async () => {
  const busy = network((nth) => (nth < 3 ? conflict('conflict') : ok()));
  expect(await settled(busy.laurel.missions.list())).toMatchObject(fulfilled);
  expect(busy.sent).toHaveLength(3);
  const other = network(() => conflict('already_exists'));
  expect(await settled(other.laurel.missions.list())).toMatchObject(rejectedWith({ code: 'already_exists' }));
  expect(other.sent).toHaveLength(1);
});

test.each([408, 429, 500, 502, 503, 504])('a read is tried again after %d, after waits that grow', async (status) => {
  const { sent, laurel } = network((nth) => (nth < 3 ? refused(status) : ok()));
  expect(await settled(laurel.missions.list())).toMatchObject(fulfilled);
  expect(sent.map(({ at }) => at)).toEqual([0, 150, 450]);
});

test('a read is tried again after a lost connection, and after a timeout', async () => {
  const { sent, laurel } = network((nth) => {
    if (nth === 1) return broken();
    return nth === 2 ? new Promise<Response>(() => undefined) : ok();
  });
  expect(await settled(laurel.missions.list())).toMatchObject(fulfilled);
  expect(sent.map(({ at }) => at)).toEqual([0, 150, 150 + 10_000 + 300]);
});

test('the waits are random up to their bound, which ends at eight seconds', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const { sent, options } = network(() => refused(503));
  await settled(new ServerLaurel({ ...options, maxRetries: 7 }).missions.list());
  const waits = sent.map(({ at }, nth) => at - (sent[nth - 1]?.at ?? 0)).slice(1);
  expect(waits).toEqual([300, 600, 1200, 2400, 4800, 8000, 8000]);
});

test.each([400, 401, 403, 404, 409, 412, 422])('%d is final', async (status) => {
  const { sent, laurel } = network(() => refused(status));
  expect(await settled(laurel.missions.list())).toMatchObject(rejectedWith({ name: 'ProblemError', status }));
  expect(sent).toHaveLength(1);
});

test.each([0, 1, 4])('with maxRetries %d the last answer is told when no try is left', async (maxRetries) => {
  const { sent, options } = network(() => refused(503));
  const call = new ServerLaurel({ ...options, maxRetries }).missions.list();
  expect(await settled(call)).toMatchObject(rejectedWith({ code: 'unavailable', requestId: 'req_1' }));
  expect(sent).toHaveLength(1 + maxRetries);
});

test('a POST with a key is repeated with the same key and body; the next call has another key', async () => {
  const { sent, laurel } = network((nth) => (nth === 1 ? broken() : nth === 2 ? refused(500) : ok()));
  await settled(laurel.missions.create(mission));
  await settled(laurel.missions.create(mission));
  const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
  expect(keys[0]).toMatch(/^key_[0-9a-v]{25}$/);
  expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]]);
  expect(keys[3]).not.toBe(keys[0]);
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
});

test("a caller's own key is sent", async () => {
  const { sent, laurel } = network(ok);
  await settled(laurel.missions.create(mission, { idempotencyKey: 'order-7' }));
  expect(sent[0]?.headers.get('idempotency-key')).toBe('order-7');
});

test('an event gets an id once, and is repeated with it; a given id is kept', async () => {
  const { sent, options } = network((nth) => (nth % 2 === 1 ? broken() : ok()));
  const laurel = new Laurel(options);
  const event = { activity: 'a' };
  await settled(laurel.events.track(event));
  await settled(laurel.events.trackBatch({ events: [{ id: 'mine', activity: 'a' }, { activity: 'b' }] }));
  const [one, again, batch, batchAgain] = sent.map(({ body }) => JSON.parse(body));
  expect(one).toEqual({ activity: 'a', id: expect.stringMatching(/^evt_[0-9a-v]{25}$/) });
  expect(again).toEqual(one);
  expect(batch.events).toEqual([
    { id: 'mine', activity: 'a' },
    { id: expect.stringMatching(/^evt_/), activity: 'b' },
  ]);
  expect(batchAgain).toEqual(batch);
  expect(event).toEqual({ activity: 'a' });
});

test.each<{ name: string; call: (laurel: ServerLaurel) => Promise<unknown> }>([
  { name: 'a replacement', call: (laurel) => laurel.missions.update('m', mission, { ifMatch: 1 }) },
  { name: 'a change', call: (laurel) => laurel.users.update('u', { displayName: 'Ada' }, { ifMatch: { version: 1 } }) },
  { name: 'a new token', call: (laurel) => laurel.users.mintToken('u') },
  { name: 'a new credential', call: (laurel) => laurel.apiClients.create({ name: 'x', scopes: ['events:write'] }) },
])('$name is sent once: sent twice it would not be the same', async ({ call }) => {
  for (const failure of [broken, () => refused(503, { 'retry-after': '1' })]) {
    const { sent, laurel } = network(failure);
    expect(await settled(call(laurel))).toMatchObject({ status: 'rejected' });
    expect(sent).toHaveLength(1);
  }
});

test.each(['7', new Date(start + 7000).toUTCString()])('Retry-After %s is obeyed to the second', async (value) => {
  const { sent, laurel } = network((nth) => (nth === 1 ? refused(429, { 'retry-after': value }) : ok()));
  expect(await settled(laurel.missions.list())).toMatchObject(fulfilled);
  expect(sent.map(({ at }) => at)).toEqual([0, 7000]);
});

test('a Retry-After beyond a minute is left to the caller', async () => {
  const { sent, laurel } = network(() => refused(429, { 'retry-after': '61' }));
  expect(await settled(laurel.missions.list())).toMatchObject(rejectedWith({ status: 429, retryAfter: 61 }));
  expect(sent).toHaveLength(1);
});

test('Retry-After in the past is no wait, and nonsense is no Retry-After', () => {
  const read = (value: string) => retryAfterOf(new Headers({ 'retry-after': value }));
  expect(read('0')).toBe(0);
  expect(read('Wed, 21 Oct 2015 07:28:00 GMT')).toBe(0);
  expect(read('soon')).toBeUndefined();
  expect(retryAfterOf(new Headers())).toBeUndefined();
});
