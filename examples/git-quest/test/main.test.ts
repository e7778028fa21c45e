import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPlatform } from '@laurel/server/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRepository, temporaryFolder } from './fixture.ts';
import { edges } from './histories.ts';
import { naive } from './naive.ts';

const folder = await temporaryFolder();
const repo = join(folder.path, 'a repository');
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

beforeAll(() => makeRepository(repo, edges));
afterAll(folder.remove);

/** Runs the command as a person does, without a terminal, standing in the folder. */
async function run(...args: string[]) {
  const env = { ...process.env, LAUREL_CWD: folder.path };
  const child = spawn(process.execPath, ['--conditions=@laurel/source', main, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const [status] = await once(child, 'close');
  return { status, ...text };
}

describe('git-quest', () => {
  it('prints one JSON object and nothing else', async () => {
    const { status, stdout, stderr } = await run('--repo', 'a repository', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toEqual(await naive(repo, 'a repository'));
  });

  it('prints a summary for people, and its progress beside it', async () => {
    const { status, stdout, stderr } = await run('--repo', repo);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^(Sent \d+ of 20 commits\.\n)*Sent 20 of 20 commits\.\n$/);
    for (const title of [`${repo}: 20 commits by 5 players`, 'Podium', 'Streak calendar', 'Players']) {
      expect(stdout).toContain(title);
    }
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('@');
  });

  it('plays on an existing platform, again and again', async () => {
    const platform = await startPlatform({ data: ':memory:', port: 0 });
    try {
      const place = { tenant: 'someone', workspace: 'elsewhere' };
      const { baseUrl, clientId, clientSecret, tokenEndpoint } = await platform.createWorkspaceClient(place);
      const target = ['--base-url', baseUrl, '--client-id', clientId, '--token-endpoint', tokenEndpoint];
      const words = ['--repo', repo, '--json', ...target, '--client-secret', clientSecret];
      const first = await run(...words);
      expect(JSON.parse(first.stdout)).toEqual(await naive(repo, repo));
      expect(await run(...words)).toEqual(first);
    } finally {
      await platform.close();
    }
  });

  it('keeps its output clean and names what it skips, where a clock was wrong', async () => {
    const skewed = join(folder.path, 'skewed');
    const future = Date.parse('2199-01-01T00:00:00Z') / 1000;
    await makeRepository(skewed, [
      { email: 'ada@example.com', at: 1 },
      { email: 'bo@example.com', at: future },
    ]);
    const { status, stdout, stderr } = await run('--repo', 'skewed', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(await naive(skewed, 'skewed', 1));
    expect(stderr).toMatch(/^[0-9a-f]{12} was skipped \(time_out_of_range\): written at 2199-01-01T00:00:00.000Z\n$/);
  });

  it('prints for the sample what the README shows', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const json = await run('--sample', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ repo: 'sample', events: 300, players: 6 });
    for (const { stdout } of [json, await run('--sample')]) expect(readme).toContain(`\`\`\`\n${stdout}\`\`\``);
  });

  it('explains itself', async () => {
    const { status, stdout } = await run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--repo PATH');
  });

  it.each([
    [['--repo', '.', '--json'], /^git-quest: Cannot read a git repository at .*: not a git repository.*\n$/],
    [['--repo', 'nowhere'], /^git-quest: There is nothing at ".*nowhere"\.\n$/],
    [['--base-url', 'http://127.0.0.1:1'], /^git-quest: An existing platform needs all of .*\n$/],
    [['--nonsense'], /^git-quest: Unknown option '--nonsense'.*\n$/],
  ])('fails with one clear line for %j', async (args, line) => {
    const { status, stdout, stderr } = await run(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(line);
  });

  it('fails with one clear line where the platform cannot be reached', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const target = ['--base-url', nowhere, '--token-endpoint', `${nowhere}/token`, '--client-id', 'x'];
    const { status, stdout, stderr } = await run('--sample', '--json', ...target, '--client-secret', 'y');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^git-quest: .+\n$/);
  });
});
