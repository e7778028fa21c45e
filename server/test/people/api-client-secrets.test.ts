import { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealedRecords } from '../audit/world.ts';
import { codeOf, codesOf, times } from '../game/world.ts';
import { openPeople, type People } from './world.ts';

let people: People;
let home: Laurel;
beforeAll(async () => {
  people = await openPeople();
  home = await people.machine();
});
afterAll(() => people.test.close());

/** The two places where a client's secret is good for a token: the pool's, and the tenant's own. */
const endpoints = (): Readonly<Record<string, string>> => ({
  pool: people.platform.tokenEndpoint,
  own: `${people.platform.baseUrl}/acme/oauth2/token`,
});

async function tokenBy(endpoint: string, id: string, secret: string, form = {}): Promise<Response> {
  const basic = Buffer.from(`${id}:${secret}`).toString('base64');
  return fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });
}

async function newClient(scopes = ['users:read']) {
  const { client, clientSecret } = await home.apiClients.create({ name: 'backend', scopes });
  return { id: client.id, first: client.secrets[0]?.id ?? '', clientSecret };
}

describe.each(['pool', 'own'])('at the token endpoint: %s', (name) => {
  const isGood = async (id: string, secret: string) =>
    (await tokenBy(endpoints()[name] ?? '', id, secret)).status === 200;

  test('two secrets work while they are rotated, then the new one alone', async () => {
    const { id, first, clientSecret: old } = await newClient();
    const { clientSecret: next, client } = await home.apiClients.createSecret(id, {});
    expect(client.secrets).toHaveLength(2);
    expect([await isGood(id, old), await isGood(id, next)]).toEqual([true, true]);
    await home.apiClients.removeSecret(id, first);
    expect([await isGood(id, old), await isGood(id, next)]).toEqual([false, true]);
    await home.apiClients.revoke(id);
    expect(await isGood(id, next)).toBe(false);
  });

  test('a secret that has expired is none', async () => {
    const { id, clientSecret: old } = await newClient();
    const { clientSecret: next, client } = await home.apiClients.createSecret(id, { othersExpireIn: 0 });
    expect(client.secrets).toHaveLength(1);
    expect([await isGood(id, old), await isGood(id, next)]).toEqual([false, true]);
  });
});

describe('two secrets at most', () => {
  test('also for ten who make one at once', async () => {
    const { id } = await newClient();
    const codes = await codesOf(times(10, () => home.apiClients.createSecret(id, {})));
    expect(codes.toSorted()).toEqual(['none', ...times(9, () => 'too_many_secrets')]);
    expect((await home.apiClients.get(id)).secrets).toHaveLength(2);
  });

  test('and the last one stays, also for two who remove one each', async () => {
    const { id, first } = await newClient();
    const { secret } = await home.apiClients.createSecret(id, {});
    const codes = await codesOf([first, secret.id].map((one) => home.apiClients.removeSecret(id, one)));
    expect(codes.toSorted()).toEqual(['none', 'unprocessable']);
    expect((await home.apiClients.get(id)).secrets).toHaveLength(1);
  });
});

test('nobody makes a secret of a client that may do what they may not', async () => {
  const { id } = await newClient(['users:read', 'users:write']);
  const narrow = await people.machine(['api-clients:write', 'users:read']);
  expect(await codeOf(narrow.apiClients.createSecret(id, {}))).toBe('insufficient_scope');
});

test('revoking while rotating leaves it revoked', async () => {
  const { id } = await newClient();
  await Promise.all([home.apiClients.revoke(id), codeOf(home.apiClients.createSecret(id, {}))]);
  expect(await home.apiClients.get(id)).toMatchObject({ status: 'revoked', secrets: [] });
  expect(await codeOf(home.apiClients.createSecret(id, {}))).toBe('unprocessable');
});

describe("the tenant's own token endpoint", () => {
  const issued = async () => (await sealedRecords(people.test)).filter(({ action }) => action === 'oauth2:token.issue');
  const own = () => endpoints().own ?? '';

  test('gives a token that calls, with the scopes that were asked for', async () => {
    const { id, clientSecret } = await newClient(['users:read', 'missions:read']);
    const answer = await tokenBy(own(), id, clientSecret, { scope: 'users:read' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const body: { access_token: string; scope: string; expires_in: number } = Object(await answer.json());
    expect(body).toMatchObject({ scope: 'users:read', token_type: 'Bearer', expires_in: 900 });
    const laurel = new Laurel({
      baseUrl: `${people.platform.baseUrl}/acme`,
      auth: { token: body.access_token },
      maxRetries: 0,
    });
    expect(await codesOf([laurel.users.list(), laurel.missions.list()])).toEqual(['none', 'insufficient_scope']);
    // Cases 1 and 2: it is another tenant's to all others.
    const bolt = new Laurel({
      baseUrl: `${people.platform.baseUrl}/bolt`,
      auth: { token: body.access_token },
      maxRetries: 0,
    });
    expect(await codeOf(bolt.users.list())).toBe('invalid_token');
  });

  test('tells nobody what is wrong: who is unknown, foreign, revoked or has a wrong secret', async () => {
    const { id, clientSecret } = await newClient();
    const revoked = await newClient();
    await home.apiClients.revoke(revoked.id);
    const refusals = [
      await tokenBy(own(), id, 'x'),
      await tokenBy(own(), 'cli_unknown', clientSecret),
      await tokenBy(own(), '../../x', clientSecret),
      await tokenBy(own(), '%zz', clientSecret),
      await tokenBy(own(), revoked.id, revoked.clientSecret),
      await tokenBy(`${people.platform.baseUrl}/bolt/oauth2/token`, id, clientSecret),
      await fetch(own(), { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) }),
    ];
    const told = await Promise.all(refusals.map(async (answer) => `${answer.status} ${await answer.text()}`));
    expect(new Set(told)).toEqual(new Set(['401 {"error":"invalid_client"}']));
  });

  test('leaves a record with the tenant of each request, and of what strangers type only the clients that there are', async () => {
    const { id, clientSecret } = await newClient();
    const before = new Set((await issued()).map((one) => one.id));
    const stranger = 'a-password-in-the-wrong-box';
    for (const [client, secret] of [
      [id, clientSecret],
      [id, 'x'],
      [stranger, stranger],
    ] as const)
      await tokenBy(own(), client, secret);
    const records = (await issued()).filter((one) => !before.has(one.id));
    expect(records.map(({ target, outcome, status, code }) => [target, outcome, status, code])).toEqual([
      [{ client: id }, 'succeeded', 200, null],
      [{ client: id }, 'refused', 401, 'invalid_client'],
      [{}, 'refused', 401, 'invalid_client'],
    ]);
    expect(JSON.stringify(records)).not.toContain(stranger);
    expect(JSON.stringify(records)).not.toContain(clientSecret);
  });

  test('refuses what is no such request', async () => {
    const { id, clientSecret } = await newClient();
    const told = async (form: Record<string, string>) =>
      Object(await (await tokenBy(own(), id, clientSecret, form)).json()).error;
    expect(await told({ grant_type: 'password' })).toBe('unsupported_grant_type');
    expect(await told({ scope: 'users:write' })).toBe('invalid_scope');
    const json = await fetch(own(), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect([json.status, await json.json()]).toEqual([400, { error: 'invalid_request' }]);
  });
});
