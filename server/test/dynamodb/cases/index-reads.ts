import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, each, refused, type World } from '../world.ts';

/** Queries an index for a partition of it until so many items are there. */
async function found(world: World, g: string, count: number, extra: Partial<QueryCommandInput> = {}) {
  const input = {
    TableName: world.sorted,
    IndexName: 'all',
    KeyConditionExpression: 'g = :g',
    ...extra,
    ExpressionAttributeValues: { ':g': g, ...extra.ExpressionAttributeValues },
  };
  return world.eventually(
    () => world.doc.query(input),
    (page) => page.Count === count,
  );
}

export const indexCases: readonly Case[] = [
  {
    name: 'an index finds items by its own key, in the order of its sort key',
    page: pages.globalIndexes,
    run: async (world) => {
      const g = world.key();
      const pk = world.key();
      await each([30, 10, 20], (h) => world.doc.put({ TableName: world.sorted, Item: { pk, sk: `s${h}`, g, h } }));
      expect((await found(world, g, 3)).Items?.map(({ h }) => h)).toEqual([10, 20, 30]);
      const range = { KeyConditionExpression: 'g = :g AND h > :h', ExpressionAttributeValues: { ':h': 10 } };
      expect((await found(world, g, 2, { ...range, ScanIndexForward: false })).Items?.map(({ h }) => h)).toEqual([
        30, 20,
      ]);
    },
  },
  {
    name: 'an index is sparse: items without its whole key are not in it',
    page: pages.globalIndexes,
    run: async (world) => {
      const g = world.key();
      const pk = world.key();
      await world.doc.put({ TableName: world.sorted, Item: { pk, sk: 'no h', g } });
      await world.doc.put({ TableName: world.sorted, Item: { pk, sk: 'with h', g, h: 1 } });
      expect((await found(world, g, 1)).Items?.map(({ sk }) => sk)).toEqual(['with h']);
      expect((await found(world, g, 2, { IndexName: 'keys' })).Count).toBe(2);
    },
  },
  {
    name: 'many items may share an index key',
    page: pages.globalIndexes,
    run: async (world) => {
      const g = world.key();
      await each([1, 2, 3], () =>
        world.doc.put({ TableName: world.sorted, Item: { pk: world.key(), sk: 'a', g, h: 1 } }),
      );
      expect((await found(world, g, 3)).Count).toBe(3);
    },
  },
  {
    name: 'an update moves an item in an index, and removing the key takes it out',
    page: pages.globalIndexes,
    run: async (world) => {
      const [from, to] = [world.key(), world.key()];
      const Key = { pk: world.key(), sk: 'a' };
      await world.doc.put({ TableName: world.sorted, Item: { ...Key, g: from, h: 1 } });
      expect((await found(world, from, 1)).Count).toBe(1);
      await world.doc.update({
        TableName: world.sorted,
        Key,
        UpdateExpression: 'SET g = :to',
        ExpressionAttributeValues: { ':to': to },
      });
      expect((await found(world, to, 1)).Items).toEqual([{ ...Key, g: to, h: 1 }]);
      expect((await found(world, from, 0)).Count).toBe(0);
      await world.doc.update({ TableName: world.sorted, Key, UpdateExpression: 'REMOVE h' });
      expect((await found(world, to, 0)).Count).toBe(0);
    },
  },
  {
    name: 'an index shows the newest attributes',
    page: pages.globalIndexes,
    run: async (world) => {
      const g = world.key();
      const Item = { pk: world.key(), sk: 'a', g, h: 1 };
      await world.doc.put({ TableName: world.sorted, Item: { ...Item, v: 1 } });
      await world.doc.put({ TableName: world.sorted, Item: { ...Item, v: 2 } });
      const newest = { FilterExpression: 'v = :v', ExpressionAttributeValues: { ':v': 2 } };
      expect((await found(world, g, 1, newest)).Items).toEqual([{ ...Item, v: 2 }]);
    },
  },
  {
    name: 'a deleted item leaves its indexes',
    page: pages.globalIndexes,
    run: async (world) => {
      const g = world.key();
      const Key = { pk: world.key(), sk: 'a' };
      await world.doc.put({ TableName: world.sorted, Item: { ...Key, g, h: 1 } });
      expect((await found(world, g, 1)).Count).toBe(1);
      await world.doc.delete({ TableName: world.sorted, Key });
      expect((await found(world, g, 0)).Count).toBe(0);
    },
  },
  {
    name: 'KEYS_ONLY holds the keys of the table and of the index',
    page: pages.globalIndexes,
    run: async (world) => {
      const g = world.key();
      const keys = { pk: world.key(), sk: 'a', g };
      await world.doc.put({ TableName: world.sorted, Item: { ...keys, a: 1, b: 2 } });
      expect((await found(world, g, 1, { IndexName: 'keys' })).Items).toEqual([keys]);
    },
  },
  {
    name: 'INCLUDE holds the named attributes as well',
    page: pages.globalIndexes,
    run: async (world) => {
      const g = world.key();
      const keys = { pk: world.key(), sk: 'a', g };
      await world.doc.put({ TableName: world.sorted, Item: { ...keys, a: 1, b: 2 } });
      expect((await found(world, g, 1, { IndexName: 'some' })).Items).toEqual([{ ...keys, a: 1 }]);
    },
  },
  {
    name: 'attributes that a global index does not hold cannot be asked of it',
    page: pages.globalIndexes,
    run: async (world) => {
      const query = (extra: Partial<QueryCommandInput>) =>
        world.doc.query({
          TableName: world.sorted,
          IndexName: 'some',
          KeyConditionExpression: 'g = :g',
          ExpressionAttributeValues: { ':g': 'x' },
          ...extra,
        });
      await refused(query({ ProjectionExpression: 'b' }), 'ValidationException', /does not project/);
      const all = query({ Select: 'ALL_ATTRIBUTES' });
      await refused(
        all,
        'ValidationException',
        /Select type ALL_ATTRIBUTES is not supported for global secondary index/,
      );
    },
  },
  {
    name: 'a global index cannot be read consistently',
    page: pages.query,
    run: async ({ doc, sorted }) => {
      const query = doc.query({
        TableName: sorted,
        IndexName: 'all',
        ConsistentRead: true,
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: { ':g': 'x' },
      });
      const message = /Consistent reads are not supported on global secondary indexes/;
      await refused(query, 'ValidationException', message);
      await refused(
        doc.scan({ TableName: sorted, IndexName: 'all', ConsistentRead: true }),
        'ValidationException',
        message,
      );
    },
  },
  {
    name: 'the last evaluated key of an index holds the table’s key and the index’s',
    page: pages.queryPagination,
    run: async (world) => {
      const g = world.key();
      const pk = world.key();
      await each([1, 2], (h) => world.doc.put({ TableName: world.sorted, Item: { pk, sk: `${h}`, g, h, v: 1 } }));
      await found(world, g, 2);
      const page = await world.doc.query({
        TableName: world.sorted,
        IndexName: 'all',
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: { ':g': g },
        Limit: 1,
      });
      expect(page.LastEvaluatedKey).toEqual({ pk, sk: '1', g, h: 1 });
    },
  },
  {
    name: 'pages of an index cover items with equal keys once each, in both directions',
    page: pages.queryPagination,
    run: async (world) => {
      const g = world.key();
      const items = Array.from({ length: 7 }, (_, place) => ({ pk: world.key(), sk: `${place}`, g, h: place % 2 }));
      await each(items, (Item) => world.doc.put({ TableName: world.sorted, Item }));
      await found(world, g, 7);
      for (const ScanIndexForward of [true, false]) {
        const seen: unknown[] = [];
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const page = await world.doc.query({
            TableName: world.sorted,
            IndexName: 'all',
            KeyConditionExpression: 'g = :g',
            ExpressionAttributeValues: { ':g': g },
            Limit: 2,
            ScanIndexForward,
            ExclusiveStartKey,
          });
          seen.push(...(page.Items ?? []).map(({ sk }) => sk));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey !== undefined);
        expect(seen.toSorted()).toEqual(items.map(({ sk }) => sk));
      }
    },
  },
  {
    name: 'a start key of an index must have all four keys',
    page: pages.query,
    run: async ({ doc, sorted }) => {
      const query = doc.query({
        TableName: sorted,
        IndexName: 'all',
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: { ':g': 'x' },
        ExclusiveStartKey: { g: 'x', h: 1 },
      });
      await refused(query, 'ValidationException', /starting key is invalid/);
    },
  },
  {
    name: 'an index that does not exist is refused',
    page: pages.query,
    run: async ({ doc, sorted }) => {
      const query = doc.query({
        TableName: sorted,
        IndexName: 'absent',
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: { ':g': 'x' },
      });
      await refused(query, 'ValidationException', /The table does not have the specified index: absent/);
    },
  },
  {
    name: 'a local index orders a partition otherwise, and can be read consistently',
    page: pages.localIndexes,
    run: async ({ doc, sorted, key }) => {
      const pk = key();
      await each([3, 1, 2], (l) => doc.put({ TableName: sorted, Item: { pk, sk: `${-l}`, l, v: l } }));
      const page = await doc.query({
        TableName: sorted,
        IndexName: 'local',
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND l >= :l',
        ExpressionAttributeValues: { ':pk': pk, ':l': 2 },
      });
      expect(page.Items).toEqual([
        { pk, sk: '-2', l: 2 },
        { pk, sk: '-3', l: 3 },
      ]);
    },
  },
  {
    name: 'a local index fetches attributes that it does not hold',
    page: pages.localIndexes,
    run: async ({ doc, sorted, key }) => {
      const pk = key();
      await doc.put({ TableName: sorted, Item: { pk, sk: 'a', l: 1, v: 7 } });
      const query = (extra: Partial<QueryCommandInput>) =>
        doc.query({
          TableName: sorted,
          IndexName: 'local',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ...extra,
        });
      expect((await query({ Select: 'ALL_ATTRIBUTES' })).Items).toEqual([{ pk, sk: 'a', l: 1, v: 7 }]);
      expect((await query({ ProjectionExpression: 'v' })).Items).toEqual([{ v: 7 }]);
    },
  },
];
