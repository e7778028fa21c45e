import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, streakOf } from './definitions.ts';
import { bodyOf, type StreakBody } from './streak-body.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { toldIn } from './told.ts';
import { clockAt, type Game, HOME, openGame, refusalOf, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-05-01T00:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

const date = (day: number) => new Date(Date.UTC(2026, 4, day)).toISOString().slice(0, 10);
const on = (day: number, hour = 9) => new Date(Date.UTC(2026, 4, day, hour)).toISOString();
const month = { from: date(1), to: date(31) };
const ada = () => laurel.as({ userId: 'ada' }).streaks;
const now = (id = 's') => ada().get(id);
const track = (day: number, hour = 9, activity = 'lesson') =>
  laurel.events.track({ userId: 'ada', activity, occurredAt: on(day, hour) });
/** Lives through a day with so many lessons, from its ninth hour on. */
async function live(day: number, lessons: number): Promise<void> {
  for (const hour of times(lessons, (index) => 9 + index)) {
    clock.set(on(day, hour));
    await track(day, hour);
  }
}
/** Publishes another version at noon of a day, or at another hour. */
async function change(day: number, next: StreakBody, hour = 12, id = 's') {
  clock.set(on(day, hour));
  return laurel.streaks.update(id, next, { ifMatch: await laurel.streaks.get(id) });
}
const runsOf = async (id = 's') => (await ada().calendar(id, month)).runs.map(({ from, to }) => [from, to]);

describe('keep', () => {
  test('a run goes on by the version that it started on, and the next one by the newest', async () => {
    await laurel.streaks.create({ id: 's', ...bodyOf(1) });
    await live(1, 1);
    await change(2, bodyOf(2));
    await live(3, 1);
    expect(await now()).toMatchObject({ current: 0, version: 2, target: 2, amount: 1 });

    // The 2nd comes in late: the run never broke, and the 3rd counts with one lesson as it did on the 1st.
    await track(2);
    expect(await now()).toMatchObject({ current: 3, version: 1, target: 1 });
    await live(4, 1);
    expect(await now()).toMatchObject({ current: 4, version: 1, countedToday: true });
    // The 5th is missed: what begins after it takes two.
    await live(6, 1);
    expect(await now()).toMatchObject({ current: 0, longest: 4, version: 2, amount: 1, target: 2 });
    await live(6, 2);
    expect(await now()).toMatchObject({ current: 1, longest: 4, version: 2 });
  });

  test('where the event is voided that began it, what follows begins by the newest', async () => {
    await laurel.streaks.create({ id: 's', ...bodyOf(1) });
    clock.set(on(1));
    const { event } = await track(1);
    await change(1, bodyOf(2));
    await live(2, 1);
    expect(await now()).toMatchObject({ current: 2, version: 1 });
    await laurel.events.void(event.id, { note: 'a mistake' });
    expect(await now()).toMatchObject({ current: 0, version: 2, amount: 1, target: 2 });
  });

  test('what is on its way in a period goes on as it began, by its own activity and condition', async () => {
    await laurel.streaks.create({ id: 's', ...bodyOf(3) });
    await live(1, 2);
    await change(1, bodyOf(1, { activity: 'quiz' }));
    clock.set(on(1, 14));
    await track(1, 13, 'quiz');
    expect(await now()).toMatchObject({ version: 1, amount: 2, current: 0 });
    await track(1, 14);
    expect(await now()).toMatchObject({ version: 1, current: 1 });
    clock.set(on(2));
    await track(2, 9, 'quiz');
    expect(await now()).toMatchObject({ version: 1, current: 1, countedToday: false });
    clock.set(on(3));
    await track(3, 9, 'quiz');
    expect(await now()).toMatchObject({ version: 2, current: 1, longest: 1 });
  });

  test('a run keeps its milestones, its freezes and its price, and is told by its version', async () => {
    const price = (amount: number) => [{ currency: 'xp', amount }];
    const giving = (amount: number) => ({
      milestones: [{ length: 2, rewards: [{ kind: 'currency' as const, currency: 'xp', amount }] }],
      freezes: { most: 2, price: price(amount) },
    });
    await laurel.streaks.create({ id: 's', ...bodyOf(1, giving(10)) });
    await live(1, 1);
    await change(1, bodyOf(1, giving(70)));
    expect(await now()).toMatchObject({ version: 1, freezePrice: price(10) });
    await live(2, 1);
    expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(10);
    expect(await ada().buyFreezes('s', { count: 1 })).toMatchObject({ freezes: 1 });
    expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(0);
    const { event } = await track(2, 9);
    const { rules } = await laurel.events.explain(event.id);
    expect(rules).toContainEqual(expect.objectContaining({ kind: 'streak', id: 's', version: 1 }));
  });

  test('a run that is repaired goes on by the newest version', async () => {
    const repair = { within: 3 };
    await laurel.streaks.create({ id: 's', ...bodyOf(1, { repair }) });
    await live(1, 1);
    await change(2, bodyOf(2, { repair }));
    clock.set(on(3));
    expect(await ada().repair('s')).toMatchObject({ current: 1, version: 2, target: 2 });
    await live(3, 1);
    expect(await now()).toMatchObject({ current: 1, amount: 1 });
  });
});

describe('reset', () => {
  test('ends the run when it is published; what counts that day is its own, and the next day begins another', async () => {
    await laurel.streaks.create({ id: 's', ...bodyOf(1) });
    for (const day of [1, 2, 3]) await live(day, 1);
    await change(3, bodyOf(2, { running: 'reset' }));
    expect(await now()).toMatchObject({ current: 0, longest: 3, version: 2, countedToday: true });
    await live(4, 2);
    expect(await now()).toMatchObject({ current: 1, longest: 3, version: 2 });
    expect(await runsOf()).toEqual([
      [date(1), date(3)],
      [date(4), date(4)],
    ]);
    await live(5, 2);
    expect(await now()).toMatchObject({ current: 2, longest: 3 });

    // Late events from before the publication are of the run of then, and one after it of the new one.
    clock.set(on(5, 20));
    await laurel.events.track({ userId: 'ada', activity: 'lesson', occurredAt: '2026-04-30T09:00:00Z' });
    expect(await now()).toMatchObject({ current: 2, longest: 4 });
  });

  test('a day that does not count yet begins anew with the publication', async () => {
    await laurel.streaks.create({ id: 's', ...bodyOf(2) });
    await live(1, 2);
    await live(2, 1);
    await change(2, bodyOf(2, { running: 'reset' }));
    expect(await now()).toMatchObject({ current: 0, longest: 1, amount: 0 });
    clock.set(on(2, 20));
    await track(2, 19);
    expect(await now()).toMatchObject({ current: 0, amount: 1 });
    await track(2, 20);
    expect(await now()).toMatchObject({ current: 1, longest: 1, version: 2 });
    // A lesson of the morning that was not sent would have made the day count before: then it is of the run of before.
    await track(2, 8);
    expect(await now()).toMatchObject({ current: 0, longest: 2, countedToday: true });
    expect(await runsOf()).toEqual([[date(1), date(2)]]);
  });

  test('breaks nothing: no freeze is taken for it, nothing is told, and nothing can be repaired', async () => {
    const more = { freezes: { most: 2, initial: 2 }, repair: { within: 5 } };
    await laurel.streaks.create({ id: 's', ...bodyOf(1, more) });
    for (const day of [1, 2]) await live(day, 1);
    await change(2, bodyOf(1, { ...more, running: 'reset' }));
    await live(4, 1);
    expect(await now()).toMatchObject({ current: 1, longest: 2, freezes: 2, repairUntil: null });
    expect(await refusalOf(ada().repair('s'))).toMatchObject({ code: 'unprocessable' });
    const told = await toldIn(game, HOME.workspace, (type) => type.startsWith('streak.'));
    expect(told.map(({ type }) => type)).toEqual(times(3, () => 'streak.extended'));
  });

  test('rewards milestones of the new run again', async () => {
    const milestones = [{ length: 2, rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 10 }] }];
    await laurel.streaks.create({ id: 's', ...bodyOf(1, { milestones }) });
    for (const day of [1, 2]) await live(day, 1);
    await change(2, bodyOf(1, { milestones, running: 'reset' }));
    for (const day of [3, 4]) await live(day, 1);
    expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(20);
  });
});

