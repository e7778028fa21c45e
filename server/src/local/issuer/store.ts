/** Something that the issuer remembers for a while: a session, a code, a grant, a page in progress. */
export interface IssuerRecord {
  readonly payload: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970; afterwards the record is as good as gone. */
  readonly expiresAt: number;
}

/** Where the issuer remembers. Keys are pairs of a kind and an id. */
export interface IssuerStore {
  get(kind: string, id: string): Promise<IssuerRecord | undefined>;
  put(kind: string, id: string, record: IssuerRecord): Promise<void>;
  remove(kind: string, id: string): Promise<void>;
  /**
   * Marks a record as used by setting `consumed` in its payload, in one step with the check that nobody did before.
   * @param at seconds since 1970
   * @returns false where it is gone or was used before
   */
  consume(kind: string, id: string, at: number): Promise<boolean>;
}

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
    consume: async (kind, id, at) => {
      const key = keyOf(kind, id);
      const record = live(key);
      if (record === undefined || record.payload.consumed !== undefined) return false;
      records.set(key, { ...record, payload: { ...record.payload, consumed: at } });
      return true;
    },
  };
}
