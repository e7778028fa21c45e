import type { LevelCurve } from '@laurel/contract/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thresholdsOf } from '../../src/domain/level/curve.ts';
import {
  type LevelLadder,
  type LevelState,
  ladderOf,
  levelOf,
  moveLevel,
  standingOf,
} from '../../src/domain/level/level.ts';

const step = fc.integer({ min: 1, max: 1_000_000_000_000 });
const levels = fc.integer({ min: 2, max: 500 });
const linear = fc.record({ kind: fc.constant('linear' as const), step, levels });
const quadratic = fc.record({ kind: fc.constant('quadratic' as const), step, growth: step, levels });
const exponential = fc.record({
  kind: fc.constant('exponential' as const),
  step,
  percent: fc.integer({ min: 100, max: 1000 }),
  levels,
});
const thresholds = fc.record({
  kind: fc.constant('thresholds' as const),
  thresholds: fc.uniqueArray(step, { minLength: 1, maxLength: 40 }).map((amounts) => amounts.toSorted((a, b) => a - b)),
});
const anyCurve: fc.Arbitrary<LevelCurve> = fc.oneof(linear, quadratic, exponential, thresholds);

/** What a level takes, worked out for this one level by the curve's formula, in whole numbers of any size. */
function formula(curve: LevelCurve, level: number): bigint {
  const k = BigInt(level - 1);
  switch (curve.kind) {
    case 'thresholds':
      return BigInt([0, ...curve.thresholds][level - 1] ?? Number.NaN);
    case 'linear':
      return BigInt(curve.step) * k;
    case 'quadratic':
      return BigInt(curve.step) * k + (BigInt(curve.growth) * k * (k - 1n)) / 2n;
    case 'exponential': {
      let sum = 0n;
      for (let n = 0n; n < k; n += 1n) sum += (BigInt(curve.step) * BigInt(curve.percent) ** n) / 100n ** n;
      return sum;
    }
  }
}

const countOf = (curve: LevelCurve) => (curve.kind === 'thresholds' ? curve.thresholds.length + 1 : curve.levels);

