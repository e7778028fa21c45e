import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import {
  LedgerCapture,
  LedgerHold,
  LedgerProof,
  LedgerReverse,
  LedgerStatement,
  LedgerStatementQuery,
  LedgerTransaction,
  LedgerTransactionCreate,
} from './schema.ts';

const params = z.strictObject({ id: Id.meta({ example: 'txn_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }) });
const holdParams = z.strictObject({ id: Id.meta({ example: 'hld_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }) });
const write = changes('dashboard', 'ledger', 'author');

export const ledger = c.router({
  create: {
    method: 'POST',
    path: '/ledger/transactions',
    summary: 'Post a transaction',
    description:
      'Posts up to 20 legs over players and system accounts, all or nothing. Nobody is taken more than they have: `insufficient_funds` points at the leg.',
    body: LedgerTransactionCreate,
    responses: { 201: LedgerTransaction },
    metadata: write,
  },
  list: {
    method: 'GET',
    path: '/ledger/transactions',
    summary: 'List transactions',
    description: 'The transactions that somebody asked for, the latest first. What events move is in their effects.',
    query: PageQuery.extend({
      userId: Id.optional().meta({ description: 'Those with a leg on the wallet of this player.' }),
      kind: z.string().max(40).optional().meta({ description: 'Those of this kind.', example: 'credit' }),
    }),
    responses: { 200: page('LedgerTransactionPage', LedgerTransaction) },
    metadata: reads('dashboard', 'ledger'),
  },
  get: {
    method: 'GET',
    path: '/ledger/transactions/:id',
    pathParams: params,
    summary: 'Get a transaction',
    description: 'One transaction that somebody asked for.',
    responses: { 200: LedgerTransaction },
    metadata: reads('dashboard', 'ledger'),
  },
  reverse: {
    method: 'POST',
    path: '/ledger/transactions/:id/reverse',
    pathParams: params,
    summary: 'Reverse a transaction',
    description:
      'Posts the opposite of a credit, a debit, a transfer, a grant by hand or a capture, or of a redemption that was paid at once; once for ever. What was captured comes back into the wallet. Where it paid for a redemption, that is cancelled: the item goes back into stock, unless it came with a code, which the player has seen. What a player has spent meanwhile is owed.',
    body: LedgerReverse,
    responses: { 201: LedgerTransaction },
    metadata: write,
  },
  getHold: {
    method: 'GET',
    path: '/ledger/holds/:id',
    pathParams: holdParams,
    summary: 'Get a hold',
    description: 'One amount that is or was set aside, as it stands now.',
    responses: { 200: LedgerHold },
    metadata: reads('dashboard', 'ledger'),
  },
  capture: {
    method: 'POST',
    path: '/ledger/holds/:id/capture',
    pathParams: holdParams,
    summary: 'Capture a hold',
    description: 'Takes part of what is held, or all of it. What is left stays held.',
    body: LedgerCapture,
    responses: { 200: LedgerHold },
    metadata: write,
  },
  release: {
    method: 'POST',
    path: '/ledger/holds/:id/release',
    pathParams: holdParams,
    summary: 'Release a hold',
    description: 'Gives back what is left of it.',
    body: c.noBody(),
    responses: { 200: LedgerHold },
    metadata: write,
  },
  statement: {
    method: 'GET',
    path: '/ledger/statement',
    summary: 'State an account',
    description: 'What an account held, what moved it in an interval, and what it held then; at most 2,000 entries.',
    query: LedgerStatementQuery,
    responses: { 200: LedgerStatement },
    metadata: reads('dashboard', 'ledger', { rate: 'bulk' }),
  },
  proof: {
    method: 'GET',
    path: '/ledger/proof',
    summary: 'Prove that the ledger is balanced',
    description: 'Adds up every leg of every currency. Each sum must be zero.',
    query: PageQuery,
    responses: { 200: page('LedgerProofPage', LedgerProof) },
    metadata: reads('dashboard', 'ledger', { rate: 'bulk' }),
  },
});
