import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, streakOf } from './definitions.ts';
import { toldIn, toldLine } from './told.ts';
import { clockAt, codeOf, codesOf, type Game, openGame, refusalOf, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-05-01T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

const date = (day: number) => `2026-05-${String(day).padStart(2, '0')}`;
const gems = (amount: number) => [{ currency: 'gems', amount }];
const ada = () => laurel.as({ userId: 'ada' });
const available = async (currency = 'gems') => (await ada().wallets.get(currency)).available;
const lesson = (day?: number) =>
  laurel.events.track({
    userId: 'ada',
    activity: 'lesson',
    ...(day === undefined ? {} : { occurredAt: `${date(day)}T12:00:00Z` }),
  });
const give = (amount: number) =>
  laurel.users.grant('ada', { rewards: [{ kind: 'currency', currency: 'gems', amount }], note: 'A present' });

/** Lessons on days, each lived through. */
async function live(...days: readonly number[]): Promise<void> {
  for (const day of days) {
    clock.set(`${date(day)}T12:00:00Z`);
    await lesson();
  }
}

describe('freezes for sale', () => {
  beforeEach(() => laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), freezes: { most: 3, price: gems(10) } }));

  test('are paid and taken in in one act, which the ledger tells of and the next missed day uses', async () => {
    await give(25);
    await live(1);
    expect(await ada().streaks.get('daily')).toMatchObject({ freezes: 0, freezePrice: gems(10), repairPrice: null });
    expect(await ada().streaks.buyFreezes('daily', { count: 2 })).toMatchObject({ freezes: 2, current: 1 });
    expect(await available()).toBe(5);
    const [entry] = (await ada().wallets.entries('gems')).items;
    expect(entry).toMatchObject({ amount: -20, reason: { kind: 'streakFreezes', streak: 'daily', count: 2 } });
    await live(4);
    expect(await ada().streaks.get('daily')).toMatchObject({ freezes: 0, current: 2 });
    const { items } = await laurel.ledger.proof();
    expect(items.find(({ currency }) => currency === 'gems')).toMatchObject({ balanced: true, outstanding: 5 });
  });

  test('cost what there must be in the wallet, and no more than can be held are sold', async () => {
    await give(25);
    await live(1);
    const before = await game.snapshot();
    expect(await refusalOf(ada().streaks.buyFreezes('daily', { count: 3 }))).toEqual({
      code: 'insufficient_funds',
      detail: 'The wallet has 25 gems available and the price asks for 30.',
      pointers: ['/count'],
    });
    expect(await codeOf(ada().streaks.buyFreezes('daily', { count: 4 }))).toBe('unprocessable');
    expect(await game.snapshot()).toBe(before);
    await laurel.streaks.create({ id: 'free', ...streakOf('UTC'), freezes: { most: 3 } });
    expect(await codeOf(ada().streaks.buyFreezes('free', { count: 1 }))).toBe('unprocessable');
  });

  test('are never more than there is money and room for, however many are bought at once', async () => {
    await give(1000);
    const codes = await codesOf(times(8, () => ada().streaks.buyFreezes('daily', { count: 1 })));
    expect(codes.toSorted()).toEqual([...times(3, () => 'none'), ...times(5, () => 'unprocessable')]);
    expect(await ada().streaks.get('daily')).toMatchObject({ freezes: 3 });
    expect(await available()).toBe(970);
  });

  test('are bought once by a call that is repeated', async () => {
    await give(100);
    const buy = () => ada().streaks.buyFreezes('daily', { count: 1 }, { idempotencyKey: 'once' });
    expect(await buy()).toEqual(await buy());
    expect(await available()).toBe(90);
  });

  test('that had no room after all, since a freeze came back by a late event, cost nothing', async () => {
    await give(100);
    await live(1);
    await ada().streaks.buyFreezes('daily', { count: 3 });
    await live(3);
    // The 2nd took one of three: there is room for one.
    await ada().streaks.buyFreezes('daily', { count: 1 });
    expect([await available(), (await ada().streaks.get('daily')).freezes]).toEqual([60, 3]);
    await lesson(2);
    expect([await available(), (await ada().streaks.get('daily')).freezes]).toEqual([70, 3]);
    expect((await laurel.ledger.proof()).items.every(({ balanced }) => balanced)).toBe(true);
  });
});

