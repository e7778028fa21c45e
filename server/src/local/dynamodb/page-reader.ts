import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type StoredItem, storedItem } from './item-store.ts';
import { NO_KEY } from './key-encoding.ts';
import type { SecondaryIndex, Table } from './table.ts';

/** What a query or scan reads: a table, or one of its indexes. */
export interface Source {
  readonly table: Table;
  readonly index: SecondaryIndex | undefined;
}

/** A part of one partition, in the order of its sort key: from `low`, up to but not including `high`. */
export interface PartitionRange {
  readonly slot: number;
  readonly hash: Uint8Array;
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  readonly forward: boolean;
}

/** A part of a whole table or index: from a slot up to but not including another, after a place in it. */
export interface SlotRange {
  readonly from: number;
  readonly to: number;
  readonly after?: { readonly slot: number; readonly hash: Uint8Array; readonly position: Uint8Array } | undefined;
}

/** Reads items one at a time, so that a page ends where it must without reading on. */
export interface PageReader {
  partition(source: Source, range: PartitionRange): Iterable<StoredItem>;
  slots(source: Source, range: SlotRange): Iterable<StoredItem>;
}

export function openPageReader(database: DatabaseSync): PageReader {
  const itemsOf = (where: string, order: string) =>
    database.prepare(`SELECT id, body, size FROM item WHERE tbl = ? AND ${where} ORDER BY ${order}`);
  const entriesOf = (where: string, order: string) =>
    database.prepare(
      `SELECT item.id, item.body, item.size FROM entry CROSS JOIN item ON item.id = entry.item
       WHERE entry.idx = ? AND ${where} ORDER BY ${order}`,
    );
  const partitions = {
    table: {
      forward: itemsOf('slot = ? AND hash = ? AND range >= ? AND range < ?', 'range'),
      backward: itemsOf('slot = ? AND hash = ? AND range >= ? AND range < ?', 'range DESC'),
    },
    index: {
      forward: entriesOf('entry.slot = ? AND entry.hash = ? AND position >= ? AND position < ?', 'position'),
      backward: entriesOf('entry.slot = ? AND entry.hash = ? AND position >= ? AND position < ?', 'position DESC'),
    },
  };
  const slots = {
    table: itemsOf('(slot, hash, range) > (?, ?, ?) AND slot < ?', 'slot, hash, range'),
    index: entriesOf(
      '(entry.slot, entry.hash, position) > (?, ?, ?) AND entry.slot < ?',
      'entry.slot, entry.hash, position',
    ),
  };

  return {
    partition(source, { slot, hash, low, high, forward }) {
      const statement = partitions[source.index ? 'index' : 'table'][forward ? 'forward' : 'backward'];
      return stored(statement.iterate(source.index?.id ?? source.table.id, slot, hash, low, high));
    },
    slots(source, { from, to, after }) {
      // No key is empty, so an empty one comes before all of its slot.
      const { slot, hash, position } = after ?? { slot: from, hash: NO_KEY, position: NO_KEY };
      const statement = slots[source.index ? 'index' : 'table'];
      return stored(statement.iterate(source.index?.id ?? source.table.id, slot, hash, position, to));
    },
  };
}

function* stored(rows: Iterable<Record<string, SQLOutputValue>>): Generator<StoredItem> {
  for (const row of rows) yield storedItem(row);
}
