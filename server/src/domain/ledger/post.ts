import type { LedgerReason } from '@laurel/contract/types';
import type { Grant } from '../fold/grant.ts';
import type { WalletState } from '../player.ts';
import { lookup } from '../record.ts';
import { ISSUANCE } from './accounts.ts';
import { credit, takeBack } from './wallet.ts';

/** The accounts of a player: their wallet, what is held, and what they owe. */
export type PlayerAccount = 'wallet' | 'held' | 'owed';

/** The player's leg of a ledger transaction; the other leg stands in the counterparty, and is written with it. */
export interface Posting {
  readonly currency: string;
  readonly account: PlayerAccount;
  /** Where the other leg stands: the player's own debts, or the account of this name. */
  readonly counterparty: { readonly own: 'owed' } | { readonly named: string };
  /** Whether the other leg is written by somebody else, in the same transaction. */
  readonly alone: boolean;
  /** Positive into the account. */
  readonly amount: number;
  /** What the wallet holds after it. */
  readonly balance: number;
  /** Its number among the player's postings of the currency, from 1 and without gaps. */
  readonly number: number;
  readonly reason: LedgerReason;
  /** The transaction that it is part of, where it has an id of its own. */
  readonly transaction: string | null;
  /** The movement that it belongs to, by its place. */
  readonly movement: number;
  /** The late or voided event that changed what the reason gives, where one did. */
  readonly correctedBy: string | null;
  /** When the cause occurred. */
  readonly occurredAt: string;
}

/** An amount that is to move into or out of an account of a player, and why. */
export interface Movement
  extends Pick<
    Grant,
    'currency' | 'amount' | 'reason' | 'source' | 'track' | 'account' | 'counterparty' | 'alone' | 'transaction'
  > {
  /** The entry of the history that is behind it. */
  readonly entry: string;
  readonly correctedBy: string | null;
  readonly occurredAt: string;
  /** Whether it is what a player claimed, of which was told when they came to have the claim. */
  readonly claimed?: true;
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
    const { currency } = movement;
    const before = open.get(currency) ?? lookup(wallets, currency) ?? { balance: 0, owed: 0 };
    const after = walletAfter(before, movement);
    if (after === null) throw new RangeError(`${currency} would not stay exact`);
    open.set(currency, after);
    for (const line of linesOf(movement, before, after)) {
      if (line.amount === 0) continue;
      const number = (counts.get(currency) ?? lookup(numbers, currency) ?? 0) + 1;
      counts.set(currency, number);
      const { reason, correctedBy, occurredAt, transaction = null } = movement;
      postings.push({ ...line, currency, number, reason, transaction, movement: place, correctedBy, occurredAt });
    }
  }
  return { postings, numbers: { ...numbers, ...Object.fromEntries(counts) } };
}

function walletAfter(before: WalletState, { account, amount }: Movement): WalletState | null {
  if (account === 'held') return before;
  return amount > 0 ? credit(before, amount) : takeBack(before, -amount);
}

type Line = Pick<Posting, 'account' | 'counterparty' | 'alone' | 'amount' | 'balance'>;

/** The lines of one movement; one of them is of amount 0 where nothing is owed. */
function linesOf(movement: Movement, before: WalletState, after: WalletState): readonly Line[] {
  const { amount, account, alone = false } = movement;
  const { balance } = after;
  const side = { counterparty: { named: movement.counterparty ?? ISSUANCE }, alone };
  if (account === 'held') return [{ account, ...side, amount, balance }];
  if (amount > 0) {
    const settled = after.owed - before.owed;
    return [
      { account: 'wallet', ...side, amount, balance: before.balance + amount },
      { account: 'wallet', counterparty: { own: 'owed' }, alone: false, amount: settled, balance },
    ];
  }
  return [
    { account: 'wallet', ...side, amount: balance - before.balance, balance },
    { account: 'owed', ...side, amount: before.owed - after.owed, balance },
  ];
}
