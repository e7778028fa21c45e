import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import { newClientSecret } from '../../src/identity/client-secret.ts';
import { generateSigningKey } from '../../src/identity/embedded-signer.ts';
import { fetchJwksOverHttp } from '../../src/identity/keys.ts';
import { hashPassword } from '../../src/identity/password.ts';
import { createIssuer } from '../../src/local/issuer/issuer.ts';
import type { IssuerAccount, IssuerClient } from '../../src/local/issuer/people.ts';
import { MAX_FAILURES } from '../../src/local/issuer/sign-in-limit.ts';
import { memoryIssuerStore } from '../../src/local/issuer/store.ts';
import { PLAYERS, twoTenants } from './doubles.ts';

const CONSOLE = 'https://console.example/callback';
const PASSWORD = 'correct horse battery staple';
const key = await generateSigningKey();
const secrets = [newClientSecret(), newClientSecret()] as const;
const clients = new Map<string, IssuerClient>();
const people = new Map<string, IssuerAccount>();
const errors: unknown[] = [];
const printed = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];

let base: string;
const server = createServer();

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Partial<AddressInfo> = Object(server.address());
  base = `http://127.0.0.1:${port}/issuer`;
  const handle = await createIssuer({
    issuer: base,
    clients: async (id) => clients.get(id),
    accounts: {
      byEmail: async (email) => [...people.values()].find((one) => one.email === email),
      byId: async (id) => people.get(id),
    },
    console: { clientId: 'console', redirectUris: [CONSOLE] },
    store: memoryIssuerStore(Date.now),
    keys: [key],
    cookiesSecret: randomBytes(32).toString('base64url'),
    now: Date.now,
    onError: (error) => errors.push(error),
  });
  server.on('request', (req, res) => {
    handle(req, res).catch((error: unknown) => {
      errors.push(error);
      res.destroy();
    });
  });
  clients.set('cli_a', {
    id: 'cli_a',
    tenant: 'acme',
    workspace: 'main',
    scopes: ['events:write', 'users:read', 'no-longer:known'],
    status: 'active',
    secretHashes: secrets.map(({ secretHash }) => secretHash),
  });
  const passwordHash = await hashPassword(PASSWORD);
  const both = ['acme', 'bolt'].map((tenant) => ({ tenant, workspace: 'main' }));
  people.set('ada', { id: 'ada', email: 'ada@example.com', passwordHash, memberships: both });
  people.set('bob', { id: 'bob', email: 'bob@example.com', passwordHash, memberships: both.slice(0, 1) });
  people.set('eve', { id: 'eve', email: 'eve@example.com', passwordHash, memberships: [] });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

function authorizerOf(tenant: string) {
  const directory = twoTenants();
  return createAuthorizer(
    {
      tenant,
      issuers: {
        pool: { issuer: base, jwksUri: `${base}/jwks`, audience: 'laurel', consoleClients: ['console'] },
        players: { issuer: PLAYERS, jwksUri: `${PLAYERS}/jwks` },
      },
    },
    { directory, fetchJwks: fetchJwksOverHttp(), now: Date.now },
  );
}

