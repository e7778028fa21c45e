import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, test } from 'vitest';
import type { StreamRecord } from '../../src/local/dynamodb/index.ts';
import { engineOfEachTest, HOUR, MINUTE, TableName } from './each-engine.ts';
import { refused } from './world.ts';

const world = engineOfEachTest();
const { put } = world;

describe('streams', () => {
  test('a subscriber has the records of a commit when its caller goes on', async () => {
    const seen: string[][] = [];
    const end = world.engine.subscribe((records) =>
      seen.push(records.map(({ dynamodb }) => JSON.stringify(dynamodb.Keys.pk))),
    );
    await put('a');
    expect(seen).toEqual([['{"S":"a"}']]);
    await world.doc.transactWrite({
      TransactItems: ['b', 'c'].map((pk) => ({ Put: { TableName, Item: { pk } } })),
    });
    expect(seen).toEqual([['{"S":"a"}'], ['{"S":"b"}', '{"S":"c"}']]);
    end();
    await put('d');
    expect(seen).toHaveLength(2);
  });

  test('a subscriber hears nothing of a cancelled transaction', async () => {
    const seen: StreamRecord[] = [];
    world.engine.subscribe((records) => seen.push(...records));
    const write = world.doc.transactWrite({
      TransactItems: [
        { Put: { TableName, Item: { pk: 'a' } } },
        { Put: { TableName, Item: { pk: 'b' }, ConditionExpression: 'attribute_exists(pk)' } },
      ],
    });
    await refused(write, 'TransactionCanceledException');
    expect(seen).toEqual([]);
    expect(world.engine.streamRecords(TableName)).toEqual([]);
  });

  test('records are read from where a reader left off, in parts', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk);
    const [first] = world.engine.streamRecords(TableName, { limit: 1 });
    const after = first?.dynamodb.SequenceNumber ?? '';
    expect(world.engine.streamRecords(TableName, { after }).map(({ dynamodb }) => dynamodb.NewImage)).toEqual([
      { pk: { S: 'b' } },
      { pk: { S: 'c' } },
    ]);
  });

  test('records are kept for 24 hours, and old places are refused', async () => {
    const streams = new DynamoDBStreamsClient({
      region: 'local',
      endpoint: 'http://dynamodb.invalid',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      requestHandler: world.engine.requestHandler,
    });
    await put('a');
    const [old] = world.engine.streamRecords(TableName);
    world.pass(23 * HOUR);
    await put('b');
    expect(world.engine.streamRecords(TableName)).toHaveLength(2);
    world.pass(2 * HOUR);
    expect(world.engine.streamRecords(TableName).map(({ dynamodb }) => dynamodb.Keys)).toEqual([{ pk: { S: 'b' } }]);
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName }));
    const StreamArn = Streams?.[0]?.StreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const place = {
      StreamArn,
      ShardId: StreamDescription?.Shards?.[0]?.ShardId,
      SequenceNumber: old?.dynamodb.SequenceNumber,
    };
    const at = streams.send(new GetShardIteratorCommand({ ...place, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }));
    await refused(at, 'TrimmedDataAccessException');
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ ...place, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    world.engine.expire();
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records?.map(({ dynamodb }) => dynamodb?.Keys?.pk?.S)).toEqual(['b']);
    world.pass(16 * MINUTE);
    await refused(streams.send(new GetRecordsCommand({ ShardIterator })), 'ExpiredIteratorException');
  });
});
