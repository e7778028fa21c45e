import type { Laurel } from '@laurel/sdk/server';
import { expect } from 'vitest';

/** Credits an amount to a player, by hand. */
export function credit(laurel: Laurel, userId: string, currency: string, amount: number) {
  return laurel.ledger.create({ kind: 'credit', legs: [{ userId, currency, amount }], note: 'a credit' });
}

/** Takes an amount from a player, by hand. */
export function debit(laurel: Laurel, userId: string, currency: string, amount: number) {
  return laurel.ledger.create({ kind: 'debit', legs: [{ userId, currency, amount }], note: 'a debit' });
}

/** What a player can spend. */
export async function available(laurel: Laurel, userId: string, currency: string): Promise<number> {
  return (await laurel.as({ userId }).wallets.get(currency)).available;
}

/**
 * The laws that hold at any time, for some players and a currency: every leg adds up to zero; what the proof counts is
 * what the wallets say; each entry follows from the one before it, and none is below zero; a statement adds up.
 */
export async function checkLaws(laurel: Laurel, players: readonly string[], currency: string): Promise<void> {
  const proofs = await laurel.ledger.proof().toArray({ max: 10_000 });
  const proof = proofs.find((one) => one.currency === currency);
  expect(proof).toMatchObject({ sum: 0, balanced: true });
  const totals = { outstanding: 0, held: 0, owed: 0 };
  for (const userId of players) {
    const { wallets } = laurel.as({ userId });
    const wallet = await wallets.get(currency);
    const entries = (await wallets.entries(currency, { limit: 200 }).toArray({ max: 10_000 })).toReversed();
    let sum = 0;
    for (const { amount, balance } of entries) {
      sum += amount;
      expect(balance).toBe(sum);
      expect(balance).toBeGreaterThanOrEqual(0);
    }
    expect(wallet.available).toBe(sum);
    expect(wallet.available === 0 || wallet.owed === 0).toBe(true);
    totals.outstanding += sum;
    totals.held += wallet.held;
    totals.owed += wallet.owed;
    const statement = await laurel.ledger.statement({ account: `user:${userId}`, currency });
    expect(statement).toMatchObject({ opening: 0, closing: sum });
    expect(statement.entries.map(({ amount }) => amount)).toEqual(entries.map(({ amount }) => amount));
  }
  expect(proof).toMatchObject(totals);
}
