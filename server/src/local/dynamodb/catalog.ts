import type { DatabaseSync } from 'node:sqlite';
import { integer, text } from './database.ts';
import { tableNotFound } from './errors.ts';
import { type Table, type TableDefinition, tableOf } from './table.ts';

/** The tables that exist. They are few and asked for by every request, so they are kept in memory as well. */
export interface Catalog {
  find(name: string): Table | undefined;
  /** @throws ResourceNotFoundException */
  get(name: string): Table;
  names(): string[];
  all(): Iterable<Table>;
  create(definition: TableDefinition): Table;
  replace(table: Table, definition: TableDefinition): Table;
  remove(table: Table): void;
  /** Another number after each change. */
  version(): number;
  /** Reads the tables again, after a change to them was rolled back. */
  reload(): void;
}

export function openCatalog(database: DatabaseSync): Catalog {
  const insert = database.prepare('INSERT INTO definition (name, body) VALUES (?, ?)');
  const update = database.prepare('UPDATE definition SET body = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM definition WHERE id = ?');
  const select = database.prepare('SELECT id, body FROM definition');
  const tables = new Map<string, Table>();
  let version = 0;

  function keep(id: number, definition: TableDefinition): Table {
    const table = tableOf(id, definition);
    tables.set(table.name, table);
    version += 1;
    return table;
  }

  function reload(): void {
    tables.clear();
    for (const row of select.all()) keep(integer(row.id), JSON.parse(text(row.body)));
  }
  reload();

  return {
    find: (name) => tables.get(name),
    get(name) {
      const table = tables.get(name);
      if (table === undefined) throw tableNotFound();
      return table;
    },
    names: () => [...tables.keys()].toSorted(),
    all: () => tables.values(),
    create(definition) {
      const { lastInsertRowid } = insert.run(definition.name, JSON.stringify(definition));
      return keep(Number(lastInsertRowid), definition);
    },
    replace(table, definition) {
      update.run(JSON.stringify(definition), table.id);
      return keep(table.id, definition);
    },
    remove(table) {
      remove.run(table.id);
      tables.delete(table.name);
      version += 1;
    },
    version: () => version,
    reload,
  };
}
