import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../src/domain/', import.meta.url));
const inside = (path: string) => !relative(root, path).startsWith('..');

/** Globals by which a clock, chance, a locale or the outside would come in. */
const impure = [
  'Date',
  'Temporal',
  'Intl',
  'process',
  'performance',
  'crypto',
  'console',
  'fetch',
  'setTimeout',
  'globalThis',
  'require',
];
/** What reads a given instant and no clock: the core's instants are all in UTC, with `Z`. */
const pureMembers = ['Date.parse'];
const impureMembers = ['random', 'localeCompare', 'toLocaleString'];

/** What a source does that the pure core must not do. */
function trespasses(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
        const typesOnly = ts.isImportDeclaration(node)
          ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
          : node.isTypeOnly;
        const from = node.moduleSpecifier.text;
        const local = from.startsWith('.') && inside(resolve(dirname(file), from));
        if (!local && !(typesOnly && from === '@laurel/contract/types')) found.push(`imports ${from}`);
      }
      return;
    }
    if (ts.isImportTypeNode(node)) found.push(`imports ${node.argument.getText()}`);
    if (node.kind === ts.SyntaxKind.ImportKeyword) found.push('imports at run time');
    if (ts.isPropertyAccessExpression(node) && pureMembers.includes(node.getText())) return;
    // A given instant in another form; without arguments it would be the clock.
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && node.arguments?.length === 1) {
      for (const argument of node.arguments) visit(argument);
      return;
    }
    if (ts.isMetaProperty(node)) found.push('reads import.meta');
    if (ts.isPropertyAccessExpression(node) && impureMembers.includes(node.name.text))
      found.push(`calls ${node.name.text}`);
    if (ts.isIdentifier(node) && impure.includes(node.text)) found.push(`names ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

describe('the core', () => {
  test('has sources', () => {
    expect(sources).toEqual(
      expect.arrayContaining(['index.ts', join('fold', 'decide.ts'), join('mission', 'move.ts')]),
    );
  });

  test.each(sources)('%s imports nothing from outside but types of the contract, and is pure', (path) => {
    const file = join(root, path);
    expect(trespasses(file, readFileSync(file, 'utf8'))).toEqual([]);
  });
});

describe('the check itself', () => {
  test.each([
    ["import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ["import * as z from 'zod';", 'imports zod'],
    ["import { Mission } from '@laurel/contract/types';", 'imports @laurel/contract/types'],
    ["import { type Mission } from '@laurel/contract/types';", 'imports @laurel/contract/types'],
    ["import type { Mission } from '@laurel/contract';", 'imports @laurel/contract'],
    ["import '../store/table.ts';", 'imports ../store/table.ts'],
    ["import type { Table } from './mission/../../store/table.ts';", 'imports ./mission/../../store/table.ts'],
    ["export * from 'zod';", 'imports zod'],
    ["const z = await import('zod');", 'imports at run time'],
    ["type Z = import('zod').ZodType;", "imports 'zod'"],
    ['const now = new Date();', 'names Date'],
    ['const now = Date.now();', 'names Date'],
    ['const later = new Date(Date.now());', 'names Date'],
    ['const read = Date;', 'names Date'],
    ['const chance = Math.random();', 'calls random'],
    ['const order = a.localeCompare(b);', 'calls localeCompare'],
  ])('finds %s', (text, trespass) => {
    expect(trespasses(join(root, 'sample.ts'), text)).toContain(trespass);
  });

  test.each([
    "import type { Mission } from '@laurel/contract/types';",
    "import { lookup } from './record.ts';",
    "import { lookup } from './mission/../record.ts';",
    "const instant = Date.parse('2026-11-24T10:00:00.000Z');",
    'const text = new Date(day * 86_400_000).toISOString();',
  ])('allows %s', (text) => {
    expect(trespasses(join(root, 'sample.ts'), text)).toEqual([]);
  });
});
