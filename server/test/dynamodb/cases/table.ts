import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { attributes, keys } from '../schema.ts';
import { type Case, refused, type World } from '../world.ts';

function simple(TableName: string): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [attributes.string('pk')],
    KeySchema: [keys.hash('pk')],
  };
}

/** Tables that cannot be made, and why. */
const refusals: readonly (readonly [what: string, change: Partial<CreateTableCommandInput>, message: RegExp])[] = [
  ['a key that is not defined', { KeySchema: [keys.hash('other')] }, /not defined in AttributeDefinitions/],
  [
    'a definition that no key uses',
    { AttributeDefinitions: [attributes.string('pk'), attributes.string('unused')] },
    /does not exactly match number of attributes|Some AttributeDefinitions are not used/,
  ],
  ['a sort key alone', { KeySchema: [keys.range('pk')] }, /first KeySchemaElement is not a HASH key type/],
  [
    'two keys of one name',
    { KeySchema: [keys.hash('pk'), keys.range('pk')] },
    /same name|Some index key attribute have no definition/,
  ],
  [
    'throughput on demand',
    { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    /Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST/,
  ],
  [
    'provisioned without throughput',
    { BillingMode: 'PROVISIONED' },
    /must (both )?be specified when BillingMode is PROVISIONED/,
  ],
  [
    'a projection with attributes that is not INCLUDE',
    {
      GlobalSecondaryIndexes: [
        {
          IndexName: 'index',
          KeySchema: [keys.hash('pk')],
          Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['a'] },
        },
      ],
    },
    /ProjectionType is ALL, but NonKeyAttributes is specified/,
  ],
  [
    'a local index without a sort key',
    {
      LocalSecondaryIndexes: [
        { IndexName: 'index', KeySchema: [keys.hash('pk')], Projection: { ProjectionType: 'ALL' } },
      ],
    },
    /range key/,
  ],
];

async function ready({ client }: World, TableName: string): Promise<void> {
  await waitUntilTableExists({ client, maxWaitTime: 300 }, { TableName });
}

