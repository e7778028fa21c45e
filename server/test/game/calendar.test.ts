import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, missionOf, streakOf } from './definitions.ts';
import { daysSince1970, isoWeek, localDay, offsetChanges } from './local-time.ts';
import { chunks, clockAt, type Game, openGame, randomFrom, type TestClock, times } from './world.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const YEAR = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)] as const;
const zones = ['Pacific/Auckland', 'Asia/Kathmandu', 'America/Los_Angeles'];

/** Both clock changes of the year; Kathmandu has none and is watched when Los Angeles changes. */
function changesOf(zone: string): number[] {
  const own = offsetChanges(zone, ...YEAR);
  return own.length > 0 ? own : offsetChanges('America/Los_Angeles', ...YEAR);
}

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2027-02-01T00:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

async function send(userId: string, instants: readonly number[]): Promise<void> {
  const events = instants.map((instant) => ({
    userId,
    activity: 'lesson',
    occurredAt: new Date(instant).toISOString(),
  }));
  for (const part of chunks(events, 500)) {
    expect((await laurel.events.trackBatch({ events: part })).rejected).toBe(0);
  }
}

/** The runs of neighbouring days among some days. */
function runsOf(days: Iterable<string>) {
  const runs: { from: string; to: string; days: number }[] = [];
  for (const day of [...new Set(days)].toSorted()) {
    const last = runs.at(-1);
    if (last && daysSince1970(day) === daysSince1970(last.to) + 1)
      Object.assign(last, { to: day, days: last.days + 1 });
    else runs.push({ from: day, to: day, days: 1 });
  }
  return runs;
}

describe.each(zones)('case 3: clock changes in %s', (zone) => {
  test('a weekly mission counts each local week, however many hours it has', async () => {
    await laurel.missions.create({
      id: 'weekly',
      ...missionOf(1000, { kind: 'recurring', every: 'week', zone: 'user' }),
    });
    await laurel.users.create({ id: 'ada', zone });
    const instants = changesOf(zone).flatMap((change) => times(22 * 24, (hour) => change + (hour - 11 * 24) * HOUR));
    await send('ada', instants);

    const weeks = Map.groupBy(instants, (instant) => isoWeek(localDay(instant, zone)));
    const progress = await laurel.as({ userId: 'ada' }).progress.list().toArray({ max: 100 });
    expect(progress.map(({ period, amount }) => [period, amount])).toEqual(
      [...weeks].map(([week, inside]) => [week, inside.length]).toSorted(),
    );
    // The weeks of the changes have an hour less or more than 168, and the others have 168.
    const shifted = offsetChanges(zone, ...YEAR).length;
    expect(progress.filter(({ amount }) => amount === 167 || amount === 169)).toHaveLength(shifted);
  });

  test('a weekly mission is completed once in each week, and its period turns at local midnight', async () => {
    const schedule = { kind: 'recurring', every: 'week', zone: 'user' } as const;
    await laurel.missions.create({ id: 'weekly', ...missionOf(2, schedule) });
    await laurel.users.create({ id: 'ada', zone });
    const ada = laurel.as({ userId: 'ada' });
    for (const change of changesOf(zone)) {
      // The Monday after the change: the first second of a new local week within the eight days that follow.
      const week = (instant: number) => isoWeek(localDay(instant, zone));
      const hours = times(8 * 24 * 4, (quarter) => Math.ceil(change / (HOUR / 4)) * (HOUR / 4) + (quarter * HOUR) / 4);
      const monday = hours.find((instant) => week(instant) !== week(instant - SECOND)) ?? Number.NaN;
      await send('ada', [monday - SECOND, monday, monday + SECOND, monday - HOUR]);

      for (const instant of [monday - SECOND, monday]) {
        clock.set(new Date(instant).toISOString());
        const { progress } = await ada.missions.get('weekly');
        expect(progress).toMatchObject({ period: week(instant), amount: 2, state: 'completed' });
      }
      clock.set('2027-02-01T00:00:00Z');
    }
    const entries = await ada.wallets.entries('xp').toArray({ max: 100 });
    const weeks = new Set(entries.map(({ reason }) => reason.kind === 'mission' && reason.period));
    expect(entries.map(({ amount }) => amount)).toEqual(times(4, () => 50));
    expect(weeks.size).toBe(4);
  });

  test('a daily streak is neither broken nor doubled by a clock change', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('user') });
    await laurel.users.create({ id: 'ada', zone });
    await laurel.users.create({ id: 'bob', zone });
    const ada = laurel.as({ userId: 'ada' });
    const random = randomFrom(7);
    for (const change of changesOf(zone)) {
      const hourly = times(10 * 24, (hour) => change + (hour - 5 * 24) * HOUR);
      const byDay = [...Map.groupBy(hourly, (instant) => localDay(instant, zone)).values()];
      // One hour of each local day, whichever it is.
      await send(
        'ada',
        byDay.map((hours) => hours[random.below(hours.length)] ?? 0),
      );
      const [from = 0, to = 0] = [hourly[0], hourly.at(-1)];
      const { runs } = await ada.streaks.calendar('daily', { from: localDay(from, zone), to: localDay(to, zone) });
      expect(runs).toEqual([{ from: localDay(from, zone), to: localDay(to, zone), days: byDay.length }]);
    }
    const sparse = changesOf(zone).flatMap((change) => times(40, () => change + (random.below(60 * 24) - 720) * HOUR));
    await send('bob', sparse);
    const { runs } = await laurel
      .as({ userId: 'bob' })
      .streaks.calendar('daily', { from: '2026-01-01', to: '2027-01-31' });
    expect(runs).toEqual(runsOf(sparse.map((instant) => localDay(instant, zone))));
  });
});

