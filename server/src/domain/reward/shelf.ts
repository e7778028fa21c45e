import type { RewardSource } from '@laurel/contract/types';

/** What there is of a catalogue item for whoever gives it as a reward. */
export interface Shelf {
  /** Whether it can be had at all: it is published, and valid by now. */
  readonly offered: boolean;
  /** How many are left; null for any number. */
  readonly left: number | null;
  /** Codes that nobody has; null where it comes without any. */
  readonly codes: readonly string[] | null;
}

/** What a reward wants of the catalogue. */
export interface ItemAsk {
  /** What gives it, unique in the player's history: it gives once, whichever entry brings it about. */
  readonly cause: string;
  readonly item: string;
  readonly quantity: number;
  readonly source: RewardSource;
}

/** Why an item is not given. */
export type ShelfRefusal = 'sold_out' | 'not_offered';

/** Where an item stands that nobody has put into the catalogue. */
export const NO_SHELF: Shelf = { offered: false, left: 0, codes: null };

/** Why a shelf does not bear so many; null where it does. */
function refusalOf({ offered, left, codes }: Shelf, quantity: number): ShelfRefusal | null {
  if (!offered) return 'not_offered';
  const isThere = (left === null || left >= quantity) && (codes === null || codes.length >= quantity);
  return isThere ? null : 'sold_out';
}

/** A shelf without so many, and the codes that go with them. */
export function takenFrom(shelf: Shelf, quantity: number): Shelf {
  return {
    ...shelf,
    left: shelf.left === null ? null : shelf.left - quantity,
    codes: shelf.codes === null ? null : shelf.codes.slice(quantity),
  };
}

/** Why the catalogue does not bear all that is asked of it together; null where it does. */
export function judgeItems(shelves: ReadonlyMap<string, Shelf>, items: readonly ItemAsk[]): ShelfRefusal | null {
  const open = new Map(shelves);
  for (const { item, quantity } of items) {
    const shelf = open.get(item) ?? NO_SHELF;
    const refusal = refusalOf(shelf, quantity);
    if (refusal !== null) return refusal;
    open.set(item, takenFrom(shelf, quantity));
  }
  return null;
}
