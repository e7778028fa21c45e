import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { openEngine, type StreamRecord } from '../../src/local/dynamodb/index.ts';
import { engineOfEachTest, MINUTE, START, TableName } from './each-engine.ts';
import { clientOf, mainTable, streamedTable } from './engine-client.ts';
import { refused } from './world.ts';

const world = engineOfEachTest();
const { put, get, add } = world;

describe('idempotency', () => {
  test('a token holds for ten minutes', async () => {
    await add('a', 'token');
    world.pass(9 * MINUTE);
    await add('a', 'token');
    expect(await get('a')).toEqual({ pk: 'a', n: 1 });
    world.pass(2 * MINUTE);
    await add('a', 'token');
    expect(await get('a')).toEqual({ pk: 'a', n: 2 });
  });
});

describe('faults', () => {
  test('a fault fails one request, without doing it', async () => {
    world.engine.failNext({
      operation: 'PutItem',
      error: { name: 'TransactionConflictException', message: 'Transaction is ongoing for the item' },
    });
    await refused(put('a'), 'TransactionConflictException', /ongoing/);
    expect(await get('a')).toBeUndefined();
    await put('a');
    expect(await get('a')).toEqual({ pk: 'a' });
  });

  test('a fault can come after the commit, when only the answer is lost', async () => {
    world.engine.failNext({
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
    world.engine.failNext({ operation: 'TransactWriteItems', error: { cancellationReasons } });
    const error = await refused(add('a'), 'TransactionCanceledException', /\[TransactionConflict\]/);
    expect(error).toMatchObject({ CancellationReasons: cancellationReasons });
    expect(await get('a')).toBeUndefined();
  });

  test('the SDK repeats what can be repeated', async () => {
    world.engine.failNext({ operation: 'GetItem', error: { name: 'InternalServerError', statusCode: 500 }, times: 2 });
    const patient = clientOf(world.engine, 3);
    const answer = await patient.get({ TableName, Key: { pk: 'a' } });
    expect(answer.$metadata.attempts).toBe(3);
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
      ['a', 'taken', 'b'].map((pk) => world.doc.put({ TableName, Item: { pk, v: 1 }, ...condition })),
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
    const { writeUnits } = world.engine.consumedCapacity(TableName);
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    await refused(world.doc.put({ TableName, Item: { pk: 'a' }, ...condition }), 'ConditionalCheckFailedException');
    const large = world.doc.put({ TableName, Item: { pk: 'a', t: 'x'.repeat(2500) }, ...condition });
    await refused(large, 'ConditionalCheckFailedException');
    expect(world.engine.consumedCapacity(TableName).writeUnits - writeUnits).toBe(2 + 3);
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
    await expect(world.doc.put({ TableName, Item: { pk: 'a' } }, { abortSignal: abort.signal })).rejects.toThrow(
      /abort/i,
    );
    expect(await get('a')).toBeUndefined();
  });
});

describe('the protocol', () => {
  const call = async (target: string, body: string) => {
    const { response } = await world.engine.requestHandler.handle({
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
