import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { attributes, keys } from '../schema.ts';
import { type Case, refused, type World } from '../world.ts';

async function ownTable(world: World): Promise<string> {
  const TableName = world.tableName();
  await world.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [attributes.string('pk')],
    KeySchema: [keys.hash('pk')],
  });
  return TableName;
}

function setTimeToLive({ client }: World, TableName: string, AttributeName: string, Enabled: boolean) {
  return client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }));
}

export const timeToLiveCases: readonly Case[] = [
  {
    name: 'it is off until it is enabled',
    page: pages.describeTimeToLive,
    run: async (world) => {
      const TableName = await ownTable(world);
      const { TimeToLiveDescription } = await world.client.send(new DescribeTimeToLiveCommand({ TableName }));
      expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
    },
  },
  {
    name: 'it is enabled for one attribute',
    page: pages.updateTimeToLive,
    run: async (world) => {
      const TableName = await ownTable(world);
      const answer = await setTimeToLive(world, TableName, 'expires', true);
      expect(answer.TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true });
      const { TimeToLiveDescription } = await world.client.send(new DescribeTimeToLiveCommand({ TableName }));
      expect(TimeToLiveDescription?.TimeToLiveStatus).toMatch(/^ENABL(ED|ING)$/);
      expect(TimeToLiveDescription?.AttributeName).toBe('expires');
    },
  },
  {
    name: 'it cannot be enabled twice',
    page: pages.updateTimeToLive,
    run: async (world) => {
      const TableName = await ownTable(world);
      await setTimeToLive(world, TableName, 'expires', true);
      await refused(setTimeToLive(world, TableName, 'expires', true), 'ValidationException');
      await refused(setTimeToLive(world, TableName, 'other', true), 'ValidationException');
    },
  },
  {
    name: 'it cannot be disabled when it is off',
    page: pages.updateTimeToLive,
    run: async (world) => {
      const TableName = await ownTable(world);
      const disable = setTimeToLive(world, TableName, 'expires', false);
      await refused(disable, 'ValidationException', /already disabled/);
    },
  },
  {
    name: 'an absent table is ResourceNotFoundException',
    page: pages.updateTimeToLive,
    run: async (world) => {
      await refused(setTimeToLive(world, world.tableName(), 'expires', true), 'ResourceNotFoundException');
      const describe = world.client.send(new DescribeTimeToLiveCommand({ TableName: world.tableName() }));
      await refused(describe, 'ResourceNotFoundException');
    },
  },
  {
    name: 'an item that expired just now can still be read',
    page: pages.timeToLive,
    run: async (world) => {
      const TableName = await ownTable(world);
      await setTimeToLive(world, TableName, 'expires', true);
      const Item = { pk: world.key(), expires: Math.floor(Date.now() / 1000) - 10 };
      await world.doc.put({ TableName, Item });
      expect((await world.doc.get({ TableName, Key: { pk: Item.pk }, ConsistentRead: true })).Item).toEqual(Item);
    },
  },
];
