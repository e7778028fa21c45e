import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, openEngine, type StreamRecord } from '../../src/local/dynamodb/index.ts';
import { clientOf, mainTable, streamedTable } from './engine-client.ts';
import { refused } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 1);

let now = START;
let engine: Engine;
let doc: DynamoDBDocument;

beforeEach(async () => {
  now = START;
  engine = openEngine({ location: ':memory:', now: () => now });
  doc = clientOf(engine);
  await doc.send(new CreateTableCommand(streamedTable));
});
afterEach(() => engine.close());

const TableName = 'main';
const put = (pk: string, rest = {}) => doc.put({ TableName, Item: { pk, ...rest } });
const get = async (pk: string) => (await doc.get({ TableName, Key: { pk } })).Item;
const add = (pk: string, ClientRequestToken?: string) =>
  doc.transactWrite({
    ClientRequestToken,
    TransactItems: [
      { Update: { TableName, Key: { pk }, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': 1 } } },
    ],
  });

describe('time to live', () => {
  const seconds = () => Math.floor(now / 1000);
  beforeEach(() =>
    doc.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } }),
    ),
  );

  test('expire removes what has expired and nothing else', async () => {
    await put('past', { expires: seconds() - 1 });
    await put('now', { expires: seconds() });
    await put('future', { expires: seconds() + 60 });
    await put('never');
    await put('text', { expires: `${seconds() - 1}` });
    await put('mistaken', { expires: 12 });
    expect(await get('past')).toBeDefined();
    expect(engine.expire()).toBe(1);
    const left = (await doc.scan({ TableName })).Items?.map(({ pk }) => pk).toSorted();
    expect(left).toEqual(['future', 'mistaken', 'never', 'now', 'text']);
    now += 61_000;
    expect(engine.expire()).toBe(2);
  });

  test('the stream says that the service removed the item', async () => {
    await put('a', { expires: seconds() - 1 });
    engine.expire();
    const [, removal] = engine.streamRecords(TableName);
    expect(removal).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      dynamodb: { OldImage: { pk: { S: 'a' } } },
    });
  });

  test('expire can be done in parts', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk, { expires: seconds() - 1 });
    expect(engine.expire({ limit: 2 })).toBe(2);
    expect(engine.expire({ limit: 2 })).toBe(1);
    expect(engine.expire({ limit: 2 })).toBe(0);
  });

  test('an item whose expiry is moved or removed stays', async () => {
    await put('a', { expires: seconds() - 1 });
    await doc.update({ TableName, Key: { pk: 'a' }, UpdateExpression: 'REMOVE expires' });
    expect(engine.expire()).toBe(0);
  });

  test('items that were there before it was enabled expire too, and none after it is disabled', async () => {
    const set = (AttributeName: string, Enabled: boolean) =>
      doc.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }));
    await put('a', { other: seconds() - 1, expires: seconds() - 1 });
    await set('expires', false);
    expect(engine.expire()).toBe(0);
    await set('other', true);
    expect(engine.expire()).toBe(1);
  });

  test('an expired item costs no write capacity', async () => {
    await put('a', { expires: seconds() - 1 });
    const before = engine.consumedCapacity(TableName);
    engine.expire();
    expect(engine.consumedCapacity(TableName)).toEqual(before);
  });
});

describe('idempotency', () => {
  test('a token holds for ten minutes', async () => {
    await add('a', 'token');
    now += 9 * MINUTE;
    await add('a', 'token');
    expect(await get('a')).toEqual({ pk: 'a', n: 1 });
    now += 2 * MINUTE;
    await add('a', 'token');
    expect(await get('a')).toEqual({ pk: 'a', n: 2 });
  });
});

describe('faults', () => {
  test('a fault fails one request, without doing it', async () => {
    engine.failNext({
      operation: 'PutItem',
      error: { name: 'TransactionConflictException', message: 'Transaction is ongoing for the item' },
    });
    await refused(put('a'), 'TransactionConflictException', /ongoing/);
    expect(await get('a')).toBeUndefined();
    await put('a');
    expect(await get('a')).toEqual({ pk: 'a' });
  });

  test('a fault can come after the commit, when only the answer is lost', async () => {
    engine.failNext({
      operation: 'TransactWriteItems',
      error: { name: 'InternalServerError', statusCode: 500 },
      when: 'after',
    });
    await refused(add('a', 'token'), 'InternalServerError');
    expect(await get('a')).toEqual({ pk: 'a', n: 1 });
    await add('a', 'token');
    expect(await get('a')).toEqual({ pk: 'a', n: 1 });
  });

  test('a conflict cancels a transaction with its reasons', async () => {
    const cancellationReasons = [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }];
    engine.failNext({ operation: 'TransactWriteItems', error: { cancellationReasons } });
    const error = await refused(add('a'), 'TransactionCanceledException', /\[TransactionConflict\]/);
    expect(error).toMatchObject({ CancellationReasons: cancellationReasons });
    expect(await get('a')).toBeUndefined();
  });

  test('the SDK repeats what can be repeated', async () => {
    engine.failNext({ operation: 'GetItem', error: { name: 'InternalServerError', statusCode: 500 }, times: 2 });
    const patient = clientOf(engine, 3);
    const answer = await patient.get({ TableName, Key: { pk: 'a' } });
    expect(answer.$metadata.attempts).toBe(3);
  });
});

