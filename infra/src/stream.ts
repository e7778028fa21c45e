import type { RanksVariables, StreamVariables } from '@laurel/server/lambda/environment';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { itemStatements, type Reach, ranksReach, streamReach } from './access.ts';
import type { CacheConfig } from './config.ts';
import type { DataStack } from './data.ts';
import { type FunctionProps, ServerFunction } from './functions.ts';
import { networkOf } from './network.ts';
import { vaultStatements, vaultVariables } from './vault.ts';

/** How old a record may grow while a service is out of reach; the stream itself keeps it for 24 hours. */
const OLDEST = Duration.hours(23);

/** Who follows the table. */
interface FollowerProps extends Omit<FunctionProps, 'memory' | 'timeout' | 'statements'> {
  readonly data: DataStack;
  readonly reach: readonly Reach[];
  /** Whether it looks at what is sealed. */
  readonly opens: boolean;
}

/**
 * Follows the cell's table. Lambda keeps the checkpoints; each shard is followed in order, by one call at a time. What
 * cannot be taken is put aside by the function itself, so a batch comes back only where a service is out of reach, and
 * then as long as it takes. What is too old by then is named in a queue, and told from the table.
 */
class Follower extends Construct {
  constructor(scope: Construct, id: string, { data, reach, opens, ...props }: FollowerProps) {
    super(scope, id);
    const streamArn = data.table.tableStreamArn;
    if (streamArn === undefined) throw new Error('the table has no stream to follow');
    const follower = new ServerFunction(this, 'Stream', {
      ...props,
      memory: 512,
      timeout: Duration.minutes(1),
      statements: [
        ...itemStatements(data, reach),
        ...(opens ? vaultStatements(data, { changes: false, opensWorkspaces: false, lists: false }) : []),
        new PolicyStatement({
          actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((one) => `dynamodb:${one}`),
          resources: [streamArn],
        }),
      ],
    });
    const missed = new Queue(this, 'Missed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new EventSourceMapping(this, 'Following', {
      target: follower.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      maxRecordAge: OLDEST,
      onFailure: new SqsDlq(missed),
    });
  }
}

/** Tells onwards what happened in the cell's table. */
export class StreamStack extends Stack {
  constructor(scope: Construct, id: string, { data, ...props }: StackProps & { readonly data: DataStack }) {
    super(scope, id, props);
    const environment: StreamVariables = {
      LAUREL_TABLE: data.table.tableName,
      ...vaultVariables(data),
      LAUREL_LOG_LEVEL: 'INFO',
    };
    new Follower(this, 'Telling', {
      entry: 'stream',
      description: 'Follows the table of the cell.',
      environment: { ...environment },
      data,
      reach: streamReach(),
      opens: true,
    });
  }
}

/** Keeps the ranks of the cell's boards in its cache: apart from what is told, so that nobody waits for the cache. */
export class RanksStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { data, cache, ...props }: StackProps & { readonly data: DataStack; readonly cache: CacheConfig },
  ) {
    super(scope, id, props);
    const environment: RanksVariables = {
      LAUREL_TABLE: data.table.tableName,
      LAUREL_RANKS_URL: cache.url,
      LAUREL_LOG_LEVEL: 'INFO',
    };
    new Follower(this, 'Ranking', {
      entry: 'ranks',
      description: 'Keeps the ranks of the cell.',
      environment: { ...environment },
      data,
      reach: ranksReach(),
      opens: false,
      network: networkOf(this, cache),
    });
  }
}