describe('recompute', () => {
  test('counts the history again with the first entry after it, and pays what is reached anew once', async () => {
    const milestones = [3, 5].map((length) => ({
      length,
      rewards: [{ kind: 'currency' as const, currency: 'xp', amount: length }],
    }));
    await laurel.streaks.create({ id: 's', ...bodyOf(2, { milestones }) });
    for (const [index, lessons] of [2, 2, 2, 1, 2, 1].entries()) await live(1 + index, lessons);
    expect(await now()).toMatchObject({ current: 1, longest: 3 });
    await change(6, bodyOf(1, { milestones, running: 'recompute' }));
    // Reading moves nothing.
    expect(await now()).toMatchObject({ current: 1, longest: 3 });
    await live(7, 1);
    expect(await now()).toMatchObject({ current: 7, longest: 7, version: 2 });
    expect(await runsOf()).toEqual([[date(1), date(7)]]);
    // 3 by the first version, 5 by the recount; the run of 3 is within the run of 7, and is not paid again.
    expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(8);

    // Late and voided events of before the publication count by the new version as well.
    const early = await laurel.events.track({
      userId: 'ada',
      activity: 'lesson',
      occurredAt: '2026-04-30T09:00:00Z',
    });
    expect(await now()).toMatchObject({ current: 8, longest: 8 });
    await laurel.events.void(early.event.id, { note: 'a mistake' });
    expect(await now()).toMatchObject({ current: 7, longest: 7 });
    expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(8);
  });

  test('shortens a run, and takes back nothing that it gave, nor gives it twice', async () => {
    const milestones = [{ length: 3, rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 10 }] }];
    await laurel.streaks.create({ id: 's', ...bodyOf(1, { milestones }) });
    for (const [index, lessons] of [1, 1, 1, 2].entries()) await live(1 + index, lessons);
    expect(await now()).toMatchObject({ current: 4, longest: 4 });
    await change(4, bodyOf(2, { milestones, running: 'recompute' }));
    for (const day of [5, 6, 7]) await live(day, 2);
    expect(await now()).toMatchObject({ current: 4, longest: 4, version: 2 });
    expect(await runsOf()).toEqual([[date(4), date(7)]]);
    expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(10);
  });

  test('counts those in who had no streak by the version before', async () => {
    await laurel.streaks.create({ id: 's', ...bodyOf(1, { activity: 'quiz' }) });
    for (const day of [1, 2]) await live(day, 1);
    await change(2, bodyOf(1, { running: 'recompute' }));
    await live(3, 1);
    expect(await now()).toMatchObject({ current: 3, longest: 3, version: 2 });
  });

  test('comes to what it would be if the version had been there from the start, whatever was done by hand', async () => {
    const more = {
      freezes: { most: 9, initial: 1, earnedEvery: 3 },
      pauses: { mostDays: 10 },
      repair: { within: 5 },
      holidays: [{ from: date(20), to: date(20) }],
    };
    await laurel.streaks.create({ id: 's', ...bodyOf(2, more) });
    await laurel.streaks.create({ id: 'twin', ...bodyOf(1, more) });
    await laurel.rewardRules.create({
      id: 'freeze',
      name: { en: 'A freeze for a quiz' },
      trigger: { kind: 'event', activity: 'quiz' },
      rewards: ['s', 'twin'].map((streak) => ({ kind: 'streakFreeze' as const, streak, count: 1 })),
    });
    const both = ['s', 'twin'];
    for (const [index, lessons] of [1, 2, 1, 0, 2, 1, 1, 1].entries()) await live(1 + index, lessons);
    await track(8, 9, 'quiz');
    for (const id of both) await laurel.playerStreaks.grantFreezes('ada', id, { count: 1, note: 'The app was down' });
    for (const id of both) await ada().pause(id, { from: date(10), to: date(11) });
    for (const day of [9, 12, 13]) await live(day, 1);
    for (const day of [17, 18]) await live(day, 2);
    const differs = await now();
    expect(differs.longest).not.toBe((await now('twin')).longest);
    await change(18, bodyOf(1, { ...more, running: 'recompute' }));
    for (const day of [19, 21]) await live(day, 1);
    const same = async (id: string) => {
      const { current, longest, freezes, lastDay } = await now(id);
      const { runs, spans } = await ada().calendar(id, month);
      return { current, longest, freezes, lastDay, runs, spans };
    };
    expect(await same('s')).toEqual(await same('twin'));
    await laurel.events.track({ userId: 'ada', activity: 'lesson', occurredAt: on(4) });
    expect(await same('s')).toEqual(await same('twin'));
  });

  test('reaches back behind snapshots, and takes the pages along that are there no more', async () => {
    clock.set('2028-05-02T12:00:00Z');
    await laurel.streaks.create({ id: 's', ...bodyOf(1) });
    const start = Date.UTC(2026, 4, 1, 9);
    const events = times(700, (day) => ({
      userId: 'ada',
      activity: day < 400 ? 'lesson' : 'quiz',
      occurredAt: new Date(start + day * 86_400_000).toISOString(),
    }));
    for (const part of [events.slice(0, 400), events.slice(400)]) await laurel.events.trackBatch({ events: part });
    const years = { from: '2026-05-01', to: '2028-05-31' };
    expect((await ada().calendar('s', years)).runs).toMatchObject([{ from: '2026-05-01', days: 400 }]);
    await laurel.streaks.update('s', bodyOf(1, { activity: 'quiz', running: 'recompute' }), {
      ifMatch: await laurel.streaks.get('s'),
    });
    await laurel.events.track({ userId: 'ada', activity: 'lesson' });
    expect((await ada().calendar('s', years)).runs).toMatchObject([{ from: '2027-06-05', days: 300 }]);
    expect(await now()).toMatchObject({ longest: 300, version: 2 });
  });
});

