import type { Table } from '../../src/store/table.ts';

/**
 * A table whose nth request, and every one after it, fails: before it is carried out, or after, so that only the answer
 * is lost. What runs on it dies there.
 */
export function dyingTable(table: Table, nth: number, when: 'before' | 'after'): { table: Table; died: () => boolean } {
  let sent = 0;
  const client = new Proxy(table.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return async (...given: Parameters<typeof target.send>) => {
        sent += 1;
        if (sent >= nth && when === 'before') throw new Error('died');
        const answer = await target.send(...given);
        if (sent >= nth) throw new Error('died');
        return answer;
      };
    },
  });
  return { table: { ...table, client }, died: () => sent >= nth };
}
