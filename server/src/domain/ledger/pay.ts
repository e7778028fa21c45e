import type { LedgerReason, Price } from '@laurel/contract/types';
import type { Turn } from '../fold/turn.ts';
import { SINK } from './accounts.ts';
import { takeOut } from './move.ts';

/**
 * Takes a price that belongs to an act of another kind. Whoever decides the act first refuses it where the wallets do
 * not bear it (`breaches`); in a refold what is missing is owed.
 */
export function pay(turn: Turn, price: readonly Price[], reason: LedgerReason): void {
  for (const [index, { currency, amount }] of price.entries()) {
    takeOut(turn, index, currency, amount);
    const cause = `act:${turn.entry.id}#${index}`;
    turn.granted.push({ cause, currency, amount: -amount, reason, source: null, counterparty: SINK });
  }
}
