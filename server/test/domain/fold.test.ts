import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newPlayer, type PlayerState, type Run, runsIn } from '../../src/domain/index.ts';
import {
  decided,
  deepFreeze,
  fold,
  foldEntries,
  type Happening,
  happening,
  inOrder,
  rulesetOf,
  stamped,
  stampsOf,
} from './fixtures.ts';
import { history, shuffled, world, worldRuleset } from './world.ts';

/** A value without its functions, which are others each time that they are compiled; maps as lists. */
function dataOf(value: unknown): unknown {
  if (typeof value === 'function') return 'function';
  if (value instanceof Map) return [...value].map(dataOf);
  if (Array.isArray(value)) return value.map(dataOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, dataOf(one)]));
}

describe('the fold of a history', () => {
  test('knows no order but that of time: it is the same in whatever order its events arrived', () => {
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(fold(worldRuleset, other)).toEqual(fold(worldRuleset, one));
      }),
    );
  });

  test('is the same stretch by stretch as in one piece', () => {
    fc.assert(
      fc.property(history, fc.nat(60), (events, cut) => {
        const entries = inOrder(events).map((event) => stamped(worldRuleset, event));
        const rulesetFor = () => worldRuleset;
        const first = foldEntries(rulesetFor, entries.slice(0, cut));
        const second = foldEntries(rulesetFor, entries.slice(cut), first.player);
        const whole = foldEntries(rulesetFor, entries);
        expect(second.player).toEqual(whole.player);
        expect([...first.outcomes, ...second.outcomes]).toEqual(whole.outcomes);
        expect({ ...first.records, ...second.records }).toEqual(whole.records);
      }),
    );
  });

  test('is the same from a state that was kept as text in between', () => {
    fc.assert(
      fc.property(history, fc.nat(60), (events, cut) => {
        const entries = inOrder(events).map((event) => stamped(worldRuleset, event));
        const first = foldEntries(() => worldRuleset, entries.slice(0, cut));
        const kept: PlayerState = JSON.parse(JSON.stringify(first.player));
        const second = foldEntries(() => worldRuleset, entries.slice(cut), kept);
        expect(second.player).toEqual(fold(worldRuleset, events).player);
      }),
    );
  });

  test('completes a mission once in a period at most, and never passes the target', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { records, completions } = fold(worldRuleset, events);
        expect(new Set(completions).size).toBe(completions.length);
        for (const [ref, record] of Object.entries(records)) {
          if (record === null || !('target' in record)) continue;
          expect(record.amount).toBeGreaterThan(0);
          expect(record.amount).toBeLessThanOrEqual(record.target);
          const completed = completions.includes(ref.slice('progress '.length));
          expect(record.amount === record.target).toBe(completed);
          expect(record.completedAt !== null).toBe(completed);
        }
      }),
    );
  });

  test('leaves wallets that are the sums of what was given, each cause once', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { player, granted } = fold(worldRuleset, events);
        const byCurrency = Map.groupBy(granted, ({ currency }) => currency);
        const sums = [...byCurrency].map(([currency, grants]) => [
          currency,
          { balance: grants.reduce((sum, { amount }) => sum + amount, 0), owed: 0 },
        ]);
        expect(player.wallets).toEqual(Object.fromEntries(sums));
        expect(new Set(granted.map(({ cause, currency }) => `${cause} ${currency}`)).size).toBe(granted.length);
      }),
    );
  });

  test('is what an independent calculation over the whole history gives', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { player, records } = fold(worldRuleset, events);
        const { wallets, streaks, progress, scores } = calculated(events);
        expect(player.wallets).toEqual(wallets);
        expect(mapped(player.streaks, ({ pages }) => runsIn(pages).map(({ from, to }) => [from, to]))).toEqual(streaks);
        const refs = [
          ...Object.entries(progress).map(([id, record]) => [`progress ${id}`, record]),
          ...Object.entries(scores).map(([id, record]) => [`score ${id}`, record]),
        ];
        const kept = Object.entries(records).filter(([ref]) => !ref.startsWith('streak '));
        expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(refs));
      }),
    );
  });

  test('keeps in the hot state nothing but what was told, and all that may still move', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { player, records } = fold(worldRuleset, events);
        for (const [id, record] of Object.entries(player.progress)) expect(records[`progress ${id}`]).toEqual(record);
        for (const [id, record] of Object.entries(player.scores)) expect(records[`score ${id}`]).toEqual(record);
        const [last] = inOrder(events).slice(-1);
        const open = Object.values(records).filter((record) => record !== null && 'period' in record);
        for (const record of open) {
          if (last === undefined || record === null || !('period' in record) || 'of' in record) continue;
          const isOfNow = record.period === 'all' || periodsAround(last).has(record.period);
          const hot = 'mission' in record ? player.progress : player.scores;
          const id = `${'mission' in record ? record.mission : record.leaderboard}:${record.period}`;
          if (isOfNow) expect(hot[id]).toEqual(record);
        }
      }),
    );
  });

  test('changes neither the player, nor the event, nor the ruleset that it was given', () => {
    const ruleset = deepFreeze(rulesetOf(world));
    fc.assert(
      fc.property(history, (events) => {
        let player: PlayerState = newPlayer();
        for (const event of deepFreeze(inOrder(events))) player = decided(ruleset, deepFreeze(player), event).state;
      }),
    );
    // Maps cannot be frozen: they are held against those of a ruleset that no event has seen.
    expect(dataOf(ruleset)).toEqual(dataOf(rulesetOf(world)));
  });
});

