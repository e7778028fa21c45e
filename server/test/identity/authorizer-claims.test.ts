import { describe, expect, test } from 'vitest';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import {
  base64url,
  configFor,
  jwksOf,
  jwt,
  machineClaims,
  makeKey,
  operatorClaims,
  PLAYERS,
  playerClaims,
  twoTenants,
} from './doubles.ts';

const pool = makeKey('pool-1');
const players = makeKey('players-1');
const authorize = createAuthorizer(configFor('acme'), {
  directory: twoTenants(),
  fetchJwks: async (uri) => jwksOf(uri.startsWith(PLAYERS) ? players : pool),
  now: Date.now,
});

const bearer = (token: string): string => `Bearer ${token}`;

async function expect401(header: string): Promise<void> {
  expect(await authorize(header)).toMatchObject({ kind: 'denied', status: 401, code: 'invalid_token' });
}

describe('threat 10: times', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const at = (claims: () => object) => bearer(jwt(pool, machineClaims(claims())));

  test.each([
    ['expired by a second', () => ({ iat: now() - 900, exp: now() - 1 })],
    ['expires this second', () => ({ iat: now() - 900, exp: now() })],
    ['nbf ahead', () => ({ nbf: now() + 60 })],
    ['iat ahead', () => ({ iat: now() + 60 })],
    ['iat far ahead', () => ({ iat: now() + 1e6, exp: now() + 1e6 + 900 })],
    ['no exp', () => ({ exp: undefined })],
    ['no iat', () => ({ iat: undefined })],
    ['exp a text', () => ({ exp: String(now() + 900) })],
    ['exp a fraction', () => ({ exp: now() + 900.5 })],
    ['exp null', () => ({ exp: null })],
    ['exp a list', () => ({ exp: [now() + 900] })],
    ['exp in milliseconds', () => ({ exp: (now() + 900) * 1000 })],
    ['a life of a year', () => ({ exp: now() + 31_536_000 })],
    ['nbf a text', () => ({ nbf: '0' })],
  ])('%s', (_what, claims) => expect401(at(claims)));

  test('exp 1e400, which JSON reads as infinite', async () => {
    const text = JSON.stringify(machineClaims()).replace(/"exp":\d+/, '"exp":1e400');
    await expect401(bearer(jwt(pool, text)));
  });

  test("an issuer's clock may be ten seconds ahead", async () => {
    expect(await authorize(at(() => ({ iat: now() + 5, nbf: now() + 5 })))).toMatchObject({ kind: 'allowed' });
  });

  test("a player's token lives fifteen minutes at most", async () => {
    const exp = now() + 901;
    await expect401(bearer(jwt(players, playerClaims({ exp }))));
  });
});

describe('threat 11: tokens taken apart and put together', () => {
  test('claims swapped after signing', async () => {
    const [header, , signature] = jwt(pool, machineClaims()).split('.');
    await expect401(bearer(`${header}.${base64url(machineClaims({ sub: 'cli_b', client_id: 'cli_b' }))}.${signature}`));
  });

  test('two payloads, missing parts, more parts', async () => {
    const token = jwt(pool, machineClaims());
    const [header, payload, signature] = token.split('.');
    for (const parts of [
      [header, payload, payload, signature],
      [header, payload],
      [header, payload, ''],
      ['', payload, signature],
      [header, '', signature],
      [header, payload, signature, ''],
    ]) {
      await expect401(bearer(parts.join('.')));
    }
  });

  test('base64 with padding, of the other alphabet, with spaces, or with stray bits', async () => {
    const [header = '', payload = '', signature = ''] = jwt(pool, machineClaims()).split('.');
    const last = signature.at(-1) ?? '';
    const stray = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const strayed = signature.slice(0, -1) + (stray[stray.indexOf(last) + 1] ?? 'B');
    expect(Buffer.from(strayed, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    for (const token of [
      `${header}=.${payload}.${signature}`,
      `${header}.${payload}=.${signature}`,
      `${header}.${payload}.${signature}==`,
      `${header}.${payload}.${signature}%3D`,
      `${header}.${payload}.+${signature}`,
      `${header}.${payload}.${signature.slice(0, 10)}\n${signature.slice(10)}`,
      `${header}.${payload}.${strayed}`,
      `${header}.${payload}A.${signature}`,
    ]) {
      await expect401(bearer(token));
    }
  });

  test('a key twice in the payload, however it is spelled', async () => {
    const text = JSON.stringify(machineClaims());
    for (const twin of ['"sub":"cli_a"', '"s\\u0075b":"cli_a"', '"more":{"a":1,"a":1}']) {
      await expect401(bearer(jwt(pool, `${text.slice(0, -1)},${twin}}`)));
    }
  });

  test('a payload that is no object, no JSON, or no UTF-8', async () => {
    for (const payload of ['[]', 'null', '"x"', '{', '\ufeff{}', '{}{}', ''])
      await expect401(bearer(jwt(pool, payload)));
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url');
    const [header, , signature] = jwt(pool, machineClaims()).split('.');
    await expect401(bearer(`${header}.${bytes}.${signature}`));
  });
});

describe('threat 12: names of tenants and workspaces', () => {
  const names = [
    undefined,
    null,
    '',
    ['acme', 'bolt'],
    ['acme'],
    { toString: 'acme' },
    'acme ',
    ' acme',
    'ACME',
    'Acme',
    'аcme',
    'acme\u0000',
    'acme\n',
    'acme#bolt',
    'acme/bolt',
    'a'.repeat(41),
  ];
  test.each(names)('tenant %j', async (tenant) => {
    await expect401(bearer(jwt(pool, operatorClaims({ tenant }))));
    await expect401(bearer(jwt(players, playerClaims({ tenant }))));
  });

  test.each(names)('workspace %j', async (workspace) => {
    await expect401(bearer(jwt(pool, operatorClaims({ workspace }))));
    await expect401(bearer(jwt(players, playerClaims({ workspace }))));
  });

  test.each([undefined, null, '', ['usr_1'], 1, 'usr 1', 'usr_1\u0000', '..', 'usr#1', 'x'.repeat(129)])(
    'subject %j',
    async (sub) => {
      await expect401(bearer(jwt(players, playerClaims({ sub }))));
      await expect401(bearer(jwt(pool, operatorClaims({ sub }))));
      await expect401(bearer(jwt(pool, machineClaims({ sub, client_id: sub }))));
    },
  );

  test.each([
    ['jti', ['tok-1']],
    ['jti', 'a b'],
    ['scope', ['users:read']],
    ['scope', 1],
  ])('%s %j', async (name, value) => {
    await expect401(bearer(jwt(pool, machineClaims({ [name]: value }))));
  });
});
