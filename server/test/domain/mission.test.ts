import type { Mission } from '@laurel/contract/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newPlayer } from '../../src/domain/index.ts';
import { completionsOf, decided, fold, happening, mission, rulesetOf, stampsOf } from './fixtures.ts';
import { history, worldRuleset } from './world.ts';

const weekly = (more: Partial<Mission> = {}): Mission =>
  mission('weekly', { schedule: { kind: 'recurring', every: 'week', zone: 'user' }, ...more });
const step = (target: number, activity = 'lesson') => ({ activity, adds: 'one', target }) as const;
const onDay = (day: number, id = `evt-${day}`) =>
  happening(id, `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`);

describe('a mission', () => {
  test('is completed by the event that reaches its target, and pays what it promises', () => {
    const ruleset = rulesetOf({
      missions: [mission('two', { steps: [step(2)], rewards: [{ kind: 'currency', currency: 'xp', amount: 50 }] })],
    });
    const first = decided(ruleset, newPlayer(), onDay(2));
    const second = decided(ruleset, first.state, onDay(3));
    const third = decided(ruleset, second.state, onDay(4));
    expect(first.outcome).toMatchObject({ marks: [], granted: [] });
    expect(first.state.progress['two:all']).toMatchObject({ amount: 1, completedAt: null });
    expect(second.outcome.marks).toEqual(['completed two all']);
    expect(second.outcome.granted).toEqual([
      {
        cause: 'mission:two:all#0',
        currency: 'xp',
        amount: 50,
        reason: { kind: 'mission', mission: 'two', period: 'all', event: 'evt-3' },
        source: { kind: 'mission', mission: 'two', period: 'all' },
      },
    ]);
    expect(third.outcome).toMatchObject({ marks: [], granted: [], touched: [] });
    expect([first, second, third].map(({ trace }) => [trace[0]?.fired, trace[0]?.why])).toEqual([
      [true, 'progress_started'],
      [true, 'mission_completed'],
      [false, 'already_completed'],
    ]);
  });

  test('starts with the earliest event and completes with the one at which the target is reached', () => {
    const ruleset = rulesetOf({ missions: [mission('three', { steps: [step(3)] })] });
    const recordOf = (days: readonly number[]) =>
      fold(
        ruleset,
        days.map((day) => onDay(day)),
      ).player.progress['three:all'];
    expect(recordOf([5, 9, 7])).toMatchObject({
      startedAt: '2026-11-05T10:00:00.000Z',
      completedAt: '2026-11-09T10:00:00.000Z',
    });
    expect(recordOf([5, 9, 7, 1])).toMatchObject({
      startedAt: '2026-11-01T10:00:00.000Z',
      completedAt: '2026-11-07T10:00:00.000Z',
      amount: 3,
    });
  });

  test('completes with the event at which the sum reaches the target', () => {
    fc.assert(
      fc.property(history, (events) => {
        const byTime = events.toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
        const fifth = byTime.filter((event) => event.activity === 'lesson')[4];
        const { player } = fold(worldRuleset, events);
        expect(player.progress['ever:all']?.completedAt ?? null).toBe(fifth?.occurredAt ?? null);
      }),
    );
  });

  test('is not moved by an event that adds nothing', () => {
    const steps = [{ activity: 'lesson', adds: 'value', target: 5 } as const];
    const ruleset = rulesetOf({ missions: [mission('sum', { steps })] });
    const { outcome, state, trace } = decided(ruleset, newPlayer(), { ...onDay(2), value: 0 });
    expect([outcome.touched, state.progress]).toEqual([[], {}]);
    expect(trace).toEqual([
      { kind: 'mission', id: 'sum', version: 1, fired: false, why: 'adds_nothing', values: { period: 'all' } },
    ]);
  });

  test('with a target of 100 takes 200 events and stays at 100, completed once', () => {
    const ruleset = rulesetOf({ missions: [mission('hundred', { steps: [step(100)] })] });
    const events = Array.from({ length: 200 }, (_, index) => onDay(2, `evt-${index}`));
    const { player, completions } = fold(ruleset, events);
    expect(player.progress['hundred:all']?.amount).toBe(100);
    expect(completions).toEqual(['hundred:all']);
  });

  test('is considered in the order of ids, in whatever order missions were given', () => {
    const missions = ['b', 'a', 'C'].map((id) => mission(id, { steps: [step(1)] }));
    const { outcome } = decided(rulesetOf({ missions }), newPlayer(), onDay(2));
    expect(completionsOf(outcome)).toEqual(['C:all', 'a:all', 'b:all']);
  });
});

