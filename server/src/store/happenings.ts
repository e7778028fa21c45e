import type { Happening } from '@laurel/contract/types';
import { putNew, type Write } from './commit.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { type Item, queryItems, queryShards, recordOf, shardOf, type Table, TTL_ATTRIBUTE } from './table.ts';

/** How long happenings are kept, in seconds: so far back webhooks can be replayed and live streams resumed. */
export const HAPPENINGS_KEPT_FOR = 30 * 24 * 60 * 60;

/** What one commit has to tell. */
export interface HappeningBatch {
  /** The player whose sheet the commit writes; null for what is not a step of one player's game. */
  readonly userId: string | null;
  /**
   * Where it stands among the player's own: the version of the sheet that the commit makes. Where there is no player, a
   * number that sorts by time, such as milliseconds.
   */
  readonly sequence: number;
  /** The time of the commit, RFC 3339. */
  readonly at: string;
  readonly happenings: readonly Happening[];
}

const SORT = 'HAPPENED';

function partitionOf(userId: string | null, shard: number): readonly string[] {
  return userId === null ? ['HAPPENED', String(shard)] : ['U', userId];
}

/** A batch about nobody alone is told from others of its moment by its first happening, and is sharded by it. */
function batchKey(scope: Scope, { userId, sequence, happenings }: HappeningBatch): Key {
  const first = happenings[0]?.id ?? '';
  const own = userId === null ? [first] : [];
  return keyOf(scope, partitionOf(userId, shardOf(first)), [SORT, sortableNumber(sequence), ...own]);
}

function timeKey(scope: Scope, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['HAPPENED', String(shard)], sort);
}

/**
 * What a commit adds so that the outside hears of it: one write, however many happenings; none for an empty batch.
 * Ingest, beside the sheet: `...saveHappenings(table, scope, { userId, sequence: sheet.version + 1, at: call.now,
 * happenings: happen({ newId, scope }, userId, facts) })`; a handler without a sheet: `batchOutsideOfSheets` of `happen.ts`.
 */
export function saveHappenings(table: Table, scope: Scope, batch: HappeningBatch): Write<'sheet_moved'>[] {
  const first = batch.happenings[0];
  if (first === undefined) return [];
  const key = batchKey(scope, batch);
  const index = timeKey(scope, shardOf(batch.userId ?? first.id), [batch.at, first.id]);
  const expiresAt = Math.ceil(Date.parse(batch.at) / 1000) + HAPPENINGS_KEPT_FOR;
  const item = { ...key, ...index, record: batch, [TTL_ATTRIBUTE]: expiresAt };
  return [{ item: putNew(table, item), refusal: 'sheet_moved' }];
}

/** The batch that an item of the table is, or nothing where it is something else. */
export function batchOf(item: Item): HappeningBatch | undefined {
  return isBatchKey(String(item.sk)) ? recordOf<HappeningBatch>(item) : undefined;
}

/** Whether a sort key is that of a batch. */
export function isBatchKey(sk: string): boolean {
  return sk.startsWith(sortPrefix([SORT]));
}

/** The partition of a player, for those who wait for news in it. */
export function playerPartition(scope: Scope, userId: string): string {
  return keyOf(scope, ['U', userId], []).pk;
}

/** The batches of a player after a sequence number, oldest first. */
export async function playerBatches(
  table: Table,
  scope: Scope,
  userId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<HappeningBatch[]> {
  const { pk, sk } = keyOf(scope, ['U', userId], [SORT, sortableNumber(after)]);
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix([SORT]), after: sk, limit });
  return items.map(recordOf<HappeningBatch>);
}

/** The sequence number of a player's latest batch, or 0. */
export async function latestSequence(table: Table, scope: Scope, userId: string): Promise<number> {
  const [latest] = await queryItems(table, {
    partition: playerPartition(scope, userId),
    prefix: sortPrefix([SORT]),
    descending: true,
    limit: 1,
  });
  return latest === undefined ? 0 : recordOf<HappeningBatch>(latest).sequence;
}

/** The batches of a workspace from one time to another, both included, in the order of time: at most so many. */
export async function batchesBetween(
  table: Table,
  scope: Scope,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
): Promise<HappeningBatch[]> {
  return (await batchItemsBetween(table, scope, { from, to, limit })).map(recordOf<HappeningBatch>);
}

/** The same as items of the table, for those who follow its stream and were away. */
export async function batchItemsBetween(
  table: Table,
  scope: Scope,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit?: number },
): Promise<Item[]> {
  const reach = { after: from, ...(limit === undefined ? {} : { limit }) };
  // A key goes on after its time, so what comes after the time alone includes that moment.
  const items = await queryShards(table, (shard) => timeKey(scope, shard).gsi1pk, reach);
  return items.filter((item) => recordOf<HappeningBatch>(item).at <= to);
}

/** The oldest batches of a workspace from before a time, as items of the table: at most so many. */
export async function oldestBatches(table: Table, scope: Scope, before: string, limit: number): Promise<Item[]> {
  return queryShards(table, (shard) => timeKey(scope, shard).gsi1pk, { before, limit });
}
