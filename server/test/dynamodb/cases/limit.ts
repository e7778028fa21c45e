import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, refused, type World } from '../world.ts';

async function roundTrip({ client, plain, key }: World, n: string): Promise<string | undefined> {
  const pk = { S: key() };
  await client.send(new PutItemCommand({ TableName: plain, Item: { pk, n: { N: n } } }));
  const got = await client.send(new GetItemCommand({ TableName: plain, Key: { pk }, ConsistentRead: true }));
  return got.Item?.n?.N;
}

/** Numbers that are kept, and how they come back. */
const kept: readonly (readonly [given: string, answered: string])[] = [
  ['0', '0'],
  ['-0', '0'],
  ['007', '7'],
  ['1.50', '1.5'],
  ['1e3', '1000'],
  ['-1.5E-3', '-0.0015'],
  ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ['0.12345678901234567890123456789012345678', '0.12345678901234567890123456789012345678'],
];

const refusedNumbers: readonly (readonly [given: string, message: RegExp])[] = [
  ['123456789012345678901234567890123456789', /more than 38 significant digits/],
  ['1E126', /Number overflow/],
  ['1E-131', /Number underflow/],
  ['text', /cannot be converted to a numeric value/],
  ['', /cannot be converted to a numeric value/],
];

const size = /Item size (to update )?has exceeded the maximum allowed size/;

export const limitCases: readonly Case[] = [
  ...kept.map(
    ([given, answered]): Case => ({
      name: `the number ${given} comes back as ${answered}`,
      page: pages.dataTypes,
      run: async (world) => expect(await roundTrip(world, given)).toBe(answered),
    }),
  ),
  ...refusedNumbers.map(
    ([given, message]): Case => ({
      name: `the number '${given}' is refused`,
      page: pages.dataTypes,
      run: async (world) => void (await refused(roundTrip(world, given), 'ValidationException', message)),
    }),
  ),
  {
    name: 'an item is at most 400 KB, names included',
    page: pages.constraints,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const room = 400 * 1024 - 'pk'.length - pk.length - 't'.length;
      await doc.put({ TableName: plain, Item: { pk, t: 'x'.repeat(room) } });
      await refused(doc.put({ TableName: plain, Item: { pk, t: 'x'.repeat(room + 1) } }), 'ValidationException', size);
    },
  },
  {
    name: 'sizes count bytes of UTF-8, not characters',
    page: pages.itemSizes,
    run: async ({ doc, plain, key }) => {
      const put = doc.put({ TableName: plain, Item: { pk: key(), t: 'é'.repeat(205_000) } });
      await refused(put, 'ValidationException', size);
    },
  },
  {
    name: 'an update cannot make an item larger than 400 KB',
    page: pages.constraints,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, t: 'x'.repeat(300_000) } });
      const update = doc.update({
        TableName: plain,
        Key: { pk },
        UpdateExpression: 'SET u = :u',
        ExpressionAttributeValues: { ':u': 'x'.repeat(200_000) },
      });
      await refused(update, 'ValidationException', size);
    },
  },
  {
    name: 'a partition key is at most 2,048 bytes',
    page: pages.constraints,
    run: async ({ doc, plain, key }) => {
      const pk = key().padEnd(2048, 'x');
      await doc.put({ TableName: plain, Item: { pk } });
      await refused(doc.put({ TableName: plain, Item: { pk: `${pk}x` } }), 'ValidationException', /2048 bytes/);
      await refused(doc.get({ TableName: plain, Key: { pk: 'é'.repeat(1025) } }), 'ValidationException', /2048 bytes/);
    },
  },
  {
    name: 'a sort key is at most 1,024 bytes',
    page: pages.constraints,
    run: async ({ doc, sorted, key }) => {
      const pk = key();
      await doc.put({ TableName: sorted, Item: { pk, sk: 'x'.repeat(1024) } });
      await refused(
        doc.put({ TableName: sorted, Item: { pk, sk: 'x'.repeat(1025) } }),
        'ValidationException',
        /1024 bytes/,
      );
    },
  },
  {
    name: 'values are nested at most 32 levels deep',
    page: pages.constraints,
    run: async ({ doc, plain, key }) => {
      const nested = (maps: number): unknown => (maps === 0 ? 'leaf' : { n: nested(maps - 1) });
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, data: nested(31) } });
      const put = doc.put({ TableName: plain, Item: { pk, data: nested(32) } });
      await refused(put, 'ValidationException', /nesting levels.*supported limit/i);
    },
  },
  {
    name: 'an expression is at most 4 KB',
    page: pages.constraints,
    run: async ({ doc, plain, key }) => {
      const long = `attribute_not_exists(${'x'.repeat(4096)})`;
      const put = doc.put({ TableName: plain, Item: { pk: key() }, ConditionExpression: long });
      await refused(put, 'ValidationException', /Expression size has exceeded the maximum allowed size/);
    },
  },
  {
    name: 'sets have at least one member and none twice',
    page: pages.dataTypes,
    run: async ({ client, plain, key }) => {
      const put = (value: { SS: string[] } | { NS: string[] }) =>
        client.send(new PutItemCommand({ TableName: plain, Item: { pk: { S: key() }, value } }));
      await refused(put({ SS: [] }), 'ValidationException', /may not be empty/);
      await refused(put({ SS: ['a', 'a'] }), 'ValidationException', /contains duplicates/);
      await refused(put({ NS: ['1', '1.0'] }), 'ValidationException', /contains duplicates/);
    },
  },
];
