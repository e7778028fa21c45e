import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { engineOfEachTest, TableName } from './each-engine.ts';

const world = engineOfEachTest();
const { put, get } = world;

describe('time to live', () => {
  const seconds = () => Math.floor(world.now() / 1000);
  beforeEach(() =>
    world.doc.send(
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
    expect(world.engine.expire()).toBe(1);
    const left = (await world.doc.scan({ TableName })).Items?.map(({ pk }) => pk).toSorted();
    expect(left).toEqual(['future', 'mistaken', 'never', 'now', 'text']);
    world.pass(61_000);
    expect(world.engine.expire()).toBe(2);
  });

  test('the stream says that the service removed the item', async () => {
    await put('a', { expires: seconds() - 1 });
    world.engine.expire();
    const [, removal] = world.engine.streamRecords(TableName);
    expect(removal).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      dynamodb: { OldImage: { pk: { S: 'a' } } },
    });
  });

  test('expire can be done in parts', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk, { expires: seconds() - 1 });
    expect(world.engine.expire({ limit: 2 })).toBe(2);
    expect(world.engine.expire({ limit: 2 })).toBe(1);
    expect(world.engine.expire({ limit: 2 })).toBe(0);
  });

  test('an item whose expiry is moved or removed stays', async () => {
    await put('a', { expires: seconds() - 1 });
    await world.doc.update({ TableName, Key: { pk: 'a' }, UpdateExpression: 'REMOVE expires' });
    expect(world.engine.expire()).toBe(0);
  });

  test('items that were there before it was enabled expire too, and none after it is disabled', async () => {
    const set = (AttributeName: string, Enabled: boolean) =>
      world.doc.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }));
    await put('a', { other: seconds() - 1, expires: seconds() - 1 });
    await set('expires', false);
    expect(world.engine.expire()).toBe(0);
    await set('other', true);
    expect(world.engine.expire()).toBe(1);
  });

  test('an expired item costs no write capacity', async () => {
    await put('a', { expires: seconds() - 1 });
    const before = world.engine.consumedCapacity(TableName);
    world.engine.expire();
    expect(world.engine.consumedCapacity(TableName)).toEqual(before);
  });
});
