import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { LedgerEntry, Wallet, WalletPage } from './schema.ts';

const params = z.strictObject({ currency: Id });

export const wallets = c.router({
  list: {
    method: 'GET',
    path: '/wallets',
    summary: 'List my wallets',
    description: 'What I have of each currency, by currency.',
    query: PageQuery,
    responses: { 200: WalletPage },
    metadata: reads('app', 'wallets'),
  },
  get: {
    method: 'GET',
    path: '/wallets/:currency',
    pathParams: params,
    summary: 'Get one wallet of mine',
    description: 'What I have of one currency; zero before the first movement.',
    responses: { 200: Wallet },
    metadata: reads('app', 'wallets'),
  },
  entries: {
    method: 'GET',
    path: '/wallets/:currency/entries',
    pathParams: params,
    summary: "List a wallet's movements",
    description: 'The movements in one wallet, the latest first.',
    query: PageQuery,
    responses: { 200: page('LedgerEntryPage', LedgerEntry) },
    metadata: reads('app', 'wallets'),
  },
});
