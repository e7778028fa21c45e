// The shapes of the requests that dynalite does not know, in the same form as its own.

import * as createTable from 'dynalite/validations/createTable.js';
import * as deleteItem from 'dynalite/validations/deleteItem.js';
import * as getItem from 'dynalite/validations/getItem.js';
import type { TypeTable } from 'dynalite/validations/index.js';
import * as putItem from 'dynalite/validations/putItem.js';
import * as scan from 'dynalite/validations/scan.js';
import * as updateItem from 'dynalite/validations/updateItem.js';

const name = { type: 'String', regex: '[a-zA-Z0-9_.-]+', lengthGreaterThanOrEqual: 3, lengthLessThanOrEqual: 255 };
const tableName = { ...name, notNull: true };
const capacity = { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] };
const metrics = { type: 'String', enum: ['SIZE', 'NONE'] };
const valuesOnFailure = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
};

export const putItemShape: TypeTable = { ...putItem.types, ...valuesOnFailure };
export const updateItemShape: TypeTable = { ...updateItem.types, ...valuesOnFailure };
export const scanShape: TypeTable = { ...scan.types, ConsistentRead: 'Boolean' };
export const deleteItemShape: TypeTable = { ...deleteItem.types, ...valuesOnFailure };

/** Members of the single operations that an action inside of a transaction does not have. */
function insideTransaction(types: TypeTable): TypeTable {
  const outside = new Set(['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics', 'ReturnValues', 'ConsistentRead']);
  return Object.fromEntries(Object.entries(types).filter(([member]) => !outside.has(member)));
}

export const transactWriteItemsShape: TypeTable = {
  ReturnConsumedCapacity: capacity,
  ReturnItemCollectionMetrics: metrics,
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: {
      type: 'ValueStruct<TransactWriteItem>',
      children: {
        ConditionCheck: {
          type: 'FieldStruct<ConditionCheck>',
          children: {
            ...insideTransaction(deleteItemShape),
            ConditionExpression: { type: 'String', notNull: true },
          },
        },
        Put: { type: 'FieldStruct<Put>', children: insideTransaction(putItemShape) },
        Update: {
          type: 'FieldStruct<Update>',
          children: { ...insideTransaction(updateItemShape), UpdateExpression: { type: 'String', notNull: true } },
        },
        Delete: { type: 'FieldStruct<Delete>', children: insideTransaction(deleteItemShape) },
      },
    },
  },
};

export const transactGetItemsShape: TypeTable = {
  ReturnConsumedCapacity: capacity,
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: {
      type: 'ValueStruct<TransactGetItem>',
      children: { Get: { type: 'FieldStruct<Get>', notNull: true, children: insideTransaction(getItem.types) } },
    },
  },
};

const streamSpecification = {
  type: 'FieldStruct<StreamSpecification>',
  children: {
    StreamEnabled: { type: 'Boolean', notNull: true },
    StreamViewType: { type: 'String', enum: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'] },
  },
};

export const createTableShape: TypeTable = {
  ...createTable.types,
  StreamSpecification: streamSpecification,
  DeletionProtectionEnabled: 'Boolean',
};

const throughput = {
  type: 'FieldStruct<ProvisionedThroughput>',
  children: {
    ReadCapacityUnits: { type: 'Long', notNull: true, greaterThanOrEqual: 1 },
    WriteCapacityUnits: { type: 'Long', notNull: true, greaterThanOrEqual: 1 },
  },
};
const indexName = { IndexName: tableName };
const keySchema = {
  type: 'List',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 2,
  children: {
    type: 'ValueStruct<KeySchemaElement>',
    children: {
      AttributeName: { type: 'String', notNull: true },
      KeyType: { type: 'String', notNull: true, enum: ['HASH', 'RANGE'] },
    },
  },
};
const projection = {
  type: 'FieldStruct<Projection>',
  notNull: true,
  children: {
    ProjectionType: { type: 'String', notNull: true, enum: ['ALL', 'INCLUDE', 'KEYS_ONLY'] },
    NonKeyAttributes: { type: 'List', lengthGreaterThanOrEqual: 1, children: 'String' },
  },
};

export const updateTableShape: TypeTable = {
  TableName: tableName,
  AttributeDefinitions: {
    type: 'List',
    children: {
      type: 'ValueStruct<AttributeDefinition>',
      children: {
        AttributeName: { type: 'String', notNull: true },
        AttributeType: { type: 'String', notNull: true, enum: ['B', 'N', 'S'] },
      },
    },
  },
  BillingMode: { type: 'String', enum: ['PROVISIONED', 'PAY_PER_REQUEST'] },
  ProvisionedThroughput: throughput,
  StreamSpecification: streamSpecification,
  DeletionProtectionEnabled: 'Boolean',
  GlobalSecondaryIndexUpdates: {
    type: 'List',
    lengthLessThanOrEqual: 20,
    children: {
      type: 'ValueStruct<GlobalSecondaryIndexUpdate>',
      children: {
        Create: {
          type: 'FieldStruct<CreateGlobalSecondaryIndexAction>',
          children: { ...indexName, KeySchema: keySchema, Projection: projection, ProvisionedThroughput: throughput },
        },
        Update: {
          type: 'FieldStruct<UpdateGlobalSecondaryIndexAction>',
          children: { ...indexName, ProvisionedThroughput: throughput },
        },
        Delete: { type: 'FieldStruct<DeleteGlobalSecondaryIndexAction>', children: indexName },
      },
    },
  },
};

export const updateTimeToLiveShape: TypeTable = {
  TableName: tableName,
  TimeToLiveSpecification: {
    type: 'FieldStruct<TimeToLiveSpecification>',
    notNull: true,
    children: {
      AttributeName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 },
      Enabled: { type: 'Boolean', notNull: true },
    },
  },
};

export const describeTimeToLiveShape: TypeTable = { TableName: tableName };

const streamArn = { type: 'String', lengthGreaterThanOrEqual: 37, lengthLessThanOrEqual: 1024 };
const shardId = { type: 'String', lengthGreaterThanOrEqual: 28, lengthLessThanOrEqual: 65 };

export const listStreamsShape: TypeTable = {
  TableName: name,
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 100 },
  ExclusiveStartStreamArn: streamArn,
};

export const describeStreamShape: TypeTable = {
  StreamArn: { ...streamArn, notNull: true },
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 100 },
  ExclusiveStartShardId: shardId,
};

export const getShardIteratorShape: TypeTable = {
  StreamArn: { ...streamArn, notNull: true },
  ShardId: { ...shardId, notNull: true },
  ShardIteratorType: {
    type: 'String',
    notNull: true,
    enum: ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'],
  },
  SequenceNumber: { type: 'String', lengthGreaterThanOrEqual: 21, lengthLessThanOrEqual: 40 },
};

export const getRecordsShape: TypeTable = {
  ShardIterator: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 2048 },
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 1000 },
};