test('another zone begins with the next run, or with a recount of all days as they were there', async () => {
  const tokyo = { ...streakOf('Asia/Tokyo') };
  for (const id of ['kept', 's']) await laurel.streaks.create({ id, ...streakOf('UTC') });
  // In Tokyo these are the 2nd, the 3rd and the 4th.
  for (const day of [1, 2, 3]) {
    clock.set(on(day, 20));
    await track(day, 20);
  }
  await change(3, tokyo, 21, 'kept');
  await change(3, { ...tokyo, running: 'recompute' }, 21);
  clock.set(on(4, 9));
  await track(4, 9);
  expect(await now('kept')).toMatchObject({ version: 1, current: 4, lastDay: date(4) });
  expect(await now()).toMatchObject({ version: 2, current: 3, lastDay: date(4) });
  expect(await runsOf()).toEqual([[date(2), date(4)]]);
  clock.set(on(6, 20));
  await track(6, 20);
  expect(await now('kept')).toMatchObject({ version: 2, current: 1, longest: 4, lastDay: date(7) });
});

describe('players who do not come back', () => {
  const day = (number: number) => `2026-05-0${number}T12:00:00.000Z`;
  const boundariesWith = async (running: 'keep' | 'recompute' | 'reset') => {
    const tested = await openTestClock(game);
    await defineBasics(tested);
    await tested.users.create({ id: 'ada' });
    await advanceTo(tested, day(1));
    await tested.streaks.create({ id: 's', ...bodyOf(2) });
    for (const number of [1, 2]) {
      await advanceTo(tested, day(number));
      for (const _ of [1, 2]) await tested.events.track({ userId: 'ada', activity: 'lesson' });
    }
    await advanceTo(tested, day(3));
    await tested.events.track({ userId: 'ada', activity: 'lesson' });
    await tested.streaks.update('s', bodyOf(1, { running }), { ifMatch: 1 });
    const came = await advanceTo(tested, day(9));
    const { longest } = await tested.as({ userId: 'ada' }).streaks.get('s');
    return { broken: came.map(({ at, details }) => `${at} ${details.streaksBroken ?? '-'}`), longest };
  };

  test('lose their run by its own version', async () => {
    expect(await boundariesWith('keep')).toEqual({ broken: ['2026-05-04T00:00:00.000Z s'], longest: 2 });
  });

  test('have it counted again at the boundary that comes', async () => {
    const { broken, longest } = await boundariesWith('recompute');
    expect(longest).toBe(3);
    expect(broken.at(-1)).toBe('2026-05-05T00:00:00.000Z s');
  });

  test('break nothing that was ended', async () => {
    const { broken, longest } = await boundariesWith('reset');
    expect(broken.filter((line) => !line.endsWith(' -'))).toEqual([]);
    expect(longest).toBe(2);
  });
});

