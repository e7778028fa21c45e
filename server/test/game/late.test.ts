import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardOf, defineBasics, defineRule, missionOf, streakOf } from './definitions.ts';
import { clockAt, type Game, openGame, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-30T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada', zone: 'UTC' });
});
afterEach(() => game.close());

const at = (day: number) => `2026-06-${String(day).padStart(2, '0')}T10:00:00.000Z`;
const lesson = (day: number, more: { value?: number; attributes?: Record<string, number> } = {}) =>
  laurel.events.track({ id: `day-${day}`, userId: 'ada', activity: 'lesson', occurredAt: at(day), ...more });
const ada = () => laurel.as({ userId: 'ada' });
const xp = (amount: number) => [{ kind: 'currency' as const, currency: 'xp', amount }];
const balance = async (currency = 'xp') => (await ada().wallets.get(currency)).available;
const entriesOf = async (currency: string) => {
  const entries = await ada().wallets.entries(currency).toArray({ max: 1_000 });
  return entries.toReversed().map(({ amount, reason, correctedBy }) => {
    const event = 'event' in reason ? reason.event : null;
    return { amount, event, correctedBy };
  });
};

describe('a late event and missions', () => {
  test('completes a mission earlier: completedAt moves, and nothing is paid twice', async () => {
    await laurel.missions.create({ id: 'three', ...missionOf(3) });
    for (const day of [3, 5, 7]) await lesson(day);
    expect((await ada().progress.get('three:all')).completedAt).toBe(at(7));
    const { effects } = await lesson(4);
    expect(effects).toMatchObject({ missionsCompleted: [], rewards: [], ledger: [] });
    expect(effects.progress).toMatchObject([{ amount: 3, startedAt: at(3), completedAt: at(5) }]);
    expect((await ada().progress.get('three:all')).completedAt).toBe(at(5));
    expect(await balance()).toBe(50);
    expect(await entriesOf('xp')).toHaveLength(1);
    // One that is earlier than all starts it earlier as well.
    await lesson(1);
    expect(await ada().progress.get('three:all')).toMatchObject({ startedAt: at(1), completedAt: at(4), amount: 3 });
  });

  test('of which a later one now reaches the target, tells of it and of what it gave', async () => {
    await laurel.missions.create({ id: 'three', ...missionOf(3) });
    await lesson(3);
    await lesson(7);
    const { effects } = await lesson(5);
    expect(effects.missionsCompleted).toEqual([{ mission: 'three', period: 'all' }]);
    expect(effects.rewards).toMatchObject([{ amount: 50, source: { kind: 'mission', mission: 'three' } }]);
    expect(effects.ledger).toMatchObject([
      {
        amount: 50,
        balance: 50,
        reason: { mission: 'three', event: 'day-7' },
        correctedBy: 'day-5',
        occurredAt: at(7),
      },
    ]);
    expect(effects.progress).toMatchObject([{ amount: 3, completedAt: at(7), state: 'completed' }]);
    expect(await laurel.events.get('day-5')).toEqual({ event: expect.anything(), effects });
  });

  test('counts in the period in which it occurred, however long that is over', async () => {
    const weekly = { kind: 'recurring', every: 'week', zone: 'UTC' } as const;
    await laurel.missions.create({ id: 'weekly', ...missionOf(2, weekly) });
    for (const day of [2, 9, 16, 23, 30]) await lesson(day);
    const { effects } = await lesson(3);
    expect(effects.missionsCompleted).toEqual([{ mission: 'weekly', period: '2026-W23' }]);
    const progress = await ada().progress.list({ limit: 50 }).toArray({ max: 50 });
    expect(progress.map(({ period, amount }) => [period, amount])).toEqual([
      ['2026-W23', 2],
      ['2026-W24', 1],
      ['2026-W25', 1],
      ['2026-W26', 1],
      ['2026-W27', 1],
    ]);
  });
});

describe('a late event and streaks', () => {
  test('joins the runs on both sides of a gap', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('user') });
    for (const day of [26, 27, 29, 30]) await lesson(day);
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 2, longest: 2 });
    const { effects } = await lesson(28);
    expect(effects.streaks).toEqual([{ streak: 'daily', day: '2026-06-28', run: 5, longest: 5 }]);
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 5, longest: 5, lastDay: '2026-06-30' });
  });
});