describe('a recurring mission', () => {
  const ruleset = rulesetOf({ missions: [weekly()] });

  // Sunday and Monday local time, at the weeks in which the clocks change.
  test.each([
    ['Pacific/Auckland', '2026-04-05T11:59:59.999Z', '2026-W14', '2026-04-05T12:00:00.000Z', '2026-W15'],
    ['Pacific/Auckland', '2026-09-27T10:59:59.999Z', '2026-W39', '2026-09-27T11:00:00.000Z', '2026-W40'],
    ['America/Los_Angeles', '2026-03-09T06:59:59.999Z', '2026-W10', '2026-03-09T07:00:00.000Z', '2026-W11'],
    ['America/Los_Angeles', '2026-11-02T07:59:59.999Z', '2026-W44', '2026-11-02T08:00:00.000Z', '2026-W45'],
    ['Asia/Kathmandu', '2026-11-01T18:14:59.999Z', '2026-W44', '2026-11-01T18:15:00.000Z', '2026-W45'],
    ['Asia/Kathmandu', '2027-01-03T18:14:59.999Z', '2026-W53', '2027-01-03T18:15:00.000Z', '2027-W01'],
  ])("begins a new week at the player's midnight in %s", (userZone, sunday, week, monday, next) => {
    const { player } = fold(ruleset, [happening('a', sunday, { userZone }), happening('b', monday, { userZone })]);
    expect(Object.keys(player.progress).toSorted()).toEqual([`weekly:${week}`, `weekly:${next}`]);
  });

  test('counts each event in its own local period, wherever its player travels to and from', () => {
    const hours = fc.array(
      fc.record({
        hour: fc.nat(24 * 70),
        userZone: fc.constantFrom('Pacific/Kiritimati', 'Pacific/Auckland', 'UTC', 'Pacific/Pago_Pago'),
      }),
      { maxLength: 60 },
    );
    const every = fc.constantFrom('day' as const, 'week' as const, 'month' as const);
    fc.assert(
      fc.property(hours, every, (all, length) => {
        const schedule = { kind: 'recurring', every: length, zone: 'user' } as const;
        const travelling = rulesetOf({ missions: [mission('m', { schedule, steps: [step(1_000)] })] });
        const events = all.map(({ hour, userZone }, index) =>
          happening(`evt-${index}`, new Date(Date.UTC(2026, 0, 1, hour)).toISOString(), { userZone }),
        );
        const { records } = fold(travelling, events);
        const periods = Map.groupBy(
          events,
          ({ occurredAt, userZone }) => stampsOf(occurredAt, [userZone])[userZone]?.[length],
        );
        const counted = Object.values(records).map((record) =>
          record !== null && 'missionVersion' in record ? [record.period, record.amount] : [],
        );
        expect(counted.toSorted()).toEqual([...periods].map(([period, group]) => [period, group.length]).toSorted());
      }),
    );
  });
});

