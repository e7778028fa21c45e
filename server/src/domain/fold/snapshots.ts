import { comparePositions, type Position } from './position.ts';

/** Where a snapshot of the player was taken, and under which number it is kept. */
export interface SnapshotMark {
  /** The numbers are few, and used again. */
  readonly slot: number;
  /** The last entry that is folded into it. */
  readonly last: Position;
  /** How many entries are. */
  readonly count: number;
  /**
   * On the one that closes the past, where one does: nothing up to it changes any more, since words of it are erased. Up
   * to which entry they are; null where to none yet.
   */
  readonly closes?: { readonly erasedTo: Position | null };
}

/** A snapshot is taken after so many entries. */
export const SNAPSHOT_EVERY = 25;
/** How many are kept; the older they are, the farther apart. */
const SLOTS = 8;
/** The slot of the one that closes the past: it is never missed least. */
const CLOSING_SLOT = SLOTS;
/** The most that one change takes, since a transaction holds 100 writes. */
const MOST_AT_ONCE = 5;

/** The latest snapshot that holds nothing at or after a position; nothing where the history must be folded from its start. */
export function snapshotBefore(marks: readonly SnapshotMark[], position: Position): SnapshotMark | undefined {
  return marks.findLast(({ last }) => comparePositions(last, position) < 0);
}

/** The snapshots that stay true when the history changes at a position. */
export function dropSnapshots(marks: readonly SnapshotMark[], position: Position): readonly SnapshotMark[] {
  return marks.filter(({ last }) => comparePositions(last, position) < 0);
}

/** The marks with one more, the latest. Where all slots are taken, the one goes that is missed least. */
export function keepSnapshot(
  marks: readonly SnapshotMark[],
  last: Position,
  count: number,
): { readonly marks: readonly SnapshotMark[]; readonly slot: number } {
  const open = marks.filter(({ closes }) => closes === undefined);
  const kept = open.length < SLOTS ? marks : marks.toSpliced(leastMissed(marks, count), 1);
  const taken = new Set(kept.map(({ slot }) => slot));
  const slot = Array.from({ length: SLOTS }, (_, index) => index).find((index) => !taken.has(index)) ?? 0;
  return { marks: [...kept, { slot, last, count }], slot };
}

/** The place of the mark whose neighbours are closest, for how long ago it is. */
function leastMissed(marks: readonly SnapshotMark[], count: number): number {
  const gaps = marks.map((mark, index) => {
    if (mark.closes !== undefined) return Number.POSITIVE_INFINITY;
    const before = marks[index - 1]?.count ?? 0;
    const after = marks[index + 1]?.count ?? count;
    return (after - before) / (count - mark.count + 1);
  });
  return gaps.indexOf(Math.min(...gaps));
}

/** The mark that closes the past, where one does. */
export function closingOf(marks: readonly SnapshotMark[]): Required<SnapshotMark> | undefined {
  const [first] = marks;
  return first?.closes === undefined ? undefined : { ...first, closes: first.closes };
}

/** Whether a position is in the past that is closed. */
export function isClosed(marks: readonly SnapshotMark[], position: Position): boolean {
  const closing = closingOf(marks);
  return closing !== undefined && comparePositions(position, closing.last) <= 0;
}

/** The marks with the past closed up to an entry; those before it are needed no more. */
export function closePast(
  marks: readonly SnapshotMark[],
  last: Position,
  count: number,
): { readonly marks: readonly SnapshotMark[]; readonly slot: number } {
  const closes = closingOf(marks)?.closes ?? { erasedTo: null };
  const later = marks.filter((mark) => mark.closes === undefined && comparePositions(mark.last, last) > 0);
  return { marks: [{ slot: CLOSING_SLOT, last, count, closes }, ...later], slot: CLOSING_SLOT };
}

/** The marks, where words are erased in all of the closed past. */
export function erasedAll(marks: readonly SnapshotMark[]): readonly SnapshotMark[] {
  return marks.map((mark) => (mark.closes === undefined ? mark : { ...mark, closes: { erasedTo: mark.last } }));
}

/**
 * Of all places of a refolded stretch at which a snapshot is due, in order, those where one is taken: the last, and
 * others ever farther from it, so that the next late event finds one near, wherever it falls.
 */
export function snapshotPlaces(due: readonly number[]): readonly number[] {
  const steps = Array.from({ length: MOST_AT_ONCE }, (_, step) => Math.round(due.length ** (step / MOST_AT_ONCE)));
  const chosen = new Set(steps.map((back) => due.length - back));
  return due.filter((_, index) => chosen.has(index));
}
