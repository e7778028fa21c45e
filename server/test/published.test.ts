import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const server = join(import.meta.dirname, '..');
const shell = process.platform === 'win32';

/** A folder with the package as a user has it: the unpacked tarball, and what its manifest depends on. */
let project = '';
let unpacked = '';

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'laurel-server-'));
  await run('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', project], { cwd: server, shell });
  const [tarball = ''] = (await readdir(project)).filter((file) => file.endsWith('.tgz'));
  unpacked = join(project, 'node_modules/@laurel/server');
  await mkdir(unpacked, { recursive: true });
  await run('tar', ['-xzf', join(project, tarball), '-C', unpacked, '--strip-components=1']);
  const manifest: { dependencies: object } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies)) {
    const place = join(project, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(await realpath(join(server, 'node_modules', name)), place, 'junction');
  }
});

afterAll(async () => {
  await rm(project, { recursive: true });
});

test('the published package runs the platform with what its manifest names, and ends', async () => {
  await writeFile(
    join(project, 'main.mjs'),
    `import { startPlatform } from '@laurel/server/local';
    const platform = await startPlatform({ data: ':memory:', port: 0 });
    const place = { tenant: 'acme', workspace: 'main' };
    const { baseUrl, tokenEndpoint, clientId, clientSecret } = await platform.createWorkspaceClient(place);
    const token = await (await fetch(tokenEndpoint, {
      method: 'POST',
      headers: { authorization: 'Basic ' + btoa(clientId + ':' + clientSecret) },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })).json();
    const headers = { authorization: 'Bearer ' + token.access_token };
    const activities = await (await fetch(baseUrl + '/dashboard/v1/activities', { headers })).json();
    const paths = ['/openapi/app.json', '/docs', '/docs/reference.js'];
    const pages = [];
    for (const path of paths) {
      const page = await fetch(platform.baseUrl + path);
      pages.push([page.status, (await page.text()).length > 500]);
    }
    await platform.close();
    console.log(JSON.stringify({ activities, pages }));`,
  );
  const { stdout } = await run(process.execPath, [join(project, 'main.mjs')], {
    env: { ...process.env, NODE_PATH: '' },
    timeout: 60_000,
  });
  expect(JSON.parse(stdout)).toEqual({
    activities: { items: [], nextCursor: null },
    pages: [
      [200, true],
      [200, true],
      [200, true],
    ],
  });
});

test('its types stand alone', async () => {
  const types = await readFile(join(unpacked, 'dist/local/index.d.ts'), 'utf8');
  expect(types).toContain('startPlatform');
  expect(types).not.toMatch(/^import /m);
});
