import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { EdgeVM } from '@edge-runtime/vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyEntryWorks, serveEveryEntry } from './every-entry.ts';
import { problem, serve } from './server.ts';

const run = promisify(execFile);
const sdk = join(import.meta.dirname, '..');
const bin = join(sdk, '../node_modules/.bin');
const shell = process.platform === 'win32';

/** A folder with the package as a user has it: the unpacked tarball and its one dependency. */
let project = '';
let tarball = '';
let unpacked = '';

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'laurel-sdk-'));
  await run('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', project], { cwd: sdk, shell });
  const [name = ''] = (await readdir(project)).filter((file) => file.endsWith('.tgz'));
  tarball = join(project, name);
  unpacked = join(project, 'node_modules/@laurel/sdk');
  await mkdir(unpacked, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
  await cp(await realpath(join(sdk, 'node_modules/ky')), join(project, 'node_modules/ky'), { recursive: true });
  for (const peer of ['react', '@tanstack/react-query']) {
    await mkdir(dirname(join(project, 'node_modules', peer)), { recursive: true });
    await symlink(await realpath(join(sdk, 'node_modules', peer)), join(project, 'node_modules', peer), 'junction');
  }
  await cp(join(sdk, 'consumers'), project, { recursive: true });
});

afterAll(async () => {
  await rm(project, { recursive: true });
});

test.each(['esm/main.js', 'cjs/main.cjs'])('%s loads the package and calls with it', async (main) => {
  const { url, received } = await serve(({ url: path, method }) => {
    if (path === '/oauth2/token') return { json: { access_token: 'backend', token_type: 'Bearer', expires_in: 600 } };
    if (path === '/dashboard/v1/missions/missing') return problem(404, 'not_found');
    if (method === 'POST') return { json: { event: { activity: 'lesson.completed' }, effects: {} } };
    const [items, nextCursor] = path.includes('cursor') ? [[{ id: 'b' }], null] : [[{ id: 'a' }], 'next'];
    return { json: { items, nextCursor } };
  });
  const env = { ...process.env, BASE_URL: url };
  const { stdout } = await run(process.execPath, [join(project, main)], { env });
  expect(JSON.parse(stdout)).toEqual({
    items: ['a', 'b'],
    event: 'lesson.completed',
    problem: 'not_found',
    recognised: true,
  });
  expect(received).toHaveLength(5);
});

test('what is shipped imports ky, itself, and in its hooks what they are hooks of', async () => {
  const files = (await readdir(join(unpacked, 'dist'))).filter((file) => /\.(c?js|d\.c?ts)$/.test(file));
  expect(files.length).toBeGreaterThan(8);
  const imported = new Set<string>();
  for (const file of files) {
    const text = await readFile(join(unpacked, 'dist', file), 'utf8');
    for (const [, from = ''] of text.matchAll(/(?:from |import\(|require\()['"]([^'"]+)['"]/g)) {
      if (!from.startsWith('./') && !from.startsWith('@laurel/sdk')) imported.add(from);
    }
  }
  expect([...imported].toSorted()).toEqual(['@tanstack/react-query', 'ky', 'react']);
});

test.each([
  ['--conditions=default', 'LaurelProvider laurelQueries useTrack'],
  ['--conditions=react-server', 'laurelQueries'],
])('with %s, hooks are loaded as they are needed: by import and by require', async (condition, expected) => {
  const names = `(all) => console.log(['LaurelProvider', 'laurelQueries', 'useTrack'].filter((name) => name in all).join(' '))`;
  const code = `(${names})(require('@laurel/sdk/react')); import('@laurel/sdk/react').then(${names});`;
  const { stdout } = await run(process.execPath, [condition, '--input-type=commonjs', '-e', code], { cwd: project });
  expect(stdout.trim().split('\n')).toEqual([expected, expected]);
});

test('the client for browsers is at most 8 KiB, gzipped, ky included', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@laurel/sdk';", resolveDir: project },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    write: false,
  });
  const size = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  expect(size).toBeGreaterThan(1024);
  expect(size).toBeLessThanOrEqual(8 * 1024);
});

