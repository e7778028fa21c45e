import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attemptLimits } from '../../src/limits/attempts.ts';
import { sealedRecords } from '../audit/world.ts';
import {
  ACME,
  type Access,
  type Answer,
  call,
  type Parcel,
  startTestPlatform,
  type TestPlatform,
} from '../support/platform.ts';

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

describe('what is no proper request is counted before it is read', () => {
  const junk: readonly [string, Parcel][] = [
    ['no JSON', { body: '{"token":' }],
    ['not what the route takes', { body: { token: 7, more: true } }],
    ['too large', { body: JSON.stringify({ token: 'x'.repeat(300_000) }) }],
    ['of another type', { body: 'token=x', headers: { 'content-type': 'text/plain' } }],
  ];

  /** Sends so many, one after the other; the answers that were told to wait. */
  async function told(times: number, send: (index: number) => Promise<Answer>): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (let index = 0; index < times; index += 1) answers.push(await send(index));
    return answers.filter(({ status }) => status === 429);
  }

  test.each(junk)('a call that asks for no token, with a body that is %s', async (_, parcel) => {
    const fresh = await startTestPlatform({ limits: 'plans' });
    try {
      const { quota } = attemptLimits.open.account;
      const path = '/dashboard/v1/invitations/accept';
      const waiting = await told(quota + 3, () => call(fresh.stranger(ACME), 'POST', path, parcel));
      expect(waiting).toHaveLength(3);
      expect(waiting[0]?.headers['retry-after']).toMatch(/^\d+$/);
    } finally {
      await fresh.close();
    }
  });

  test('a request for a token that is none', async () => {
    const { quota } = attemptLimits.token.account;
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const ask = (headers: Record<string, string>, body: string) =>
      call(laurel.stranger(ACME), 'POST', '/oauth2/token', { headers, body });
    for (const send of [
      () => ask({ authorization: basic('cli_a:x') }, '{}'),
      () => ask({ ...form, authorization: basic('cli_b:x') }, 'x'.repeat(9000)),
      () => ask({ ...form, authorization: basic('%:x') }, 'grant_type=client_credentials'),
    ]) {
      expect(await told(quota + 3, send)).toHaveLength(3);
    }
  });
});
