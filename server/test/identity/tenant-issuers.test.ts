import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newUser } from '../../src/api/profile.ts';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { createUser } from '../../src/store/users.ts';
import { ACME, ACME_SIDE, type Access, BOLT, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { type LoopbackIssuer, loopbackIssuer } from './loopback-issuer.ts';

const laurel = await startTestPlatform({ destinations: { allowLoopback: true } });
const login = await loopbackIssuer();
afterAll(async () => {
  login.close();
  await laurel.close();
});

const as = (token: string, place = ACME): Access => ({ ...laurel.stranger(place), token });
const me = (token: string, place = ACME) => call(as(token, place), 'GET', '/app/v1/me');
const root = await laurel.platformMachine();

/** Registers an issuer with a tenant, under a name. */
async function register(tenant: string, id: string, own: object): Promise<void> {
  const answer = await call(root, 'POST', `/platform/v1/tenants/${tenant}/issuers`, { body: { id, ...own } });
  expect(answer.status, answer.text).toBe(201);
}

beforeAll(async () => {
  const algorithms = ['RS256', 'ES256'];
  await register('acme', 'login', {
    issuer: login.issuer,
    algorithms,
    audiences: [
      { audience: 'app', workspace: 'main' },
      { audience: 'side-app', workspace: 'side' },
    ],
  });
  await register('bolt', 'login', { issuer: login.issuer, audiences: [{ audience: 'bolt-app', workspace: 'main' }] });
});

describe('players who sign in where their tenant says', () => {
  test.each(['RS256', 'ES256'])(
    'an unknown one becomes a user with the first call, and stays that (%s)',
    async (alg) => {
      const token = login.token({ sub: `new-${alg}` }, { alg });
      const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => me(token)));
      expect(first?.status, first?.text).toBe(200);
      expect(first?.body).toMatchObject({ externalId: `new-${alg}` });
      expect(new Set(others.map(({ body }) => body.id))).toEqual(new Set([first?.body.id]));
      expect((await me(login.token({ sub: `new-${alg}` }))).body.id).toBe(first?.body.id);
    },
  );

  test('one whom the backend knows is that user', async () => {
    const home = await laurel.machine(ACME);
    await call(home, 'POST', '/dashboard/v1/users', { body: { id: 'usr-ada', externalId: 'ada' } });
    expect((await me(login.token({}))).body).toMatchObject({ id: 'usr-ada', externalId: 'ada' });
  });

  test('the audience opens its workspace and no other', async () => {
    const { body } = await me(login.token({ aud: ['elsewhere', 'side-app'], sub: 'sid' }));
    const side = await laurel.machine(ACME_SIDE);
    expect((await call(side, 'GET', `/dashboard/v1/users/${body.id}`)).body).toMatchObject({ externalId: 'sid' });
    expectProblem(await call(await laurel.machine(ACME), 'GET', `/dashboard/v1/users/${body.id}`), 'not_found');
    // What a token says of a tenant or a workspace by itself is nothing to anybody.
    const claims = { sub: 'sid', aud: 'side-app', tenant: 'bolt', workspace: 'main', token_use: 'access' };
    expect((await me(login.token(claims))).body.id).toBe(body.id);
  });

  test('on routes that are not for players they are refused, and nothing is made', async () => {
    const before = await laurel.snapshot();
    const stranger = as(login.token({ sub: 'nosy' }));
    expectProblem(await call(stranger, 'GET', '/dashboard/v1/users'), 'forbidden');
    expectProblem(await call(stranger, 'POST', '/dashboard/v1/users', { body: {} }), 'forbidden');
    expect((await call(stranger, 'GET', '/platform/v1/tenants/bolt')).status).toBe(404);
    expectProblem(await call(stranger, 'GET', '/app/v1/nothing'), 'not_found');
    expectProblem(await call(stranger, 'DELETE', '/app/v1/me'), 'method_not_allowed');
    expect(await laurel.snapshot()).toBe(before);
  });

  test('a workspace that creates no unknown users lets nobody new in', async () => {
    const side = await laurel.machine(ACME_SIDE);
    const { headers } = await call(side, 'GET', '/dashboard/v1/workspace');
    const body = { createsUnknownUsers: false };
    await call(side, 'PATCH', '/dashboard/v1/workspace', { body, headers: { 'if-match': headers.etag ?? '' } });
    const before = await laurel.snapshot();
    expectProblem(await me(login.token({ aud: 'side-app', sub: 'late' })), 'invalid_token');
    expect(await laurel.snapshot()).toBe(before);
    expect((await me(login.token({ aud: 'side-app', sub: 'sid' }))).status).toBe(200);
  });

  test('a plan without room for a player lets nobody new in, and those who are there as before', async () => {
    const root = await laurel.platformMachine();
    const path = `/platform/v1/tenants/${ACME.tenant}/plan`;
    const setPlan = async (overrides: object) => {
      const { headers } = await call(root, 'GET', path);
      const body = { plan: 'standard', overrides };
      await call(root, 'PUT', path, { body, headers: { 'if-match': headers.etag ?? '' } });
    };
    expect((await me(login.token({ sub: 'early' }))).status).toBe(200);
    await setPlan({ players: 1 });
    const before = await laurel.snapshot();
    expectProblem(await me(login.token({ sub: 'later' })), 'invalid_token');
    expect(await laurel.snapshot()).toBe(before);
    expect((await me(login.token({ sub: 'early' }))).status).toBe(200);
    await setPlan({});
    expect((await me(login.token({ sub: 'later' }))).status).toBe(200);
  });

  test('a suspended user is refused', async () => {
    const { tenant, workspace } = ACME;
    const user = {
      ...newUser({ externalId: 'sus' }, 'usr-sus', '2026-01-01T00:00:00.000Z'),
      status: 'suspended',
    } as const;
    await commit(laurel.table, await createUser(laurel.table, workspaceScope(tenant, workspace), user));
    expectProblem(await me(login.token({ sub: 'sus' })), 'forbidden');
  });

  test('whom an operator suspends is refused by the same token, at once', async () => {
    const token = login.token({ sub: 'later' });
    const { id } = (await me(token)).body;
    const home = await laurel.machine(ACME);
    const path = `/dashboard/v1/users/${id}`;
    const { etag = '' } = (await call(home, 'GET', path)).headers;
    await call(home, 'PATCH', path, { body: { status: 'suspended' }, headers: { 'if-match': etag } });
    expectProblem(await me(token), 'forbidden');
    expectProblem(await call(as(token), 'GET', '/app/v1/live'), 'forbidden');
  });

  test('whoever was erased does not come back by a token, but by their tenant’s backend', async () => {
    const token = login.token({ sub: 'gone' });
    const { id } = (await me(token)).body;
    const home = await laurel.machine(ACME);
    const erased = await call(home, 'POST', `/dashboard/v1/users/${id}/erase`);
    expect(erased.status, erased.text).toBeLessThan(300);
    const before = await laurel.snapshot();
    for (const held of [token, login.token({ sub: 'gone', jti: 'next' })]) {
      expectProblem(await me(held), 'invalid_token');
    }
    expect(await laurel.snapshot()).toBe(before);
    await call(home, 'POST', '/dashboard/v1/users', { body: { id: 'usr-back', externalId: 'gone' } });
    expect((await me(token)).body).toMatchObject({ id: 'usr-back' });
  });
});

