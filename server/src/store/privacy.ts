import type { PrivacyRequest } from '@laurel/contract/privacy/schema';
import { commit, put, putVersion, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { playerKey } from './players.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortParts, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, recordOf, SHARDS, type Table } from './table.ts';
import { erasedClaimKey } from './users.ts';

function requestKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['PRIVACY'], ['REQUEST', id]);
}

/** Keeps what was asked for about a person's data, in place of what was kept of it before. */
export function saveRequest(table: Table, scope: Scope, request: PrivacyRequest): Write[] {
  return [{ item: put(table, { ...requestKey(scope, request.id), record: request }) }];
}

/** Reads what was asked for. */
export async function getRequest(table: Table, scope: Scope, id: string): Promise<PrivacyRequest | undefined> {
  const item = await getItem(table, requestKey(scope, id));
  return item && recordOf<PrivacyRequest>(item);
}

/** Lists what was asked for, the latest first. */
export function listRequests(
  table: Table,
  scope: Scope,
  reach: Reach,
  keep: (request: PrivacyRequest) => boolean,
): Promise<Listing<PrivacyRequest>> {
  const { pk: partition } = requestKey(scope, '');
  const read = (limit: number, after: string | undefined) =>
    queryItems(table, {
      partition,
      prefix: sortPrefix(['REQUEST']),
      descending: true,
      limit,
      ...(after === undefined ? {} : { after }),
    });
  return filteredListing(reach, read, sortKeyOf, recordOf<PrivacyRequest>, keep);
}

/** Keeps since when all users of a workspace have other pseudonyms in exports. */
export function saveRenewal(table: Table, scope: Scope, renewedAt: string): Write[] {
  return [{ item: put(table, { ...keyOf(scope, ['PRIVACY'], ['PSEUDONYMS']), record: { renewedAt } }) }];
}

/** What was asked for as items of the table, the oldest first, after a place among them. */
export function oldestRequests(table: Table, scope: Scope, after: string | undefined, limit: number): Promise<Item[]> {
  const { pk: partition } = requestKey(scope, '');
  const prefix = sortPrefix(['REQUEST']);
  return queryItems(table, { partition, prefix, limit, ...(after === undefined ? {} : { after }) });
}

/** The table without its vault: what is sealed stays sealed, and nobody's key is asked for. */
function sealed({ client, name }: Table): Table {
  return { client, name };
}

/** What stands in an erased user's place, so that their id never comes back. */
export interface Tombstone {
  readonly at: string;
  readonly request: string;
}

/** Reads what stands in an erased user's place; nothing where the user is there, or never was. */
export async function getTombstone(table: Table, scope: Scope, userId: string): Promise<Tombstone | undefined> {
  const item = await getItem(sealed(table), playerKey(scope, userId, ['PROFILE']));
  const { erasedAt, request } = item ?? {};
  return typeof erasedAt === 'string' ? { at: erasedAt, request: String(request) } : undefined;
}

/**
 * Puts a tombstone in a user's place, and makes their external id free: whoever comes under it is somebody else. That it
 * was an erased user's is kept by its hash, so that no token of theirs makes them one again. Nothing where there is no such user, or they are erased.
 */
export async function buryUser(
  table: Table,
  scope: Scope,
  userId: string,
  { at, request }: Tombstone,
): Promise<Write<'version_mismatch'>[] | undefined> {
  const key = playerKey(scope, userId, ['PROFILE']);
  const item = await getItem(sealed(table), key);
  if (item === undefined || item.erasedAt !== undefined) return undefined;
  const version = Number(item.version);
  const burial = {
    Put: {
      TableName: table.name,
      Item: { ...key, version: version + 1, erasedAt: at, request },
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': version },
    },
  };
  const writes: Write<'version_mismatch'>[] = [{ item: burial, refusal: 'version_mismatch' }];
  if (typeof item.externalIdKey !== 'string') return writes;
  const { pk, sk } = keyOf(scope, ['XID', item.externalIdKey], ['USER']);
  const erased = { ...erasedClaimKey(scope, item.externalIdKey), record: { at } };
  return [...writes, { item: { Delete: { TableName: table.name, Key: { pk, sk } } } }, { item: put(table, erased) }];
}

