import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, each, refused, type World } from '../world.ts';

async function partition({ doc, sorted, key }: World, sortKeys: readonly string[]): Promise<string> {
  const pk = key();
  await each(sortKeys, (sk) => doc.put({ TableName: sorted, Item: { pk, sk, v: sk.length } }));
  return pk;
}

const names = ['a', 'ab', 'abc', 'b', 'ba', 'c', 'Z', 'é'];

/** Sort-key conditions on the names above, and what they find, in order. */
const ranges: readonly (readonly [condition: string, values: Record<string, unknown>, found: readonly string[]])[] = [
  ['', {}, ['Z', 'a', 'ab', 'abc', 'b', 'ba', 'c', 'é']],
  ['AND sk = :v', { ':v': 'ab' }, ['ab']],
  ['AND sk < :v', { ':v': 'ab' }, ['Z', 'a']],
  ['AND sk <= :v', { ':v': 'ab' }, ['Z', 'a', 'ab']],
  ['AND sk > :v', { ':v': 'b' }, ['ba', 'c', 'é']],
  ['AND sk >= :v', { ':v': 'b' }, ['b', 'ba', 'c', 'é']],
  ['AND :v < sk', { ':v': 'b' }, ['ba', 'c', 'é']],
  ['AND sk BETWEEN :v AND :w', { ':v': 'ab', ':w': 'b' }, ['ab', 'abc', 'b']],
  ['AND begins_with(sk, :v)', { ':v': 'a' }, ['a', 'ab', 'abc']],
  ['AND begins_with(sk, :v)', { ':v': 'é' }, ['é']],
  ['AND sk > :v', { ':v': 'é' }, []],
];

/** Key conditions that are refused. */
const refusals: readonly (readonly [condition: string, values: Record<string, unknown>, message: RegExp])[] = [
  ['sk = :v', { ':v': 'a' }, /Query condition missed key schema element: pk/],
  ['pk > :v', { ':v': 'a' }, /Query key condition not supported/],
  ['pk = :v AND v = :v', { ':v': 'a' }, /Query condition missed key schema element: sk/],
  ['pk = :v AND sk <> :v', { ':v': 'a' }, /Invalid operator used in KeyConditionExpression: <>/],
  ['pk = :v OR sk = :v', { ':v': 'a' }, /Invalid operator used in KeyConditionExpression: OR/],
  ['pk = :v AND contains(sk, :v)', { ':v': 'a' }, /Invalid operator used in KeyConditionExpression: contains/],
  ['pk = :v AND sk = :w', { ':v': 'a', ':w': 1 }, /Condition parameter type does not match schema type/],
  ['pk = :v AND sk > :v AND sk < :v', { ':v': 'a' }, /must only contain one condition per key/],
  ['pk = :v', { ':v': '' }, /empty string value/],
  [
    'pk = :v AND sk BETWEEN :b AND :a',
    { ':v': 'x', ':a': 'a', ':b': 'b' },
    /upper bound to be greater than or equal to lower/,
  ],
];

