import type { LedgerReason, RewardSource } from '@laurel/contract/types';

/** Whether something was earned by playing: what is given by hand or as a prize was not. */
export function isEarned(source: RewardSource | null): boolean {
  return source !== null && source.kind !== 'grant' && source.kind !== 'prize';
}

/**
 * An amount that an entry moved, by what caused it. A cause gives at most once in a history, whichever entry brings it
 * about: so what a refold gives can be held against what was given before.
 */
export interface Grant {
  /** Unique within the player: `rule:xp-per-lesson@evt_1#0`, `mission:weekly:2026-W48#0`. */
  readonly cause: string;
  readonly currency: string;
  /** Positive into the account. Never 0. */
  readonly amount: number;
  readonly reason: LedgerReason;
  /** What was rewarded, where the amount is a reward. */
  readonly source: RewardSource | null;
  /** The level track that it is experience on, where it is. */
  readonly track?: string;
  /** The account that it moves, where it is not the wallet: what is held. */
  readonly account?: 'held';
  /** The account of the other leg; issuance where it is missing. */
  readonly counterparty?: string;
  /** Whether the other leg is written by whoever brings this about: in another player's history, or on a system account. */
  readonly alone?: boolean;
  /** The transaction that it is a leg of, where it is one that has an id of its own. */
  readonly transaction?: string;
  /** When it came about, where that was before the entry: in the time that passed. */
  readonly at?: string;
}
