import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getSheet } from '../../src/store/players.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { defineBasics, streakOf } from './definitions.ts';
import { advanceTo, type Boundary, openTestClock } from './test-clock.ts';
import { toldIn, toldLine } from './told.ts';
import { clockAt, type Game, HOME, openGame, otherProcess, randomFrom, type TestClock, times } from './world.ts';

const HOUR = 3_600_000;
const START = '2026-03-02T12:00:00.000Z';
const iso = (instant: number) => new Date(instant).toISOString();
const ofStreaks = (type: string) => type.startsWith('streak.');
const line = ({ at, subject, outcome, details }: Boundary) =>
  [at, subject, outcome, details.streaksFrozen ?? '-', details.streaksBroken ?? '-'].join(' ');

let game: Game;
let clock: TestClock;
let laurel: Laurel;
beforeEach(async () => {
  clock = clockAt(START);
  game = await openGame({ clock });
  laurel = await openTestClock(game);
});
afterEach(() => game.close());

const lesson = (userId: string, at?: string, one = laurel) =>
  one.events.track({ userId, activity: 'lesson', ...(at === undefined ? {} : { occurredAt: at }) });

describe('the end of a period without enough', () => {
  test('takes a freeze or breaks the run at that moment, and stands in the report among the others', async () => {
    await defineBasics(laurel);
    await laurel.streaks.create({ id: 'daily', ...streakOf('user'), freezes: { most: 2, initial: 1 } });
    await laurel.streaks.create({ id: 'weekly', ...streakOf('Europe/Rome'), cadence: 'week' });
    for (const [id, zone] of [
      ['ada', 'Pacific/Auckland'],
      ['bob', 'America/Los_Angeles'],
    ] as const) {
      await laurel.users.create({ id, zone });
      await lesson(id);
    }
    // Auckland is 13 hours ahead, and had the lesson on the 3rd; Los Angeles 8 behind, and 7 from the 8th on.
    expect((await advanceTo(laurel, '2026-03-20T12:00:00Z')).map(line)).toEqual([
      '2026-03-04T08:00:00.000Z bob settled daily -',
      '2026-03-04T11:00:00.000Z ada settled daily -',
      '2026-03-05T08:00:00.000Z bob settled - daily',
      '2026-03-05T11:00:00.000Z ada settled - daily',
      '2026-03-15T23:00:00.000Z ada settled - weekly',
      '2026-03-15T23:00:00.000Z bob settled - weekly',
    ]);
    expect((await toldIn(game, 'sandbox', ofStreaks)).map(toldLine).toSorted()).toEqual(
      [
        'ada 2026-03-02T12:00 streak.extended daily 1 1',
        'ada 2026-03-02T12:00 streak.extended weekly 1 1',
        'ada 2026-03-04T11:00 streak.frozen daily 1 2026-03-04 0',
        'ada 2026-03-05T11:00 streak.broken daily 1',
        'ada 2026-03-15T23:00 streak.broken weekly 1',
        'bob 2026-03-02T12:00 streak.extended daily 1 1',
        'bob 2026-03-02T12:00 streak.extended weekly 1 1',
        'bob 2026-03-04T08:00 streak.frozen daily 1 2026-03-03 0',
        'bob 2026-03-05T08:00 streak.broken daily 1',
        'bob 2026-03-15T23:00 streak.broken weekly 1',
      ].toSorted(),
    );
    expect(await advanceTo(laurel, '2026-06-01T00:00:00Z')).toEqual([]);
  });

  test('is not told of a run that goes on: not by a line of the report, nor by a happening', async () => {
    await defineBasics(laurel);
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.users.create({ id: 'ada' });
    for (const day of times(6, (index) => index)) {
      expect(await advanceTo(laurel, iso(Date.parse(START) + day * 24 * HOUR))).toEqual([]);
      await lesson('ada');
    }
    const told = await toldIn(game, 'sandbox', ofStreaks);
    expect(told.map(({ type }) => type)).toEqual(times(6, () => 'streak.extended'));
  });

  test.each([
    ['Europe/Rome', '2026-03-28', '2026-03-29T22:00:00.000Z'],
    ['Europe/Rome', '2026-10-24', '2026-10-25T23:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-07', '2026-03-09T07:00:00.000Z'],
    ['America/Santiago', '2026-09-05', '2026-09-07T03:00:00.000Z'],
    ['America/Santiago', '2026-04-03', '2026-04-05T04:00:00.000Z'],
    ['Asia/Kathmandu', '2026-05-01', '2026-05-02T18:15:00.000Z'],
  ])('in %s, for the day after %s, comes when its clocks show the next one', async (zone, day, end) => {
    await defineBasics(laurel);
    await laurel.streaks.create({ id: 'daily', ...streakOf(zone) });
    await laurel.users.create({ id: 'ada' });
    await advanceTo(laurel, `${day}T16:00:00Z`);
    await lesson('ada');
    expect((await advanceTo(laurel, '2026-12-01T00:00:00Z')).map(line)).toEqual([`${end} ada settled - daily`]);
  });

  test('moves with the player to another zone, and never comes before the time that a day takes', async () => {
    await defineBasics(laurel);
    await laurel.streaks.create({ id: 'daily', ...streakOf('user') });
    for (const id of ['ada', 'bob', 'cyd']) {
      await laurel.users.create({ id, zone: 'America/Los_Angeles' });
      await lesson(id);
    }
    const { version } = await laurel.users.get('ada');
    await laurel.users.update('ada', { zone: 'America/New_York' }, { ifMatch: version });
    // The 3rd ends there at 10:00, which is 22 hours after the lesson of the 2nd.
    await laurel.as({ userId: 'cyd' }).me.update({ zone: 'Pacific/Kiritimati' }, { ifMatch: version });
    expect((await advanceTo(laurel, '2026-03-10T00:00:00Z')).map(line)).toEqual([
      '2026-03-03T11:00:00.000Z cyd settled - daily',
      '2026-03-04T05:00:00.000Z ada settled - daily',
      '2026-03-04T08:00:00.000Z bob settled - daily',
    ]);
  });
});

