import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, refused, type World } from '../world.ts';

type Attributes = Record<string, unknown>;

/** An update expression, the item before it, its values, and the item after it (keys left out). */
interface Update {
  readonly update: string;
  readonly before?: Attributes;
  readonly values?: Attributes;
  readonly after: Attributes;
}

const table: readonly Update[] = [
  { update: 'SET a = :v', values: { ':v': 1 }, after: { a: 1 } },
  { update: 'SET a = :v, b = :v', before: { a: 0 }, values: { ':v': 1 }, after: { a: 1, b: 1 } },
  { update: 'SET a = b, b = a', before: { a: 1, b: 2 }, after: { a: 2, b: 1 } },
  { update: 'SET n = n + :v', before: { n: 1 }, values: { ':v': 2 }, after: { n: 3 } },
  { update: 'SET n = n - :v', before: { n: 1 }, values: { ':v': 2 }, after: { n: -1 } },
  { update: 'SET n = :v - n', before: { n: 1 }, values: { ':v': 2 }, after: { n: 1 } },
  { update: 'SET n = if_not_exists(n, :v)', values: { ':v': 5 }, after: { n: 5 } },
  { update: 'SET n = if_not_exists(n, :v)', before: { n: 1 }, values: { ':v': 5 }, after: { n: 1 } },
  { update: 'SET n = if_not_exists(n, :z) + :v', values: { ':v': 5, ':z': 0 }, after: { n: 5 } },
  { update: 'SET l = list_append(l, :v)', before: { l: [1] }, values: { ':v': [2, 3] }, after: { l: [1, 2, 3] } },
  { update: 'SET l = list_append(:v, l)', before: { l: [1] }, values: { ':v': [2] }, after: { l: [2, 1] } },
  { update: 'SET l = list_append(if_not_exists(l, :e), :v)', values: { ':e': [], ':v': [1] }, after: { l: [1] } },
  { update: 'SET m.x = :v', before: { m: { y: 1 } }, values: { ':v': 2 }, after: { m: { x: 2, y: 1 } } },
  {
    update: 'SET m.l[1].z = :v',
    before: { m: { l: [0, {}] } },
    values: { ':v': 2 },
    after: { m: { l: [0, { z: 2 }] } },
  },
  { update: 'SET l[0] = :v', before: { l: [1, 2] }, values: { ':v': 9 }, after: { l: [9, 2] } },
  { update: 'SET l[9] = :v', before: { l: [1, 2] }, values: { ':v': 9 }, after: { l: [1, 2, 9] } },
  { update: 'SET l[9] = :v, l[5] = :w', before: { l: [1] }, values: { ':v': 9, ':w': 5 }, after: { l: [1, 5, 9] } },
  { update: 'REMOVE a, absent', before: { a: 1, b: 2 }, after: { b: 2 } },
  { update: 'REMOVE m.x', before: { m: { x: 1, y: 2 } }, after: { m: { y: 2 } } },
  { update: 'REMOVE l[0], l[2]', before: { l: ['a', 'b', 'c', 'd'] }, after: { l: ['b', 'd'] } },
  { update: 'REMOVE l[7]', before: { l: ['a'] }, after: { l: ['a'] } },
  { update: 'SET a = l REMOVE l[0]', before: { l: [1, 2] }, after: { a: [1, 2], l: [2] } },
  { update: 'ADD n :v', values: { ':v': 5 }, after: { n: 5 } },
  { update: 'ADD n :v', before: { n: 2 }, values: { ':v': -5 }, after: { n: -3 } },
  { update: 'ADD s :v', values: { ':v': new Set(['a']) }, after: { s: new Set(['a']) } },
  {
    update: 'ADD s :v',
    before: { s: new Set(['a']) },
    values: { ':v': new Set(['a', 'b']) },
    after: { s: new Set(['a', 'b']) },
  },
  {
    update: 'DELETE s :v',
    before: { s: new Set([1, 2]) },
    values: { ':v': new Set([2, 3]) },
    after: { s: new Set([1]) },
  },
  { update: 'DELETE s :v', before: { s: new Set(['a']), k: 1 }, values: { ':v': new Set(['a']) }, after: { k: 1 } },
  { update: 'DELETE s :v', before: { k: 1 }, values: { ':v': new Set(['a']) }, after: { k: 1 } },
  {
    update: 'SET a = :v REMOVE b ADD n :v DELETE s :s',
    before: { b: 1, n: 1, s: new Set(['x', 'y']) },
    values: { ':v': 1, ':s': new Set(['y']) },
    after: { a: 1, n: 2, s: new Set(['x']) },
  },
];

