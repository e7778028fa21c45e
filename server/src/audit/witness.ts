import type { Table, Testimony, TransactItem, Witness } from '../store/table.ts';

const NOTHING: Testimony = { items: [], leave: () => undefined };

/**
 * Makes a table whose first commit carries the record of whoever writes. Commits that are under way at once wait until
 * one of them was written; those after it go unhindered.
 * @param itemsOf the record, as it is to be written; asked for again at each try
 */
export function witnessed(table: Table, itemsOf: () => readonly TransactItem[], onWritten: () => void): Table {
  let isSeen = false;
  let tail = Promise.resolve();
  const witness: Witness = {
    async enter() {
      if (isSeen) return NOTHING;
      const before = tail;
      const { promise, resolve } = Promise.withResolvers<void>();
      tail = promise;
      await before;
      if (isSeen) {
        resolve();
        return NOTHING;
      }
      return {
        items: itemsOf(),
        leave(isWritten) {
          if (isWritten) {
            isSeen = true;
            onWritten();
          }
          resolve();
        },
      };
    },
  };
  return { ...table, witness };
}
