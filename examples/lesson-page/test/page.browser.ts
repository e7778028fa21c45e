import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorld, type World } from '../src/world.ts';

const run = promisify(execFile);
const example = join(import.meta.dirname, '..');
const sdk = join(example, '../../sdk');
const person = { email: 'ada@example.com', password: 'a long and secret phrase' };

/** A folder with the page, and with the SDK as a user has it: the unpacked tarball and its one dependency. */
let project = '';
let browser: Browser;

beforeAll(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), 'laurel-page-')));
  await run('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', project], { cwd: sdk });
  const [tarball = ''] = (await readdir(project)).filter((file) => file.endsWith('.tgz'));
  const unpacked = join(project, 'node_modules/@laurel/sdk');
  await mkdir(unpacked, { recursive: true });
  await run('tar', ['-xzf', join(project, tarball), '-C', unpacked, '--strip-components=1']);
  await cp(await realpath(join(sdk, 'node_modules/ky')), join(project, 'node_modules/ky'), { recursive: true });
  await cp(join(example, 'src'), join(project, 'src'), { recursive: true });
  await cp(join(example, 'index.html'), join(project, 'index.html'));
  await build({ root: project, logLevel: 'warn', configFile: false });
  browser = await chromium.launch({
    executablePath: process.env.LAUREL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});

afterAll(async () => {
  await browser?.close();
  await rm(project, { recursive: true });
});

let world: World;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeEach(async () => {
  complaints.length = 0;
  world = await openWorld(join(project, 'dist'), person);
  context = await browser.newContext();
  page = await open();
});

afterEach(async () => {
  await context.close();
  await world.close();
});

async function open(): Promise<Page> {
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  await opened.goto(world.url);
  return opened;
}

async function signIn(): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'I finished a lesson' }).waitFor();
}

const shows = (text: string, id = 'points') =>
  page.waitForFunction(([part = '', wanted]) => document.getElementById(part)?.textContent === wanted, [id, text]);

async function eventIds(): Promise<string[]> {
  const events = await world.laurel.events.list().toArray({ max: 100 });
  return events.map(({ id }) => id);
}

test('somebody signs in, tracks, goes offline, comes back, and each lesson counts once', async () => {
  await signIn();
  expect(new URL(page.url()).search).toBe('');
  await shows('0');
  await page.getByRole('button', { name: 'I finished a lesson' }).click();
  await shows('10');

  await context.setOffline(true);
  for (const waiting of [1, 2, 3]) {
    await page.getByRole('button', { name: 'I finished a lesson' }).click();
    await shows(`${waiting} waiting for a connection`, 'waiting');
  }
  expect(await eventIds()).toHaveLength(1);
  await context.setOffline(false);
  await shows('40');
  await shows('', 'waiting');
  expect(await eventIds()).toHaveLength(4);
  expect(complaints).toEqual([]);
});

test('what waits survives the page; what the server has is not sent again', async () => {
  await signIn();
  await shows('0');
  // The server takes it, and its answer is lost.
  const sent: string[] = [];
  let cuts = 1;
  await context.route('**/app/v1/events/batch', async (route) => {
    const { events } = route.request().postDataJSON();
    sent.push(...events.map(({ id }: { id: string }) => id));
    if (cuts-- > 0) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await page.getByRole('button', { name: 'I finished a lesson' }).click();
  await expect.poll(() => sent.length).toBe(1);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'I finished a lesson' }).click();
  await shows('2 waiting for a connection', 'waiting');

  await context.setOffline(false);
  await page.reload();
  await shows('20');
  await shows('', 'waiting');
  const ids = await eventIds();
  expect(ids).toHaveLength(2);
  expect(new Set(sent)).toEqual(new Set(ids));
  // The first was sent again, by its id, since nobody knew of it; once there is an answer, nothing is.
  const before = sent.length;
  expect(before).toBeGreaterThan(2);
  await page.reload();
  await shows('20');
  expect(sent).toHaveLength(before);
  expect(complaints).toEqual([]);
});

test('who signs out is out, also after a reload, and a stranger’s callback signs nobody in', async () => {
  await signIn();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /sign out|yes/i }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.goto(`${world.url}/callback?code=theirs&state=theirs`);
  await page.getByText('This browser did not ask for this sign-in').waitFor();
  expect(complaints).toEqual([]);
});
