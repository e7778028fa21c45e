import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CASE_FILES, CASES } from './cases.ts';

const sources = new Map(
  CASE_FILES.map((file) => [file, readFileSync(join(import.meta.dirname, '..', file), 'utf8')] as const),
);

/** The names that a file gives to tests and to what they stand in, as far as they are plain text; none that is skipped. */
function namesIn(source: string): string[] {
  const calls = source.matchAll(
    /\b(?:describe|test)(?:\.each\((?:[^()]|\([^()]*\))*\)|\.skipIf\([^()]*\))?\(\s*(['`])(.*?)\1/gs,
  );
  return [...calls].map(([, , name = '']) => name.replace(/(?:\$\{|%).*$/s, ''));
}

const named = new Map([...sources].map(([file, source]) => [file, namesIn(source)] as const));

test('there are fifteen cases, in order', () => {
  expect(CASES.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
});

describe.each(CASES)('case $number: $text', ({ number, proofs, needsEngine = [] }) => {
  test('has tests', () => {
    expect(proofs.length).toBeGreaterThan(0);
    for (const { file, tests } of proofs) {
      expect(tests.length).toBeGreaterThan(0);
      for (const name of tests) expect(named.get(file)).toContain(name);
    }
  });

  test('lists all that a file calls by its number', () => {
    for (const { file, tests } of proofs) {
      const own = (named.get(file) ?? []).filter((name) => new RegExp(`^case ${number}\\b`).test(name));
      expect(tests).toEqual(expect.arrayContaining(own));
    }
  });

  test('runs at any endpoint, but for what says that it needs the engine', () => {
    const skipped = proofs.flatMap(({ file }) => {
      const calls = (sources.get(file) ?? '').matchAll(/test\.skipIf\(ENDPOINT !== undefined\)\(\s*'([^']*)'/g);
      return [...calls].map(([, name = '']) => name);
    });
    for (const name of needsEngine) expect(skipped).toContain(name);
    const all = new Set(CASES.flatMap((one) => one.needsEngine ?? []));
    for (const name of skipped) expect(all).toContain(name);
  });
});
