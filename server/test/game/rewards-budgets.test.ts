import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { amountsOf, defineBasics, missionOf } from './definitions.ts';
import { clockAt, type Game, openGame, otherProcess, times } from './world.ts';

type RuleCreate = Parameters<Laurel['rewardRules']['create']>[0];

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-10T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

const rule = (more: Partial<RuleCreate> = {}) =>
  laurel.rewardRules.create({
    id: 'shared',
    name: { en: 'Shared' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [{ kind: 'currency', currency: 'xp', amount: 7 }],
    ...more,
  });
const budget = (amount: number) => [{ currency: 'xp', amount }];
const balance = async (userId: string) => (await laurel.as({ userId }).wallets.get('xp')).available;
const outstanding = async () => (await laurel.ledger.proof().toArray({ max: 10 }))[0];

describe('case 6: a budget of 1,000 and 64 writers who ask for 7 each', () => {
  test('pays 994 at most, whatever the process; every refusal is named, and none is lost', async () => {
    await rule({ budget: budget(1000) });
    const others = [await otherProcess(game), await otherProcess(game)];
    const clients = [laurel, ...others.map((other) => other.laurel)];
    const writers = times(64, (index) => `writer-${index}`);
    await laurel.users.createBatch({ users: writers.map((id) => ({ id })) });
    const receipts = await Promise.all(
      writers.flatMap((userId, index) =>
        times(3, async (round) => {
          const client = clients[(index + round) % clients.length] ?? laurel;
          return client.events.track({ id: `${userId}.${round}`, userId, activity: 'lesson' });
        }),
      ),
    );
    const paid = receipts.filter(({ effects }) => effects.rewards.length > 0);
    const refused = receipts.filter(({ effects }) => effects.rewards.length === 0);
    expect(paid).toHaveLength(142);
    expect(paid.flatMap(({ effects }) => amountsOf(effects.rewards))).toEqual(times(142, () => 7));
    expect(refused).toHaveLength(64 * 3 - 142);
    for (const { effects } of refused) expect(effects.withheld).toEqual([{ rule: 'shared', why: 'budget_exhausted' }]);
    expect(await outstanding()).toMatchObject({ currency: 'xp', outstanding: 994, sum: 0, balanced: true });
    const explained = await laurel.events.explain(refused[0]?.event.id ?? '');
    expect(explained.rules).toMatchObject([
      { id: 'shared', fired: false, why: 'budget_exhausted', values: { 'asked.xp': 7, 'budget.xp': 1000 } },
    ]);
    await Promise.all(others.map((other) => other.close()));
  });
});

describe('what is shared among all players', () => {
  const track = (id: string, userId: string, more: object = {}) =>
    laurel.events.track({ id, userId, activity: 'lesson', ...more });

  test('is paid wholly or not at all, and a smaller ask that it bears is paid after one that it does not', async () => {
    const rewards = [{ kind: 'currency' as const, currency: 'xp', amount: { expression: 'event.value' } }];
    await rule({ budget: budget(10), rewards });
    await laurel.users.create({ id: 'ada' });
    const amounts = [];
    for (const value of [6, 5, 4, 1]) {
      amounts.push(amountsOf((await track(`v-${value}`, 'ada', { value })).effects.rewards));
    }
    expect(amounts).toEqual([[6], [], [4], []]);
  });

  test('has a bound on how often it pays as well', async () => {
    await rule({ caps: { total: 3 } });
    await laurel.users.createBatch({ users: times(8, (index) => ({ id: `u-${index}` })) });
    const receipts = await Promise.all(times(8, (index) => track(`e-${index}`, `u-${index}`)));
    expect(receipts.filter(({ effects }) => effects.rewards.length > 0)).toHaveLength(3);
    const withheld = receipts.flatMap(({ effects }) => effects.withheld);
    expect(withheld).toEqual(times(5, () => ({ rule: 'shared', why: 'cap_reached' })));
  });

  test('is decided once: a late event neither asks nor pays anew', async () => {
    await rule({ budget: budget(14) });
    await laurel.users.createBatch({ users: [{ id: 'ada' }, { id: 'bob' }] });
    const day = (date: number) => ({ occurredAt: new Date(Date.UTC(2026, 5, date)).toISOString() });
    await track('ada-5', 'ada', day(5));
    await track('bob-5', 'bob', day(5));
    await track('ada-6', 'ada', day(6));
    const late = await track('ada-1', 'ada', day(1));
    expect(late.effects.withheld).toEqual([{ rule: 'shared', why: 'budget_exhausted' }]);
    expect([await balance('ada'), await balance('bob')]).toEqual([7, 7]);
    // What is taken back does not come back to the budget.
    await laurel.events.void('ada-5', { note: 'Mistake' });
    expect(await balance('ada')).toBe(0);
    expect((await track('ada-7', 'ada', day(7))).effects.rewards).toEqual([]);
    const { rules } = await laurel.events.explain('ada-6');
    expect(rules).toMatchObject([{ fired: false, why: 'budget_exhausted' }]);
  });

  test('stays with a mission that another event completes since a late one came', async () => {
    await laurel.missions.create({ id: 'two', ...missionOf(2), rewards: [] });
    await rule({ trigger: { kind: 'missionCompleted', mission: 'two' }, budget: budget(7) });
    await laurel.users.create({ id: 'ada' });
    const at = (date: number) => ({ occurredAt: new Date(Date.UTC(2026, 5, date)).toISOString() });
    await track('e-5', 'ada', at(5));
    expect(amountsOf((await track('e-6', 'ada', at(6))).effects.rewards)).toEqual([7]);
    await track('e-1', 'ada', at(1));
    expect(await balance('ada')).toBe(7);
    expect((await laurel.events.explain('e-5')).granted).toMatchObject([{ amount: 7 }]);
    await laurel.events.void('e-6', { note: 'Mistake' });
    expect(await balance('ada')).toBe(7);
  });

  test('is told by a dry run as it would be, also within a batch, and nothing is written', async () => {
    await rule({ budget: budget(20), caps: { perPlayer: 5 } });
    await laurel.users.create({ id: 'ada' });
    const events = times(40, (index) => ({
      id: `e-${index}`,
      userId: 'ada',
      activity: 'lesson',
      occurredAt: new Date(Date.UTC(2026, 4, 1) + ((index * 7) % 40) * 3_600_000).toISOString(),
    }));
    const before = await game.snapshot();
    const dry = await laurel.events.trackBatch({ events, dryRun: true });
    expect(await game.snapshot()).toBe(before);
    const real = await laurel.events.trackBatch({ events });
    const told = ({ items }: typeof dry) =>
      items.map((item) =>
        item.status === 'accepted' ? [item.receipt.effects.rewards, item.receipt.effects.withheld] : [],
      );
    expect(told(dry)).toEqual(told(real));
    expect(await balance('ada')).toBe(14);
  });
});
