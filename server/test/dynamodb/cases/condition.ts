import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, refused, type World } from '../world.ts';

/** The item that the conditions in the table below are asked of. */
const item = {
  s: 'hello',
  n: 10,
  b: new Uint8Array([1, 2, 3]),
  yes: true,
  nil: null,
  ss: new Set(['a', 'b']),
  ns: new Set([1, 2]),
  l: [1, 'x', { deep: true }],
  m: { x: 1, y: { z: 'deep' } },
};

const values = {
  ':hello': 'hello',
  ':he': 'he',
  ':ell': 'ell',
  ':i': 'i',
  ':ten': 10,
  ':five': 5,
  ':twenty': 20,
  ':bytes': new Uint8Array([1, 2, 3]),
  ':start': new Uint8Array([1, 2]),
  ':true': true,
  ':null': null,
  ':a': 'a',
  ':ba': new Set(['b', 'a']),
  ':one': 1,
  ':x': 'x',
  ':S': 'S',
  ':M': 'M',
  ':NULL': 'NULL',
  ':deep': 'deep',
  ':three': 3,
  ':list': [1, 'x', { deep: true }],
  ':map': { y: { z: 'deep' }, x: 1 },
};

async function holds({ doc, plain, key }: World, ConditionExpression: string): Promise<boolean> {
  const pk = key();
  await doc.put({ TableName: plain, Item: { pk, ...item } });
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(ConditionExpression));
  const ExpressionAttributeValues = used.length === 0 ? undefined : Object.fromEntries(used);
  return doc.delete({ TableName: plain, Key: { pk }, ConditionExpression, ExpressionAttributeValues }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    },
  );
}

/** Conditions and whether they hold for the item above. */
const table: readonly (readonly [condition: string, holds: boolean])[] = [
  ['s = :hello', true],
  ['s = :he', false],
  ['s = :ten', false],
  ['s <> :ten', true],
  ['absent <> :ten', true],
  ['absent = :ten', false],
  ['n < :twenty', true],
  ['n < :ten', false],
  ['n <= :ten', true],
  ['n > :five', true],
  ['n >= :twenty', false],
  ['s < :i', true],
  ['s > :ten', false],
  ['b = :bytes', true],
  ['b > :start', true],
  ['yes = :true', true],
  ['nil = :null', true],
  ['ss = :ba', true],
  ['l = :list', true],
  ['m = :map', true],
  ['n BETWEEN :five AND :twenty', true],
  ['n BETWEEN :five AND :five', false],
  ['s BETWEEN :a AND :i', true],
  ['n IN (:five, :ten)', true],
  ['n IN (:five, :hello)', false],
  ['absent IN (:five)', false],
  ['attribute_exists(m.y.z)', true],
  ['attribute_exists(m.q)', false],
  ['attribute_exists(l[2].deep)', true],
  ['attribute_exists(l[3])', false],
  ['attribute_not_exists(absent)', true],
  ['attribute_not_exists(nil)', false],
  ['attribute_type(s, :S)', true],
  ['attribute_type(m, :M)', true],
  ['attribute_type(nil, :NULL)', true],
  ['attribute_type(n, :S)', false],
  ['begins_with(s, :he)', true],
  ['begins_with(s, :ell)', false],
  ['begins_with(b, :start)', true],
  ['begins_with(n, :he)', false],
  ['contains(s, :ell)', true],
  ['contains(ss, :a)', true],
  ['contains(ss, :hello)', false],
  ['contains(ns, :one)', true],
  ['contains(l, :x)', true],
  ['contains(l, :one)', true],
  ['contains(l, :hello)', false],
  ['contains(absent, :a)', false],
  ['size(s) = :five', true],
  ['size(l) = :three', true],
  ['size(b) = :three', true],
  ['size(m) > :one', true],
  ['size(n) > :one', false],
  ['size(absent) > :one', false],
  ['NOT s = :he', true],
  ['s = :he OR n = :ten', true],
  ['s = :he AND n = :ten', false],
  ['s = :he AND n = :five OR yes = :true', true],
  ['s = :he AND (n = :five OR yes = :true)', false],
  ['NOT (s = :he OR absent = :five)', true],
  ['m.y.z = :deep', true],
  ['l[0] = :one', true],
  ['s = m.y.z', false],
  ['m.x = l[0]', true],
];

function itemOf(error: Error): unknown {
  return 'Item' in error ? error.Item : undefined;
}