describe('a curve', () => {
  test('agrees with its formula, level by level, or has no exact end', () => {
    fc.assert(
      fc.property(anyCurve, (curve) => {
        const expanded = thresholdsOf(curve);
        const count = countOf(curve);
        if (expanded === null) {
          expect(formula(curve, count) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
          return;
        }
        expect(expanded).toHaveLength(count);
        for (const level of [1, 2, Math.ceil(count / 2), count]) {
          expect(BigInt(expanded[level - 1] ?? -1)).toBe(formula(curve, level));
        }
      }),
    );
  });

  test('begins with nothing and rises with every level', () => {
    fc.assert(
      fc.property(anyCurve, (curve) => {
        const expanded = thresholdsOf(curve) ?? [0];
        expect(expanded[0]).toBe(0);
        expanded.slice(1).forEach((threshold, index) => {
          expect(threshold).toBeGreaterThan(expanded[index] ?? Number.POSITIVE_INFINITY);
        });
      }),
    );
  });

  test('gives the same levels as its own thresholds, listed', () => {
    fc.assert(
      fc.property(anyCurve, fc.maxSafeInteger(), (curve, amount) => {
        const expanded = thresholdsOf(curve);
        fc.pre(expanded !== null);
        const listed = { kind: 'thresholds' as const, thresholds: expanded.slice(1) };
        const track = { id: 't', version: 1, currency: 'xp', goesDown: false };
        expect(levelOf(ladderOf({ ...track, curve }), amount)).toEqual(
          levelOf(ladderOf({ ...track, curve: listed }), amount),
        );
      }),
    );
  });

  test('of known numbers', () => {
    expect(thresholdsOf({ kind: 'linear', step: 100, levels: 4 })).toEqual([0, 100, 200, 300]);
    expect(thresholdsOf({ kind: 'quadratic', step: 100, growth: 50, levels: 5 })).toEqual([0, 100, 250, 450, 700]);
    // 10, 15, 22.5, 33.75: each rounded down by itself.
    expect(thresholdsOf({ kind: 'exponential', step: 10, percent: 150, levels: 5 })).toEqual([0, 10, 25, 47, 80]);
    expect(thresholdsOf({ kind: 'exponential', step: 1, percent: 1000, levels: 500 })).toBeNull();
  });
});

/** A ladder of a few rungs, and amounts around them. */
const ladder = fc
  .record({
    goesDown: fc.boolean(),
    rungs: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
  })
  .map(
    ({ goesDown, rungs }): LevelLadder => ({
      track: 't',
      version: 1,
      currency: 'xp',
      goesDown,
      thresholds: [0, ...rungs.toSorted((a, b) => a - b)],
    }),
  );
const amount = fc.integer({ min: -10, max: 80 });

describe('the level of an amount', () => {
  test('is the last whose threshold it reaches, and the next is told', () => {
    fc.assert(
      fc.property(ladder, amount, (given, has) => {
        const { level, threshold, next } = levelOf(given, has);
        expect(level).toBe(Math.max(1, given.thresholds.filter((one) => one <= has).length));
        expect(threshold).toBe(given.thresholds[level - 1]);
        expect(next).toEqual(
          level === given.thresholds.length
            ? null
            : { level: level + 1, threshold: given.thresholds[level], left: (given.thresholds[level] ?? 0) - has },
        );
      }),
    );
  });

  test('never falls as the amount grows', () => {
    fc.assert(
      fc.property(ladder, amount, amount, (given, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(levelOf(given, low).level).toBeLessThanOrEqual(levelOf(given, high).level);
      }),
    );
  });
});

/** Walks a player through amounts, and gathers what happened. */
function walk(given: LevelLadder, amounts: readonly number[]) {
  const seen = { reached: [] as number[], firstReached: [] as number[], lost: [] as number[] };
  let state: LevelState | undefined;
  for (const has of amounts) {
    const before = state?.level ?? 1;
    const move = moveLevel(given, state, has);
    // Up or down, level by level, without a gap.
    expect(move.reached).toEqual(
      Array.from({ length: Math.max(0, move.state.level - before) }, (_, i) => before + i + 1),
    );
    expect(move.lost).toEqual(Array.from({ length: Math.max(0, before - move.state.level) }, (_, i) => before - i));
    seen.reached.push(...move.reached);
    seen.firstReached.push(...move.firstReached);
    seen.lost.push(...move.lost);
    state = move.state;
  }
  return { ...seen, state };
}

describe('moving', () => {
  const amounts = fc.array(amount, { minLength: 1, maxLength: 20 });

  test('ends where the last amount says on a track that goes down, else where the largest says', () => {
    fc.assert(
      fc.property(ladder, amounts, (given, all) => {
        const { state } = walk(given, all);
        const decides = given.goesDown ? (all.at(-1) ?? 0) : Math.max(...all);
        expect(state?.level).toBe(levelOf(given, decides).level);
        expect(state?.highest).toBe(levelOf(given, Math.max(...all)).level);
      }),
    );
  });

  test('reaches each level for the first time once, in order, however the amounts came', () => {
    fc.assert(
      fc.property(ladder, amounts, (given, all) => {
        const { firstReached, state } = walk(given, all);
        expect(firstReached).toEqual(Array.from({ length: (state?.highest ?? 1) - 1 }, (_, index) => index + 2));
      }),
    );
  });

  test('loses nothing where the track does not go down', () => {
    fc.assert(
      fc.property(ladder, amounts, (given, all) => {
        const { lost, reached, firstReached } = walk({ ...given, goesDown: false }, all);
        expect([lost, reached]).toEqual([[], firstReached]);
      }),
    );
  });

  test('nowhere changes nothing: the state is the very one from before', () => {
    const given: LevelLadder = { track: 't', version: 1, currency: 'xp', goesDown: true, thresholds: [0, 10, 20] };
    const { state } = moveLevel(given, undefined, 12);
    expect(moveLevel(given, state, 19).state).toBe(state);
    expect(moveLevel({ ...given, version: 2 }, state, 12).state).toEqual({ ...state, version: 2 });
  });

  test('where a player stands agrees with where they were moved to', () => {
    fc.assert(
      fc.property(ladder, amounts, (given, all) => {
        const { state } = walk(given, all);
        expect(standingOf(given, state, all.at(-1) ?? 0).level).toBe(state?.level);
      }),
    );
  });
});
