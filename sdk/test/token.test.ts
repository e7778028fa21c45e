import { Laurel } from '@laurel/sdk';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { afterEach, expect, test, vi } from 'vitest';
import { problem, type Received, type Reply, serve } from './server.ts';

const page: Reply = { json: { items: [], nextCursor: null } };

afterEach(() => {
  vi.useRealTimers();
});

/** An API with an issuer: tokens are `token-1`, `token-2`…, each living as long as the test says. */
async function issuing(expiresIn: number, api: (request: Received) => Reply = () => page) {
  let issued = 0;
  const { url, received } = await serve((request) => {
    if (request.url !== '/oauth2/token') return api(request);
    issued++;
    return { json: { access_token: `token-${issued}`, token_type: 'Bearer', expires_in: expiresIn } };
  });
  const laurel = new ServerLaurel({
    baseUrl: `${url}/demo`,
    auth: {
      clientId: 'cli:1 é',
      clientSecret: 'p%&+ß',
      tokenEndpoint: `${url}/oauth2/token`,
      scopes: ['a:read', 'b:write'],
    },
  });
  const tokenRequests = () => received.filter((request) => request.url === '/oauth2/token');
  const sent = () =>
    received.filter((request) => request.url !== '/oauth2/token').map(({ headers }) => headers.authorization);
  return { laurel, tokenRequests, sent };
}

test('the token request is that of RFC 6749: form-encoded, the credential form-encoded inside HTTP Basic', async () => {
  const { laurel, tokenRequests } = await issuing(600);
  await laurel.missions.list();
  const [request] = tokenRequests();
  expect(request?.method).toBe('POST');
  expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: 'client_credentials',
    scope: 'a:read b:write',
  });
  const basic = Buffer.from(request?.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
  expect(basic).toBe('cli%3A1+%C3%A9:p%25%26%2B%C3%9F');
});

test('many calls at once ask for one token, and share it', async () => {
  const { laurel, tokenRequests, sent } = await issuing(600);
  await Promise.all([...Array(20)].map(() => laurel.missions.list()));
  await laurel.as({ userId: 'u' }).missions.list();
  expect(tokenRequests()).toHaveLength(1);
  expect(sent()).toEqual(Array(21).fill('Bearer token-1'));
});

test.each([
  { life: 3600, renewedAfter: 3540 },
  { life: 300, renewedAfter: 270 },
])('a token of $life s is renewed after $renewedAfter s, not before', async ({ life, renewedAfter }) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { laurel, sent } = await issuing(life);
  await laurel.missions.list();
  vi.setSystemTime(Date.now() + renewedAfter * 1000 - 100);
  await laurel.missions.list();
  vi.setSystemTime(Date.now() + 200);
  await laurel.missions.list();
  expect(sent()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
});

test('a refused token is renewed once, even for a call that is otherwise sent once', async () => {
  const { laurel, sent } = await issuing(600, ({ headers }) =>
    headers.authorization === 'Bearer token-1' ? problem(401, 'invalid_token') : { json: {} },
  );
  await laurel.users.mintToken('u');
  expect(sent()).toEqual(['Bearer token-1', 'Bearer token-2']);
  await laurel.users.mintToken('u');
  expect(sent()).toHaveLength(3);
});

test('calls that are refused together get one new token together', async () => {
  const { laurel, tokenRequests } = await issuing(600, ({ headers }) =>
    headers.authorization === 'Bearer token-1' ? problem(401, 'invalid_token') : page,
  );
  await Promise.all([...Array(10)].map(() => laurel.missions.list()));
  expect(tokenRequests()).toHaveLength(2);
});

test('a second refusal is told', async () => {
  const { laurel, sent } = await issuing(600, () => problem(401, 'invalid_token'));
  await expect(laurel.missions.list()).rejects.toMatchObject({ code: 'invalid_token' });
  expect(sent()).toHaveLength(2);
});