export const conditionCases: readonly Case[] = [
  ...table.map(
    ([condition, expected]): Case => ({
      name: `${condition} is ${expected}`,
      page: pages.operators,
      run: async (world) => expect(await holds(world, condition)).toBe(expected),
    }),
  ),
  {
    name: 'a condition that fails writes nothing and is ConditionalCheckFailedException',
    page: pages.conditionExpressions,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, v: 1 } });
      const put = doc.put({ TableName: plain, Item: { pk, v: 2 }, ConditionExpression: 'attribute_not_exists(pk)' });
      await refused(put, 'ConditionalCheckFailedException', /^The conditional request failed$/);
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toEqual({ pk, v: 1 });
    },
  },
  {
    name: 'the item is answered with a failure that asks for ALL_OLD',
    page: pages.putItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, v: 1 } });
      const failing = {
        TableName: plain,
        Key: { pk },
        ConditionExpression: 'v > :one',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      const old = { Item: { pk: { S: pk }, v: { N: '1' } } };
      expect(await refused(doc.delete(failing), 'ConditionalCheckFailedException')).toMatchObject(old);
      const update = doc.update({ ...failing, UpdateExpression: 'SET v = :one' });
      expect(await refused(update, 'ConditionalCheckFailedException')).toMatchObject(old);
    },
  },
  {
    name: 'no item is answered with a failure that does not ask, or where there is none',
    page: pages.putItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk } });
      const silent = doc.delete({ TableName: plain, Key: { pk }, ConditionExpression: 'attribute_not_exists(pk)' });
      expect(itemOf(await refused(silent, 'ConditionalCheckFailedException'))).toBeUndefined();
      const absent = doc.delete({
        TableName: plain,
        Key: { pk: key() },
        ConditionExpression: 'attribute_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      expect(itemOf(await refused(absent, 'ConditionalCheckFailedException'))).toBeUndefined();
    },
  },
  {
    name: 'expressions that cannot be parsed are refused',
    page: pages.operators,
    run: async ({ doc, plain, key }) => {
      const attempt = (ConditionExpression: string, ExpressionAttributeValues?: Record<string, unknown>) =>
        doc.put({ TableName: plain, Item: { pk: key() }, ConditionExpression, ExpressionAttributeValues });
      await refused(attempt('a ='), 'ValidationException', /Syntax error/);
      await refused(attempt(''), 'ValidationException', /expression can not be empty/);
      await refused(attempt('((attribute_exists(a)))'), 'ValidationException', /redundant parentheses/);
      await refused(attempt('nonsense(a)'), 'ValidationException', /Invalid function name; function: nonsense/);
      await refused(attempt('size(a)'), 'ValidationException', /not allowed to be used this way/);
      await refused(attempt('attribute_exists(:v)', { ':v': 1 }), 'ValidationException', /requires a document path/);
      await refused(attempt('begins_with(a, :v)', { ':v': 1 }), 'ValidationException', /Incorrect operand type/);
      await refused(attempt('a = a'), 'ValidationException', /first operand must be distinct/);
    },
  },
  {
    name: 'BETWEEN wants its bounds in order',
    page: pages.operators,
    run: async ({ doc, plain, key }) => {
      const put = doc.put({
        TableName: plain,
        Item: { pk: key() },
        ConditionExpression: 'a BETWEEN :high AND :low',
        ExpressionAttributeValues: { ':high': 2, ':low': 1 },
      });
      await refused(put, 'ValidationException', /upper bound to be greater than or equal to lower bound/);
    },
  },
  {
    name: 'values that expressions do not use, and values that are not defined, are refused',
    page: pages.expressionValues,
    run: async ({ doc, plain, key }) => {
      const unused = doc.put({
        TableName: plain,
        Item: { pk: key() },
        ConditionExpression: 'attribute_not_exists(pk)',
        ExpressionAttributeValues: { ':v': 1 },
      });
      await refused(unused, 'ValidationException', /unused in expressions: keys: \{:v\}/);
      const undefinedValue = doc.put({ TableName: plain, Item: { pk: key() }, ConditionExpression: 'a = :v' });
      await refused(undefinedValue, 'ValidationException', /not defined; attribute value: :v/);
    },
  },
  {
    name: 'key attributes have no inside',
    page: pages.documentPaths,
    run: async ({ doc, plain, key }) => {
      const get = doc.get({ TableName: plain, Key: { pk: key() }, ProjectionExpression: 'pk.x' });
      await refused(get, 'ValidationException', /Key attributes must be scalars/);
    },
  },
];
