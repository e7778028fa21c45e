import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { connect } from 'node:net';
import type { ProblemCode } from '@laurel/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { memberWrites } from '../support/members.ts';
import { ACME, type Access, type Answer, BOLT, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { base64url } from './doubles.ts';
import { loopbackIssuer } from './loopback-issuer.ts';

/** Cases 1 to 18 of the list of abuse, over HTTP; what only whoever holds the keys can write is in authorizer*.test.ts. */
const laurel = await startTestPlatform({ destinations: { allowLoopback: true } });
const { tokens } = laurel.platform.inside.platform;
const login = await loopbackIssuer();
afterAll(async () => {
  login.close();
  await laurel.close();
});
afterEach(() => {
  vi.useRealTimers();
});

const machine = await laurel.machine(ACME);
const root = await laurel.platformMachine();
for (const id of ['usr-a', 'usr-b']) await call(machine, 'POST', '/dashboard/v1/users', { body: { id } });
const player = await laurel.player(ACME, 'usr-a');
const owner = await laurel.operator(ACME, 'owner');

const callerOf = (token: string | undefined, place = ACME): Access => ({
  ...laurel.stranger(place),
  ...(token && { token }),
});
const me = (token: string | undefined, place = ACME, headers: Record<string, string> = {}) =>
  call(callerOf(token, place), 'GET', '/app/v1/me', { headers });

const now = () => Math.floor(Date.now() / 1000);
const issuer = tokens.issuer;
/** Claims of a player's token as it should be, but for what is said. */
const claims = (own: Record<string, unknown> = {}): Record<string, string | number> => {
  const good = { sub: 'usr-a', aud: 'laurel', tenant: 'acme', workspace: 'main', token_use: 'player', jti: 't' };
  return JSON.parse(JSON.stringify({ ...good, iat: now(), exp: now() + 900, ...own }));
};
/** A token that the true key signed over whatever claims. */
const signed = (own: Record<string, unknown>) => tokens.sign(claims(own));
const [jwk] = (await tokens.jwks()).keys;
const { kid } = jwk ?? { kid: '' };
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** A token that somebody else signed, under a header of theirs. */
function forged(header: object, key: KeyObject | undefined = stranger.privateKey, own: Record<string, unknown> = {}) {
  const input = [
    { alg: 'RS256', typ: 'JWT', kid, ...header },
    { ...claims(own), iss: issuer },
  ]
    .map(base64url)
    .join('.');
  return `${input}.${key === undefined ? '' : sign('RSA-SHA256', Buffer.from(input), key).toString('base64url')}`;
}
function byHmac(secret: string) {
  const input = [
    { alg: 'HS256', typ: 'JWT', kid },
    { ...claims(), iss: issuer },
  ]
    .map(base64url)
    .join('.');
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
const partsOf = (token = '') => token.split('.');

type Attack = () => Promise<Answer>;
const refused401 = (number: number, what: string, attack: Attack) => [number, what, 'invalid_token', attack] as const;

beforeAll(async () => {
  const audiences = [{ audience: 'app', workspace: 'main' }];
  await call(root, 'POST', '/platform/v1/tenants/acme/issuers', { body: { issuer: login.issuer, audiences } });
  login.answer((_request, response) => void response.writeHead(500).end('<html>'));
});

const attacks: readonly (readonly [number, string, ProblemCode, Attack])[] = [
  refused401(1, "a user's token on another tenant's host", () => me(player.token, BOLT)),
  refused401(1, "an operator's token on another tenant's host", () =>
    call(callerOf(owner.token, BOLT), 'GET', '/dashboard/v1/users'),
  ),
  refused401(2, "a machine's token on another tenant's host", () =>
    call(callerOf(machine.token, BOLT), 'GET', '/dashboard/v1/users'),
  ),
  ...['none', 'None', 'NONE', 'nOnE'].flatMap((alg) => [
    refused401(5, `alg ${alg} without a signature`, () => me(forged({ alg }, undefined))),
    refused401(5, `alg ${alg} over a signature`, () => me(forged({ alg }))),
  ]),
  refused401(5, 'an empty signature', () => me(forged({}, undefined))),
  ...[jwk?.n ?? '', JSON.stringify(jwk), kid].map((secret, at) =>
    refused401(6, `HS256 by what everybody can read of the key (${at})`, () => me(byHmac(secret))),
  ),
  refused401(6, 'RS512', () => me(forged({ alg: 'RS512' }))),
  ...['../../x', 'https://evil.example/k', "' OR 1=1 --", '__proto__', 'unknown', ['a'], 1, null].map((own) =>
    refused401(7, `kid ${JSON.stringify(own)}`, () => me(forged({ kid: own }))),
  ),
  [7, 'a kid of 1 MB', 'headers_too_large', () => me(forged({ kid: 'k'.repeat(1_000_000) }))],
  refused401(8, 'jku', () => me(forged({ jku: `${login.issuer}/keys` }))),
  refused401(8, 'x5u', () => me(forged({ x5u: `${login.issuer}/keys` }))),
  refused401(8, 'jwk', () => me(forged({ jwk: stranger.publicKey.export({ format: 'jwk' }) }))),
  ...[laurel.platform.issuer, `${laurel.platform.issuer}/`, 'https://cognito-idp.us-east-1.amazonaws.com/x'].map(
    (iss) => refused401(9, `the issuer ${iss}, by the key of another`, () => me(login.token({ ...claims(), iss }))),
  ),
  refused401(9, 'another audience', async () => me(await signed({ aud: 'other' }))),
  refused401(9, "a pool's token by the players' key", async () =>
    me(await signed({ token_use: 'access', client_id: 'c' })),
  ),
  refused401(9, 'an ID token', async () => me(await signed({ token_use: 'id' }))),
  refused401(10, 'expired by a second', async () => me(await signed({ exp: now() - 1, iat: now() - 60 }))),
  refused401(10, 'nbf ahead', async () => me(await signed({ nbf: now() + 120 }))),
  refused401(10, 'iat far ahead', async () => me(await signed({ iat: now() + 1e6, exp: now() + 1e6 + 900 }))),
  refused401(10, 'no exp', async () => me(await signed({ exp: undefined }))),
  refused401(10, 'exp a text', async () => me(await signed({ exp: String(now() + 900) }))),
  refused401(10, 'a life of a year', async () => me(await signed({ exp: now() + 31_536_000 }))),
  refused401(11, 'claims swapped after signing', () => {
    const [header, , signature] = partsOf(player.token);
    return me(`${header}.${base64url({ ...claims({ sub: 'usr-b' }), iss: issuer })}.${signature}`);
  }),
  refused401(11, 'two payloads', () => {
    const [header, payload, signature] = partsOf(player.token);
    return me(`${header}.${payload}.${payload}.${signature}`);
  }),
  refused401(11, 'padding', () => me(`${player.token}==`)),
  refused401(11, 'the other alphabet', () => me(`${player.token}+/`)),
  ...[undefined, '', 'acme ', ' acme', 'Acme', 'ACME', 'аcme', 'acme\u0000', ['acme', 'bolt'], ['acme'], { a: 1 }].map(
    (tenant) => refused401(12, `tenant ${JSON.stringify(tenant)}`, async () => me(await signed({ tenant }))),
  ),
  ...['', 'main ', 'Main', ['main'], 'side#x', null].map((workspace) =>
    refused401(12, `workspace ${JSON.stringify(workspace)}`, async () => me(await signed({ workspace }))),
  ),
  refused401(14, 'Authorization twice', () => raw([`Bearer ${player.token}`, `Bearer ${player.token}`])),
  refused401(14, 'a tab', () => me(undefined, ACME, { authorization: `Bearer\t${player.token}` })),
  refused401(14, 'the token in the query', () =>
    call(laurel.stranger(ACME), 'GET', `/app/v1/me?access_token=${player.token}&token=${player.token}`),
  ),
  refused401(16, 'a token that was just let in elsewhere', async () => {
    expect((await me(player.token)).status).toBe(200);
    return me(player.token, BOLT);
  }),
  [
    15,
    'let in to read, then asked to delete',
    'forbidden',
    async () => {
      expect((await me(player.token)).status).toBe(200);
      return call(player, 'DELETE', '/dashboard/v1/missions/m');
    },
  ],
  [
    17,
    'a scope to read on a write',
    'insufficient_scope',
    async () => {
      const reader = await laurel.machine(ACME, ['users:read']);
      return call(reader, 'POST', '/dashboard/v1/users', { body: {} });
    },
  ],
  [
    17,
    'a scope of machines on a route of players',
    'insufficient_scope',
    async () => {
      const reader = await laurel.machine(ACME, ['users:read', 'users:write']);
      return call(reader, 'GET', '/app/v1/me', { headers: { 'x-user-id': 'usr-a' } });
    },
  ],
  [18, 'an issuer whose keys cannot be had', 'unavailable', () => me(login.token({}))],
];

/** A request with header lines of one's own. */
function raw(authorizations: readonly string[], target = '/acme/app/v1/me', host = 'x'): Promise<Answer> {
  const { port, hostname } = new URL(laurel.platform.baseUrl);
  const lines = authorizations.map((value) => `authorization: ${value}\r\n`).join('');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\n${lines}connection: close\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.once('error', reject);
    socket.once('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const body = rest.join('').replace(/^[^{]*|[^}]*$/g, '');
      const headers = Object.fromEntries(
        head
          .split('\r\n')
          .slice(1)
          .map((line) => line.split(/: (.*)/s).slice(0, 2)),
      );
      resolve({ status: Number(head.split(' ')[1]), headers, text: body, body: JSON.parse(body || '{}') });
    });
  });
}