describe('what the issuer says of itself', () => {
  test('addresses below the issuer, S256 alone, and the scopes of the contract', async () => {
    const document = await (await fetch(`${base}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({
      issuer: base,
      token_endpoint: `${base}/token`,
      jwks_uri: `${base}/jwks`,
      authorization_endpoint: `${base}/auth`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
    });
    expect(document.scopes_supported).toEqual(expect.arrayContaining(['openid', 'events:write']));
  });

  test('a JWKS without private parts', async () => {
    const { keys } = await (await fetch(`${base}/jwks`)).json();
    expect(keys).toHaveLength(1);
    for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(keys[0]).not.toHaveProperty(part);
  });

  test('the same addresses, whatever host a request names', async () => {
    const answer = await fetch(`${base}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(await answer.json()).toMatchObject({ jwks_uri: `${base}/jwks`, token_endpoint: `${base}/token` });
  });

  test('nothing elsewhere', async () => {
    const { origin } = new URL(base);
    for (const path of ['/token', '/issuer', '/issuerx/token', '/issuer/registration', '/issuer/me']) {
      expect((await fetch(`${origin}${path}`)).status).toBe(404);
    }
  });
});

describe('client credentials', () => {
  async function tokenFor(
    fields: Record<string, string> = {},
    [id, secret]: readonly [string, string] = ['cli_a', secrets[0].secret],
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${base}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...fields }),
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return { status: answer.status, body: await answer.json() };
  }

  test('a token of fifteen minutes with all scopes of the client that the contract has', async () => {
    const { status, body } = await tokenFor();
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'events:write users:read' });
    const claims = payloadOf(String(body.access_token));
    expect(claims).toMatchObject({
      iss: base,
      aud: 'laurel',
      sub: 'cli_a',
      client_id: 'cli_a',
      scope: 'events:write users:read',
      tenant: 'acme',
      workspace: 'main',
      token_use: 'access',
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(900);
  });

  test("which the tenant's authorizer accepts, and another tenant's refuses", async () => {
    const { body } = await tokenFor();
    const header = `Bearer ${body.access_token}`;
    expect(await authorizerOf('acme')(header)).toMatchObject({
      kind: 'allowed',
      principal: { kind: 'machine', tenant: 'acme', subject: 'cli_a', scopes: ['users:read', 'events:write'] },
    });
    expect(await authorizerOf('bolt')(header)).toMatchObject({ kind: 'denied', status: 401 });
  });

  test('fewer scopes where fewer are asked for', async () => {
    expect(await tokenFor({ scope: 'users:read' })).toMatchObject({ status: 200, body: { scope: 'users:read' } });
  });

  test.each(['ledger:read', 'users:read ledger:read', 'no-longer:known', 'openid', 'nonsense', ' ', '*'])(
    'a scope that the client lacks: %j',
    async (scope) => {
      const { status, body } = await tokenFor({ scope });
      expect([status, body.error]).toEqual([400, 'invalid_scope']);
    },
  );

  test('either of two secrets while they are rotated', async () => {
    expect((await tokenFor({}, ['cli_a', secrets[1].secret])).status).toBe(200);
  });

  test.each<[string, readonly [string, string]]>([
    ['a wrong secret', ['cli_a', 'wrong']],
    ['the stored hash', ['cli_a', secrets[0].secretHash]],
    ['both hashes, as they are kept', ['cli_a', secrets.map(({ secretHash }) => secretHash).join('.')]],
    ['an unknown client', ['cli_x', 'wrong']],
    ['the console', ['console', 'wrong']],
  ])('%s is refused in the same words', async (_what, who) => {
    const { status, body } = await tokenFor({}, who);
    expect([status, body]).toEqual([
      401,
      { error: 'invalid_client', error_description: 'client authentication failed' },
    ]);
  });

  test('a revoked client gets no token from then on', async () => {
    const secret = newClientSecret();
    const client: IssuerClient = {
      id: 'cli_r',
      tenant: 'acme',
      workspace: 'main',
      scopes: ['users:read'],
      status: 'active',
      secretHashes: [secret.secretHash],
    };
    clients.set('cli_r', client);
    expect((await tokenFor({}, ['cli_r', secret.secret])).status).toBe(200);
    clients.set('cli_r', { ...client, status: 'revoked' });
    expect((await tokenFor({}, ['cli_r', secret.secret])).status).toBe(401);
  });

  test('a secret in the body, another resource, another grant', async () => {
    const inBody = await fetch(`${base}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'cli_a',
        client_secret: secrets[0].secret,
      }),
    });
    expect(inBody.status).toBe(401);
    expect(await tokenFor({ resource: 'urn:other' })).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    expect((await tokenFor({ resource: 'urn:laurel:api' })).status).toBe(200);
    expect((await tokenFor({ grant_type: 'password' })).status).toBe(400);
    expect((await tokenFor({ grant_type: 'authorization_code', code: 'x' })).status).toBe(400);
  });
});

/** A browser as far as the sign-in goes: it keeps cookies by path and follows redirects up to the console. */
function browser() {
  const jar = new Map<string, { value: string; path: string }>();
  async function go(url: string, form?: Record<string, string>): Promise<{ res: Response; url: string; html: string }> {
    const { pathname } = new URL(url);
    const cookies = [...jar].filter(([, { path }]) => pathname.startsWith(path));
    const res = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of res.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, { value, path: /path=([^;]+)/i.exec(cookie)?.[1] ?? '/' });
      expect(cookie).toMatch(/httponly/i);
      expect(cookie).toMatch(/samesite=lax/i);
    }
    const location = res.headers.get('location');
    if (location === null) return { res, url, html: await res.text() };
    const next = new URL(location, url).href;
    return next.startsWith(CONSOLE) ? { res, url: next, html: '' } : go(next);
  }
  return { go, jar };
}

function authorizationRequest(more: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = new URLSearchParams({
    client_id: 'console',
    response_type: 'code',
    redirect_uri: CONSOLE,
    scope: 'openid',
    state: 'st',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  });
  return { verifier, url: `${base}/auth?${query}` };
}

async function redeem(
  code: string | null,
  verifier: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const res = await fetch(`${base}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'console',
      redirect_uri: CONSOLE,
      code: code ?? '',
      code_verifier: verifier,
    }),
  });
  return { status: res.status, body: await res.json() };
}

