import { INDEX, keysDefinition, TTL_ATTRIBUTE, tableDefinition } from '@laurel/server/store/table';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

type TableDefinition = ReturnType<typeof tableDefinition>;
type KeySchema = NonNullable<TableDefinition['KeySchema']>;

/** How long the table's every second can be gone back to, in days; the longest that DynamoDB keeps. */
const RECOVERY_DAYS = 35;

/**
 * The server's own description of its table, as CDK takes it, so that there is one description.
 * @throws Error for anything in it that is not carried over
 */
export function tableShape(definition: TableDefinition): TablePropsV2 {
  const {
    TableName,
    BillingMode,
    AttributeDefinitions,
    KeySchema,
    GlobalSecondaryIndexes,
    StreamSpecification,
    ...rest
  } = definition;
  const more = Object.keys(rest);
  if (more.length > 0) throw new Error(`the table's ${more.join(', ')} would be lost`);
  if (BillingMode !== 'PAY_PER_REQUEST') throw new Error(`the billing mode ${BillingMode} is not known here`);
  const types = new Map((AttributeDefinitions ?? []).map((one) => [one.AttributeName, one.AttributeType]));
  const attribute = (schema: KeySchema | undefined, keyType: 'HASH' | 'RANGE'): Attribute => {
    const name = schema?.find((part) => part.KeyType === keyType)?.AttributeName;
    if (name === undefined || types.get(name) !== 'S') throw new Error(`${name} is not a key of type S`);
    return { name, type: AttributeType.STRING };
  };
  const indexes = (GlobalSecondaryIndexes ?? []).map((index): GlobalSecondaryIndexPropsV2 => {
    if (index.IndexName === undefined || index.Projection?.ProjectionType !== 'ALL')
      throw new Error(`the index ${index.IndexName} does not hold all attributes`);
    return {
      indexName: index.IndexName,
      partitionKey: attribute(index.KeySchema, 'HASH'),
      sortKey: attribute(index.KeySchema, 'RANGE'),
    };
  });
  return {
    partitionKey: attribute(KeySchema, 'HASH'),
    sortKey: attribute(KeySchema, 'RANGE'),
    globalSecondaryIndexes: indexes,
    billing: Billing.onDemand(),
    ...(StreamSpecification?.StreamViewType === undefined
      ? {}
      : { dynamoStream: StreamViewType[StreamSpecification.StreamViewType] }),
  };
}

/** The cell's one table with the key that it is encrypted with, and beside it the table of users' keys with theirs. */
export class DataStack extends Stack {
  readonly table: TableV2;
  /** The name of the table's one index. */
  readonly index = INDEX;
  readonly key: Key;
  /** The keys of users: no stream, and no way back, since what is destroyed there must be gone everywhere. */
  readonly keys: TableV2;
  /** Wraps the keys of workspaces, which wrap those of users. */
  readonly vaultKey: Key;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.key = new Key(this, 'TableKey', {
      description: "Encrypts the cell's table.",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = new TableV2(this, 'Table', {
      ...tableShape(tableDefinition('named-by-cloudformation')),
      timeToLiveAttribute: TTL_ATTRIBUTE,
      encryption: TableEncryptionV2.customerManagedKey(this.key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.vaultKey = new Key(this, 'VaultKey', {
      description: "Wraps the keys of the cell's workspaces, which wrap those of users.",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.keys = new TableV2(this, 'Keys', {
      ...tableShape(keysDefinition('named-by-cloudformation')),
      encryption: TableEncryptionV2.customerManagedKey(this.key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
  }
}
