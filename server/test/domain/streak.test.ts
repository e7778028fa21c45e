import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainAfter, newPlayer, type PlayerState, type Ruleset, runsIn, seenIn } from '../../src/domain/index.ts';
import { decided, fold, foldEntries, happening, inOrder, rulesetOf, stamped, streak } from './fixtures.ts';
import { type Doing, naiveStreak } from './naive-streak.ts';

/** The runs of a player, by how many days each counts. */
const runsOf = ({ streaks }: PlayerState, id = 'daily') => runsIn(streaks[id]?.pages ?? []).map(({ count }) => count);

describe('a daily streak', () => {
  const ruleset = rulesetOf({ streaks: [streak('daily')] });

  test('counts two events of one local day once', () => {
    const userZone = 'Asia/Kathmandu';
    const first = decided(ruleset, newPlayer(), happening('a', '2026-11-23T18:20:00.000Z', { userZone }));
    expect(first.outcome.streaks).toEqual([{ streak: 'daily', day: '2026-11-24', period: 20_781, run: 1, longest: 1 }]);
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
    const runs = (all: typeof days) => runsOf(fold(ruleset, all).player);
    expect(runs(days)).toEqual([2, 3]);
    expect(runs([...days, late])).toEqual([6]);
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
    const localDays = hourly.map((at) => new Date(at).toLocaleDateString('en', { timeZone: userZone }));
    expect(runsOf(player)).toEqual([new Set(localDays).size]);
  });

  test('takes nothing more once it is archived', () => {
    const archived = rulesetOf({ streaks: [streak('daily', { status: 'archived' })] });
    const { outcome, trace } = decided(archived, newPlayer(), happening('a', '2026-11-24T10:00:00.000Z'));
    expect([outcome.streaks, trace]).toEqual([[], []]);
  });
});

