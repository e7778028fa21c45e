import { LaurelLive } from '@laurel/sdk/live';
import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardOf, defineRule, missionOf, streakOf } from './definitions.ts';
import { clockAt, type Game, HOME, openGame, refusalOf, type TestClock, times } from './world.ts';

type Limits = NonNullable<Parameters<Laurel['activities']['create']>[0]['limits']>;

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-30T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
  await laurel.users.create({ id: 'ada', zone: 'Pacific/Auckland' });
});
afterEach(() => game.close());

const limitLessons = (limits: Limits) => laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' }, limits });
const ada = () => laurel.as({ userId: 'ada' });
const lesson = (id: string, occurredAt: string) => ({ id, userId: 'ada', activity: 'lesson', occurredAt });
const at = (time: string, day = 10) => `2026-06-${String(day).padStart(2, '0')}T${time}:00.000Z`;
/** Which events are over a limit by now, as every way to read them says. */
async function limited(): Promise<string[]> {
  const all = await laurel.events.list({ limit: 200 }).toArray({ max: 1_000 });
  const mine = await ada().events.list().toArray({ max: 1_000 });
  const single = await Promise.all(all.map(({ id }) => laurel.events.get(id)));
  const over = (events: readonly { readonly id: string; readonly limited: boolean }[]) =>
    events.flatMap((event) => (event.limited ? [event.id] : [])).toSorted();
  expect(over(mine)).toEqual(over(all));
  expect(over(single.map(({ event }) => event))).toEqual(over(all));
  return over(all);
}
const balance = async () => (await ada().wallets.get('xp')).available;

/** One of everything that an event can move. */
async function defineAll(): Promise<void> {
  await defineRule(laurel, 10);
  await laurel.missions.create({ ...missionOf(10), id: 'ten' });
  await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
  await laurel.leaderboards.create({ id: 'sum', ...boardOf('competition') });
  await laurel.rewardRules.create({
    id: 'second-and-third',
    name: { en: 'The second and the third' },
    trigger: { kind: 'event', activity: 'lesson' },
    condition: 'player.counters["lesson"] >= 1 && player.counters["lesson"] < 3',
    rewards: [{ kind: 'currency', currency: 'xp', amount: 100 }],
  });
}

