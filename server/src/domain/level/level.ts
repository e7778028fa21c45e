import type { LevelTrack } from '@laurel/contract/types';
import { thresholdsOf } from './curve.ts';

/** A level track with its curve worked out. */
export interface LevelLadder {
  readonly track: string;
  readonly version: number;
  /** The currency whose amount decides. */
  readonly currency: string;
  /** What each level takes, level 1 first, which takes 0; strictly increasing. */
  readonly thresholds: readonly number[];
  readonly goesDown: boolean;
}

/** Where an amount stands on a ladder. */
export interface LevelStanding {
  /** 1 at the start. */
  readonly level: number;
  /** What the level takes. */
  readonly threshold: number;
  /** The level to come; null on the last. */
  readonly next: { readonly level: number; readonly threshold: number; readonly left: number } | null;
}

/** A player's level on one track. */
export interface LevelState {
  readonly track: string;
  readonly version: number;
  readonly level: number;
  /** The highest level ever reached: what a level gives, it gives once. */
  readonly highest: number;
  /** What the level took when it was reached: it is kept for as long as the player has that. */
  readonly holds?: number;
}

/** What a change of the amount did. */
export interface LevelMove {
  /** The very state from before where nothing changed. */
  readonly state: LevelState;
  /** Each level passed on the way up, in order. */
  readonly reached: readonly number[];
  /** Those of them that were never reached before. */
  readonly firstReached: readonly number[];
  /** Each level lost on the way down, in order. */
  readonly lost: readonly number[];
}

/**
 * Works out a track.
 * @throws RangeError where its curve leaves the range in which integers are exact; none such is saved
 */
export function ladderOf(
  definition: Pick<LevelTrack, 'id' | 'version' | 'currency' | 'curve' | 'goesDown'>,
): LevelLadder {
  const { id: track, version, currency, curve, goesDown } = definition;
  const thresholds = thresholdsOf(curve);
  if (thresholds === null) throw new RangeError(`the curve of the level track ${track} has no exact end`);
  return { track, version, currency, thresholds, goesDown };
}

/** How many thresholds an amount reaches (binary search). */
function reachedBy(thresholds: readonly number[], amount: number): number {
  let [low, high] = [0, thresholds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[middle] ?? 0) <= amount) low = middle + 1;
    else high = middle;
  }
  return low;
}

function standingAt({ thresholds }: LevelLadder, level: number, amount: number): LevelStanding {
  const next = thresholds[level];
  return {
    level,
    threshold: thresholds[level - 1] ?? 0,
    next: next === undefined ? null : { level: level + 1, threshold: next, left: Math.max(0, next - amount) },
  };
}

/** The level that an amount reaches; level 1 below everything. */
export function levelOf(ladder: LevelLadder, amount: number): LevelStanding {
  return standingAt(ladder, Math.max(1, reachedBy(ladder.thresholds, amount)), amount);
}

/** Where a player stands: on the level that they keep, or on the one that their amount reaches. */
export function standingOf(ladder: LevelLadder, state: LevelState | undefined, amount: number): LevelStanding {
  const standing = levelOf(ladder, amount);
  const kept = Math.min(state?.level ?? 1, ladder.thresholds.length);
  return kept > standing.level && isKept(ladder, state, amount) ? standingAt(ladder, kept, amount) : standing;
}

/** Whether a player keeps the level that they have, though their amount does not reach it by the ladder. */
function isKept({ goesDown }: LevelLadder, state: LevelState | undefined, amount: number): boolean {
  return !goesDown || amount >= (state?.holds ?? Number.POSITIVE_INFINITY);
}

/** The levels after one, up to another. */
function levelsBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index + 1);
}

/**
 * Moves a player to the level that the amount says; down only where the track goes down, and the player has not even what
 * the level took when they reached it.
 * @param follows whether the level follows the ladder whatever was reached by another
 */
export function moveLevel(
  ladder: LevelLadder,
  before: LevelState | undefined,
  amount: number,
  follows = false,
): LevelMove {
  const { track, version, thresholds } = ladder;
  const from = before?.level ?? 1;
  const highest = before?.highest ?? 1;
  const target = levelOf(ladder, amount).level;
  const level = target < from && !follows && isKept(ladder, before, amount) ? from : target;
  const reached = levelsBetween(from, level);
  const lost = levelsBetween(level, from).reverse();
  const isSame = before !== undefined && before.level === level && before.version >= version;
  const holds = level === before?.level && !follows ? before.holds : (thresholds[level - 1] ?? 0);
  const state: LevelState = {
    ...{ track, version: Math.max(version, before?.version ?? 0), level, highest: Math.max(highest, level) },
    ...(holds === undefined ? {} : { holds }),
  };
  return {
    state: isSame ? before : state,
    reached,
    firstReached: reached.filter((one) => one > highest),
    lost,
  };
}
