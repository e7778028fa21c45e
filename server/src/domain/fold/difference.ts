import type { Movement } from '../ledger/post.ts';
import { later } from '../order.ts';
import { type Given, isClaimCause } from '../reward/give.ts';
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
  /** What is given besides amounts, or is to be claimed, and was not before; by the entry behind it. */
  readonly given: readonly { readonly entry: string; readonly given: Given }[];
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
  const movements = mergeCorrections(
    mergeExpiries(keys.flatMap((key) => movementOf(before.get(key), after.get(key), because))),
  );
  const marksBefore = new Set(changes.flatMap((change) => change.before?.marks ?? []));
  const marksAfter = new Set(changes.flatMap((change) => change.after?.marks ?? []));
  return {
    movements: [...movements.filter(({ amount }) => amount > 0), ...movements.filter(({ amount }) => amount < 0)],
    given: givenAnew(changes, because),
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
  const { cause, amount: _amount, at, ...leg } = grant;
  const behind = isNew ? entry.id : (because ?? entry.id);
  const correctedBy = behind === entry.id ? null : behind;
  const claimed = isClaimCause(cause) ? { claimed: true as const } : {};
  return [{ ...leg, amount, entry: behind, correctedBy, occurredAt: at ?? entry.occurredAt, ...claimed }];
}

/** What expired of a currency is one movement, however many days it was due on: a year of days is one line. */
function mergeExpiries(movements: readonly Movement[]): Movement[] {
  const merged = new Map<string, Movement>();
  for (const [place, movement] of movements.entries()) {
    const { currency, amount, entry, reason, occurredAt } = movement;
    const key = reason.kind === 'expiry' ? `${entry} ${amount > 0} ${currency}` : String(place);
    const known = merged.get(key);
    const sum = known === undefined ? movement : { ...known, amount: known.amount + amount };
    merged.set(key, known === undefined ? sum : { ...sum, occurredAt: later(known.occurredAt, occurredAt) });
  }
  return [...merged.values()];
}

/** So many corrections of what others gave stand in the ledger by themselves; a transaction holds 100 writes. */
const MOST_CORRECTIONS = 15;

/** What one late or voided event changes of very much: one line for each currency, in and out, that names the event. */
function mergeCorrections(movements: readonly Movement[]): Movement[] {
  const isPlain = ({ correctedBy, account, transaction, alone }: Movement) =>
    correctedBy !== null && account === undefined && transaction === undefined && alone === undefined;
  const plain = movements.filter(isPlain);
  if (plain.length <= MOST_CORRECTIONS) return [...movements];
  const groups = Map.groupBy(plain, ({ currency, amount, counterparty }) =>
    JSON.stringify([currency, amount > 0, counterparty ?? null]),
  );
  const merged = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const amount = group.reduce((sum, movement) => sum + movement.amount, 0);
    const occurredAt = group.reduce((latest, movement) => later(latest, movement.occurredAt), first.occurredAt);
    return [{ ...first, amount, occurredAt, source: null, reason: { kind: 'correction', of: group.length } as const }];
  });
  return [...movements.filter((movement) => !isPlain(movement)), ...merged];
}

/** What the new fold gives besides amounts, by causes that gave nothing before. */
function givenAnew(changes: readonly Change[], because: string | null): Difference['given'] {
  const before = new Set(changes.flatMap((change) => (change.before?.given ?? []).map(({ cause }) => cause)));
  return changes.flatMap(({ entry, before: was, after }) => {
    const behind = was === null ? entry.id : (because ?? entry.id);
    const anew = (after?.given ?? []).filter(({ cause }) => !before.has(cause));
    return anew.map((given) => ({ entry: behind, given }));
  });
}
