import ts from 'typescript';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { generateAll } from '../generate/all.ts';
import { c, contract } from '../src/index.ts';
import { reads } from '../src/route.ts';
import { PageQuery, page } from '../src/shared/page.ts';

const Sticker = z
  .object({
    id: z.string(),
    colour: z.string().optional().meta({ deprecated: true, description: 'What `paint` says better.' }),
  })
  .meta({ id: 'Sticker', description: 'A mark of what a player did.' });
const Old = z.object({ id: z.string() }).meta({ id: 'OldSticker', deprecated: true, description: 'Use `Sticker`.' });

const stickers = c.router(
  {
    list: {
      method: 'GET',
      path: '/stickers',
      summary: 'List stickers',
      description: 'Use `badges.list`.',
      deprecated: true,
      query: PageQuery.extend({ colour: z.string().optional().meta({ deprecated: true, description: 'Gone soon.' }) }),
      responses: { 200: page('StickerPage', Sticker) },
      metadata: reads('dashboard', 'stickers'),
    },
    old: {
      method: 'GET',
      path: '/old-stickers',
      summary: 'List old stickers',
      description: 'All of them.',
      query: PageQuery,
      responses: { 200: page('OldStickerPage', Old) },
      metadata: reads('dashboard', 'stickers'),
    },
  },
  { pathPrefix: '/dashboard/v1' },
);

/** What an editor strikes through, by its name, of what is declared in a text. */
function struckThrough(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isNamed = ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isTypeAliasDeclaration(node);
    if (isNamed && ts.getJSDocDeprecatedTag(node)) found.push(node.name.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

test('what the contract deprecates is deprecated in the types of the SDK, and nothing else', async () => {
  const { files } = await generateAll({ ...contract, dashboard: { ...contract.dashboard, stickers } });
  const types = files['sdk/src/generated/types.ts'] ?? '';
  const before = (await generateAll(contract)).files;
  const count = (path: string) => struckThrough(files[path] ?? '').length - struckThrough(before[path] ?? '').length;
  // A field, a parameter of a query, and a whole type.
  expect(struckThrough(types)).toEqual(expect.arrayContaining(['colour', 'colour', 'OldSticker']));
  expect(count('sdk/src/generated/types.ts')).toBe(3);
  expect(struckThrough(files['sdk/src/generated/clients.ts'] ?? '')).toContain('list');
  expect(count('sdk/src/generated/clients.ts')).toBe(1);
  expect(types).toMatch(/What `paint` says better\.\s+\*\s+\*? ?@deprecated/);
});
