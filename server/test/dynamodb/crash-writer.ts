// The child of the crash test: it opens the engine in the folder that it is given and commits transactions, one after
// the other, each of three items that carry its number. It says each number once it has been acknowledged.
import { writeSync } from 'node:fs';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { openEngine } from '../../src/local/dynamodb/index.ts';
import { clientOf, mainTable } from './engine-client.ts';

const [folder = '', first = '0', last = '0'] = process.argv.slice(2);
const engine = openEngine({ location: folder });
const doc = clientOf(engine);
if (first === '0') await doc.send(new CreateTableCommand(mainTable));

const batch = 8;
for (let start = Number(first); start < Number(last); start += batch) {
  // Several at once, so that some share a commit.
  await Promise.all(Array.from({ length: batch }, (_, place) => commit(start + place)));
}
engine.close();

async function commit(number: number): Promise<void> {
  const items = ['a', 'b', 'c'].map((part) => ({ pk: `${number}/${part}`, number, text: 'x'.repeat(100) }));
  await doc.transactWrite({
    TransactItems: [
      ...items.map((Item) => ({ Put: { TableName: 'main', Item } })),
      {
        Update: {
          TableName: 'main',
          Key: { pk: 'count' },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
  });
  // Straight to the file descriptor: what is said is out, whatever happens to this process next.
  writeSync(1, `${number}\n`);
}