describe('a condition over what the player has', () => {
  beforeEach(async () => {
    await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
    await defineRule(laurel, 10);
    await laurel.rewardRules.create({
      id: 'gem-for-beginners',
      name: { en: 'A gem for each of the first three' },
      trigger: { kind: 'event', activity: 'lesson' },
      condition: 'player.balances["xp"] < 30',
      rewards: [{ kind: 'currency', currency: 'gems', amount: 1 }],
    });
  });

  test.each([[[1, 2, 3, 4, 5]], [[5, 4, 3, 2, 1]], [[3, 5, 1, 4, 2]]])(
    'is judged at the moment of the event, also where they arrive as %j',
    async (days) => {
      for (const day of days) await lesson(day);
      const entries = await entriesOf('gems');
      const byEvent = Map.groupBy(entries, ({ event }) => event);
      const sums = [...byEvent].map(([event, all]) => [event, all.reduce((sum, { amount }) => sum + amount, 0)]);
      const given = sums.filter(([, sum]) => sum !== 0).toSorted();
      expect(given).toEqual([1, 2, 3].map((day) => [`day-${day}`, 1]));
      expect([await balance(), await balance('gems')]).toEqual([50, 3]);
    },
  );

  test('over `now` is judged at the moment of the event', async () => {
    await laurel.rewardRules.create({
      id: 'early-bird',
      name: { en: 'Early bird' },
      trigger: { kind: 'event', activity: 'lesson' },
      condition: 'now < timestamp("2026-06-10T00:00:00Z") && now == event.occurredAt',
      rewards: [{ kind: 'currency', currency: 'gems', amount: 100 }],
    });
    const paid = async (day: number) => (await laurel.events.explain(`day-${day}`)).granted.map(({ amount }) => amount);
    // All of them are told on the 30th.
    for (const day of [12, 9]) await lesson(day);
    expect([await paid(9), await paid(12)].map((amounts) => amounts.includes(100))).toEqual([true, false]);
  });

  test('gives to the late one and takes from the one that is now too late, which names it', async () => {
    for (const day of [2, 3, 4]) await lesson(day);
    const { effects } = await lesson(1);
    expect(
      effects.rewards.map((reward) => (reward.kind === 'currency' ? [reward.currency, reward.amount] : [])),
    ).toEqual([
      ['gems', 1],
      ['xp', 10],
    ]);
    const gems = effects.ledger.filter(({ currency }) => currency === 'gems');
    expect(gems.map(({ amount, reason, correctedBy }) => [amount, reason, correctedBy])).toEqual([
      [1, { kind: 'rule', rule: 'gem-for-beginners', event: 'day-1' }, null],
      [-1, { kind: 'rule', rule: 'gem-for-beginners', event: 'day-4' }, 'day-1'],
    ]);
    expect(await balance('gems')).toBe(3);
    expect((await laurel.events.explain('day-4')).granted.map(({ currency }) => currency)).toEqual(['xp']);
  });
});

describe('a late event and definitions that have changed meanwhile', () => {
  const weekly = { kind: 'recurring', every: 'week', zone: 'UTC' } as const;

  test('is judged by what was at work when it arrived; what was counted before stays judged as it was', async () => {
    await defineRule(laurel, 10);
    await lesson(10);
    const { name, trigger, mode, ...rule } = await laurel.rewardRules.get('xp-per-lesson');
    await laurel.rewardRules.update(rule.id, { name, trigger, mode, rewards: xp(25) }, { ifMatch: rule });
    expect((await lesson(5)).effects.rewards).toMatchObject([{ amount: 25 }]);
    expect((await lesson(2)).effects.ledger.map(({ amount }) => amount)).toEqual([25]);
    expect(await balance()).toBe(60);
    const versions = await Promise.all(
      [10, 5].map(async (day) => (await laurel.events.explain(`day-${day}`)).rules.map(({ version }) => version)),
    );
    expect(versions).toEqual([[1], [2]]);
  });

  test('joins the progress that its period has by then, by the version that this keeps', async () => {
    const mission = await laurel.missions.create({ id: 'weekly', ...missionOf(2, weekly) });
    await lesson(10);
    await lesson(11);
    expect(await balance()).toBe(50);
    await laurel.missions.update('weekly', { ...missionOf(9, weekly), rewards: xp(1) }, { ifMatch: mission });
    const { effects } = await lesson(9);
    expect(effects.progress).toMatchObject([
      { period: '2026-W24', missionVersion: 1, amount: 2, target: 2, startedAt: at(9), completedAt: at(10) },
    ]);
    expect([await balance(), (await entriesOf('xp')).length]).toEqual([50, 1]);
    // And so it stays, however often the week is folded again.
    await lesson(8);
    await laurel.events.void('day-9', { note: 'Sent by mistake' });
    expect((await ada().progress.list()).items).toMatchObject([
      { missionVersion: 1, amount: 2, startedAt: at(8), completedAt: at(10) },
    ]);
    // A week that has none yet is the new version's.
    expect((await lesson(3)).effects.progress).toMatchObject([{ period: '2026-W23', missionVersion: 2, target: 9 }]);
  });

  test('starts the progress earlier that an archived mission still has running, and none where it has none', async () => {
    await laurel.missions.create({ id: 'weekly', ...missionOf(3, weekly) });
    await lesson(10);
    await laurel.missions.archive('weekly');
    expect((await lesson(9)).effects.progress).toMatchObject([{ amount: 2, startedAt: at(9) }]);
    expect((await lesson(3)).effects.progress).toEqual([]);
    expect((await lesson(12)).effects.missionsCompleted).toEqual([{ mission: 'weekly', period: '2026-W24' }]);
  });

  test('joins a progress whose version was of another length of period', async () => {
    const mission = await laurel.missions.create({ id: 'm', ...missionOf(3, weekly) });
    await lesson(10);
    const daily = { kind: 'recurring', every: 'day', zone: 'UTC' } as const;
    await laurel.missions.update('m', missionOf(1, daily), { ifMatch: mission });
    expect((await lesson(9)).effects.progress).toMatchObject([{ period: '2026-W24', missionVersion: 1, amount: 2 }]);
    expect((await lesson(3)).effects.progress).toMatchObject([{ period: '2026-06-03', missionVersion: 2, amount: 1 }]);
  });
});

