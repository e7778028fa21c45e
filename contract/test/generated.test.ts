import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateAll, generators } from '../generate/all.ts';
import { differences, write } from '../generate/files.ts';
import { openApiDocuments } from '../generate/openapi.ts';
import { contract } from '../src/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the generated files are as the contract says', async () => {
  const { files, folders } = await generateAll(contract);
  expect(await differences(root, files, folders)).toEqual([]);
});

test('two runs make the same files', async () => {
  expect(await generateAll(contract)).toEqual(await generateAll(contract));
});

test.each(generators)('$name makes files, each ended by a line break', async ({ generate }) => {
  const files = await generate(contract, openApiDocuments(contract));
  expect(Object.keys(files)).not.toEqual([]);
  for (const text of Object.values(files)) expect(text).toMatch(/[^\n]\n$/);
});

describe('the comparison of a tree with what would be written', () => {
  let tree = '';
  const files = { 'made/a.txt': 'a\n', 'made/b/c.txt': 'c\n', 'other/d.txt': 'd\n' };

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'laurel-'));
    await mkdir(join(tree, 'made'));
    await mkdir(join(tree, 'other'));
    await writeFile(join(tree, 'made/a.txt'), 'old\n');
    await writeFile(join(tree, 'made/gone.txt'), 'gone\n');
    await writeFile(join(tree, 'other/kept.txt'), 'kept\n');
  });
  afterAll(() => rm(tree, { recursive: true }));

  test('names what is stale, missing and left over, in the folders that are wholly generated', async () => {
    expect(await differences(tree, files, ['made'])).toEqual([
      { path: 'made/a.txt', reason: 'stale' },
      { path: 'made/b/c.txt', reason: 'missing' },
      { path: 'other/d.txt', reason: 'missing' },
      { path: 'made/gone.txt', reason: 'left over' },
    ]);
  });

  test('finds nothing after a write, which keeps what is not its own', async () => {
    await write(tree, files, ['made']);
    expect(await differences(tree, files, ['made'])).toEqual([]);
    expect(await readFile(join(tree, 'other/kept.txt'), 'utf8')).toBe('kept\n');
    expect(await write(tree, files, ['made'])).toEqual([]);
  });
});
