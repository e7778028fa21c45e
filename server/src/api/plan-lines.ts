import { type Change, compareText, type Folded, type RecordMap } from '../domain/index.ts';
import type { HistoryLine } from '../store/history.ts';
import type { PlayerView } from './player-view.ts';

/** What is kept of a turn, without what only its receipt tells. */
export function foldedOf({ granted, given = [], marks, moves = [], touched }: Folded): Folded {
  return {
    granted,
    ...(given.length === 0 ? {} : { given }),
    marks,
    ...(moves.length === 0 ? {} : { moves }),
    touched,
  };
}

/** Lines of before that come to something else now, or to the same by other ways, or were given answers. */
export function changedLines(changes: readonly Change[], answered: ReadonlySet<string>): HistoryLine[] {
  return changes.flatMap(({ entry, before, after }) => {
    if (before === null || after === null) return [];
    const folded = foldedOf(after);
    const same = JSON.stringify(folded) === JSON.stringify(foldedOf(before));
    return same && !answered.has(entry.id) ? [] : [{ entry, folded, voided: null }];
  });
}

/** The records that are not stored as they stand now. */
export async function changedRecords(view: PlayerView, records: RecordMap): Promise<RecordMap> {
  const stored = await view.records([...records.keys()]);
  return new Map([...records].filter(([ref, { record }]) => canonical(record) !== canonical(stored.get(ref) ?? null)));
}

/** A record as text that does not depend on the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => compareText(a, b)))
      : part,
  );
}
