import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareLines, newPlayer, rank, rankEntries, type ScoreLine, TOP } from '../../src/domain/index.ts';
import { decided, fold, happening, leaderboard, rulesetOf } from './fixtures.ts';

const ties = fc.constantFrom('competition', 'dense', 'ordinal');

/** Few scores and few instants, so that ties are common. */
const board: fc.Arbitrary<ScoreLine[]> = fc
  .array(
    fc.record({
      score: fc.integer({ min: 1, max: 4 }),
      reachedAt: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'),
    }),
    { maxLength: 25 },
  )
  .map((lines) => lines.map((line, index) => ({ ...line, subject: `usr_${(index * 7) % 26}` })));

const comesBefore = (a: ScoreLine, b: ScoreLine) =>
  a.score > b.score ||
  (a.score === b.score && a.reachedAt < b.reachedAt) ||
  (a.score === b.score && a.reachedAt === b.reachedAt && a.subject < b.subject);

/** What stands before a line, by looking at every other one. */
function standingOf(line: ScoreLine, all: readonly ScoreLine[]) {
  const higher = all.filter((other) => other.score > line.score);
  return {
    above: higher.length,
    distinctAbove: new Set(higher.map((other) => other.score)).size,
    ahead: all.filter((other) => comesBefore(other, line)).length,
  };
}

describe('ranks', () => {
  test.each([
    ['competition', [1, 1, 3]],
    ['dense', [1, 1, 2]],
    ['ordinal', [1, 2, 3]],
  ] as const)('of 10, 10 and 7 by the rule %s are %j', (rule, ranks) => {
    expect(rankEntries([{ score: 10 }, { score: 10 }, { score: 7 }], rule, TOP).map((line) => line.rank)).toEqual(
      ranks,
    );
  });

  test('are what counting the players before each one gives', () => {
    fc.assert(
      fc.property(board, ties, (lines, rule) => {
        const all = lines.toSorted(compareLines);
        const counted = all.map((line) => {
          const { above, distinctAbove, ahead } = standingOf(line, lines);
          return { competition: above, dense: distinctAbove, ordinal: ahead }[rule] + 1;
        });
        expect(rankEntries(all, rule, TOP)).toEqual(all.map((line, index) => ({ ...line, rank: counted[index] })));
        expect(all.map((line) => rank(rule, standingOf(line, lines)))).toEqual(counted);
      }),
    );
  });

  test('are the same page by page as in one piece', () => {
    fc.assert(
      fc.property(board, ties, fc.integer({ min: 1, max: 6 }), (lines, rule, size) => {
        const all = lines.toSorted(compareLines);
        const starts = all.flatMap((first, index) => (index % size === 0 ? [{ first, index }] : []));
        const paged = starts.flatMap(({ first, index }) =>
          rankEntries(all.slice(index, index + size), rule, standingOf(first, lines)),
        );
        expect(paged).toEqual(rankEntries(all, rule, TOP));
      }),
    );
  });

  test('put first who was there first, then the smaller id', () => {
    const line = (subject: string, reachedAt: string) => ({ subject, reachedAt, score: 10 });
    const lines = [line('usr_b', '2026-11-02'), line('usr_c', '2026-11-01'), line('usr_a', '2026-11-02')];
    expect(lines.toSorted(compareLines).map((one) => one.subject)).toEqual(['usr_c', 'usr_a', 'usr_b']);
  });
});

describe('a leaderboard', () => {
  test('adds values up, and says when the score was reached in event time', () => {
    const ruleset = rulesetOf({ leaderboards: [leaderboard('points')] });
    const first = happening('a', '2026-11-24T10:00:00.000Z', { value: 4 });
    const late = happening('b', '2026-11-20T10:00:00.000Z', { value: 3 });
    const nothing = happening('c', '2026-11-25T10:00:00.000Z', { value: 0 });
    const { player, outcomes } = fold(ruleset, [first, late, nothing]);
    expect(player.scores['points:all']).toEqual({
      leaderboard: 'points',
      period: 'all',
      score: 7,
      reachedAt: '2026-11-24T10:00:00.000Z',
    });
    expect(outcomes.map(({ scores }) => scores.map(({ added, score }) => [added, score]))).toEqual([
      [[3, 3]],
      [[4, 7]],
      [],
    ]);
  });

  test('keeps each period by itself, in its own zone', () => {
    const window = { kind: 'recurring', every: 'week', zone: 'Pacific/Auckland' } as const;
    const ruleset = rulesetOf({ leaderboards: [leaderboard('weeks', { window })] });
    const periodOf = (at: string) => decided(ruleset, newPlayer(), happening('a', at)).outcome.scores[0]?.period;
    expect(periodOf('2026-11-22T10:59:59.999Z')).toBe('2026-W47');
    expect(periodOf('2026-11-22T11:00:00.000Z')).toBe('2026-W48');
  });

  test('takes neither nothing nor, once it is archived, anything', () => {
    const ruleset = rulesetOf({ leaderboards: [leaderboard('points')] });
    const nothing = decided(ruleset, newPlayer(), happening('a', '2026-11-24T10:00:00.000Z', { value: 0 }));
    expect([nothing.outcome.scores, nothing.state.scores]).toEqual([[], {}]);
    expect(nothing.trace[0]).toMatchObject({ fired: false, why: 'adds_nothing' });
    const archived = rulesetOf({ leaderboards: [leaderboard('points', { status: 'archived' })] });
    expect(decided(archived, newPlayer(), happening('a', '2026-11-24T10:00:00.000Z')).state.scores).toEqual({});
  });
});
