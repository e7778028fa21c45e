import type { User } from '@laurel/contract/users/schema';
import { putNew, putVersion, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach } from './listing.ts';
import { indexKeyOf, type Key, keyOf, type Scope } from './scope.ts';
import { getItem, getItems, type Item, queryShards, recordOf, shardOf, type Table } from './table.ts';

function userKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['U', id], ['PROFILE']);
}

function externalIdKey(scope: Scope, externalId: string): Key {
  return keyOf(scope, ['XID', externalId], ['USER']);
}

function userIndexKey(scope: Scope, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['USERS', String(shard)], sort);
}

function userItem(scope: Scope, user: User): Item {
  const index = userIndexKey(scope, shardOf(user.id), [user.createdAt, user.id]);
  return { ...userKey(scope, user.id), ...index, version: user.version, record: user };
}

/** Creates a user; the external id, where there is one, becomes theirs alone. */
export function createUser(table: Table, scope: Scope, user: User): Write<'already_exists'>[] {
  const profile: Write<'already_exists'> = { item: putNew(table, userItem(scope, user)), refusal: 'already_exists' };
  if (user.externalId === null) return [profile];
  const claim = { ...externalIdKey(scope, user.externalId), record: { userId: user.id } };
  return [profile, { item: putNew(table, claim), refusal: 'already_exists' }];
}

/** Puts a changed user in place of the version before it. */
export function updateUser(table: Table, scope: Scope, user: User): Write<'version_mismatch'>[] {
  return [{ item: putVersion(table, userItem(scope, user), user.version - 1), refusal: 'version_mismatch' }];
}

/** Reads a user. */
export async function getUser(table: Table, scope: Scope, id: string): Promise<User | undefined> {
  const item = await getItem(table, userKey(scope, id));
  return item && recordOf<User>(item);
}

/** Reads users by id; those that are absent are absent from the answer. */
export async function getUsers(table: Table, scope: Scope, ids: readonly string[]): Promise<Map<string, User>> {
  const items = await getItems(
    table,
    [...new Set(ids)].map((id) => userKey(scope, id)),
  );
  return new Map(items.map(recordOf<User>).map((user) => [user.id, user]));
}

/** Finds whose the external ids are; unknown ones are absent from the answer. */
export async function userIdsByExternalId(
  table: Table,
  scope: Scope,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const wanted = new Map([...new Set(externalIds)].map((id) => [externalIdKey(scope, id).pk, id]));
  const items = await getItems(
    table,
    [...wanted.values()].map((id) => externalIdKey(scope, id)),
  );
  return new Map(items.map((item) => [wanted.get(String(item.pk)) ?? '', recordOf<{ userId: string }>(item).userId]));
}

/** Reads the user whom an external id belongs to. */
export async function getUserByExternalId(table: Table, scope: Scope, externalId: string): Promise<User | undefined> {
  const id = (await userIdsByExternalId(table, scope, [externalId])).get(externalId);
  return id === undefined ? undefined : getUser(table, scope, id);
}

/** Lists users, the oldest first. */
export function listUsers(
  table: Table,
  scope: Scope,
  reach: Reach,
  keep: (user: User) => boolean,
): Promise<Listing<User>> {
  return filteredListing(
    reach,
    (limit, after) =>
      queryShards(table, (shard) => userIndexKey(scope, shard).gsi1pk, {
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    (item) => String(item.gsi1sk),
    recordOf<User>,
    keep,
  );
}