export const queryCases: readonly Case[] = [
  ...ranges.map(
    ([condition, values, found]): Case => ({
      name: `pk = :pk ${condition} ${JSON.stringify(values)}`,
      page: pages.keyConditions,
      run: async (world) => {
        const pk = await partition(world, names);
        const input = {
          TableName: world.sorted,
          ConsistentRead: true,
          KeyConditionExpression: `pk = :pk ${condition}`,
          ExpressionAttributeValues: { ':pk': pk, ...values },
        };
        const sortKeys = async (ScanIndexForward: boolean) =>
          (await world.doc.query({ ...input, ScanIndexForward })).Items?.map(({ sk }) => sk);
        expect(await sortKeys(true)).toEqual(found);
        expect(await sortKeys(false)).toEqual(found.toReversed());
      },
    }),
  ),
  ...refusals.map(
    ([condition, values, message]): Case => ({
      name: `refused: ${condition} ${JSON.stringify(values)}`,
      page: pages.keyConditions,
      run: async ({ doc, sorted }) => {
        const query = doc.query({
          TableName: sorted,
          KeyConditionExpression: condition,
          ExpressionAttributeValues: values,
        });
        await refused(query, 'ValidationException', message);
      },
    }),
  ),
  {
    name: 'a key condition is required',
    page: pages.query,
    run: async ({ doc, sorted }) =>
      void (await refused(doc.query({ TableName: sorted }), 'ValidationException', /KeyConditionExpression/)),
  },
  {
    name: 'numbers sort by value',
    page: pages.query,
    run: async ({ doc, numbered, key }) => {
      const pk = key();
      const sorted = [-1000, -20, -10.5, -10, -1, -0.25, -0.001, 0, 0.001, 0.5, 1, 9, 10, 11, 100.5, 1e6];
      await each(sorted.toReversed(), (sk) => doc.put({ TableName: numbered, Item: { pk, sk } }));
      const query = (condition = '', values = {}) =>
        doc.query({
          TableName: numbered,
          ConsistentRead: true,
          KeyConditionExpression: `pk = :pk ${condition}`,
          ExpressionAttributeValues: { ':pk': pk, ...values },
        });
      expect((await query()).Items?.map(({ sk }) => sk)).toEqual(sorted);
      const middle = await query('AND sk BETWEEN :low AND :high', { ':low': -10, ':high': 1 });
      expect(middle.Items?.map(({ sk }) => sk)).toEqual([-10, -1, -0.25, -0.001, 0, 0.001, 0.5, 1]);
    },
  },
  {
    name: 'numbers that are equal are one key, however they are written',
    page: pages.dataTypes,
    run: async ({ doc, numbered, key }) => {
      const pk = key();
      await doc.put({ TableName: numbered, Item: { pk, sk: 100 } });
      const { NumberValue } = await import('@aws-sdk/lib-dynamodb');
      await doc.put({ TableName: numbered, Item: { pk, sk: NumberValue.from('1.00E2'), v: 1 } });
      const found = await doc.query({
        TableName: numbered,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      });
      expect(found.Items).toEqual([{ pk, sk: 100, v: 1 }]);
    },
  },
  {
    name: 'binary sorts by unsigned bytes',
    page: pages.dataTypes,
    run: async ({ doc, binary, key }) => {
      const pk = key();
      const sorted = [[0], [0, 0], [0, 1], [1], [1, 0], [127], [128], [255], [255, 255]].map((bytes) =>
        Uint8Array.from(bytes),
      );
      await each(sorted.toReversed(), (sk) => doc.put({ TableName: binary, Item: { pk, sk } }));
      const query = (condition: string, values = {}) =>
        doc.query({
          TableName: binary,
          ConsistentRead: true,
          KeyConditionExpression: `pk = :pk ${condition}`,
          ExpressionAttributeValues: { ':pk': pk, ...values },
        });
      expect((await query('')).Items?.map(({ sk }) => sk)).toEqual(sorted);
      const prefixed = await query('AND begins_with(sk, :p)', { ':p': Uint8Array.of(255) });
      expect(prefixed.Items?.map(({ sk }) => sk)).toEqual(sorted.slice(-2));
    },
  },
  {
    name: 'pages of a limit cover everything once, in both directions',
    page: pages.queryPagination,
    run: async (world) => {
      const pk = await partition(world, names);
      const read = async (ScanIndexForward: boolean) => {
        const found: unknown[] = [];
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const page = await world.doc.query({
            TableName: world.sorted,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
            Limit: 3,
            ScanIndexForward,
            ExclusiveStartKey,
          });
          expect(page.Items?.length).toBeLessThanOrEqual(3);
          found.push(...(page.Items ?? []).map(({ sk }) => sk));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey !== undefined);
        return found;
      };
      const expected = ['Z', 'a', 'ab', 'abc', 'b', 'ba', 'c', 'é'];
      expect(await read(true)).toEqual(expected);
      expect(await read(false)).toEqual(expected.toReversed());
    },
  },
  {
    name: 'the last evaluated key is the key of the last item that was read',
    page: pages.queryPagination,
    run: async (world) => {
      const pk = await partition(world, ['a', 'b', 'c']);
      const page = await world.doc.query({
        TableName: world.sorted,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        Limit: 2,
      });
      expect(page.LastEvaluatedKey).toEqual({ pk, sk: 'b' });
    },
  },
  {
    name: 'a start key need not exist',
    page: pages.queryPagination,
    run: async (world) => {
      const pk = await partition(world, ['a', 'c']);
      const page = await world.doc.query({
        TableName: world.sorted,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        ExclusiveStartKey: { pk, sk: 'b' },
      });
      expect(page.Items?.map(({ sk }) => sk)).toEqual(['c']);
    },
  },
  {
    name: 'a start key of another shape or another partition is refused',
    page: pages.query,
    run: async ({ doc, sorted, key }) => {
      const query = (ExclusiveStartKey: Record<string, unknown>) =>
        doc.query({
          TableName: sorted,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': key() },
          ExclusiveStartKey,
        });
      await refused(query({ pk: 'x' }), 'ValidationException', /starting key/);
      await refused(query({ pk: 'x', sk: 1 }), 'ValidationException', /starting key|does not match the schema/);
      await refused(query({ pk: 'x', sk: 'y' }), 'ValidationException', /starting key is outside query boundaries/);
    },
  },
  {
    name: 'the limit counts before the filter',
    page: pages.filterExpressions,
    run: async (world) => {
      const pk = await partition(world, ['a', 'aa', 'aaa', 'aaaa']);
      const page = await world.doc.query({
        TableName: world.sorted,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'v > :two',
        ExpressionAttributeValues: { ':pk': pk, ':two': 2 },
        Limit: 3,
      });
      expect(page).toMatchObject({ Count: 1, ScannedCount: 3, LastEvaluatedKey: { pk, sk: 'aaa' } });
      expect(page.Items?.map(({ sk }) => sk)).toEqual(['aaa']);
    },
  },
  {
    name: 'a filter cannot name the keys',
    page: pages.filterExpressions,
    run: async ({ doc, sorted }) => {
      const query = doc.query({
        TableName: sorted,
        KeyConditionExpression: 'pk = :v',
        FilterExpression: 'sk = :v',
        ExpressionAttributeValues: { ':v': 'x' },
      });
      await refused(query, 'ValidationException', /Filter Expression can only contain non-primary key attributes/);
    },
  },
  {
    name: 'Select COUNT answers no items',
    page: pages.query,
    run: async (world) => {
      const pk = await partition(world, ['a', 'b']);
      const page = await world.doc.query({
        TableName: world.sorted,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        Select: 'COUNT',
      });
      expect(page).toMatchObject({ Count: 2, ScannedCount: 2 });
      expect(page).not.toHaveProperty('Items');
    },
  },
  {
    name: 'Select and projections must agree',
    page: pages.query,
    run: async ({ doc, sorted }) => {
      const query = (extra: {
        Select?: 'COUNT' | 'ALL_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES';
        ProjectionExpression?: string;
      }) =>
        doc.query({
          TableName: sorted,
          KeyConditionExpression: 'pk = :v',
          ExpressionAttributeValues: { ':v': 'x' },
          ...extra,
        });
      await refused(
        query({ Select: 'COUNT', ProjectionExpression: 'a' }),
        'ValidationException',
        /Cannot specify the ProjectionExpression/,
      );
      await refused(
        query({ Select: 'ALL_ATTRIBUTES', ProjectionExpression: 'a' }),
        'ValidationException',
        /Cannot specify the ProjectionExpression/,
      );
      await refused(query({ Select: 'SPECIFIC_ATTRIBUTES' }), 'ValidationException', /SPECIFIC_ATTRIBUTES/);
      await refused(query({ Select: 'ALL_PROJECTED_ATTRIBUTES' }), 'ValidationException', /ALL_PROJECTED_ATTRIBUTES/);
    },
  },
  {
    name: 'a query can project',
    page: pages.projections,
    run: async (world) => {
      const pk = await partition(world, ['a', 'bb']);
      const page = await world.doc.query({
        TableName: world.sorted,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ProjectionExpression: 'v',
      });
      expect(page.Items).toEqual([{ v: 1 }, { v: 2 }]);
    },
  },
  {
    name: 'a page ends at 1 MB, and the next goes on from there',
    page: pages.queryPagination,
    run: async ({ doc, sorted, key }) => {
      const pk = key();
      const text = 'x'.repeat(300_000);
      await each(['a', 'b', 'c', 'd', 'e'], (sk) => doc.put({ TableName: sorted, Item: { pk, sk, text } }));
      const query = (ExclusiveStartKey?: Record<string, unknown>) =>
        doc.query({
          TableName: sorted,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ExclusiveStartKey,
        });
      const first = await query();
      expect([3, 4]).toContain(first.Items?.length);
      expect(first.LastEvaluatedKey).toEqual({ pk, sk: first.Items?.at(-1)?.sk });
      const second = await query(first.LastEvaluatedKey);
      expect(second.LastEvaluatedKey).toBeUndefined();
      const all = [...(first.Items ?? []), ...(second.Items ?? [])];
      expect(all.map(({ sk }) => sk)).toEqual(['a', 'b', 'c', 'd', 'e']);
    },
  },
  {
    name: 'a limit must be at least 1',
    page: pages.query,
    run: async ({ doc, sorted }) => {
      const query = doc.query({
        TableName: sorted,
        KeyConditionExpression: 'pk = :v',
        ExpressionAttributeValues: { ':v': 'x' },
        Limit: 0,
      });
      await refused(query, 'ValidationException', /greater than or equal to 1/);
    },
  },
];
