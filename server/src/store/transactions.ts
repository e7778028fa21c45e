import type { LedgerTransaction } from '@laurel/contract/ledger/schema';
import { putNew, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach } from './listing.ts';
import { indexKeyOf, type Key, keyOf, type Scope } from './scope.ts';
import { getItem, type Item, queryShards, recordOf, shardOf, type Table } from './table.ts';

function transactionKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['TXN', id], ['TRANSACTION']);
}

function listKey(scope: Scope, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['TXNS', String(shard)], sort);
}

function transactionOf(item: Item): LedgerTransaction {
  const { reversedBy } = item;
  // What was kept before transactions named redemptions names none.
  const record = recordOf<Omit<LedgerTransaction, 'redemption'> & Partial<Pick<LedgerTransaction, 'redemption'>>>(item);
  return { redemption: null, ...record, reversedBy: typeof reversedBy === 'string' ? reversedBy : null };
}

/** Keeps a transaction, for ever as it is. */
export function saveTransaction(table: Table, scope: Scope, transaction: LedgerTransaction): Write {
  const { id, createdAt } = transaction;
  const index = listKey(scope, shardOf(id), [createdAt, id]);
  return { item: putNew(table, { ...transactionKey(scope, id), ...index, record: transaction }) };
}

/** Says which transaction reversed another: the first, and no other ever. */
export function saveReversal(table: Table, scope: Scope, id: string, by: string): Write<'already_reversed'> {
  const { pk, sk } = transactionKey(scope, id);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #by = :by',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#by)',
        ExpressionAttributeNames: { '#by': 'reversedBy' },
        ExpressionAttributeValues: { ':by': by },
      },
    },
    refusal: 'already_reversed',
  };
}

/** Reads a transaction. */
export async function getTransaction(table: Table, scope: Scope, id: string): Promise<LedgerTransaction | undefined> {
  const item = await getItem(table, transactionKey(scope, id));
  return item && transactionOf(item);
}

/** Lists transactions, the latest first. */
export function listTransactions(
  table: Table,
  scope: Scope,
  reach: Reach,
  keep: (transaction: LedgerTransaction) => boolean,
): Promise<Listing<LedgerTransaction>> {
  return filteredListing(
    reach,
    (limit, after) =>
      queryShards(table, (shard) => listKey(scope, shard).gsi1pk, {
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    (item) => String(item.gsi1sk),
    transactionOf,
    keep,
  );
}

function holdKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['HOLD', id], ['OWNER']);
}

/** Keeps whose a hold is: the hold itself is the player's. */
export function saveHoldOwner(table: Table, scope: Scope, id: string, userId: string): Write {
  return { item: putNew(table, { ...holdKey(scope, id), record: userId }) };
}

/** Reads whose a hold is. */
export async function getHoldOwner(table: Table, scope: Scope, id: string): Promise<string | undefined> {
  const item = await getItem(table, holdKey(scope, id));
  return item && recordOf<string>(item);
}