describe('an event over a limit', () => {
  test('is accepted, kept and marked, and moves nothing: not even what conditions count', async () => {
    await limitLessons([{ every: 'day', zone: 'UTC', count: 2 }]);
    await defineAll();
    for (const hour of ['01', '02']) await laurel.events.track(lesson(hour, at(`${hour}:00`)));
    const before = await laurel.users.sheet('ada');

    const third = lesson('third', at('03:00'));
    const dry = await laurel.events.track({ ...third, dryRun: true });
    const real = await laurel.events.track(third);
    expect(real).toEqual(dry);
    expect(real.event.limited).toBe(true);
    expect(Object.values(real.effects).flat()).toEqual([]);
    expect(await laurel.users.sheet('ada')).toEqual(before);
    expect(await balance()).toBe(120);
    expect(await limited()).toEqual(['third']);
    // Sent again it is the same.
    expect(await laurel.events.track(third)).toEqual(real);

    // The next day is another period, for which the one that was over is no third lesson.
    const { effects } = await laurel.events.track(lesson('next', at('03:00', 11)));
    expect(effects.rewards.map((reward) => 'amount' in reward && reward.amount)).toEqual([100, 10]);
  });

  test('is explained by the limit that it is over', async () => {
    await limitLessons([
      { every: 'week', zone: 'UTC', count: 9 },
      { every: 'day', zone: 'UTC', count: 1 },
    ]);
    await defineAll();
    await laurel.events.track(lesson('first', at('01:00')));
    await laurel.events.track(lesson('second', at('02:00')));
    const values = { every: 'day', zone: 'UTC', period: '2026-06-10', most: 1, counted: 1 };
    const why = { kind: 'activity', id: 'lesson', version: 1, fired: false, why: 'limit_reached', values };
    expect((await laurel.events.explain('second')).rules).toEqual([why]);
    expect((await ada().events.explain('second')).rules).toEqual([why]);
    expect((await laurel.events.explain('first')).rules).not.toContainEqual(
      expect.objectContaining({ kind: 'activity' }),
    );
  });

  test('is counted by analytics among the events, and what it would have moved is not', async () => {
    await limitLessons([{ every: 'day', zone: 'UTC', count: 1 }]);
    await defineAll();
    for (const hour of ['01', '02', '03']) await laurel.events.track(lesson(hour, at(`${hour}:00`)));
    await game.platform.inside.streams.settled();
    const days = { from: '2026-06-10', to: '2026-06-10' };
    expect((await laurel.analytics.overview(days)).rows).toMatchObject([{ active: 1, events: 3 }]);
    expect((await laurel.analytics.economy(days)).rows).toMatchObject([{ currency: 'xp', minted: 10 }]);
  });

  test('takes up no other limit: what a day holds back is left of the week', async () => {
    await limitLessons([
      { every: 'day', zone: 'UTC', count: 1 },
      { every: 'week', zone: 'UTC', count: 2 },
      { every: 'ever', count: 3 },
    ]);
    const days = [8, 8, 8, 9, 9, 10, 15, 16];
    const events = days.map((day, index) => lesson(`${index}`, at(`0${index}:00`, day)));
    const { items } = await laurel.events.trackBatch({ events });
    const over = items.map((item) => item.status === 'accepted' && item.receipt.event.limited);
    expect(over).toEqual([false, true, true, false, true, true, false, true]);
    const [last] = (await laurel.events.explain('7')).rules;
    expect(last?.values).toMatchObject({ every: 'ever', period: 'all', most: 3, counted: 3 });
  });

  test("is over it by the player's own calendar, unless a zone is named", async () => {
    await limitLessons([{ every: 'day', count: 1 }]);
    await laurel.activities.create({
      id: 'quiz',
      name: { en: 'Quiz' },
      limits: [{ every: 'day', zone: 'UTC', count: 1 }],
    });
    // In Auckland the day ends at 12:00 UTC.
    for (const [place, time] of ['11:00', '11:59', '12:00'].entries()) {
      await laurel.events.track(lesson(`lesson-${place}`, at(time)));
      await laurel.events.track({ ...lesson(`quiz-${place}`, at(time)), activity: 'quiz' });
    }
    expect(await limited()).toEqual(['lesson-1', 'quiz-1', 'quiz-2']);
  });

  test('is not counted by a mission that is counted again', async () => {
    await limitLessons([{ every: 'day', zone: 'UTC', count: 2 }]);
    await laurel.missions.create({ ...missionOf(10), id: 'm' });
    for (const hour of ['01', '02', '03', '04']) await laurel.events.track(lesson(hour, at(`${hour}:00`)));
    const found = await laurel.missions.get('m');
    await laurel.missions.update('m', { ...missionOf(20), running: 'recompute' }, { ifMatch: found });
    clock.set('2026-07-01T13:00:00Z');
    const { effects } = await laurel.events.track(lesson('later', '2026-07-01T12:30:00.000Z'));
    expect(effects.progress).toMatchObject([{ missionVersion: 2, amount: 3, target: 20 }]);
  });
});