test('a reset is of the day that it falls on where the player is', async () => {
  await laurel.users.create({ id: 'kiri', zone: 'Pacific/Auckland' });
  for (const id of ['before', 'after']) await laurel.streaks.create({ id, ...streakOf('user') });
  const lesson = async (at: string) => {
    clock.set(at);
    await laurel.events.track({ userId: 'kiri', activity: 'lesson' });
  };
  // Auckland is 12 hours ahead: its 3rd begins at noon.
  await lesson('2026-05-02T09:00:00Z');
  const next = { ...streakOf('user'), running: 'reset' } as const;
  clock.set('2026-05-02T11:59:00Z');
  await laurel.streaks.update('before', next, { ifMatch: 1 });
  await lesson('2026-05-02T12:30:00Z');
  clock.set('2026-05-02T13:00:00Z');
  await laurel.streaks.update('after', next, { ifMatch: 1 });
  const streaks = laurel.as({ userId: 'kiri' }).streaks;
  const runs = async (id: string) => (await streaks.calendar(id, month)).runs.map(({ from, to }) => [from, to]);
  await lesson('2026-05-03T12:30:00Z');
  expect(await runs('before')).toEqual([
    [date(2), date(2)],
    [date(3), date(4)],
  ]);
  expect(await runs('after')).toEqual([
    [date(2), date(3)],
    [date(4), date(4)],
  ]);
});
