import type { ItemStore } from './item-store.ts';
import type { Throughput } from './requests.ts';
import { REGION } from './stream-log.ts';
import type { IndexDefinition, Table, TableDefinition } from './table.ts';

const ACCOUNT = '000000000000';

export function tableArn(name: string): string {
  return `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`;
}

/** A table as DescribeTable answers it. Sizes are exact, where the service's are up to six hours old. */
export function describe(items: ItemStore, table: Table, status: 'CREATING' | 'ACTIVE' | 'DELETING' | 'UPDATING') {
  const { definition } = table;
  return {
    TableName: definition.name,
    TableArn: tableArn(definition.name),
    TableId: definition.uuid,
    TableStatus: status,
    CreationDateTime: definition.createdAt / 1000,
    AttributeDefinitions: definition.attributes,
    KeySchema: definition.keySchema,
    ItemCount: items.count(table),
    TableSizeBytes: items.bytes(table),
    DeletionProtectionEnabled: definition.deletionProtection,
    ProvisionedThroughput: throughput(definition.throughput),
    ...billing(definition),
    ...streamMembers(definition),
    ...indexMembers(items, table, status),
  };
}

function throughput({ ReadCapacityUnits, WriteCapacityUnits }: Throughput) {
  return { ReadCapacityUnits, WriteCapacityUnits, NumberOfDecreasesToday: 0 };
}

function billing({ billingMode, createdAt }: TableDefinition) {
  if (billingMode === 'PROVISIONED') return {};
  const since = { LastUpdateToPayPerRequestDateTime: createdAt / 1000 };
  return { BillingModeSummary: { BillingMode: billingMode, ...since } };
}

function streamMembers({ stream }: TableDefinition) {
  if (stream === undefined) return {};
  return {
    StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
    LatestStreamArn: stream.arn,
    LatestStreamLabel: stream.label,
  };
}

function indexMembers(items: ItemStore, table: Table, status: string) {
  const described = (local: boolean) =>
    table.definition.indexes
      .filter((index) => index.local === local)
      .map((index) => describeIndex(items, table, index, status));
  const local = described(true);
  const global = described(false);
  return {
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
  };
}

function describeIndex(items: ItemStore, table: Table, definition: IndexDefinition, status: string) {
  const index = table.indexes.find(({ id }) => id === definition.id);
  return {
    IndexName: definition.name,
    IndexArn: `${tableArn(table.name)}/index/${definition.name}`,
    KeySchema: definition.keySchema,
    Projection: definition.projection,
    ItemCount: index === undefined ? 0 : items.countEntries(index),
    IndexSizeBytes: 0,
    ...(!definition.local && {
      IndexStatus: status === 'UPDATING' ? 'ACTIVE' : status,
      ProvisionedThroughput: throughput(definition.throughput ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }),
    }),
  };
}
