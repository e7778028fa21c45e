import type { Table } from '../../src/store/table.ts';

/** The partition keys in a request: of items, of keys, and of conditions on a key, in the table and in its index. */
function partitionsIn(value: unknown, name = ''): string[] {
  if (/^(?:pk|gsi1pk|:pk)$/.test(name)) {
    const text: unknown = typeof value === 'object' && value !== null && 'S' in value ? value.S : value;
    return [String(text)];
  }
  if (Array.isArray(value)) return value.flatMap((one) => partitionsIn(one));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => partitionsIn(one, key));
}

/** Notes every partition key that is sent to a table from now on. */
export function watchKeys({ client }: Table): { keys(): readonly string[]; clear(): void } {
  let keys: string[] = [];
  client.middlewareStack.add(
    (next) => (args) => {
      keys.push(...partitionsIn(args.input));
      return next(args);
    },
    { step: 'initialize', name: 'watch-keys', priority: 'high' },
  );
  return {
    keys: () => keys,
    clear: () => {
      keys = [];
    },
  };
}