describe('a repair with a price', () => {
  const told = async () => (await toldIn(game, undefined, (type) => type.startsWith('streak.'))).map(toldLine);
  beforeEach(async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), repair: { within: 2, price: gems(30) } });
    await live(1, 2, 4);
  });

  test('is refused where the price is not there; else it is taken in the same act, and the repair told', async () => {
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 1, repairPrice: gems(30), freezePrice: null });
    await give(29);
    const before = await game.snapshot();
    expect(await codeOf(ada().streaks.repair('daily'))).toBe('insufficient_funds');
    expect(await game.snapshot()).toBe(before);
    await give(1);
    expect(await ada().streaks.repair('daily')).toMatchObject({ current: 3, longest: 3 });
    expect(await available()).toBe(0);
    const [entry] = (await ada().wallets.entries('gems')).items;
    expect(entry).toMatchObject({ amount: -30, reason: { kind: 'streakRepair', streak: 'daily' } });
    expect((await told()).at(-1)).toBe('ada 2026-05-04T12:00 streak.repaired daily 3');
    // Nothing is broken any more, and nothing is taken.
    await give(30);
    expect(await codeOf(ada().streaks.repair('daily'))).toBe('unprocessable');
    expect(await available()).toBe(30);
  });

  test('gives the price back when what was missed comes in late, and is not told a second time', async () => {
    await give(30);
    await ada().streaks.repair('daily');
    const before = await told();
    await lesson(3);
    expect(await available()).toBe(30);
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 4, longest: 4 });
    expect((await told()).slice(before.length)).toEqual(['ada 2026-05-03T12:00 streak.extended daily 3 3']);
  });

  test('is owed where what paid it is taken back after it', async () => {
    await laurel.rewardRules.create({
      id: 'a-gem',
      name: { en: 'Gems' },
      trigger: { kind: 'event', activity: 'lesson' },
      rewards: [{ kind: 'currency', currency: 'gems', amount: 30 }],
    });
    const { event } = await lesson();
    await ada().streaks.repair('daily');
    await laurel.events.void(event.id, { note: 'Sent by mistake' });
    expect(await ada().wallets.get('gems')).toMatchObject({ available: 0, owed: 30 });
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 3 });
  });
});

describe('rewards of a milestone itself', () => {
  const milestones = [
    {
      length: 2,
      rewards: [
        { kind: 'currency' as const, currency: 'gems', amount: 10 },
        { kind: 'streakFreeze' as const, streak: 'daily', count: 1 },
      ],
    },
    { length: 4, rewards: [{ kind: 'currency' as const, currency: 'xp', amount: { expression: 'event.value * 7' } }] },
    { length: 5 },
  ];
  beforeEach(async () => {
    await laurel.streaks.create({
      id: 'daily',
      ...streakOf('UTC'),
      freezes: { most: 2, automatic: false },
      milestones,
    });
  });

  test('are given once in each run, at the event that reached it, and taken back with it', async () => {
    await live(1);
    clock.set('2026-05-02T12:00:00Z');
    const second = await lesson();
    expect(second.effects.rewards).toMatchObject([
      { kind: 'currency', currency: 'gems', amount: 10, source: { kind: 'streak', streak: 'daily', length: 2 } },
      { kind: 'streakFreeze', streak: 'daily', count: 1, source: { kind: 'streak', streak: 'daily', length: 2 } },
    ]);
    await live(3, 4);
    expect([await available(), await available('xp')]).toEqual([10, 7]);
    expect(await ada().streaks.get('daily')).toMatchObject({ freezes: 1 });
    // A second run has a milestone of its own.
    await live(6, 7);
    expect(await available()).toBe(20);
    // With the 5th it is one run, of which the milestone was paid; without the 2nd a run from the 3rd has it.
    await lesson(5);
    expect([await available(), await available('xp')]).toEqual([10, 7]);
    await laurel.events.void(second.event.id, { note: 'Sent by mistake' });
    expect([await available(), await available('xp')]).toEqual([10, 7]);
    const { items } = await ada().wallets.entries('gems');
    expect(items.at(-1)).toMatchObject({ reason: { kind: 'streak', streak: 'daily', length: 2 } });
    const rewarded = await toldIn(game, undefined, (type) => type === 'reward.granted');
    const gems = { source: 'streak', sourceId: 'daily', of: 'gems', amount: 10 };
    expect(rewarded.map(({ data }) => data)).toContainEqual(expect.objectContaining(gems));
    expect((await laurel.ledger.proof()).items.every(({ balanced }) => balanced)).toBe(true);
  });

  test('name what is there, at the place of the milestone', async () => {
    const wrong = (rewards: NonNullable<(typeof milestones)[number]['rewards']>) =>
      laurel.streaks.create({ id: 'wrong', ...streakOf('UTC'), milestones: [{ length: 3 }, { length: 9, rewards }] });
    expect(await refusalOf(wrong([{ kind: 'currency', currency: 'gold', amount: 1 }]))).toMatchObject({
      code: 'unknown_reference',
      pointers: ['/milestones/1/rewards/0/currency'],
    });
    const amount = { expression: 'event.valu' };
    expect(await refusalOf(wrong([{ kind: 'currency', currency: 'xp', amount }]))).toMatchObject({
      code: 'invalid_expression',
      pointers: ['/milestones/1/rewards/0/amount/expression'],
    });
    const priced = { ...streakOf('UTC'), repair: { within: 1, price: [{ currency: 'gold', amount: 1 }] } };
    expect(await refusalOf(laurel.streaks.create({ id: 'wrong', ...priced }))).toMatchObject({
      pointers: ['/repair/price/0/currency'],
    });
  });
});
