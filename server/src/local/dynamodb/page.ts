import { attribute, type Item } from './attribute-value.ts';
import { type CapacityReport, consumption, projection, readUnits, reportCapacity } from './capacity.ts';
import { satisfies } from './condition.ts';
import type { Context } from './context.ts';
import { invalidParameters, validationError } from './errors.ts';
import { itemSize } from './item-codec.ts';
import type { StoredItem } from './item-store.ts';
import type { Source } from './page-reader.ts';
import { keyAttributesOf } from './primary-key.ts';
import { projected } from './read.ts';
import type { PageRequest } from './requests.ts';
import { keyNames } from './table.ts';
import { checkFilterPaths } from './validate-paths.ts';

/** A page ends when it has read so much, in bytes before filtering. */
const MAX_PAGE_BYTES = 1024 * 1024;

export interface Page {
  readonly Items?: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
  readonly ConsumedCapacity?: CapacityReport;
}

/**
 * What a query or scan names, after the checks that both share.
 * @throws ValidationException, ResourceNotFoundException
 */
export function sourceOf(context: Context, request: PageRequest): Source {
  const table = context.catalog.get(request.TableName);
  const index = table.indexes.find(({ name }) => name === request.IndexName);
  if (request.IndexName !== undefined && index === undefined) {
    throw validationError(`The table does not have the specified index: ${request.IndexName}`);
  }
  if (index !== undefined && !index.local && request.ConsistentRead === true) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  const source = { table, index };
  checkSelect(source, request);
  checkFilterPaths(table, request._projection);
  checkFilterPaths(table, request._filter);
  return source;
}

function checkSelect({ index }: Source, { Select, _projection }: PageRequest): void {
  if (_projection !== undefined && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES') {
    const names = { COUNT: 'only the Count', ALL_ATTRIBUTES: Select, ALL_PROJECTED_ATTRIBUTES: Select };
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${names[Select]}`);
  }
  if (_projection === undefined && Select === 'SPECIFIC_ATTRIBUTES') {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (index === undefined && Select === 'ALL_PROJECTED_ATTRIBUTES') {
    throw validationError('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (index?.projected === undefined || index.local) return;
  if (Select === 'ALL_ATTRIBUTES') {
    throw invalidParameters(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection ` +
        'type is not ALL',
    );
  }
  const { projected: held } = index;
  const missing = _projection?.paths.map(([head]) => String(head)).filter((name) => !held.has(name)) ?? [];
  if (missing.length > 0) {
    throw invalidParameters(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
  }
}

/** Reads rows up to the limit of the request or of a page, filters them, and says where the next page starts. */
export function readPage(context: Context, source: Source, request: PageRequest, rows: Iterable<StoredItem>): Page {
  const fetch = fetchesFromTable(source, request);
  const items: Item[] = [];
  const read = { count: 0, bytes: 0, fetched: 0 };
  let last: Item | undefined;
  let ended = true;
  for (const row of rows) {
    // The item that reaches the limit is still in the page, as in the service.
    if (read.bytes >= MAX_PAGE_BYTES) {
      ended = false;
      break;
    }
    read.count += 1;
    read.bytes += sizeIn(source, row);
    if (fetch) read.fetched += readUnits(row.size, request.ConsistentRead === true);
    last = row.item;
    const visible = source.index === undefined || fetch ? row.item : projection(source.index, row.item);
    if (request._filter === undefined || satisfies(visible, request._filter.expression)) items.push(visible);
    if (read.count === request.Limit) {
      ended = false;
      break;
    }
  }
  return {
    ...(request.Select !== 'COUNT' && { Items: items.map((item) => projected(item, request._projection)) }),
    Count: items.length,
    ScannedCount: read.count,
    ...(!ended && last !== undefined && { LastEvaluatedKey: startKeyOf(source, last) }),
    ...report(context, source, request, read),
  };
}

/** A local index gives attributes that it does not hold, at the price of reading the item as well. */
function fetchesFromTable({ index }: Source, { Select, _projection }: PageRequest): boolean {
  if (index?.projected === undefined || !index.local) return false;
  const { projected: held } = index;
  return Select === 'ALL_ATTRIBUTES' || (_projection?.paths.some(([head]) => !held.has(String(head))) ?? false);
}

function sizeIn({ index }: Source, row: StoredItem): number {
  return index?.projected === undefined ? row.size : itemSize(projection(index, row.item));
}

function report(
  { meter }: Context,
  { table, index }: Source,
  request: PageRequest,
  read: { readonly bytes: number; readonly fetched: number },
): { ConsumedCapacity?: CapacityReport } {
  const units = readUnits(read.bytes, request.ConsistentRead === true);
  const consumed = consumption('read', index === undefined ? units : read.fetched);
  if (index !== undefined) consumed.indexes.set(index, units);
  meter.add(table, consumed);
  const ConsumedCapacity = reportCapacity(request.ReturnConsumedCapacity, table, consumed);
  return ConsumedCapacity === undefined ? {} : { ConsumedCapacity };
}

function startKeyOf(source: Source, item: Item): Item {
  const indexKey = source.index === undefined ? {} : keyAttributesOf(source.index.key, item);
  return { ...indexKey, ...keyAttributesOf(source.table.key, item) };
}

/** The names that a start key of this source has, no more and no less. */
function startKeyNames({ table, index }: Source): Set<string> {
  return new Set([...keyNames(table.key), ...(index === undefined ? [] : keyNames(index.key))]);
}

/** @throws ValidationException if the start key has other attributes, or other types, than the source's keys */
export function checkStartKey(source: Source, key: Item): void {
  const names = startKeyNames(source);
  const { attributes } = source.table.definition;
  const fits = [...names].every((name) => {
    const value = attribute(key, name);
    const type = attributes.find((definition) => definition.AttributeName === name)?.AttributeType;
    return value !== undefined && type !== undefined && type in value;
  });
  if (!fits || Object.keys(key).length !== names.size) throw invalidStartKey();
}

export function invalidStartKey(reason = 'The provided key element does not match the schema') {
  return validationError(`The provided starting key is invalid: ${reason}`);
}