/**
 * What is kept of an erased user, by the first part of the sort key: sums, ranks and counts of others are made of it. It
 * holds ids and numbers; a note in it is sealed with the key that is destroyed.
 */
const KEPT: ReadonlySet<string> = new Set([
  'PROFILE',
  'LEG',
  'SCORE',
  'RESULT',
  'GRANT',
  'COUNTED',
  'USED',
  'TEAM',
  'MEMBERSHIP',
  'LEAGUE',
]);

function kindOf({ sk }: Item): string {
  return sortParts(String(sk))[0] ?? '';
}

/** How many records of each kind. */
export type Counts = Readonly<Record<string, number>>;

function countsOf(items: readonly Item[]): Counts {
  return Object.fromEntries(
    [...Map.groupBy(items, (item) => kindOf(item).toLowerCase())].map(([kind, all]) => [kind, all.length]),
  );
}

/** How many items one step of a removal reads; of each event there are two to remove. */
const STEP = 45;

/** How far the removal of an erased user's records has come: kept beside the request, so that whoever comes next goes on from it. */
export interface Removal {
  /** Counts the steps; 0 before the first. */
  readonly version: number;
  /** After which record the next step goes on; null where there is nothing left. */
  readonly after: string | null;
  readonly removed: Counts;
  readonly kept: Counts;
}

/** Before all records. */
const THE_START = '';

function removalKey(scope: Scope, request: string): Key {
  return keyOf(scope, ['PRIVACY'], ['REMOVAL', request]);
}

/** Reads how far the removal that a request asks for has come. */
export async function getRemoval(table: Table, scope: Scope, request: string): Promise<Removal> {
  const item = await getItem(table, removalKey(scope, request));
  if (item === undefined) return { version: 0, after: THE_START, removed: {}, kept: {} };
  return { version: Number(item.version), ...recordOf<Omit<Removal, 'version'>>(item) };
}

/** Ends a removal in which there is nothing left; nothing where somebody else has gone on with it meanwhile. */
export function endRemoval(
  table: Table,
  scope: Scope,
  request: string,
  { version }: Removal,
): Write<'removal_moved'>[] {
  const { pk, sk } = removalKey(scope, request);
  const Delete = {
    TableName: table.name,
    Key: { pk, sk },
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
  return [{ item: { Delete }, refusal: 'removal_moved' }];
}

/** Keeps the receipt of an erasure, which is given once. */
export function saveReceipt(table: Table, scope: Scope, request: PrivacyRequest): Write<'removal_moved'>[] {
  const write = {
    Put: {
      TableName: table.name,
      Item: { ...requestKey(scope, request.id), record: request },
      ConditionExpression: '#record.#status = :running',
      ExpressionAttributeNames: { '#record': 'record', '#status': 'status' },
      ExpressionAttributeValues: { ':running': 'running' },
    },
  };
  return [{ item: write, refusal: 'removal_moved' }];
}

/** The marks of events that are of this user: their ids may be of others in what was kept before. */
async function marksOf(table: Table, scope: Scope, userId: string, items: readonly Item[]): Promise<Key[]> {
  const ids = items.filter((item) => kindOf(item) === 'HISTORY').map(({ sk }) => sortParts(String(sk))[2] ?? '');
  const found = await getItems(
    sealed(table),
    ids.map((id) => keyOf(scope, ['E', id], ['EVENT'])),
  );
  return found.flatMap((item) =>
    recordOf<{ userId: string }>(item).userId === userId ? [{ pk: String(item.pk), sk: String(item.sk) }] : [],
  );
}

/** Adds counts up, by kind. */
function sum(a: Counts, b: Counts): Counts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].toSorted().map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

