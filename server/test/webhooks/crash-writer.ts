// The child of the crash test: a platform in the folder that it is given, with a webhook, that commits what happens
// until it is killed. It says the id of each happening once its commit has been answered.
import { writeSync } from 'node:fs';
import { commit } from '../../src/store/commit.ts';
import { happen } from '../../src/store/happen.ts';
import { saveHappenings } from '../../src/store/happenings.ts';
import { HOME, openGame } from '../game/world.ts';
import { completed, scopeAt } from './world.ts';

const [folder = ''] = process.argv.slice(2);
const { laurel, table, platform } = await openGame({ data: folder });
const { newId } = platform.inside.platform;
const scope = scopeAt(HOME);
await laurel.webhooks.create({ url: 'https://hooks.example.com/x' });

for (let sequence = 1; ; sequence += 1) {
  const happenings = happen({ newId, scope }, 'ada', [completed(`m${sequence}`)]);
  await commit(
    table,
    saveHappenings(table, scope, { userId: 'ada', sequence, at: new Date().toISOString(), happenings }),
  );
  // Straight to the file descriptor: what is said is out, whatever happens to this process next.
  writeSync(1, `${happenings[0]?.id}\n`);
}
