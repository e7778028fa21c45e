import type { JoinCodeGift } from '@laurel/contract/join-codes/schema';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix, tenantScope } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, type Table, TTL_ATTRIBUTE } from './table.ts';

/** A code as it is stored: by its hash, never the code. */
export interface JoinCodeRecord {
  readonly id: string;
  readonly name: string;
  readonly gives: JoinCodeGift;
  readonly uses: number | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A code, and what changes of it. */
export interface StoredJoinCode {
  readonly record: JoinCodeRecord;
  readonly used: number;
  readonly revoked: boolean;
}

function codeKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['JOIN-CODES'], ['CODE', id]);
}

/** Where a code is found by what was typed: a player's in their workspace, an operator's in the whole tenant. */
function lineKey(scope: Scope, kind: JoinCodeGift['kind'], hash: string): Key {
  return keyOf(kind === 'player' ? scope : tenantScope(scope.tenant), ['JOIN-CODE', hash], ['CODE']);
}

function storedCode(item: Item): StoredJoinCode {
  return { record: recordOf<JoinCodeRecord>(item), used: Number(item.used), revoked: item.revoked === true };
}

/** Creates a code. */
export function createJoinCode(table: Table, scope: Scope, record: JoinCodeRecord, hash: string): Write[] {
  const line = { workspace: scope.workspace, id: record.id };
  return [
    {
      item: putNew(table, { ...codeKey(scope, record.id), record, used: 0, revoked: false }),
      refusal: 'already_exists',
    },
    { item: putNew(table, { ...lineKey(scope, record.gives.kind, hash), record: line }), refusal: 'already_exists' },
  ];
}

/** Reads a code. */
export async function getJoinCode(table: Table, scope: Scope, id: string): Promise<StoredJoinCode | undefined> {
  const item = await getItem(table, codeKey(scope, id));
  return item && storedCode(item);
}

/** Finds in which workspace a code is, and its id. */
export async function findJoinCode(
  table: Table,
  scope: Scope,
  kind: JoinCodeGift['kind'],
  hash: string,
): Promise<{ readonly workspace: string; readonly id: string } | undefined> {
  const item = await getItem(table, lineKey(scope, kind, hash));
  return item && recordOf<{ workspace: string; id: string }>(item);
}

/** Lists the codes of a workspace, the oldest first. */
export async function listJoinCodes(table: Table, scope: Scope, reach: Reach): Promise<Listing<StoredJoinCode>> {
  const { pk: partition } = codeKey(scope, 'x');
  const prefix = sortPrefix(['CODE']);
  const items = await queryItems(table, { partition, prefix, limit: reach.limit + 1, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, storedCode);
}

/** Uses a code once; of two who take the last use at once, one finds it moved on. */
export function useJoinCode(table: Table, scope: Scope, { record }: StoredJoinCode): Write<'join_code_moved'> {
  const { pk, sk } = codeKey(scope, record.id);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'ADD #used :one',
        ConditionExpression: `#revoked = :no${record.uses === null ? '' : ' AND #used < :uses'}`,
        ExpressionAttributeNames: { '#used': 'used', '#revoked': 'revoked' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':no': false,
          ...(record.uses === null ? {} : { ':uses': record.uses }),
        },
      },
    },
    refusal: 'join_code_moved',
  };
}

/** Takes a code out of use. */
export function revokeJoinCode(table: Table, scope: Scope, id: string): Write {
  const { pk, sk } = codeKey(scope, id);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #revoked = :yes',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#revoked': 'revoked' },
        ExpressionAttributeValues: { ':yes': true },
      },
    },
    refusal: 'not_found',
  };
}

function joinedKey(scope: Scope, user: string, code: string): Key {
  return keyOf(scope, ['U', user], ['JOINED', code]);
}

/** Whether a player redeemed a code before. */
export async function hasRedeemed(table: Table, scope: Scope, user: string, code: string): Promise<boolean> {
  return (await getItem(table, joinedKey(scope, user, code))) !== undefined;
}

/** Keeps that a player redeemed a code, which they do once. */
export function keepRedeemed(table: Table, scope: Scope, user: string, code: string): Write<'join_code_moved'> {
  return { item: putNew(table, { ...joinedKey(scope, user, code) }), refusal: 'join_code_moved' };
}

function missesKey(scope: Scope, who: string, span: number): Key {
  return keyOf(scope, ['MISSES', who], ['SPAN', String(span)]);
}

/** How many wrong codes somebody tried in a span of time. */
export async function missesOf(table: Table, scope: Scope, who: string, span: number): Promise<number> {
  return Number((await getItem(table, missesKey(scope, who, span)))?.misses ?? 0);
}

/**
 * Counts a wrong code of somebody, unless they have tried as many as they may.
 * @param span which span of time it is, and when its count may be forgotten, in seconds since 1970
 */
export function countMiss(
  table: Table,
  scope: Scope,
  who: string,
  span: { readonly number: number; readonly endsAt: number },
  most: number,
): Write<'too_many_misses'> {
  const { pk, sk } = missesKey(scope, who, span.number);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'ADD #misses :one SET #ends = :ends',
        ConditionExpression: 'attribute_not_exists(#misses) OR #misses < :most',
        ExpressionAttributeNames: { '#misses': 'misses', '#ends': TTL_ATTRIBUTE },
        ExpressionAttributeValues: { ':one': 1, ':most': most, ':ends': span.endsAt },
      },
    },
    refusal: 'too_many_misses',
  };
}