/**
 * Removes the next part of what is under an erased user, and of the marks of their events, and keeps how far it came in
 * the same commit: so each record is counted once, whoever is quicker and whoever dies.
 */
export async function removeSome(
  table: Table,
  scope: Scope,
  { userId, request }: { readonly userId: string; readonly request: string },
): Promise<Removal> {
  const sofar = await getRemoval(table, scope, request);
  const { version, after } = sofar;
  if (after === null) return sofar;
  const { pk: partition } = playerKey(scope, userId, []);
  const items = await queryItems(sealed(table), { partition, limit: STEP, ...(after === THE_START ? {} : { after }) });
  const [kept, gone] = [
    items.filter((item) => KEPT.has(kindOf(item))),
    items.filter((item) => !KEPT.has(kindOf(item))),
  ];
  const keys = [
    ...gone.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    ...(await marksOf(table, scope, userId, gone)),
  ];
  const last = items.at(-1);
  const record = {
    after: items.length < STEP || last === undefined ? null : String(last.sk),
    removed: sum(sofar.removed, countsOf(gone)),
    kept: sum(sofar.kept, countsOf(kept)),
  };
  const place = { ...removalKey(scope, request), version: version + 1, record };
  const result = await commit(table, [
    ...keys.map(({ pk, sk }) => ({ item: { Delete: { TableName: table.name, Key: { pk, sk } } } })),
    { item: putVersion(table, place, version), refusal: 'removal_moved' },
  ]);
  if (result.kind === 'committed') return { version: version + 1, ...record };
  // Somebody else was quicker, or writes at the same moment: from wherever it stands by then.
  if (result.kind === 'contended' || result.kind === 'refused') return sofar;
  throw new Error(`an erased user's records could not be removed: ${result.kind}`);
}

/** Something that is held under a user. */
export interface HeldRecord {
  readonly kind: string;
  readonly key: string;
  readonly data: unknown;
}

/** A text that is JSON as what it says: some items are read and written whole, and kept as text. */
function plainOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  return JSON.parse(value);
}

const OF_THE_TABLE = new Set(['pk', 'sk', 'gsi1pk', 'gsi1sk', 'expiresAt', 'externalIdKey']);

/** Everything that is held under a user, opened. */
export async function allHeldOn(table: Table, scope: Scope, userId: string): Promise<HeldRecord[]> {
  const items = await queryItems(table, { partition: playerKey(scope, userId, []).pk });
  return items.map((item) => {
    const [kind = '', ...rest] = sortParts(String(item.sk));
    const data = Object.entries(item).flatMap(([name, value]) =>
      OF_THE_TABLE.has(name) ? [] : [[name, plainOf(value)] as const],
    );
    return { kind: kind.toLowerCase(), key: rest.join('/'), data: Object.fromEntries(data) };
  });
}

/** Who is in a workspace, without a look at who they are; shard after shard, so many at a time. */
export async function someUserIds(
  table: Table,
  scope: Scope,
  from: string | undefined,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly next: string | null }> {
  const [first = '0', ...place] = (from ?? '0').split('|');
  const ids: string[] = [];
  let after = place.length === 0 ? undefined : place.join('|');
  for (let shard = Number(first); shard < SHARDS; shard += 1) {
    const { gsi1pk: partition } = indexKeyOf(scope, ['USERS', String(shard)], []);
    const wanted = limit - ids.length;
    const items = await queryItems(sealed(table), {
      partition,
      index: true,
      limit: wanted,
      ...(after === undefined ? {} : { after }),
    });
    ids.push(...items.map((item) => sortParts(String(item.gsi1sk))[1] ?? ''));
    if (items.length === wanted) return { ids, next: `${shard}|${String(items.at(-1)?.gsi1sk)}` };
    after = undefined;
  }
  return { ids, next: null };
}
