import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditDigest, AuditHead } from '@laurel/contract/audit-records/schema';
import type { OpenRecord, StoredBlock } from '../audit/record.ts';
import { put, putNew, putVersion, type Write } from './commit.ts';
import { indexKeyOf, type Key, keyOf, platformScope, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { getItem, queryItems, recordOf, SHARDS, shardOf, type Table, type TransactItem } from './table.ts';

/** Records that were written and not sealed yet: one of a change, in its transaction; or some that were gathered. */
export interface Waiting {
  /** Names it in its workspace; sorts by time. */
  readonly id: string;
  readonly records: readonly OpenRecord[];
  /** Whether they may be there already: whoever wrote them could not tell whether an earlier try had been good. */
  readonly again?: true;
}

/** Where a chain ends, and how it came there. */
export interface HeadRecord extends AuditHead {
  readonly sealedAt: string;
  /** The longest that a record has waited until it was sealed, in milliseconds. */
  readonly slowest: number;
}

/** What is still to be done about blocks that are sealed. */
export interface Pending {
  /** The first block that may not be archived yet. */
  readonly from: number;
  /** Since when something waits. */
  readonly since: string;
}

function waitingKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['AUDIT', 'OUTBOX', String(shardOf(id))], [id]);
}

/** The cell's line of chains that somebody must see to. */
function lineKey(shard: number, sort: readonly string[]) {
  return indexKeyOf(platformScope(), ['AUDIT', String(shard)], sort);
}

function chainKey(scope: Scope, sort: readonly string[]): Key {
  return keyOf(scope, ['AUDIT', 'CHAIN'], sort);
}

/** Apart from the chain, so that nobody needs the right to take anything away from that. */
function pendingKey(scope: Scope): Key {
  return keyOf(scope, ['AUDIT', 'PENDING'], ['PENDING']);
}

function blockKey(scope: Scope, block: number): Key {
  return chainKey(scope, ['BLOCK', sortableNumber(block)]);
}

function digestKey(scope: Scope, block: number): Key {
  return chainKey(scope, ['DIGEST', sortableNumber(block)]);
}

/** Writes records down until they are sealed; the same ones again are the same. */
export function saveWaiting(table: Table, scope: Scope, waiting: Waiting): TransactItem {
  const { tenant, workspace } = scope;
  const line = lineKey(shardOf(`${tenant}/${workspace}`), [waiting.id, tenant, workspace]);
  return put(table, { ...waitingKey(scope, waiting.id), ...line, record: waiting });
}

/** Reads what waits in a workspace, the oldest first: at most so many of each shard. */
export async function readWaiting(table: Table, scope: Scope, limit: number): Promise<Waiting[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => {
      const { pk } = keyOf(scope, ['AUDIT', 'OUTBOX', String(shard)], []);
      return queryItems(table, { partition: pk, limit });
    }),
  );
  return shards
    .flat()
    .map(recordOf<Waiting>)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** How much of each shard of the line is looked at in one go. */
const LOOK = 200;

/** Finds chains that somebody must see to, by the line; soon after it is so, not at once. */
export async function chainsToSee(table: Table): Promise<{ readonly tenant: string; readonly workspace: string }[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      queryItems(table, { partition: lineKey(shard, []).gsi1pk, index: true, limit: LOOK }),
    ),
  );
  const found = shards.flat().map((item) => {
    const [, tenant = '', workspace = ''] = String(item.gsi1sk).split('#');
    return [`${tenant}/${workspace}`, { tenant, workspace }] as const;
  });
  return [...new Map(found).values()];
}

/** Reads where a chain ends; nothing where nothing was sealed yet. */
export async function getHead(table: Table, scope: Scope): Promise<HeadRecord | undefined> {
  const item = await getItem(table, chainKey(scope, ['HEAD']));
  return item && recordOf<HeadRecord>(item);
}

/** Reads a block. */
export async function getBlock(table: Table, scope: Scope, block: number): Promise<StoredBlock | undefined> {
  const item = await getItem(table, blockKey(scope, block));
  return item && recordOf<StoredBlock>(item);
}

