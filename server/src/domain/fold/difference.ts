import type { Movement } from '../ledger/post.ts';
import type { Folded, Outcome } from './decide.ts';
import type { Entry } from './entry.ts';
import type { Grant } from './grant.ts';

/** One entry as it was folded before, and as it is now; null is one that was not in the history, or is not any more. */
export interface Change {
  readonly entry: Entry;
  readonly before: Folded | null;
  readonly after: Outcome | null;
}

/** What another fold of the same stretch gives more and less. */
export interface Difference {
  readonly movements: readonly Movement[];
  /** Marks that were not there before, and those that are not there any more. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** A grant and the entry that brings it about. */
interface Placed {
  readonly grant: Grant;
  readonly entry: Entry;
  /** Whether the entry was not in the history before. */
  readonly isNew: boolean;
}

/**
 * What is to be posted so that a player has what the new fold gives. Grants are held against one another by cause: that
 * a mission is completed by another event than before moves nothing. What comes in is posted before what goes out, so
 * that nobody owes for a moment what the same correction gives.
 * @param because the late or voided event behind the new fold; null where the history only grew at its end
 */
export function differenceOf(changes: readonly Change[], because: string | null): Difference {
  const before = placed(changes, 'before');
  const after = placed(changes, 'after');
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const movements = keys.flatMap((key) => movementOf(before.get(key), after.get(key), because));
  const marksBefore = new Set(changes.flatMap((change) => change.before?.marks ?? []));
  const marksAfter = new Set(changes.flatMap((change) => change.after?.marks ?? []));
  return {
    movements: [...movements.filter(({ amount }) => amount > 0), ...movements.filter(({ amount }) => amount < 0)],
    gained: [...marksAfter].filter((mark) => !marksBefore.has(mark)),
    lost: [...marksBefore].filter((mark) => !marksAfter.has(mark)),
  };
}

function placed(changes: readonly Change[], side: 'before' | 'after'): Map<string, Placed> {
  return new Map(
    changes.flatMap((change) =>
      (change[side]?.granted ?? []).map(
        (grant) =>
          [`${grant.cause} ${grant.currency}`, { grant, entry: change.entry, isNew: change.before === null }] as const,
      ),
    ),
  );
}

function movementOf(before: Placed | undefined, after: Placed | undefined, because: string | null): Movement[] {
  const source = after ?? before;
  if (source === undefined) return [];
  const amount = (after?.grant.amount ?? 0) - (before?.grant.amount ?? 0);
  if (amount === 0) return [];
  const { grant, entry, isNew } = source;
  const { currency, reason } = grant;
  const behind = isNew ? entry.id : (because ?? entry.id);
  const correctedBy = behind === entry.id ? null : behind;
  return [{ currency, amount, reason, source: grant.source, entry: behind, correctedBy, occurredAt: entry.occurredAt }];
}
