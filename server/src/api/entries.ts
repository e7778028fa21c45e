import { createHash } from 'node:crypto';
import type { LedgerEntry } from '@laurel/contract/types';
import { owedAccount, type Posting } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { saveMovement } from '../store/ledger.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';

/** The id of the transaction that a posting is. It follows from the posting, so a dry run knows it too. */
function transactionOf(scope: Scope, userId: string, { currency, number }: Posting): string {
  const place = JSON.stringify([scope.tenant, scope.workspace, userId, currency, number]);
  return `txn_${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
}

/** A posting as the entry that the caller sees; its other leg is the counterparty's. */
export function entryOf(scope: Scope, userId: string, posting: Posting, postedAt: string): LedgerEntry {
  const { currency, amount, balance, reason, correctedBy, occurredAt, counterparty } = posting;
  const own = transactionOf(scope, userId, posting);
  return {
    id: `${own}.1`,
    transaction: posting.transaction ?? own,
    currency,
    amount,
    balance,
    counterparty: 'named' in counterparty ? counterparty.named : owedAccount(userId),
    reason,
    correctedBy,
    occurredAt,
    postedAt,
  };
}

/** The entries of a player's wallets among postings; what is posted on their debts alone is none of them. */
export function walletEntries(
  scope: Scope,
  userId: string,
  postings: readonly Posting[],
  postedAt: string,
): LedgerEntry[] {
  const ofWallets = postings.filter(({ account }) => account === 'wallet');
  return ofWallets.map((posting) => entryOf(scope, userId, posting, postedAt));
}

/** Writes both legs of each posting. */
export function savePostings(
  table: Table,
  scope: Scope,
  userId: string,
  postings: readonly Posting[],
  postedAt: string,
): Write[] {
  return postings.flatMap((posting) =>
    saveMovement(table, scope, userId, {
      account: posting.account,
      entry: entryOf(scope, userId, posting, postedAt),
      number: posting.number,
      alone: posting.alone,
    }),
  );
}