describe('case 9: a daily streak', () => {
  test('two events on one local day count once', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('user') });
    await laurel.users.create({ id: 'ada', zone: 'Asia/Kathmandu' });
    // 18:15 UTC is midnight in Kathmandu.
    const at = (occurredAt: string) => laurel.events.track({ userId: 'ada', activity: 'lesson', occurredAt });
    expect((await at('2026-05-01T18:15:00Z')).effects.streaks).toEqual([
      { streak: 'daily', day: '2026-05-02', run: 1, longest: 1 },
    ]);
    expect((await at('2026-05-02T18:14:59Z')).effects.streaks).toEqual([]);
    expect((await at('2026-05-02T18:15:00Z')).effects.streaks).toEqual([
      { streak: 'daily', day: '2026-05-03', run: 2, longest: 2 },
    ]);
    clock.set('2026-05-03T12:00:00Z');
    expect(await laurel.as({ userId: 'ada' }).streaks.get('daily')).toMatchObject({ current: 2, countedToday: true });
  });

  test('a missed day breaks the run while the longest stands, and a late event joins both', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.users.create({ id: 'ada' });
    const day = (number: number) => Date.UTC(2026, 4, number, 9);
    await send('ada', [1, 2, 3, 4, 6, 7].map(day));
    const ada = laurel.as({ userId: 'ada' });
    clock.set('2026-05-07T23:59:59Z');
    expect(await ada.streaks.get('daily')).toMatchObject({ current: 2, longest: 4, lastDay: '2026-05-07' });
    clock.set('2026-05-08T23:59:59Z');
    expect(await ada.streaks.get('daily')).toMatchObject({ current: 2, countedToday: false });
    clock.set('2026-05-09T00:00:00Z');
    expect(await ada.streaks.get('daily')).toMatchObject({ current: 0, longest: 4 });

    const late = await laurel.events.track({
      userId: 'ada',
      activity: 'lesson',
      occurredAt: new Date(day(5)).toISOString(),
    });
    expect(late.effects.streaks).toEqual([{ streak: 'daily', day: '2026-05-05', run: 7, longest: 7 }]);
    clock.set('2026-05-08T12:00:00Z');
    expect(await ada.streaks.get('daily')).toMatchObject({ current: 7, longest: 7 });
    expect((await laurel.users.sheet('ada')).streaks).toEqual([
      { streak: 'daily', current: 7, longest: 7, lastDay: '2026-05-07', freezes: 0 },
    ]);
  });

  test('runs are those of the days, in whatever order events arrive', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('user') });
    const random = randomFrom(11);
    for (const zone of zones) {
      await laurel.users.create({ id: zone.replace('/', '.'), zone });
      const instants = times(200, () => Date.UTC(2026, 0, 1) + random.below(365 * 24) * HOUR);
      await send(zone.replace('/', '.'), random.shuffle(instants));
      const player = laurel.as({ userId: zone.replace('/', '.') });
      const expected = runsOf(instants.map((instant) => localDay(instant, zone)));
      expect((await player.streaks.calendar('daily', { from: '2025-12-31', to: '2027-01-01' })).runs).toEqual(expected);
      expect((await player.streaks.get('daily')).longest).toBe(Math.max(...expected.map(({ days }) => days)));
    }
  });
});
