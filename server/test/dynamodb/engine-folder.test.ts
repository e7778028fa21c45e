import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEngine } from '../../src/local/dynamodb/index.ts';
import { engineOfEachTest, TableName } from './each-engine.ts';
import { clientOf, streamedTable } from './engine-client.ts';

const world = engineOfEachTest();

describe('a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'engine-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('everything is there again when it is opened again', async () => {
    const first = openEngine({ location: folder, now: world.now });
    const before = clientOf(first);
    await before.send(new CreateTableCommand(streamedTable));
    await before.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } }),
    );
    await before.put({ TableName, Item: { pk: 'a', v: 1 } });
    const TransactItems = [{ Put: { TableName, Item: { pk: 'b' }, ConditionExpression: 'attribute_not_exists(pk)' } }];
    await before.transactWrite({ ClientRequestToken: 'token', TransactItems });
    first.close();

    const second = openEngine({ location: folder, now: world.now });
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
