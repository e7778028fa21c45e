import type { Table } from '../../src/store/table.ts';

/** A table before whose nth request something else happens, to its end. */
export function interruptedTable(
  table: Table,
  nth: number,
  meanwhile: () => Promise<unknown>,
): { table: Table; happened: () => boolean } {
  let sent = 0;
  const client = new Proxy(table.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return async (...given: Parameters<typeof target.send>) => {
        sent += 1;
        if (sent === nth) await meanwhile();
        return target.send(...given);
      };
    },
  });
  return { table: { ...table, client }, happened: () => sent >= nth };
}
