import { join } from 'node:path';
import { build } from 'vite';
import { openWorld } from './world.ts';

const root = join(import.meta.dirname, '..');
const person = { email: 'ada@example.com', password: 'a long and secret phrase' };

await build({ root, logLevel: 'warn', resolve: { conditions: ['@laurel/source'] } });
const { url } = await openWorld(join(root, 'dist'), person, 8788);
process.stdout.write(`The page: ${url}\nSign in as ${person.email} with "${person.password}".\n`);
