import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealedRecords } from '../audit/world.ts';
import { times } from '../game/world.ts';
import { ACME, BOLT, call, type Place, startTestPlatform, type TestPlatform } from '../support/platform.ts';

const of = (quota: number) => {
  const limit = { quota, window: 86_400 };
  const plenty = { quota: 100_000, window: 86_400 };
  return { read: plenty, write: plenty, ingest: plenty, bulk: plenty, credential: limit };
};

let laurel: TestPlatform;
beforeAll(async () => {
  const limits = { tenant: of(8), workspace: of(8), client: of(3), operator: of(8), player: of(8) };
  laurel = await startTestPlatform({ limits });
});
afterAll(() => laurel.close());

/** Asks the tenant's own endpoint for tokens of a new client, so many times one after the other. */
async function tokens(place: Place, count: number, wrong = 0) {
  const { clientId, clientSecret } = await laurel.platform.createWorkspaceClient(place);
  const ask = (secret: string) =>
    call(laurel.stranger(place), 'POST', '/oauth2/token', {
      body: 'grant_type=client_credentials',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  for (let time = 0; time < wrong; time += 1) expect((await ask('guess')).status).toBe(401);
  const answers = [];
  for (const _ of times(count, () => undefined)) answers.push(await ask(clientSecret));
  return answers;
}

test('tokens are counted like calls, the tenant before the client, and guesses take nothing of it', async () => {
  const first = await tokens(ACME, 5, 10);
  expect(first.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  const refused = first.at(-1);
  expect(refused?.body).toEqual({ error: 'temporarily_unavailable', error_description: 'too many attempts' });
  expect(refused?.headers.ratelimit).toMatch(/^"client";r=0;t=\d+$/);
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(1000);
  // No number of clients gets more than the tenant has, and another tenant has its own.
  const more = [...(await tokens(ACME, 4)), ...(await tokens(ACME, 4))].map(({ status }) => status);
  expect(more.filter((status) => status === 200)).toHaveLength(5);
  expect((await tokens(BOLT, 3)).map(({ status }) => status)).toEqual([200, 200, 200]);
  const records = await sealedRecords(laurel);
  const record = records.find(({ requestId }) => requestId === refused?.headers['x-request-id']);
  expect(record).toMatchObject({ status: 429, code: 'rate_limited', action: 'oauth2:token.issue' });
});
