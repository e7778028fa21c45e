import { createHash } from 'node:crypto';
import type { LedgerEntry } from '@laurel/contract/types';
import type { Posting } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { ISSUANCE, saveMovement } from '../store/ledger.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';

/** The id of the transaction that a wallet's entry belongs to. It follows from the entry, so a dry run knows it too. */
function transactionOf(scope: Scope, userId: string, { currency, entry }: Posting): string {
  const place = JSON.stringify([scope.tenant, scope.workspace, userId, currency, entry]);
  return `txn_${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
}

/** The entry of a wallet that a posting makes; its other leg is the issuance account's. */
export function entryOf(scope: Scope, userId: string, posting: Posting): LedgerEntry {
  const { entry: _number, ...shown } = posting;
  const transaction = transactionOf(scope, userId, posting);
  return { id: `${transaction}.1`, transaction, counterparty: ISSUANCE, ...shown };
}

/** Writes both legs of each posting. */
export function savePostings(table: Table, scope: Scope, userId: string, postings: readonly Posting[]): Write[] {
  return postings.flatMap((posting) =>
    saveMovement(table, scope, userId, entryOf(scope, userId, posting), posting.entry),
  );
}
