import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { attribute, type Item } from './attribute-value.ts';
import { type Consumption, consumption, indexWriteUnits, writeUnits } from './capacity.ts';
import { integer, text } from './database.ts';
import { decodeItem, encodeItem, itemSize } from './item-codec.ts';
import { type IndexPlace, type PrimaryKey, placeInIndex } from './primary-key.ts';
import type { Origin, StreamLog } from './stream-log.ts';
import type { SecondaryIndex, Table } from './table.ts';

/** An item as it is in the database. Each read makes a new object, which the reader may change. */
export interface StoredItem {
  readonly id: number;
  readonly item: Item;
  readonly size: number;
}

/** The one door to items: whatever changes an item keeps its index entries, its expiry and its stream in step. */
export interface ItemStore {
  find(table: Table, key: PrimaryKey): StoredItem | undefined;
  /** Puts `after` in the place of `before`; either may be absent. Answers what it consumes. */
  change(
    table: Table,
    key: PrimaryKey,
    before: StoredItem | undefined,
    after: Item | undefined,
    origin?: Origin,
  ): Consumption;
  count(table: Table): number;
  bytes(table: Table): number;
  countEntries(index: SecondaryIndex): number;
  removeAll(table: Table): void;
  buildIndex(table: Table, index: SecondaryIndex): void;
  removeIndex(index: SecondaryIndex): void;
  /** Notes anew when each item of the table expires, after its time-to-live attribute changed. */
  noteExpiry(table: Table): void;
  /** Items whose expiry lies in the given seconds since 1970, both inclusive. */
  expiring(table: Table, from: number, to: number, limit: number): StoredItem[];
}

export function openItemStore(database: DatabaseSync, streams: StreamLog): ItemStore {
  const find = database.prepare(
    'SELECT id, body, size FROM item WHERE tbl = ? AND slot = ? AND hash = ? AND range = ?',
  );
  const insert = database.prepare(
    'INSERT INTO item (tbl, slot, hash, range, size, expires, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare('UPDATE item SET size = ?, expires = ?, body = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM item WHERE id = ?');
  const insertEntry = database.prepare('INSERT INTO entry (idx, slot, hash, position, item) VALUES (?, ?, ?, ?, ?)');
  const removeEntry = database.prepare('DELETE FROM entry WHERE idx = ? AND slot = ? AND hash = ? AND position = ?');
  const removeEntries = database.prepare('DELETE FROM entry WHERE idx = ?');
  const removeItems = database.prepare('DELETE FROM item WHERE tbl = ?');
  const selectAll = database.prepare('SELECT id, body, size FROM item WHERE tbl = ?');
  const sums = database.prepare('SELECT count(*) AS items, coalesce(sum(size), 0) AS bytes FROM item WHERE tbl = ?');
  const entries = database.prepare('SELECT count(*) AS items FROM entry WHERE idx = ?');
  const setExpiry = database.prepare('UPDATE item SET expires = ? WHERE id = ?');
  const expiring = database.prepare(
    'SELECT id, body, size FROM item WHERE tbl = ? AND expires BETWEEN ? AND ? ORDER BY expires LIMIT ?',
  );

  function write(table: Table, key: PrimaryKey, before: StoredItem | undefined, item: Item, size: number): number {
    const body = encodeItem(item);
    const expires = expiryOf(table, item);
    if (before !== undefined) {
      update.run(size, expires, body, before.id);
      return before.id;
    }
    return Number(insert.run(table.id, key.slot, key.hash, key.range, size, expires, body).lastInsertRowid);
  }

  function moveEntry(
    index: SecondaryIndex,
    from: IndexPlace | undefined,
    to: IndexPlace | undefined,
    id: number,
  ): void {
    if (from !== undefined) removeEntry.run(index.id, from.slot, from.hash, from.position);
    if (to !== undefined) insertEntry.run(index.id, to.slot, to.hash, to.position, id);
  }

  return {
    find(table, key) {
      const row = find.get(table.id, key.slot, key.hash, key.range);
      return row === undefined ? undefined : storedItem(row);
    },
    change(table, key, before, after, origin = 'caller') {
      const size = after === undefined ? 0 : itemSize(after);
      const consumed = consumption('write', writeUnits(Math.max(before?.size ?? 0, size)));
      const id = after === undefined ? before?.id : write(table, key, before, after, size);
      if (id === undefined) return consumed;
      for (const index of table.indexes) {
        const from = before && placeInIndex(table, index, before.item);
        const to = after && placeInIndex(table, index, after);
        const moved = !samePlace(from, to);
        if (moved) moveEntry(index, from, to, id);
        const seen = { before: from && before?.item, after: to && after, moved };
        const units = indexWriteUnits(index, seen);
        if (units > 0) consumed.indexes.set(index, units);
      }
      if (after === undefined) remove.run(id);
      streams.append(table, before?.item, after, origin);
      return consumed;
    },
    count: (table) => integer(sums.get(table.id)?.items),
    bytes: (table) => integer(sums.get(table.id)?.bytes),
    countEntries: (index) => integer(entries.get(index.id)?.items),
    removeAll(table) {
      for (const index of table.indexes) removeEntries.run(index.id);
      removeItems.run(table.id);
    },
    buildIndex(table, index) {
      for (const stored of selectAll.all(table.id).map(storedItem)) {
        moveEntry(index, undefined, placeInIndex(table, index, stored.item), stored.id);
      }
    },
    removeIndex: (index) => void removeEntries.run(index.id),
    noteExpiry(table) {
      for (const { id, item } of selectAll.all(table.id).map(storedItem)) setExpiry.run(expiryOf(table, item), id);
    },
    expiring: (table, from, to, limit) => expiring.all(table.id, from, to, limit).map(storedItem),
  };
}

export function storedItem(row: Record<string, SQLOutputValue>): StoredItem {
  return { id: integer(row.id), item: decodeItem(text(row.body)), size: integer(row.size) };
}

/** When an item expires, in whole seconds since 1970: only a number in the time-to-live attribute counts. */
function expiryOf(table: Table, item: Item): number | null {
  const { ttlAttribute } = table.definition;
  const value = ttlAttribute === undefined ? undefined : attribute(item, ttlAttribute);
  if (value === undefined || !('N' in value)) return null;
  const seconds = Math.floor(Number(value.N));
  return Number.isSafeInteger(seconds) ? seconds : null;
}

function samePlace(left: IndexPlace | undefined, right: IndexPlace | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return Buffer.compare(left.hash, right.hash) === 0 && Buffer.compare(left.position, right.position) === 0;
}
