import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
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
];

let project: Project;

beforeAll(async () => {
  const compilers = versions.map((version) => `typescript-${version}@npm:typescript@~${version}.0`);
  project = await projectWith('types', [...compilers, '@types/node@24']);
});
afterAll(() => project.remove());

describe.each(versions)('TypeScript %s', (version) => {
  test.concurrent.each(resolutions.flatMap((resolution) => programs.map((program) => ({ ...resolution, ...program }))))(
    '$program with $moduleResolution',
    async ({ program, lib, types, moduleResolution, module, files }) => {
      const config = join(project.folder, `${program}-${moduleResolution}-${version}.json`);
      const compilerOptions = {
        target: 'es2022',
        lib,
        types,
        module,
        moduleResolution,
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      };
      await writeFile(
        config,
        JSON.stringify({ compilerOptions, files: files.map((kind) => `types/${program}.${kind}`) }),
      );
      const tsc = join(project.folder, `node_modules/typescript-${version}/bin/tsc`);
      const said = await run(process.execPath, [tsc, '--project', config]).catch((error: { stdout: string }) => error);
      expect(said.stdout).toBe('');
    },
  );
});