/** The periods that an event falls in, in any zone. */
function periodsAround(event: Happening): ReadonlySet<string> {
  const zones = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kathmandu'];
  return new Set(
    zones.flatMap((zone) => {
      const { day, week, month } = stampOf(zone, event);
      return [day, week, month];
    }),
  );
}

const dayIn = (zone: string, event: Happening) => stampOf(zone, event).dayNumber;

function stampOf(zone: string, event: Happening) {
  const stamp = stampsOf(event.occurredAt, [zone])[zone];
  if (stamp === undefined) throw new Error(`no stamp in ${zone}`);
  return stamp;
}

const sumOf = (events: readonly Happening[], amountOf: (event: Happening) => number) =>
  events.reduce((sum, event) => sum + amountOf(event), 0);

const QUARTER = 15 * 60_000;
const turns = new Map<string, string>();

/** When a period ends that an event is in: the first quarter of an hour of another period, looked for one by one. */
function turnAfter(event: Happening, zone: string, key: (e: Happening) => string): string {
  const name = `${zone} ${key(event)}`;
  let at = Math.floor(Date.parse(event.occurredAt) / QUARTER) * QUARTER;
  const then = () => ({ ...event, occurredAt: new Date(at).toISOString() });
  if (!turns.has(name)) {
    while (key(then()) <= key(event)) at += QUARTER;
    turns.set(name, then().occurredAt);
  }
  return turns.get(name) ?? '';
}

