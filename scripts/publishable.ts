import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PNPM = 'pnpm@12.21.0';

/** The packages that are published, by their folders, and what attw is told of them. */
const packages: readonly (readonly [folder: string, ...attw: string[]])[] = [
  ['sdk'],
  // Only as ESM: what uses it imports it lazily. The documents that it has besides are no modules.
  ['server', '--profile', 'esm-only', '--exclude-entrypoints', './openapi/*'],
];

/** Builds and packs a package as it would be published, lets two judges look at the tarball, and a third at its size. */
async function judge(folder: string, into: string, told: readonly string[]): Promise<void> {
  // By pnpm, which puts the catalog's versions into the manifest and builds first (`prepack`).
  await run('npx', ['--yes', PNPM, 'pack', '--pack-destination', into], { cwd: folder });
  const tarball = (await readdir(into)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`nothing was packed of ${folder}`);
  for (const [judgeName, args] of [
    ['publint', ['run', join(into, tarball), '--strict']],
    ['attw', [join(into, tarball), ...told]],
  ] as const) {
    const { stdout } = await run(judgeName, args);
    process.stdout.write(stdout);
  }
  // What was just built, by the limits in its `.size-limit.json`; what no page loads has none.
  if (!existsSync(join(folder, '.size-limit.json'))) return;
  const { stdout } = await run(resolve(folder, 'node_modules/.bin/size-limit'), [], { cwd: folder });
  process.stdout.write(stdout);
}

for (const [folder, ...told] of packages) {
  const into = await mkdtemp(join(tmpdir(), 'laurel-pack-'));
  try {
    await judge(folder, into, told);
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) process.stdout.write(String(error.stdout));
    throw error;
  } finally {
    await rm(into, { recursive: true });
  }
}
