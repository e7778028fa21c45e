import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, streakOf } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, randomFrom, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-05-01T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

const date = (day: number) => new Date(Date.UTC(2026, 4, day)).toISOString().slice(0, 10);
const on = (day: number, hour = 9) => new Date(Date.UTC(2026, 4, day, hour)).toISOString();
const lesson = (day: number, userId = 'ada') =>
  laurel.events.track({ userId, activity: 'lesson', occurredAt: on(day) });
const ada = () => laurel.as({ userId: 'ada' }).streaks;
const month = { from: date(1), to: date(31) };

describe('case 9: a missed day', () => {
  test('uses a freeze if there is one; a late event gives it back; without one the run breaks', async () => {
    const freezes = { most: 2, initial: 1 };
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), freezes });
    clock.set(on(10));
    for (const day of [1, 2, 4]) await lesson(day);
    clock.set(on(5));
    expect(await ada().get('daily')).toMatchObject({ current: 3, longest: 3, freezes: 0, countedToday: false });
    expect((await ada().calendar('daily', month)).spans).toEqual([
      { from: date(1), to: date(2), state: 'counted' },
      { from: date(3), to: date(3), state: 'frozen' },
      { from: date(4), to: date(4), state: 'counted' },
    ]);

    // The 5th is missed, and no freeze is left.
    clock.set(on(6));
    expect(await ada().get('daily')).toMatchObject({ current: 0, longest: 3, lastDay: date(4) });

    // The lesson of the 3rd had not come in: with it, there is a freeze for the 5th.
    const { effects } = await lesson(3);
    expect(effects.streaks).toEqual([{ streak: 'daily', day: date(3), run: 4, longest: 4 }]);
    expect(await ada().get('daily')).toMatchObject({ current: 4, longest: 4, freezes: 0 });
    clock.set(on(7));
    expect(await ada().get('daily')).toMatchObject({ current: 0, longest: 4 });
    expect((await laurel.users.sheet('ada')).streaks).toEqual([
      { streak: 'daily', current: 0, longest: 4, lastDay: date(4), freezes: 0 },
    ]);
  });

  test('voiding the event that held the run together breaks it, or takes a freeze', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.streaks.create({ id: 'frozen', ...streakOf('UTC'), freezes: { most: 1, initial: 1 } });
    clock.set(on(4));
    await lesson(1);
    const second = await lesson(2);
    await lesson(3);
    await laurel.events.void(second.event.id, { note: 'Sent by mistake' });
    expect(await ada().get('daily')).toMatchObject({ current: 1, longest: 1 });
    expect(await ada().get('frozen')).toMatchObject({ current: 2, longest: 2, freezes: 0 });
  });
});

describe('freezes', () => {
  test('are given by operators up to what can be held, and used by hand within limits', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), freezes: { most: 2, automatic: false } });
    clock.set(on(3));
    await lesson(1);
    expect(await codeOf(ada().freeze('daily', { day: date(2) }))).toBe('no_freeze_left');
    const given = await laurel.playerStreaks.grantFreezes('ada', 'daily', { count: 5, note: 'The app was down' });
    expect(given).toMatchObject({ freezes: 2, current: 0 });
    expect(await codeOf(laurel.playerStreaks.grantFreezes('ada', 'daily', { count: 1, note: 'x' }))).toBe(
      'unprocessable',
    );

    expect(await ada().freeze('daily', { day: date(2) })).toMatchObject({ freezes: 1, current: 1 });
    for (const day of [0, 1, 2, 11]) {
      expect(await codeOf(ada().freeze('daily', { day: day === 0 ? '2026-04-30' : date(day) }))).toBe('unprocessable');
    }
    // For tomorrow; it is given back when the day counts after all.
    expect(await ada().freeze('daily', { day: date(4) })).toMatchObject({ freezes: 0 });
    await lesson(3);
    clock.set(on(4, 10));
    await lesson(4);
    expect(await ada().get('daily')).toMatchObject({ current: 3, freezes: 1 });
  });

  test('that a refused act would use are not used: nothing is written', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), freezes: { most: 1 } });
    const before = await game.snapshot();
    expect(await codeOf(ada().freeze('daily', { day: date(1) }))).toBe('no_freeze_left');
    expect(await game.snapshot()).toBe(before);
  });
});

describe('pauses and repairs', () => {
  test('a pause neither counts nor breaks; it is for players alone where the streak says so', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), pauses: { mostDays: 5 } });
    await laurel.streaks.create({ id: 'strict', ...streakOf('UTC') });
    clock.set(on(2, 12));
    await lesson(1);
    await lesson(2);
    expect(await codeOf(ada().pause('strict', { from: date(3), to: date(4) }))).toBe('unprocessable');
    expect(await codeOf(ada().pause('daily', { from: date(1), to: date(4) }))).toBe('unprocessable');
    expect(await codeOf(ada().pause('daily', { from: date(3), to: date(8) }))).toBe('unprocessable');
    await ada().pause('daily', { from: date(3), to: date(6) });
    clock.set(on(5));
    await lesson(5);
    expect(await ada().get('daily')).toMatchObject({ current: 2, paused: true, countedToday: false });
    clock.set(on(7, 12));
    await lesson(7);
    expect(await ada().get('daily')).toMatchObject({ current: 3, paused: false });
    expect((await ada().calendar('daily', month)).runs).toEqual([{ from: date(1), to: date(7), days: 3 }]);
  });

  test('a repair makes one run of two within its time, and not later', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), repair: { within: 2 } });
    clock.set(on(5, 12));
    for (const day of [1, 2, 3, 5]) await lesson(day);
    expect(await ada().get('daily')).toMatchObject({ current: 1, longest: 3, repairUntil: date(6) });
    expect(await ada().repair('daily')).toMatchObject({ current: 4, longest: 4, repairUntil: null });
    expect(await codeOf(ada().repair('daily'))).toBe('unprocessable');
    clock.set(on(9));
    expect(await ada().get('daily')).toMatchObject({ current: 0, longest: 4, repairUntil: null });
    expect(await codeOf(ada().repair('daily'))).toBe('unprocessable');
  });
});

