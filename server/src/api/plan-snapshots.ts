import {
  dropSnapshots,
  type Entry,
  keepSnapshot,
  type PlayerState,
  type Position,
  positionOf,
  SNAPSHOT_EVERY,
  type SnapshotMark,
  type Stretch,
  snapshotPlaces,
} from '../domain/index.ts';
import type { Sheet } from '../store/players.ts';

/** Which snapshots are true after a change, and before which of its entries new ones are taken, with their slots. */
export function planSnapshots(
  sheet: Sheet,
  first: Position,
  count: number,
  entries: readonly Entry[],
): { readonly marks: readonly SnapshotMark[]; readonly places: ReadonlyMap<number, number> } {
  let marks = dropSnapshots(sheet.snapshots, first);
  let since = marks.at(-1)?.count ?? 0;
  const due: number[] = [];
  for (const place of entries.keys()) {
    if (count + place - since < SNAPSHOT_EVERY) continue;
    due.push(place);
    since = count + place;
  }
  const places = new Map<number, number>();
  for (const place of snapshotPlaces(due)) {
    const before = entries[place - 1];
    const last = before === undefined ? sheet.last : positionOf(before);
    if (last === null) continue;
    const kept = keepSnapshot(marks, last, count + place);
    marks = kept.marks;
    places.set(place, kept.slot);
  }
  return { marks, places };
}

/** The snapshots that were asked for, by slot. */
export function snapshotsTaken(
  places: ReadonlyMap<number, number>,
  { before }: Stretch,
): ReadonlyMap<number, PlayerState> {
  return new Map(
    [...places].flatMap(([place, slot]) => {
      const state = before.get(place);
      return state === undefined ? [] : [[slot, state] as const];
    }),
  );
}
