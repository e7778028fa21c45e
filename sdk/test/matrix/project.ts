import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';

const run = promisify(execFile);
const sdk = join(import.meta.dirname, '../..');
const shell = process.platform === 'win32';

/** A clean project that has installed the SDK's tarball, as npm does it, and what else it names. */
export interface Project {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Installs the tarball, and other packages, beside one of the programs in `consumers`. */
export async function projectWith(consumer: string, packages: readonly string[] = []): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'laurel-matrix-'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  await cp(join(sdk, 'consumers', consumer), join(folder, consumer), { recursive: true });
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...quiet, inject('tarballs').sdk, ...packages], { cwd: folder, shell });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Where a Node of this version is, from the registry. */
export async function nodeOf(version: number): Promise<string> {
  const { stdout } = await run(
    'npm',
    ['exec', '--yes', `--package=node@${version}`, '--', 'node', '--print', 'process.execPath'],
    { cwd: tmpdir(), shell },
  );
  return stdout.trim();
}