test('a repair earns no freeze again that the parts of the run have earned, and its length is celebrated', async () => {
  await laurel.streaks.create({
    id: 'daily',
    ...streakOf('UTC'),
    description: { en: 'A lesson each day' },
    freezes: { most: 10, automatic: false, earnedEvery: 3 },
    repair: { within: 5 },
    milestones: [{ length: 7 }, { length: 5, rewards: [{ kind: 'currency', currency: 'xp', amount: 9 }] }],
  });
  for (const day of [1, 2, 3, 5, 6, 7]) {
    clock.set(on(day, 12));
    await lesson(day);
  }
  const before = await ada().get('daily');
  expect(before).toMatchObject({ current: 3, freezes: 2, description: 'A lesson each day' });
  expect(before.milestones).toEqual([
    { length: 5, reached: false },
    { length: 7, reached: false },
  ]);
  const after = await ada().repair('daily');
  expect(after).toMatchObject({ current: 6, freezes: 2 });
  expect(after.milestones[0]).toEqual({ length: 5, reached: true });
  expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(9);
  // Operators see the same.
  expect(await laurel.playerStreaks.list('ada').toArray({ max: 9 })).toEqual([after]);
  expect(await codeOf(laurel.playerStreaks.list('nobody'))).toBe('not_found');
});

test('freezes and pauses come to the same in whatever order events arrive', async () => {
  await laurel.users.create({ id: 'bob' });
  const freezes = { most: 100, earnedEvery: 4 };
  await laurel.streaks.create({
    id: 'daily',
    ...streakOf('UTC'),
    freezes,
    pauses: { mostDays: 4 },
    milestones: [{ length: 3 }, { length: 9 }],
  });
  const random = randomFrom(5);
  const days = random.shuffle(times(30, (index) => index + 1)).slice(0, 19);
  const acts = async (userId: string, day: number) => {
    const player = laurel.as({ userId }).streaks;
    if (day === 6) await player.pause('daily', { from: date(8), to: date(10) });
    if (day === 12 || day === 20) await laurel.playerStreaks.grantFreezes(userId, 'daily', { count: 1, note: 'x' });
  };
  for (const day of times(30, (index) => index + 1)) {
    clock.set(on(day));
    if (days.includes(day)) await lesson(day, 'bob');
    clock.set(on(day, 10));
    await acts('ada', day);
    await acts('bob', day);
  }
  for (const day of random.shuffle(days)) await lesson(day);
  const all = async (userId: string) => {
    const { streaks } = laurel.as({ userId });
    return [await streaks.get('daily'), await streaks.calendar('daily', month)];
  };
  expect(await all('ada')).toEqual(await all('bob'));
  const { spans } = await ada().calendar('daily', month);
  expect(new Set(spans.map(({ state }) => state))).toEqual(new Set(['counted', 'frozen', 'paused']));
});

test('ten years of a streak are in its calendar', async () => {
  await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
  const sample = times(12, (year) => Date.UTC(2014 + year, 11, 31, 9)).flatMap((eve) => [eve, eve + 24 * 3_600_000]);
  const events = sample.map((instant) => ({
    userId: 'ada',
    activity: 'lesson',
    occurredAt: new Date(instant).toISOString(),
  }));
  await laurel.events.trackBatch({ events });
  const { runs } = await ada().calendar('daily', { from: '2016-05-01', to: '2026-04-30' });
  expect(runs).toEqual(times(10, (year) => ({ from: `${2016 + year}-12-31`, to: `${2017 + year}-01-01`, days: 2 })));
});

test('a milestone is rewarded once in each run, and taken back with what reached it', async () => {
  await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), milestones: [{ length: 2 }] });
  await laurel.rewardRules.create({
    id: 'two-days',
    name: { en: 'Two days' },
    trigger: { kind: 'streakMilestone', streak: 'daily', length: 2 },
    rewards: [{ kind: 'currency', currency: 'xp', amount: 10 }],
  });
  clock.set(on(9));
  const xp = async () => (await laurel.as({ userId: 'ada' }).wallets.get('xp')).available;
  const paid: number[] = [];
  for (const day of [1, 2, 3, 5, 6]) {
    await lesson(day);
    paid.push(await xp());
  }
  expect(paid).toEqual([0, 10, 10, 10, 20]);
  // With the 4th it is one run, which has one milestone.
  await lesson(4);
  expect(await xp()).toBe(10);
});