describe('streams', () => {
  test('a subscriber has the records of a commit when its caller goes on', async () => {
    const seen: string[][] = [];
    const end = engine.subscribe((records) =>
      seen.push(records.map(({ dynamodb }) => JSON.stringify(dynamodb.Keys.pk))),
    );
    await put('a');
    expect(seen).toEqual([['{"S":"a"}']]);
    await doc.transactWrite({
      TransactItems: ['b', 'c'].map((pk) => ({ Put: { TableName, Item: { pk } } })),
    });
    expect(seen).toEqual([['{"S":"a"}'], ['{"S":"b"}', '{"S":"c"}']]);
    end();
    await put('d');
    expect(seen).toHaveLength(2);
  });

  test('a subscriber hears nothing of a cancelled transaction', async () => {
    const seen: StreamRecord[] = [];
    engine.subscribe((records) => seen.push(...records));
    const write = doc.transactWrite({
      TransactItems: [
        { Put: { TableName, Item: { pk: 'a' } } },
        { Put: { TableName, Item: { pk: 'b' }, ConditionExpression: 'attribute_exists(pk)' } },
      ],
    });
    await refused(write, 'TransactionCanceledException');
    expect(seen).toEqual([]);
    expect(engine.streamRecords(TableName)).toEqual([]);
  });

  test('records are read from where a reader left off, in parts', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk);
    const [first] = engine.streamRecords(TableName, { limit: 1 });
    const after = first?.dynamodb.SequenceNumber ?? '';
    expect(engine.streamRecords(TableName, { after }).map(({ dynamodb }) => dynamodb.NewImage)).toEqual([
      { pk: { S: 'b' } },
      { pk: { S: 'c' } },
    ]);
  });

  test('records are kept for 24 hours, and old places are refused', async () => {
    const streams = new DynamoDBStreamsClient({
      region: 'local',
      endpoint: 'http://dynamodb.invalid',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      requestHandler: engine.requestHandler,
    });
    await put('a');
    const [old] = engine.streamRecords(TableName);
    now += 23 * HOUR;
    await put('b');
    expect(engine.streamRecords(TableName)).toHaveLength(2);
    now += 2 * HOUR;
    expect(engine.streamRecords(TableName).map(({ dynamodb }) => dynamodb.Keys)).toEqual([{ pk: { S: 'b' } }]);
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
    engine.expire();
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records?.map(({ dynamodb }) => dynamodb?.Keys?.pk?.S)).toEqual(['b']);
    now += 16 * MINUTE;
    await refused(streams.send(new GetRecordsCommand({ ShardIterator })), 'ExpiredIteratorException');
  });
});

describe('one engine, many requests', () => {
  test('timers run while requests are made one after the other', async () => {
    let fired = 0;
    const timer = setInterval(() => fired++, 1);
    for (let count = 0; count < 300; count++) await get('a');
    clearInterval(timer);
    expect(fired).toBeGreaterThan(0);
  });

  test('requests that are committed together fail alone', async () => {
    await put('taken');
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    const outcomes = await Promise.allSettled(
      ['a', 'taken', 'b'].map((pk) => doc.put({ TableName, Item: { pk, v: 1 }, ...condition })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await get('a'), await get('taken'), await get('b')]).toEqual([
      { pk: 'a', v: 1 },
      { pk: 'taken' },
      { pk: 'b', v: 1 },
    ]);
  });

  test.each([1, 2, 3, 4, 5])(
    'a transaction that breaks off at its reading %i of the clock leaves nothing',
    async (reading) => {
      let readings = Number.POSITIVE_INFINITY;
      const failing = openEngine({
        location: ':memory:',
        now: () => {
          readings -= 1;
          if (readings === 0) throw new Error('The clock stopped.');
          return START;
        },
      });
      const client = clientOf(failing);
      await client.send(new CreateTableCommand(streamedTable));
      const seen: StreamRecord[] = [];
      failing.subscribe((records) => seen.push(...records));
      readings = reading;
      const TransactItems = ['a', 'b', 'c'].map((pk) => ({ Put: { TableName, Item: { pk } } }));
      await expect(client.transactWrite({ ClientRequestToken: 'token', TransactItems })).rejects.toThrow(
        /clock stopped/,
      );
      expect(await client.scan({ TableName })).toMatchObject({ Count: 0 });
      expect(failing.streamRecords(TableName)).toEqual([]);
      await client.put({ TableName, Item: { pk: 'd' } });
      expect(seen.map(({ dynamodb }) => dynamodb.Keys)).toEqual([{ pk: { S: 'd' } }]);
      failing.close();
    },
  );

  test('a failed condition consumes: by the larger of the item that is there and the one to be put', async () => {
    await put('a', { t: 'x'.repeat(1500) });
    const { writeUnits } = engine.consumedCapacity(TableName);
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    await refused(doc.put({ TableName, Item: { pk: 'a' }, ...condition }), 'ConditionalCheckFailedException');
    const large = doc.put({ TableName, Item: { pk: 'a', t: 'x'.repeat(2500) }, ...condition });
    await refused(large, 'ConditionalCheckFailedException');
    expect(engine.consumedCapacity(TableName).writeUnits - writeUnits).toBe(2 + 3);
  });

  test('a request that waits when the engine is closed is refused', async () => {
    const closing = openEngine({ location: ':memory:' });
    const waiting = clientOf(closing).get({ TableName, Key: { pk: 'a' } });
    const outcome = expect(waiting).rejects.toThrow(/not open|closed|finalized/);
    closing.close();
    await outcome;
  });

  test('a request that the caller has given up is not carried out', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(doc.put({ TableName, Item: { pk: 'a' } }, { abortSignal: abort.signal })).rejects.toThrow(/abort/i);
    expect(await get('a')).toBeUndefined();
  });
});

