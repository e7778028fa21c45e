import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyEntryWorks, serveEveryEntry } from '../every-entry.ts';
import { nodeOf, type Project, projectWith } from './project.ts';

const run = promisify(execFile);
let project: Project;

beforeAll(async () => {
  project = await projectWith('matrix');
});
afterAll(() => project.remove());

describe.each([22, 24, 26])('on Node %i', (version) => {
  let node = '';
  beforeAll(async () => {
    node = await nodeOf(version);
  });

  test.each(['esm.mjs', 'cjs.cjs'])('%s uses every entry of the installed package', async (main) => {
    const { stdout: running } = await run(node, ['--version']);
    expect(running).toMatch(new RegExp(`^v${version}\\.`));
    const env = { ...process.env, BASE_URL: await serveEveryEntry() };
    const { stdout, stderr } = await run(node, ['--throw-deprecation', join(project.folder, 'matrix', main)], { env });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(everyEntryWorks);
  });
});
