import type { Item } from './attribute-value.ts';
import { type CapacityReport, type Consumption, consumption, readUnits, reportCapacity } from './capacity.ts';
import type { Context } from './context.ts';
import { type ServiceError, validationError } from './errors.ts';
import { keyOfRequest, type PrimaryKey } from './primary-key.ts';
import { projected } from './read.ts';
import type { BatchGetKeys, BatchGetRequest, BatchWrite, BatchWriteRequest } from './requests.ts';
import type { Table } from './table.ts';
import { checkFilterPaths } from './validate-paths.ts';
import { apply, type PlannedWrite, planDelete, planPut } from './write.ts';

/** How much a BatchGetItem answers at most, in bytes; keys beyond it come back as unprocessed. */
const MAX_BATCH_GET_BYTES = 16 * 1024 * 1024;
const MAX_BATCH_GET_KEYS = 100;
const MAX_BATCH_WRITES = 25;

interface BatchGetResponse {
  readonly Responses: Record<string, Item[]>;
  readonly UnprocessedKeys: Record<string, object>;
  readonly ConsumedCapacity?: readonly CapacityReport[];
}

export function batchGetItem(context: Context, request: BatchGetRequest): BatchGetResponse {
  const wanted = Object.entries(request.RequestItems);
  if (count(wanted.map(([, { Keys }]) => Keys)) > MAX_BATCH_GET_KEYS) {
    throw validationError('Too many items requested for the BatchGetItem call');
  }
  const reads = wanted.map(([name, keys]) => plannedRead(context, name, keys));
  const response: BatchGetResponse = { Responses: {}, UnprocessedKeys: {} };
  const reports: (CapacityReport | undefined)[] = [];
  let room = MAX_BATCH_GET_BYTES;
  for (const read of reads) {
    const { found, left, bytes, consumed } = readAll(context, read, room);
    room -= bytes;
    response.Responses[read.table.name] = found;
    if (left.length > 0) response.UnprocessedKeys[read.table.name] = { ...unparsed(read.keys), Keys: left };
    reports.push(reportCapacity(request.ReturnConsumedCapacity, read.table, consumed));
  }
  return { ...response, ...reported(reports) };
}

interface PlannedRead {
  readonly table: Table;
  readonly keys: BatchGetKeys;
  readonly places: readonly { readonly key: Item; readonly place: PrimaryKey }[];
}

function plannedRead(context: Context, name: string, keys: BatchGetKeys): PlannedRead {
  const table = context.catalog.get(name);
  checkFilterPaths(table, keys._projection);
  const places = keys.Keys.map((key) => ({ key, place: keyOfRequest(table, key) }));
  refuseDuplicates(places.map(({ place }) => place));
  return { table, keys, places };
}

function readAll({ items, meter }: Context, { table, keys, places }: PlannedRead, room: number) {
  const found: Item[] = [];
  const left: Item[] = [];
  const consumed = consumption('read');
  let bytes = 0;
  for (const { key, place } of places) {
    const stored = items.find(table, place);
    const size = stored?.size ?? 0;
    if (left.length > 0 || bytes + size > room) {
      left.push(key);
      continue;
    }
    bytes += size;
    consumed.table += readUnits(size, keys.ConsistentRead === true);
    if (stored !== undefined) found.push(projected(stored.item, keys._projection));
  }
  meter.add(table, consumed);
  return { found, left, bytes, consumed };
}

function unparsed({ ConsistentRead, ProjectionExpression, ExpressionAttributeNames }: BatchGetKeys): object {
  return { ConsistentRead, ProjectionExpression, ExpressionAttributeNames };
}

export function batchWriteItem(context: Context, request: BatchWriteRequest) {
  const wanted = Object.entries(request.RequestItems);
  if (count(wanted.map(([, writes]) => writes)) > MAX_BATCH_WRITES) {
    throw validationError('Too many items requested for the BatchWriteItem call');
  }
  const plans = wanted.map(([name, writes]) => planned(context, name, writes));
  const reports = plans.map(({ table, writes }) => {
    const sum = consumption('write');
    for (const write of writes) {
      const before = context.items.find(table, write.key);
      addTo(sum, apply(context, write, before, write.outcome(before)));
    }
    return reportCapacity(request.ReturnConsumedCapacity, table, sum);
  });
  return { UnprocessedItems: {}, ...reported(reports) };
}

function planned(context: Context, name: string, writes: readonly BatchWrite[]) {
  const table = context.catalog.get(name);
  const plans = writes.map((write) => plannedWrite(context, name, write));
  refuseDuplicates(plans.map(({ key }) => key));
  return { table, writes: plans };
}

function plannedWrite(context: Context, TableName: string, { PutRequest, DeleteRequest }: BatchWrite): PlannedWrite {
  if (PutRequest !== undefined) return planPut(context, { TableName, ...PutRequest });
  if (DeleteRequest !== undefined) return planDelete(context, { TableName, ...DeleteRequest });
  throw emptyWrite();
}

function emptyWrite(): ServiceError {
  return validationError(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

export function addTo(sum: Consumption, part: Consumption): void {
  sum.table += part.table;
  for (const [index, units] of part.indexes) sum.indexes.set(index, (sum.indexes.get(index) ?? 0) + units);
}

/** A place as text, to tell whether two are the same. */
export function placeText({ hash, range }: PrimaryKey): string {
  return `${Buffer.from(hash).toString('hex')}/${Buffer.from(range).toString('hex')}`;
}

function refuseDuplicates(places: readonly PrimaryKey[]): void {
  if (new Set(places.map(placeText)).size < places.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
}

function count(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}

function reported(reports: readonly (CapacityReport | undefined)[]): { ConsumedCapacity?: readonly CapacityReport[] } {
  const present = reports.filter((report) => report !== undefined);
  return present.length === 0 ? {} : { ConsumedCapacity: present };
}
