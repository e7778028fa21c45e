import { Laurel, TokenError } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { codeOf, codesOf, type Game, HOME, laurelOf, openGame, times } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame();
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

function clientOf(clientId: string, clientSecret: string): Laurel {
  const { baseUrl, tokenEndpoint } = game.platform;
  const auth = { clientId, clientSecret, tokenEndpoint };
  return new Laurel({ baseUrl: `${baseUrl}/${HOME.tenant}`, auth, maxRetries: 0 });
}

/** A client that the workspace itself makes. */
async function madeClient(scopes: string[]): Promise<{ id: string; clientSecret: string; laurel: Laurel }> {
  const { client, clientSecret } = await laurel.apiClients.create({ name: 'backend', scopes });
  return { id: client.id, clientSecret, laurel: clientOf(client.id, clientSecret) };
}

test('a client can do what its scopes say, and nothing else', async () => {
  const made = await madeClient(['events:write', 'users:read']);
  const { event } = await made.laurel.events.track({ externalUserId: 'ada', activity: 'lesson' });
  expect(await made.laurel.users.get(event.userId)).toMatchObject({ externalId: 'ada' });
  const codes = await codesOf([
    made.laurel.events.list(),
    made.laurel.users.create({}),
    made.laurel.missions.list(),
    made.laurel.apiClients.list(),
    made.laurel.as({ userId: event.userId }).me.get(),
  ]);
  expect(new Set(codes)).toEqual(new Set(['insufficient_scope']));
});

test('nobody can give a scope that they lack, or that is none', async () => {
  const { client, clientSecret } = await laurel.apiClients.create({
    name: 'maker',
    scopes: ['api-clients:write', 'events:read'],
  });
  const maker = clientOf(client.id, clientSecret);
  const give = (...scopes: string[]) => maker.apiClients.create({ name: 'given', scopes });
  expect((await give('events:read')).client.scopes).toEqual(['events:read']);
  expect((await give('events:read', 'api-clients:write', 'events:read')).client.scopes).toEqual([
    'api-clients:write',
    'events:read',
  ]);
  expect(await codeOf(give('events:write'))).toBe('insufficient_scope');
  expect(await codeOf(give('events:read', 'tenants:write'))).toBe('insufficient_scope');
  expect(await codeOf(give('events:nothing'))).toBe('unknown_reference');
  expect(await codeOf(give())).toBe('invalid_request');
  expect(await codeOf(laurel.apiClients.create({ name: 'up', scopes: ['tenants:write'] }))).toBe('insufficient_scope');
});

test('a revoked client gets no token any more, and its tokens are refused', async () => {
  const made = await madeClient(['events:read', 'events:write']);
  const { tokenEndpoint } = game.platform;
  const basic = Buffer.from(`${made.id}:${made.clientSecret}`).toString('base64');
  const answer = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token }: { access_token: string } = Object(await answer.json());

  const revoked = await laurel.apiClients.revoke(made.id);
  expect(revoked).toMatchObject({ id: made.id, status: 'revoked' });
  expect(await laurel.apiClients.revoke(made.id)).toEqual(revoked);
  await expect(made.laurel.events.list()).rejects.toThrow(TokenError);
  await expect(made.laurel.events.list()).rejects.toMatchObject({ oauthError: 'invalid_client' });
  // The token was never used, so no gateway has let it in before.
  const holder = new Laurel({ baseUrl: `${game.platform.baseUrl}/${HOME.tenant}`, auth: { token }, maxRetries: 0 });
  expect(await codeOf(holder.events.list())).toBe('invalid_token');
});

test('a secret is shown once and stored nowhere', async () => {
  const made = await madeClient(['events:read']);
  expect(JSON.stringify(await laurel.apiClients.list().toArray({ max: 100 }))).not.toContain(made.clientSecret);
  expect(await game.snapshot()).not.toContain(made.clientSecret);
});

test('clients are listed once each, in pages, and belong to one workspace', async () => {
  await Promise.all(times(11, () => madeClient(['events:read'])));
  const listed = await laurel.apiClients.list({ limit: 4 }).toArray({ max: 100 });
  expect(listed).toHaveLength(12);
  expect(new Set(listed.map(({ id }) => id)).size).toBe(12);
  const side = laurelOf(await game.platform.createWorkspaceClient({ ...HOME, workspace: 'side' }));
  expect((await side.apiClients.list()).items).toHaveLength(1);
  expect(await codeOf(side.apiClients.revoke(listed[0]?.id ?? ''))).toBe('not_found');
  expect(await laurel.apiClients.list({ limit: 200 }).toArray({ max: 100 })).toEqual(listed);
});
