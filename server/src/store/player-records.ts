import {
  type PlayerRecords,
  partsOf,
  type RecordChange,
  type RecordKind,
  type RecordMap,
  type RecordRef,
} from '../domain/index.ts';
import { put, type Write } from './commit.ts';
import { scoreIndexKey } from './leaderboards.ts';
import { playerKey } from './players.ts';
import type { Key, Scope } from './scope.ts';
import { shareKey } from './shares.ts';
import { getItems, type Item, recordOf, type Table } from './table.ts';

/**
 * Where the records of each kind are kept, in the partition of their player: what their sort keys begin with. What was
 * given to a team is kept with the team's.
 */
export const recordGroups: Readonly<Record<Exclude<RecordKind, 'share'>, string>> = {
  progress: 'PROGRESS',
  streak: 'STREAK',
  score: 'SCORE',
  badge: 'BADGE',
  level: 'LEVEL',
  claim: 'CLAIM',
  hold: 'HOLD',
};

function isKind(kind: string): kind is RecordKind {
  return kind === 'share' || Object.hasOwn(recordGroups, kind);
}

function keyOfRecord(scope: Scope, userId: string, kind: RecordKind, id: string): Key {
  return kind === 'share' ? shareKey(scope, userId, id) : playerKey(scope, userId, [recordGroups[kind], id]);
}

function keyOfRef(scope: Scope, userId: string, ref: RecordRef): Key {
  const [kind, id] = partsOf(ref);
  if (!isKind(kind)) throw new Error(`there is no kind of record ${kind}`);
  return keyOfRecord(scope, userId, kind, id);
}

/** The place of an item as one text. */
function placeOf({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string {
  return JSON.stringify([pk, sk]);
}

/** What an item holds beside its record: scores stand in the index of their board, shares do not say whose they are. */
function besides(scope: Scope, userId: string, change: RecordChange): Item {
  if (change.record === null) return {};
  if (change.kind === 'share') return { userId };
  return change.kind === 'score' ? { ...scoreIndexKey(scope, userId, change.record), userId } : {};
}

/** Writes records as they stand now, and removes those that are not there any more; the sheet guards them. */
export function saveRecords(table: Table, scope: Scope, userId: string, records: RecordMap): Write[] {
  return [...records].map(([ref, change]) => {
    const { pk, sk } = keyOfRef(scope, userId, ref);
    if (change.record === null) return { item: { Delete: { TableName: table.name, Key: { pk, sk } } }, later: true };
    return { item: put(table, { pk, sk, ...besides(scope, userId, change), record: change.record }), later: true };
  });
}

/** Reads the records that references name, whatever they are; those that do not exist are absent. */
export async function readRecords(
  table: Table,
  scope: Scope,
  userId: string,
  refs: readonly RecordRef[],
): Promise<Map<RecordRef, unknown>> {
  const byKey = new Map(refs.map((ref) => [placeOf(keyOfRef(scope, userId, ref)), ref]));
  const items = await getItems(
    table,
    refs.map((ref) => keyOfRef(scope, userId, ref)),
  );
  return new Map(
    items.flatMap((item) => {
      const ref = byKey.get(placeOf(item));
      return ref === undefined ? [] : [[ref, recordOf<unknown>(item)] as const];
    }),
  );
}

/** Reads the records of one kind that are asked for, by id; those that do not exist are absent. */
export async function getRecords<K extends RecordKind>(
  table: Table,
  scope: Scope,
  userId: string,
  kind: K,
  ids: readonly string[],
): Promise<Map<string, PlayerRecords[K]>> {
  const keyOf = (id: string) => keyOfRecord(scope, userId, kind, id);
  const byKey = new Map(ids.map((id) => [placeOf(keyOf(id)), id]));
  const items = await getItems(table, [...new Set(ids)].map(keyOf));
  return new Map(items.map((item) => [byKey.get(placeOf(item)) ?? '', recordOf<PlayerRecords[K]>(item)]));
}
