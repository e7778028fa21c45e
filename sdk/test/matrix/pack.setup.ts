import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the SDK, and of the platform that its entry for tests starts. */
    tarballs: { readonly sdk: string; readonly server: string };
  }
}

const root = join(import.meta.dirname, '../../..');

/** Packs a package: by pnpm, which builds, and puts the catalog's versions into the manifest. */
async function packed(name: string, into: string): Promise<string> {
  const folder = await mkdtemp(join(into, `${name}-`));
  const options = { cwd: join(root, name), shell: process.platform === 'win32' };
  await promisify(execFile)('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', folder], options);
  const [tarball = ''] = await readdir(folder);
  return join(folder, tarball);
}

/** Packs what is published, once for all. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'laurel-packed-'));
  provide('tarballs', { sdk: await packed('sdk', folder), server: await packed('server', folder) });
  return () => rm(folder, { recursive: true });
}
