import { createHash } from 'node:crypto';
import type { Item } from './attribute-value.ts';
import { addTo, placeText } from './batch.ts';
import {
  type CapacityReport,
  type Consumption,
  consumption,
  readUnits,
  reportTransaction,
  writeUnits,
} from './capacity.ts';
import type { Context } from './context.ts';
import {
  type CancellationReason,
  KeySchemaError,
  ServiceError,
  transactionCancelled,
  validationError,
} from './errors.ts';
import { itemSize } from './item-codec.ts';
import type { StoredItem } from './item-store.ts';
import { keyOfRequest } from './primary-key.ts';
import { projected } from './read.ts';
import type {
  GetRequest,
  ReturnConsumedCapacity,
  TransactGetRequest,
  TransactWrite,
  TransactWriteRequest,
} from './requests.ts';
import type { Table } from './table.ts';
import { checkFilterPaths } from './validate-paths.ts';
import { conditionHolds, type PlannedWrite, planDelete, planPut, planUpdate } from './write.ts';

/** How large the items of a transaction may be together, in bytes. */
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

interface TransactionResponse {
  readonly ConsumedCapacity?: readonly CapacityReport[];
}

/** All writes or none. What the conditions see, and what the updates start from, is the state before the transaction. */
export function transactWriteItems(context: Context, request: TransactWriteRequest): TransactionResponse {
  const plans = request.TransactItems.map((action) => orMisfit(() => plan(context, action)));
  const steps = plans.flatMap((step) => (step instanceof KeySchemaError ? [] : [step]));
  refuseSameItem(steps);
  const digest = digestOf(request);
  if (isReplay(context, request.ClientRequestToken, digest)) {
    const reads = steps.map((step) => readAgain(context, step));
    return capacityReports(request.ReturnConsumedCapacity, reads);
  }
  const decisions = plans.map((step) => (step instanceof KeySchemaError ? misfit(step) : decide(context, step)));
  const changes = decisions.flatMap(({ change }) => change ?? []);
  const reasons = decisions.map(({ reason }) => reason);
  if (reasons.some(({ Code }) => Code !== 'None')) {
    for (const { step, before } of changes) meter(context, step.table, checkCost(before));
    throw transactionCancelled(reasons);
  }
  refuseTooLarge(changes);
  const consumed = changes.map((change) => commit(context, change));
  if (request.ClientRequestToken !== undefined) context.tokens.keep(request.ClientRequestToken, digest);
  return capacityReports(request.ReturnConsumedCapacity, consumed);
}

/** A key that does not fit its table is not thrown but kept, to become a reason. */
function orMisfit<Planned>(work: () => Planned): Planned | KeySchemaError {
  try {
    return work();
  } catch (error) {
    if (error instanceof KeySchemaError) return error;
    throw error;
  }
}

function misfit({ message }: KeySchemaError): Decision {
  return { reason: { Code: 'ValidationError', Message: message } };
}

interface Step extends PlannedWrite {
  readonly checkOnly: boolean;
}

function plan(context: Context, { ConditionCheck, Put, Update, Delete }: TransactWrite): Step {
  if (Put !== undefined) return { ...planPut(context, Put), checkOnly: false };
  if (Update !== undefined) return { ...planUpdate(context, Update), checkOnly: false };
  if (Delete !== undefined) return { ...planDelete(context, Delete), checkOnly: false };
  if (ConditionCheck !== undefined) return { ...planDelete(context, ConditionCheck), checkOnly: true };
  throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
}