describe('a streak with freezes, pauses, holidays and repairs', () => {
  const START = Date.UTC(2026, 0, 1);
  const HOUR = 3_600_000;
  const iso = (instant: number) => new Date(instant).toISOString();
  const date = (day: number) => iso(START + day * 24 * HOUR).slice(0, 10);
  const rules = streak('daily', {
    zone: 'UTC',
    freezes: { most: 2, initial: 1, automatic: true, earnedEvery: 5, lateBy: 1 },
    holidays: [{ from: date(20), to: date(22) }],
    pauses: { mostDays: 10 },
    repair: { within: 3 },
    milestones: [3, 5, 8].map((length) => ({ length, rewards: [] })),
  });
  const ruleset = rulesetOf({ streaks: [rules] });

  const day = fc.integer({ min: 0, max: 45 });
  const doing: fc.Arbitrary<Doing> = fc.oneof(
    { weight: 14, arbitrary: fc.constant<Doing>({ kind: 'event' }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('grantFreezes'), count: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('useFreeze'), offset: fc.integer({ min: -2, max: 8 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('pauseStreak'),
        offset: fc.integer({ min: -2, max: 6 }),
        days: fc.integer({ min: 0, max: 12 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Doing>({ kind: 'repairStreak' }) },
  );
  const history = fc.array(fc.tuple(day, fc.integer({ min: 0, max: 23 }), doing), {
    minLength: 20,
    maxLength: 90,
    size: 'max',
  });

  function actOf(what: Doing, at: number) {
    switch (what.kind) {
      case 'event':
        return null;
      case 'grantFreezes':
        return { kind: 'grantFreezes', streak: 'daily', count: what.count, by: 'operator:ada', note: 'x' } as const;
      case 'useFreeze':
        return { kind: 'useFreeze', streak: 'daily', day: date(at + what.offset) } as const;
      case 'pauseStreak': {
        const from = at + what.offset;
        return { kind: 'pauseStreak', streak: 'daily', from: date(from), to: date(from + what.days - 1) } as const;
      }
      case 'repairStreak':
        return { kind: 'repairStreak', streak: 'daily' } as const;
    }
  }

  const entriesOf = (all: readonly (readonly [number, number, Doing])[], of: Ruleset) =>
    inOrder(
      all.map(([at, hour, what], index) =>
        stamped(of, happening(`e${String(index).padStart(3, '0')}`, iso(START + (at * 24 + hour) * HOUR)), {
          act: actOf(what, at),
          ...(what.kind === 'event' ? {} : { activity: `@${what.kind}` }),
        }),
      ),
    );

  test('is what a day-by-day walk over the whole history gives', () => {
    fc.assert(
      fc.property(history, (all) => {
        const entries = entriesOf(all, ruleset);
        const { player, outcomes } = foldEntries(() => ruleset, entries);
        const expected = naiveStreak(
          all,
          entries.map(({ id }) => Number(id.slice(1))),
          50,
        );
        const state = player.streaks.daily;
        const now = state && seenIn(state, rules, FIRST + 50, iso(START + 50 * 24 * HOUR));
        const { run, longest } = chainAfter(now?.pages ?? []);
        expect({
          freezes: now?.freezes ?? 1,
          longest,
          current: run !== null && run.held >= FIRST + 49 ? run.count : 0,
          runs: runsIn(now?.pages ?? []).map(({ from, to, count }) => [from - FIRST, to - FIRST, count]),
          milestones: outcomes
            .flatMap(({ marks }) => marks.filter((mark) => mark.startsWith('streakMilestone ')))
            .map((mark) => mark.split(' ').slice(2).map(Number))
            .map(([from = 0, length]) => [from - FIRST, length]),
        }).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  /** The day number of the first day. */
  const FIRST = START / (24 * HOUR);

  test('celebrates each length of a run once', () => {
    fc.assert(
      fc.property(history, (all) => {
        const { outcomes } = foldEntries(() => ruleset, entriesOf(all, ruleset));
        const marks = outcomes.flatMap((outcome) => outcome.marks);
        expect(new Set(marks).size).toBe(marks.length);
      }),
    );
  });
});

describe('a weekly streak', () => {
  const monday = Date.UTC(2026, 0, 5);
  const at = (week: number, day: number, hour = 10) =>
    new Date(monday + ((week * 7 + day) * 24 + hour) * 3_600_000).toISOString();
  const events = (all: readonly (readonly [number, number])[], value = 1) =>
    all.map(([week, day], index) => happening(`e${index}`, at(week, day, index % 24), { value }));

  test('counts a week in which enough of its seven days count', () => {
    const ruleset = rulesetOf({
      streaks: [streak('weekly', { cadence: 'week', zone: 'UTC', goal: { kind: 'days', target: 3 } })],
    });
    const all = events([
      [0, 0],
      [0, 0],
      [0, 3],
      [0, 6],
      [1, 1],
      [1, 1],
      [1, 1],
      [2, 0],
      [2, 1],
      [2, 2],
      [3, 0],
      [3, 5],
      [3, 6],
    ]);
    expect(runsOf(fold(ruleset, all).player, 'weekly')).toEqual([1, 2]);
  });

  test('counts a week whose events, or whose values, come to the target', () => {
    const goal = (kind: 'events' | 'value', target: number) =>
      rulesetOf({ streaks: [streak('weekly', { cadence: 'week', zone: 'UTC', goal: { kind, target } })] });
    const all = events(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 0],
        [2, 6],
        [3, 0],
        [3, 6],
      ],
      5,
    );
    expect(runsOf(fold(goal('events', 2), all).player, 'weekly')).toEqual([2, 1]);
    expect(runsOf(fold(goal('value', 10), all).player, 'weekly')).toEqual([2, 1]);
    expect(runsOf(fold(goal('value', 11), all).player, 'weekly')).toEqual([]);
  });

  test('is bridged by a holiday that takes the greater part of a week, and by no shorter one', () => {
    const over = (from: string, to: string) =>
      rulesetOf({ streaks: [streak('weekly', { cadence: 'week', zone: 'UTC', holidays: [{ from, to }] })] });
    const all = events([
      [0, 0],
      [2, 0],
    ]);
    expect(runsOf(fold(over('2026-01-15', '2026-01-18'), all).player, 'weekly')).toEqual([2]);
    expect(runsOf(fold(over('2026-01-16', '2026-01-18'), all).player, 'weekly')).toEqual([1, 1]);
    expect(runsOf(fold(over('2026-01-09', '2026-01-15'), all).player, 'weekly')).toEqual([2]);
  });
});

describe('a player who travels', () => {
  const ruleset = rulesetOf({ streaks: [streak('daily')] });
  const la = { userZone: 'America/Los_Angeles' };
  const nz = { userZone: 'Pacific/Auckland' };

  test('to the east over the date line does not break the run by a day that they never had', () => {
    // 22:00 on the 10th in Los Angeles; 13 hours later it is 08:00 on the 12th in Auckland.
    const all = [happening('a', '2026-06-11T05:00:00.000Z', la), happening('b', '2026-06-11T20:00:00.000Z', nz)];
    expect(runsOf(fold(ruleset, all).player)).toEqual([2]);
    // A day and more later, the day between was missed on either calendar.
    const late = [all[0] ?? happening('a', ''), happening('b', '2026-06-12T11:00:00.000Z', nz)];
    expect(runsOf(fold(ruleset, late).player)).toEqual([1, 1]);
  });

  test('to the west, back to a day that counts, has it once', () => {
    const all = [
      happening('a', '2026-06-10T20:00:00.000Z', nz),
      happening('b', '2026-06-11T05:00:00.000Z', la),
      happening('c', '2026-06-11T20:00:00.000Z', la),
      happening('d', '2026-06-12T20:00:00.000Z', la),
    ];
    // The 11th in Auckland, the 10th, 11th and 12th in Los Angeles.
    expect(runsOf(fold(ruleset, all).player)).toEqual([3]);
  });

  test('back to a day for which a freeze was used has the freeze again when it counts', () => {
    const frozen = rulesetOf({
      streaks: [streak('daily', { freezes: { most: 1, initial: 1, automatic: true, lateBy: 1 } })],
    });
    const all = [
      happening('a', '2026-06-08T20:00:00.000Z', nz),
      happening('b', '2026-06-10T12:30:00.000Z', nz),
      happening('c', '2026-06-10T20:00:00.000Z', la),
    ];
    // The 9th and the 11th in Auckland, the 10th frozen; then the 10th in Los Angeles.
    expect(fold(frozen, all.slice(0, 2)).player.streaks.daily?.freezes).toBe(0);
    const { player } = fold(frozen, all);
    expect([runsOf(player), player.streaks.daily?.freezes]).toEqual([[3], 1]);
  });
});

test('ten years of days leave two pages in the hot state, and the rest beside it', () => {
  const ruleset = rulesetOf({ streaks: [streak('daily', { zone: 'UTC' })] });
  const all = Array.from({ length: 3650 }, (_, index) =>
    happening(`e${index}`, new Date(Date.UTC(2020, 0, 1 + index)).toISOString()),
  );
  const { player, records } = fold(ruleset, all);
  expect(player.streaks.daily?.pages).toHaveLength(2);
  expect(JSON.stringify(player.streaks).length).toBeLessThan(1_000);
  expect(Object.keys(records).length).toBeGreaterThan(9);
  expect(chainAfter(player.streaks.daily?.pages ?? [])).toMatchObject({ longest: 3650, run: { count: 3650 } });
});
