import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from './artefacts.ts';

/** A file that is not as the generators would write it. */
export interface Difference {
  /** From the root of the repository. */
  readonly path: string;
  readonly reason: 'missing' | 'stale' | 'left over';
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  const entries = (await unlessMissing(readdir(join(root, folder), { withFileTypes: true, recursive: true }))) ?? [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''));
}

/** Compares the tree below `root` with what would be written. `folders` are those that hold generated files only. */
export async function differences(root: string, files: Files, folders: readonly string[]): Promise<Difference[]> {
  const compared = await Promise.all(
    Object.entries(files).map(async ([path, text]): Promise<Difference[]> => {
      const present = await unlessMissing(readFile(join(root, path), 'utf8'));
      if (present === text) return [];
      return [{ path, reason: present === undefined ? 'missing' : 'stale' }];
    }),
  );
  const present = await Promise.all(folders.map((folder) => filesIn(root, folder)));
  const leftOver = present.flat().filter((path) => !(path in files));
  return [...compared.flat(), ...leftOver.map((path) => ({ path, reason: 'left over' as const }))];
}

/** Makes the tree below `root` as the generators say, and answers with the paths that changed. */
export async function write(root: string, files: Files, folders: readonly string[]): Promise<string[]> {
  const found = await differences(root, files, folders);
  for (const { path } of found) {
    const text = files[path];
    if (text === undefined) {
      await rm(join(root, path));
    } else {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  }
  return found.map(({ path }) => path);
}
