import { type AttributeValue, attribute, equal, type Item } from './attribute-value.ts';
import type { Context } from './context.ts';
import { invalidParameters, validationError } from './errors.ts';
import { AFTER_ALL_KEYS, afterPrefix, encodeKey, escapeKey, justAfter, NO_KEY, slotOf } from './key-encoding.ts';
import { checkStartKey, type Page, readPage, sourceOf } from './page.ts';
import type { PartitionRange, Source } from './page-reader.ts';
import { placeInIndex, placeOf } from './primary-key.ts';
import type { KeyCondition, QueryRequest } from './requests.ts';
import { type KeyAttribute, type KeyDefinition, keyNames } from './table.ts';

const indexable = new Set(['EQ', 'LT', 'LE', 'GT', 'GE', 'BEGINS_WITH', 'BETWEEN']);

export function query(context: Context, request: QueryRequest): Page {
  const source = sourceOf(context, request);
  const key = (source.index ?? source.table).key;
  const conditions = keyConditions(key, request);
  checkFilter(key, request);
  const range = rangeOf(conditions, request.ScanIndexForward !== false);
  const { ExclusiveStartKey: start } = request;
  if (start !== undefined) checkStart(source, conditions, start);
  const part = start === undefined ? inSource(source, range) : after(source, inSource(source, range), start);
  return readPage(context, source, request, context.pages.partition(source, part));
}

interface Conditions {
  readonly hash: AttributeValue;
  readonly hashName: string;
  readonly range: { readonly name: string; readonly condition: KeyCondition } | undefined;
}

/** @throws ValidationException unless there is one equality on the partition key and at most one more on the sort key */
function keyConditions(key: KeyDefinition, { KeyConditions }: QueryRequest): Conditions {
  const given = Object.keys(KeyConditions).length;
  const hash = KeyConditions[key.hash.name];
  if (hash === undefined) throw validationError(`Query condition missed key schema element: ${key.hash.name}`);
  checkCondition(key.hash, hash);
  const [value] = hash.AttributeValueList;
  if (hash.ComparisonOperator !== 'EQ' || value === undefined) {
    throw validationError('Query key condition not supported');
  }
  if (given === 1) return { hash: value, hashName: key.hash.name, range: undefined };
  if (key.range === undefined) throw validationError('Query key condition not supported');
  const condition = KeyConditions[key.range.name];
  if (condition === undefined) throw validationError(`Query condition missed key schema element: ${key.range.name}`);
  checkCondition(key.range, condition);
  return { hash: value, hashName: key.hash.name, range: { name: key.range.name, condition } };
}

function checkCondition({ name, type }: KeyAttribute, { ComparisonOperator, AttributeValueList }: KeyCondition): void {
  if (!indexable.has(ComparisonOperator)) {
    throw validationError('Attempted conditional constraint is not an indexable operation');
  }
  if (AttributeValueList.some((value) => !(type in value))) {
    throw invalidParameters('Condition parameter type does not match schema type');
  }
  if (AttributeValueList.some((value) => encodeKey(value).length === 0)) {
    throw validationError(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
        `${type === 'B' ? 'binary' : 'string'} value. Key: ${name}`,
    );
  }
}

function checkFilter(key: KeyDefinition, { _filter }: QueryRequest): void {
  const name = keyNames(key).find((keyName) => _filter?.pathHeads[keyName] === true);
  if (name === undefined) return;
  throw validationError(
    `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
  );
}

/** The sort keys that the conditions allow, in bytes. */
function rangeOf({ hash, range }: Conditions, forward: boolean): PartitionRange {
  const partition = encodeKey(hash);
  const bounds = range === undefined ? { low: NO_KEY, high: AFTER_ALL_KEYS } : boundsOf(range.condition);
  return { slot: slotOf(partition), hash: partition, forward, ...bounds };
}

function boundsOf({ ComparisonOperator, AttributeValueList }: KeyCondition): { low: Uint8Array; high: Uint8Array } {
  const [first = NO_KEY, second = NO_KEY] = AttributeValueList.map(encodeKey);
  switch (ComparisonOperator) {
    case 'EQ':
      return { low: first, high: justAfter(first) };
    case 'LT':
      return { low: NO_KEY, high: first };
    case 'LE':
      return { low: NO_KEY, high: justAfter(first) };
    case 'GT':
      return { low: justAfter(first), high: AFTER_ALL_KEYS };
    case 'GE':
      return { low: first, high: AFTER_ALL_KEYS };
    case 'BETWEEN':
      return { low: first, high: justAfter(second) };
    default:
      return { low: first, high: afterPrefix(first) };
  }
}

/** The same range in an index, whose positions begin with the escaped sort key. */
function inSource({ index }: Source, range: PartitionRange): PartitionRange {
  return index === undefined ? range : { ...range, low: escapeKey(range.low), high: escapeKey(range.high) };
}

/** What is left of a range after a start key. */
function after(source: Source, range: PartitionRange, start: Item): PartitionRange {
  const position = positionOf(source, start);
  return range.forward
    ? { ...range, low: greater(range.low, justAfter(position)) }
    : { ...range, high: lesser(range.high, position) };
}

function positionOf({ table, index }: Source, start: Item): Uint8Array {
  if (index === undefined) return placeOf(table.key, start).range;
  return placeInIndex(table, index, start)?.position ?? NO_KEY;
}

function greater(left: Uint8Array, right: Uint8Array): Uint8Array {
  return Buffer.compare(left, right) > 0 ? left : right;
}

function lesser(left: Uint8Array, right: Uint8Array): Uint8Array {
  return Buffer.compare(left, right) < 0 ? left : right;
}

/** @throws ValidationException if the start key lies outside of what the query reads */
function checkStart(source: Source, conditions: Conditions, start: Item): void {
  checkStartKey(source, start);
  const partition = attribute(start, conditions.hashName);
  if (partition === undefined || !equal(partition, conditions.hash)) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  const sort = conditions.range && attribute(start, conditions.range.name);
  if (conditions.range === undefined || sort === undefined) return;
  const { low, high } = boundsOf(conditions.range.condition);
  const key = encodeKey(sort);
  if (Buffer.compare(key, low) < 0 || Buffer.compare(key, high) >= 0) {
    throw validationError('The provided starting key does not match the range key predicate');
  }
}
