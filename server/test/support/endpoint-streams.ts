import { setTimeout as pause } from 'node:timers/promises';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';
import type { OnError } from '../../src/local/backing.ts';
import type { StreamPump } from '../../src/local/streams.ts';
import type { StreamConsumer } from '../../src/ports/stream.ts';
import { putAside } from '../../src/store/dead-letters.ts';
import type { Table } from '../../src/store/table.ts';
import { consumeRecords } from '../../src/stream/consume.ts';

/** How often the stream is looked at, in milliseconds. */
const LOOK_EVERY = 200;

interface Following {
  readonly client: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly table: Table;
  readonly consumers: readonly StreamConsumer[];
  readonly onError: OnError;
}

async function streamOf({ client, table }: Following): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table.name }));
  if (Table?.LatestStreamArn === undefined) throw new Error('the table has no stream');
  return Table.LatestStreamArn;
}

/** Reads shards of a stream from their beginnings, a shard after the one that it came out of. */
function shardReader({ streams, table, consumers }: Following, StreamArn: string) {
  /** Where to read on, by shard; undefined at its end. */
  const places = new Map<string, string | undefined>();

  async function start({ ShardId, ParentShardId }: Shard): Promise<void> {
    if (ShardId === undefined || places.has(ShardId)) return;
    if (ParentShardId !== undefined && places.get(ParentShardId) !== undefined) return;
    const request = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    places.set(ShardId, (await streams.send(new GetShardIteratorCommand(request))).ShardIterator);
  }

  /** Takes what a shard has, page by page, and answers whether that was anything. */
  async function take(shard: string): Promise<boolean> {
    let found = false;
    for (let place = places.get(shard); place !== undefined; ) {
      const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: place }));
      for (const consumer of consumers) await consumeRecords(consumer, Records, (letter) => putAside(table, letter));
      places.set(shard, NextShardIterator);
      if (Records.length === 0) break;
      found = true;
      place = NextShardIterator;
    }
    return found;
  }

  /** Takes what there is, and what consumers write meanwhile. */
  return async function takeAll(): Promise<void> {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    for (const shard of StreamDescription?.Shards ?? []) await start(shard);
    const found = await Promise.all([...places.keys()].map(take));
    if (found.includes(true)) await takeAll();
  };
}

/**
 * Follows the stream of a table at an endpoint, by polling. It remembers its places for as long as it runs: the table is
 * as old as the platform that it was made for.
 */
export async function followByPolling(following: Following): Promise<StreamPump> {
  const takeAll = shardReader(following, await streamOf(following));
  const closing = new AbortController();
  let last = Promise.resolve();
  /** One round after the other: two at once would read the same records. */
  const round = (): Promise<void> => {
    last = last.catch(() => undefined).then(takeAll);
    return last;
  };
  const polling = (async () => {
    while (!closing.signal.aborted) {
      await round().catch((error: unknown) => following.onError('a consumer failed', error));
      await pause(LOOK_EVERY, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  })();
  return {
    settled: round,
    async close() {
      closing.abort();
      await polling;
      await last.catch(() => undefined);
    },
  };
}
