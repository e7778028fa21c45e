// Operations a second of the embedded engine beside dynalite's, through the AWS SDK, one request after the other. The
// ratios are what to read: the figures are those of the machine and the moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { openEngine } from '../src/local/dynamodb/index.ts';

const TableName = 'bench';
const COUNT = 2000;
const text = 'x'.repeat(300);

interface Subject {
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
      {
        Put: {
          TableName,
          Item: { pk: `t${place}`, sk: 'event', text },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
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

function embedded(location: string): Subject {
  const engine = openEngine({ location });
  const doc = clientOf({ endpoint: 'http://dynamodb.invalid', requestHandler: engine.requestHandler });
  return { doc, transactions: true, close: () => engine.close() };
}

async function dynaliteServer(): Promise<Subject> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite has no port.');
  const doc = clientOf({ endpoint: `http://127.0.0.1:${address.port}` });
  const close = () => {
    doc.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { doc, transactions: false, close };
}

async function prepare({ doc }: Subject): Promise<void> {
  await doc.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client: doc, minDelay: 1, maxDelay: 2, maxWaitTime: 30 }, { TableName });
}

/** Operations a second, each awaited before the next. */
async function rate(doc: DynamoDBDocument, operation: Operation): Promise<number> {
  const start = performance.now();
  for (let place = 0; place < COUNT; place++) await operation(doc, place);
  return Math.round((COUNT * 1000) / (performance.now() - start));
}

async function measure(subject: Subject): Promise<Record<string, number>> {
  const rates: Record<string, number> = {};
  await prepare(subject);
  for (const [name, operation] of Object.entries(operations)) rates[name] = await rate(subject.doc, operation);
  if (subject.transactions) rates.transactions = await rate(subject.doc, transactions);
  await subject.close();
  return rates;
}

const folder = mkdtempSync(join(tmpdir(), 'engine-bench-'));
try {
  // The first subject of a process pays for its warming up, so the first measurement is thrown away.
  await measure(embedded(':memory:'));
  const memory = await measure(embedded(':memory:'));
  const disk = await measure(embedded(folder));
  const other = await measure(await dynaliteServer());
  const rows = Object.entries(memory).map(([name, inMemory]) => {
    const theirs = other[name];
    const ratio = (ours: number) => (theirs === undefined ? '-' : (ours / theirs).toFixed(1));
    const inFolder = disk[name] ?? 0;
    return {
      '': name,
      memory: inMemory,
      folder: inFolder,
      dynalite: theirs ?? '-',
      'memory/dynalite': ratio(inMemory),
      'folder/dynalite': ratio(inFolder),
    };
  });
  console.table(rows);
} finally {
  rmSync(folder, { recursive: true });
}
