import { beforeEach, describe, expect, test } from 'vitest';
import { type Authorize, createAuthorizer } from '../../src/identity/authorizer.ts';
import { bearer, expectNobody, openAuthorizers, players, pool, refused, stranger } from './authorizer-world.ts';
import {
  configFor,
  jwksOf,
  jwt,
  type MemoryDirectory,
  machineClaims,
  operatorClaims,
  PLAYERS,
  POOL,
  playerClaims,
} from './doubles.ts';

let directory: MemoryDirectory;
let authorize: Authorize;
let authorizerOf: (tenant: string) => Authorize;
beforeEach(() => {
  ({ directory, authorize, authorizerOf } = openAuthorizers());
});

/** Nobody is let in by it. */
const expect401 = (header: string | undefined, by = authorize) => expectNobody(by, header);

describe('who passes', () => {
  test('a machine, with the scopes that both its token and its client have', async () => {
    const claims = machineClaims({ scope: 'events:write users:read tenants:write' });
    expect(await authorize(bearer(jwt(pool, claims)))).toEqual({
      kind: 'allowed',
      expiresAt: Number(claims.exp) * 1000,
      principal: {
        kind: 'machine',
        tenant: 'acme',
        workspace: 'main',
        subject: 'cli_a',
        scopes: ['users:read', 'events:write'],
        platform: false,
        tokenId: 'tok-1',
      },
    });
  });

  test('an operator, with the role that the directory gives', async () => {
    const result = await authorize(bearer(jwt(pool, operatorClaims(), { typ: 'at+jwt' })));
    expect(result).toMatchObject({
      kind: 'allowed',
      principal: { kind: 'operator', subject: 'ada', role: 'admin', scopes: [], platform: false },
    });
  });

  test('a player', async () => {
    const result = await authorize(bearer(jwt(players, playerClaims())));
    expect(result).toMatchObject({
      kind: 'allowed',
      principal: { kind: 'player', tenant: 'acme', workspace: 'main', subject: 'usr_1', scopes: [], platform: false },
    });
  });

  test('people and machines of the tenant that runs the platform, marked as such', async () => {
    const by = authorizerOf('laurel');
    const claims = { sub: 'cli_l', client_id: 'cli_l' };
    expect(await by(bearer(jwt(pool, machineClaims(claims))))).toMatchObject({ principal: { platform: true } });
    expect(await by(bearer(jwt(pool, operatorClaims({ tenant: 'laurel' }))))).toMatchObject({
      principal: { platform: true },
    });
  });

  test("a token of the cell's other pool, and none of a pool of another cell", async () => {
    const base = configFor('acme');
    const standby = 'https://standby.example/pool';
    const standbyPool = { ...base.issuers.pool, issuer: standby, jwksUri: `${standby}/jwks` };
    const by = createAuthorizer(
      { ...base, issuers: { ...base.issuers, standbyPool } },
      { directory, fetchJwks: async () => jwksOf(pool), now: Date.now },
    );
    expect(await by(bearer(jwt(pool, machineClaims({ iss: standby }))))).toMatchObject({ kind: 'allowed' });
    await expect401(bearer(jwt(pool, machineClaims({ iss: 'https://us.example/pool' }))), by);
  });
});

describe('threats 1 and 2: a token of another tenant', () => {
  test.each([
    ['machine', () => jwt(pool, machineClaims())],
    ['operator', () => jwt(pool, operatorClaims())],
    ['player', () => jwt(players, playerClaims())],
  ])('%s of acme at bolt', async (_kind, token) => {
    const header = bearer(token());
    expect(await authorize(header)).toMatchObject({ kind: 'allowed' });
    await expect401(header, authorizerOf('bolt'));
  });

  test('a machine whose token names another tenant or workspace than the directory', async () => {
    await expect401(bearer(jwt(pool, machineClaims({ tenant: 'bolt' }))));
    await expect401(bearer(jwt(pool, machineClaims({ workspace: 'test' }))));
    await expect401(bearer(jwt(pool, machineClaims({ tenant: ['acme'] }))));
    expect(await authorize(bearer(jwt(pool, machineClaims({ tenant: 'acme', workspace: 'main' }))))).toMatchObject({
      kind: 'allowed',
    });
  });
});

