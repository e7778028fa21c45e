import { CreateTableCommand, type DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { StreamConsumer } from '../ports/stream.ts';
import { putAside } from '../store/dead-letters.ts';
import type { Table } from '../store/table.ts';
import { consumeRecords, StreamStalled } from '../stream/consume.ts';
import { sequenceOf } from '../stream/records.ts';
import { retell } from '../stream/retell.ts';
import { embeddedConfig } from './database.ts';
import { type Engine, sequenceText } from './dynamodb/index.ts';

/** How many records are read at once. */
const PAGE = 500;
/** How long a stalled stream waits before it tries again, in milliseconds. */
const STALLED_FOR = 1000;

/** After how many records, where they are not kept, those that all have taken are removed. */
const DROP_EVERY = 10_000;

/** The table that holds how far each consumer is: one of its own, whose writes are in no stream. */
const CHECKPOINTS = 'laurel-checkpoints';

/** What follows the table in this process. */
export interface StreamPump {
  /** Waits until every consumer has taken all that was committed before. */
  settled(): Promise<void>;
  /** Ends it; what was not taken is taken at the next start. */
  close(): Promise<void>;
}

/** What the pump works with. */
export interface PumpParts {
  readonly engine: Engine;
  readonly client: DynamoDBClient;
  readonly table: Table;
  readonly consumers: readonly StreamConsumer[];
  readonly onError: (message: string, error: unknown) => void;
  /** Whether records that every consumer has taken are removed: where the table ends with this process. */
  readonly dropsTaken?: boolean;
}

/** How far a consumer is, and the machine's time when it was there. */
interface Place {
  readonly sequence: string;
  readonly at: string;
}

interface Shard {
  readonly arn: string;
  readonly shardId: string;
}

/** The embedded engine's one shard of the table's stream. */
async function shardOf(streams: DynamoDBStreamsClient, table: Table): Promise<Shard> {
  const { Streams = [] } = await streams.send(new ListStreamsCommand({ TableName: table.name }));
  const arn = Streams[0]?.StreamArn;
  if (arn === undefined) throw new Error('the table has no stream');
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
  const shardId = StreamDescription?.Shards?.[0]?.ShardId;
  if (shardId === undefined) throw new Error("the table's stream has no shard");
  return { arn, shardId };
}

/** Keeps how far consumers are. */
async function openCheckpoints(client: DynamoDBClient) {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: CHECKPOINTS,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'consumer', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'consumer', KeyType: 'HASH' }],
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const documents = DynamoDBDocumentClient.from(client);
  return {
    async read(consumer: string): Promise<Place | undefined> {
      const { Item } = await documents.send(new GetCommand({ TableName: CHECKPOINTS, Key: { consumer } }));
      return Item === undefined ? undefined : { sequence: String(Item.sequence), at: String(Item.at) };
    },
    async save(consumer: string, place: Place): Promise<void> {
      await documents.send(new PutCommand({ TableName: CHECKPOINTS, Item: { consumer, ...place } }));
    },
  };
}

/**
 * Gives every consumer the table's stream through DynamoDB's own API, each from where it was; a commit wakes them, so
 * nothing polls. What ended a process between a commit and its consumption is made good at the next start.
 */
export async function startPump(parts: PumpParts): Promise<StreamPump> {
  const { engine, client, table, consumers, onError, dropsTaken = false } = parts;
  const streams = new DynamoDBStreamsClient(embeddedConfig(engine));
  streams.middlewareStack.remove('loggerMiddleware');
  const shard = await shardOf(streams, table);
  const checkpoints = await openCheckpoints(client);
  const followers: ReturnType<typeof follow>[] = [];
  let dropped = 0;
  /** Removes what all have taken, now and then: it is some work. */
  const moved = (): void => {
    const taken = Math.min(...followers.map((follower) => Number(follower.place() ?? 0)));
    if (!dropsTaken || taken - dropped < DROP_EVERY) return;
    dropped = taken;
    engine.dropRecords(table.name, sequenceText(taken));
  };
  for (const consumer of consumers) {
    followers.push(follow({ streams, shard, checkpoints, table, consumer, onError, moved }));
  }
  const wake = (): void => {
    for (const follower of followers) follower.wake();
  };
  const unsubscribe = engine.subscribe(wake);
  wake();
  return {
    async settled() {
      await Promise.all(followers.map((follower) => follower.settled()));
    },
    async close() {
      unsubscribe();
      await Promise.all(followers.map((follower) => follower.close()));
      streams.destroy();
    },
  };
}

interface Following {
  readonly streams: DynamoDBStreamsClient;
  readonly shard: Shard;
  readonly checkpoints: Awaited<ReturnType<typeof openCheckpoints>>;
  readonly table: Table;
  readonly consumer: StreamConsumer;
  readonly onError: PumpParts['onError'];
  /** Called when the consumer has come further. */
  readonly moved: () => void;
}

/** After every moment. */
const LAST_MOMENT = '9999';
/** How long the stream keeps records, less an hour for what was under way, in milliseconds. */
const KEPT = 23 * 60 * 60 * 1000;
/** How much earlier than its place a consumer is told again: commits bear the time at which they began. */
const OVERLAP = 60 * 60 * 1000;

/**
 * An iterator after a place, or from the oldest record that is kept where there is none. A consumer that was away for
 * longer than records are kept is first told by the table, which keeps what happened for longer.
 */
async function iteratorAfter({ streams, shard, table, consumer }: Following, place: Place | undefined) {
  const { arn: StreamArn, shardId: ShardId } = shard;
  const isGone = place !== undefined && Date.now() - Date.parse(place.at) > KEPT;
  if (isGone) {
    await retell(table, consumer, new Date(Date.parse(place.at) - OVERLAP).toISOString(), LAST_MOMENT);
  }
  const request: GetShardIteratorCommandInput =
    place === undefined || isGone
      ? { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
      : { StreamArn, ShardId, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place.sequence };
  return (await streams.send(new GetShardIteratorCommand(request))).ShardIterator;
}

function follow(following: Following) {
  const { streams, checkpoints, table, consumer, onError, moved } = following;
  let place: Place | undefined;
  let isPlaced = false;
  let running: Promise<void> | undefined;
  let again = false;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes all that is there. */
  async function takeAll(): Promise<void> {
    if (!isPlaced) place = await checkpoints.read(consumer.name);
    isPlaced = true;
    let iterator = await iteratorAfter(following, place);
    while (iterator !== undefined && !isClosed) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: PAGE }));
      const records = page.Records ?? [];
      const last = records.at(-1);
      if (last === undefined) return;
      const taken = await consumeRecords(consumer, records, (letter) => putAside(table, letter));
      place = { sequence: sequenceOf(last), at: new Date().toISOString() };
      // What did not concern it may come again: it costs less than to note each place.
      if (taken > 0 || records.length === PAGE) await checkpoints.save(consumer.name, place);
      moved();
      iterator = page.NextShardIterator;
    }
  }

  async function run(): Promise<void> {
    do {
      again = false;
      try {
        await takeAll();
      } catch (error) {
        if (isClosed) return;
        onError(error instanceof StreamStalled ? 'a consumer waits for a service' : 'a consumer failed', error);
        timer = setTimeout(wake, STALLED_FOR).unref();
        return;
      }
    } while (again && !isClosed);
  }

  function wake(): void {
    if (isClosed) return;
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
  }

  return {
    wake,
    /** Up to where it has taken all. */
    place: () => place?.sequence,
    async settled() {
      wake();
      while (running !== undefined) await running;
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
