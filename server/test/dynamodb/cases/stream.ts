import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, refused, type World } from '../world.ts';

async function streamOf({ streams }: World, TableName: string): Promise<string> {
  const { Streams = [] } = await streams.send(new ListStreamsCommand({ TableName }));
  const [stream] = Streams;
  if (stream?.StreamArn === undefined) throw new Error(`${TableName} has no stream.`);
  return stream.StreamArn;
}

/** Records of the shared stream about one item, read from the start until so many are there. */
async function recordsAbout(world: World, pk: string, count: number): Promise<StreamRecord[]> {
  const StreamArn = await streamOf(world, world.streamed);
  return world.eventually(
    async () => (await allRecords(world, StreamArn)).filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S === pk),
    (records) => records.length === count,
  );
}

async function allRecords({ streams }: World, StreamArn: string): Promise<StreamRecord[]> {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const found: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    let { ShardIterator } = await streams.send(new GetShardIteratorCommand(start));
    for (;;) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
      found.push(...(page.Records ?? []));
      ShardIterator = page.NextShardIterator;
      if (ShardIterator === undefined || page.Records?.length === 0) break;
    }
  }
  return found;
}

export const streamCases: readonly Case[] = [
  {
    name: 'inserting, modifying and removing an item leave a record each, in order, with both images',
    page: pages.streams,
    run: async (world) => {
      const { doc, streamed, key } = world;
      const pk = key();
      await doc.put({ TableName: streamed, Item: { pk, v: 1 } });
      await doc.update({
        TableName: streamed,
        Key: { pk },
        UpdateExpression: 'SET v = :v',
        ExpressionAttributeValues: { ':v': 2 },
      });
      await doc.delete({ TableName: streamed, Key: { pk } });
      const records = await recordsAbout(world, pk, 3);
      const [one, two] = [1, 2].map((v) => ({ pk: { S: pk }, v: { N: `${v}` } }));
      expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb?.OldImage, dynamodb?.NewImage])).toEqual([
        ['INSERT', undefined, one],
        ['MODIFY', one, two],
        ['REMOVE', two, undefined],
      ]);
    },
  },
  {
    name: 'a record carries its keys, view, size, time and an increasing sequence number',
    page: pages.getRecords,
    run: async (world) => {
      const { doc, streamed, key } = world;
      const pk = key();
      for (const v of [1, 2]) await doc.put({ TableName: streamed, Item: { pk, v } });
      const records = await recordsAbout(world, pk, 2);
      for (const { dynamodb, eventID, eventSource, eventVersion } of records) {
        expect(dynamodb).toMatchObject({ Keys: { pk: { S: pk } }, StreamViewType: 'NEW_AND_OLD_IMAGES' });
        expect(dynamodb?.SizeBytes).toBeGreaterThan(0);
        expect(dynamodb?.ApproximateCreationDateTime).toBeInstanceOf(Date);
        expect(dynamodb?.SequenceNumber).toMatch(/^\d{21,40}$/);
        expect(eventID).toBeTruthy();
        expect([eventSource, eventVersion]).toEqual(['aws:dynamodb', '1.1']);
      }
      const [first, second] = records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? '0'));
      expect(second).toBeGreaterThan(first ?? 0n);
    },
  },
  {
    name: 'a write that changes nothing leaves no record',
    page: pages.streams,
    run: async (world) => {
      const { doc, streamed, key } = world;
      const pk = key();
      await doc.put({ TableName: streamed, Item: { pk, v: 1, s: new Set(['a', 'b']) } });
      await doc.put({ TableName: streamed, Item: { pk, v: 1, s: new Set(['b', 'a']) } });
      await doc.delete({ TableName: streamed, Key: { pk: key() } });
      await doc.put({ TableName: streamed, Item: { pk, v: 2 } });
      const records = await recordsAbout(world, pk, 2);
      expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
    },
  },
  {
    name: 'a transaction leaves a record for each item, a cancelled one none',
    page: pages.streams,
    run: async (world) => {
      const { doc, streamed, key } = world;
      const [first, second] = [key(), key()];
      const write = (ConditionExpression: string) =>
        doc.transactWrite({
          TransactItems: [
            { Put: { TableName: streamed, Item: { pk: first, v: ConditionExpression } } },
            { Put: { TableName: streamed, Item: { pk: second }, ConditionExpression } },
          ],
        });
      await refused(write('attribute_exists(pk)'), 'TransactionCanceledException');
      await write('attribute_not_exists(pk)');
      for (const pk of [first, second]) {
        expect((await recordsAbout(world, pk, 1)).map(({ eventName }) => eventName)).toEqual(['INSERT']);
      }
    },
  },
  {
    name: 'a stream describes itself',
    page: pages.describeStream,
    run: async (world) => {
      const StreamArn = await streamOf(world, world.streamed);
      const { StreamDescription } = await world.streams.send(new DescribeStreamCommand({ StreamArn }));
      expect(StreamDescription).toMatchObject({
        StreamArn,
        StreamStatus: 'ENABLED',
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        TableName: world.streamed,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      });
      expect(StreamDescription?.Shards?.length).toBeGreaterThan(0);
      expect(StreamDescription?.Shards?.[0]?.SequenceNumberRange?.StartingSequenceNumber).toMatch(/^\d+$/);
    },
  },
  {
    name: 'iterators start at or after a sequence number',
    page: pages.getShardIterator,
    run: async (world) => {
      const { doc, streams, streamed, key } = world;
      const pk = key();
      for (const v of [1, 2, 3]) await doc.put({ TableName: streamed, Item: { pk, v } });
      const records = await recordsAbout(world, pk, 3);
      const SequenceNumber = records[1]?.dynamodb?.SequenceNumber;
      const StreamArn = await streamOf(world, streamed);
      const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
      const values = async (ShardIteratorType: ShardIteratorType) => {
        const found: (string | undefined)[] = [];
        for (const { ShardId } of StreamDescription?.Shards ?? []) {
          const start = { StreamArn, ShardId, ShardIteratorType, SequenceNumber };
          const { ShardIterator } = await streams.send(new GetShardIteratorCommand(start));
          const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
          const about = Records.filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S === pk);
          found.push(...about.map(({ dynamodb }) => dynamodb?.NewImage?.v?.N));
        }
        return found;
      };
      expect(await values('AT_SEQUENCE_NUMBER')).toEqual(['2', '3']);
      expect(await values('AFTER_SEQUENCE_NUMBER')).toEqual(['3']);
    },
  },
  {
    name: 'LATEST sees only what comes after it',
    page: pages.getShardIterator,
    run: async (world) => {
      const { doc, streams, streamed, key } = world;
      const [before, after] = [key(), key()];
      await doc.put({ TableName: streamed, Item: { pk: before } });
      await recordsAbout(world, before, 1);
      const StreamArn = await streamOf(world, streamed);
      const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
      const ShardId = StreamDescription?.Shards?.at(-1)?.ShardId;
      const latest = { StreamArn, ShardId, ShardIteratorType: 'LATEST' as const };
      let { ShardIterator } = await streams.send(new GetShardIteratorCommand(latest));
      await doc.put({ TableName: streamed, Item: { pk: after } });
      const seen = await world.eventually(
        async () => {
          const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
          ShardIterator = page.NextShardIterator;
          return (page.Records ?? []).map(({ dynamodb }) => dynamodb?.Keys?.pk?.S);
        },
        (keys) => keys.includes(after),
      );
      expect(seen).toContain(after);
      expect(seen).not.toContain(before);
    },
  },
  {
    name: 'a stream or a table that does not exist',
    page: pages.listStreams,
    run: async ({ streams, tableName }) => {
      const { Streams } = await streams.send(new ListStreamsCommand({ TableName: tableName() }));
      expect(Streams).toEqual([]);
      const StreamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/absent/stream/2020-01-01T00:00:00.000';
      await refused(streams.send(new DescribeStreamCommand({ StreamArn })), 'ResourceNotFoundException');
    },
  },
];