describe('settling at boundaries comes to what playing on comes to', () => {
  const zones = ['Europe/Rome', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kathmandu'];
  const DAYS = 30;

  async function define(one: Laurel): Promise<void> {
    await defineBasics(one);
    await one.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
    await one.currencies.create({ id: 'gems', name: { en: 'Gems' } });
    await one.streaks.create({
      id: 'daily',
      ...streakOf('user'),
      freezes: { most: 3, initial: 1, earnedEvery: 4, price: [{ currency: 'gems', amount: 5 }] },
      pauses: { mostDays: 5 },
      repair: { within: 2, price: [{ currency: 'gems', amount: 7 }] },
      milestones: [{ length: 3, rewards: [{ kind: 'currency', currency: 'gems', amount: 10 }] }, { length: 5 }],
    });
    await one.streaks.create({
      id: 'weekly',
      ...streakOf('Europe/Rome'),
      cadence: 'week',
      goal: { kind: 'days', target: 3 },
      freezes: { most: 1, initial: 1 },
    });
    for (const [index, zone] of zones.entries()) await one.users.create({ id: `p${index}`, zone });
  }

  interface Doing {
    readonly at: number;
    readonly user: string;
    readonly what: 'lesson' | 'quiz' | 'buy' | 'repair' | 'pause';
  }

  /** What the players do, each at a moment of its own; at last everybody does something, long after. */
  function doings(seed: number): Doing[] {
    const random = randomFrom(seed);
    const all = zones.flatMap((_, player) =>
      times(DAYS, (day): Doing[] => {
        const at = Date.parse(START) + (day * 24 + random.below(24)) * HOUR + random.below(HOUR);
        const user = `p${player}`;
        const dice = random.below(20);
        if (dice < 6) return [];
        if (dice === 6) return [{ at, user, what: 'quiz' }];
        if (dice === 7) return [{ at, user, what: 'buy' }];
        if (dice === 8) return [{ at, user, what: 'repair' }];
        if (dice === 9) return [{ at, user, what: 'pause' }];
        return [{ at, user, what: 'lesson' }];
      }).flat(),
    );
    const last = zones.map((_, player): Doing => {
      return { at: Date.parse(START) + (DAYS + 20) * 24 * HOUR + player, user: `p${player}`, what: 'lesson' };
    });
    return [...all, ...last].toSorted((a, b) => a.at - b.at);
  }

  /** Does it, or is refused: what is refused in one world is in the other. */
  async function act(one: Laurel, { at, user, what }: Doing): Promise<string> {
    const { streaks } = one.as({ userId: user });
    const day = (ahead: number) => iso(at + ahead * 24 * HOUR).slice(0, 10);
    try {
      if (what === 'buy') await streaks.buyFreezes('daily', { count: 1 });
      else if (what === 'repair') await streaks.repair('daily');
      else if (what === 'pause') await streaks.pause('daily', { from: day(2), to: day(4) });
      else await one.events.track({ userId: user, activity: what });
      return 'done';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  }

  const ignoring = new Set(['id', 'transaction', 'event', 'entry', 'workspace', 'eventId']);
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (name, part: unknown) => (ignoring.has(name) ? undefined : part)));

  /** What is to be the same: hot states, what players see, and what was told, whatever order it was told in. */
  async function outcomeOf(one: Laurel, workspace: string) {
    const scope = workspaceScope(HOME.tenant, workspace);
    const players = await Promise.all(
      zones.map(async (_, index) => {
        const userId = `p${index}`;
        const { streaks } = one.as({ userId });
        const { state } = await getSheet(game.table, scope, userId);
        const span = { from: '2026-02-20', to: '2026-05-20' };
        const calendars = await Promise.all(['daily', 'weekly'].map((id) => streaks.calendar(id, span)));
        return plain({
          streaks: state.streaks,
          wallets: state.wallets,
          shown: (await streaks.list()).items,
          calendars,
        });
      }),
    );
    const told = (await toldIn(game, workspace)).map(toldLine).filter((text) => !text.includes('event.counted'));
    return { players, told: told.toSorted() };
  }

  /** Plays in a workspace whose clock is advanced to each doing, with so many stops on the way. */
  async function playAdvancing(workspace: string, all: readonly Doing[], stops: (gap: number) => number[]) {
    const one = await openTestClock(game, workspace);
    await define(one);
    const answers: string[] = [];
    let at = Date.parse(START);
    for (const doing of all) {
      for (const stop of stops(doing.at - at)) await advanceTo(one, iso(at + stop));
      await advanceTo(one, iso(doing.at));
      answers.push(await act(one, doing));
      at = doing.at;
    }
    return { answers, ...(await outcomeOf(one, workspace)) };
  }

  test.each([1, 2])('through any split of the interval, or without (seed %d)', async (seed) => {
    const all = doings(seed);
    const random = randomFrom(seed + 100);
    const whole = await playAdvancing('whole', all, () => []);
    const split = await playAdvancing('split', all, (gap) =>
      times(random.below(3), () => random.below(gap + 1)).toSorted((a, b) => a - b),
    );
    // The home workspace lives by the clock of the platform, and nothing is run in it.
    await define(game.laurel);
    const answers: string[] = [];
    for (const doing of all) {
      clock.set(iso(doing.at));
      answers.push(await act(game.laurel, doing));
    }
    const lazy = { answers, ...(await outcomeOf(game.laurel, HOME.workspace)) };
    expect(split).toEqual(whole);
    expect(lazy).toEqual(whole);
    const types = new Set(whole.told.map((text) => text.split(' ')[2]));
    expect([...types].filter((type) => type !== undefined && ofStreaks(type)).toSorted()).toEqual([
      'streak.broken',
      'streak.extended',
      'streak.frozen',
      'streak.milestone',
      ...(types.has('streak.repaired') ? ['streak.repaired'] : []),
    ]);
    expect(new Set(whole.answers).size).toBeGreaterThan(1);
  });
});

