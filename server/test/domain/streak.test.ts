import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDay, clip, currentRun, longestRun, newPlayer, type Run, runAt, runDays } from '../../src/domain/index.ts';
import { decided, fold, happening, rulesetOf, streak } from './fixtures.ts';

const day = fc.integer({ min: -40, max: 40 });
const days = fc.array(day, { maxLength: 60 });
const runsOf = (all: readonly number[]) => all.reduce<readonly Run[]>(addDay, []);
const daysOf = (runs: readonly Run[]) =>
  runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
const sorted = (all: Iterable<number>) => [...new Set(all)].toSorted((a, b) => a - b);

/** How many days without a gap end at this one, by walking back over a set. */
function walkBack(set: ReadonlySet<number>, last: number): number {
  let length = 0;
  while (set.has(last - length)) length += 1;
  return length;
}

describe('runs', () => {
  test('hold exactly the days that were added, in order, with a missed day between them', () => {
    fc.assert(
      fc.property(days, (all) => {
        const runs = runsOf(all);
        expect(daysOf(runs)).toEqual(sorted(all));
        for (const [index, [from]] of runs.entries()) {
          const before = runs[index - 1];
          if (before) expect(from - before[1]).toBeGreaterThan(1);
        }
      }),
    );
  });

  test('do not depend on the order of days', () => {
    const pairs = days.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        expect(runsOf(other)).toEqual(runsOf(one));
      }),
    );
  });

  test('take a day twice as once, and say so by staying the same', () => {
    fc.assert(
      fc.property(days, day, (all, again) => {
        const runs = addDay(runsOf(all), again);
        expect(addDay(runs, again)).toBe(runs);
      }),
    );
  });

  test('have the longest, the current and the surrounding run that a set of days gives', () => {
    fc.assert(
      fc.property(days, day, (all, today) => {
        const past = all.filter((one) => one <= today);
        const set = new Set(past);
        const runs = runsOf(past);
        expect(runDays(longestRun(runs))).toBe(Math.max(0, ...past.map((one) => walkBack(set, one))));
        const alive = set.has(today) ? walkBack(set, today) : walkBack(set, today - 1);
        expect(runDays(currentRun(runs, today))).toBe(alive);
        expect(runAt(runs, today) !== null).toBe(set.has(today));
      }),
    );
  });

  test('of equal length give the earliest as the longest', () => {
    const runs: Run[] = [
      [1, 1],
      [3, 4],
      [8, 9],
    ];
    expect(longestRun(runs)).toEqual([3, 4]);
    expect(longestRun([])).toBeNull();
  });

  test('cut to an interval hold the days within it', () => {
    fc.assert(
      fc.property(days, day, day, (all, from, to) => {
        const within = all.filter((one) => from <= one && one <= to);
        expect(clip(runsOf(all), from, to)).toEqual(runsOf(sorted(within)));
      }),
    );
  });

  test('stay alive for a player who travels west over the date line', () => {
    expect(currentRun([[90, 100]], 99)).toEqual([90, 100]);
    expect(currentRun([[90, 100]], 101)).toEqual([90, 100]);
    expect(currentRun([[90, 100]], 102)).toBeNull();
  });
});

describe('a daily streak', () => {
  const ruleset = rulesetOf({ streaks: [streak('daily')] });

  test('counts two events of one local day once', () => {
    const userZone = 'Asia/Kathmandu';
    const first = decided(ruleset, newPlayer(), happening('a', '2026-11-23T18:20:00.000Z', { userZone }));
    expect(first.outcome.streaks).toEqual([{ streak: 'daily', day: '2026-11-24', run: 1, longest: 1 }]);
    const second = decided(ruleset, first.state, happening('b', '2026-11-24T18:10:00.000Z', { userZone }));
    expect(second.outcome.streaks).toEqual([]);
    expect(second.state.streaks).toEqual(first.state.streaks);
    expect(second.trace).toEqual([
      {
        kind: 'streak',
        id: 'daily',
        version: 1,
        fired: false,
        why: 'day_already_counted',
        values: { day: '2026-11-24', run: 1 },
      },
    ]);
  });

  test('is one run where the event for a missed day comes in, in its place', () => {
    const days = [1, 2, 4, 5, 6].map((n) => happening(`e${n}`, `2026-11-0${n}T10:00:00.000Z`));
    const late = happening('late', '2026-11-03T10:00:00.000Z');
    const runsOf = (all: typeof days) => fold(ruleset, all).player.streaks.daily?.map(runDays);
    expect(runsOf(days)).toEqual([2, 3]);
    expect(runsOf([...days, late])).toEqual([6]);
    const { outcomes } = fold(ruleset, [...days, late]);
    expect(outcomes.map(({ streaks }) => streaks.map(({ run, longest }) => [run, longest]))).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [[n, n]]),
    );
  });

  test.each([
    ['America/Los_Angeles', '2026-03-08'],
    ['America/Los_Angeles', '2026-11-01'],
    ['Pacific/Auckland', '2026-04-05'],
    ['Pacific/Auckland', '2026-09-27'],
  ])('neither breaks nor doubles a day when the clock changes in %s on %s', (userZone, change) => {
    const around = Date.parse(`${change}T00:00:00Z`);
    const hourly = Array.from({ length: 24 * 6 }, (_, hour) =>
      new Date(around + (hour - 72) * 3_600_000).toISOString(),
    );
    const { player } = fold(
      ruleset,
      hourly.map((at, index) => happening(`e${index}`, at, { userZone })),
    );
    expect(player.streaks.daily).toHaveLength(1);
    const [run = null] = player.streaks.daily ?? [];
    const localDays = hourly.map((at) => new Date(at).toLocaleDateString('en', { timeZone: userZone }));
    expect(runDays(run)).toBe(new Set(localDays).size);
  });

  test('takes nothing more once it is archived', () => {
    const archived = rulesetOf({ streaks: [streak('daily', { status: 'archived' })] });
    const { outcome, trace } = decided(archived, newPlayer(), happening('a', '2026-11-24T10:00:00.000Z'));
    expect([outcome.streaks, trace]).toEqual([[], []]);
  });
});
