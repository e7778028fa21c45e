import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedEndpoint, startEndpoint } from '../dynamodb/endpoint-process.ts';
import { codeOf, type Game, laurelOf, openGame } from '../game/world.ts';
import { endpointBacking } from '../support/endpoint.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

let endpoint: StartedEndpoint;
let folder: string;
let game: Game;
beforeAll(async () => {
  // As the embedded engine takes them; a client of the same process reads them too.
  Object.assign(process.env, { AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
  endpoint = await startEndpoint();
  folder = mkdtempSync(join(tmpdir(), 'laurel-begin-'));
  game = await openGame({ backing: await endpointBacking(endpoint.url) });
});
afterAll(async () => {
  await game.close();
  endpoint.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command, as an operator does. */
async function begin(args: Readonly<Record<string, string>>) {
  const given = {
    cell: 'eu',
    table: game.table.name,
    tenant: 'operators',
    url: 'https://ops.example.com/v1/',
    ...args,
  };
  const child = spawn(
    process.execPath,
    [
      '--conditions=@laurel/source',
      'scripts/begin.ts',
      ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    {
      cwd: ROOT,
      env: { ...process.env, AWS_ENDPOINT_URL_DYNAMODB: endpoint.url, LAUREL_CWD: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [printed, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, printed, complained };
}

/** What is written down for `node --env-file`. */
function written(name: string) {
  const {
    LAUREL_URL = '',
    LAUREL_CLIENT_ID = '',
    LAUREL_CLIENT_SECRET = '',
    ...more
  } = parseEnv(readFileSync(join(folder, name), 'utf8'));
  return { url: LAUREL_URL, clientId: LAUREL_CLIENT_ID, clientSecret: LAUREL_CLIENT_SECRET, more };
}

/** A client that calls the platform on the same table by what was written down. */
function rootBy(name: string) {
  const { clientId, clientSecret } = written(name);
  const baseUrl = `${game.platform.baseUrl}/operators`;
  return laurelOf({ baseUrl, clientId, clientSecret, tokenEndpoint: `${baseUrl}/oauth2/token` });
}

test('the first credential of a cell opens tenants, and is told in one file alone', async () => {
  const { status, printed, complained } = await begin({ to: 'platform.env' });
  expect({ status, complained }).toEqual({ status: 0, complained: '' });
  const { url, clientSecret, more } = written('platform.env');
  expect({ url, more }).toEqual({
    url: 'https://ops.example.com/v1',
    more: { LAUREL_TOKEN_ENDPOINT: 'https://ops.example.com/v1/oauth2/token' },
  });
  expect(statSync(join(folder, 'platform.env')).mode & 0o777).toBe(0o600);
  expect(printed).not.toContain(clientSecret);

  const owner = { email: 'ada@example.com', workspace: { slug: 'production', name: 'Production' } };
  const root = rootBy('platform.env').platform;
  expect(await root.tenants.create({ slug: 'lessons', name: 'Lessons', owner })).toMatchObject({ status: 'active' });
  expect((await root.plans.get('operators')).used).toMatchObject({ workspaces: 1, apiClients: 1 });
});

test('the audit tells of it', async () => {
  await game.platform.inside.sealer.seal();
  const { items } = await rootBy('platform.env').auditRecords.list({ action: 'system:platform.credential' });
  const { clientId } = written('platform.env');
  expect(items).toMatchObject([{ actor: { kind: 'system' }, target: { client: clientId }, outcome: 'succeeded' }]);
});

test('again it makes another credential, and no other tenant', async () => {
  expect((await begin({ to: 'second.env' })).status).toBe(0);
  expect(written('second.env').clientId).not.toBe(written('platform.env').clientId);
  expect(await codeOf(rootBy('second.env').platform.tenants.get('operators'))).toBe('none');
  expect((await rootBy('second.env').platform.plans.get('operators')).used).toMatchObject({
    workspaces: 1,
    apiClients: 2,
  });
});

test.each([
  ['a tenant that does not run the platform', { tenant: 'acme' }, 'the tenant acme is there, and does not run'],
  ['a name that is none', { tenant: 'T#x' }, '"T#x" is no name'],
  ['a file that is there', { to: 'platform.env' }, 'is there already'],
  ['a table that is not there', { table: 'nowhere' }, 'There is no such table'],
  ['an argument that is missing', { url: '' }, '--url is missing'],
])('%s makes nothing', async (_what, args, says) => {
  const before = await game.snapshot();
  const { status, complained } = await begin({ to: 'third.env', ...args });
  expect(status).toBe(2);
  expect(complained).toContain(says);
  expect(await game.snapshot()).toBe(before);
});