function refuseSameItem(steps: readonly Pick<PlannedWrite, 'table' | 'key'>[]): void {
  if (new Set(steps.map(({ table, key }) => `${table.id}/${placeText(key)}`)).size < steps.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
}

interface Change {
  readonly step: Step;
  readonly before: StoredItem | undefined;
  readonly after: Item | undefined;
}

/** What becomes of an action: the change that it would make, and whether it cancels the transaction. */
interface Decision {
  readonly change?: Change;
  readonly reason: CancellationReason;
}

const noReason: CancellationReason = { Code: 'None' };

function decide({ items }: Context, step: Step): Decision {
  const before = items.find(step.table, step.key);
  const unchanged = { step, before, after: before?.item };
  if (!conditionHolds(step.request, before)) {
    const asked = step.request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const reason = {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(asked && before && { Item: before.item }),
    };
    return { change: unchanged, reason };
  }
  if (step.checkOnly) return { change: unchanged, reason: noReason };
  try {
    return { change: { step, before, after: step.outcome(before) }, reason: noReason };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { change: unchanged, reason: { Code: 'ValidationError', Message: error.message } };
  }
}

/** An item counts as it becomes, one that goes as it was. */
function refuseTooLarge(changes: readonly Change[]): void {
  const sizes = changes.map(({ before, after }) => (after === undefined ? (before?.size ?? 0) : itemSize(after)));
  if (sizes.reduce((sum, size) => sum + size, 0) > MAX_TRANSACTION_BYTES) throw tooLarge();
}

function tooLarge() {
  return validationError('Transaction request exceeded the aggregate size limit of 4 MB');
}

interface Consumed {
  readonly table: Table;
  readonly units: Consumption;
}

function commit(context: Context, { step, before, after }: Change): Consumed {
  if (step.checkOnly) return meter(context, step.table, checkCost(before));
  return meter(context, step.table, twice(context.items.change(step.table, step.key, before, after)));
}

function checkCost(before: StoredItem | undefined): Consumption {
  return consumption('write', 2 * writeUnits(before?.size ?? 0));
}

function meter(context: Context, table: Table, units: Consumption): Consumed {
  context.meter.add(table, units);
  return { table, units };
}

/** A transaction reads or writes each item twice: to prepare and to commit. */
function twice(units: Consumption): Consumption {
  const doubled = consumption(units.kind, 2 * units.table);
  for (const [index, indexUnits] of units.indexes) doubled.indexes.set(index, 2 * indexUnits);
  return doubled;
}

/** @throws IdempotentParameterMismatchException if the token stands for another transaction */
function isReplay({ tokens }: Context, token: string | undefined, digest: string): boolean {
  const known = token === undefined ? undefined : tokens.find(token);
  if (known === undefined || known === digest) return known !== undefined;
  throw new ServiceError(
    'IdempotentParameterMismatchException',
    'The client request token was used before with another set of transaction items',
  );
}

function digestOf({ TransactItems }: TransactWriteRequest): string {
  return createHash('sha256').update(JSON.stringify(TransactItems)).digest('base64');
}

/** A replayed transaction writes nothing: it reports the reads by which the service finds that out. */
function readAgain(context: Context, { table, key }: PlannedWrite): Consumed {
  const size = context.items.find(table, key)?.size ?? 0;
  return meter(context, table, consumption('read', 2 * readUnits(size, true)));
}

export function transactGetItems(context: Context, request: TransactGetRequest) {
  const plans = request.TransactItems.map(({ Get }) => orMisfit(() => planGet(context, Get)));
  if (plans.some((get) => get instanceof KeySchemaError)) {
    const reasonOf = (get: KeySchemaError | object) => (get instanceof KeySchemaError ? misfit(get).reason : noReason);
    throw transactionCancelled(plans.map(reasonOf));
  }
  const gets = plans.flatMap((get) => (get instanceof KeySchemaError ? [] : [get]));
  refuseSameItem(gets);
  const found = gets.map(({ table, key }) => context.items.find(table, key));
  const bytes = found.reduce((sum, stored) => sum + (stored?.size ?? 0), 0);
  if (bytes > MAX_TRANSACTION_BYTES) throw tooLarge();
  const consumed = gets.map(({ table }, place) =>
    meter(context, table, consumption('read', 2 * readUnits(found[place]?.size ?? 0, true))),
  );
  const Responses = gets.map(({ projection }, place) => {
    const stored = found[place];
    return stored === undefined ? {} : { Item: projected(stored.item, projection) };
  });
  return { Responses, ...capacityReports(request.ReturnConsumedCapacity, consumed) };
}

function planGet(context: Context, request: GetRequest) {
  const table = context.catalog.get(request.TableName);
  checkFilterPaths(table, request._projection);
  return { table, key: keyOfRequest(table, request.Key), projection: request._projection };
}

/** One report for each table. */
function capacityReports(
  asked: ReturnConsumedCapacity | undefined,
  consumed: readonly Consumed[],
): TransactionResponse {
  const sums = new Map<Table, Consumption>();
  for (const { table, units } of consumed) {
    const sum = sums.get(table) ?? consumption(units.kind);
    addTo(sum, units);
    sums.set(table, sum);
  }
  const reports = [...sums].flatMap(([table, sum]) => reportTransaction(asked, table, sum) ?? []);
  return reports.length === 0 ? {} : { ConsumedCapacity: reports };
}