describe('a break is told once', () => {
  beforeEach(async () => {
    await defineBasics(laurel);
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), freezes: { most: 1, initial: 1 } });
    for (const index of times(12, (one) => one)) {
      await laurel.users.create({ id: `p${index}` });
      await lesson(`p${index}`);
    }
  });

  test('with two processes that advance at once, while players play', async () => {
    const other = await otherProcess(game, { ...HOME, workspace: 'sandbox' });
    const to = '2026-03-06T00:00:00Z';
    const plays = times(4, (index) => lesson(`p${index}`));
    const shares = await Promise.all([advanceTo(laurel, to), advanceTo(other.laurel, to), ...plays]);
    await other.close();
    const lines = shares
      .slice(0, 2)
      .flat()
      .filter((one) => 'at' in one)
      .map(line);
    expect(new Set(lines).size).toBe(lines.length);
    const told = (await toldIn(game, 'sandbox', (type) => type === 'streak.broken' || type === 'streak.frozen')).map(
      toldLine,
    );
    expect(new Set(told).size).toBe(told.length);
    for (const index of times(12, (one) => one)) {
      expect(told.filter((text) => text.startsWith(`p${index} `)).map((text) => text.split(' ')[2])).toEqual([
        'streak.frozen',
        'streak.broken',
      ]);
    }
  });

  test('by the scheduler of a workspace that lives by the real time, the same code', async () => {
    await game.close();
    game = await openGame({ clock, scheduleEvery: 10 });
    await defineBasics(game.laurel);
    await game.laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await game.laurel.users.create({ id: 'ada' });
    await lesson('ada', undefined, game.laurel);
    clock.set('2026-03-04T00:00:30.000Z');
    const broken = () => toldIn(game, HOME.workspace, (type) => type === 'streak.broken');
    await vi.waitFor(async () => expect(await broken()).toHaveLength(1), { timeout: 20_000, interval: 50 });
    expect((await broken()).map(toldLine)).toEqual(['ada 2026-03-04T00:00 streak.broken daily 1']);
    await lesson('ada', undefined, game.laurel);
    expect(await broken()).toHaveLength(1);
  });
});

