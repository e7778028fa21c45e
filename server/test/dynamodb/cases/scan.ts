import { expect } from 'vitest';
import { pages } from '../pages.ts';
import { attributes, keys } from '../schema.ts';
import { type Case, each, refused, type World } from '../world.ts';

/** A table of its own with so many items, since a scan sees the whole of a table. */
async function filled(world: World, count: number): Promise<string> {
  const TableName = world.tableName();
  await world.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [attributes.string('pk'), attributes.number('sk'), attributes.string('g')],
    KeySchema: [keys.hash('pk'), keys.range('sk')],
    GlobalSecondaryIndexes: [
      { IndexName: 'sparse', KeySchema: [keys.hash('g')], Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
  });
  const places = Array.from({ length: count }, (_, place) => place);
  await each(places, (place) =>
    world.doc.put({
      TableName,
      Item: { pk: `p${place % 7}`, sk: place, v: place, ...(place % 2 === 0 && { g: 'even' }) },
    }),
  );
  return TableName;
}

type Extra = Readonly<Record<string, unknown>>;

async function scanAll({ doc }: World, TableName: string, extra: Extra): Promise<number[]> {
  const found: number[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await doc.scan({ TableName, ConsistentRead: true, ...extra, ExclusiveStartKey });
    found.push(...(page.Items ?? []).map(({ sk }) => Number(sk)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

const ascending = (left: number, right: number) => left - right;
const upTo = (count: number) => Array.from({ length: count }, (_, place) => place);

export const scanCases: readonly Case[] = [
  {
    name: 'a scan sees every item once, with and without pages',
    page: pages.scanGuide,
    run: async (world) => {
      const TableName = await filled(world, 40);
      expect((await scanAll(world, TableName, {})).toSorted(ascending)).toEqual(upTo(40));
      expect((await scanAll(world, TableName, { Limit: 3 })).toSorted(ascending)).toEqual(upTo(40));
    },
  },
  {
    name: 'items of one partition come together, in the order of their sort key',
    page: pages.scanGuide,
    run: async (world) => {
      const TableName = await filled(world, 40);
      const { Items = [] } = await world.doc.scan({ TableName, ConsistentRead: true });
      const runs = Items.map(({ pk }) => pk).filter((pk, place, all) => pk !== all[place - 1]);
      expect(new Set(runs).size).toBe(runs.length);
      for (const pk of runs) {
        const order = Items.filter((item) => item.pk === pk).map(({ sk }) => Number(sk));
        expect(order).toEqual(order.toSorted(ascending));
      }
    },
  },
  {
    name: 'the segments of a parallel scan together are the table, without overlap',
    page: pages.scanGuide,
    run: async (world) => {
      const TableName = await filled(world, 40);
      const segments = await Promise.all(
        [0, 1, 2].map((Segment) => scanAll(world, TableName, { Segment, TotalSegments: 3, Limit: 4 })),
      );
      expect(segments.flat().toSorted(ascending)).toEqual(upTo(40));
    },
  },
  {
    name: 'a segment must be one of the segments',
    page: pages.scan,
    run: async ({ doc, plain }) => {
      const outside = doc.scan({ TableName: plain, Segment: 2, TotalSegments: 2 });
      await refused(outside, 'ValidationException', /Segment: 2 is not less than TotalSegments: 2/);
      await refused(
        doc.scan({ TableName: plain, Segment: 1 }),
        'ValidationException',
        /TotalSegments parameter is required/,
      );
      await refused(
        doc.scan({ TableName: plain, TotalSegments: 2 }),
        'ValidationException',
        /Segment parameter is required/,
      );
    },
  },
  {
    name: 'a filter applies after the items were read',
    page: pages.scanGuide,
    run: async (world) => {
      const TableName = await filled(world, 20);
      const page = await world.doc.scan({
        TableName,
        ConsistentRead: true,
        FilterExpression: 'v < :five AND sk <> :zero',
        ExpressionAttributeValues: { ':five': 5, ':zero': 0 },
      });
      expect(page).toMatchObject({ Count: 4, ScannedCount: 20 });
    },
  },
  {
    name: 'a scan of a sparse index sees the items that are in it',
    page: pages.scan,
    run: async (world) => {
      const TableName = await filled(world, 20);
      const read = () => scanAll(world, TableName, { IndexName: 'sparse', ConsistentRead: false, Limit: 3 });
      const found = await world.eventually(read, (items) => items.length === 10);
      expect(found.toSorted(ascending)).toEqual(upTo(20).filter((place) => place % 2 === 0));
    },
  },
  {
    name: 'a scan can count and project',
    page: pages.scan,
    run: async (world) => {
      const TableName = await filled(world, 6);
      const count = await world.doc.scan({ TableName, ConsistentRead: true, Select: 'COUNT' });
      expect(count).toMatchObject({ Count: 6, ScannedCount: 6 });
      expect(count).not.toHaveProperty('Items');
      const { Items = [] } = await world.doc.scan({ TableName, ConsistentRead: true, ProjectionExpression: 'v' });
      expect(Items.map(({ v }) => Number(v)).toSorted(ascending)).toEqual(upTo(6));
      expect(Object.keys(Items[0] ?? {})).toEqual(['v']);
    },
  },
  {
    name: 'a start key of another shape is refused',
    page: pages.scan,
    run: async ({ doc, sorted }) => {
      const scan = doc.scan({ TableName: sorted, ExclusiveStartKey: { pk: 'a' } });
      await refused(scan, 'ValidationException', /starting key is invalid/);
    },
  },
];
