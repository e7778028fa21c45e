import { randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import { invalidParameters, namedTableNotFound, ServiceError, validationError } from './errors.ts';
import type {
  AttributeDefinition,
  CreateTableRequest,
  IndexRequest,
  IndexUpdate,
  ListTablesRequest,
  StreamSpecification,
  TableRequest,
  Throughput,
  UpdateTableRequest,
} from './requests.ts';
import type { IndexDefinition, Table, TableDefinition } from './table.ts';
import { describe, tableArn } from './table-description.ts';

const none: Throughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

/** Tables are ready at once; the answer says CREATING, as the service does, so that callers wait as they must there. */
export function createTable(context: Context, request: CreateTableRequest) {
  const { catalog, items, now } = context;
  if (catalog.find(request.TableName) !== undefined) {
    throw new ServiceError('ResourceInUseException', `Table already exists: ${request.TableName}`);
  }
  refuseUnusedAttributes(request);
  const global = request.GlobalSecondaryIndexes ?? [];
  const local = request.LocalSecondaryIndexes ?? [];
  const table = catalog.create({
    name: request.TableName,
    uuid: randomUUID(),
    createdAt: now(),
    attributes: request.AttributeDefinitions,
    keySchema: request.KeySchema,
    billingMode: request.BillingMode ?? 'PROVISIONED',
    throughput: request.ProvisionedThroughput ?? none,
    indexes: [],
    indexesMade: 0,
    deletionProtection: request.DeletionProtectionEnabled ?? false,
    ...opened(context, request, request.StreamSpecification),
  });
  const indexes = [
    ...local.map((index, ordinal) => indexDefinition(table, index, true, ordinal)),
    ...global.map((index, ordinal) => indexDefinition(table, index, false, local.length + ordinal)),
  ];
  const made = catalog.replace(table, { ...table.definition, indexes, indexesMade: indexes.length });
  return { TableDescription: describe(items, made, 'CREATING') };
}

/** Every defined attribute must be a key of the table or of an index. */
function refuseUnusedAttributes(request: CreateTableRequest): void {
  const indexes = [...(request.GlobalSecondaryIndexes ?? []), ...(request.LocalSecondaryIndexes ?? [])];
  const used = new Set([request, ...indexes].flatMap(({ KeySchema }) => KeySchema.map((key) => key.AttributeName)));
  if (request.AttributeDefinitions.every(({ AttributeName }) => used.has(AttributeName))) return;
  const names = request.AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  throw invalidParameters(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${names.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}

/** An index id is the table's times a thousand and a running number, so that it is never used again. */
function indexDefinition(table: Table, index: IndexRequest, local: boolean, ordinal: number): IndexDefinition {
  return {
    id: table.id * 1000 + ordinal,
    name: index.IndexName,
    local,
    keySchema: index.KeySchema,
    projection: index.Projection,
    throughput: index.ProvisionedThroughput,
  };
}

/** Opens a stream for a table, if that is what the specification asks for. */
function opened(
  { streams, now }: Context,
  { TableName, KeySchema }: Pick<CreateTableRequest, 'TableName' | 'KeySchema'>,
  specification: StreamSpecification | undefined,
): Pick<TableDefinition, 'stream'> {
  if (specification?.StreamEnabled !== true) return {};
  const { StreamViewType: view } = specification;
  if (view === undefined) throw invalidParameters('StreamViewType is required when StreamEnabled is true');
  const label = freeLabel(now(), (candidate) => streams.find(streamArn(TableName, candidate)) !== undefined);
  const arn = streamArn(TableName, label);
  streams.open({ arn, label, view, tableName: TableName, keySchema: KeySchema, createdAt: now(), enabled: true });
  return { stream: { arn, label, view } };
}

function streamArn(tableName: string, label: string): string {
  return `${tableArn(tableName)}/stream/${label}`;
}

/** A stream's label is its time; two of one table in the same millisecond must still differ. */
function freeLabel(time: number, taken: (label: string) => boolean): string {
  const label = new Date(time).toISOString().slice(0, -1);
  return taken(label) ? freeLabel(time + 1, taken) : label;
}

export function describeTable({ catalog, items }: Context, { TableName }: TableRequest) {
  const table = catalog.find(TableName);
  if (table === undefined) throw namedTableNotFound(TableName);
  return { Table: describe(items, table, 'ACTIVE') };
}

export function listTables({ catalog }: Context, { Limit = 100, ExclusiveStartTableName: start }: ListTablesRequest) {
  const names = catalog.names().filter((name) => start === undefined || name > start);
  const TableNames = names.slice(0, Limit);
  return { TableNames, ...(names.length > Limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
}

export function deleteTable({ catalog, items, streams }: Context, { TableName }: TableRequest) {
  const table = catalog.find(TableName);
  if (table === undefined) throw namedTableNotFound(TableName);
  if (table.definition.deletionProtection) {
    throw validationError(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  const TableDescription = describe(items, table, 'DELETING');
  items.removeAll(table);
  if (table.definition.stream !== undefined) streams.disable(table.definition.stream.arn);
  catalog.remove(table);
  return { TableDescription };
}

export function updateTable(context: Context, request: UpdateTableRequest) {
  const { catalog, items } = context;
  const table = catalog.find(request.TableName);
  if (table === undefined) throw namedTableNotFound(request.TableName);
  if (Object.keys(request).every((name) => name === 'TableName' || name === 'AttributeDefinitions')) {
    throw validationError(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or ' +
        'SSESpecification or ReplicaUpdates is required',
    );
  }
  const attributes = mergedAttributes(table, request.AttributeDefinitions ?? []);
  const settings = {
    ...table.definition,
    attributes,
    billingMode: request.BillingMode ?? table.definition.billingMode,
    throughput:
      request.BillingMode === 'PAY_PER_REQUEST' ? none : (request.ProvisionedThroughput ?? table.definition.throughput),
    deletionProtection: request.DeletionProtectionEnabled ?? table.definition.deletionProtection,
  };
  let updated = catalog.replace(table, withStream(context, settings, request.StreamSpecification));
  for (const update of request.GlobalSecondaryIndexUpdates ?? []) updated = updateIndex(context, updated, update);
  return { TableDescription: describe(items, updated, 'UPDATING') };
}

function mergedAttributes({ definition }: Table, given: readonly AttributeDefinition[]): AttributeDefinition[] {
  const names = new Set(given.map(({ AttributeName }) => AttributeName));
  return [...definition.attributes.filter(({ AttributeName }) => !names.has(AttributeName)), ...given];
}

function withStream(
  context: Context,
  definition: TableDefinition,
  specification: StreamSpecification | undefined,
): TableDefinition {
  if (specification === undefined) return definition;
  const { stream, ...rest } = definition;
  if (specification.StreamEnabled) {
    if (stream !== undefined)
      throw validationError(`Table already has an enabled stream: TableName: ${definition.name}`);
    const names = { TableName: definition.name, KeySchema: definition.keySchema };
    return { ...rest, ...opened(context, names, specification) };
  }
  if (stream === undefined) throw validationError(`Table is already not streaming: TableName: ${definition.name}`);
  context.streams.disable(stream.arn);
  return rest;
}

function updateIndex(context: Context, table: Table, { Create, Delete, Update }: IndexUpdate): Table {
  if (Create !== undefined) return addIndex(context, table, Create);
  if (Delete !== undefined) return dropIndex(context, table, Delete.IndexName);
  if (Update !== undefined) indexNamed(table, Update.IndexName);
  return table;
}

function addIndex({ catalog, items }: Context, table: Table, index: IndexRequest): Table {
  const { definition } = table;
  if (definition.indexes.some(({ name }) => name === index.IndexName)) {
    throw invalidParameters(`Attempting to create an index which already exists: ${index.IndexName}`);
  }
  const defined = new Set(definition.attributes.map(({ AttributeName }) => AttributeName));
  const missing = index.KeySchema.map(({ AttributeName }) => AttributeName).filter((name) => !defined.has(name));
  if (missing.length > 0) {
    throw invalidParameters(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${missing.join(', ')}]`,
    );
  }
  const indexes = [...definition.indexes, indexDefinition(table, index, false, definition.indexesMade)];
  const updated = catalog.replace(table, { ...definition, indexes, indexesMade: definition.indexesMade + 1 });
  const made = updated.indexes.at(-1);
  if (made !== undefined) items.buildIndex(updated, made);
  return updated;
}

function dropIndex({ catalog, items }: Context, table: Table, name: string): Table {
  const index = indexNamed(table, name);
  items.removeIndex(index);
  const indexes = table.definition.indexes.filter(({ id }) => id !== index.id);
  return catalog.replace(table, { ...table.definition, indexes });
}

function indexNamed(table: Table, name: string) {
  const index = table.indexes.find((candidate) => candidate.name === name && !candidate.local);
  if (index !== undefined) return index;
  throw new ServiceError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
}
