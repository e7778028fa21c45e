import type { LedgerReason } from '@laurel/contract/types';
import { addAmounts } from '../amount.ts';
import { type PlayerState, type WalletState, walletOf } from '../player.ts';
import { withEntries } from '../record.ts';
import type { Refusal } from '../refusal.ts';

/** The player's leg of a ledger transaction; the other leg stands in the account that pays, and is written with it. */
export interface Posting {
  readonly currency: string;
  /** Positive into the wallet. */
  readonly amount: number;
  /** What the wallet holds after it. */
  readonly balance: number;
  /** Its number in the wallet, from 1 and without gaps. */
  readonly entry: number;
  readonly reason: LedgerReason;
  /** When the cause occurred. */
  readonly occurredAt: string;
  /** When it was decided. */
  readonly postedAt: string;
}

/** What posting came to. */
export type Posted =
  | { readonly kind: 'posted'; readonly wallets: PlayerState['wallets']; readonly postings: readonly Posting[] }
  | Refusal;

/** An amount that is to move into a player's wallet, and why. */
export interface Movement {
  readonly currency: string;
  readonly amount: number;
  readonly reason: LedgerReason;
}

/** Posts each movement on the player's wallet, in order; refused as a whole where a balance would not stay exact. */
export function post(
  player: Pick<PlayerState, 'wallets'>,
  movements: readonly Movement[],
  occurredAt: string,
  now: string,
): Posted {
  const changed = new Map<string, WalletState>();
  const postings: Posting[] = [];
  for (const { currency, amount, reason } of movements) {
    const wallet = changed.get(currency) ?? walletOf(player, currency);
    const balance = addAmounts(wallet.balance, amount);
    if (balance === null) {
      const detail = `${amount} more of ${currency} would take the balance beyond ${Number.MAX_SAFE_INTEGER}`;
      return { kind: 'refused', code: 'amount_overflow', detail };
    }
    const entry = wallet.entries + 1;
    changed.set(currency, { balance, entries: entry });
    postings.push({ currency, amount, balance, entry, reason, occurredAt, postedAt: now });
  }
  return { kind: 'posted', wallets: withEntries(player.wallets, changed), postings };
}