describe('versions of a mission', () => {
  const v1 = weekly({ steps: [step(3)] });
  const v2 = weekly({ version: 2, steps: [step(5)] });
  const both = rulesetOf({ missions: [v2], missionVersions: [v1, v2] });
  const started = fold(rulesetOf({ missions: [v1] }), [onDay(3)]).player;

  test('running progress keeps its frozen target and rewards, and the next period takes the new one', () => {
    const v1Paying = { ...v1, rewards: [{ kind: 'currency', currency: 'xp', amount: 1 } as const] };
    const v2Paying = { ...v2, rewards: [{ kind: 'currency', currency: 'xp', amount: 2 } as const] };
    const ruleset = rulesetOf({ missions: [v2Paying], missionVersions: [v1Paying, v2Paying] });
    const { player, completions, granted } = fold(
      ruleset,
      [4, 5, 6, 9].map((day) => onDay(day)),
      started,
    );
    expect(player.progress['weekly:2026-W45']).toMatchObject({ missionVersion: 1, amount: 3, target: 3 });
    expect(player.progress['weekly:2026-W46']).toMatchObject({ missionVersion: 2, amount: 1, target: 5 });
    expect(completions).toEqual(['weekly:2026-W45']);
    expect(granted.map(({ amount }) => amount)).toEqual([1]);
  });

  test('the trace names the version that the progress keeps', () => {
    expect(decided(both, started, onDay(4)).trace).toMatchObject([{ id: 'weekly', version: 1, why: 'progress_moved' }]);
    expect(decided(both, started, onDay(9)).trace).toMatchObject([
      { id: 'weekly', version: 2, why: 'progress_started' },
    ]);
  });

  test('an older progress with another schedule takes the events of its own period', () => {
    const daily = { ...v2, schedule: { kind: 'recurring', every: 'day', zone: 'user' } } as const;
    const ruleset = rulesetOf({ missions: [daily], missionVersions: [v1, daily] });
    const { player } = fold(ruleset, [onDay(4), onDay(9)], started);
    expect(Object.values(player.progress).map((record) => [record.period, record.missionVersion])).toEqual([
      ['2026-W45', 1],
      ['2026-11-09', 2],
    ]);
  });

  test('an older progress has its period to the end, also once it is completed', () => {
    const daily = { ...v2, schedule: { kind: 'recurring', every: 'day', zone: 'user' } } as const;
    const ruleset = rulesetOf({ missions: [daily], missionVersions: [v1, daily] });
    const { player } = fold(ruleset, [onDay(4), onDay(5), onDay(6), onDay(7)], started);
    expect(Object.keys(player.progress)).toEqual(['weekly:2026-W45']);
    expect(decided(ruleset, player, onDay(8)).trace).toMatchObject([{ version: 1, why: 'already_completed' }]);
    expect(decided(ruleset, player, onDay(9)).trace).toMatchObject([{ version: 2, why: 'progress_started' }]);
  });

  test('of two older progresses that an event belongs to, the older one takes it', () => {
    const monthly = { ...v2, schedule: { kind: 'recurring', every: 'month', zone: 'user' } } as const;
    const v3 = { ...v2, version: 3, schedule: { kind: 'permanent' } } as const;
    const { player } = fold(rulesetOf({ missions: [monthly], missionVersions: [v1, monthly] }), [onDay(10)], started);
    const ruleset = rulesetOf({ missions: [v3], missionVersions: [v3, monthly, v1] });
    const moved = [4, 11].map((day) => [...decided(ruleset, player, onDay(day)).outcome.records.values()]);
    expect(moved).toMatchObject([
      [{ record: { period: '2026-W45', amount: 2 } }],
      [{ record: { period: '2026-11', amount: 2 } }],
    ]);
  });

  test('a progress takes the events of its period in its own zone, whatever zone the current version counts in', () => {
    const utc = { ...v2, schedule: { kind: 'recurring', every: 'week', zone: 'UTC' } } as const;
    const ruleset = rulesetOf({ missions: [utc], missionVersions: [v1, utc] });
    const inAuckland = { userZone: 'Pacific/Auckland' };
    const own = happening('own', '2026-11-11T10:00:00.000Z', inAuckland);
    const { player } = fold(rulesetOf({ missions: [v1] }), [own]);
    expect(Object.keys(player.progress)).toEqual(['weekly:2026-W46']);
    // Still Sunday of week 46 in UTC, and Monday of week 47 in Auckland.
    const sunday = decided(ruleset, player, happening('next', '2026-11-15T20:00:00.000Z', inAuckland));
    expect([...sunday.outcome.records.values()]).toMatchObject([
      { id: 'weekly:2026-W46', record: { amount: 1, expired: true, endsAt: '2026-11-15T11:00:00.000Z' } },
    ]);
    expect(sunday.trace).toMatchObject([{ version: 2, fired: false, why: 'period_taken' }]);
  });

  test('an older progress goes on by its own activity, which the current version left behind', () => {
    const other = { ...v2, steps: [step(5, 'exam')] };
    const ruleset = rulesetOf({ missions: [other], missionVersions: [v1, other] });
    expect(fold(ruleset, [onDay(4)], started).player.progress['weekly:2026-W45']?.amount).toBe(2);
    // Its week is over by then.
    const { outcome, trace } = decided(ruleset, started, onDay(9));
    expect([...outcome.records.values()]).toMatchObject([
      { id: 'weekly:2026-W45', record: { amount: 1, expired: true } },
    ]);
    expect(trace).toMatchObject([{ version: 2, fired: false, why: 'other_activity' }]);
    // The period is the old progress's: the new version does not make a second one in it.
    const exam = decided(ruleset, started, { ...onDay(4), activity: 'exam' });
    expect(exam.outcome.touched).toEqual([]);
    expect(exam.trace).toMatchObject([{ version: 2, fired: false, why: 'period_taken' }]);
  });

  test('a completed permanent progress does not keep a player from a newer, recurring version', () => {
    const once = mission('weekly', { steps: [step(2)] });
    const ruleset = rulesetOf({ missions: [v2], missionVersions: [once, v2] });
    const { player } = fold(rulesetOf({ missions: [once] }), [onDay(2)]);
    const after = fold(ruleset, [onDay(3), onDay(4)], player);
    expect(after.completions).toEqual(['weekly:all']);
    expect(after.player.progress['weekly:2026-W45']).toMatchObject({ missionVersion: 2, amount: 1 });
  });

  test('an archived mission starts nothing, but what is running goes on to the end', () => {
    const ruleset = rulesetOf({ missions: [{ ...v1, status: 'archived' }], missionVersions: [v1] });
    const { completions, player } = fold(ruleset, [onDay(4), onDay(5), onDay(9)], started);
    expect(completions).toEqual(['weekly:2026-W45']);
    expect(Object.keys(player.progress)).toEqual(['weekly:2026-W45']);
    expect(decided(ruleset, player, onDay(9)).trace).toMatchObject([{ fired: false, why: 'archived' }]);
  });
});