describe('what is not believed', () => {
  const now = Math.floor(Date.now() / 1000);
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;

  test.each<[string, () => string]>([
    ['an audience of nobody', () => login.token({ aud: 'other' })],
    ["another tenant's audience", () => login.token({ aud: 'bolt-app' })],
    ['no audience', () => login.token({ aud: undefined })],
    ['audiences of two workspaces', () => login.token({ aud: ['app', 'side-app'] })],
    ['an audience in an object', () => login.token({ aud: { 0: 'app' } })],
    ['another issuer', () => login.token({ iss: `${login.issuer}/` })],
    ['a key of nobody', () => login.token({}, { key: stranger })],
    ['the key of the other algorithm', () => login.token({}, { kid: 'ES256' })],
    ['a key of another curve', () => login.token({}, { alg: 'ES256', key: curve })],
    ['an unknown kid', () => login.token({}, { kid: 'k9' })],
    ['alg RS512', () => login.token({}, { alg: 'RS512', kid: 'RS256' })],
    ['alg HS256', () => login.token({}, { alg: 'HS256', kid: 'RS256' })],
    ['alg none', () => login.token({}, { alg: 'none', kid: 'RS256' })],
    ['expired', () => login.token({ exp: now - 1, iat: now - 60 })],
    ['not valid yet', () => login.token({ nbf: now + 600 })],
    ['a life of two days', () => login.token({ exp: now + 172_800 })],
    ['no iat', () => login.token({ iat: undefined })],
    ['no subject', () => login.token({ sub: undefined })],
    ['a subject that is no id', () => login.token({ sub: 'auth0|ada' })],
    ['a subject with a key’s separator', () => login.token({ sub: 'ada#1' })],
  ])('%s', async (_what, token) => {
    const before = await laurel.snapshot();
    expectProblem(await me(token()), 'invalid_token');
    expect(await laurel.snapshot()).toBe(before);
  });

  test('an issuer that two tenants have is each for its own host and audience', async () => {
    const [acme, bolt] = [login.token({ sub: 'two' }), login.token({ sub: 'two', aud: 'bolt-app' })];
    expect((await me(acme)).status).toBe(200);
    expect((await me(bolt, BOLT)).status).toBe(200);
    expectProblem(await me(acme, BOLT), 'invalid_token');
    expectProblem(await me(bolt), 'invalid_token');
    // Bolt never said that it may sign by ES256.
    expectProblem(await me(login.token({ aud: 'bolt-app' }, { alg: 'ES256' }), BOLT), 'invalid_token');
  });

  test('an issuer that only another tenant has', async () => {
    const theirs = await loopbackIssuer();
    await register('bolt', 'theirs', { issuer: theirs.issuer, audiences: [{ audience: 'app', workspace: 'main' }] });
    expectProblem(await me(theirs.token({})), 'invalid_token');
    expect(theirs.asked).toEqual([]);
    expect((await me(theirs.token({}), BOLT)).status).toBe(200);
    theirs.close();
  });
});

