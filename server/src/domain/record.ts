/**
 * Ids come from people, so that `__proto__` and `constructor` are ids like any other: records are read by own keys
 * only, and written without a prototype.
 */

/** The value under a key of the record's own, or nothing. */
export function lookup<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A copy of the record with the changes in it; the record itself where there are none. */
export function withEntries<Value>(
  record: Readonly<Record<string, Value>>,
  changes: ReadonlyMap<string, Value>,
): Readonly<Record<string, Value>> {
  if (changes.size === 0) return record;
  const copy: Record<string, Value> = Object.create(null);
  return Object.assign(copy, record, Object.fromEntries(changes));
}