async function updated({ doc, plain, key }: World, { update, before, values }: Omit<Update, 'after'>) {
  const pk = key();
  if (before !== undefined) await doc.put({ TableName: plain, Item: { pk, ...before } });
  const answer = await doc.update({
    TableName: plain,
    Key: { pk },
    UpdateExpression: update,
    ExpressionAttributeValues: values,
    ReturnValues: 'ALL_NEW',
  });
  const stored = await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true });
  expect(answer.Attributes).toEqual(stored.Item);
  const { pk: _, ...rest } = answer.Attributes ?? {};
  return rest;
}

/** Update expressions that are refused, for an item or for any. */
const refusals: readonly (Omit<Update, 'after'> & { readonly message: RegExp })[] = [
  { update: 'SET a = b', message: /attribute that does not exist in the item/ },
  { update: 'SET n = n + :v', values: { ':v': 1 }, message: /attribute that does not exist in the item/ },
  { update: 'SET n = n + :v', before: { n: 'text' }, values: { ':v': 1 }, message: /incorrect data type/ },
  {
    update: 'SET m.x = :v',
    values: { ':v': 1 },
    message: /document path provided in the update expression is invalid/,
  },
  { update: 'SET a[0] = :v', before: { a: {} }, values: { ':v': 1 }, message: /document path .* is invalid/ },
  { update: 'SET l = list_append(l, :v)', before: { l: 1 }, values: { ':v': [] }, message: /incorrect data type/ },
  { update: 'ADD n :v', before: { n: 'text' }, values: { ':v': 1 }, message: /incorrect data type/ },
  { update: 'ADD s :v', values: { ':v': 'text' }, message: /Incorrect operand type .*operator: ADD/ },
  { update: 'DELETE s :v', values: { ':v': 1 }, message: /Incorrect operand type .*operator: DELETE/ },
  {
    update: 'SET pk = :v',
    values: { ':v': 'x' },
    message: /Cannot update attribute pk. This attribute is part of the key/,
  },
  { update: 'SET a = :v SET b = :v', values: { ':v': 1 }, message: /"SET" section can only be used once/ },
  { update: 'SET a = :v, a = :v', values: { ':v': 1 }, message: /Two document paths overlap/ },
  { update: 'SET a.b = :v, a[1] = :v', values: { ':v': 1 }, message: /Two document paths conflict/ },
  { update: 'SET a', message: /Syntax error/ },
  { update: 'SET a = nonsense(b, :v)', values: { ':v': 1 }, message: /Invalid function name; function: nonsense/ },
];