async function refresh(token: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = { grant_type: 'refresh_token', client_id: 'console', refresh_token: String(token) };
  const res = await fetch(`${base}/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: res.status, body: await res.json() };
}

const codeOf = (url: string): string | null => new URL(url).searchParams.get('code');

describe('authorization code with PKCE', () => {
  const ada = { email: ' Ada@Example.com ', password: PASSWORD };

  test('goes on by refresh tokens, each of which is good for once; one that comes twice ends them all', async () => {
    const { go } = browser();
    const { url, verifier } = authorizationRequest();
    const choice = await go((await go(url)).url, ada);
    const done = await go(choice.url, { choice: '1' });
    const first = await redeem(codeOf(done.url), verifier);
    const second = await refresh(first.body.refresh_token);
    expect(second.status).toBe(200);
    const place = { sub: 'ada', client_id: 'console', tenant: 'bolt', workspace: 'main', token_use: 'access' };
    expect(payloadOf(String(second.body.access_token))).toMatchObject(place);
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
    // Somebody has a token that was used before: nobody can say who of the two is the thief.
    expect(await refresh(first.body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await refresh(second.body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('from the sign-in page to a token that the authorizer accepts', async () => {
    const { go } = browser();
    const { url, verifier } = authorizationRequest();
    const page = await go(url);
    expect(page.html).toContain('<label for="password">');
    expect(page.html).not.toMatch(/<script|src=|https?:/);
    const policy = page.res.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://console.example");
    expect(page.res.headers.get('cache-control')).toBe('no-store');

    const choice = await go(page.url, ada);
    expect(choice.html).toContain('bolt / main');
    const done = await go(choice.url, { choice: '1' });
    expect(new URL(done.url).searchParams.get('state')).toBe('st');

    const { status, body } = await redeem(codeOf(done.url), verifier);
    expect(status).toBe(200);
    const claims = payloadOf(String(body.access_token));
    expect(claims).toMatchObject({
      iss: base,
      aud: 'laurel',
      sub: 'ada',
      client_id: 'console',
      tenant: 'bolt',
      workspace: 'main',
      token_use: 'access',
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(900);
    const header = `Bearer ${body.access_token}`;
    expect(await authorizerOf('bolt')(header)).toMatchObject({
      kind: 'allowed',
      principal: { kind: 'operator', tenant: 'bolt', workspace: 'main', subject: 'ada', role: 'admin' },
    });
    expect(await authorizerOf('acme')(header)).toMatchObject({ kind: 'denied', status: 401 });
    expect(await authorizerOf('bolt')(`Bearer ${body.id_token}`)).toMatchObject({ kind: 'denied', status: 401 });
  });

  test('whoever has one workspace, or asks for one, is not asked', async () => {
    const bob = browser();
    const first = await bob.go(authorizationRequest().url);
    expect(codeOf((await bob.go(first.url, { email: 'bob@example.com', password: PASSWORD })).url)).not.toBeNull();

    const { go } = browser();
    const request = authorizationRequest({ tenant: 'acme' });
    const done = await go((await go(request.url)).url, ada);
    const { body } = await redeem(codeOf(done.url), request.verifier);
    expect(payloadOf(String(body.access_token))).toMatchObject({ tenant: 'acme' });
  });

  test('signed in already, the same workspace needs no page, and another is chosen anew', async () => {
    const { go } = browser();
    const first = authorizationRequest({ tenant: 'acme' });
    await go((await go(first.url)).url, ada);
    const again = authorizationRequest({ tenant: 'acme' });
    const { body } = await redeem(codeOf((await go(again.url)).url), again.verifier);
    expect(payloadOf(String(body.access_token))).toMatchObject({ sub: 'ada', tenant: 'acme' });
    const other = authorizationRequest({ tenant: 'bolt' });
    const second = await redeem(codeOf((await go(other.url)).url), other.verifier);
    expect(payloadOf(String(second.body.access_token))).toMatchObject({ sub: 'ada', tenant: 'bolt' });
  });

  test('a workspace that one is no member of is refused', async () => {
    for (const [who, more] of [
      ['eve@example.com', {}],
      ['bob@example.com', { tenant: 'bolt' }],
      ['bob@example.com', { tenant: 'acme', workspace: 'test' }],
    ] as const) {
      const { go } = browser();
      const page = await go(authorizationRequest(more).url);
      const done = await go(page.url, { email: who, password: PASSWORD });
      expect(new URL(done.url).searchParams.get('error')).toBe('access_denied');
    }
  });

  test('a choice that was not offered is asked again', async () => {
    const { go } = browser();
    const choice = await go((await go(authorizationRequest().url)).url, ada);
    for (const value of ['2', '-1', '0x1', '', '1e0', '__proto__']) {
      const answer = await go(choice.url, { choice: value });
      expect([answer.res.status, answer.html.includes('role="alert"')]).toEqual([422, true]);
    }
  });

  test('a wrong password and an unknown address are refused in the same words', async () => {
    const { go } = browser();
    const page = await go(authorizationRequest().url);
    const answers = await Promise.all(
      ['ada@example.com', 'nobody@example.com'].map((email) => go(page.url, { email, password: 'wrong' })),
    );
    for (const { res, html } of answers) {
      expect(res.status).toBe(422);
      expect(html).toContain('The e-mail or the password is wrong.');
    }
  });

  test('what people type is escaped', async () => {
    const { go } = browser();
    const page = await go(authorizationRequest().url);
    const { html } = await go(page.url, { email: '"><script>alert(1)</script>\'', password: 'x' });
    expect(html).not.toContain('<script');
    expect(html).toContain('&quot;&gt;&lt;script&gt;');
  });

  test('guessing is slowed down', async () => {
    const { go } = browser();
    const page = await go(authorizationRequest().url);
    const guess = (password: string) => go(page.url, { email: 'guessed@example.com', password });
    for (let at = 0; at < MAX_FAILURES; at += 1) expect((await guess(`guess ${at}`)).res.status).toBe(422);
    expect((await guess('one more')).res.status).toBe(429);
  });

  test('a code works once, for its verifier, and its second use takes the grant back', async () => {
    const { go } = browser();
    const { url, verifier } = authorizationRequest({ tenant: 'acme' });
    const code = codeOf((await go((await go(url)).url, ada)).url);
    expect(await redeem(code, randomBytes(32).toString('base64url'))).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    const statuses = await Promise.all([redeem(code, verifier), redeem(code, verifier)]);
    expect(statuses.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(await redeem(code, verifier)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('no PKCE, plain PKCE, another redirect, another response, more scope: no page', async () => {
    const { go } = browser();
    for (const [more, error] of [
      [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ scope: 'openid users:read' }, 'invalid_scope'],
    ] as const) {
      const { url } = await go(authorizationRequest(more).url);
      const { searchParams, hash } = new URL(url);
      expect(searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error')).toBe(error);
    }
    const elsewhere = await go(authorizationRequest({ redirect_uri: 'https://evil.example/callback' }).url);
    expect(elsewhere.res.status).toBe(400);
    expect(elsewhere.html).toContain('<h1>Sign-in failed</h1>');
  });

  test("another browser cannot go on with somebody's page, and a form from elsewhere is refused", async () => {
    const mine = browser();
    const page = await mine.go(authorizationRequest().url);
    expect((await browser().go(page.url)).res.status).toBe(400);
    const cookie = [...mine.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
    expect((await fetch(`${base}/interaction/other`, { headers: { cookie } })).status).toBe(400);
    const foreign = await fetch(page.url, {
      method: 'POST',
      headers: { origin: 'https://evil.example', cookie },
      body: new URLSearchParams(ada),
    });
    expect(foreign.status).toBe(403);
  });

  test('signing out ends the session', async () => {
    const { go } = browser();
    await go((await go(authorizationRequest({ tenant: 'acme' }).url)).url, ada);
    const page = await go(`${base}/session/end?client_id=console`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    expect(page.html).not.toMatch(/<script/);
    const done = await go(`${base}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(done.html).toContain('Signed out');
    expect((await go(authorizationRequest({ tenant: 'acme' }).url)).html).toContain('<label for="password">');
  });

  test('the token endpoint may be read by the console alone', async () => {
    const preflight = (origin: string) =>
      fetch(`${base}/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'console', code: 'x' }),
      });
    expect((await preflight('https://console.example')).headers.get('access-control-allow-origin')).toBe(
      'https://console.example',
    );
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
