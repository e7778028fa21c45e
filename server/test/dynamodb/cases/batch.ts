import type { BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, each, refused } from '../world.ts';

export const batchCases: readonly Case[] = [
  {
    name: 'BatchWriteItem puts and deletes in several tables',
    page: pages.batchWriteItem,
    run: async ({ doc, plain, numbered, key }) => {
      const [gone, made] = [key(), key()];
      await doc.put({ TableName: plain, Item: { pk: gone } });
      const answer = await doc.batchWrite({
        RequestItems: {
          [plain]: [{ DeleteRequest: { Key: { pk: gone } } }, { PutRequest: { Item: { pk: made, v: 1 } } }],
          [numbered]: [{ PutRequest: { Item: { pk: made, sk: 1 } } }],
        },
      });
      expect(answer.UnprocessedItems).toEqual({});
      expect((await doc.get({ TableName: plain, Key: { pk: gone }, ConsistentRead: true })).Item).toBeUndefined();
      expect((await doc.get({ TableName: plain, Key: { pk: made }, ConsistentRead: true })).Item).toEqual({
        pk: made,
        v: 1,
      });
      const other = await doc.get({ TableName: numbered, Key: { pk: made, sk: 1 }, ConsistentRead: true });
      expect(other.Item).toEqual({ pk: made, sk: 1 });
    },
  },
  {
    name: 'BatchWriteItem takes 25 writes and no more',
    page: pages.batchWriteItem,
    run: async ({ doc, plain, numbered, key }) => {
      const puts = (count: number) => Array.from({ length: count }, () => ({ PutRequest: { Item: { pk: key() } } }));
      await doc.batchWrite({ RequestItems: { [plain]: puts(25) } });
      await refused(
        doc.batchWrite({ RequestItems: { [plain]: puts(26) } }),
        'ValidationException',
        /less than or equal to 25|Too many items/,
      );
      const numberedPuts = puts(13).map(({ PutRequest }) => ({ PutRequest: { Item: { ...PutRequest.Item, sk: 1 } } }));
      const both = doc.batchWrite({ RequestItems: { [plain]: puts(13), [numbered]: numberedPuts } });
      await refused(both, 'ValidationException', /Too many items|less than or equal to 25/);
    },
  },
  {
    name: 'BatchWriteItem takes each item once',
    page: pages.batchWriteItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const twice = doc.batchWrite({
        RequestItems: { [plain]: [{ PutRequest: { Item: { pk } } }, { DeleteRequest: { Key: { pk } } }] },
      });
      await refused(twice, 'ValidationException', /Provided list of item keys contains duplicates/);
    },
  },
  {
    name: 'BatchWriteItem does nothing at all when one request is not valid',
    page: pages.batchWriteItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const write = doc.batchWrite({
        RequestItems: { [plain]: [{ PutRequest: { Item: { pk } } }, { PutRequest: { Item: { other: 1 } } }] },
      });
      await refused(write, 'ValidationException');
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toBeUndefined();
    },
  },
  {
    name: 'BatchWriteItem to an absent table is ResourceNotFoundException',
    page: pages.batchWriteItem,
    run: async ({ doc, tableName }) => {
      const write = doc.batchWrite({ RequestItems: { [tableName()]: [{ PutRequest: { Item: { pk: 'a' } } }] } });
      await refused(write, 'ResourceNotFoundException');
    },
  },
  {
    name: 'an empty batch is refused',
    page: pages.batchWriteItem,
    run: async ({ doc, plain }) => {
      await refused(doc.batchWrite({ RequestItems: {} }), 'ValidationException');
      await refused(doc.batchWrite({ RequestItems: { [plain]: [] } }), 'ValidationException');
      await refused(doc.batchGet({ RequestItems: {} }), 'ValidationException');
    },
  },
  {
    name: 'BatchGetItem answers the items that exist, by table',
    page: pages.batchGetItem,
    run: async ({ doc, plain, numbered, key }) => {
      const [pk, absent] = [key(), key()];
      await doc.put({ TableName: plain, Item: { pk, v: 1 } });
      await doc.put({ TableName: numbered, Item: { pk, sk: 1, v: 2 } });
      const answer = await doc.batchGet({
        RequestItems: {
          [plain]: { Keys: [{ pk }, { pk: absent }], ConsistentRead: true },
          [numbered]: { Keys: [{ pk, sk: 1 }], ConsistentRead: true, ProjectionExpression: 'v' },
        },
      });
      expect(answer.Responses).toEqual({ [plain]: [{ pk, v: 1 }], [numbered]: [{ v: 2 }] });
      expect(answer.UnprocessedKeys).toEqual({});
    },
  },
  {
    name: 'BatchGetItem takes 100 keys and no more',
    page: pages.batchGetItem,
    run: async ({ doc, plain, key }) => {
      const keys = (count: number) => ({ [plain]: { Keys: Array.from({ length: count }, () => ({ pk: key() })) } });
      expect((await doc.batchGet({ RequestItems: keys(100) })).Responses).toEqual({ [plain]: [] });
      await refused(
        doc.batchGet({ RequestItems: keys(101) }),
        'ValidationException',
        /less than or equal to 100|Too many items/,
      );
    },
  },
  {
    name: 'BatchGetItem takes each key once',
    page: pages.batchGetItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const twice = doc.batchGet({ RequestItems: { [plain]: { Keys: [{ pk }, { pk }] } } });
      await refused(twice, 'ValidationException', /Provided list of item keys contains duplicates/);
    },
  },
  {
    name: 'BatchGetItem answers at most 16 MB and leaves the other keys for the next request',
    page: pages.batchGetItem,
    run: async ({ doc, plain, key }) => {
      const items = Array.from({ length: 45 }, () => ({ pk: key(), text: 'x'.repeat(390_000) }));
      await each(items, (Item) => doc.put({ TableName: plain, Item }));
      let wanted: Record<string, { Keys?: Record<string, unknown>[] | undefined }> | undefined = {
        [plain]: { Keys: items.map(({ pk }) => ({ pk })) },
      };
      const sizes: number[] = [];
      while (wanted !== undefined && Object.keys(wanted).length > 0) {
        const answer: BatchGetCommandOutput = await doc.batchGet({
          RequestItems: { [plain]: { Keys: wanted[plain]?.Keys, ConsistentRead: true } },
        });
        sizes.push(answer.Responses?.[plain]?.length ?? 0);
        wanted = answer.UnprocessedKeys;
      }
      expect(sizes.length).toBeGreaterThan(1);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(45);
    },
  },
];
