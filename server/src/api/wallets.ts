import type { Contract } from '@laurel/contract';
import type { Wallet } from '@laurel/contract/types';
import { type ClaimRecord, openClaims, playerAt, walletOf } from '../domain/index.ts';
import { listEntries } from '../store/ledger.ts';
import { getSheet, type Sheet } from '../store/players.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { notFound } from './problem.ts';
import { playerOf } from './reader.ts';

async function assertCurrency(call: CallContext, currency: string): Promise<void> {
  const { ruleset } = await call.platform.rulebooks(call.scope);
  if (!ruleset.currencies.has(currency)) throw notFound();
}

/** What a player has of each currency. */
export async function walletPage(
  call: CallContext & { readonly query: { readonly limit: number; readonly cursor?: string | undefined } },
  userId: string,
): Promise<{ items: Wallet[]; nextCursor: string | null }> {
  const sheet = await getSheet(call.platform.table, call.scope, userId);
  const filters = { user: userId };
  const list = listingOf(walletsOf(sheet, call.now), reachOf(call, filters), ({ currency }) => currency);
  return pageOf(call, filters, list, (wallet) => wallet);
}

/** A wallet as it is now: what fell due and was not posted yet has happened. */
function walletIn({ state }: Sheet, currency: string, now: string): Wallet {
  const { balance, owed, held = 0 } = walletOf(playerAt(state, now), currency);
  return { currency, available: balance, held, pending: pendingOf(openClaims(state, now), currency), owed };
}

/** What claims that are open hold of a currency. */
function pendingOf(claims: readonly ClaimRecord[], currency: string): number {
  return claims.reduce((sum, { reward }) => {
    return reward.kind === 'currency' && reward.currency === currency ? sum + reward.amount : sum;
  }, 0);
}

/** Every wallet that a player has, by currency, and those that hold nothing but what is to be claimed. */
export function walletsOf(sheet: Sheet, now: string): Wallet[] {
  const claimed = openClaims(sheet.state, now).flatMap(({ reward }) =>
    reward.kind === 'currency' ? [reward.currency] : [],
  );
  return [...new Set([...Object.keys(sheet.state.wallets), ...claimed])]
    .toSorted()
    .map((currency) => walletIn(sheet, currency, now));
}

export const wallets: Handlers<Contract['app']['wallets']> = {
  async list(call) {
    const user = await playerOf(call);
    return { body: await walletPage(call, user.id) };
  },

  async get(call) {
    const user = await playerOf(call);
    const { currency } = call.params;
    await assertCurrency(call, currency);
    const sheet = await getSheet(call.platform.table, call.scope, user.id);
    return { body: walletIn(sheet, currency, call.now) };
  },

  async entries(call) {
    const user = await playerOf(call);
    const { currency } = call.params;
    await assertCurrency(call, currency);
    const filters = { user: user.id, currency };
    const found = await listEntries(call.platform.table, call.scope, user.id, currency, reachOf(call, filters));
    return { body: pageOf(call, filters, found, (entry) => entry) };
  },
};
