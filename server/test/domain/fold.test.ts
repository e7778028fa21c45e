import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newPlayer, type PlayerState, type Run } from '../../src/domain/index.ts';
import { decided, deepFreeze, fold, type Happening, rulesetOf, stampsOf } from './fixtures.ts';
import { history, shuffled, world, worldRuleset } from './world.ts';

/**
 * A player's state without what depends on the order of arrival. `completedAt` does, and `movedAt` with it, where there
 * are more events than the target takes: a progress keeps no list of events, so that those which arrived first have
 * reached the target, and not those which occurred first. (Which event a ledger entry names, and its number, depend on
 * it likewise; what they sum to does not.)
 */
function lasting(player: PlayerState) {
  const progress = Object.entries(player.progress).map(([id, { movedAt: _, completedAt, ...rest }]) => [
    id,
    { ...rest, completed: completedAt !== null },
  ]);
  return { ...player, progress: Object.fromEntries(progress) };
}

describe('the fold of a history', () => {
  test('is the same in whatever order its events arrive', () => {
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const a = fold(worldRuleset, one);
        const b = fold(worldRuleset, other);
        expect(lasting(b.player)).toEqual(lasting(a.player));
        expect(b.completions.toSorted()).toEqual(a.completions.toSorted());
      }),
    );
  });

  test('completes a mission once in a period at most, and never passes the target', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { player, completions } = fold(worldRuleset, events);
        expect(new Set(completions).size).toBe(completions.length);
        for (const [id, record] of Object.entries(player.progress)) {
          expect(record.amount).toBeGreaterThan(0);
          expect(record.amount).toBeLessThanOrEqual(record.target);
          expect(record.amount === record.target).toBe(completions.includes(id));
          expect(record.completedAt !== null).toBe(completions.includes(id));
        }
      }),
    );
  });

  test('leaves wallets that are the sums of their postings, numbered without a gap', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { player, postings } = fold(worldRuleset, events);
        const byCurrency = Map.groupBy(postings, (posting) => posting.currency);
        expect([...byCurrency.keys()].toSorted()).toEqual(Object.keys(player.wallets).toSorted());
        for (const [currency, entries] of byCurrency) {
          const sums = entries.map((_, index) =>
            entries.slice(0, index + 1).reduce((sum, { amount }) => sum + amount, 0),
          );
          expect(entries.map((posting) => posting.balance)).toEqual(sums);
          expect(entries.map((posting) => posting.entry)).toEqual(entries.map((_, index) => index + 1));
          expect(player.wallets[currency]).toEqual({ balance: sums.at(-1), entries: entries.length });
        }
      }),
    );
  });

  test('is what an independent calculation over the whole history gives', () => {
    fc.assert(
      fc.property(history, (events) => {
        expect(lasting(fold(worldRuleset, events).player)).toEqual(calculated(events));
      }),
    );
  });

  test('needs no more than the slices that are asked for', () => {
    fc.assert(
      fc.property(history, (events) => {
        let whole: PlayerState = newPlayer();
        for (const event of events) whole = decided(worldRuleset, whole, event).player;
        expect(fold(worldRuleset, events).player).toEqual(whole);
      }),
    );
  });

  test('changes neither the player, nor the event, nor the ruleset that it was given', () => {
    const ruleset = deepFreeze(rulesetOf(world));
    fc.assert(
      fc.property(history, (events) => {
        let player: PlayerState = newPlayer();
        for (const event of deepFreeze(events)) player = decided(ruleset, deepFreeze(player), event).player;
      }),
    );
    // Maps cannot be frozen: they are held against those of a ruleset that no event has seen.
    expect(ruleset).toEqual(rulesetOf(world));
  });
});

const dayIn = (zone: string, event: Happening) => stampOf(zone, event).dayNumber;

function stampOf(zone: string, event: Happening) {
  const stamp = stampsOf(event.occurredAt, [zone])[zone];
  if (stamp === undefined) throw new Error(`no stamp in ${zone}`);
  return stamp;
}

const sumOf = (events: readonly Happening[], amountOf: (event: Happening) => number) =>
  events.reduce((sum, event) => sum + amountOf(event), 0);

/** What the rules of `world` come to, from all events at once: groups, sums, sets and extremes, no steps. */
function calculated(events: readonly Happening[]) {
  const lessons = events.filter((event) => event.activity === 'lesson');
  const exams = events.filter((event) => event.activity === 'exam');
  const one = () => 1;
  const value = (event: Happening) => event.value;

  const progress: Record<string, { mission: string; completed: boolean }> = {};
  const collect = (
    mission: string,
    all: Happening[],
    period: (e: Happening) => string,
    target: number,
    adds = one as typeof value,
  ) => {
    for (const [key, group] of Map.groupBy(
      all.filter((event) => adds(event) > 0),
      period,
    )) {
      const amount = Math.min(target, sumOf(group, adds));
      const startedAt = group.map((event) => event.occurredAt).toSorted()[0];
      const record = {
        mission,
        missionVersion: 1,
        period: key,
        amount,
        target,
        startedAt,
        completed: amount === target,
      };
      progress[`${mission}:${key}`] = record;
    }
  };
  collect('ever', lessons, () => 'all', 5);
  collect('weekly', lessons, (event) => stampOf(event.userZone, event).week, 10, value);
  collect('daily', exams, (event) => stampOf('Pacific/Auckland', event).day, 2);
  collect('monthly', exams, (event) => stampOf('UTC', event).month, 12, value);

  const completed = Object.values(progress).filter((record) => record.completed);
  const weeks = completed.filter((record) => record.mission === 'weekly').length;
  const gems = completed.some((record) => record.mission === 'ever') ? 1 : 0;
  const others = completed.length - weeks;
  const wallets = {
    xp: {
      balance: lessons.length * 20 + exams.length * 5 + weeks * (100 + 7) + others * 3,
      entries: lessons.length + exams.length + weeks * 2 + others,
    },
    gems: { balance: gems * 50, entries: gems },
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
    wallets: used(wallets, ({ entries }) => entries > 0),
    progress,
    streaks: used(streaks, (runs) => runs.length > 0),
    scores,
  };
}

function used<Value>(record: Record<string, Value>, keep: (value: Value) => boolean): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => keep(value)));
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
  const busy = Array.from({ length: 20 }, (_, index) => ({
    id: `evt-${index}`,
    activity: index % 2 === 0 ? 'lesson' : 'exam',
    occurredAt: `2026-03-0${1 + (index % 7)}T10:00:00.000Z`,
    value: 5,
    userZone: 'UTC',
  }));
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
