/**
 * Ids come from people, so that `__proto__` and `constructor` are ids like any other: records are read by own keys
 * only, and written without a prototype.
 */

/** The value under a key of the record's own, or nothing. */
export function lookup<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A copy of the record with one value put in it. */
export function withEntry<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
  value: Value,
): Readonly<Record<string, Value>> {
  const copy: Record<string, Value> = Object.assign(Object.create(null), record);
  copy[key] = value;
  return copy;
}

/** A copy of the record without some of its keys; the record itself where there are none. */
export function withoutKeys<Value>(
  record: Readonly<Record<string, Value>>,
  keys: readonly string[],
): Readonly<Record<string, Value>> {
  if (keys.length === 0) return record;
  const copy: Record<string, Value> = Object.assign(Object.create(null), record);
  for (const key of keys) delete copy[key];
  return copy;
}
