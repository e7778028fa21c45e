import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A page of the documentation, with its programs. */
export interface Page {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly string[];
}

/** A folder below `docs`. */
export function bookAt(name: string): string {
  return fileURLToPath(new URL(`../../../docs/${name}/`, import.meta.url));
}

/** The pages of a book, in the order of their names. */
export async function pagesOf(folder: string): Promise<Page[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return Promise.all(
    names.toSorted().map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block);
      return { name: basename(name, '.md'), text, blocks };
    }),
  );
}

/** The names of the pages that a book's list leads to. */
export async function namedIn(folder: string): Promise<string[]> {
  const list = await readFile(join(folder, 'README.md'), 'utf8');
  return [...list.matchAll(/\]\(([a-z0-9-]+)\.md\)/g)].map(([, name = '']) => name).toSorted();
}

/**
 * The blocks of a page, in order, as one module.
 * @param given the names of what the page is given, with their types
 */
export function moduleOf({ blocks }: Page, given: Readonly<Record<string, string>>): string {
  const [names, types] = [Object.keys(given), Object.entries(given).map(([name, type]) => `${name}: ${type}`)];
  return `import assert from 'node:assert/strict';
import type { Laurel } from '@laurel/sdk/server';

export const checks = assert;
export async function play({ ${names.join(', ')} }: { ${types.join('; ')} }): Promise<void> {
${blocks.join('\n')}
}
`;
}

/** Runs the module of a page. */
export async function play(file: string, given: object): Promise<void> {
  const page: { play(given: object): Promise<void> } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  await page.play(given);
}