describe('a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'engine-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('everything is there again when it is opened again', async () => {
    const first = openEngine({ location: folder, now: () => now });
    const before = clientOf(first);
    await before.send(new CreateTableCommand(streamedTable));
    await before.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } }),
    );
    await before.put({ TableName, Item: { pk: 'a', v: 1 } });
    const TransactItems = [{ Put: { TableName, Item: { pk: 'b' }, ConditionExpression: 'attribute_not_exists(pk)' } }];
    await before.transactWrite({ ClientRequestToken: 'token', TransactItems });
    first.close();

    const second = openEngine({ location: folder, now: () => now });
    const after = clientOf(second);
    expect((await after.get({ TableName, Key: { pk: 'a' } })).Item).toEqual({ pk: 'a', v: 1 });
    await after.transactWrite({ ClientRequestToken: 'token', TransactItems });
    await after.put({ TableName, Item: { pk: 'c' } });
    const records = second.streamRecords(TableName);
    expect(records.map(({ dynamodb }) => dynamodb.Keys.pk)).toEqual([{ S: 'a' }, { S: 'b' }, { S: 'c' }]);
    expect(new Set(records.map(({ dynamodb }) => dynamodb.SequenceNumber)).size).toBe(3);
    const ttl = await after.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(ttl.TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    second.close();
  });

  test('a folder is open once', () => {
    const first = openEngine({ location: folder });
    expect(() => openEngine({ location: folder })).toThrow(/Another process has the database/);
    first.close();
    openEngine({ location: folder }).close();
  });
});

describe('the protocol', () => {
  const call = async (target: string, body: string) => {
    const { response } = await engine.requestHandler.handle({
      method: 'POST',
      protocol: 'http:',
      hostname: 'dynamodb.invalid',
      path: '/',
      query: {},
      headers: { 'x-amz-target': target },
      body,
    });
    const text = Buffer.from(response.body).toString();
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(text) };
  };

  test.each([
    ['DynamoDB_20120810.Nonsense', '{}', /#UnknownOperationException$/],
    ['DynamoDB_20120810.GetItem', '{', /#SerializationException$/],
    ['DynamoDB_20120810.GetItem', '[]', /#SerializationException$/],
    ['DynamoDB_20120810.GetItem', '{"TableName":1}', /#SerializationException$/],
    ['DynamoDB_20120810.GetItem', '{}', /#ValidationException$/],
    [
      'DynamoDB_20120810.PutItem',
      '{"TableName":"main","Item":{"pk":{"S":"a"},"__proto__":{"S":"b"}}}',
      /#SerializationException$/,
    ],
    ['DynamoDB_20120810.Scan', '{"TableName":"main","ScanFilter":{}}', /#ValidationException$/],
  ])('%s %s is refused', async (target, body, type) => {
    const answer = await call(target, body);
    expect(answer.status).toBe(400);
    expect(answer.body.__type).toMatch(type);
  });

  test('an answer carries its checksum and a request id', async () => {
    const { headers, status } = await call('DynamoDB_20120810.ListTables', '{}');
    expect(status).toBe(200);
    expect(headers['x-amz-crc32']).toMatch(/^\d+$/);
    expect(headers['x-amzn-requestid']).toMatch(/./);
  });

  test('two engines know nothing of each other', async () => {
    const other = openEngine({ location: ':memory:' });
    await refused(clientOf(other).get({ TableName, Key: { pk: 'a' } }), 'ResourceNotFoundException');
    await clientOf(other).send(new CreateTableCommand(mainTable));
    other.close();
  });
});
