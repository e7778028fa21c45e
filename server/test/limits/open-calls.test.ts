import { afterAll, beforeAll, expect, test } from 'vitest';
import { attemptLimits } from '../../src/limits/attempts.ts';
import { sealedRecords } from '../audit/world.ts';
import { ACME, type Access, call, startTestPlatform, type TestPlatform } from '../support/platform.ts';

let laurel: TestPlatform;
let home: Access;
beforeAll(async () => {
  laurel = await startTestPlatform({ limits: 'plans' });
  home = await laurel.machine(ACME);
});
afterAll(() => laurel.close());

const accept = (token: string) =>
  call(laurel.stranger(ACME), 'POST', '/dashboard/v1/invitations/accept', { body: { token } });

async function invitation(email: string): Promise<string> {
  const body = { email, role: 'viewer', send: false };
  return String((await call(home, 'POST', '/dashboard/v1/invitations', { body })).body.token);
}

test('calls that ask for no token are counted by where they come from, but for those that were no guess', async () => {
  const { quota } = attemptLimits.open.account;
  const [first, late] = [await invitation('first@example.com'), await invitation('late@example.com')];
  for (let guess = 0; guess < quota - 1; guess += 1) expect((await accept(`guess-${guess}`)).status).toBe(422);
  expect((await accept(first)).status).toBe(201);
  expect((await accept('guess')).status).toBe(422);
  const told = await accept(late);
  expect([told.status, told.body.code]).toEqual([429, 'rate_limited']);
  expect(Number(told.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  // Nothing of it is taken from what the tenant may ask, and each leaves its record.
  expect((await call(home, 'GET', '/dashboard/v1/workspace')).status).toBe(200);
  const outcomes = (await sealedRecords(laurel)).filter(({ route }) => route === 'dashboard.invitations.accept');
  expect(Map.groupBy(outcomes, ({ status }) => status).get(429)).toMatchObject([{ code: 'rate_limited' }]);
  expect(outcomes).toHaveLength(quota + 2);
});
