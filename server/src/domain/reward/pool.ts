import { addAmounts } from '../amount.ts';
import { lookup } from '../record.ts';
import { type ItemAsk, judgeItems, type Shelf, type ShelfRefusal } from './shelf.ts';

/** That a rule with a budget paid, with what was drawn of it by currency: no refold gives more. */
export interface PaidOfBudget {
  readonly paid: Readonly<Record<string, number>>;
}

/** Why what takes of something that all players share is not given. */
export type PoolRefusal = 'budget_exhausted' | 'cap_reached' | ShelfRefusal;

/** Whether what takes of something that all players share was given, as it was decided when it came in. */
export type PoolVerdict = 'paid' | PaidOfBudget | PoolRefusal;

/** Whether a verdict is that it was given. */
export function isPaid(verdict: PoolVerdict): verdict is 'paid' | PaidOfBudget {
  return verdict === 'paid' || typeof verdict === 'object';
}

/** The verdicts that an entry was given, by what they are about. */
export type PoolVerdicts = Readonly<Record<string, PoolVerdict>>;

/** What a rule has paid all players so far. */
export interface Pool {
  /** How often. */
  readonly paid: number;
  /** By currency. */
  readonly spent: Readonly<Record<string, number>>;
}

/**
 * What is wanted of what all players share, a rule's pool and the catalogue, and how far that goes: the shell answers it,
 * once for ever.
 */
export interface PoolAsk {
  /** What it is about, unique in the player's history: `xp-per-lesson@evt_1`, `mission:weekly:2026-W48#0`. */
  readonly key: string;
  /** The rule whose pool it is about; null where a mission, a level or the like asks, which have none. */
  readonly rule: string | null;
  /** How often the rule pays at most; null where that has no bound. */
  readonly total: number | null;
  /** What it gives of each currency that has a budget, which may be nothing, and the budget. */
  readonly amounts: readonly { readonly currency: string; readonly amount: number; readonly budget: number }[];
  /** What it gives of the catalogue at once: what is to be claimed is asked for then. */
  readonly items: readonly ItemAsk[];
}

/** Nothing paid yet. */
export const UNTOUCHED: Pool = { paid: 0, spent: {} };

/** Whether a pool and the catalogue bear what is asked of them: wholly, or not at all. */
export function judgeAsk(
  { paid, spent }: Pool,
  shelves: ReadonlyMap<string, Shelf>,
  { total, amounts, items }: PoolAsk,
): PoolVerdict {
  if (total !== null && paid >= total) return 'cap_reached';
  // Compared by what is left, so that no sum leaves the range of exact integers.
  const bears = amounts.every(({ currency, amount, budget }) => amount <= budget - (lookup(spent, currency) ?? 0));
  if (!bears) return 'budget_exhausted';
  const refusal = judgeItems(shelves, items);
  if (refusal !== null || amounts.length === 0) return refusal ?? 'paid';
  return { paid: Object.fromEntries(amounts.map(({ currency, amount }) => [currency, amount])) };
}

/** A pool after it paid. */
export function drawn({ paid, spent }: Pool, { amounts }: PoolAsk): Pool {
  const more = amounts.map(({ currency, amount }) => {
    const sum = addAmounts(lookup(spent, currency) ?? 0, amount);
    if (sum === null) throw new RangeError(`what is spent of ${currency} would not stay exact`);
    return [currency, sum] as const;
  });
  return { paid: paid + 1, spent: { ...spent, ...Object.fromEntries(more) } };
}
