import type { LevelCurve } from '@laurel/contract/types';

/** Beyond this, integers are not exact any more. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** What it takes from one level to the next, for ever: `n` is 0 from level 1 to level 2. */
function* stepsOf(curve: Exclude<LevelCurve, { kind: 'thresholds' }>): Generator<bigint> {
  const first = BigInt(curve.step);
  switch (curve.kind) {
    case 'linear':
      for (;;) yield first;
    case 'quadratic':
      for (let step = first; ; step += BigInt(curve.growth)) yield step;
    case 'exponential':
      // Multiplied out and divided once, so that what is rounded down is not rounded down again by each later level.
      for (let [product, divisor] = [first, 1n]; ; product *= BigInt(curve.percent), divisor *= 100n) {
        yield product / divisor;
      }
  }
}

/**
 * The whole amount that each level takes, level 1 first, which takes nothing; strictly increasing, exact. Null where
 * one would leave the range in which integers are exact (2^53 - 1).
 */
export function thresholdsOf(curve: LevelCurve): readonly number[] | null {
  if (curve.kind === 'thresholds') return [0, ...curve.thresholds];
  const thresholds = [0n];
  for (const step of stepsOf(curve)) {
    if (thresholds.length >= curve.levels) break;
    const next = (thresholds.at(-1) ?? 0n) + step;
    if (next > LARGEST) return null;
    thresholds.push(next);
  }
  return thresholds.map(Number);
}
