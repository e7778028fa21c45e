import type { IssuerRecord, IssuerRecords } from '../../store/issuer-records.ts';

/** Where the issuer remembers: in the platform's table, or in this process. */
export type IssuerStore = IssuerRecords;

/**
 * Remembers in this process: for tests, and for a platform that runs in one process and may ask people to sign in
 * again after a restart.
 */
export function memoryIssuerStore(now: () => number): IssuerStore {
  const records = new Map<string, IssuerRecord>();
  const keyOf = (kind: string, id: string): string => JSON.stringify([kind, id]);
  const live = (key: string): IssuerRecord | undefined => {
    const record = records.get(key);
    if (record === undefined || record.expiresAt > now()) return record;
    records.delete(key);
    return undefined;
  };
  let puts = 0;
  const sweep = (): void => {
    puts += 1;
    if (puts % 1000 === 0) for (const key of [...records.keys()]) live(key);
  };
  return {
    get: async (kind, id) => structuredClone(live(keyOf(kind, id))),
    put: async (kind, id, record) => {
      sweep();
      records.set(keyOf(kind, id), structuredClone(record));
    },
    remove: async (kind, id) => {
      records.delete(keyOf(kind, id));
    },
    count: async (kind, id, expiresAt) => {
      const key = keyOf(kind, id);
      const count = Number(live(key)?.payload.count ?? 0) + 1;
      records.set(key, { payload: { count }, expiresAt });
      return count;
    },
    consume: async (kind, id, at) => {
      const key = keyOf(kind, id);
      const record = live(key);
      if (record === undefined || record.payload.consumed !== undefined) return false;
      records.set(key, { ...record, payload: { ...record.payload, consumed: at } });
      return true;
    },
  };
}
