import type { Redemption } from '@laurel/contract/types';
import { put, putNew, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { playerKey } from './players.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, queryShards, recordOf, shardOf, type Table } from './table.ts';

/** A redemption as it is kept. */
export interface RedemptionRecord extends Redemption {
  /** Given to the player once it is fulfilled. */
  readonly code: string | null;
  /** Whether it was taken out of a stock, and goes back there. */
  readonly counted: boolean;
  /** The holds of its price; none where it was paid at once. */
  readonly holds: readonly string[];
}

/** What was kept before rewards gave items was bought. */
function redemptionOf(item: Item): RedemptionRecord {
  const record = recordOf<Omit<RedemptionRecord, 'source'> & Partial<Pick<RedemptionRecord, 'source'>>>(item);
  return { ...record, source: record.source ?? null };
}

function redemptionKey(scope: Scope, userId: string, id: string): Key {
  return playerKey(scope, userId, ['REDEMPTION', id]);
}

function ownerKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['REDEMPTION', id], ['OWNER']);
}

function listKey(scope: Scope, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['REDEMPTIONS', String(shard)], sort);
}

/** Keeps a redemption as it is now; the player's sheet guards it. */
export function saveRedemption(table: Table, scope: Scope, redemption: RedemptionRecord): Write {
  const { id, userId, redeemedAt } = redemption;
  const index = listKey(scope, shardOf(userId), [redeemedAt, id]);
  return { item: put(table, { ...redemptionKey(scope, userId, id), ...index, record: redemption }) };
}

/** Keeps whose a redemption is. */
export function saveRedemptionOwner(table: Table, scope: Scope, { id, userId }: RedemptionRecord): Write {
  return { item: putNew(table, { ...ownerKey(scope, id), record: userId }) };
}

/** Reads a redemption of a player. */
export async function getRedemptionOf(
  table: Table,
  scope: Scope,
  userId: string,
  id: string,
): Promise<RedemptionRecord | undefined> {
  const item = await getItem(table, redemptionKey(scope, userId, id));
  return item && redemptionOf(item);
}

/** Reads a redemption, whose ever it is. */
export async function getRedemption(table: Table, scope: Scope, id: string): Promise<RedemptionRecord | undefined> {
  const owner = await getItem(table, ownerKey(scope, id));
  return owner && getRedemptionOf(table, scope, recordOf<string>(owner), id);
}

/** Lists a player's redemptions, the latest first. */
export function listRedemptionsOf(
  table: Table,
  scope: Scope,
  userId: string,
  reach: Reach,
  keep: (redemption: RedemptionRecord) => boolean,
): Promise<Listing<RedemptionRecord>> {
  const { pk } = playerKey(scope, userId, []);
  return filteredListing(
    reach,
    (limit, after) =>
      queryItems(table, {
        partition: pk,
        prefix: sortPrefix(['REDEMPTION']),
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    sortKeyOf,
    redemptionOf,
    keep,
  );
}

/** Lists the redemptions of the workspace, the latest first. */
export function listRedemptions(
  table: Table,
  scope: Scope,
  reach: Reach,
  keep: (redemption: RedemptionRecord) => boolean,
): Promise<Listing<RedemptionRecord>> {
  return filteredListing(
    reach,
    (limit, after) =>
      queryShards(table, (shard) => listKey(scope, shard).gsi1pk, {
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    (item) => String(item.gsi1sk),
    redemptionOf,
    keep,
  );
}
