import type { Leaderboard, PlainReward, Prize } from '@laurel/contract/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Place, prizesOf, prizesRemain, rank } from '../../src/domain/index.ts';

type Rules = Pick<Leaderboard, 'prizes' | 'tiedPrizes' | 'ties'>;

const amount = fc.integer({ min: 1, max: 1000 });
const prize: fc.Arbitrary<Prize> = fc.record({
  places: fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 5 }))
      .map(([from, more]) => ({ kind: 'ranks' as const, from, to: from + more })),
    fc.integer({ min: 1, max: 100 }).map((top) => ({ kind: 'percent' as const, top })),
  ),
  rewards: fc.array(
    fc.record({ kind: fc.constant('currency' as const), currency: fc.constantFrom('xp', 'gems'), amount }),
    { minLength: 1, maxLength: 2 },
  ),
});
const rulesWith = (more: Partial<Rules>): fc.Arbitrary<Rules> =>
  fc.record({
    prizes: fc.array(prize, { maxLength: 4 }),
    tiedPrizes: fc.constant(more.tiedPrizes ?? 'each'),
    ties: more.ties === undefined ? fc.constantFrom('competition', 'dense', 'ordinal') : fc.constant(more.ties),
  });
/** Few scores, so that ties are common. */
const scores = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 20 })
  .map((list) => list.toSorted((a, b) => b - a));

/** The places of a whole board, from its scores in order, each looked up by itself. */
function placesOf({ ties }: Rules, list: readonly number[]): Place[] {
  return list.map((score, index) => {
    const higher = list.filter((other) => other > score);
    const standing = { above: higher.length, distinctAbove: new Set(higher).size, ahead: index };
    const tied = list.filter((other) => other === score).length;
    return { rank: rank(ties, standing), above: higher.length, tied, position: index - higher.length };
  });
}

const given = (rules: Rules, list: readonly number[]) =>
  placesOf(rules, list).map((place) => prizesOf(rules, place, list.length));

const sums = (rewards: readonly PlainReward[]) => {
  const total = (currency: string) =>
    rewards.reduce((sum, one) => sum + (one.kind === 'currency' && one.currency === currency ? one.amount : 0), 0);
  return { xp: total('xp'), gems: total('gems') };
};

/** What the places of a board of so many players promise, place by place. */
function promised({ prizes }: Rules, players: number) {
  const all = Array.from({ length: players }, (_, index) => index + 1).flatMap((place) =>
    prizes
      .filter(({ places }) =>
        places.kind === 'ranks'
          ? places.from <= place && place <= places.to
          : place <= Math.ceil((players * places.top) / 100),
      )
      .flatMap(({ rewards }) => rewards),
  );
  return sums(all);
}

describe('prizes that equals split', () => {
  const rules = fc.oneof(
    rulesWith({ tiedPrizes: 'split', ties: 'competition' }),
    rulesWith({ tiedPrizes: 'split', ties: 'ordinal' }),
    rulesWith({ tiedPrizes: 'split', ties: 'dense' }),
  );

  test('are exactly what the places promise, however players are tied', () => {
    fc.assert(
      fc.property(rules, scores, (board, list) => {
        expect(sums(given(board, list).flat())).toEqual(promised(board, list.length));
      }),
    );
  });

  test('differ among equals by one at most for each prize, and the first has the most', () => {
    fc.assert(
      fc.property(rulesWith({ tiedPrizes: 'split', ties: 'competition' }), scores, (board, list) => {
        const all = given(board, list).map(sums);
        for (const [index, mine] of all.entries()) {
          const next = all[index + 1];
          if (next === undefined || list[index] !== list[index + 1]) continue;
          for (const currency of ['xp', 'gems'] as const) {
            expect(mine[currency]).toBeGreaterThanOrEqual(next[currency]);
            const rewards = board.prizes.flatMap((one) => one.rewards).length;
            expect(mine[currency] - next[currency]).toBeLessThanOrEqual(rewards);
          }
        }
      }),
    );
  });
});

describe('prizes that each of equals gets', () => {
  test('go by the rank alone: the same rank, the same prize', () => {
    fc.assert(
      fc.property(rulesWith({ ties: 'competition' }), scores, (board, list) => {
        const all = given(board, list);
        list.forEach((score, index) => {
          expect(all[index]).toEqual(all[list.indexOf(score)]);
        });
      }),
    );
  });

  test.each([
    ['competition', [100, 100, 10, 0]],
    ['dense', [100, 100, 50, 10]],
    ['ordinal', [100, 50, 10, 0]],
  ] as const)('10, 10, 7 and 5 by %s get %j of 100, 50 and 10', (ties, amounts) => {
    const prizes = [100, 50, 10].map((xp, index): Prize => {
      const place = index + 1;
      return {
        places: { kind: 'ranks', from: place, to: place },
        rewards: [{ kind: 'currency', currency: 'xp', amount: xp }],
      };
    });
    const all = given({ prizes, ties, tiedPrizes: 'each' }, [10, 10, 7, 5]);
    expect(all.map((rewards) => sums(rewards).xp)).toEqual(amounts);
  });
});

test('where no prize remains nobody further down is given anything', () => {
  fc.assert(
    fc.property(fc.oneof(rulesWith({}), rulesWith({ tiedPrizes: 'split' })), scores, (board, list) => {
      const places = placesOf(board, list);
      const end = places.findIndex((place) => !prizesRemain(board, place, list.length));
      if (end >= 0) expect(given(board, list).slice(end).flat()).toEqual([]);
    }),
  );
});