export const updateCases: readonly Case[] = [
  ...table.map(
    (row, place): Case => ({
      name: `${place + 1}. ${row.update}`,
      page: pages.updateExpressions,
      run: async (world) => expect(await updated(world, row)).toEqual(row.after),
    }),
  ),
  ...refusals.map(
    (row, place): Case => ({
      name: `refused ${place + 1}. ${row.update}`,
      page: pages.updateExpressions,
      run: async (world) => void (await refused(updated(world, row), 'ValidationException', row.message)),
    }),
  ),
  {
    name: 'without an expression an absent item is made of its key',
    page: pages.updateItem,
    run: async ({ doc, sorted, key }) => {
      const Key = { pk: key(), sk: 'a' };
      await doc.update({ TableName: sorted, Key });
      expect((await doc.get({ TableName: sorted, Key, ConsistentRead: true })).Item).toEqual(Key);
    },
  },
  {
    name: 'ReturnValues: each kind answers its own part',
    page: pages.updateItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, a: 1, m: { x: 1, y: 1 }, other: 0 } });
      const update = (ReturnValues: 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW' | 'NONE') =>
        doc.update({
          TableName: plain,
          Key: { pk },
          UpdateExpression: 'SET a = a + :one, m.x = m.x + :one',
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValues,
        });
      expect((await update('ALL_OLD')).Attributes).toEqual({ pk, a: 1, m: { x: 1, y: 1 }, other: 0 });
      expect((await update('ALL_NEW')).Attributes).toEqual({ pk, a: 3, m: { x: 3, y: 1 }, other: 0 });
      expect((await update('UPDATED_OLD')).Attributes).toEqual({ a: 3, m: { x: 3 } });
      expect((await update('UPDATED_NEW')).Attributes).toEqual({ a: 5, m: { x: 5 } });
      expect(await update('NONE')).not.toHaveProperty('Attributes');
    },
  },
  {
    name: 'ReturnValues of an absent item: nothing old',
    page: pages.updateItem,
    run: async ({ doc, plain, key }) => {
      const update = (ReturnValues: 'ALL_OLD' | 'UPDATED_OLD' | 'UPDATED_NEW') =>
        doc.update({
          TableName: plain,
          Key: { pk: key() },
          UpdateExpression: 'SET a = :one',
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValues,
        });
      expect(await update('ALL_OLD')).not.toHaveProperty('Attributes');
      expect(await update('UPDATED_OLD')).not.toHaveProperty('Attributes');
      expect((await update('UPDATED_NEW')).Attributes).toEqual({ a: 1 });
    },
  },
  {
    name: 'a refused update leaves the item as it was',
    page: pages.updateItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, a: 1 } });
      const update = doc.update({
        TableName: plain,
        Key: { pk },
        UpdateExpression: 'SET a = :v, b = absent',
        ExpressionAttributeValues: { ':v': 2 },
      });
      await refused(update, 'ValidationException');
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toEqual({ pk, a: 1 });
    },
  },
  {
    name: 'arithmetic is exact to 38 digits',
    page: pages.dataTypes,
    run: async ({ client, plain, key }) => {
      const pk = { S: key() };
      const add = (n: string) =>
        client.send(
          new UpdateItemCommand({
            TableName: plain,
            Key: { pk },
            UpdateExpression: 'ADD n :v',
            ExpressionAttributeValues: { ':v': { N: n } },
            ReturnValues: 'UPDATED_NEW',
          }),
        );
      await add('12345678901234567890123456789012345678');
      expect((await add('1')).Attributes).toEqual({ n: { N: '12345678901234567890123456789012345679' } });
      await add('-12345678901234567890123456789012345679');
      await add('0.1');
      expect((await add('0.2')).Attributes).toEqual({ n: { N: '0.3' } });
    },
  },
  {
    name: 'an index key cannot be updated to another type',
    page: pages.globalIndexes,
    run: async ({ doc, sorted, key }) => {
      const update = doc.update({
        TableName: sorted,
        Key: { pk: key(), sk: 'a' },
        UpdateExpression: 'SET g = :v',
        ExpressionAttributeValues: { ':v': 1 },
      });
      await refused(
        update,
        'ValidationException',
        /Type mismatch for Index Key|secondary index key to unsupported type/i,
      );
    },
  },
  {
    name: 'conditions and updates are one step: only one of many counters wins each value',
    page: pages.conditionExpressions,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, v: 0 } });
      const attempts = await Promise.allSettled(
        Array.from({ length: 8 }, () =>
          doc.update({
            TableName: plain,
            Key: { pk },
            UpdateExpression: 'SET v = :one',
            ConditionExpression: 'v = :zero',
            ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
          }),
        ),
      );
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    },
  },
  {
    name: 'ADD is atomic: concurrent additions are all counted',
    page: pages.updateExpressions,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const add = () =>
        doc.update({
          TableName: plain,
          Key: { pk },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
        });
      await Promise.all(Array.from({ length: 20 }, add));
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toEqual({ pk, n: 20 });
    },
  },
];