describe('threat 9: what the token is for', () => {
  test.each([
    ['another issuer', { iss: `${POOL}/` }],
    ['no issuer', { iss: undefined }],
    ['an issuer in a list', { iss: [POOL] }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['audiences in a list', { aud: ['laurel', 'other'] }],
    ['an unknown client', { sub: 'cli_x', client_id: 'cli_x' }],
    ["another's client id", { client_id: 'cli_b' }],
    ['no client id', { client_id: undefined }],
    ['an ID token', { token_use: 'id' }],
    ['no use', { token_use: undefined }],
    ["a player's use", { token_use: 'player' }],
  ])('machine: %s', (_what, claims) => expect401(bearer(jwt(pool, machineClaims(claims)))));

  test.each([
    ['an ID token', { token_use: 'id' }],
    ['no use', { token_use: undefined }],
    ['a client that is not the console', { client_id: 'cli_a' }],
  ])('operator: %s', (_what, claims) => expect401(bearer(jwt(pool, operatorClaims(claims)))));

  test.each([
    ['an access token of a pool', { token_use: 'access' }],
    ['another audience', { aud: 'other' }],
  ])('player: %s', (_what, claims) => expect401(bearer(jwt(players, playerClaims(claims)))));

  test("the pool's key cannot make players, nor the players' key machines", async () => {
    await expect401(bearer(jwt(pool, playerClaims({ iss: POOL }))));
    await expect401(bearer(jwt(players, machineClaims({ iss: PLAYERS }))));
  });

  test('a JWT of another type', () => expect401(bearer(jwt(pool, machineClaims(), { typ: 'dpop+jwt' }))));
});

describe('threat 13: revoked and suspended, with a live token', () => {
  const machine = () => bearer(jwt(pool, machineClaims()));
  const operator = () => bearer(jwt(pool, operatorClaims()));
  const player = () => bearer(jwt(players, playerClaims()));
  const forbidden = [403, 'forbidden'];

  test('a revoked client', async () => {
    directory.clients.set('cli_a', { tenant: 'acme', workspace: 'main', scopes: [], status: 'revoked' });
    await expect401(machine());
  });

  test('a client that lost a scope', async () => {
    directory.clients.set('cli_a', { tenant: 'acme', workspace: 'main', scopes: ['users:read'], status: 'active' });
    expect(await authorize(machine())).toMatchObject({ principal: { scopes: ['users:read'] } });
  });

  test('a suspended tenant', async () => {
    directory.tenants.set('acme', { status: 'suspended', platform: false });
    for (const header of [machine(), operator(), player()]) expect(refused(await authorize(header))).toEqual(forbidden);
  });

  test('a tenant that is gone', async () => {
    directory.tenants.delete('acme');
    for (const header of [machine(), operator(), player()]) await expect401(header);
  });

  test('a suspended member, and one who is none any more', async () => {
    directory.members.set('acme/main/ada', { role: 'owner', status: 'suspended' });
    expect(refused(await authorize(operator()))).toEqual(forbidden);
    directory.members.delete('acme/main/ada');
    expect(refused(await authorize(operator()))).toEqual(forbidden);
  });

  test('a suspended user, and one who is gone', async () => {
    directory.users.set('acme/main/usr_1', { status: 'suspended' });
    expect(refused(await authorize(player()))).toEqual(forbidden);
    directory.users.delete('acme/main/usr_1');
    await expect401(player());
  });

  test('a bad token learns nothing of the suspension', async () => {
    directory.tenants.set('acme', { status: 'suspended', platform: false });
    await expect401(bearer(jwt(stranger, machineClaims())));
  });
});

describe('threat 18: the parts behind it', () => {
  const down = async () => {
    throw new Error('connect ECONNREFUSED');
  };
  const deps = (fetchJwks: (uri: string) => Promise<string>) => ({ directory, fetchJwks, now: Date.now });
  const header = () => bearer(jwt(pool, machineClaims()));

  test.each([
    ['down', down],
    ['garbage', async () => '<html>'],
    ['no keys', async () => '{"keys":{}}'],
    ['a list', async () => '[]'],
    ['null', async () => 'null'],
  ])('keys that never came (%s) refuse with 503', async (_what, fetchJwks) => {
    const by = createAuthorizer(configFor('acme'), deps(fetchJwks));
    for (let at = 0; at < 3; at += 1) expect(refused(await by(header()))).toEqual([503, 'unavailable']);
  });

  test('keys that are known go on', async () => {
    let answer = async () => jwksOf(pool);
    const by = createAuthorizer(
      configFor('acme'),
      deps(() => answer()),
    );
    expect(await by(header())).toMatchObject({ kind: 'allowed' });
    answer = down;
    expect(await by(header())).toMatchObject({ kind: 'allowed' });
    expect(refused(await by(bearer(jwt(pool, machineClaims(), { kid: 'unknown' }))))).toEqual([401, 'invalid_token']);
  });

  test('a directory that fails refuses with 503, and says why to the log alone', async () => {
    directory.client = down;
    const result = await authorize(header());
    expect(result).toMatchObject({ kind: 'denied', status: 503, reason: 'Error: connect ECONNREFUSED' });
  });
});
