import { addAmounts } from '../amount.ts';
import { lookup } from '../record.ts';

/** Whether a rule that shares something among all players paid, as it was decided when it came in. */
export type PoolVerdict = 'paid' | 'budget_exhausted' | 'cap_reached';

/** The verdicts that an entry was given, by what they are about. */
export type PoolVerdicts = Readonly<Record<string, PoolVerdict>>;

/** What a rule has paid all players so far. */
export interface Pool {
  /** How often. */
  readonly paid: number;
  /** By currency. */
  readonly spent: Readonly<Record<string, number>>;
}

/** What a rule wants of its pool, and how far that goes: the shell answers it, once for ever. */
export interface PoolAsk {
  /** What it is about, unique in the player's history: `xp-per-lesson@evt_1`. */
  readonly key: string;
  readonly rule: string;
  /** How often the rule pays at most; null where that has no bound. */
  readonly total: number | null;
  /** What it gives of each currency that has a budget, and the budget. */
  readonly amounts: readonly { readonly currency: string; readonly amount: number; readonly budget: number }[];
}

/** Nothing paid yet. */
export const UNTOUCHED: Pool = { paid: 0, spent: {} };

/** Whether a pool bears what is asked of it: wholly, or not at all. */
export function judgeAsk({ paid, spent }: Pool, { total, amounts }: PoolAsk): PoolVerdict {
  if (total !== null && paid >= total) return 'cap_reached';
  // Compared by what is left, so that no sum leaves the range of exact integers.
  const bears = amounts.every(({ currency, amount, budget }) => amount <= budget - (lookup(spent, currency) ?? 0));
  return bears ? 'paid' : 'budget_exhausted';
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
