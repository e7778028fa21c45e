import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocument, QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openEngine } from '../../src/local/dynamodb/index.ts';
import { clientOf } from './engine-client.ts';
import { attributes, keys } from './schema.ts';

/** An item of the model: a plain object, and its key as text in a Map. */
interface Item {
  readonly pk: string;
  readonly sk: number;
  readonly g?: string;
  readonly v?: number;
}
type Key = Pick<Item, 'pk' | 'sk'>;
type Model = Map<string, Item>;

const keyText = ({ pk, sk }: Key) => `${pk}/${sk}`;
const TableName = 'main';

type Write =
  | { readonly kind: 'put'; readonly item: Item; readonly onlyNew: boolean }
  | { readonly kind: 'delete'; readonly key: Key; readonly onlyOld: boolean }
  | { readonly kind: 'set'; readonly key: Key; readonly g: string | undefined; readonly v: number }
  | { readonly kind: 'add'; readonly key: Key; readonly v: number };

type Step =
  | { readonly kind: 'write'; readonly write: Write }
  | { readonly kind: 'transaction'; readonly writes: readonly Write[] }
  | {
      readonly kind: 'partition';
      readonly pk: string;
      readonly from: number;
      readonly forward: boolean;
      readonly limit: number;
    }
  | { readonly kind: 'index'; readonly g: string; readonly forward: boolean; readonly limit: number }
  | { readonly kind: 'scan'; readonly limit: number; readonly segments: number };

const pk = fc.constantFrom('a', 'b', 'c');
const sk = fc.integer({ min: -3, max: 3 });
const g = fc.constantFrom('x', 'y');
const v = fc.integer({ min: -5, max: 5 });
const key = fc.record({ pk, sk });
const item = fc.record({ pk, sk, g, v }, { requiredKeys: ['pk', 'sk'] });
const limit = fc.integer({ min: 1, max: 4 });
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), item, onlyNew: fc.boolean() }),
  fc.record({ kind: fc.constant('delete' as const), key, onlyOld: fc.boolean() }),
  fc.record({ kind: fc.constant('set' as const), key, g: fc.option(g, { nil: undefined }), v }),
  fc.record({ kind: fc.constant('add' as const), key, v }),
);
const writeKey = (one: Write) => keyText(one.kind === 'put' ? one.item : one.key);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('write' as const), write }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('transaction' as const),
      writes: fc.uniqueArray(write, { minLength: 1, maxLength: 4, selector: writeKey }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('partition' as const), pk, from: sk, forward: fc.boolean(), limit }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('index' as const), g, forward: fc.boolean(), limit }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('scan' as const), limit, segments: fc.integer({ min: 1, max: 3 }) }),
  },
);

/** Whether the condition of a write holds, and the item that it leaves. */
function outcome(model: Model, one: Write): { readonly holds: boolean; readonly after: Item | undefined } {
  const before = model.get(writeKey(one));
  switch (one.kind) {
    case 'put':
      return { holds: !one.onlyNew || before === undefined, after: one.item };
    case 'delete':
      return { holds: !one.onlyOld || before !== undefined, after: undefined };
    case 'add':
      return { holds: true, after: { ...(before ?? one.key), v: (before?.v ?? 0) + one.v } };
    case 'set': {
      const { g: _, ...rest }: Item = before ?? one.key;
      return { holds: true, after: { ...rest, v: one.v, ...(one.g !== undefined && { g: one.g }) } };
    }
  }
}

function applyTo(model: Model, one: Write): void {
  const { after } = outcome(model, one);
  if (after === undefined) model.delete(writeKey(one));
  else model.set(writeKey(one), after);
}

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

function actionOf(one: Write): Action {
  switch (one.kind) {
    case 'put':
      return {
        Put: { TableName, Item: one.item, ...(one.onlyNew && { ConditionExpression: 'attribute_not_exists(pk)' }) },
      };
    case 'delete':
      return {
        Delete: { TableName, Key: one.key, ...(one.onlyOld && { ConditionExpression: 'attribute_exists(pk)' }) },
      };
    case 'add':
      return {
        Update: { TableName, Key: one.key, UpdateExpression: 'ADD v :v', ExpressionAttributeValues: { ':v': one.v } },
      };
    case 'set':
      return {
        Update: {
          TableName,
          Key: one.key,
          UpdateExpression: one.g === undefined ? 'SET v = :v REMOVE g' : 'SET v = :v, g = :g',
          ExpressionAttributeValues: { ':v': one.v, ...(one.g !== undefined && { ':g': one.g }) },
        },
      };
  }
}

