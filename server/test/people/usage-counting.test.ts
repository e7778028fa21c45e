import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Laurel } from '@laurel/sdk/server';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedConfig } from '../../src/local/database.ts';
import type { TableChange } from '../../src/ports/stream.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { changeOf } from '../../src/stream/records.ts';
import { usageConsumer } from '../../src/usage/consumer.ts';
import { codeOf, randomFrom, times } from '../game/world.ts';
import { type Limited, openUsage, type UsageWorld } from './usage-world.ts';

let world: UsageWorld;
beforeAll(async () => {
  world = await openUsage();
});
afterAll(() => world.close());

const MINUTE = 60_000;
const LIMIT = 5;

async function send(laurel: Laurel, { ada }: Limited, count: number): Promise<number> {
  const events = times(count, () => ({ userId: ada, activity: 'ran' }));
  return (await laurel.events.trackBatch({ events })).accepted;
}

test('another process sees a larger plan within a minute', async () => {
  const tenant = await world.limited({ players: 3, eventsPerMonth: LIMIT });
  let now = 0;
  const other = await world.process(tenant.place, () => now);
  expect(await send(other, tenant, 7)).toBe(LIMIT);
  await world.allow(tenant.place, { players: 3, eventsPerMonth: LIMIT + 2 });
  await world.used(tenant.place);
  now = MINUTE;
  expect(await send(other, tenant, 7)).toBe(2);
  expect(await codeOf(other.events.track({ userId: tenant.ada, activity: 'ran' }))).toBe('plan_limit_reached');
});

/** What happens to a tenant: a process sends events, or all is counted and a minute goes by. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ by: fc.nat(1), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.constant('a minute' as const) },
);

test('no more is accepted than the plan allows and was sent before the count was seen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const tenant = await world.limited({ players: 3, eventsPerMonth: LIMIT });
      let now = 0;
      const processes = [await world.process(tenant.place, () => now), await world.process(tenant.place, () => now)];
      let accepted = 0;
      // What was accepted when the count was last seen, and what each process has had accepted since.
      let seen = 0;
      let since = [0, 0];
      for (const one of steps) {
        if (one === 'a minute') {
          now += MINUTE;
          expect(await world.used(tenant.place)).toEqual({ players: 1, eventsPerMonth: accepted });
          seen = accepted;
          since = [0, 0];
          continue;
        }
        const laurel = processes[one.by];
        if (laurel === undefined) throw new Error('there are two processes');
        const taken = await send(laurel, tenant, one.count);
        const own = since[one.by] ?? 0;
        // A process that read meanwhile may know more of what the other had accepted, and never less than its own.
        const most = Math.max(0, LIMIT - seen - own);
        expect(taken).toBeLessThanOrEqual(Math.min(one.count, most));
        const others = since.reduce((sum, count) => sum + count, 0) - own;
        expect(taken).toBeGreaterThanOrEqual(Math.min(one.count, Math.max(0, most - others)));
        since[one.by] = own + taken;
        accepted += taken;
      }
    }),
    { numRuns: 8 },
  );
});

/** All changes of a tenant's items, as the table's stream tells them. */
async function changesOf({ place }: Limited): Promise<TableChange[]> {
  const streams = new DynamoDBStreamsClient(embeddedConfig(world.test.platform.inside.database.engine));
  const { Streams: [stream] = [] } = await streams.send(new ListStreamsCommand({ TableName: world.test.table.name }));
  const StreamArn = stream?.StreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const request = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
  const changes: TableChange[] = [];
  let { ShardIterator } = await streams.send(new GetShardIteratorCommand(request));
  while (ShardIterator !== undefined) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
    if (page.Records === undefined || page.Records.length === 0) break;
    changes.push(...page.Records.map(changeOf));
    ShardIterator = page.NextShardIterator;
  }
  streams.destroy();
  return changes.filter(({ key }) => key.pk.startsWith(`T#${place.tenant}#`));
}

/** Deletes all that was counted. */
async function forget({ place }: Limited): Promise<void> {
  const { client, name } = world.test.table;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  for (const { pk, sk } of Items) {
    if (!String(pk).startsWith(`T#${place.tenant}#`)) continue;
    if (String(pk).includes('#USAGE#') || sk === 'USED')
      await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
  }
}

test('records that come again, to two at once and in any order, are counted once', async () => {
  const tenant = await world.limited({});
  const { id: bo } = await tenant.laurel.users.create({});
  await send(tenant.laurel, tenant, 3);
  for (const userId of [bo, tenant.ada]) await tenant.laurel.events.track({ userId, activity: 'ran' });
  const counted = await world.used(tenant.place);
  expect(counted).toEqual({ players: 2, eventsPerMonth: 5 });
  const { table } = world.test;
  const told = (await changesOf(tenant)).filter(({ key }) => usageConsumer(table).wants(key));
  expect(told.length).toBeGreaterThan(4);
  for (const seed of [1, 2, 3]) {
    if (seed > 1) await forget(tenant);
    const { shuffle } = randomFrom(seed);
    const follow = async () => {
      for (const change of shuffle([...told, ...told])) await usageConsumer(table).consume([change]);
    };
    await Promise.all([follow(), follow(), usageConsumer(table).consume(told)]);
    expect(await world.used(tenant.place)).toEqual(counted);
  }
});

test('all is counted anew from the table', async () => {
  const tenant = await world.limited({});
  await tenant.laurel.users.create({});
  await send(tenant.laurel, tenant, 3);
  const counted = await world.used(tenant.place);
  await forget(tenant);
  expect(await world.used(tenant.place)).toEqual({ players: 0, eventsPerMonth: 0 });
  const consumer = usageConsumer(world.test.table);
  for (const _ of times(2, () => 0)) await consumer.rebuild?.(workspaceScope(tenant.place.tenant, 'main'));
  expect(await world.used(tenant.place)).toEqual(counted);
});
