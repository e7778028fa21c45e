// Operations a second of the embedded engine beside dynalite's, through the AWS SDK, one request after the other. The
// ratios are what to read: the figures are those of the machine and the moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { openEngine } from '../src/local/dynamodb/index.ts';

const TableName = 'bench';
const COUNT = 2000;
const text = 'x'.repeat(300);

interface Subject {
  readonly name: string;
  readonly doc: DynamoDBDocument;
  readonly transactions: boolean;
  readonly close: () => Promise<void> | void;
}

type Operation = (doc: DynamoDBDocument, place: number) => Promise<unknown>;

const operations: Readonly<Record<string, Operation>> = {
  puts: (doc, place) => doc.put({ TableName, Item: { pk: `p${place % 50}`, sk: `s${place}`, n: 0, text } }),
  gets: (doc, place) => doc.get({ TableName, Key: { pk: `p${place % 50}`, sk: `s${place}` } }),
  updates: (doc, place) =>
    doc.update({
      TableName,
      Key: { pk: `p${place % 50}`, sk: `s${place}` },
      UpdateExpression: 'SET n = n + :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  queries: (doc, place) =>
    doc.query({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `p${place % 50}` },
      Limit: 10,
    }),
};

const transactions: Operation = (doc, place) =>
  doc.transactWrite({
    TransactItems: [
      { Put: { TableName, Item: { pk: `t${place}`, sk: 'event', text }, ConditionExpression: 'attribute_not_exists(pk)' } },
      { Put: { TableName, Item: { pk: `t${place}`, sk: 'ledger', text } } },
      {
        Update: {
          TableName,
          Key: { pk: 'total', sk: 'n' },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
  });

function clientOf(config: ConstructorParameters<typeof DynamoDBClient>[0]): DynamoDBDocument {
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  return DynamoDBDocument.from(new DynamoDBClient({ region: 'local', credentials, ...config }));
}

function embedded(name: string, location: string, cleanUp = () => undefined): Subject {
  const engine = openEngine({ location });
  const doc = clientOf({ endpoint: 'http://dynamodb.invalid', requestHandler: engine.requestHandler });
  const close = () => {
    engine.close();
    cleanUp();
  };
  return { name, doc, transactions: true, close };
}

async function dynaliteServer(): Promise<Subject> {
  const { default: dynalite } = await import('dynalite');
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite has no port.');
  const doc = clientOf({ endpoint: `http://127.0.0.1:${address.port}` });
  return { name: 'dynalite', doc, transactions: false, close: () => doc.destroy() };
}
