import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestClock } from '../game/test-clock.ts';
import { clockAt, type Game, openGame } from '../game/world.ts';
import { bookAt, moduleOf, namedIn, type Page, pagesOf, play } from './pages.ts';
import { typeErrorsIn } from './typed.ts';

const GUIDES = bookAt('guides');
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Where the clock stands when a page begins, as docs/guides/README.md says: a Monday. */
const BEGINNING = '2026-06-01T12:00:00Z';
/** A screen and a half. */
const MOST_LINES = 110;

const pages = await pagesOf(GUIDES);
let game: Game;
let folder: string;
const fileOf = ({ name }: Page) => join(folder, `${name}.ts`);

beforeAll(async () => {
  folder = await mkdtemp(join(HERE, 'pages-'));
  await Promise.all(pages.map((page) => writeFile(fileOf(page), moduleOf(page, { laurel: 'Laurel' }))));
  game = await openGame({ clock: clockAt(BEGINNING) });
});
afterAll(async () => {
  await game.close();
  await rm(folder, { recursive: true, force: true });
});

test('the list of guides names every page, and no other', async () => {
  expect(await namedIn(GUIDES)).toEqual(pages.map(({ name }) => name));
});

describe.each(pages)('the guide $name', (page) => {
  test('shows what comes out, on a page', () => {
    expect(page.blocks.length).toBeGreaterThan(0);
    expect(page.blocks.at(-1)).toContain('assert.');
    expect(page.text.split('\n').length).toBeLessThan(MOST_LINES);
  });

  test('runs as it is written', async () => {
    await play(fileOf(page), { laurel: await openTestClock(game, page.name) });
  });
});

test('the snippets are well typed', async () => {
  expect(await typeErrorsIn(folder)).toBe('');
}, 120_000);
