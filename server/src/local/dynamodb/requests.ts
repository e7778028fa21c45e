// The requests as validation leaves them: checked, numbers normalised, expressions parsed (the members with an
// underscore, which dynalite's validation adds).
import type { AttributeValue, Item } from './attribute-value.ts';
import type { Condition, ParsedCondition, ParsedProjection, ParsedUpdate } from './expression-tree.ts';

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE';

export interface TableRequest {
  readonly TableName: string;
}

interface CapacityRequest {
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

interface ConditionalRequest {
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
  readonly _condition?: ParsedCondition;
}

type ReturnValues = 'ALL_NEW' | 'UPDATED_OLD' | 'ALL_OLD' | 'NONE' | 'UPDATED_NEW';

export interface PutRequest extends TableRequest, CapacityRequest, ConditionalRequest {
  readonly Item: Item;
  readonly ReturnValues?: ReturnValues;
}

export interface DeleteRequest extends TableRequest, CapacityRequest, ConditionalRequest {
  readonly Key: Item;
  readonly ReturnValues?: ReturnValues;
}

export interface UpdateRequest extends DeleteRequest {
  readonly _updates?: ParsedUpdate;
}

export interface GetRequest extends TableRequest, CapacityRequest {
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
  readonly _projection?: ParsedProjection;
}

export interface BatchGetRequest extends CapacityRequest {
  readonly RequestItems: Readonly<Record<string, BatchGetKeys>>;
}

export interface BatchGetKeys {
  readonly Keys: readonly Item[];
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly _projection?: ParsedProjection;
}

export interface BatchWriteRequest extends CapacityRequest {
  readonly RequestItems: Readonly<Record<string, readonly BatchWrite[]>>;
}

export interface BatchWrite {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

type Select = 'SPECIFIC_ATTRIBUTES' | 'COUNT' | 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES';

/** What Query and Scan have in common. */
export interface PageRequest extends TableRequest, CapacityRequest {
  readonly IndexName?: string;
  readonly Select?: Select;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
  readonly ConsistentRead?: boolean;
  readonly _filter?: ParsedCondition;
  readonly _projection?: ParsedProjection;
}

export interface KeyCondition {
  readonly ComparisonOperator: string;
  readonly AttributeValueList: readonly AttributeValue[];
}

export interface QueryRequest extends PageRequest {
  readonly ScanIndexForward?: boolean;
  readonly KeyConditions: Readonly<Record<string, KeyCondition>>;
  readonly _keyCondition?: { readonly expression: Condition };
}

export interface ScanRequest extends PageRequest {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

export interface TransactWriteRequest extends CapacityRequest {
  readonly ClientRequestToken?: string;
  readonly TransactItems: readonly TransactWrite[];
}

export interface TransactWrite {
  readonly ConditionCheck?: DeleteRequest;
  readonly Put?: PutRequest;
  readonly Update?: UpdateRequest;
  readonly Delete?: DeleteRequest;
}

export interface TransactGetRequest extends CapacityRequest {
  readonly TransactItems: readonly { readonly Get: GetRequest }[];
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface Projection {
  readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly NonKeyAttributes?: readonly string[];
}

export interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export interface IndexRequest {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: Throughput;
}

export type StreamViewType = 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | 'KEYS_ONLY';

export interface StreamSpecification {
  readonly StreamEnabled: boolean;
  readonly StreamViewType?: StreamViewType;
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: 'S' | 'N' | 'B';
}

export interface CreateTableRequest extends TableRequest {
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly ProvisionedThroughput?: Throughput;
  readonly LocalSecondaryIndexes?: readonly IndexRequest[];
  readonly GlobalSecondaryIndexes?: readonly IndexRequest[];
  readonly StreamSpecification?: StreamSpecification;
  readonly DeletionProtectionEnabled?: boolean;
}

export interface UpdateTableRequest extends TableRequest {
  readonly AttributeDefinitions?: readonly AttributeDefinition[];
  readonly BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly ProvisionedThroughput?: Throughput;
  readonly StreamSpecification?: StreamSpecification;
  readonly DeletionProtectionEnabled?: boolean;
  readonly GlobalSecondaryIndexUpdates?: readonly IndexUpdate[];
}

export interface IndexUpdate {
  readonly Create?: IndexRequest;
  readonly Delete?: { readonly IndexName: string };
  readonly Update?: { readonly IndexName: string; readonly ProvisionedThroughput?: Throughput };
}

export interface ListTablesRequest {
  readonly Limit?: number;
  readonly ExclusiveStartTableName?: string;
}

export interface UpdateTimeToLiveRequest extends TableRequest {
  readonly TimeToLiveSpecification: { readonly AttributeName: string; readonly Enabled: boolean };
}

export interface ListStreamsRequest {
  readonly TableName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartStreamArn?: string;
}

export interface DescribeStreamRequest {
  readonly StreamArn: string;
  readonly Limit?: number;
  readonly ExclusiveStartShardId?: string;
}

export interface GetShardIteratorRequest {
  readonly StreamArn: string;
  readonly ShardId: string;
  readonly ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
  readonly SequenceNumber?: string;
}

export interface GetRecordsRequest {
  readonly ShardIterator: string;
  readonly Limit?: number;
}
