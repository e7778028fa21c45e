import type { GrantedReward, LedgerReason } from '@laurel/contract/types';

/**
 * An amount that an entry moved, by what caused it. A cause gives at most once in a history, whichever entry brings it
 * about: so what a refold gives can be held against what was given before.
 */
export interface Grant {
  /** Unique within the player: `rule:xp-per-lesson@evt_1#0`, `mission:weekly:2026-W48#0`. */
  readonly cause: string;
  readonly currency: string;
  /** Positive into the wallet. Never 0. */
  readonly amount: number;
  readonly reason: LedgerReason;
  /** What was rewarded, where the amount is a reward. */
  readonly source: GrantedReward['source'] | null;
}
