import type { Laurel } from '@laurel/sdk/server';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineBasics, missionOf } from './definitions.ts';
import { clockAt, type Game, HOME, laurelOf, openGame, times } from './world.ts';

let game: Game;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-20T12:00:00Z') });
});
afterEach(() => game.close());

type Batch = Parameters<Laurel['events']['trackBatch']>[0];
type Item = Awaited<ReturnType<Laurel['events']['trackBatch']>>['items'][number];

const PLAYERS = 12;
let made = 0;

/** A new workspace in which rules share little among many players: a budget, a cap, a stock and a pool of codes. */
async function openWorkspace(bounds: Bounds): Promise<Laurel> {
  made += 1;
  const workspace = `dry-${made}`;
  const laurel = laurelOf(await game.platform.createWorkspaceClient({ tenant: HOME.tenant, workspace }));
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  const price = [{ currency: 'xp', amount: 10 }];
  await laurel.catalogItems.create({ id: 'mug', name: { en: 'Mug' }, price, stock: bounds.stock });
  await laurel.catalogItems.create({ id: 'voucher', name: { en: 'Voucher' }, price, codes: true });
  if (bounds.codes > 0)
    await laurel.catalogItems.addCodes('voucher', { codes: times(bounds.codes, (index) => `CODE-${index}`) });
  const lesson = { kind: 'event' as const, activity: 'lesson' };
  const quiz = { kind: 'event' as const, activity: 'quiz' };
  const item = (name: string) => [{ kind: 'item' as const, item: name, quantity: 1 }];
  const amount = (currency: string, expression: string) => [
    { kind: 'currency' as const, currency, amount: { expression } },
  ];
  const rule = (id: string, trigger: typeof lesson, more: object) => ({ id, name: { en: id }, trigger, ...more });
  const budget = [{ currency: 'xp', amount: bounds.budget }];
  await laurel.rewardRules.create({ ...rule('budget', lesson, {}), rewards: amount('xp', 'event.value'), budget });
  await laurel.rewardRules.create({
    ...rule('total', quiz, {}),
    rewards: amount('gems', 'event.value'),
    caps: { total: bounds.total },
  });
  // What is earned decides what comes next.
  const rich = 'player.balances["xp"] >= 5';
  await laurel.rewardRules.create({ ...rule('stock', lesson, {}), condition: rich, rewards: item('mug') });
  await laurel.rewardRules.create({ ...rule('codes', quiz, {}), condition: rich, rewards: item('voucher') });
  const perhaps = rule('else', quiz, { mode: 'fallback' as const });
  await laurel.rewardRules.create({ ...perhaps, rewards: amount('xp', '1') });
  await laurel.missions.create({ id: 'three', ...missionOf(3), rewards: item('mug') });
  await laurel.users.createBatch({ users: times(PLAYERS, (index) => ({ id: `p${index}` })) });
  return laurel;
}

const someBounds = fc.record({
  budget: fc.integer({ min: 1, max: 60 }),
  total: fc.integer({ min: 1, max: 8 }),
  stock: fc.integer({ min: 1, max: 6 }),
  codes: fc.nat(4),
});
type Bounds = typeof someBounds extends fc.Arbitrary<infer T> ? T : never;

const someEvents = (most: number) =>
  fc.array(
    fc.record({
      player: fc.nat(PLAYERS - 1),
      activity: fc.constantFrom('lesson', 'lesson', 'quiz', 'none'),
      value: fc.nat(9),
      hour: fc.option(fc.nat(60)),
      // A few ids come again, for the same player or another.
      id: fc.nat(most * 4),
    }),
    { minLength: most / 2, maxLength: most },
  );
type Events = ReturnType<typeof someEvents> extends fc.Arbitrary<infer T> ? T : never;

const batchOf = (prefix: string, events: Events): Batch['events'] =>
  events.map(({ player, activity, value, hour, id }) => ({
    id: `${prefix}-${id}`,
    userId: `p${player}`,
    activity,
    value,
    ...(hour === null ? {} : { occurredAt: new Date(Date.UTC(2026, 5, 17) + hour * 3_600_000).toISOString() }),
  }));

/** Answers without what tells one call from another. */
const answers = (items: readonly Item[]) =>
  items.map((item) => (item.status === 'accepted' ? item : { status: item.status, code: item.problem.code }));

const withheldIn = (items: readonly Item[]) =>
  items.flatMap((item) => (item.status === 'accepted' ? item.receipt.effects.withheld.map(({ why }) => why) : []));

test('a dry run of a batch answers what the batch answers: players share what is left, in their order', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(someBounds, someEvents(20), someEvents(60), async (bounds, before, events) => {
      const laurel = await openWorkspace(bounds);
      await laurel.events.trackBatch({ events: batchOf('before', before) });
      const batch = batchOf('now', events);
      const table = await game.snapshot();
      const dry = await laurel.events.trackBatch({ events: batch, dryRun: true });
      expect(await game.snapshot()).toBe(table);
      const real = await laurel.events.trackBatch({ events: batch });
      expect(answers(dry.items)).toEqual(answers(real.items));
      for (const why of withheldIn(real.items)) seen.add(why);
    }),
    { numRuns: 12 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['budget_exhausted', 'cap_reached', 'sold_out']));
}, 120_000);

test('one budget is handed out in the order of the players in a batch, dry or not', async () => {
  const laurel = await openWorkspace({ budget: 7, total: 1, stock: 1, codes: 0 });
  const events = times(PLAYERS, (index) => ({ id: `e${index}`, userId: `p${index}`, activity: 'lesson', value: 2 }));
  const paid = async (dryRun: boolean) => {
    const { items } = await laurel.events.trackBatch({ events, dryRun });
    return items.map((item) => (item.status === 'accepted' ? item.receipt.effects.rewards.length : -1));
  };
  const first = times(PLAYERS, (index) => (index < 3 ? 1 : 0));
  expect(await paid(true)).toEqual(first);
  expect(await paid(true)).toEqual(first);
  expect(await paid(false)).toEqual(first);
});

test('an id that two players of a batch use is the event of the first of them, dry or not', async () => {
  const laurel = await openWorkspace({ budget: 7, total: 1, stock: 1, codes: 0 });
  const events = times(3, (index) => ({ id: 'same', userId: `p${index}`, activity: 'lesson' }));
  const statuses = async (dryRun: boolean) => answers((await laurel.events.trackBatch({ events, dryRun })).items);
  const conflict = { status: 'rejected', code: 'event_conflict' };
  expect((await statuses(true)).slice(1)).toEqual([conflict, conflict]);
  expect((await statuses(false)).slice(1)).toEqual([conflict, conflict]);
});