test.each([
  ['esm', "const testing = await import('@laurel/sdk/testing');"],
  ['cjs', "const testing = require('@laurel/sdk/testing');"],
])(
  'tests are helped without msw and without the platform, which is named where it is missing: %s',
  async (kind, load) => {
    const file = join(project, kind, `testing.${kind === 'esm' ? 'mjs' : 'cjs'}`);
    const rest = `
    const missing = await testing.createTestServer().catch((reason) => reason);
    console.log(JSON.stringify([testing.fixtures.wallet().currency, missing.name, missing.message]));`;
    await writeFile(file, kind === 'esm' ? load + rest : `${load} (async () => {${rest}})();`);
    const { stdout } = await run(process.execPath, [file], { env: { ...process.env, NODE_PATH: '' }, timeout: 30_000 });
    expect(JSON.parse(stdout)).toEqual(['xp', 'UsageError', expect.stringContaining('npm install -D @laurel/server')]);
  },
);

test('mock handlers are bundled for browsers without what is for Node alone', async () => {
  const { metafile } = await build({
    stdin: {
      contents: "import { laurelHandlers } from '@laurel/sdk/testing'; console.log(laurelHandlers);",
      resolveDir: project,
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).filter((path) => !/@laurel\/sdk|node_modules\/ky|<stdin>/.test(path))).toEqual(
    [],
  );
});

/** What a program tells in a Workers-like runtime, which has nothing of Node. */
async function toldAtTheEdge(program: { readonly contents: string; readonly resolveDir: string }, baseUrl = '') {
  const { outputFiles } = await build({
    stdin: program,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    // Finds nothing of Node, so that an import of it ends here already.
    platform: 'neutral',
    write: false,
  });
  const runtime = new EdgeVM();
  expect(runtime.evaluate('typeof process + typeof require + typeof Buffer')).toBe('undefined'.repeat(3));
  runtime.evaluate(`globalThis.baseUrl = ${JSON.stringify(baseUrl)}`);
  runtime.evaluate(outputFiles[0]?.text ?? '');
  const told: Promise<string> = runtime.evaluate('told.then(JSON.stringify)');
  return JSON.parse(await told);
}

test('every entry runs in a Workers-like runtime', async () => {
  const entries = ['server', 'live', 'errors', 'auth', 'offline', 'webhooks'];
  const contents = [
    "import * as main from '@laurel/sdk';",
    ...entries.map((entry) => `import * as ${entry} from '@laurel/sdk/${entry}';`),
    "import { callEvery } from './program.cjs';",
    `globalThis.told = callEvery({ main, ${entries} }, globalThis.baseUrl);`,
  ].join('\n');
  const told = await toldAtTheEdge({ contents, resolveDir: join(project, 'matrix') }, await serveEveryEntry());
  expect(told).toEqual(everyEntryWorks);
});

// msw is for Node and for browsers, but the handlers need no more of it than one function. The platform needs `node:sqlite`:
// of it there is only the sentence that says so.
test('mock handlers answer in a Workers-like runtime, and the platform is named as what does not run there', async () => {
  const contents = await readFile(join(project, 'testing/edge.mjs'), 'utf8');
  expect(await toldAtTheEdge({ contents, resolveDir: join(project, 'testing') })).toEqual({
    tracked: 'e1',
    mocked: ['Three a day'],
    calls: ['app.events.track', 'app.missions.list'],
    platform: [true, expect.stringContaining('on Node 22.13 or later')],
  });
});

test('publint and attw find nothing', async () => {
  const said = await run(join(bin, 'publint'), ['run', tarball, '--strict'], { shell });
  expect(said.stdout).toContain('All good!');
  const types = await run(join(bin, 'attw'), [tarball], { shell });
  expect(types.stdout).toContain('No problems found');
});
