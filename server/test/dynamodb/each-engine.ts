import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach } from 'vitest';
import { type Engine, openEngine } from '../../src/local/dynamodb/index.ts';
import { clientOf, mainTable, streamedTable } from './engine-client.ts';

/** The name of the table of each engine. */
export const TableName = mainTable.TableName;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** When each test begins. */
export const START = Date.UTC(2026, 0, 1);

/** An engine in memory for each test, with a table that has a stream, and a clock that stands until time passes. */
export function engineOfEachTest() {
  let now = START;
  let engine: Engine;
  let doc: DynamoDBDocument;
  beforeEach(async () => {
    now = START;
    engine = openEngine({ location: ':memory:', now: () => now });
    doc = clientOf(engine);
    await doc.send(new CreateTableCommand(streamedTable));
  });
  afterEach(() => engine.close());
  return {
    get engine() {
      return engine;
    },
    get doc() {
      return doc;
    },
    now: () => now,
    pass(milliseconds: number) {
      now += milliseconds;
    },
    put: (pk: string, rest = {}) => doc.put({ TableName, Item: { pk, ...rest } }),
    get: async (pk: string) => (await doc.get({ TableName, Key: { pk } })).Item,
    add: (pk: string, ClientRequestToken?: string) =>
      doc.transactWrite({
        ClientRequestToken,
        TransactItems: [
          {
            Update: {
              TableName,
              Key: { pk },
              UpdateExpression: 'ADD n :one',
              ExpressionAttributeValues: { ':one': 1 },
            },
          },
        ],
      }),
  };
}
