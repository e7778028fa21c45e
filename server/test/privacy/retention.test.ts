import type { Laurel } from '@laurel/sdk/server';
import { afterEach, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { batchesBetween } from '../../src/store/happenings.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { clockAt, codeOf, type Game, HOME, openGame, type TestClock } from '../game/world.ts';
import { defineGame } from './person.ts';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-03-02T08:00:00.000Z');

function at(days: number): string {
  return new Date(START + days * DAY).toISOString();
}

interface World {
  readonly game: Game;
  readonly laurel: Laurel;
  readonly clock: TestClock;
}

const open = new Set<Game>();
afterEach(async () => {
  for (const game of open) await game.close();
  open.clear();
});

async function world(): Promise<World> {
  const clock = clockAt(at(0));
  const game = await openGame({ clock });
  open.add(game);
  await defineGame(game.laurel);
  return { game, laurel: game.laurel, clock };
}

type KeepDays = NonNullable<NonNullable<Parameters<Laurel['workspace']['update']>[0]['privacy']>['keepDays']>;

async function keep({ laurel }: World, keepDays: KeepDays): Promise<void> {
  await laurel.workspace.update({ privacy: { keepDays } }, { ifMatch: await laurel.workspace.get() });
}

/** What the scheduler does at a time. */
async function round({ game, clock }: World, days: number): Promise<void> {
  clock.set(at(days));
  for (let ran = 1; ran > 0; ) ({ ran } = await runRound(game.platform.inside.platform, turnHandlers, clock.now()));
  await game.platform.inside.streams.settled();
}

async function recordsOf({ game, laurel }: World) {
  await game.platform.inside.sealer.seal();
  const { items } = await laurel.auditRecords.list({ action: 'system:privacy.retain' });
  return items;
}

const OLD = 'what-was-said-long-ago';
const FRESH = 'what-was-said-of-late';
const ada = 'ada';

/** The same life in each world: more entries than a snapshot takes, late ones and one that is taken back among them. */
async function live({ laurel, clock }: World): Promise<void> {
  await laurel.users.create({ id: ada, displayName: 'Ada', attributes: { likes: OLD } });
  const events = Array.from({ length: 70 }, (_, nth) => ({
    id: `old-${nth}`,
    userId: ada,
    activity: 'lesson',
    attributes: { mood: nth % 3 === 0 ? 'x' : OLD },
    occurredAt: at(nth / 12),
  }));
  clock.set(at(6));
  await laurel.events.trackBatch({ events });
  await laurel.users.grant(ada, { rewards: [{ kind: 'currency', currency: 'gems', amount: 5 }], note: 'A note' });
  const early = { userId: ada, activity: 'lesson', attributes: { mood: OLD } };
  await laurel.events.track({ ...early, id: 'late-1', occurredAt: at(0.5) });
  await laurel.events.void('old-7', { note: 'A mistake' });
  clock.set(at(39));
  await laurel.events.track({ id: 'fresh-1', userId: ada, activity: 'lesson', attributes: { mood: FRESH } });
}

/** All that the player has, and how it came to be, without what differs in every world. */
async function standing({ game, laurel }: World) {
  await game.platform.inside.streams.settled();
  const { user: _, ...sheet } = await laurel.users.sheet(ada);
  const { rank, score, total } = await laurel.as({ userId: ada }).leaderboards.rank('all');
  const { sums, entries } = {
    sums: (await laurel.ledger.proof()).items,
    entries: (await laurel.ledger.statement({ account: `user:${ada}`, currency: 'gems', from: at(-1), to: at(90) }))
      .entries,
  };
  return { sheet, rank, score, total, sums, moved: entries.map(({ amount, balance }) => [amount, balance]) };
}

test('threat 56: what events said is gone after its time; what they came to stands, as if nothing had been erased', async () => {
  const [kept, erased] = [await world(), await world()];
  for (const one of [kept, erased]) await live(one);
  const held = async () => JSON.stringify((await erased.laurel.privacy.export(ada)).records);
  expect(await held()).toContain(`"mood":"${OLD}`);
  await keep(erased, { events: 30 });
  for (const one of [kept, erased]) await round(one, 40);

  // Nothing of it is held any more but in the profile, which is no event.
  expect(await held()).not.toContain(`"mood":"${OLD}`);
  expect(await held()).toContain(FRESH);
  expect(await standing(erased)).toEqual(await standing(kept));
  const { event } = await erased.laurel.events.get('old-3');
  expect(event).toMatchObject({ activity: 'lesson', value: 1, attributes: {} });
  expect((await erased.laurel.events.get('fresh-1')).event.attributes).toEqual({ mood: FRESH });
  expect(await codeOf(erased.laurel.events.explain('old-3'))).toBe('unprocessable');
  expect(await codeOf(erased.laurel.events.void('old-3', { note: 'Too late' }))).toBe('unprocessable');
  const old = { userId: ada, activity: 'lesson' };
  expect(await codeOf(erased.laurel.events.track({ ...old, occurredAt: at(1) }))).toBe('unprocessable');
  expect(await codeOf(erased.laurel.events.track({ ...old, id: 'old-3' }))).toBe('event_conflict');

  // What is later goes on as ever: late, taken back and explained.
  for (const one of [kept, erased]) {
    await one.laurel.events.track({ ...old, id: 'late-2', occurredAt: at(20), attributes: { mood: FRESH } });
    await one.laurel.events.void('fresh-1', { note: 'A mistake' });
    await one.laurel.events.explain('late-2');
  }
  expect(await standing(erased)).toEqual(await standing(kept));

  // One record says what the round has done; a round that does nothing leaves none.
  expect(await recordsOf(erased)).toEqual([
    expect.objectContaining({ actor: expect.objectContaining({ kind: 'system' }), reason: 'retained, events 71' }),
  ]);
  await round(erased, 41);
  expect(await recordsOf(erased)).toHaveLength(1);
  for (const days of [70, 71, 72]) for (const one of [kept, erased]) await round(one, days);
  expect(await held()).not.toContain(FRESH);
  expect(await standing(erased)).toEqual(await standing(kept));
});

test('of a restricted user nothing is lost, however long it is', async () => {
  const one = await world();
  await live(one);
  await one.laurel.privacy.restrict(ada);
  await keep(one, { events: 30 });
  await round(one, 400);
  expect(JSON.stringify(await one.laurel.privacy.export(ada))).toContain(`"mood":"${OLD}`);
});

test('what was told is removed after its time, with its deliveries', async () => {
  const one = await world();
  await live(one);
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  const told = async () => {
    const batches = await batchesBetween(one.game.table, scope, { from: at(-1), to: '9999', limit: 1000 });
    return batches.map((batch) => batch.at);
  };
  await one.game.platform.inside.streams.settled();
  expect((await told()).some((when) => when < at(38))).toBe(true);
  await keep(one, { news: 2 });
  await round(one, 40);
  expect(await told()).not.toEqual([]);
  expect((await told()).filter((when) => when < at(38))).toEqual([]);
});

test('a yes lapses, and a no does not', async () => {
  const one = await world();
  const { laurel } = one;
  const purposes = [{ id: 'news', name: 'News' }];
  const privacy = { purposes, keepDays: { consents: 30 } };
  await laurel.workspace.update({ privacy }, { ifMatch: await laurel.workspace.get() });
  await laurel.users.create({ id: ada });
  await laurel.privacy.consent(ada, 'news', { granted: true });
  await laurel.privacy.consent(ada, 'leaderboards', { granted: false });
  const granted = async () => {
    const { items } = await laurel.privacy.consents(ada);
    return Object.fromEntries(items.map(({ purpose, granted }) => [purpose, granted]));
  };
  await round(one, 29);
  expect(await granted()).toEqual({ analytics: true, leaderboards: false, news: true });
  await round(one, 31);
  expect(await granted()).toEqual({ analytics: true, leaderboards: false, news: false });
});

test('requests about personal data go after their time, and receipts of erasures stay', async () => {
  const one = await world();
  const { laurel } = one;
  for (const id of [ada, 'bo']) await laurel.users.create({ id });
  await laurel.privacy.export(ada);
  await laurel.privacy.erase('bo');
  await keep(one, { requests: 30 });
  const kinds = async () => (await laurel.privacy.requests()).items.map(({ kind }) => kind).toSorted();
  await round(one, 29);
  expect(await kinds()).toEqual(['erasure', 'export']);
  await round(one, 31);
  expect(await kinds()).toEqual(['erasure']);
});
