import { beforeEach, describe, expect, test } from 'vitest';
import { type Authorize, createAuthorizer } from '../../src/identity/authorizer.ts';
import { cachedAuthorizer } from '../../src/identity/cached-authorizer.ts';
import {
  configFor,
  jwksOf,
  jwt,
  type MemoryDirectory,
  machineClaims,
  makeKey,
  operatorClaims,
  twoTenants,
} from './doubles.ts';

const key = makeKey('pool-1');
let directory: MemoryDirectory;
let clock: number;
let asked: number;

function apiOf(tenant: string, maxEntries = 100): Authorize {
  const authorize = createAuthorizer(configFor(tenant), {
    directory,
    fetchJwks: async () => jwksOf(key),
    now: Date.now,
  });
  const counted: Authorize = (header) => {
    asked += 1;
    return authorize(header);
  };
  return cachedAuthorizer(counted, { ttlSeconds: 60, now: () => clock, maxEntries });
}

beforeEach(() => {
  directory = twoTenants();
  clock = Date.now();
  asked = 0;
});

const machine = (more: object = {}): string => `Bearer ${jwt(key, machineClaims(more))}`;

describe('keeping answers', () => {
  test('threat 13: a revocation is felt within the TTL', async () => {
    const api = apiOf('acme');
    const header = machine();
    expect(await api(header)).toMatchObject({ kind: 'allowed' });
    directory.clients.set('cli_a', { tenant: 'acme', workspace: 'main', scopes: [], status: 'revoked' });
    clock += 59_999;
    expect(await api(header)).toMatchObject({ kind: 'allowed' });
    clock += 1;
    expect(await api(header)).toMatchObject({ kind: 'denied', status: 401 });
    expect(asked).toBe(2);
  });

  test('a suspension is kept as long, and its end felt within the TTL', async () => {
    const api = apiOf('acme');
    const header = `Bearer ${jwt(key, operatorClaims())}`;
    directory.tenants.set('acme', { status: 'suspended', platform: false });
    expect(await api(header)).toMatchObject({ status: 403 });
    directory.tenants.set('acme', { status: 'active', platform: false });
    expect(await api(header)).toMatchObject({ status: 403 });
    clock += 60_000;
    expect(await api(header)).toMatchObject({ kind: 'allowed' });
  });

  test("threat 16: acme's kept token is refused at bolt", async () => {
    const [acme, bolt] = [apiOf('acme'), apiOf('bolt')];
    const header = machine();
    expect(await acme(header)).toMatchObject({ kind: 'allowed' });
    expect(await bolt(header)).toMatchObject({ kind: 'denied', status: 401 });
  });

  test('401 and 503 are not kept', async () => {
    const api = apiOf('acme');
    const header = machine();
    const { client } = directory;
    directory.client = async () => {
      throw new Error('down');
    };
    expect(await api(header)).toMatchObject({ status: 503 });
    directory.client = client;
    expect(await api(header)).toMatchObject({ kind: 'allowed' });
    await api(undefined);
    await api(undefined);
    expect(asked).toBe(4);
  });

  test('nothing is kept beyond the end of its token', async () => {
    const api = apiOf('acme');
    const exp = Math.floor(Date.now() / 1000) + 5;
    const header = machine({ exp });
    await api(header);
    clock = exp * 1000;
    await api(header);
    expect(asked).toBe(2);
  });

  test('the oldest give way', async () => {
    const api = apiOf('acme', 2);
    const headers = ['a', 'b', 'c'].map((jti) => machine({ jti }));
    for (const header of headers) await api(header);
    await api(headers[2]);
    await api(headers[1]);
    expect(asked).toBe(3);
    await api(headers[0]);
    expect(asked).toBe(4);
  });

  test.each([61, -1, Number.NaN])('a TTL of %d s is refused', (ttlSeconds) => {
    const options = { ttlSeconds, now: () => clock, maxEntries: 1 };
    expect(() => cachedAuthorizer(apiOf('acme'), options)).toThrow(RangeError);
  });
});
