// Writes everything that is derived from the contract. With --check it writes nothing, names each file that is not as
// it would be written, and exits with 1 if there is any.
import { fileURLToPath } from 'node:url';
import { contract } from '../src/index.ts';
import { generateAll } from './all.ts';
import { differences, write } from './files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { files, folders } = await generateAll(contract);

if (process.argv.includes('--check')) {
  const found = await differences(root, files, folders);
  for (const { path, reason } of found) process.stderr.write(`${path}: ${reason}\n`);
  if (found.length > 0) {
    process.stderr.write('Run `npm run generate` and commit what it writes.\n');
    process.exitCode = 1;
  }
} else {
  const changed = await write(root, files, folders);
  for (const path of changed) process.stdout.write(`${path}\n`);
  process.stdout.write(`${Object.keys(files).length} files are generated, ${changed.length} changed.\n`);
}
