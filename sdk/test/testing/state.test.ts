import { isProblem, Laurel } from '@laurel/sdk';
import { LaurelLive } from '@laurel/sdk/live';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { fixtures, type LaurelHandlers, laurelHandlers, type MockState } from '@laurel/sdk/testing';
import { type HttpHandler, http } from 'msw';
import { setupServer } from 'msw/node';
import { http as oldHttp } from 'msw-2';
import { setupServer as oldSetupServer } from 'msw-2/node';
import { expect, onTestFinished, test } from 'vitest';

const baseUrl = 'https://acme.example.test';
const laurel = new Laurel({ baseUrl, auth: { token: 'player' } });
const backend = new ServerLaurel({ baseUrl, auth: { token: 'backend' } });

const now = '2026-11-24T09:00:00.000Z';

/** Mocks the API for the length of one test. */
function mocked(state: MockState = {}): LaurelHandlers<HttpHandler> {
  const api = laurelHandlers({ http, baseUrl, now: () => now, ...state });
  const server = setupServer(...api);
  server.listen({ onUnhandledFrame: 'error' });
  onTestFinished(() => server.close());
  return api;
}

const threeADay = fixtures.playerMission({
  id: 'three',
  steps: [{ activity: 'lesson.completed', adds: 'one', target: 3 }],
  rewards: [
    { kind: 'currency', currency: 'gems', amount: 5 },
    { kind: 'currency', currency: 'gems', amount: 2, claim: { within: 'P1D' } },
    { kind: 'badge', badge: 'early' },
  ],
  progress: null,
});

const code = async (call: PromiseLike<unknown>): Promise<unknown> => {
  try {
    await call;
  } catch (error) {
    return isProblem(error) ? error.code : error;
  }
  return 'answered';
};

test('a fixture is a thing of its own, with the fields that are given', () => {
  const mission = fixtures.playerMission({ name: 'Mine' });
  expect(mission).toEqual({ ...fixtures.playerMission(), name: 'Mine' });
  mission.steps.pop();
  expect(fixtures.playerMission().steps).toHaveLength(1);
  const told = fixtures.happening('mission.completed', { userId: 'usr_9' });
  expect(told).toMatchObject({ type: 'mission.completed', userId: 'usr_9', data: { mission: 'weekly-five' } });
});

test('events move missions, which are completed once and give what they promise', async () => {
  mocked({ examples: false, given: { 'app.missions.list': [threeADay] } });
  const track = (id: string) => laurel.events.track({ id, activity: 'lesson.completed' });
  expect((await track('e1')).effects.progress).toMatchObject([{ mission: 'three', amount: 1, state: 'active' }]);
  await laurel.events.track({ id: 'other', activity: 'login' });
  await track('e2');
  const third = await track('e3');
  expect(third.effects).toMatchObject({
    missionsCompleted: [{ mission: 'three' }],
    badges: [{ badge: 'early', tier: 1 }],
    ledger: [{ currency: 'gems', amount: 5, balance: 5 }],
  });
  expect((await track('e4')).effects.progress).toEqual([]);
  expect((await laurel.missions.get('three')).progress).toMatchObject({ state: 'completed', amount: 3 });
  expect((await laurel.progress.list({ state: 'completed' })).items).toHaveLength(1);
  expect((await laurel.progress.list({ state: 'active' })).items).toEqual([]);
  expect(await laurel.wallets.get('gems')).toMatchObject({ available: 5 });

  const [claimable] = await laurel.rewards.list({ state: 'claimable' }).toArray({ max: 5 });
  expect(claimable).toMatchObject({ currency: 'gems', amount: 2, expiresAt: '2026-11-25T09:00:00.000Z' });
  await laurel.rewards.claim(claimable?.id ?? '');
  await laurel.rewards.claim(claimable?.id ?? '');
  expect(await laurel.wallets.get('gems')).toMatchObject({ available: 7 });
  const entries = await laurel.wallets.entries('gems').toArray({ max: 9 });
  expect(entries.map(({ amount, balance }) => [amount, balance])).toEqual([
    [2, 7],
    [5, 5],
  ]);
});

