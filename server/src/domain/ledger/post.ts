import type { LedgerReason } from '@laurel/contract/types';
import type { Grant } from '../fold/grant.ts';
import type { WalletState } from '../player.ts';
import { lookup } from '../record.ts';
import { credit, takeBack } from './wallet.ts';

/** The accounts that a posting moves an amount between, besides issuance: the player's wallet, and what they owe. */
export type PlayerAccount = 'wallet' | 'owed';

/** The player's leg of a ledger transaction; the other leg stands in the counterparty, and is written with it. */
export interface Posting {
  readonly currency: string;
  readonly account: PlayerAccount;
  /** Where the other leg stands. */
  readonly counterparty: 'issuance' | 'owed';
  /** Positive into the account. */
  readonly amount: number;
  /** What the wallet holds after it. */
  readonly balance: number;
  /** Its number among the player's postings of the currency, from 1 and without gaps. */
  readonly number: number;
  readonly reason: LedgerReason;
  /** The movement that it belongs to, by its place. */
  readonly movement: number;
  /** The late or voided event that changed what the reason gives, where one did. */
  readonly correctedBy: string | null;
  /** When the cause occurred. */
  readonly occurredAt: string;
}

/** An amount that is to move into or out of a wallet, and why. */
export interface Movement extends Pick<Grant, 'currency' | 'amount' | 'reason' | 'source'> {
  /** The entry of the history that is behind it. */
  readonly entry: string;
  readonly correctedBy: string | null;
  readonly occurredAt: string;
}

/** The wallets of a player, and how many postings each currency has had. */
export interface Accounts {
  readonly wallets: Readonly<Record<string, WalletState>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What posting came to. */
export interface Posted {
  readonly postings: readonly Posting[];
  readonly numbers: Readonly<Record<string, number>>;
}

/**
 * Posts movements on a player's accounts, in order. A balance never falls below zero: what is taken back and is not
 * there any more is posted on what the player owes, and whatever comes in later settles that first.
 * @throws RangeError where an amount would not stay exact, which the fold that made the movements rules out.
 */
export function post({ wallets, numbers }: Accounts, movements: readonly Movement[]): Posted {
  const open = new Map<string, WalletState>();
  const counts = new Map<string, number>();
  const postings: Posting[] = [];
  for (const [place, movement] of movements.entries()) {
    const { currency, amount } = movement;
    const before = open.get(currency) ?? lookup(wallets, currency) ?? { balance: 0, owed: 0 };
    const after = amount > 0 ? credit(before, amount) : takeBack(before, -amount);
    if (after === null) throw new RangeError(`${currency} would not stay exact`);
    open.set(currency, after);
    for (const line of linesOf(amount, before, after)) {
      if (line.amount === 0) continue;
      const number = (counts.get(currency) ?? lookup(numbers, currency) ?? 0) + 1;
      counts.set(currency, number);
      const { reason, correctedBy, occurredAt } = movement;
      postings.push({ ...line, currency, number, reason, movement: place, correctedBy, occurredAt });
    }
  }
  return { postings, numbers: { ...numbers, ...Object.fromEntries(counts) } };
}

type Line = Pick<Posting, 'account' | 'counterparty' | 'amount' | 'balance'>;

/** The lines of one movement; one of them is of amount 0 where nothing is owed. */
function linesOf(amount: number, before: WalletState, after: WalletState): readonly Line[] {
  if (amount > 0) {
    return [
      { account: 'wallet', counterparty: 'issuance', amount, balance: before.balance + amount },
      { account: 'wallet', counterparty: 'owed', amount: after.owed - before.owed, balance: after.balance },
    ];
  }
  const { balance } = after;
  return [
    { account: 'wallet', counterparty: 'issuance', amount: balance - before.balance, balance },
    { account: 'owed', counterparty: 'issuance', amount: before.owed - after.owed, balance },
  ];
}
