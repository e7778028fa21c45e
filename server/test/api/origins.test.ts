import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, type Game, HOME, laurelOf, openGame } from '../game/world.ts';

const OWN = 'https://game.example.com';
const STRANGE = 'https://evil.example.com';

let game: Game;
let player: string;
beforeAll(async () => {
  game = await openGame();
  const { laurel } = game;
  const { id } = await laurel.users.create({ externalId: 'ada' });
  player = (await laurel.users.mintToken(id)).accessToken;
});
afterAll(() => game.close());

function ask(method: string, path: string, origin: string | undefined, token?: string): Promise<Response> {
  return fetch(`${game.platform.baseUrl}/${HOME.tenant}${path}`, {
    method,
    headers: {
      ...(origin === undefined ? {} : { origin }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
}

/** What a page of an origin may read, and what it is told beforehand. */
async function lets(origin: string) {
  const said = await ask('OPTIONS', '/app/v1/me', origin);
  const answer = await ask('GET', '/app/v1/me', origin, player);
  const live = await ask('GET', '/app/v1/live', origin, player);
  await live.body?.cancel();
  const leave = ({ headers }: Response) => headers.get('access-control-allow-origin');
  return [leave(said), answer.status, leave(answer), live.status, leave(live)];
}

async function allow(allowedOrigins: string[] | null): Promise<void> {
  const { version } = await game.laurel.workspace.get();
  await game.laurel.workspace.update({ allowedOrigins }, { ifMatch: version });
}

test('a workspace that names no origin is open to pages of any', async () => {
  expect((await game.laurel.workspace.get()).allowedOrigins).toBeNull();
  expect(await lets(STRANGE)).toEqual(['*', 200, '*', 200, '*']);
});

test('one that names some is open to those alone, and to whoever is no page', async () => {
  await allow([OWN]);
  expect(await lets(OWN)).toEqual([OWN, 200, OWN, 200, OWN]);
  expect(await lets(STRANGE)).toEqual([null, 403, null, 403, null]);
  for (const origin of ['null', 'https://game.example.com.evil.example', 'http://game.example.com', `${OWN}:444`]) {
    expect((await ask('GET', '/app/v1/me', origin, player)).status).toBe(403);
  }
  expect((await ask('GET', '/app/v1/me', undefined, player)).status).toBe(200);
  const answer = await ask('GET', '/app/v1/me', OWN, player);
  expect(answer.headers.get('vary')).toContain('origin');
  expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
});

test('a page of another origin brings nothing about', async () => {
  await allow([OWN]);
  const response = await fetch(`${game.platform.baseUrl}/${HOME.tenant}/dashboard/v1/users`, {
    method: 'POST',
    headers: {
      origin: STRANGE,
      'content-type': 'application/json',
      authorization: `Bearer ${player}`,
    },
    body: JSON.stringify({ externalId: 'eve' }),
  });
  expect(response.status).toBe(403);
  expect(await codeOf(game.laurel.users.getByExternalId('eve'))).toBe('not_found');
});

test('before there is a token, a tenant is told of the origins of all of its workspaces', async () => {
  await allow([OWN]);
  const side = laurelOf(await game.platform.createWorkspaceClient({ tenant: HOME.tenant, workspace: 'side' }));
  const { version } = await side.workspace.get();
  await side.workspace.update({ allowedOrigins: ['http://localhost:5173'] }, { ifMatch: version });
  const leave = async (origin: string) =>
    (await ask('OPTIONS', '/app/v1/me', origin)).headers.get('access-control-allow-origin');
  expect(await leave('http://localhost:5173')).toBe('http://localhost:5173');
  expect(await leave(STRANGE)).toBeNull();
  // Each workspace decides by itself.
  expect((await ask('GET', '/app/v1/me', 'http://localhost:5173', player)).status).toBe(403);
  await allow(null);
  expect(await leave(STRANGE)).toBe('*');
});

test('documents for strangers are for pages of strangers', async () => {
  await allow([OWN]);
  const response = await ask('GET', `/issuers/${HOME.workspace}/did.json`, STRANGE);
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
});

test.each([
  '*',
  'https://*.example.com',
  'https://example.com/',
  'https://EXAMPLE.com',
  'null',
  'file:///x',
  'https://a:0',
])('%s is no origin', async (origin) => {
  expect(await codeOf(allow([origin]))).toBe('invalid_request');
});
