import 'fake-indexeddb/auto';
import { LaurelTracker } from '@laurel/sdk';
import { memoryStore, type OfflineQueueOptions, offlineQueue, type QueueStore } from '@laurel/sdk/offline';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const start = Date.UTC(2026, 10, 27);

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What becomes of one request. */
type Fate = 'answered' | 'lost before' | 'lost after' | 503 | 'busy item';

/** A server that counts an event once by its id, over a network with these fates, and then without any. */
function network(fates: Fate[] = []) {
  /** The ids in the order in which they counted first. */
  const counted: string[] = [];
  /** The ids whose answers arrived. */
  const told = new Set<string>();
  const repeated: string[] = [];
  const requests: { ids: string[]; keepalive: boolean; bytes: number }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.text();
    const events: { id: string; activity: string }[] = JSON.parse(text).events;
    const ids = events.map(({ id }) => id);
    requests.push({ ids, keepalive: request.keepalive, bytes: text.length });
    repeated.push(...ids.filter((id) => told.has(id)));
    const fate = fates.shift() ?? 'answered';
    if (fate === 'lost before') throw new TypeError('fetch failed');
    const problem = (status: number, code: string) => ({ status, code, title: 'T', detail: 'D' });
    if (fate === 503) {
      const headers = { 'content-type': 'application/problem+json', 'retry-after': '90' };
      return new Response(JSON.stringify(problem(503, 'unavailable')), { status: 503, headers });
    }
    if (events.some(({ activity }) => activity === 'poison')) {
      const headers = { 'content-type': 'application/problem+json' };
      return new Response(JSON.stringify(problem(400, 'invalid_request')), { status: 400, headers });
    }
    const items = events.map(({ id, activity }, index) => {
      if (activity === 'unknown') return { status: 'rejected', problem: problem(422, 'unknown_reference') };
      if (fate === 'busy item' && index > 0) return { status: 'rejected', problem: problem(503, 'unavailable') };
      if (!counted.includes(id)) counted.push(id);
      return { status: 'accepted', receipt: { event: { id }, effects: {} } };
    });
    if (fate === 'lost after') throw new TypeError('fetch failed');
    for (const [index, id] of ids.entries()) if (items[index]?.problem?.status !== 503) told.add(id);
    return Response.json({ accepted: 0, rejected: 0, items });
  };
  const events = new LaurelTracker({ baseUrl: 'https://api.test', auth: { token: 't' }, maxRetries: 0, fetch });
  return { events, counted, requests, repeated };
}

let players = 0;
function queueOver({ events }: ReturnType<typeof network>, options: Partial<OfflineQueueOptions> = {}) {
  players++;
  return offlineQueue({ events, player: `player-${players}`, ...options });
}

const idsOf = (count: number, from = 0) => [...Array(count)].map((_, index) => `e-${from + index}`);

