import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    tarball: string;
  }
}

/** Packs the package once for all: by pnpm, which builds, and puts the catalog's versions into the manifest. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'laurel-packed-'));
  const options = { cwd: join(import.meta.dirname, '../..'), shell: process.platform === 'win32' };
  await promisify(execFile)('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', folder], options);
  const [tarball = ''] = await readdir(folder);
  provide('tarball', join(folder, tarball));
  return () => rm(folder, { recursive: true });
}
