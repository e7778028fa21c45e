import type { ScoreSource } from '@laurel/contract/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newPlayer } from '../../src/domain/index.ts';
import { activity, decided, fold, happening, leaderboard, rewardRule, rulesetOf, streak } from './fixtures.ts';

const lesson = (kind: 'sum' | 'count' | 'max' | 'min' | 'latest'): ScoreSource => ({ kind, activity: 'lesson' });

/** Events at moments of their own, with few values, so that the best is reached more than once. */
const events = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 })
  .map((values) =>
    values.map((value, day) => happening(`e${day}`, new Date(Date.UTC(2026, 10, 1 + day)).toISOString(), { value })),
  );

const shuffled = events.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
);

type Events = readonly { readonly value: number; readonly occurredAt: string }[];
const bestOf = (list: Events, best: number) => {
  const first = list.find(({ value }) => value === best);
  return first && { score: best, reachedAt: first.occurredAt };
};

/** What each source makes of events in their order, as it is worded. */
const expected: Readonly<Record<string, (list: Events) => { score: number; reachedAt: string } | undefined>> = {
  sum(list) {
    const counted = list.filter(({ value }) => value > 0);
    const score = counted.reduce((sum, { value }) => sum + value, 0);
    return counted.length === 0 ? undefined : { score, reachedAt: counted.at(-1)?.occurredAt ?? '' };
  },
  count: (list) => ({ score: list.length, reachedAt: list.at(-1)?.occurredAt ?? '' }),
  max: (list) => bestOf(list, Math.max(...list.map(({ value }) => value))),
  min: (list) => bestOf(list, Math.min(...list.map(({ value }) => value))),
  latest: (list) => ({ score: list.at(-1)?.value ?? 0, reachedAt: list.at(-1)?.occurredAt ?? '' }),
};

describe.each(['sum', 'count', 'max', 'min', 'latest'] as const)('a board by %s', (kind) => {
  const ruleset = rulesetOf({ leaderboards: [leaderboard('board', { source: lesson(kind) })] });

  test('comes to the same in whatever order events are told', () => {
    fc.assert(
      fc.property(shuffled, ([inOrder, told]) => {
        const record = fold(ruleset, told).player.scores['board:all'];
        const score = expected[kind]?.(inOrder);
        expect(record).toEqual(score && { leaderboard: 'board', period: 'all', ...score });
      }),
    );
  });

  test('tells what each event added: together that is the score', () => {
    fc.assert(
      fc.property(shuffled, ([, told]) => {
        const { outcomes, player } = fold(ruleset, told);
        const added = outcomes.flatMap(({ scores }) => scores.map((change) => change.added));
        expect(added.reduce((sum, one) => sum + one, 0)).toBe(player.scores['board:all']?.score ?? 0);
      }),
    );
  });
});

test('a board of a currency counts what rules gave of it, and nothing else', () => {
  const ruleset = rulesetOf({
    rewardRules: [
      rewardRule('a', { kind: 'event', activity: 'lesson' }, 3),
      rewardRule('b', { kind: 'event', activity: 'lesson' }, 4),
      rewardRule('c', { kind: 'event', activity: 'lesson' }, 5, {
        rewards: [{ kind: 'currency', currency: 'gems', amount: 100 }],
      }),
    ],
    leaderboards: [leaderboard('rich', { source: { kind: 'earned', currency: 'xp' } })],
  });
  const once = decided(ruleset, newPlayer(), happening('a', '2026-11-24T10:00:00.000Z'));
  expect(once.outcome.scores).toMatchObject([{ leaderboard: 'rich', added: 7, score: 7 }]);
  const twice = decided(ruleset, once.state, happening('b', '2026-11-24T11:00:00.000Z'));
  expect(twice.outcome.scores).toMatchObject([{ added: 7, score: 14 }]);
});

test('a board of a streak keeps the longest run of the period, and when it was first reached', () => {
  const ruleset = rulesetOf({
    streaks: [streak('daily', { zone: 'UTC' })],
    leaderboards: [leaderboard('runs', { source: { kind: 'streak', streak: 'daily' } })],
  });
  const on = (...days: number[]) =>
    fold(
      ruleset,
      days.map((day) => happening(`e${day}`, new Date(Date.UTC(2026, 10, day, 8)).toISOString())),
    ).player.scores['runs:all'];
  expect(on(1, 2, 3, 9, 10, 20, 21, 22)).toMatchObject({ score: 3, reachedAt: '2026-11-03T08:00:00.000Z' });
});

test('the lower score first is said in the score itself, by which its place is made', () => {
  const ruleset = rulesetOf({ leaderboards: [leaderboard('golf', { direction: 'low', source: lesson('min') })] });
  const { scores } = decided(ruleset, newPlayer(), happening('a', '2026-11-24T10:00:00.000Z', { value: 72 })).state;
  expect(scores['golf:all']).toMatchObject({ score: 72, lowFirst: true });
});

test('a range takes its first moment and not its last', () => {
  const window = { kind: 'range', from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' } as const;
  const ruleset = rulesetOf({ leaderboards: [leaderboard('november', { window })] });
  const scoresAt = (at: string) => Object.keys(decided(ruleset, newPlayer(), happening('a', at)).state.scores);
  expect(scoresAt('2026-10-31T23:59:59.999Z')).toEqual([]);
  expect(scoresAt('2026-11-01T00:00:00.000Z')).toEqual(['november:all']);
  expect(scoresAt('2026-11-30T23:59:59.999Z')).toEqual(['november:all']);
  expect(scoresAt('2026-12-01T00:00:00.000Z')).toEqual([]);
});

test('who is not of the audience does not score, and nobody is of a segment that is not known', () => {
  const ruleset = rulesetOf({
    activities: [activity('lesson')],
    leaderboards: [
      leaderboard('english', { audience: { expression: 'user.language == "en"' } }),
      leaderboard('italian', { audience: { expression: 'user.language == "it"' } }),
      leaderboard('segment', { audience: { segment: 'vip' } }),
    ],
  });
  const { state, trace } = decided(ruleset, newPlayer(), happening('a', '2026-11-24T10:00:00.000Z'));
  expect(Object.keys(state.scores)).toEqual(['english:all']);
  expect(trace.map(({ id, why }) => [id, why])).toEqual([
    ['english', 'score_moved'],
    ['italian', 'condition_false'],
    ['segment', 'condition_false'],
  ]);
});