describe('explain', () => {
  beforeEach(async () => {
    await defineRule(laurel, 10);
    await laurel.rewardRules.create({
      id: 'bonus',
      name: { en: 'Bonus' },
      trigger: { kind: 'event', activity: 'lesson' },
      condition: 'event.attributes.score >= 50 && player.balances["xp"] < 1000',
      rewards: xp(5),
    });
    await laurel.missions.create({ id: 'three', ...missionOf(3) });
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.leaderboards.create({ id: 'board', ...boardOf('competition') });
  });

  test('names each rule that was considered, its version, and the values that decided it', async () => {
    await lesson(2, { attributes: { score: 49 }, value: 4 });
    await lesson(1, { attributes: { score: 50 } });
    const { event, rules, granted, rulesetVersion } = await laurel.events.explain('day-2');
    expect(event.id).toBe('day-2');
    expect(rulesetVersion).toBe(7);
    expect(rules).toEqual([
      {
        kind: 'rewardRule',
        id: 'bonus',
        version: 1,
        fired: false,
        why: 'condition_false',
        // As the player stood with the event of the day before, which arrived after it.
        values: { 'event.attributes.score': 49, 'player.balances["xp"]': 15, trigger: 'event', activity: 'lesson' },
      },
      {
        kind: 'rewardRule',
        id: 'xp-per-lesson',
        version: 1,
        fired: true,
        why: 'trigger_matched',
        values: { trigger: 'event', activity: 'lesson' },
      },
      {
        kind: 'mission',
        id: 'three',
        version: 1,
        fired: true,
        why: 'progress_moved',
        values: { period: 'all', amount: 2, target: 3 },
      },
      {
        kind: 'streak',
        id: 'daily',
        version: 1,
        fired: true,
        why: 'day_counted',
        values: { day: '2026-06-02', run: 2 },
      },
      {
        kind: 'leaderboard',
        id: 'board',
        version: 1,
        fired: true,
        why: 'score_moved',
        values: { period: 'all', added: 4, score: 5 },
      },
    ]);
    expect(granted).toEqual([
      { currency: 'xp', amount: 10, reason: { kind: 'rule', rule: 'xp-per-lesson', event: 'day-2' } },
    ]);
  });

  test('tells a player the same, but for what the conditions of operators looked at', async () => {
    await lesson(2, { attributes: { score: 49 } });
    const whole = await laurel.events.explain('day-2');
    const mine = await ada().events.explain('day-2');
    expect(mine.rules.map(({ id, fired, why }) => [id, fired, why])).toEqual(
      whole.rules.map(({ id, fired, why }) => [id, fired, why]),
    );
    expect(mine.rules.find(({ why }) => why === 'condition_false')?.values).toEqual({
      trigger: 'event',
      activity: 'lesson',
    });
    expect(JSON.stringify(mine.rules)).not.toMatch(/balances|attributes/);
    expect(mine.granted).toEqual(whole.granted);
  });

  test('still tells how a voided event was judged, in its place, and that it gives nothing', async () => {
    for (const day of [1, 2, 3]) await lesson(day, { attributes: { score: 80 } });
    const before = await laurel.events.explain('day-2');
    await laurel.events.void('day-2', { note: 'Sent by mistake' });
    const after = await laurel.events.explain('day-2');
    expect(after.event.voidedAt).toBe('2026-06-30T12:00:00.000Z');
    expect(after.rules).toEqual(before.rules);
    expect([before.granted.length, after.granted]).toEqual([2, []]);
    // What came after it is judged as if it had not been.
    const third = (await laurel.events.explain('day-3')).rules.find(({ kind }) => kind === 'mission');
    expect(third).toMatchObject({ why: 'progress_moved', values: { amount: 2 } });
  });

  test('changes nothing, whatever the history', async () => {
    for (const day of [3, 1, 2]) await lesson(day);
    const before = await game.snapshot();
    await Promise.all(times(6, (index) => laurel.events.explain(`day-${1 + (index % 3)}`)));
    expect(await game.snapshot()).toBe(before);
  });
});