test('a sequence waits for the steps before, any so many is enough, and a value counts', async () => {
  const steps = [
    { activity: 'a', adds: 'one' as const, target: 1 },
    { activity: 'b', adds: 'value' as const, target: 10 },
  ];
  const sequence = fixtures.playerMission({ id: 'seq', steps, combine: { kind: 'sequence' }, progress: null });
  const any = fixtures.playerMission({ id: 'any', steps, combine: { kind: 'any', count: 1 }, progress: null });
  mocked({ given: { 'app.missions.list': [sequence, any] } });
  const first = await laurel.events.track({ activity: 'b', value: 12 });
  expect(first.effects.missionsCompleted.map(({ mission }) => mission)).toEqual(['any']);
  await laurel.events.track({ activity: 'a' });
  const last = await laurel.events.track({ activity: 'b', value: 10 });
  expect(last.effects.missionsCompleted.map(({ mission }) => mission)).toEqual(['seq']);
});

test('an event counts once by its id, and no id names two events; a dry run stores nothing', async () => {
  mocked({ examples: false, rules: [{ activity: 'login', currency: 'xp', amount: 10 }] });
  const event = { id: 'e1', activity: 'login' };
  await laurel.events.track({ ...event, dryRun: true });
  expect((await laurel.events.list()).items).toEqual([]);
  const first = await laurel.events.track(event);
  expect(await laurel.events.track(event)).toEqual(first);
  expect(await backend.events.track({ ...event, externalUserId: 'player-7' })).toEqual(first);
  expect(await code(laurel.events.track({ ...event, value: 2 }))).toBe('event_conflict');
  const batch = await laurel.events.trackBatch({
    events: [event, { ...event, value: 2 }, { id: 'e2', activity: 'login' }],
  });
  expect(batch).toMatchObject({ accepted: 2, rejected: 1, items: [{}, { problem: { code: 'event_conflict' } }, {}] });
  expect(await laurel.wallets.get('xp')).toMatchObject({ available: 20 });
  expect(await laurel.events.get('e1')).toEqual(first);
});

test('players join and leave missions, and redeem what they can pay', async () => {
  mocked({
    given: {
      'app.missions.list': [fixtures.playerMission({ id: 'opt', assignment: 'optIn', progress: null })],
      'app.wallets.list': [fixtures.wallet({ currency: 'xp', available: 15 })],
      'app.catalog.list': [
        fixtures.playerCatalogItem({ id: 'mug', price: [{ currency: 'xp', amount: 10 }], left: 2, perPlayer: null }),
      ],
    },
  });
  expect((await laurel.events.track({ activity: 'lesson.completed' })).effects.progress).toEqual([]);
  expect(await laurel.missions.join('opt')).toMatchObject({ state: 'active', amount: 0 });
  expect((await laurel.events.track({ activity: 'lesson.completed' })).effects.progress).toHaveLength(1);
  expect(await laurel.missions.leave('opt')).toMatchObject({ state: 'cancelled', cancelledAt: now });
  expect(await code(laurel.missions.join('missing'))).toBe('not_found');

  const redemption = await laurel.catalog.redeem('mug');
  expect(await laurel.redemptions.get(redemption.id)).toEqual(redemption);
  expect(await laurel.catalog.get('mug')).toMatchObject({ left: 1, mine: 1 });
  expect(await code(laurel.catalog.redeem('mug'))).toBe('insufficient_funds');
  expect(await laurel.wallets.get('xp')).toMatchObject({ available: 5 });
});

test('lists have pages, and a cursor is good for its list and filters alone', async () => {
  const wallets = Array.from({ length: 7 }, (_, nth) => fixtures.wallet({ currency: `c${nth}` }));
  mocked({ given: { 'app.wallets.list': wallets } });
  const first = await laurel.wallets.list({ limit: 3 });
  expect(first.items).toEqual(wallets.slice(0, 3));
  expect(await laurel.wallets.list({ limit: 3 }).toArray({ max: 100 })).toEqual(wallets);
  const { nextCursor } = first;
  expect(await code(laurel.missions.list({ cursor: nextCursor ?? '' }))).toBe('invalid_cursor');
  expect(await code(laurel.wallets.list({ cursor: 'made up' }))).toBe('invalid_cursor');
  expect(await code(laurel.wallets.list({ limit: 0 }))).toBe('invalid_request');
});

