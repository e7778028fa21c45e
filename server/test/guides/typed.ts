import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT_CONFIG = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url));

/** What the compiler finds in the programs of a folder, by the rules of the repository; nothing where all is well. */
export async function typeErrorsIn(folder: string): Promise<string> {
  const config = { extends: ROOT_CONFIG, include: ['*.ts'], exclude: [] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  return promisify(execFile)(process.execPath, [tsc, '-p', folder]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
}
