import type { Item } from './attribute-value.ts';
import { type CapacityReport, type Consumption, consumption, reportCapacity, writeUnits } from './capacity.ts';
import { isPath, satisfies } from './condition.ts';
import type { Context } from './context.ts';
import { project } from './document-path.ts';
import { conditionFailed, validationError } from './errors.ts';
import { isNestedTooDeep, itemSize, MAX_ITEM_BYTES } from './item-codec.ts';
import type { StoredItem } from './item-store.ts';
import { checkIndexKeys, keyOfItem, keyOfRequest, type PrimaryKey } from './primary-key.ts';
import type { DeleteRequest, PutRequest, UpdateRequest } from './requests.ts';
import type { Table } from './table.ts';
import { applyUpdate } from './update-expression.ts';
import { checkUpdatePaths } from './validate-paths.ts';

interface WriteResponse {
  readonly Attributes?: Item;
  readonly ConsumedCapacity?: CapacityReport | undefined;
}

/** A write that was checked against its table but not yet against the item that is there. */
export interface PlannedWrite {
  readonly table: Table;
  readonly key: PrimaryKey;
  readonly request: DeleteRequest | PutRequest | UpdateRequest;
  /** The item that the write leaves, or undefined when it removes it. May throw a ValidationException. */
  readonly outcome: (before: StoredItem | undefined) => Item | undefined;
}

/** @throws ValidationException, ResourceNotFoundException */
export function planPut(context: Context, request: PutRequest): PlannedWrite {
  const table = context.catalog.get(request.TableName);
  const key = keyOfItem(table, request.Item);
  if (itemSize(request.Item) > MAX_ITEM_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
  if (isNestedTooDeep(request.Item)) throw nestedTooDeep();
  return { table, key, request, outcome: () => request.Item };
}

/** @throws ValidationException, ResourceNotFoundException */
export function planDelete(context: Context, request: DeleteRequest): PlannedWrite {
  const table = context.catalog.get(request.TableName);
  const key = keyOfRequest(table, request.Key);
  return { table, key, request, outcome: () => undefined };
}

/** @throws ValidationException, ResourceNotFoundException */
export function planUpdate(context: Context, request: UpdateRequest): PlannedWrite {
  const table = context.catalog.get(request.TableName);
  const key = keyOfRequest(table, request.Key);
  checkUpdatePaths(table, request._updates);
  checkIndexKeys(table, assignedLiterals(request));
  return { table, key, request, outcome: (before) => updated(table, request, before) };
}

/** Attributes that the update sets to a value of the request itself, whatever the item is. */
function assignedLiterals({ _updates }: UpdateRequest): Item {
  const literals: Item = {};
  for (const section of _updates?.sections ?? []) {
    const [name] = section.path;
    if (section.type !== 'set' || section.path.length > 1 || typeof name !== 'string') continue;
    if (!isPath(section.val) && !('type' in section.val)) literals[name] = section.val;
  }
  return literals;
}

function updated(table: Table, request: UpdateRequest, before: StoredItem | undefined): Item {
  const item = before === undefined ? { ...request.Key } : structuredClone(before.item);
  applyUpdate(item, request._updates?.sections ?? []);
  checkIndexKeys(table, item);
  if (isNestedTooDeep(item)) throw nestedTooDeep();
  if (itemSize(item) > MAX_ITEM_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  return item;
}

function nestedTooDeep() {
  return validationError(
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );
}

/** Whether the condition of a write, if it has one, holds for the item that is there. */
export function conditionHolds(request: PlannedWrite['request'], before: StoredItem | undefined): boolean {
  return request._condition === undefined || satisfies(before?.item ?? {}, request._condition.expression);
}

export function putItem(context: Context, request: PutRequest): WriteResponse {
  return write(context, planPut(context, request));
}

export function deleteItem(context: Context, request: DeleteRequest): WriteResponse {
  return write(context, planDelete(context, request));
}

export function updateItem(context: Context, request: UpdateRequest): WriteResponse {
  return write(context, planUpdate(context, request));
}

function write(context: Context, planned: PlannedWrite): WriteResponse {
  const { table, key, request } = planned;
  const before = context.items.find(table, key);
  if (!conditionHolds(request, before)) {
    // A put that fails costs by the larger of what is there and what was to be there.
    const wanted = 'Item' in request ? itemSize(request.Item) : 0;
    context.meter.add(table, consumption('write', writeUnits(Math.max(before?.size ?? 0, wanted))));
    throw conditionFailed(request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before?.item : undefined);
  }
  const after = planned.outcome(before);
  const consumed = apply(context, planned, before, after);
  const ConsumedCapacity = reportCapacity(request.ReturnConsumedCapacity, table, consumed);
  const Attributes = returnedAttributes(request, before?.item, after);
  return { ...(Attributes && { Attributes }), ...(ConsumedCapacity && { ConsumedCapacity }) };
}

/** Writes the outcome, and counts what it consumed. */
export function apply(
  { items, meter }: Context,
  { table, key }: PlannedWrite,
  before: StoredItem | undefined,
  after: Item | undefined,
): Consumption {
  const consumed = items.change(table, key, before, after);
  meter.add(table, consumed);
  return consumed;
}

function returnedAttributes(request: UpdateRequest | PutRequest, before: Item | undefined, after: Item | undefined) {
  const paths = '_updates' in request ? (request._updates?.paths ?? []) : [];
  switch (request.ReturnValues) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before && nonEmpty(project(before, paths));
    case 'UPDATED_NEW':
      return after && nonEmpty(project(after, paths));
    default:
      return undefined;
  }
}

function nonEmpty(item: Item): Item | undefined {
  return Object.keys(item).length === 0 ? undefined : item;
}
