import { createHmac, sign } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Authorize, createAuthorizer } from '../../src/identity/authorizer.ts';
import { bearer, expectNobody, openAuthorizers, players, pool, stranger } from './authorizer-world.ts';
import {
  base64url,
  configFor,
  jwksOf,
  jwt,
  type MemoryDirectory,
  machineClaims,
  POOL,
  playerClaims,
} from './doubles.ts';

let directory: MemoryDirectory;
let authorize: Authorize;
let fetches: readonly string[];
beforeEach(() => {
  ({ directory, authorize, fetches } = openAuthorizers());
});

/** Nobody is let in by it. */
const expect401 = (header: string | undefined, by = authorize) => expectNobody(by, header);

describe('threats 5 and 6: algorithms', () => {
  const unsigned = (alg: unknown) => `${base64url({ alg, kid: 'pool-1' })}.${base64url(machineClaims())}.`;

  test.each(['none', 'None', 'NONE', '', null, ['RS256']])('alg %j without a signature', async (alg) => {
    await expect401(bearer(unsigned(alg)));
    await expect401(bearer(`${unsigned(alg)}AA`));
  });

  test.each(['RS384', 'RS512', 'PS256', 'ES256', 'EdDSA', 'rs256'])('alg %s over a good signature', async (alg) => {
    await expect401(bearer(jwt(pool, machineClaims(), { alg })));
  });

  test('RS512, well signed, even where the key does not name its algorithm', async () => {
    const { alg: _alg, ...jwk } = JSON.parse(jwksOf(pool)).keys[0];
    const fetchJwks = async () => JSON.stringify({ keys: [jwk] });
    const by = createAuthorizer(configFor('acme'), { directory, fetchJwks, now: Date.now });
    const input = `${base64url({ alg: 'RS512', kid: 'pool-1' })}.${base64url(machineClaims())}`;
    await expect401(
      bearer(`${input}.${sign('RSA-SHA512', Buffer.from(input), pool.privateKey).toString('base64url')}`),
      by,
    );
    expect(await by(bearer(jwt(pool, machineClaims())))).toMatchObject({ kind: 'allowed' });
  });

  test('HS256 with the public key as the secret', async () => {
    const input = `${base64url({ alg: 'HS256', kid: 'pool-1', typ: 'JWT' })}.${base64url(machineClaims())}`;
    for (const secret of [
      pool.publicKey.export({ type: 'spki', format: 'pem' }),
      pool.publicKey.export({ type: 'spki', format: 'der' }),
    ]) {
      await expect401(bearer(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`));
    }
  });
});

describe('threat 7: the kid', () => {
  test.each([
    '../../etc/passwd',
    'https://evil.example/jwks',
    "' OR 1=1 --",
    '__proto__',
    'constructor',
    '',
    'x'.repeat(1_000_000),
    ['pool-1'],
    null,
    1,
  ])('%.40j', async (kid) => {
    await authorize(bearer(jwt(pool, machineClaims())));
    await expect401(bearer(jwt(pool, machineClaims(), { kid })));
    expect(fetches.length).toBe(1);
  });

  test('no kid at all', () => expect401(bearer(jwt(pool, machineClaims(), { kid: undefined }))));

  test('many unknown kids cause no further fetch within the cool-down', async () => {
    for (let at = 0; at < 100; at += 1) await expect401(bearer(jwt(pool, machineClaims(), { kid: `kid-${at}` })));
    expect(fetches).toEqual([`${POOL}/jwks`]);
  });
});

describe('threat 8: a header that brings its own key', () => {
  const jwk = stranger.publicKey.export({ format: 'jwk' });
  test.each([{ jwk }, { jku: 'https://evil.example/jwks' }, { x5u: 'https://evil.example/x' }, { x5c: ['MII'] }])(
    '%j',
    async (header) => {
      await expect401(bearer(jwt(stranger, machineClaims(), header)));
      await expect401(bearer(jwt(pool, machineClaims(), header)));
    },
  );

  test('and one that demands rules of its own', async () => {
    await expect401(bearer(jwt(pool, machineClaims(), { crit: ['exp'] })));
    await expect401(bearer(jwt(pool, machineClaims(), { b64: false })));
  });

  test('a key of the same kid that is not the issuer’s', () => expect401(bearer(jwt(stranger, machineClaims()))));

  test("the players' key for the pool's tokens, and the reverse", async () => {
    await expect401(bearer(jwt({ ...players, kid: 'pool-1' }, machineClaims())));
    await expect401(bearer(jwt({ ...pool, kid: 'players-1' }, playerClaims())));
  });
});

describe('threat 14: the header', () => {
  test.each([
    (token: string) => `Bearer  ${token}`,
    (token: string) => `Bearer\t${token}`,
    (token: string) => ` Bearer ${token}`,
    (token: string) => `Bearer ${token} `,
    (token: string) => `bearer ${token}`,
    (token: string) => `Bearer${token}`,
    (token: string) => `Bearer ${token}, Bearer ${token}`,
    (token: string) => `Bearer ${token} Bearer ${token}`,
    (token: string) => `Basic ${token}`,
    (token: string) => token,
    (token: string) => `Bearer ${token}\r\nX: y`,
    () => 'Bearer ',
    () => 'Bearer',
    () => '',
    () => `Bearer ${'a'.repeat(100_000)}.b.c`,
    () => `Bearer ${'a.'.repeat(50_000)}`,
  ])('%s', (header) => expect401(header(jwt(pool, machineClaims()))));

  test('none', () => expect401(undefined));

  test('one of 100 KB is refused before anything is decoded or fetched', async () => {
    await expect401(bearer(jwt(pool, machineClaims({ more: 'x'.repeat(100_000) }))));
    expect(fetches).toEqual([]);
  });
});
