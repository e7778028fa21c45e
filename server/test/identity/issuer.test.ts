import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newClientSecret } from '../../src/identity/client-secret.ts';
import type { IssuerClient } from '../../src/local/issuer/people.ts';
import { authorizerAt, expectQuiet, issuerWorld, payloadOf, secrets } from './issuer-world.ts';

const world = await issuerWorld();
const { base, clients } = world;
afterAll(() => world.close());
afterEach(expectQuiet);

const authorizerOf = (tenant: string) => authorizerAt(base, tenant);

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
