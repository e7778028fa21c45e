import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { nodeOf, type Project, projectWith } from './project.ts';

const run = promisify(execFile);
/** The SDK beside the platform's own tarball, with each msw that its handlers are for: 3 is for Node 22 and later. */
const projects: Project[] = [];
const msws = [3, 2];

beforeAll(async () => {
  for (const msw of msws) {
    projects.push(await projectWith('testing', [inject('tarballs').server, `msw@${msw}`]));
  }
}, 240_000);
afterAll(() => Promise.all(projects.map((project) => project.remove())));

const works = {
  mocked: ['Three a day'],
  user: 'player-7',
  calls: ['app.missions.list 429', 'app.missions.list 200', 'dashboard.users.create 201'],
  sameClass: true,
  occurredAt: '2026-11-24T09:00:00.000Z',
  now: '2026-11-26T09:00:00.000Z',
  xp: 10,
  refused: ['not_found', true],
  closed: true,
};

describe.each([22, 24, 26])('on Node %i', (version) => {
  let node = '';
  beforeAll(async () => {
    node = await nodeOf(version);
  });

  describe.each(msws)('with msw %i', (msw) => {
    test.each(['esm.mjs', 'cjs.cjs'])('%s mocks Laurel, runs the real platform, and ends by itself', async (main) => {
      const { folder = '' } = projects[msws.indexOf(msw)] ?? {};
      const { stdout } = await run(node, [join(folder, 'testing', main)], { timeout: 60_000, killSignal: 'SIGKILL' });
      expect(JSON.parse(stdout)).toEqual(works);
    });
  });
});