test('getToken is asked before each call, and told of a refusal; a fixed token is not tried twice', async () => {
  const { url, received } = await serve(({ headers }) =>
    headers.authorization === 'Bearer fresh' ? page : problem(401, 'invalid_token'),
  );
  const getToken = vi.fn(({ refused }: { refused: boolean }) => (refused ? 'fresh' : 'stale'));
  await new Laurel({ baseUrl: url, auth: { getToken } }).missions.list();
  expect(getToken.mock.calls).toEqual([[{ refused: false }], [{ refused: true }]]);
  expect(received).toHaveLength(2);
  await expect(new Laurel({ baseUrl: url, auth: { token: 'stale' } }).missions.list()).rejects.toMatchObject({
    status: 401,
  });
  expect(received).toHaveLength(3);
});

test('a player is named by exactly one header, whatever other headers a call has', async () => {
  const { url, received } = await serve(() => page);
  const laurel = new ServerLaurel({ baseUrl: url, auth: { token: 't' } });
  const headers = { 'X-User-Id': 'eve', 'x-external-user-id': 'eve', Authorization: 'Bearer eve' };
  await laurel.as({ userId: 'ada' }).missions.list({}, { headers });
  await laurel.as({ externalUserId: 'ada' }).missions.list({}, { headers });
  expect(
    received.map((request) => [
      request.headers['x-user-id'],
      request.headers['x-external-user-id'],
      request.headers.authorization,
    ]),
  ).toEqual([
    ['ada', undefined, 'Bearer t'],
    [undefined, 'ada', 'Bearer t'],
  ]);
});

test.each([{}, { userId: '' }, { userId: 'a', externalUserId: 'b' }])('as(%j) is refused', (subject) => {
  const laurel = new ServerLaurel({ baseUrl: 'http://127.0.0.1:9', auth: { token: 't' } });
  // @ts-expect-error: the type refuses it as well
  expect(() => laurel.as(subject)).toThrow(expect.objectContaining({ name: 'UsageError' }));
});

test('a redirect to another host is not followed: neither token nor secret gets there', async () => {
  const thief = await serve(() => ({ json: { access_token: 'x', items: [], nextCursor: null } }));
  const { url } = await serve(() => ({ status: 307, headers: { location: `${thief.url}/steal` } }));
  const laurel = new ServerLaurel({ baseUrl: url, auth: { token: 't' } });
  await expect(laurel.missions.list()).rejects.toMatchObject({ name: 'ResponseError', status: 307 });
  const auth = { clientId: 'c', clientSecret: 's', tokenEndpoint: `${url}/token` };
  await expect(new ServerLaurel({ baseUrl: url, auth }).missions.list()).rejects.toMatchObject({ name: 'TokenError' });
  expect(thief.received).toEqual([]);
});

test('a refusal of the token endpoint is told with its code, without the secret', async () => {
  const { url } = await serve(() => ({
    status: 400,
    json: { error: 'invalid_client', error_description: 'hunter2 is not the secret' },
  }));
  const auth = { clientId: 'c', clientSecret: 'hunter2', tokenEndpoint: url };
  const failure = new ServerLaurel({ baseUrl: url, auth }).missions.list();
  await expect(failure).rejects.toMatchObject({
    name: 'TokenError',
    oauthError: 'invalid_client',
    message: 'The token endpoint gave no token (400). invalid_client: *** is not the secret',
  });
});

test.each<{ name: string; options: object }>([
  { name: 'no auth', options: {} },
  { name: 'auth that is empty', options: { auth: {} } },
  { name: 'a token that was forgotten', options: { auth: { token: undefined } } },
  { name: 'an empty token', options: { auth: { token: '' } } },
  { name: 'a getToken that gives none', options: { auth: { getToken: () => undefined } } },
])('without a token nothing is sent, and no word "undefined" in its place: $name', async ({ options }) => {
  const { url, received } = await serve(() => page);
  for (const client of [Laurel, ServerLaurel]) {
    // As a program without types calls it.
    const laurel: Laurel = Reflect.construct(client, [{ baseUrl: url, ...options }]);
    await expect(laurel.missions.list()).rejects.toMatchObject({ name: 'TokenError', message: 'auth gave no token.' });
  }
  expect(received).toEqual([]);
});

test('without any options there is a UsageError', () => {
  for (const client of [Laurel, ServerLaurel]) {
    expect(() => Reflect.construct(client, [])).toThrow(expect.objectContaining({ name: 'UsageError' }));
  }
});