describe('a limit holds in the order in which things happened', () => {
  beforeEach(async () => {
    await limitLessons([{ every: 'day', zone: 'UTC', count: 2 }]);
    await defineAll();
  });

  test('a late event puts a later one over it, and a void brings that back', async () => {
    const first = await laurel.events.track(lesson('b', at('02:00')));
    await laurel.events.track({ ...lesson('c', at('03:00')), value: 7 });
    expect(await balance()).toBe(120);
    expect(await limited()).toEqual([]);

    const late = await laurel.events.track(lesson('a', at('01:00')));
    expect(late.event.limited).toBe(false);
    expect(await limited()).toEqual(['c']);
    expect((await laurel.users.sheet('ada')).scores).toMatchObject([{ score: 2 }]);
    expect(await balance()).toBe(120);
    expect((await laurel.events.track({ ...lesson('c', at('03:00')), value: 7 })).event.limited).toBe(true);
    expect((await laurel.events.explain('c')).rules).toMatchObject([{ why: 'limit_reached' }]);

    await laurel.events.void('a', { note: 'Never happened' });
    expect(await limited()).toEqual([]);
    expect((await laurel.users.sheet('ada')).scores).toMatchObject([{ score: 8 }]);
    expect(await balance()).toBe(120);
    expect(await laurel.events.track(lesson('b', at('02:00')))).toEqual(first);
    // What is void is over nothing.
    expect((await laurel.events.get('a')).event).toMatchObject({ limited: false, voidedAt: clock.now() });
    expect((await laurel.ledger.proof().toArray({ max: 10 })).map(({ sum }) => sum)).toEqual([0]);
  });

  test('the outside hears of events that are put over it, and brought back', async () => {
    await laurel.events.trackBatch({ events: [lesson('b', at('02:00')), lesson('c', at('03:00'))] });
    await laurel.events.track(lesson('d', at('04:00')));
    await laurel.events.track(lesson('a', at('01:00')));
    await laurel.events.void('b', { note: 'Never happened' });
    const { accessToken: token } = await laurel.users.mintToken('ada');
    const live = new LaurelLive({ baseUrl: `${game.platform.baseUrl}/${HOME.tenant}`, auth: { token } });
    const told: string[] = [];
    for await (const { type, data } of live.live.subscribe({ lastEventId: '0' })) {
      if (type === 'event.counted' || type === 'event.limited') told.push(`${type} ${data.eventId} ${data.limited}`);
      if (told.length === 6) break;
    }
    expect(told).toEqual([
      'event.counted b false',
      'event.counted c false',
      'event.counted d true',
      'event.counted a false',
      'event.limited c true',
      'event.limited c false',
    ]);
  });

  test('also where so much changes that it is kept together', async () => {
    await laurel.missions.create({ ...missionOf(500), id: 'many' });
    const days = times(25, (index) => new Date(Date.UTC(2026, 0, 2 + index, 12)).toISOString());
    const events = days.flatMap((day, index) => times(2, (place) => lesson(`${index}-${place}`, day)));
    await laurel.events.trackBatch({ events });
    expect(await limited()).toEqual([]);
    // All later ones move the mission to another amount than before, and one of them is over.
    await laurel.events.track(lesson('late', '2026-01-02T01:00:00Z'));
    expect(await limited()).toEqual(['0-1']);
    await laurel.events.track(lesson('later', '2026-01-02T02:00:00Z'));
    expect(await limited()).toEqual(['0-0', '0-1']);
    expect((await ada().progress.get('many:all')).amount).toBe(50);
    await laurel.events.void('late', { note: 'Never happened' });
    expect(await limited()).toEqual(['0-1']);
  });
});

test('limits that say the same period twice, or none that there is, are refused', async () => {
  const day = { every: 'day' as const, zone: 'UTC', count: 1 };
  expect(await refusalOf(limitLessons([day, { ...day, count: 2 }]))).toMatchObject({ pointers: ['/limits'] });
  expect(await refusalOf(limitLessons([{ ...day, zone: 'Mars/Olympus' }]))).toMatchObject({
    pointers: [expect.stringContaining('/limits/0/zone')],
  });
  expect(await refusalOf(limitLessons([{ ...day, count: 0 }]))).toMatchObject({ pointers: ['/limits/0/count'] });
  const { limits } = await limitLessons([{ every: 'week', count: 3 }]);
  expect(limits).toEqual([{ every: 'week', zone: 'user', count: 3 }]);
});

test('a limit counts from when it is published, and a higher one goes on from the same count', async () => {
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.events.trackBatch({ events: ['01:00', '02:00'].map((time, index) => lesson(`${index}`, at(time))) });
  const change = async (count: number) => {
    const found = await laurel.activities.get('lesson');
    const limits = [{ every: 'day' as const, zone: 'UTC', count }];
    await laurel.activities.update('lesson', { name: found.name, limits }, { ifMatch: found });
  };
  await change(1);
  await laurel.events.track(lesson('2', at('03:00')));
  await laurel.events.track(lesson('3', at('04:00')));
  expect(await limited()).toEqual(['3']);
  await change(2);
  await laurel.events.track(lesson('4', at('05:00')));
  await laurel.events.track(lesson('5', at('06:00')));
  expect(await limited()).toEqual(['3', '5']);
});
