import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Project, projectWith } from './project.ts';

const run = promisify(execFile);
/** Every minor version from the oldest that the package is for. */
const versions = ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0'];
const resolutions = [
  { moduleResolution: 'node16', module: 'node16', files: ['mts', 'cts'] },
  { moduleResolution: 'nodenext', module: 'nodenext', files: ['mts', 'cts'] },
  { moduleResolution: 'bundler', module: 'esnext', files: ['mts'] },
];
const programs = [
  { program: 'browser', lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'], types: [] },
  { program: 'backend', lib: ['es2022'], types: ['node'] },
  { program: 'testing', lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'], types: ['node'] },
  { program: 'msw', lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'], types: ['node'] },
  { program: 'react', lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'], types: [] },
];

/** What a reader of the README has around its snippets with JSX. */
const AROUND = {
  backend: "import('@laurel/sdk/server').Laurel",
  baseUrl: 'string',
  getToken: '() => Promise<string>',
  laurel: "import('@laurel/sdk').Laurel",
  queryClient: "import('@tanstack/react-query').QueryClient",
  user: '{ readonly id: string }',
};

function withAround(code: string): string {
  const missing = Object.entries(AROUND).filter(([name]) => !code.includes(`const ${name} =`));
  return [code, ...missing.map(([name, type]) => `declare const ${name}: ${type};`), ''].join('\n');
}

const SNIPPETS = 2;
const readme = join(import.meta.dirname, '../../README.md');

let project: Project;

/** The README's snippets with JSX, as a program of their own. */
async function writeSnippets(): Promise<void> {
  const snippets = [...(await readFile(readme, 'utf8')).matchAll(/^```tsx\n(.*?)^```$/gms)].map(
    ([, code = '']) => code,
  );
  expect(snippets).toHaveLength(SNIPPETS);
  for (const [nth, code] of snippets.entries()) {
    await writeFile(join(project.folder, `types/react-${nth}.tsx`), withAround(code));
  }
}

beforeAll(async () => {
  const compilers = versions.map((version) => `typescript-${version}@npm:typescript@~${version}.0`);
  const packages = ['@types/node@24', 'react@19', '@types/react@19', '@tanstack/react-query@5', 'msw@3'];
  project = await projectWith('types', [...compilers, ...packages]);
  await writeSnippets();
});
afterAll(() => project.remove());

/** What is compiled by a version: msw says itself that its types are for 5.9 and later. */
function casesOf(version: string) {
  const own = programs.filter(({ program }) => program !== 'msw' || ['5.9', '6.0'].includes(version));
  return resolutions.flatMap((resolution) => own.map((program) => ({ ...resolution, ...program })));
}

/** The files of a program: the snippets are of React, and the types of msw are for ESM alone. */
function sourcesOf(program: string, files: readonly string[]): readonly string[] {
  if (program === 'react') return Array.from({ length: SNIPPETS }, (_, nth) => `types/react-${nth}.tsx`);
  return (program === 'msw' ? ['mts'] : files).map((kind) => `types/${program}.${kind}`);
}

describe.each(versions)('TypeScript %s', (version) => {
  test.concurrent.each(casesOf(version))(
    '$program with $moduleResolution',
    async ({ program, lib, types, moduleResolution, module, files }) => {
      const config = join(project.folder, `${program}-${moduleResolution}-${version}.json`);
      const compilerOptions = {
        target: 'es2022',
        lib,
        types,
        module,
        moduleResolution,
        jsx: 'react-jsx',
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      };
      await writeFile(config, JSON.stringify({ compilerOptions, files: sourcesOf(program, files) }));
      const tsc = join(project.folder, `node_modules/typescript-${version}/bin/tsc`);
      const said = await run(process.execPath, [tsc, '--project', config]).catch((error: { stdout: string }) => error);
      expect(said.stdout).toBe('');
    },
  );
});