/** What the rules of `world` come to, from all events at once: groups, sums, sets and extremes, no steps. */
function calculated(events: readonly Happening[]) {
  const lessons = events.filter((event) => event.activity === 'lesson');
  const exams = events.filter((event) => event.activity === 'exam');
  const one = () => 1;
  const value = (event: Happening) => event.value;

  const progress: Record<string, { mission: string; completedAt: string | null }> = {};
  const collect = (
    mission: string,
    all: Happening[],
    period: (e: Happening) => string,
    target: number,
    adds = one as typeof value,
    zoneOf: (e: Happening) => string | null = (event) => event.userZone,
  ) => {
    for (const [key, group] of Map.groupBy(
      all.filter((event) => adds(event) > 0),
      period,
    )) {
      const inTime = inOrder(group);
      const upTo = (count: number) => sumOf(inTime.slice(0, count), adds);
      const needed = inTime.findIndex((_, index) => upTo(index + 1) >= target);
      const completedAt = inTime[needed]?.occurredAt ?? null;
      const movedAt = completedAt ?? inTime.at(-1)?.occurredAt;
      const amount = Math.min(target, sumOf(group, adds));
      const startedAt = inTime[0]?.occurredAt;
      const steps = [{ amount, target, completedAt }];
      const [begun] = inTime;
      const zone = begun === undefined ? null : zoneOf(begun);
      const endsAt = begun === undefined || zone === null ? null : turnAfter(begun, zone, period);
      // Whatever comes last in the history, time has passed up to it.
      const isOver = endsAt !== null && events.some(({ occurredAt }) => occurredAt >= endsAt);
      const end = endsAt === null || completedAt !== null ? {} : { endsAt, ...(isOver ? { expired: true } : {}) };
      const record = {
        ...end,
        mission,
        missionVersion: 1,
        period: key,
        amount,
        target,
        steps,
        startedAt,
        movedAt,
        completedAt,
      };
      progress[`${mission}:${key}`] = record;
    }
  };
  collect(
    'ever',
    lessons,
    () => 'all',
    5,
    one,
    () => null,
  );
  collect('weekly', lessons, (event) => stampOf(event.userZone, event).week, 10, value);
  collect(
    'daily',
    exams,
    (event) => stampOf('Pacific/Auckland', event).day,
    2,
    one,
    () => 'Pacific/Auckland',
  );
  collect(
    'monthly',
    exams,
    (event) => stampOf('UTC', event).month,
    12,
    value,
    () => 'UTC',
  );

  const completed = Object.values(progress).filter((record) => record.completedAt !== null);
  const weeks = completed.filter((record) => record.mission === 'weekly').length;
  const gems = completed.some((record) => record.mission === 'ever') ? 1 : 0;
  const others = completed.length - weeks;
  const wallets = {
    xp: { balance: lessons.length * 20 + exams.length * 5 + weeks * (100 + 7) + others * 3, owed: 0 },
    gems: { balance: gems * 50, owed: 0 },
  };

  const scores: Record<string, object> = {};
  const score = (leaderboard: string, all: Happening[], period: (e: Happening) => string, adds: typeof value) => {
    for (const [key, group] of Map.groupBy(
      all.filter((event) => adds(event) > 0),
      period,
    )) {
      const reachedAt = group
        .map((event) => event.occurredAt)
        .toSorted()
        .at(-1);
      scores[`${leaderboard}:${key}`] = { leaderboard, period: key, score: sumOf(group, adds), reachedAt };
    }
  };
  score('points', lessons, () => 'all', value);
  score('exams', exams, (event) => stampOf('Pacific/Auckland', event).week, one);
  score('months', exams, (event) => stampOf('UTC', event).month, value);

  const streaks = {
    'own-days': naiveRuns(lessons.map((event) => dayIn(event.userZone, event))),
    'exam-days': naiveRuns(exams.map((event) => dayIn('Asia/Kathmandu', event))),
  };
  return {
    wallets: used(wallets, ({ balance }) => balance > 0),
    progress,
    streaks: used(streaks, (runs) => runs.length > 0),
    scores,
  };
}

function used<Value>(record: Record<string, Value>, keep: (value: Value) => boolean): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => keep(value)));
}

function mapped<From, To>(record: Readonly<Record<string, From>>, of: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}

function naiveRuns(days: readonly number[]): Run[] {
  const set = new Set(days);
  const starts = [...set].filter((day) => !set.has(day - 1)).toSorted((a, b) => a - b);
  return starts.map((from) => {
    let to = from;
    while (set.has(to + 1)) to += 1;
    return [from, to];
  });
}

test('the independent calculation covers every kind of rule of the world', () => {
  const busy = Array.from({ length: 20 }, (_, index) =>
    happening(`evt-${index}`, `2026-03-0${1 + (index % 7)}T10:00:00.000Z`, {
      activity: index % 2 === 0 ? 'lesson' : 'exam',
      value: 5,
    }),
  );
  const { progress, wallets, streaks, scores } = calculated(busy);
  expect(new Set(Object.values(progress).map((record) => record.mission))).toEqual(
    new Set(world.missions.map((mission) => mission.id)),
  );
  expect([Object.keys(wallets), Object.keys(streaks)]).toEqual([
    ['xp', 'gems'],
    ['own-days', 'exam-days'],
  ]);
  expect(Object.keys(scores).map((id) => id.split(':')[0])).toEqual(
    expect.arrayContaining(['points', 'exams', 'months']),
  );
});
