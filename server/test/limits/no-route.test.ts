import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealedRecords } from '../audit/world.ts';
import { ACME, type Access, call, type Parcel, startTestPlatform, type TestPlatform } from '../support/platform.ts';

const QUOTA = 5;
const limit = { quota: QUOTA, window: 86_400 };
const each = { read: limit, write: limit, ingest: limit, bulk: limit, credential: limit };

describe('a call that comes to no route is counted like any other', () => {
  let laurel: TestPlatform;
  beforeAll(async () => {
    laurel = await startTestPlatform({
      limits: { tenant: plenty(), workspace: plenty(), client: each, operator: each, player: each },
    });
  });
  afterAll(() => laurel.close());

  function plenty() {
    const most = { quota: 100_000, window: 86_400 };
    return { read: most, write: most, ingest: most, bulk: most, credential: most };
  }

  const calls: readonly [string, number, string, string, Parcel][] = [
    ['to a path that is none', 404, 'GET', '/dashboard/v1/nothing', {}],
    ['by a method that is none', 405, 'PUT', '/dashboard/v1/users', {}],
    ['with a body that is no JSON', 400, 'POST', '/dashboard/v1/users', { body: '{' }],
    ['with a body that is too large', 413, 'POST', '/dashboard/v1/users', { body: `"${'x'.repeat(300_000)}"` }],
    [
      'with a body of another type',
      415,
      'POST',
      '/dashboard/v1/users',
      { body: 'x', headers: { 'content-type': 'text/plain' } },
    ],
  ];

  test.each(calls)('%s', async (_, status, method, path, parcel) => {
    const access: Access = await laurel.machine(ACME, ['users:read', 'users:write']);
    for (let time = 0; time < QUOTA; time += 1) {
      const answer = await call(access, method, path, parcel);
      expect([answer.status, answer.headers.ratelimit]).toEqual([
        status,
        expect.stringContaining(`"client";r=${QUOTA - 1 - time};`),
      ]);
    }
    const last = await call(access, method, path, parcel);
    expect([last.status, last.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(1);
    // It leaves its record like any other.
    const records = await sealedRecords(laurel);
    const found = records.filter(({ requestId }) => requestId === last.headers['x-request-id']);
    expect(found).toMatchObject([{ status: 429, code: 'rate_limited', outcome: 'refused' }]);
  });
});
