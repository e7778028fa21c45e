import { type AttributeValue, attribute, type Item, typeOf } from './attribute-value.ts';
import { invalidParameters, KeySchemaError, type ServiceError, validationError } from './errors.ts';
import { encodeKey, indexPosition, type KeyType, NO_KEY, slotOf } from './key-encoding.ts';
import {
  type KeyAttribute,
  type KeyDefinition,
  keyAttributes,
  keyNames,
  type SecondaryIndex,
  type Table,
} from './table.ts';

/** Where an item is: its partition (hash) and its place there (range), and the slot of the partition in a scan. */
export interface PrimaryKey {
  readonly slot: number;
  readonly hash: Uint8Array;
  readonly range: Uint8Array;
}

/** Where an item is in a secondary index. */
export interface IndexPlace {
  readonly slot: number;
  readonly hash: Uint8Array;
  readonly position: Uint8Array;
}

const schemaMismatch = 'The provided key element does not match the schema';
const maxBytes = { hash: 2048, range: 1024 };

/**
 * The place that the Key of a request names.
 * @throws ValidationException if it is not exactly the table's key
 */
export function keyOfRequest(table: Table, key: Item): PrimaryKey {
  if (Object.keys(key).length !== keyAttributes(table.key).length) throw new KeySchemaError(schemaMismatch);
  for (const { name, type } of keyAttributes(table.key)) {
    const value = attribute(key, name);
    if (value === undefined || typeOf(value) !== type) throw new KeySchemaError(schemaMismatch);
  }
  return checkedPlace(table, key);
}

/**
 * The place of a whole item.
 * @throws ValidationException if its key attributes, those of the indexes included, are absent, of another type, empty
 * or too long
 */
export function keyOfItem(table: Table, item: Item): PrimaryKey {
  for (const { name, type } of keyAttributes(table.key)) {
    const value = attribute(item, name);
    if (value === undefined) throw invalidKey(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) {
      throw invalidKey(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
  }
  const place = checkedPlace(table, item);
  checkIndexKeys(table, item);
  return place;
}

/** @throws ValidationException if an attribute cannot be the key that an index makes of it */
export function checkIndexKeys(table: Table, item: Item): void {
  for (const index of table.indexes) {
    for (const key of keyAttributes(index.key)) checkIndexKey(index, key, attribute(item, key.name));
  }
}

function checkIndexKey(index: SecondaryIndex, key: KeyAttribute, value: AttributeValue | undefined): void {
  if (value === undefined) return;
  if (typeOf(value) !== key.type) {
    const types = `Expected: ${key.type} Actual: ${typeOf(value)}`;
    throw invalidKey(`Type mismatch for Index Key ${key.name} ${types} IndexName: ${index.name}`);
  }
  const bytes = encodeKey(value);
  if (bytes.length === 0) throw emptyIndexKey(index, key);
  const problem = sizeProblem(bytes, key, index.key);
  if (problem !== undefined) throw problem;
}

function invalidKey(problem: string): KeySchemaError {
  return new KeySchemaError(`One or more parameter values were invalid: ${problem}`);
}

function emptyIndexKey(index: SecondaryIndex, key: KeyAttribute): ServiceError {
  return validationError(
    'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The ' +
      `AttributeValue for a key attribute cannot contain an empty ${emptyName(key.type)} value. ` +
      `IndexName: ${index.name}, IndexKey: ${key.name}`,
  );
}

function checkedPlace(table: Table, item: Item): PrimaryKey {
  for (const key of keyAttributes(table.key)) {
    const bytes = encodeKey(required(item, key.name));
    if (bytes.length === 0) throw emptyKey(key);
    const problem = sizeProblem(bytes, key, table.key);
    if (problem !== undefined) throw problem;
  }
  return placeOf(table.key, item);
}

function emptyKey(key: KeyAttribute): ServiceError {
  return validationError(
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
      `${emptyName(key.type)} value. Key: ${key.name}`,
  );
}

function emptyName(type: KeyType): string {
  return type === 'B' ? 'binary' : 'string';
}

function sizeProblem(bytes: Uint8Array, key: KeyAttribute, definition: KeyDefinition): ServiceError | undefined {
  if (key.type === 'N') return undefined;
  if (key.name === definition.hash.name) {
    if (bytes.length <= maxBytes.hash) return undefined;
    return invalidParameters(`Size of hashkey has exceeded the maximum size limit of${maxBytes.hash} bytes`);
  }
  if (bytes.length <= maxBytes.range) return undefined;
  return invalidParameters(`Aggregated size of all range keys has exceeded the size limit of ${maxBytes.range} bytes`);
}

/** The place of an item whose key attributes are known to be in order. */
export function placeOf(key: KeyDefinition, item: Item): PrimaryKey {
  const hash = encodeKey(required(item, key.hash.name));
  const range = key.range === undefined ? NO_KEY : encodeKey(required(item, key.range.name));
  return { slot: slotOf(hash), hash, range };
}

/** The place of an item in an index, or undefined when it lacks a key attribute of it: indexes are sparse. */
export function placeInIndex(table: Table, index: SecondaryIndex, item: Item): IndexPlace | undefined {
  if (keyNames(index.key).some((name) => attribute(item, name) === undefined)) return undefined;
  const own = placeOf(index.key, item);
  const base = placeOf(table.key, item);
  return { slot: own.slot, hash: own.hash, position: indexPosition(own.range, base.hash, base.range) };
}

/** Only the table's key attributes of an item. */
export function keyAttributesOf(key: KeyDefinition, item: Item): Item {
  return Object.fromEntries(keyNames(key).map((name) => [name, required(item, name)]));
}

function required(item: Item, name: string): AttributeValue {
  const value = attribute(item, name);
  if (value === undefined) throw new KeySchemaError(schemaMismatch);
  return value;
}