describe('a late event', () => {
  const told = async () => (await toldIn(game, 'sandbox', ofStreaks)).map(toldLine);
  beforeEach(async () => {
    await defineBasics(laurel);
    await laurel.users.create({ id: 'ada' });
  });

  test('that joins runs after a told break says that the run is whole again; voided, that it is broken', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    for (const day of [2, 3, 5]) {
      await advanceTo(laurel, `2026-03-0${day}T12:00:00Z`);
      await lesson('ada');
    }
    const before = await told();
    expect(before.at(-2)).toBe('ada 2026-03-05T00:00 streak.broken daily 2');
    const late = await lesson('ada', '2026-03-04T12:00:00Z');
    expect((await told()).slice(before.length)).toEqual([
      'ada 2026-03-04T12:00 streak.extended daily 3 3',
      'ada 2026-03-05T12:00 streak.repaired daily 4',
    ]);
    await laurel.events.void(late.event.id, { note: 'It was not so' });
    expect((await told()).slice(before.length + 2)).toEqual(['ada 2026-03-05T00:00 streak.broken daily 2']);
    expect(await laurel.as({ userId: 'ada' }).streaks.get('daily')).toMatchObject({ current: 1, longest: 2 });
  });

  test('for a day that a freeze was used for gives the freeze back, which the run says by its length', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), freezes: { most: 1, initial: 1 } });
    await lesson('ada');
    await advanceTo(laurel, '2026-03-04T12:00:00Z');
    const before = await told();
    expect(before).toContain('ada 2026-03-04T00:00 streak.frozen daily 1 2026-03-03 0');
    await lesson('ada', '2026-03-03T12:00:00Z');
    expect((await told()).slice(before.length)).toEqual(['ada 2026-03-03T12:00 streak.extended daily 2 2']);
    expect((await advanceTo(laurel, '2026-03-06T12:00:00Z')).map(line)).toEqual([
      '2026-03-05T00:00:00.000Z ada settled daily -',
      '2026-03-06T00:00:00.000Z ada settled - daily',
    ]);
  });

  test('that is voided takes its run away; that the run broke is told no more', async () => {
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    const first = await lesson('ada');
    await advanceTo(laurel, '2026-03-05T12:00:00Z');
    expect((await told()).at(-1)).toBe('ada 2026-03-04T00:00 streak.broken daily 1');
    const before = await told();
    await laurel.events.void(first.event.id, { note: 'It was not so' });
    expect(await told()).toEqual(before);
  });
});