export const tableCases: readonly Case[] = [
  ...refusals.map(
    ([what, change, message]): Case => ({
      name: `not made: ${what}`,
      page: pages.createTable,
      run: async ({ client, tableName }) => {
        const create = client.send(new CreateTableCommand({ ...simple(tableName()), ...change }));
        await refused(create, 'ValidationException', message);
      },
    }),
  ),
  {
    name: 'a new table describes itself',
    page: pages.describeTable,
    run: async ({ client, sorted }) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: sorted }));
      expect(Table).toMatchObject({
        TableName: sorted,
        TableStatus: 'ACTIVE',
        KeySchema: [keys.hash('pk'), keys.range('sk')],
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        DeletionProtectionEnabled: false,
      });
      expect(Table?.TableArn).toContain(`:table/${sorted}`);
      expect(Table?.CreationDateTime).toBeInstanceOf(Date);
      expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).toSorted()).toEqual([
        'all',
        'keys',
        'some',
      ]);
      expect(Table?.GlobalSecondaryIndexes?.map(({ IndexStatus }) => IndexStatus)).toEqual([
        'ACTIVE',
        'ACTIVE',
        'ACTIVE',
      ]);
      expect(Table?.LocalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['local']);
    },
  },
  {
    name: 'a table is being created when CreateTable answers',
    page: pages.createTable,
    run: async (world) => {
      const TableName = world.tableName();
      await world.createTable(simple(TableName));
      const again = world.tableName();
      const { TableDescription } = await world.client.send(new CreateTableCommand(simple(again)));
      expect(TableDescription?.TableStatus).toBe('CREATING');
      await ready(world, again);
      await world.client.send(new DeleteTableCommand({ TableName: again }));
    },
  },
  {
    name: 'a name is used once',
    page: pages.createTable,
    run: async ({ client, plain }) => {
      await refused(client.send(new CreateTableCommand(simple(plain))), 'ResourceInUseException');
    },
  },
  {
    name: 'names have 3 to 255 characters of a few kinds',
    page: pages.createTable,
    run: async ({ client }) => {
      for (const name of ['ab', 'x'.repeat(256), 'with space', 'slash/ed']) {
        await refused(client.send(new CreateTableCommand(simple(name))), 'ValidationException');
      }
    },
  },
  {
    name: 'a deleted table is gone, with its items',
    page: pages.deleteTable,
    run: async (world) => {
      const { client, doc } = world;
      const TableName = world.tableName();
      await world.createTable(simple(TableName));
      await doc.put({ TableName, Item: { pk: 'a' } });
      const { TableDescription } = await client.send(new DeleteTableCommand({ TableName }));
      expect(TableDescription?.TableStatus).toBe('DELETING');
      await waitUntilTableNotExists({ client, maxWaitTime: 300 }, { TableName });
      await refused(client.send(new DescribeTableCommand({ TableName })), 'ResourceNotFoundException');
      await world.createTable(simple(TableName));
      expect((await doc.scan({ TableName, ConsistentRead: true })).Items).toEqual([]);
    },
  },
  {
    name: 'an absent table cannot be deleted or described',
    page: pages.deleteTable,
    run: async ({ client, tableName }) => {
      const TableName = tableName();
      await refused(client.send(new DeleteTableCommand({ TableName })), 'ResourceNotFoundException');
      await refused(client.send(new DescribeTableCommand({ TableName })), 'ResourceNotFoundException', /not found/);
    },
  },
  {
    name: 'deletion protection keeps a table',
    page: pages.updateTable,
    run: async (world) => {
      const { client } = world;
      const TableName = world.tableName();
      await world.createTable({ ...simple(TableName), DeletionProtectionEnabled: true });
      await refused(client.send(new DeleteTableCommand({ TableName })), 'ValidationException', /deletion protection/i);
      await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
      await ready(world, TableName);
      await client.send(new DeleteTableCommand({ TableName }));
    },
  },
  {
    name: 'tables are listed by name, a page at a time',
    page: pages.listTables,
    run: async ({ client, plain, sorted }) => {
      const names: string[] = [];
      let ExclusiveStartTableName: string | undefined;
      do {
        const page: { TableNames?: string[] | undefined; LastEvaluatedTableName?: string | undefined } =
          await client.send(
            new ListTablesCommand({ Limit: 2, ...(ExclusiveStartTableName && { ExclusiveStartTableName }) }),
          );
        expect(page.TableNames?.length).toBeLessThanOrEqual(2);
        names.push(...(page.TableNames ?? []));
        ExclusiveStartTableName = page.LastEvaluatedTableName;
      } while (ExclusiveStartTableName !== undefined);
      expect(names).toEqual(expect.arrayContaining([plain, sorted]));
      expect(new Set(names).size).toBe(names.length);
    },
  },
  {
    name: 'an update of a table changes something',
    page: pages.updateTable,
    run: async ({ client, plain }) => {
      const update = client.send(new UpdateTableCommand({ TableName: plain }));
      await refused(update, 'ValidationException', /At least one of/);
    },
  },
  {
    name: 'an index can be added to a table with items, and removed',
    page: pages.updateTable,
    run: async (world) => {
      const { client, doc } = world;
      const TableName = world.tableName();
      await world.createTable(simple(TableName));
      await doc.put({ TableName, Item: { pk: 'a', g: 'x' } });
      await doc.put({ TableName, Item: { pk: 'b' } });
      const Create = { IndexName: 'late', KeySchema: [keys.hash('g')], Projection: { ProjectionType: 'ALL' as const } };
      await client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: [attributes.string('g')],
          GlobalSecondaryIndexUpdates: [{ Create }],
        }),
      );
      const describe = async () => (await client.send(new DescribeTableCommand({ TableName }))).Table;
      await world.eventually(describe, (table) => table?.GlobalSecondaryIndexes?.[0]?.IndexStatus === 'ACTIVE');
      const found = await world.eventually(
        () => doc.scan({ TableName, IndexName: 'late' }),
        ({ Count }) => Count === 1,
      );
      expect(found.Items).toEqual([{ pk: 'a', g: 'x' }]);
      await client.send(
        new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'late' } }] }),
      );
      const after = await world.eventually(describe, (table) => table?.GlobalSecondaryIndexes === undefined);
      expect(after?.GlobalSecondaryIndexes).toBeUndefined();
    },
  },
  {
    name: 'a stream can be enabled later, once, and disabled',
    page: pages.updateTable,
    run: async (world) => {
      const { client } = world;
      const TableName = world.tableName();
      await world.createTable(simple(TableName));
      const stream = (StreamEnabled: boolean) =>
        client.send(
          new UpdateTableCommand({
            TableName,
            StreamSpecification: { StreamEnabled, ...(StreamEnabled && { StreamViewType: 'NEW_IMAGE' }) },
          }),
        );
      const enabled = await stream(true);
      expect(enabled.TableDescription?.StreamSpecification).toEqual({
        StreamEnabled: true,
        StreamViewType: 'NEW_IMAGE',
      });
      expect(enabled.TableDescription?.LatestStreamArn).toContain('/stream/');
      await ready(world, TableName);
      await refused(stream(true), 'ValidationException', /already has an enabled stream/i);
      await stream(false);
    },
  },
];
