import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, runScript, type Started, start } from './started.ts';

const CALLBACK = 'http://localhost:5173/callback';

let parent: string;
let folder: string;
let first: Started;

async function demo(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
}

function pastedLines(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith('  curl '));
}

function paste(line: string): Record<string, unknown> {
  const { stdout, status } = spawnSync('sh', ['-c', line], { encoding: 'utf8' });
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'laurel start '));
  folder = join(parent, "a folder with a space and a ' quote");
  first = await start(folder);
});

afterAll(async () => {
  first.child.kill('SIGINT');
  await first.ended();
  await rm(parent, { recursive: true });
});

describe('npm start', () => {
  test('writes down all that a first call needs, for its owner alone', async () => {
    const told = await demo();
    expect(Object.keys(told).toSorted()).toEqual(
      [
        'baseUrl',
        'clientId',
        'clientSecret',
        'issuer',
        'playerId',
        'playerToken',
        'tenant',
        'tokenEndpoint',
        'workspace',
      ].toSorted(),
    );
    expect((await stat(join(folder, 'demo.json'))).mode & 0o777).toBe(0o600);
  });

  test('answers for health, documents and reference', async () => {
    const { origin } = new URL((await demo()).baseUrl ?? '');
    expect(await (await fetch(`${origin}/health`)).json()).toMatchObject({ status: 'ok' });
    for (const name of ['app', 'dashboard', 'platform']) {
      expect(await (await fetch(`${origin}/openapi/${name}.json`)).json()).toMatchObject({
        openapi: expect.stringMatching(/^3\.1/),
      });
    }
    const page = await (await fetch(`${origin}/`)).text();
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url);
    expect(loaded).toEqual(['/docs/reference.js']);
    expect((await fetch(`${origin}${loaded[0]}`)).status).toBe(200);
  });

  test('prints three lines that work when pasted', async () => {
    const [board = '', wallet = '', event = '', ...more] = pastedLines(first.output());
    expect(more).toEqual([]);
    expect(paste(board)).toMatchObject({ items: [{ rank: 1, isMe: true }, ...[]] });
    expect(paste(wallet)).toMatchObject({ currency: 'xp', available: expect.any(Number) });
    expect(paste(event)).toMatchObject({
      event: { activity: 'commit' },
      effects: { rewards: [{ currency: 'xp', amount: 10 }] },
    });
  });

  test('runs the example of the README as it stands there', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(15);
    const code = example.replace('.laurel/demo.json', join(folder, 'demo.json').replaceAll("'", "\\'"));
    const args = ['--conditions=@laurel/source', '--input-type=module-typescript', '--eval', code];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    expect(stdout).toContain("streak: 'every-day'");
  });

  test("runs the first lines of the SDK's README with the surroundings that it writes", async () => {
    const readme = await readFile(join(ROOT, 'sdk/README.md'), 'utf8');
    const [, lines = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const [before, after, ...more] = lines.split('const { effects }');
    expect(more).toEqual([]);
    const [, define = ''] = /`(await laurel\.activities\.create\([^`]*\))`/.exec(readme) ?? [];
    expect(define).not.toBe('');
    // The example of the other README has taken the name.
    const code = [before, `${define};`, `const { effects }${after}`]
      .join('\n')
      .replaceAll('lesson.completed', 'lesson');
    expect(first.output()).toContain('sdk.env');
    const options = [
      `--env-file=${join(folder, 'sdk.env')}`,
      '--conditions=@laurel/source',
      '--input-type=module-typescript',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, [...options, '--eval', code], { cwd: ROOT });
    expect(stdout).toContain('[]');
  });

  test('lets whoever runs the platform open a tenant, as the first page about it begins', async () => {
    const page = await readFile(join(ROOT, 'docs/operating/open-a-tenant.md'), 'utf8');
    const [connect = '', open = ''] = [...page.matchAll(/```(?:js|ts)\n([\s\S]*?)```/g)].map(([, code = '']) => code);
    expect(first.output()).toContain('platform.env');
    const options = [`--env-file=${join(folder, 'platform.env')}`, '--conditions=@laurel/source'];
    const args = [...options, '--input-type=module-typescript', '--eval', `${connect}\n${open}`];
    await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    expect(await readdir(join(folder, 'outbox'))).toHaveLength(1);
    expect((await stat(join(folder, 'platform.env'))).mode & 0o777).toBe(0o600);
  });

  test('says clearly that its port is taken, by itself or by anybody', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';
    const second = runScript(['scripts/start.ts'], { LAUREL_DATA: join(parent, 'second'), PORT: port, NO_COLOR: '1' });
    expect(await second.ended()).toBe(1);
    expect(second.output()).toBe(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${Number(port) + 1} npm start\n`,
    );
    other.close();
  });

  test('refuses a folder that another platform has open', async () => {
    const second = await start(folder);
    expect(await second.ended()).toBe(1);
    expect(second.output()).toMatch(/^Laurel could not start: .+\n$/);
  });

  test('loses nothing on Ctrl-C, and goes on with the same credential', async () => {
    const before = await demo();
    const operations = await readFile(join(folder, 'platform.env'), 'utf8');
    const event = paste(pastedLines(first.output())[2] ?? '');
    first.child.kill('SIGINT');
    expect(await first.ended()).toBe(0);
    first = await start(folder, { LAUREL_SIGN_IN_PAGES: `${CALLBACK}, https://other.example` });
    const after = await demo();
    expect(after).toMatchObject({
      clientId: before.clientId,
      clientSecret: before.clientSecret,
      playerId: before.playerId,
    });
    const credential = (text: string) => /^LAUREL_CLIENT_SECRET=.+$/m.exec(text)?.[0];
    expect(credential(await readFile(join(folder, 'platform.env'), 'utf8'))).toBe(credential(operations));
    const headers = { authorization: `Bearer ${after.playerToken}` };
    const { id } = event.event as { id: string };
    const found = await fetch(`${after.baseUrl}/app/v1/events/${id}`, { headers });
    expect(await found.json()).toEqual(event);
  });

  test('sends people back to the pages that it was told, and to no others', async () => {
    const { issuer } = await demo();
    const asking = async (redirectUri: string) => {
      const query = new URLSearchParams({
        client_id: 'laurel-console',
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: 'openid',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      });
      return (await fetch(`${issuer}/auth?${query}`, { redirect: 'manual' })).status;
    };
    expect([await asking(CALLBACK), await asking('https://other.example')]).toEqual([303, 303]);
    expect(await asking(`${CALLBACK}/other`)).toBe(400);
    const env = { LAUREL_DATA: join(parent, 'third'), PORT: '0', LAUREL_SIGN_IN_PAGES: 'nowhere' };
    const third = runScript(['scripts/start.ts'], env);
    expect(await third.ended()).toBe(1);
    expect(third.output()).toContain('"nowhere" is none');
  });
});

describe('the scripts', () => {
  test('names what there is where one is unknown', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'nonsense'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('There are: start, test, ');
  });
});
