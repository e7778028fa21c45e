import { expect } from 'vitest';
import { pages } from '../pages.ts';
import type { Case, World } from '../world.ts';

/** An item of about so many bytes. */
async function sized({ doc, plain, key }: World, bytes: number): Promise<string> {
  const pk = key();
  await doc.put({ TableName: plain, Item: { pk, t: 'x'.repeat(bytes - pk.length - 3) } });
  return pk;
}

/** Bytes of an item, the units of an eventually consistent read and of a consistent one. */
const reads: readonly (readonly [bytes: number, eventual: number, consistent: number])[] = [
  [100, 0.5, 1],
  [4096, 0.5, 1],
  [4097, 1, 2],
  [9000, 1.5, 3],
];

/** Bytes of an item, and the units of writing it. */
const writes: readonly (readonly [bytes: number, units: number])[] = [
  [100, 1],
  [1024, 1],
  [1025, 2],
  [3500, 4],
];

const TOTAL = { ReturnConsumedCapacity: 'TOTAL' as const };
const INDEXES = { ReturnConsumedCapacity: 'INDEXES' as const };

export const capacityCases: readonly Case[] = [
  ...reads.map(
    ([bytes, eventual, consistent]): Case => ({
      name: `reading ${bytes} bytes: ${eventual}, consistently ${consistent}, in a transaction ${2 * consistent}`,
      page: pages.capacity,
      run: async (world) => {
        const { doc, plain } = world;
        const Key = { pk: await sized(world, bytes) };
        const units = async (ConsistentRead: boolean) =>
          (await doc.get({ TableName: plain, Key, ConsistentRead, ...TOTAL })).ConsumedCapacity?.CapacityUnits;
        expect(await units(false)).toBe(eventual);
        expect(await units(true)).toBe(consistent);
        const transaction = await doc.transactGet({ TransactItems: [{ Get: { TableName: plain, Key } }], ...TOTAL });
        expect(transaction.ConsumedCapacity?.[0]?.CapacityUnits).toBe(2 * consistent);
      },
    }),
  ),
  ...writes.map(
    ([bytes, units]): Case => ({
      name: `writing ${bytes} bytes: ${units}, in a transaction ${2 * units}`,
      page: pages.capacity,
      run: async ({ doc, plain, key }) => {
        const item = () => {
          const pk = key();
          return { pk, t: 'x'.repeat(bytes - pk.length - 3) };
        };
        const put = await doc.put({ TableName: plain, Item: item(), ...TOTAL });
        expect(put.ConsumedCapacity).toMatchObject({ CapacityUnits: units });
        const transaction = await doc.transactWrite({
          TransactItems: [{ Put: { TableName: plain, Item: item() } }],
          ...TOTAL,
        });
        expect(transaction.ConsumedCapacity?.[0]?.CapacityUnits).toBe(2 * units);
      },
    }),
  ),
  {
    name: 'an absent item costs the least read, and deleting it the least write',
    page: pages.capacity,
    run: async ({ doc, plain, key }) => {
      const Key = { pk: key() };
      expect((await doc.get({ TableName: plain, Key, ...TOTAL })).ConsumedCapacity?.CapacityUnits).toBe(0.5);
      expect((await doc.delete({ TableName: plain, Key, ...TOTAL })).ConsumedCapacity?.CapacityUnits).toBe(1);
    },
  },
  {
    name: 'an update or a replacement costs the larger of the item before and after',
    page: pages.capacity,
    run: async (world) => {
      const { doc, plain } = world;
      const pk = await sized(world, 3000);
      const shrink = await doc.update({ TableName: plain, Key: { pk }, UpdateExpression: 'REMOVE t', ...TOTAL });
      expect(shrink.ConsumedCapacity?.CapacityUnits).toBe(3);
      const other = await sized(world, 2000);
      const replace = await doc.put({ TableName: plain, Item: { pk: other }, ...TOTAL });
      expect(replace.ConsumedCapacity?.CapacityUnits).toBe(2);
      const third = await sized(world, 2000);
      expect(
        (await doc.delete({ TableName: plain, Key: { pk: third }, ...TOTAL })).ConsumedCapacity?.CapacityUnits,
      ).toBe(2);
    },
  },
  {
    name: 'a query rounds once over all that it reads, and an empty one costs the least',
    page: pages.capacity,
    run: async ({ doc, sorted, key }) => {
      const pk = key();
      for (const sk of ['a', 'b', 'c']) await doc.put({ TableName: sorted, Item: { pk, sk, t: 'x'.repeat(1200) } });
      const query = (partition: string, ConsistentRead: boolean) =>
        doc.query({
          TableName: sorted,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': partition },
          ConsistentRead,
          ...TOTAL,
        });
      expect((await query(pk, true)).ConsumedCapacity?.CapacityUnits).toBe(1);
      expect((await query(pk, false)).ConsumedCapacity?.CapacityUnits).toBe(0.5);
      expect((await query(key(), false)).ConsumedCapacity?.CapacityUnits).toBe(0.5);
    },
  },
  {
    name: 'a filter and a projection do not make a read cheaper',
    page: pages.queryOther,
    run: async ({ doc, sorted, key }) => {
      const pk = key();
      for (const sk of ['a', 'b', 'c']) await doc.put({ TableName: sorted, Item: { pk, sk, t: 'x'.repeat(3000) } });
      const page = await doc.query({
        TableName: sorted,
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'attribute_not_exists(t)',
        ProjectionExpression: 'sk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        ...TOTAL,
      });
      expect(page).toMatchObject({ Count: 0, ConsumedCapacity: { CapacityUnits: 3 } });
    },
  },
  {
    name: 'BatchGetItem rounds each item by itself',
    page: pages.capacity,
    run: async (world) => {
      const { doc, plain } = world;
      const keys = [{ pk: await sized(world, 1500) }, { pk: await sized(world, 6500) }];
      const answer = await doc.batchGet({ RequestItems: { [plain]: { Keys: keys, ConsistentRead: true } }, ...TOTAL });
      expect(answer.ConsumedCapacity).toEqual([{ TableName: plain, CapacityUnits: 3 }]);
    },
  },
  {
    name: 'BatchWriteItem sums its writes',
    page: pages.batchWriteItem,
    run: async ({ doc, plain, key }) => {
      const puts = [100, 2000].map((bytes) => ({ PutRequest: { Item: { pk: key(), t: 'x'.repeat(bytes) } } }));
      const answer = await doc.batchWrite({ RequestItems: { [plain]: puts }, ...TOTAL });
      expect(answer.ConsumedCapacity).toMatchObject([{ TableName: plain, CapacityUnits: 3 }]);
    },
  },
  {
    name: 'a put that enters indexes costs a write for each',
    page: pages.globalIndexes,
    run: async ({ doc, sorted, key }) => {
      const put = await doc.put({ TableName: sorted, Item: { pk: key(), sk: 'a', g: key(), h: 1 }, ...INDEXES });
      expect(put.ConsumedCapacity).toMatchObject({
        CapacityUnits: 4,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: { all: { CapacityUnits: 1 }, keys: { CapacityUnits: 1 }, some: { CapacityUnits: 1 } },
      });
    },
  },
  {
    name: 'a changed index key costs two writes, an attribute outside of the index none',
    page: pages.globalIndexes,
    run: async ({ doc, sorted, key }) => {
      const Key = { pk: key(), sk: 'a' };
      await doc.put({ TableName: sorted, Item: { ...Key, g: key(), a: 1, b: 1 } });
      const update = (UpdateExpression: string, value: unknown) =>
        doc.update({
          TableName: sorted,
          Key,
          UpdateExpression,
          ExpressionAttributeValues: { ':v': value },
          ...INDEXES,
        });
      expect((await update('SET g = :v', key())).ConsumedCapacity).toMatchObject({
        CapacityUnits: 5,
        GlobalSecondaryIndexes: { keys: { CapacityUnits: 2 }, some: { CapacityUnits: 2 } },
      });
      const held = (await update('SET a = :v', 2)).ConsumedCapacity;
      expect(held).toMatchObject({ CapacityUnits: 2, GlobalSecondaryIndexes: { some: { CapacityUnits: 1 } } });
      expect((await update('SET b = :v', 2)).ConsumedCapacity).toMatchObject({ CapacityUnits: 1 });
    },
  },
  {
    name: 'a query of an index costs by what the index holds',
    page: pages.globalIndexes,
    run: async ({ doc, sorted, key, eventually }) => {
      const g = key();
      await doc.put({ TableName: sorted, Item: { pk: key(), sk: 'a', g, h: 1, t: 'x'.repeat(9000) } });
      const query = (IndexName: string) =>
        eventually(
          () =>
            doc.query({
              TableName: sorted,
              IndexName,
              KeyConditionExpression: 'g = :g',
              ExpressionAttributeValues: { ':g': g },
              ...INDEXES,
            }),
          ({ Count }) => Count === 1,
        );
      expect((await query('all')).ConsumedCapacity).toMatchObject({
        CapacityUnits: 1.5,
        GlobalSecondaryIndexes: { all: { CapacityUnits: 1.5 } },
      });
      expect((await query('keys')).ConsumedCapacity).toMatchObject({ CapacityUnits: 0.5 });
    },
  },
  {
    name: 'a replayed transaction reports reads',
    page: pages.transactWriteItems,
    run: async ({ doc, plain, key }) => {
      const [pk, ClientRequestToken] = [key(), key()];
      const put = () =>
        doc.transactWrite({
          ClientRequestToken,
          TransactItems: [{ Put: { TableName: plain, Item: { pk } } }],
          ...TOTAL,
        });
      expect((await put()).ConsumedCapacity).toMatchObject([{ CapacityUnits: 2, WriteCapacityUnits: 2 }]);
      expect((await put()).ConsumedCapacity).toMatchObject([{ CapacityUnits: 2, ReadCapacityUnits: 2 }]);
    },
  },
  {
    name: 'no capacity is reported unless it is asked for',
    page: pages.getItem,
    run: async ({ doc, plain, key }) => {
      const Key = { pk: key() };
      expect(await doc.get({ TableName: plain, Key })).not.toHaveProperty('ConsumedCapacity');
      expect(await doc.get({ TableName: plain, Key, ReturnConsumedCapacity: 'NONE' })).not.toHaveProperty(
        'ConsumedCapacity',
      );
    },
  },
];