function send(doc: DynamoDBDocument, { Put, Delete, Update }: Action): Promise<unknown> {
  if (Put !== undefined) return doc.put(Put);
  if (Delete !== undefined) return doc.delete(Delete);
  if (Update !== undefined) return doc.update(Update);
  throw new Error('not a write');
}

/** The name of the error, or undefined if all went well. */
async function failureOf(attempt: Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error.name;
    throw error;
  }
}

async function queryAll(doc: DynamoDBDocument, input: QueryCommandInput): Promise<unknown[]> {
  const found: unknown[] = [];
  let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await doc.query({ ...input, ExclusiveStartKey });
    found.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

async function scanAll(doc: DynamoDBDocument, Limit: number, TotalSegments: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let Segment = 0; Segment < TotalSegments; Segment++) {
    let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
    do {
      const page = await doc.scan({ TableName, Limit, Segment, TotalSegments, ExclusiveStartKey });
      found.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  return found;
}

const bySort = (left: Item, right: Item) => left.sk - right.sk;
const unordered = (items: readonly unknown[]) => items.map((one) => JSON.stringify(sorted(one))).toSorted();
const sorted = (one: unknown) => Object.entries(one ?? {}).toSorted();

async function check(doc: DynamoDBDocument, model: Model, one: Step): Promise<void> {
  switch (one.kind) {
    case 'write': {
      const { holds } = outcome(model, one.write);
      expect(await failureOf(send(doc, actionOf(one.write)))).toBe(
        holds ? undefined : 'ConditionalCheckFailedException',
      );
      if (holds) applyTo(model, one.write);
      return;
    }
    case 'transaction': {
      const holds = one.writes.every((each) => outcome(model, each).holds);
      const attempt = doc.transactWrite({ TransactItems: one.writes.map(actionOf) });
      expect(await failureOf(attempt)).toBe(holds ? undefined : 'TransactionCanceledException');
      if (holds) for (const each of one.writes) applyTo(model, each);
      return;
    }
    case 'partition': {
      const found = await queryAll(doc, {
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk >= :from',
        ExpressionAttributeValues: { ':pk': one.pk, ':from': one.from },
        ScanIndexForward: one.forward,
        Limit: one.limit,
      });
      const expected = [...model.values()].filter((each) => each.pk === one.pk && each.sk >= one.from).toSorted(bySort);
      expect(found).toEqual(one.forward ? expected : expected.toReversed());
      return;
    }
    case 'index': {
      const found = await queryAll(doc, {
        TableName,
        IndexName: 'index',
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: { ':g': one.g },
        ScanIndexForward: one.forward,
        Limit: one.limit,
      });
      const expected = [...model.values()].filter((each) => each.g === one.g && each.v !== undefined);
      expect(unordered(found)).toEqual(unordered(expected));
      const order = found.map((each) => Number(Object.entries(each ?? {}).find(([name]) => name === 'v')?.[1]));
      expect(order).toEqual(order.toSorted((left, right) => (one.forward ? left - right : right - left)));
      return;
    }
    case 'scan':
      expect(unordered(await scanAll(doc, one.limit, one.segments))).toEqual(unordered([...model.values()]));
  }
}

test('random sequences of operations agree with a Map', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const engine = openEngine({ location: ':memory:' });
      const doc = clientOf(engine);
      await doc.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            attributes.string('pk'),
            attributes.number('sk'),
            attributes.string('g'),
            attributes.number('v'),
          ],
          KeySchema: [keys.hash('pk'), keys.range('sk')],
          GlobalSecondaryIndexes: [
            { IndexName: 'index', KeySchema: [keys.hash('g'), keys.range('v')], Projection: { ProjectionType: 'ALL' } },
          ],
        }),
      );
      const model: Model = new Map();
      for (const one of [...steps, { kind: 'scan' as const, limit: 4, segments: 1 }]) await check(doc, model, one);
      engine.close();
    }),
    { numRuns: 80 },
  );
});