describe.each<{ name: string; storeOf: () => QueueStore | undefined }>([
  { name: 'in IndexedDB', storeOf: () => undefined },
  { name: 'in memory', storeOf: memoryStore },
])('a queue $name', ({ storeOf }) => {
  test('sends what is tracked, in order, with ids and times of its own, and is then empty', async () => {
    const world = network();
    const accepted: string[] = [];
    const queue = queueOver(world, { store: storeOf(), onAccepted: ({ event }) => accepted.push(event.id) });
    const ids: string[] = [];
    for (const activity of ['a', 'b', 'c']) ids.push(await queue.track({ activity }));
    await queue.flush();
    expect(world.counted).toEqual(ids);
    expect(accepted).toEqual(ids);
    expect(await queue.size()).toBe(0);
    queue.close();
  });

  test('keeps an event once by its id, and takes batches of at most a hundred', async () => {
    const world = network();
    vi.stubGlobal('navigator', { onLine: false });
    const queue = queueOver(world, { store: storeOf() });
    for (const id of [...idsOf(250), ...idsOf(10)]) await queue.track({ id, activity: 'a' });
    expect([await queue.size(), world.requests.length]).toEqual([250, 0]);
    vi.stubGlobal('navigator', { onLine: true });
    await queue.flush();
    expect(world.requests.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(world.counted).toEqual(idsOf(250));
    queue.close();
  });

  test('gives up what never will count, tells why, and goes on with the rest', async () => {
    const world = network();
    vi.stubGlobal('navigator', { onLine: false });
    const refused: unknown[] = [];
    const queue = queueOver(world, {
      store: storeOf(),
      onRejected: (why, { id }) => refused.push([id, 'code' in why && why.code]),
    });
    for (const [index, id] of idsOf(9).entries()) {
      await queue.track({ id, activity: index === 3 ? 'unknown' : index === 5 ? 'poison' : 'a' });
    }
    vi.stubGlobal('navigator', { onLine: true });
    await queue.flush();
    expect(world.counted).toEqual(idsOf(9).filter((id) => id !== 'e-3' && id !== 'e-5'));
    expect(refused).toEqual([
      ['e-3', 'unknown_reference'],
      ['e-5', 'invalid_request'],
    ]);
    expect(await queue.size()).toBe(0);
    queue.close();
  });
});

test('whatever is lost on the way, each event counts once, in order, and none is sent again after its answer', async () => {
  const fate = fc.constantFrom<Fate>('answered', 'lost before', 'lost after', 503, 'busy item');
  const world = fc.record({ fates: fc.array(fate, { maxLength: 12 }), reloads: fc.array(fc.nat(3), { maxLength: 4 }) });
  await fc.assert(
    fc.asyncProperty(world, async ({ fates, reloads }) => {
      const server = network([...fates]);
      players++;
      const player = `player-${players}`;
      let sent = 0;
      for (const more of [...reloads, 1]) {
        // A page that is closed and opened again finds what the one before it has kept.
        const queue = offlineQueue({ events: server.events, player });
        for (const id of idsOf(more, sent)) await queue.track({ id, activity: 'a' });
        sent += more;
        queue.close();
        await queue.flush();
      }
      const last = offlineQueue({ events: server.events, player });
      while ((await last.size()) > 0) {
        await last.flush();
        await vi.runOnlyPendingTimersAsync();
      }
      last.close();
      expect(server.counted.toSorted()).toEqual(idsOf(sent).toSorted());
      if (!fates.includes('busy item')) expect(server.counted).toEqual(idsOf(sent));
      expect(server.repeated).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('waits as long as the server asks, else ever longer, and goes on when the connection is back', async () => {
  const listeners = new Map<string, () => void>();
  vi.stubGlobal('addEventListener', (name: string, act: () => void) => listeners.set(name, act));
  vi.stubGlobal('removeEventListener', (name: string) => listeners.delete(name));
  const world = network([503, 'lost before', 'lost before']);
  const queue = queueOver(world, { store: memoryStore() });
  await queue.track({ activity: 'a' });
  await queue.flush();
  await vi.advanceTimersByTimeAsync(89_999);
  expect(world.requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(world.requests).toHaveLength(2);
  listeners.get('online')?.();
  await queue.flush();
  expect(await queue.size()).toBe(1);
  listeners.get('online')?.();
  await queue.flush();
  expect([await queue.size(), world.counted.length]).toEqual([0, 1]);
  queue.close();
  expect(listeners.size).toBe(0);
});

test('sends what fits as the page goes, in requests that outlive it', async () => {
  const listeners = new Map<string, () => void>();
  vi.stubGlobal('addEventListener', (name: string, act: () => void) => listeners.set(name, act));
  vi.stubGlobal('navigator', { onLine: false });
  const world = network();
  const queue = queueOver(world, { store: memoryStore() });
  const attributes = { text: 'x'.repeat(5_000) };
  for (const id of idsOf(20)) await queue.track({ id, activity: 'a', attributes });
  vi.stubGlobal('navigator', { onLine: true });
  listeners.get('pagehide')?.();
  await queue.flush();
  expect(world.requests.length).toBeGreaterThan(1);
  for (const { keepalive, bytes } of world.requests) {
    expect(keepalive).toBe(true);
    expect(bytes).toBeLessThan(64 * 1024);
  }
  expect(world.counted).toEqual(idsOf(20));
  queue.close();
});

test('a player who follows another on the same device sends nothing of theirs', async () => {
  const world = network();
  vi.stubGlobal('navigator', { onLine: false });
  const ada = queueOver(world);
  await ada.track({ id: 'of-ada', activity: 'a' });
  ada.close();
  vi.stubGlobal('navigator', { onLine: true });
  const bob = queueOver(world);
  await bob.track({ id: 'of-bob', activity: 'a' });
  await bob.flush();
  expect([world.counted, await ada.size()]).toEqual([['of-bob'], 1]);
  bob.close();
});

test('a store that fails is told of; what is no event is refused', async () => {
  const world = network();
  const broken: QueueStore = { ...memoryStore(), first: () => Promise.reject(new Error('disk full')) };
  const errors: unknown[] = [];
  const queue = queueOver(world, { store: broken, onError: (error) => errors.push(error) });
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  await expect(queue.flush()).rejects.toThrow('disk full');
  // @ts-expect-error: no activity
  await expect(queue.track({})).rejects.toMatchObject({ name: 'UsageError' });
  queue.close();
});
