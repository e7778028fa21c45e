import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Game, laurelOf, openGame } from '../game/world.ts';
import { bookAt, moduleOf, namedIn, type Page, pagesOf, play } from './pages.ts';
import { typeErrorsIn } from './typed.ts';

const OPERATING = bookAt('operating');
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** A screen and a half. */
const MOST_LINES = 110;

const pages = await pagesOf(OPERATING);
let game: Game;
let folder: string;
const fileOf = ({ name }: Page) => join(folder, `${name}.ts`);
/** What a page may speak of, as the book's list says, and the end of sealing, for which nobody here waits by the clock. */
const given = { root: 'Laurel', laurel: 'Laurel', sealed: '() => Promise<unknown>' };

beforeAll(async () => {
  folder = await mkdtemp(join(HERE, 'pages-'));
  await Promise.all(pages.map((page) => writeFile(fileOf(page), moduleOf(page, given))));
  game = await openGame();
});
afterAll(async () => {
  await game.close();
  await rm(folder, { recursive: true, force: true });
});

test('the list names every page, and no other', async () => {
  expect(await namedIn(OPERATING)).toEqual(pages.map(({ name }) => name));
});

describe.each(pages)('the page $name', (page) => {
  test('shows what comes out, on a page', () => {
    expect(page.blocks.at(-1)).toContain('assert.');
    expect(page.text.split('\n').length).toBeLessThan(MOST_LINES);
  });

  test('runs as it is written', async () => {
    const root = laurelOf(await game.platform.createPlatformClient());
    const laurel = laurelOf(await game.platform.createWorkspaceClient({ tenant: 'acme', workspace: page.name }));
    await play(fileOf(page), { root, laurel, sealed: game.platform.inside.sealer.seal });
  });
});

test('the snippets are well typed', async () => {
  expect(await typeErrorsIn(folder)).toBe('');
}, 120_000);
