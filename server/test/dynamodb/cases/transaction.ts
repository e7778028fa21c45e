import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, refused, type World } from '../world.ts';

type Actions = NonNullable<TransactWriteCommandInput['TransactItems']>;

const cancelled = 'TransactionCanceledException';
const message = (...codes: string[]) =>
  new RegExp(
    `^Transaction cancelled, please refer cancellation reasons for specific reasons \\[${codes.join(', ')}\\]$`,
  );

async function stored({ doc, plain }: World, pk: string) {
  return (await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item;
}

const exists = 'attribute_exists(pk)';

export const transactionCases: readonly Case[] = [
  {
    name: 'all four actions of a transaction take effect together',
    page: pages.transactWriteItems,
    run: async (world) => {
      const { doc, plain, key } = world;
      const [put, updated, removed, checked] = [key(), key(), key(), key()];
      for (const pk of [updated, removed, checked]) await doc.put({ TableName: plain, Item: { pk, v: 1 } });
      await doc.transactWrite({
        TransactItems: [
          { Put: { TableName: plain, Item: { pk: put, v: 1 } } },
          {
            Update: {
              TableName: plain,
              Key: { pk: updated },
              UpdateExpression: 'SET v = v + :one',
              ExpressionAttributeValues: { ':one': 1 },
            },
          },
          { Delete: { TableName: plain, Key: { pk: removed } } },
          { ConditionCheck: { TableName: plain, Key: { pk: checked }, ConditionExpression: exists } },
        ],
      });
      expect(await stored(world, put)).toEqual({ pk: put, v: 1 });
      expect(await stored(world, updated)).toEqual({ pk: updated, v: 2 });
      expect(await stored(world, removed)).toBeUndefined();
      expect(await stored(world, checked)).toEqual({ pk: checked, v: 1 });
    },
  },
  {
    name: 'one failed condition cancels all, and the reasons say which',
    page: pages.transactWriteItems,
    run: async (world) => {
      const { doc, plain, key } = world;
      const pk = key();
      const write = doc.transactWrite({
        TransactItems: [
          { Put: { TableName: plain, Item: { pk } } },
          { ConditionCheck: { TableName: plain, Key: { pk: key() }, ConditionExpression: exists } },
        ],
      });
      const error = await refused(write, cancelled, message('None', 'ConditionalCheckFailed'));
      expect(error).toMatchObject({
        CancellationReasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
        ],
      });
      expect(await stored(world, pk)).toBeUndefined();
    },
  },
  {
    name: 'every failed condition is reported, with the item where it is asked for',
    page: pages.transactions,
    run: async ({ doc, plain, key }) => {
      const [first, second] = [key(), key()];
      for (const pk of [first, second]) await doc.put({ TableName: plain, Item: { pk, v: 1 } });
      const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
      const write = doc.transactWrite({
        TransactItems: [
          { Put: { TableName: plain, Item: { pk: first }, ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
          { Delete: { TableName: plain, Key: { pk: second }, ...absent } },
        ],
      });
      const error = await refused(write, cancelled, message('ConditionalCheckFailed', 'ConditionalCheckFailed'));
      expect(error).toHaveProperty('CancellationReasons.0.Item', { pk: { S: first }, v: { N: '1' } });
      expect(error).not.toHaveProperty('CancellationReasons.1.Item');
    },
  },
  {
    name: 'an update that cannot be carried out is a reason as well',
    page: pages.transactWriteItems,
    run: async (world) => {
      const { doc, plain, key } = world;
      const [put, text] = [key(), key()];
      await doc.put({ TableName: plain, Item: { pk: text, v: 'text' } });
      const write = doc.transactWrite({
        TransactItems: [
          { Put: { TableName: plain, Item: { pk: put } } },
          {
            Update: {
              TableName: plain,
              Key: { pk: text },
              UpdateExpression: 'SET v = v + :one',
              ExpressionAttributeValues: { ':one': 1 },
            },
          },
        ],
      });
      await refused(write, cancelled, message('None', 'ValidationError'));
      expect(await stored(world, put)).toBeUndefined();
    },
  },
  {
    name: 'no two actions may be of one item',
    page: pages.transactWriteItems,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const write = doc.transactWrite({
        TransactItems: [
          { ConditionCheck: { TableName: plain, Key: { pk }, ConditionExpression: exists } },
          { Delete: { TableName: plain, Key: { pk } } },
        ],
      });
      await refused(write, 'ValidationException', /cannot include multiple operations on one item/);
    },
  },
  {
    name: 'a transaction takes 100 actions and no more',
    page: pages.transactWriteItems,
    run: async (world) => {
      const { doc, plain, key } = world;
      const pks = Array.from({ length: 101 }, key);
      const actions: Actions = pks.map((pk) => ({ Put: { TableName: plain, Item: { pk } } }));
      await refused(doc.transactWrite({ TransactItems: actions }), 'ValidationException', /less than or equal to 100/);
      await doc.transactWrite({ TransactItems: actions.slice(0, 100) });
      expect(await stored(world, pks[99] ?? '')).toBeDefined();
      expect(await stored(world, pks[100] ?? '')).toBeUndefined();
      await refused(doc.transactWrite({ TransactItems: [] }), 'ValidationException');
    },
  },
  {
    name: 'conditions and updates see the state before the transaction',
    page: pages.transactions,
    run: async (world) => {
      const { doc, plain, key } = world;
      const [from, to] = [key(), key()];
      await doc.put({ TableName: plain, Item: { pk: from, v: 5 } });
      const move = () =>
        doc.transactWrite({
          TransactItems: [
            {
              Update: {
                TableName: plain,
                Key: { pk: from },
                UpdateExpression: 'SET v = v - :n',
                ConditionExpression: 'v >= :n',
                ExpressionAttributeValues: { ':n': 3 },
              },
            },
            {
              Update: {
                TableName: plain,
                Key: { pk: to },
                UpdateExpression: 'ADD v :n',
                ExpressionAttributeValues: { ':n': 3 },
              },
            },
          ],
        });
      await move();
      await refused(move(), cancelled, message('ConditionalCheckFailed', 'None'));
      expect([await stored(world, from), await stored(world, to)]).toEqual([
        { pk: from, v: 2 },
        { pk: to, v: 3 },
      ]);
    },
  },
  {
    name: 'a token makes a transaction happen once',
    page: pages.transactWriteItems,
    run: async (world) => {
      const { doc, plain, key } = world;
      const [pk, ClientRequestToken] = [key(), key()];
      const add = () =>
        doc.transactWrite({
          ClientRequestToken,
          TransactItems: [
            {
              Update: {
                TableName: plain,
                Key: { pk },
                UpdateExpression: 'ADD n :one',
                ExpressionAttributeValues: { ':one': 1 },
              },
            },
          ],
        });
      await add();
      await add();
      expect(await stored(world, pk)).toEqual({ pk, n: 1 });
    },
  },
  {
    name: 'a token cannot stand for two transactions',
    page: pages.transactWriteItems,
    run: async ({ doc, plain, key }) => {
      const ClientRequestToken = key();
      const put = () =>
        doc.transactWrite({
          ClientRequestToken,
          TransactItems: [{ Put: { TableName: plain, Item: { pk: key() } } }],
        });
      await put();
      await refused(put(), 'IdempotentParameterMismatchException');
    },
  },
  {
    name: 'a transaction that was cancelled does not use up its token',
    page: pages.transactWriteItems,
    run: async (world) => {
      const { doc, plain, key } = world;
      const [pk, ClientRequestToken] = [key(), key()];
      const update = () =>
        doc.transactWrite({
          ClientRequestToken,
          TransactItems: [
            {
              Update: {
                TableName: plain,
                Key: { pk },
                UpdateExpression: 'SET v = :v',
                ConditionExpression: exists,
                ExpressionAttributeValues: { ':v': 1 },
              },
            },
          ],
        });
      await refused(update(), cancelled, message('ConditionalCheckFailed'));
      await doc.put({ TableName: plain, Item: { pk } });
      await update();
      expect(await stored(world, pk)).toEqual({ pk, v: 1 });
    },
  },
  {
    name: 'what is wrong with the request itself is ValidationException',
    page: pages.transactWriteItems,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const attempt = (action: Actions[number]) => doc.transactWrite({ TransactItems: [action] });
      const badUpdate = { TableName: plain, Key: { pk }, UpdateExpression: 'SET' };
      await refused(attempt({ Update: badUpdate }), 'ValidationException', /Invalid UpdateExpression/);
      const keyUpdate = {
        TableName: plain,
        Key: { pk },
        UpdateExpression: 'SET pk = :v',
        ExpressionAttributeValues: { ':v': 'x' },
      };
      await refused(attempt({ Update: keyUpdate }), 'ValidationException', /part of the key/);
      const noCondition = { TableName: plain, Key: { pk }, ConditionExpression: undefined };
      await refused(attempt({ ConditionCheck: noCondition }), 'ValidationException');
    },
  },
  {
    name: 'a key of a wrong type cancels, an empty one refuses the request',
    page: pages.transactWriteItems,
    run: async ({ doc, plain, sorted, key }) => {
      const attempt = (action: Actions[number]) => doc.transactWrite({ TransactItems: [action] });
      const wrong = message('ValidationError');
      await refused(attempt({ Put: { TableName: plain, Item: { pk: 1 } } }), cancelled, wrong);
      await refused(attempt({ Delete: { TableName: plain, Key: { pk: 1 } } }), cancelled, wrong);
      await refused(attempt({ Put: { TableName: sorted, Item: { pk: key(), sk: 'a', g: 1 } } }), cancelled, wrong);
      await refused(attempt({ Put: { TableName: plain, Item: { pk: '' } } }), 'ValidationException', /empty string/);
      await refused(attempt({ Delete: { TableName: plain, Key: { pk: '' } } }), 'ValidationException', /empty string/);
      const get = doc.transactGet({ TransactItems: [{ Get: { TableName: plain, Key: {} } }] });
      await refused(get, cancelled, wrong);
    },
  },
  {
    name: 'an action is exactly one of the four',
    page: pages.transactWriteItems,
    run: async ({ doc, plain, key }) => {
      const both = { Put: { TableName: plain, Item: { pk: key() } }, Delete: { TableName: plain, Key: { pk: key() } } };
      const write = doc.transactWrite({ TransactItems: [both] });
      await refused(write, 'ValidationException', /can only contain one of Check, Put, Update or Delete/);
    },
  },
  {
    name: 'a table that does not exist is ResourceNotFoundException',
    page: pages.transactWriteItems,
    run: async ({ doc, tableName }) => {
      const write = doc.transactWrite({ TransactItems: [{ Put: { TableName: tableName(), Item: { pk: 'a' } } }] });
      await refused(write, 'ResourceNotFoundException');
    },
  },
  {
    name: 'a transaction keeps indexes in step',
    page: pages.transactions,
    run: async ({ doc, sorted, key, eventually }) => {
      const [pk, g] = [key(), key()];
      await doc.transactWrite({
        TransactItems: [1, 2].map((h) => ({ Put: { TableName: sorted, Item: { pk, sk: `${h}`, g, h } } })),
      });
      const page = await eventually(
        () =>
          doc.query({
            TableName: sorted,
            IndexName: 'all',
            KeyConditionExpression: 'g = :g',
            ExpressionAttributeValues: { ':g': g },
          }),
        ({ Count }) => Count === 2,
      );
      expect(page.Count).toBe(2);
    },
  },
  {
    name: 'TransactGetItems answers in the order asked, an empty answer for an absent item',
    page: pages.transactGetItems,
    run: async ({ doc, plain, key }) => {
      const [first, absent, third] = [key(), key(), key()];
      await doc.put({ TableName: plain, Item: { pk: first, v: 1 } });
      await doc.put({ TableName: plain, Item: { pk: third, v: 3, w: 4 } });
      const answer = await doc.transactGet({
        TransactItems: [
          { Get: { TableName: plain, Key: { pk: third }, ProjectionExpression: 'w' } },
          { Get: { TableName: plain, Key: { pk: absent } } },
          { Get: { TableName: plain, Key: { pk: first } } },
        ],
      });
      expect(answer.Responses).toEqual([{ Item: { w: 4 } }, {}, { Item: { pk: first, v: 1 } }]);
    },
  },
  {
    name: 'TransactGetItems takes 100 keys and no more, each once',
    page: pages.transactGetItems,
    run: async ({ doc, plain, key }) => {
      const gets = (count: number) =>
        Array.from({ length: count }, () => ({ Get: { TableName: plain, Key: { pk: key() } } }));
      expect((await doc.transactGet({ TransactItems: gets(100) })).Responses).toHaveLength(100);
      await refused(doc.transactGet({ TransactItems: gets(101) }), 'ValidationException', /less than or equal to 100/);
      const [get] = gets(1);
      if (get === undefined) throw new Error('no get');
      await refused(
        doc.transactGet({ TransactItems: [get, get] }),
        'ValidationException',
        /multiple operations on one item/,
      );
    },
  },
  {
    name: 'the items of a transaction are at most 4 MB together',
    page: pages.constraints,
    run: async (world) => {
      const { doc, plain, key } = world;
      const text = 'x'.repeat(390_000);
      const pks = Array.from({ length: 11 }, key);
      const actions = pks.map((pk) => ({ Put: { TableName: plain, Item: { pk, text } } }));
      const error: unknown = await doc.transactWrite({ TransactItems: actions }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(await stored(world, pks[0] ?? '')).toBeUndefined();
    },
  },
];
