import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Vault } from '../ports/vault.ts';
import type { Key } from './scope.ts';
import { openedItems } from './sealing.ts';

/** The one table of a cell, and the client that reaches it. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  /** Seals and opens what is personal; whoever lacks it reads and writes what is not. */
  readonly vault?: Vault;
  /** What must be written down of whoever writes, beside the first that they write. */
  readonly witness?: Witness;
}

/** Sees to it that nothing is changed of which there is no record. */
export interface Witness {
  /** Asked before each commit. Until one was written, commits wait for one another, so that there is one record. */
  enter(): Promise<Testimony>;
}

/** What a commit carries for a witness; `leave` must be told whether it was written. */
export interface Testimony {
  readonly items: readonly TransactItem[];
  leave(isWritten: boolean): void;
}

/** What an item of the table is to those who read it: attributes by name. */
export type Item = Record<string, unknown>;

/**
 * The value that an item holds. This is the one place where the store takes the table at its word: only this folder
 * writes items, and each key is written and read with one type.
 */
export function recordOf<T>(item: Item): T {
  return item.record as T;
}

/** The name of the index, and of the attribute by which items expire (seconds since 1970). */
export const INDEX = 'gsi1';
export const TTL_ATTRIBUTE = 'expiresAt';

/** How many partitions a list of the whole workspace is spread over, so that no partition is hot. */
export const SHARDS = 8;

/** The table's shape; infra and the embedded platform both make it from this. */
export function tableDefinition(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: INDEX,
        KeySchema: [
          { AttributeName: 'gsi1pk', KeyType: 'HASH' },
          { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  };
}

/** The shape of the table of users' keys: no stream and no index, so that a key is in one place alone. */
export function keysDefinition(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  };
}

/** One write of a transaction, as lib-dynamodb takes it. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Reads one item, strongly consistent. */
export async function getItem(table: Table, key: Key): Promise<Item | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { pk: key.pk, sk: key.sk }, ConsistentRead: true }),
  );
  return Item && (await openedItems(table.vault, [Item]))[0];
}

/** Those of some items that are there for the reader: what was an erased user's is not. */
async function readable(table: Table, items: readonly Item[]): Promise<Item[]> {
  return (await openedItems(table.vault, items)).filter((item) => item !== undefined);
}

/** DynamoDB takes at most 100 keys in one batch. */
const BATCH = 100;

/** Reads many items, strongly consistent; what is absent is absent from the answer, which has no order. */
export async function getItems(table: Table, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += BATCH) {
    let pending: Record<string, unknown>[] = keys.slice(start, start + BATCH).map(({ pk, sk }) => ({ pk, sk }));
    while (pending.length > 0) {
      const answer = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: pending, ConsistentRead: true } } }),
      );
      items.push(...(answer.Responses?.[table.name] ?? []));
      pending = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return readable(table, items);
}

/** Which items of one partition to read, in the order of their sort keys. */
export interface Selection {
  readonly partition: string;
  /** Sort keys that begin with this. */
  readonly prefix?: string;
  /** Sort keys strictly after this (before it, in descending order). */
  readonly after?: string;
  /** Sort keys before this, in ascending order. */
  readonly before?: string;
  readonly descending?: boolean;
  /** In the index, which is eventually consistent, instead of in the table. */
  readonly index?: boolean;
  /** How many items at most; all where it is missing. */
  readonly limit?: number;
  /** The attributes that are wanted, besides the keys; all where it is missing. What is read costs the same. */
  readonly only?: readonly string[];
}

/** Below and above every sort key. */
const FIRST = '\u0000';
const LAST = '\uffff';

function queryOf(table: Table, selection: Selection): QueryCommandInput {
  const { partition, prefix = '', after, before, descending = false, index = false, limit, only = [] } = selection;
  const sort = index ? 'gsi1sk' : 'sk';
  // The keys are read anyhow: what is sealed is bound to them.
  const wanted = only.filter((name) => name !== 'pk');
  // DynamoDB takes one condition on the sort key: a prefix read that goes on after a key is an interval.
  const low = !descending && after !== undefined ? `${after}${FIRST}` : prefix || FIRST;
  const high = descending && after !== undefined ? after : (before ?? `${prefix}${LAST}`);
  return {
    TableName: table.name,
    ...(index ? { IndexName: INDEX } : { ConsistentRead: true }),
    KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :low AND :high',
    ExpressionAttributeNames: {
      '#pk': index ? 'gsi1pk' : 'pk',
      '#sk': sort,
      ...Object.fromEntries(wanted.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: { ':pk': partition, ':low': low, ':high': high },
    ...(only.length === 0
      ? {}
      : { ProjectionExpression: [...(index ? [] : ['#pk']), '#sk', ...wanted.map((name) => `#${name}`)].join(', ') }),
    ScanIndexForward: !descending,
    ...(limit === undefined ? {} : { Limit: descending && after !== undefined ? limit + 1 : limit }),
  };
}

/** Reads the selected items of one partition, page by page until the limit or the end. */
export async function queryItems(table: Table, selection: Selection): Promise<Item[]> {
  const sort = selection.index === true ? 'gsi1sk' : 'sk';
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({ ...queryOf(table, selection), ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
    );
    // The interval of a descending read ends with the key that it goes on after, that of an ascending one with `before`.
    const within = (page.Items ?? []).filter(({ [sort]: key }) => key !== selection.after && key !== selection.before);
    items.push(...(await readable(table, within)));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && (selection.limit === undefined || items.length < selection.limit));
  return selection.limit === undefined ? items : items.slice(0, selection.limit);
}

/** Sort keys from one to another, both included; open where one is missing. */
export interface Interval {
  readonly from?: string;
  readonly to?: string;
}

/** Counts the items of one index partition whose sort keys are in an interval. */
export async function countItems(table: Table, partition: string, { from, to }: Interval): Promise<number> {
  let count = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: INDEX,
        Select: 'COUNT',
        KeyConditionExpression: 'gsi1pk = :pk AND gsi1sk BETWEEN :low AND :high',
        ExpressionAttributeValues: { ':pk': partition, ':low': from ?? FIRST, ':high': to ?? LAST },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    count += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return count;
}

/** The sort keys of one index partition that are before a key, page by page; no more of the items is sent. */
export async function* sortKeysBefore(table: Table, partition: string, before: string): AsyncGenerator<string[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: INDEX,
        ProjectionExpression: 'gsi1sk',
        KeyConditionExpression: 'gsi1pk = :pk AND gsi1sk < :before',
        ExpressionAttributeValues: { ':pk': partition, ':before': before },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    yield (page.Items ?? []).map((item) => String(item.gsi1sk));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** Reads the same list from all its shards and merges it in the order of the sort keys. */
export async function queryShards(
  table: Table,
  partitionOf: (shard: number) => string,
  selection: Omit<Selection, 'partition' | 'index'>,
): Promise<Item[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      queryItems(table, { ...selection, partition: partitionOf(shard), index: true }),
    ),
  );
  const sign = selection.descending === true ? -1 : 1;
  const merged = shards.flat().sort((a, b) => sign * compareText(String(a.gsi1sk), String(b.gsi1sk)));
  return selection.limit === undefined ? merged : merged.slice(0, selection.limit);
}

/** DynamoDB's own order of texts: by UTF-8 bytes, which for keys made of ASCII is by code unit. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Which shard an id belongs to (FNV-1a): the same in every process and release. */
export function shardOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % SHARDS;
}