describe('tokens and hosts: refused, and nothing is changed', () => {
  test.each(attacks)('case %i: %s', async (_number, _what, code, attack) => {
    // What an attack needs for itself, such as a credential of its own, is there by its second time.
    await attack();
    const before = await laurel.snapshot();
    expectProblem(await attack(), code);
    if (code !== 'insufficient_scope') expect(await laurel.snapshot()).toBe(before);
    expect((await me(player.token)).status).toBe(200);
  });

  test('threat 3: no header and no parameter chooses another tenant', async () => {
    const headers = { 'x-tenant-id': 'bolt', 'x-amz-tenant-id': 'bolt', 'x-tenant': 'bolt' };
    const answer = await call(machine, 'GET', '/dashboard/v1/workspace', { headers });
    expect(answer.body).toMatchObject({ tenant: 'acme' });
    const asked = await call(machine, 'GET', '/dashboard/v1/workspace?tenantId=bolt&tenant=bolt');
    expect([400, 200]).toContain(asked.status);
    if (asked.status === 200) expect(asked.body).toMatchObject({ tenant: 'acme' });
  });

  test('threat 4: the real address decides, whatever Host and X-Forwarded-Host say; a whole URL is no path', async () => {
    const forwarded = await me(player.token, ACME, { 'x-forwarded-host': 'bolt.example', host: 'bolt.example' });
    expect([forwarded.status, forwarded.body.id]).toEqual([200, 'usr-a']);
    const absolute = await raw([`Bearer ${player.token}`], 'http://bolt.example/bolt/app/v1/me', 'bolt.example');
    expect([400, 401, 404, 421]).toContain(absolute.status);
    expectProblem(await raw([`Bearer ${player.token}`], '/bolt/app/v1/me', 'acme.example'), 'invalid_token');
  });

  test('threat 7: unknown kids cause no work for anybody', async () => {
    const asked = login.asked.length;
    for (let at = 0; at < 50; at += 1) expectProblem(await me(forged({ kid: `k${at}` })), 'invalid_token');
    expect(login.asked).toHaveLength(asked);
  });
});

