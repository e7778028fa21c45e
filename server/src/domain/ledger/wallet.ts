import { addAmounts } from '../amount.ts';
import type { WalletState } from '../player.ts';

/** A wallet after a credit, which settles what is owed first; null where the balance would not stay exact. */
export function credit({ balance, owed }: WalletState, amount: number): WalletState | null {
  const settled = Math.min(owed, amount);
  const sum = addAmounts(balance, amount - settled);
  return sum === null ? null : { balance: sum, owed: owed - settled };
}

/**
 * A wallet after an amount was taken back. A balance is never below zero: what is not there any more, since it was
 * spent, is owed from then on. Null where what is owed would not stay exact.
 */
export function takeBack({ balance, owed }: WalletState, amount: number): WalletState | null {
  const there = Math.min(balance, amount);
  const short = addAmounts(owed, amount - there);
  return short === null ? null : { balance: balance - there, owed: short };
}
