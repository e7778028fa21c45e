import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { type Case, refused } from '../world.ts';

export const itemCases: readonly Case[] = [
  {
    name: 'an item that was put is got with all its types',
    page: pages.attributeValue,
    run: async ({ client, plain, key }) => {
      const Item = {
        pk: { S: key() },
        n: { N: '-12.5' },
        b: { B: new Uint8Array([0, 255, 7]) },
        yes: { BOOL: true },
        no: { BOOL: false },
        nil: { NULL: true },
        ss: { SS: ['a', 'b'] },
        ns: { NS: ['1', '2.5'] },
        bs: { BS: [new Uint8Array([1])] },
        l: { L: [{ S: 'x' }, { L: [] }] },
        m: { M: { deep: { M: { deeper: { N: '1' } } } } },
        empty: { S: '' },
      };
      await client.send(new PutItemCommand({ TableName: plain, Item }));
      const got = await client.send(
        new GetItemCommand({ TableName: plain, Key: { pk: Item.pk }, ConsistentRead: true }),
      );
      expect(got.Item).toEqual(Item);
    },
  },
  {
    name: 'an item that does not exist is answered without Item',
    page: pages.getItem,
    run: async ({ doc, plain, key }) => {
      const answer = await doc.get({ TableName: plain, Key: { pk: key() } });
      expect(answer).not.toHaveProperty('Item');
    },
  },
  {
    name: 'PutItem replaces the whole item',
    page: pages.putItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, a: 1, b: 2 } });
      await doc.put({ TableName: plain, Item: { pk, b: 3 } });
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toEqual({ pk, b: 3 });
    },
  },
  {
    name: 'PutItem answers the replaced item for ALL_OLD, nothing without',
    page: pages.putItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const first = await doc.put({ TableName: plain, Item: { pk, a: 1 }, ReturnValues: 'ALL_OLD' });
      expect(first).not.toHaveProperty('Attributes');
      const second = await doc.put({ TableName: plain, Item: { pk, a: 2 }, ReturnValues: 'ALL_OLD' });
      expect(second.Attributes).toEqual({ pk, a: 1 });
      expect(await doc.put({ TableName: plain, Item: { pk } })).not.toHaveProperty('Attributes');
    },
  },
  {
    name: 'PutItem knows only ALL_OLD and NONE',
    page: pages.putItem,
    run: async ({ doc, plain, key }) => {
      const put = doc.put({ TableName: plain, Item: { pk: key() }, ReturnValues: 'ALL_NEW' });
      await refused(put, 'ValidationException', /ReturnValues can only be ALL_OLD or NONE/);
    },
  },
  {
    name: 'DeleteItem removes, and answers the item for ALL_OLD',
    page: pages.deleteItem,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, a: 1 } });
      const gone = await doc.delete({ TableName: plain, Key: { pk }, ReturnValues: 'ALL_OLD' });
      expect(gone.Attributes).toEqual({ pk, a: 1 });
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toBeUndefined();
    },
  },
  {
    name: 'DeleteItem is idempotent: an absent item is no error',
    page: pages.deleteItem,
    run: async ({ doc, plain, key }) => {
      const gone = await doc.delete({ TableName: plain, Key: { pk: key() }, ReturnValues: 'ALL_OLD' });
      expect(gone).not.toHaveProperty('Attributes');
    },
  },
  {
    name: 'a table that does not exist is ResourceNotFoundException',
    page: pages.commonErrors,
    run: async ({ doc, tableName, key }) => {
      await refused(doc.get({ TableName: tableName(), Key: { pk: key() } }), 'ResourceNotFoundException');
      await refused(doc.put({ TableName: tableName(), Item: { pk: key() } }), 'ResourceNotFoundException');
    },
  },
  {
    name: 'a key with other attributes than the table’s is refused',
    page: pages.getItem,
    run: async ({ doc, plain, sorted, key }) => {
      const mismatch = /The provided key element does not match the schema/;
      await refused(doc.get({ TableName: plain, Key: { pk: key(), sk: 'x' } }), 'ValidationException', mismatch);
      await refused(doc.get({ TableName: sorted, Key: { pk: key() } }), 'ValidationException', mismatch);
      await refused(doc.get({ TableName: plain, Key: { other: key() } }), 'ValidationException', mismatch);
      await refused(doc.get({ TableName: plain, Key: { pk: 1 } }), 'ValidationException', mismatch);
    },
  },
  {
    name: 'an item without its key is refused',
    page: pages.putItem,
    run: async ({ doc, sorted, key }) => {
      const put = doc.put({ TableName: sorted, Item: { pk: key() } });
      await refused(put, 'ValidationException', /Missing the key sk in the item/);
    },
  },
  {
    name: 'an item with a key of another type is refused',
    page: pages.putItem,
    run: async ({ doc, plain }) => {
      const put = doc.put({ TableName: plain, Item: { pk: 1 } });
      await refused(put, 'ValidationException', /Type mismatch for key pk expected: S actual: N/);
    },
  },
  {
    name: 'an index key of another type is refused',
    page: pages.globalIndexes,
    run: async ({ doc, sorted, key }) => {
      const put = doc.put({ TableName: sorted, Item: { pk: key(), sk: 'a', g: 1 } });
      await refused(put, 'ValidationException', /Type mismatch for Index Key g Expected: S Actual: N/);
    },
  },
  {
    name: 'empty strings are refused as keys and taken elsewhere',
    page: pages.dataTypes,
    run: async ({ doc, plain, sorted, key }) => {
      await refused(doc.put({ TableName: plain, Item: { pk: '' } }), 'ValidationException', /empty string value/);
      await refused(doc.get({ TableName: plain, Key: { pk: '' } }), 'ValidationException', /empty string value/);
      const indexKey = doc.put({ TableName: sorted, Item: { pk: key(), sk: 'a', g: '' } });
      await refused(indexKey, 'ValidationException', /empty string value/);
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, text: '' } });
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toEqual({ pk, text: '' });
    },
  },
  {
    name: 'an empty binary sort key is refused',
    page: pages.dataTypes,
    run: async ({ doc, binary, key }) => {
      const put = doc.put({ TableName: binary, Item: { pk: key(), sk: new Uint8Array(0) } });
      await refused(put, 'ValidationException', /empty binary value/);
    },
  },
  {
    name: 'a projection picks attributes, map members and list elements',
    page: pages.projections,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, a: 1, m: { x: 1, y: { z: 2 } }, l: [10, 11, { q: 12, r: 13 }] } });
      const got = await doc.get({
        TableName: plain,
        Key: { pk },
        ConsistentRead: true,
        ProjectionExpression: 'a, m.y.z, l[1], l[2].q, absent, m.absent',
      });
      expect(got.Item).toEqual({ a: 1, m: { y: { z: 2 } }, l: [11, { q: 12 }] });
    },
  },
  {
    name: 'a projection that finds nothing gives an empty item, not an absent one',
    page: pages.projections,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk } });
      const got = await doc.get({
        TableName: plain,
        Key: { pk },
        ConsistentRead: true,
        ProjectionExpression: 'absent',
      });
      expect(got.Item).toEqual({});
    },
  },
  {
    name: 'overlapping projection paths are refused',
    page: pages.projections,
    run: async ({ doc, plain, key }) => {
      const get = doc.get({ TableName: plain, Key: { pk: key() }, ProjectionExpression: 'm, m.x' });
      await refused(get, 'ValidationException', /Two document paths overlap/);
    },
  },
  {
    name: 'reserved words need a name with #',
    page: pages.reservedWords,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, name: 'x' } });
      const reserved = doc.get({ TableName: plain, Key: { pk }, ProjectionExpression: 'name' });
      await refused(reserved, 'ValidationException', /reserved keyword/);
      const named = await doc.get({
        TableName: plain,
        Key: { pk },
        ConsistentRead: true,
        ProjectionExpression: '#n',
        ExpressionAttributeNames: { '#n': 'name' },
      });
      expect(named.Item).toEqual({ name: 'x' });
    },
  },
  {
    name: 'names with dots are one attribute when given by #',
    page: pages.expressionNames,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      await doc.put({ TableName: plain, Item: { pk, 'a.b': 1, a: { b: 2 } } });
      const got = await doc.get({
        TableName: plain,
        Key: { pk },
        ConsistentRead: true,
        ProjectionExpression: '#ab',
        ExpressionAttributeNames: { '#ab': 'a.b' },
      });
      expect(got.Item).toEqual({ 'a.b': 1 });
    },
  },
  {
    name: 'names that expressions do not use are refused',
    page: pages.expressionNames,
    run: async ({ doc, plain, key }) => {
      const get = doc.get({
        TableName: plain,
        Key: { pk: key() },
        ProjectionExpression: 'a',
        ExpressionAttributeNames: { '#n': 'name' },
      });
      await refused(get, 'ValidationException', /unused in expressions: keys: \{#n\}/);
    },
  },
  {
    name: 'names that are not defined are refused',
    page: pages.expressionNames,
    run: async ({ doc, plain, key }) => {
      const get = doc.get({ TableName: plain, Key: { pk: key() }, ProjectionExpression: '#n' });
      await refused(get, 'ValidationException', /not defined; attribute name: #n/);
    },
  },
  {
    name: 'attribute names of JavaScript’s own objects are ordinary',
    page: pages.dataTypes,
    run: async ({ doc, plain, key }) => {
      const pk = key();
      const Item = { pk, toString: 'a', hasOwnProperty: 'b' };
      await doc.put({ TableName: plain, Item });
      const got = await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true });
      expect(Object.entries(got.Item ?? {}).toSorted()).toEqual(Object.entries(Item).toSorted());
      const absent = doc.put({
        TableName: plain,
        Item: { pk: key() },
        ConditionExpression: 'attribute_exists(valueOf)',
      });
      await refused(absent, 'ConditionalCheckFailedException');
    },
  },
  {
    name: 'text outside of the basic plane is kept',
    page: pages.dataTypes,
    run: async ({ doc, plain, key }) => {
      const pk = `${key()} 🏅 é`;
      await doc.put({ TableName: plain, Item: { pk, '🏅': 'ü🥇' } });
      expect((await doc.get({ TableName: plain, Key: { pk }, ConsistentRead: true })).Item).toEqual({
        pk,
        '🏅': 'ü🥇',
      });
    },
  },
];