describe('threat 13: what is taken away is gone within a minute, with a live token', () => {
  const scope = workspaceScope('acme', 'main');
  const later = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });

  test('a revoked client', async () => {
    const made = await call(machine, 'POST', '/dashboard/v1/api-clients', {
      body: { name: 'x', scopes: ['users:read'] },
    });
    const { id } = Object(made.body.client);
    const { clientSecret } = made.body;
    const answer = await fetch(laurel.platform.tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const client = callerOf(String(Object(await answer.json()).access_token));
    expect((await call(client, 'GET', '/dashboard/v1/users')).status).toBe(200);
    await call(machine, 'POST', `/dashboard/v1/api-clients/${id}/revoke`);
    later();
    expectProblem(await call(client, 'GET', '/dashboard/v1/users'), 'invalid_token');
  });

  test('a suspended user', async () => {
    const other = await laurel.player(ACME, 'usr-b');
    const { headers } = await call(machine, 'GET', '/dashboard/v1/users/usr-b');
    expect((await call(other, 'GET', '/app/v1/me')).status).toBe(200);
    const match = { 'if-match': headers.etag ?? '' };
    await call(machine, 'PATCH', '/dashboard/v1/users/usr-b', { body: { status: 'suspended' }, headers: match });
    later();
    expectProblem(await call(other, 'GET', '/app/v1/me'), 'forbidden');
  });

  test('a suspended member', async () => {
    const admin = await laurel.operator(ACME, 'admin');
    expect((await call(admin, 'GET', '/dashboard/v1/users')).status).toBe(200);
    const { sub } = JSON.parse(Buffer.from(partsOf(admin.token)[1] ?? '', 'base64url').toString());
    await commit(
      laurel.table,
      await memberWrites(laurel.table, scope, { subject: sub, role: 'admin', status: 'suspended' }),
    );
    later();
    expectProblem(await call(admin, 'GET', '/dashboard/v1/users'), 'forbidden');
  });

  test('a suspended tenant, whose callers come back when it does', async () => {
    const bolt = await laurel.machine(BOLT);
    expect((await call(bolt, 'GET', '/dashboard/v1/users')).status).toBe(200);
    await call(root, 'POST', '/platform/v1/tenants/bolt/suspend');
    later();
    expectProblem(await call(bolt, 'GET', '/dashboard/v1/users'), 'forbidden');
    await call(root, 'POST', '/platform/v1/tenants/bolt/resume');
    later();
    expect((await call(bolt, 'GET', '/dashboard/v1/users')).status).toBe(200);
  });
});
