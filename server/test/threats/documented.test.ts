import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const page = read('docs/security.md');

/** A row of a table of the page: what it begins with, and the tests that it names by file. */
interface Row {
  readonly first: string;
  readonly proofs: readonly { readonly file: string; readonly names: readonly string[] }[];
}

function rowsOf(text: string): Row[] {
  const lines = text.split('\n').filter((line) => line.startsWith('| ') && line.includes('›'));
  return lines.map((line) => {
    const first = line.split('|')[1]?.trim() ?? '';
    const proofs = [...line.matchAll(/`([^`]+\.ts)`((?: › “[^”]+”)+)/g)].map(([, file = '', names = '']) => ({
      file,
      names: [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
    }));
    return { first, proofs };
  });
}

/** The names that a file gives to tests and to what they stand in. */
function namesIn(source: string): string[] {
  const calls = source.matchAll(
    /\b(?:describe|test)(?:\.each\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\.skipIf\([^()]*\))?\(\s*(['"`])(.*?)\1/gs,
  );
  return [...calls].map(([, , name = '']) => name.replace(/\$\{.*$/s, '').replaceAll(/\\(.)/g, '$1'));
}

const [threats = '', owasp = ''] = page.split('## OWASP');
const rows = rowsOf(threats);
const numbersOf = ({ first }: Row) => first.split(', ').map(Number);

/** The numbers of threats that a test says it is about. */
function carriedIn(name: string): number[] {
  return (/^threats? (\d+)(?: and (\d+))?\b/.exec(name) ?? [])
    .slice(1)
    .flatMap((number) => number ?? [])
    .map(Number);
}

test('each of the 56 threats has its row, with a test in it that says its number', () => {
  const all = rows.flatMap(numbersOf).toSorted((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: 56 }, (_, index) => index + 1));
  const said = rows.flatMap(({ proofs }) => proofs.flatMap(({ names }) => names.flatMap(carriedIn)));
  expect(all.filter((number) => !said.includes(number))).toEqual([]);
});

test('whatever test carries the number of a threat stands in its row', () => {
  const files = readdirSync(join(root, 'server/test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `server/test/${file.replaceAll('\\', '/')}`);
  const carried = files.flatMap((file) =>
    namesIn(read(file)).flatMap((name) => carriedIn(name).map((number) => ({ file, number }))),
  );
  expect(carried.length).toBeGreaterThan(56);
  const isNamed = ({ file, number }: { readonly file: string; readonly number: number }) =>
    rows.some((row) => numbersOf(row).includes(number) && row.proofs.some((proof) => proof.file === file));
  expect(carried.filter((one) => !isNamed(one))).toEqual([]);
});

test('so has each of the ten risks of OWASP', () => {
  expect(rowsOf(owasp).map(({ first }) => first)).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`));
});

describe.each([...rows, ...rowsOf(owasp)])('$first', ({ first, proofs }) => {
  test('names tests that exist', () => {
    expect(proofs.length).toBeGreaterThan(0);
    for (const { file, names } of proofs) {
      expect(existsSync(join(root, file)), file).toBe(true);
      const known = namesIn(read(file));
      for (const name of names) {
        const isKnown = known.some((one) => one.replaceAll('’', "'") === name.replaceAll('’', "'"));
        expect(isKnown, `${first}: ${file} has no test “${name}”`).toBe(true);
      }
    }
  });
});
