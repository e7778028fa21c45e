import type { User } from '@laurel/contract/users/schema';
import { putNew, putVersion, type Write } from './commit.ts';
import type { Listing, Reach } from './listing.ts';
import { boundedListing, type Scanned } from './scan.ts';
import { indexKeyOf, type Key, keyOf, type Scope } from './scope.ts';
import {
  getItem,
  getItems,
  type Item,
  queryItems,
  queryShards,
  recordOf,
  SHARDS,
  shardOf,
  type Table,
} from './table.ts';

function userKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['U', id], ['PROFILE']);
}

/** An external id is somebody's name elsewhere: the key has a keyed hash of it alone. */
function digestOf({ vault }: Table, scope: Scope, externalId: string): Promise<string> {
  if (vault === undefined) throw new Error('users are found by external id by those alone who have the vault');
  return vault.digestOf(scope, 'external id', externalId);
}

async function externalIdKey(table: Table, scope: Scope, externalId: string): Promise<Key> {
  return keyOf(scope, ['XID', await digestOf(table, scope, externalId)], ['USER']);
}

/** That whoever had an external id was erased, beside the place of whoever has it. */
export function erasedClaimKey(scope: Scope, digest: string): Key {
  return keyOf(scope, ['XID', digest], ['ERASED']);
}

function userIndexKey(scope: Scope, shard: number, sort: readonly string[] = []) {
  return indexKeyOf(scope, ['USERS', String(shard)], sort);
}

async function userItem(table: Table, scope: Scope, user: User): Promise<Item> {
  const index = userIndexKey(scope, shardOf(user.id), [user.createdAt, user.id]);
  // Without opening the record it is known what to remove when the user is erased, and whether they play.
  const externalIdKey =
    user.externalId === null ? {} : { externalIdKey: await digestOf(table, scope, user.externalId) };
  return {
    ...userKey(scope, user.id),
    ...index,
    ...externalIdKey,
    version: user.version,
    status: user.status,
    record: user,
  };
}

/** Creates a user; the external id, where there is one, becomes theirs alone. */
export async function createUser(table: Table, scope: Scope, user: User): Promise<Write<'already_exists'>[]> {
  const profile: Write<'already_exists'> = {
    item: putNew(table, await userItem(table, scope, user)),
    refusal: 'already_exists',
  };
  if (user.externalId === null) return [profile];
  const claim = { ...(await externalIdKey(table, scope, user.externalId)), record: { userId: user.id } };
  return [profile, { item: putNew(table, claim), refusal: 'already_exists' }];
}

/** Puts a changed user in place of the version before it. */
export async function updateUser(table: Table, scope: Scope, user: User): Promise<Write<'version_mismatch'>[]> {
  return [
    { item: putVersion(table, await userItem(table, scope, user), user.version - 1), refusal: 'version_mismatch' },
  ];
}

/** Reads a user. */
export async function getUser(table: Table, scope: Scope, id: string): Promise<User | undefined> {
  const item = await getItem(table, userKey(scope, id));
  // In an erased user's place there is no record.
  return item && recordOf<User | undefined>(item);
}

/** Whether a user plays, told from what is not sealed: for the authorizers, which can open nothing. */
export async function getUserStatus(table: Table, scope: Scope, id: string): Promise<User['status'] | undefined> {
  // Without the vault, so that nothing is opened which nobody asks for.
  const item = await getItem({ client: table.client, name: table.name }, userKey(scope, id));
  return item === undefined || item.erasedAt !== undefined ? undefined : (item.status as User['status']);
}

/** Reads users by id; those that are absent are absent from the answer. */
export async function getUsers(table: Table, scope: Scope, ids: readonly string[]): Promise<Map<string, User>> {
  const items = await getItems(
    table,
    [...new Set(ids)].map((id) => userKey(scope, id)),
  );
  const users = items.map(recordOf<User | undefined>).filter((user) => user !== undefined);
  return new Map(users.map((user) => [user.id, user]));
}

/** Finds whose the external ids are; unknown ones are absent from the answer. */
export async function userIdsByExternalId(
  table: Table,
  scope: Scope,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const keys = await Promise.all(
    [...new Set(externalIds)].map(async (id) => [id, await externalIdKey(table, scope, id)] as const),
  );
  const wanted = new Map(keys.map(([id, { pk }]) => [pk, id]));
  const items = await getItems(
    table,
    keys.map(([, key]) => key),
  );
  return new Map(items.map((item) => [wanted.get(String(item.pk)) ?? '', recordOf<{ userId: string }>(item).userId]));
}

/** Finds whose an external id is, by a read of one item, which is all that the function of streams may do. */
export async function userIdOf(table: Table, scope: Scope, externalId: string): Promise<string | undefined> {
  const item = await getItem(table, await externalIdKey(table, scope, externalId));
  return item && recordOf<{ userId: string }>(item).userId;
}

/** Whether a user was erased whose external id this was. */
export async function wasErased(table: Table, scope: Scope, externalId: string): Promise<boolean> {
  const key = erasedClaimKey(scope, await digestOf(table, scope, externalId));
  return (await getItem(table, key)) !== undefined;
}

/** Reads the user whom an external id belongs to. */
export async function getUserByExternalId(table: Table, scope: Scope, externalId: string): Promise<User | undefined> {
  const id = (await userIdsByExternalId(table, scope, [externalId])).get(externalId);
  return id === undefined ? undefined : getUser(table, scope, id);
}

/** How many users one call that looks for some of them looks at, at the most. */
export const MOST_SCANNED = 1000;

/** The users in the order in which they were created, from a position on. */
async function* usersByAge(table: Table, scope: Scope, { limit, after }: Reach): AsyncGenerator<Scanned<User>> {
  let position = after;
  for (;;) {
    const count = Math.max(limit + 1, 100);
    const found = await queryShards(table, (shard) => userIndexKey(scope, shard).gsi1pk, {
      limit: count,
      ...(position === undefined ? {} : { after: position }),
    });
    for (const item of found) {
      position = String(item.gsi1sk);
      yield { value: recordOf<User>(item), position };
    }
    if (found.length < count) return;
  }
}

/** Lists users, the oldest first, looking at `MOST_SCANNED` at the most. */
export function listUsers(
  table: Table,
  scope: Scope,
  reach: Reach,
  keep: (user: User) => boolean,
): Promise<Listing<User>> {
  return boundedListing(usersByAge(table, scope, reach), reach, keep, MOST_SCANNED);
}

/** How many users one read of a scan takes. */
const SCAN_PAGE = 250;

/**
 * All users, shard after shard, from a position on: each is read once, which the order of their creation would not
 * allow. A position is the shard and the place in it.
 */
export async function* scanUsers(table: Table, scope: Scope, from: string | undefined): AsyncGenerator<Scanned<User>> {
  const [first = '0', ...place] = (from ?? '0').split(':');
  let after = place.length === 0 ? undefined : place.join(':');
  for (let shard = Number(first); shard < SHARDS; shard += 1) {
    for (;;) {
      const { gsi1pk: partition } = userIndexKey(scope, shard);
      const limit = SCAN_PAGE;
      const found = await queryItems(table, {
        partition,
        index: true,
        limit,
        ...(after === undefined ? {} : { after }),
      });
      for (const item of found) {
        after = String(item.gsi1sk);
        yield { value: recordOf<User>(item), position: `${shard}:${after}` };
      }
      if (found.length < limit) break;
    }
    after = undefined;
  }
}
