import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestClock } from '../game/test-clock.ts';
import { clockAt, type Game, openGame } from '../game/world.ts';
import { typeErrorsIn } from './typed.ts';

const GUIDES = fileURLToPath(new URL('../../../docs/guides/', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Where the clock stands when a page begins, as docs/guides/README.md says: a Monday. */
const BEGINNING = '2026-06-01T12:00:00Z';
/** A screen and a half. */
const MOST_LINES = 110;

interface Page {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly string[];
}

async function pagesOf(folder: string): Promise<Page[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return Promise.all(
    names.toSorted().map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block);
      return { name: basename(name, '.md'), text, blocks };
    }),
  );
}

/** The blocks of a page, in order, as one module that is given a client. */
function moduleOf({ blocks }: Page): string {
  return `import assert from 'node:assert/strict';
import type { Laurel } from '@laurel/sdk/server';

export const checks = assert;
export async function play(laurel: Laurel): Promise<void> {
${blocks.join('\n')}
}
`;
}

async function play(path: string, laurel: Laurel): Promise<void> {
  const page: { play(laurel: Laurel): Promise<void> } = await import(/* @vite-ignore */ pathToFileURL(path).href);
  await page.play(laurel);
}

const pages = await pagesOf(GUIDES);
let game: Game;
let folder: string;
const fileOf = ({ name }: Page) => join(folder, `${name}.ts`);

beforeAll(async () => {
  folder = await mkdtemp(join(HERE, 'pages-'));
  await Promise.all(pages.map((page) => writeFile(fileOf(page), moduleOf(page))));
  game = await openGame({ clock: clockAt(BEGINNING) });
});
afterAll(async () => {
  await game.close();
  await rm(folder, { recursive: true, force: true });
});

test('the list of guides names every page, and no other', async () => {
  const list = await readFile(join(GUIDES, 'README.md'), 'utf8');
  const named = [...list.matchAll(/\]\(([a-z0-9-]+)\.md\)/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(pages.map(({ name }) => name));
});

describe.each(pages)('the guide $name', (page) => {
  test('shows what comes out, on a page', () => {
    expect(page.blocks.length).toBeGreaterThan(0);
    expect(page.blocks.at(-1)).toContain('assert.');
    expect(page.text.split('\n').length).toBeLessThan(MOST_LINES);
  });

  test('runs as it is written', async () => {
    await play(fileOf(page), await openTestClock(game, page.name));
  });
});

test('the snippets are well typed', async () => {
  expect(await typeErrorsIn(folder)).toBe('');
}, 120_000);
