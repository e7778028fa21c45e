import { commit, put, putNew } from './commit.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, queryItems, recordOf, type Table } from './table.ts';

/*
 * The keys of users stand in a table of their own, which has no stream and no copies for a restore: what is destroyed
 * there is destroyed everywhere.
 */

/** The key of a user, wrapped; or that it is destroyed, which is for ever. */
export type UserKeyRecord =
  | { readonly wrapped: string }
  | { readonly destroyed: { readonly at: string; readonly request: string } };

function workspaceKey(scope: Scope): Key {
  return keyOf(scope, ['KEYS'], ['WORKSPACE']);
}

function userKey(scope: Scope, pseudonym: string): Key {
  return keyOf(scope, ['KEY', pseudonym], ['KEY']);
}

function erasedKey(scope: Scope, pseudonym: string): Key {
  return keyOf(scope, ['ERASED'], ['ERASED', pseudonym]);
}

/** Reads the wrapped key of a workspace. */
export async function workspaceKeyOf(keys: Table, scope: Scope): Promise<string | undefined> {
  const item = await getItem(keys, workspaceKey(scope));
  return item && recordOf<string>(item);
}

/** Keeps the key of a workspace, unless it has one: false where somebody was quicker. */
export async function addWorkspaceKey(keys: Table, scope: Scope, wrapped: string): Promise<boolean> {
  const item = putNew(keys, { ...workspaceKey(scope), record: wrapped });
  return (await commit(keys, [{ item }])).kind === 'committed';
}

function aliasKey(scope: Scope): Key {
  return keyOf(scope, ['KEYS'], ['ALIASES']);
}

/** Reads the wrapped key of a workspace's aliases. */
export async function aliasKeyOf(keys: Table, scope: Scope): Promise<string | undefined> {
  const item = await getItem(keys, aliasKey(scope));
  return item && recordOf<string>(item);
}

/** Keeps the key of a workspace's aliases, unless it has one: false where somebody was quicker. */
export async function addAliasKey(keys: Table, scope: Scope, wrapped: string): Promise<boolean> {
  const item = putNew(keys, { ...aliasKey(scope), record: wrapped });
  return (await commit(keys, [{ item }])).kind === 'committed';
}

/** Puts another key of a workspace's aliases in place of the one that there is, which is gone with that. */
export async function replaceAliasKey(keys: Table, scope: Scope, wrapped: string): Promise<void> {
  const result = await commit(keys, [{ item: put(keys, { ...aliasKey(scope), record: wrapped }) }]);
  if (result.kind !== 'committed') throw new Error(`the key of aliases could not be replaced: ${result.kind}`);
}

/** Reads keys of users by their pseudonyms; those that are absent are absent from the answer. */
export async function userKeysOf(
  keys: Table,
  scope: Scope,
  pseudonyms: readonly string[],
): Promise<Map<string, UserKeyRecord>> {
  const wanted = new Map(pseudonyms.map((pseudonym) => [userKey(scope, pseudonym).pk, pseudonym]));
  const items = await getItems(
    keys,
    [...wanted.values()].map((pseudonym) => userKey(scope, pseudonym)),
  );
  return new Map(items.map((item) => [wanted.get(String(item.pk)) ?? '', recordOf<UserKeyRecord>(item)]));
}

/** Keeps the key of a user, unless there is one or it was destroyed: false where somebody was quicker. */
export async function addUserKey(keys: Table, scope: Scope, pseudonym: string, wrapped: string): Promise<boolean> {
  const item = putNew(keys, { ...userKey(scope, pseudonym), record: { wrapped } });
  return (await commit(keys, [{ item }])).kind === 'committed';
}

/** Puts in place of a user's key that it is destroyed. */
export async function destroyUserKey(
  keys: Table,
  scope: Scope,
  { pseudonym, at, request }: { readonly pseudonym: string; readonly at: string; readonly request: string },
): Promise<void> {
  const record: UserKeyRecord = { destroyed: { at, request } };
  const result = await commit(keys, [
    { item: put(keys, { ...userKey(scope, pseudonym), record }) },
    { item: put(keys, { ...erasedKey(scope, pseudonym), record: { pseudonym, at, request } }) },
  ]);
  if (result.kind !== 'committed') throw new Error(`a key could not be destroyed: ${result.kind}`);
}

/** Whose keys are destroyed. */
export async function destroyedKeys(
  keys: Table,
  scope: Scope,
): Promise<{ readonly pseudonym: string; readonly at: string; readonly request: string }[]> {
  const items = await queryItems(keys, { partition: erasedKey(scope, '').pk, prefix: sortPrefix(['ERASED']) });
  return items.map(recordOf<{ pseudonym: string; at: string; request: string }>);
}