describe('an issuer that does not behave', () => {
  type Listener = Parameters<LoopbackIssuer['answer']>[0];
  const documentOf = (issuer: string, jwksUri: string): Listener => {
    return (_request, response) => void response.end(JSON.stringify({ issuer, jwks_uri: jwksUri }));
  };

  test.each<[string, (own: LoopbackIssuer) => Listener]>([
    ['is down', () => (_request, response) => void response.writeHead(500).end()],
    ['leads elsewhere', (own) => (_request, response) => void response.writeHead(302, { location: own.issuer }).end()],
    ['answers with too much', () => (_request, response) => void response.end('x'.repeat(70_000))],
    ['answers with garbage', () => (_request, response) => void response.end('<html>')],
    ['speaks of another', (own) => documentOf(`${own.issuer}x`, `${own.issuer}/keys`)],
    ['has keys inside', (own) => documentOf(own.issuer, 'http://169.254.169.254/latest/meta-data')],
    ['has keys in a file', (own) => documentOf(own.issuer, 'file:///etc/passwd')],
  ])('%s: 503 and nobody is let in; one try in the cool-down', async (what, listenerOf) => {
    const own = await loopbackIssuer();
    await register('acme', what.replaceAll(' ', '-'), {
      issuer: own.issuer,
      audiences: [{ audience: 'app', workspace: 'main' }],
    });
    own.answer(listenerOf(own));
    for (let at = 0; at < 3; at += 1) expectProblem(await me(own.token({ jti: String(at) })), 'unavailable');
    expect(own.asked).toEqual(['/.well-known/openid-configuration']);
    own.close();
  });

  test('keys that are known go on', async () => {
    expect((await me(login.token({ sub: 'on' }))).status).toBe(200);
    login.answer((_request, response) => void response.writeHead(500).end());
    expect((await me(login.token({ sub: 'on', jti: 'next' }))).status).toBe(200);
    login.answer(undefined);
  });
});