test('a call with an Idempotency-Key happens once, and its key is good for it alone', async () => {
  const api = mocked({ examples: false });
  const idempotencyKey = 'key-1';
  const user = { externalId: 'player-1' };
  const first = await backend.users.create(user, { idempotencyKey });
  expect(await backend.users.create(user, { idempotencyKey })).toEqual(first);
  expect((await backend.users.list()).items).toHaveLength(1);
  expect(await code(backend.users.create({ externalId: 'player-2' }, { idempotencyKey }))).toBe('idempotency_mismatch');
  expect(api.calls.map(({ operation, status }) => [operation, status])).toEqual([
    ['dashboard.users.create', 201],
    ['dashboard.users.create', 201],
    ['dashboard.users.list', 200],
    ['dashboard.users.create', 422],
  ]);
});

test('what is edited demands the version that was read', async () => {
  mocked({ given: { 'dashboard.missions.list': [fixtures.mission({ id: 'weekly', version: 4, revision: 4 })] } });
  const mission = await backend.missions.get('weekly');
  const { schedule, steps } = mission;
  const changes = { name: { en: 'Another' }, schedule, steps };
  expect(await backend.missions.update('weekly', changes, { ifMatch: mission })).toMatchObject({ revision: 5 });
  expect(await code(backend.missions.update('weekly', changes, { ifMatch: mission }))).toBe('version_mismatch');
  expect(await code(backend.missions.get('monthly'))).toBe('not_found');
  const me = await laurel.me.get();
  expect(await laurel.me.update({ displayName: 'Grace' }, { ifMatch: me })).toMatchObject({ displayName: 'Grace' });
  expect(await code(laurel.me.update({ displayName: 'Ada' }, { ifMatch: me }))).toBe('version_mismatch');
});

test('operations fail as often as they are told to, and a reset forgets everything', async () => {
  const api = mocked();
  api.fail('missions.list', 'rate_limited', { times: 2, retryAfter: 0 });
  expect((await laurel.missions.list()).items).toHaveLength(1);
  expect(api.calls.map(({ status }) => status)).toEqual([429, 429, 200]);
  api.fail('app.missions.get', 'no_connection', { times: 3 });
  expect(await code(laurel.missions.get('x'))).toMatchObject({ name: 'ConnectionError' });
  expect(await code(backend.missions.get('x'))).toBe('answered');

  api.fail('wallets.list', 'forbidden', { times: Number.POSITIVE_INFINITY, detail: 'Not today.' });
  for (const _ of [1, 2])
    await expect(laurel.wallets.list()).rejects.toMatchObject({ code: 'forbidden', detail: 'Not today.' });
  await laurel.events.track({ id: 'e1', activity: 'lesson.completed' });
  expect((await laurel.missions.get('weekly-five')).progress).toMatchObject({ amount: 3 });
  api.reset();
  expect(api.calls).toEqual([]);
  expect(await code(laurel.wallets.list())).toBe('answered');
  expect((await laurel.missions.get('weekly-five')).progress).toMatchObject({ amount: 2 });
});

test('who listens hears what events bring about, and what the test tells', async () => {
  const api = mocked({
    given: { 'app.missions.list': [{ ...threeADay, steps: [{ activity: 'a', adds: 'one', target: 1 }] }] },
  });
  await laurel.events.track({ activity: 'a' });
  api.tell(fixtures.happening('streak.broken'));
  const heard: string[] = [];
  const live = new LaurelLive({ baseUrl, auth: { token: 'player' } });
  for await (const { type } of live.live.subscribe({ lastEventId: '0' })) {
    heard.push(type);
    if (type === 'streak.broken') break;
  }
  expect(heard).toEqual([
    'event.counted',
    'mission.progressed',
    'mission.completed',
    'wallet.changed',
    'streak.broken',
  ]);
});

test('reports come as CSV where that is asked for, and a call without a token is refused', async () => {
  mocked();
  const csv = await backend.csv.analytics.overview({ from: '2026-11-01', to: '2026-11-30' });
  expect(csv.split('\r\n')[0]).toContain('day');
  const bare = await fetch(`${baseUrl}/app/v1/missions`);
  expect(bare.status).toBe(401);
  expect((await fetch(`${baseUrl}/app/v1/nothing`)).status).toBe(404);
});

test('the handlers are for msw 2 as well', async () => {
  const api = laurelHandlers({ http: oldHttp, baseUrl });
  const server = oldSetupServer(...api);
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => server.close());
  expect((await laurel.missions.list()).items).toEqual([fixtures.playerMission()]);
  api.fail('missions.list', 'forbidden');
  expect(await code(laurel.missions.list())).toBe('forbidden');
});
