import type { Contract } from '@laurel/contract';
import { walletOf } from '../domain/index.ts';
import { listEntries } from '../store/ledger.ts';
import { getSheet } from '../store/players.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { notFound } from './problem.ts';
import { playerOf } from './reader.ts';

async function assertCurrency(call: CallContext, currency: string): Promise<void> {
  const { ruleset } = await call.platform.rulebooks(call.scope);
  if (!ruleset.currencies.has(currency)) throw notFound();
}

export const wallets: Handlers<Contract['app']['wallets']> = {
  async list(call) {
    const user = await playerOf(call);
    const sheet = await getSheet(call.platform.table, call.scope, user.id);
    const filters = { user: user.id };
    const currencies = Object.keys(sheet.wallets).toSorted();
    const list = listingOf(currencies, reachOf(call, filters), (currency) => currency);
    return {
      body: pageOf(call, filters, list, (currency) => ({ currency, available: walletOf(sheet, currency).balance })),
    };
  },

  async get(call) {
    const user = await playerOf(call);
    const { currency } = call.params;
    await assertCurrency(call, currency);
    const sheet = await getSheet(call.platform.table, call.scope, user.id);
    return { body: { currency, available: walletOf(sheet, currency).balance } };
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