/** Reads some blocks from one on, in order. */
export async function blocksFrom(table: Table, scope: Scope, from: number, limit: number): Promise<StoredBlock[]> {
  const { pk, sk } = blockKey(scope, from - 1);
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['BLOCK']), after: sk, limit });
  return items.map(recordOf<StoredBlock>);
}

/** Adds a block to a chain, and takes away what waited for it. Of several who do it at once, one does. */
export function saveBlock(
  table: Table,
  scope: Scope,
  {
    block,
    head,
    pending,
    taken,
  }: {
    readonly block: StoredBlock;
    readonly head: HeadRecord;
    readonly pending: Pending;
    readonly taken: readonly Waiting[];
  },
): Write<'head_moved'>[] {
  return [
    {
      item: putVersion(table, { ...chainKey(scope, ['HEAD']), version: head.block, record: head }, head.block - 1),
      refusal: 'head_moved',
    },
    { item: putNew(table, { ...blockKey(scope, block.block), record: block }), refusal: 'head_moved' },
    { item: savePending(table, scope, pending) },
    ...taken.map(({ id }) => {
      const { pk, sk } = waitingKey(scope, id);
      // What somebody else has sealed meanwhile is gone, and this block is none.
      const condition = { ConditionExpression: 'attribute_exists(pk)' };
      return {
        item: { Delete: { TableName: table.name, Key: { pk, sk }, ...condition } },
        refusal: 'head_moved' as const,
      };
    }),
  ];
}

/** Takes away what waits although all of it is sealed. */
export function dropWaiting(table: Table, scope: Scope, taken: readonly Waiting[]): Write[] {
  return taken.map(({ id }) => {
    const { pk, sk } = waitingKey(scope, id);
    return { item: { Delete: { TableName: table.name, Key: { pk, sk } } } };
  });
}

/** Keeps a chain in the line, so that somebody sees to what is sealed. */
export function savePending(table: Table, scope: Scope, pending: Pending): TransactItem {
  const { tenant, workspace } = scope;
  const line = lineKey(shardOf(`${tenant}/${workspace}`), ['@', tenant, workspace]);
  return put(table, { ...pendingKey(scope), ...line, record: pending });
}

/** Reads what is to be done about blocks that are sealed. */
export async function getPending(table: Table, scope: Scope): Promise<Pending | undefined> {
  const item = await getItem(table, pendingKey(scope));
  return item && recordOf<Pending>(item);
}

/** Takes a chain out of the line, unless it has grown since. */
export function endPending(table: Table, scope: Scope, head: HeadRecord): Write[] {
  const [pending, end] = [pendingKey(scope), chainKey(scope, ['HEAD'])];
  return [
    { item: { Delete: { TableName: table.name, Key: { pk: pending.pk, sk: pending.sk } } } },
    {
      item: {
        ConditionCheck: {
          TableName: table.name,
          Key: { pk: end.pk, sk: end.sk },
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': head.block },
        },
      },
    },
  ];
}

/** Keeps a digest; of several who sign one over the same block, the first. */
export function saveDigest(table: Table, scope: Scope, digest: AuditDigest): Write<'digested'>[] {
  return [{ item: putNew(table, { ...digestKey(scope, digest.block), record: digest }), refusal: 'digested' }];
}

/** Reads the latest digest of a chain. */
export async function latestDigest(table: Table, scope: Scope): Promise<AuditDigest | undefined> {
  const { pk } = digestKey(scope, 0);
  const [item] = await queryItems(table, { partition: pk, prefix: sortPrefix(['DIGEST']), descending: true, limit: 1 });
  return item && recordOf<AuditDigest>(item);
}

/** Reads the digests over blocks from one to another, both included. */
export async function digestsOver(table: Table, scope: Scope, from: number, to: number): Promise<AuditDigest[]> {
  const { pk, sk } = digestKey(scope, from - 1);
  const before = digestKey(scope, to + 1).sk;
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['DIGEST']), after: sk, before });
  return items.map(recordOf<AuditDigest>);
}

/** Writes records down by themselves, beside no change. */
export async function putWaiting(table: Table, scope: Scope, waiting: Waiting): Promise<void> {
  const { Put } = saveWaiting(table, scope, waiting);
  await table.client.send(new PutCommand({ TableName: table.name, Item: Put?.Item }));
}
