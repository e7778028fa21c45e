import type { StreamVariables } from '@laurel/server/lambda/environment';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { itemStatements, streamReach } from './access.ts';
import type { DataStack } from './data.ts';
import { ServerFunction } from './functions.ts';

/** How old a record may grow while a service is out of reach; the stream itself keeps it for 24 hours. */
const OLDEST = Duration.hours(23);

/**
 * Follows the cell's table and tells onwards what happened. Lambda keeps the checkpoints; each shard is followed in order,
 * by one call at a time. What a consumer cannot take it puts aside itself, so a batch comes back only where a service is
 * out of reach, and then as long as it takes. What is too old by then is named in a queue, and told from the table.
 */
export class StreamStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly data: DataStack }) {
    super(scope, id, props);
    const { data } = props;
    const streamArn = data.table.tableStreamArn;
    if (streamArn === undefined) throw new Error('the table has no stream to follow');
    const environment: StreamVariables = { LAUREL_TABLE: data.table.tableName, LAUREL_LOG_LEVEL: 'INFO' };
    const follower = new ServerFunction(this, 'Stream', {
      entry: 'stream',
      description: 'Follows the table of the cell.',
      environment: { ...environment },
      memory: 512,
      timeout: Duration.minutes(1),
      statements: [
        ...itemStatements(data, streamReach()),
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
