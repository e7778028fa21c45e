import { type Attempt, Laurel, logTo } from '@laurel/sdk';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { expect, test } from 'vitest';
import { problem, serve } from './server.ts';

const TOKEN = 'eyJ-very-secret';

test('a hook can add headers to each call, sees no token, and cannot set one', async () => {
  const { url, received } = await serve(() => ({ json: {} }));
  const seen: (string | null)[] = [];
  const laurel = new Laurel({
    baseUrl: url,
    auth: { token: TOKEN },
    hooks: {
      onRequest({ method, url: to, headers }) {
        expect([method, to]).toEqual(['GET', `${url}/app/v1/me`]);
        seen.push(headers.get('authorization'));
        headers.set('traceparent', '00-1-2-01');
        headers.set('authorization', 'Bearer eve');
      },
    },
  });
  await laurel.me.get({ headers: { authorization: 'Bearer eve', 'x-own': '1' } });
  expect(seen).toEqual([null]);
  expect(received[0]?.headers).toMatchObject({
    traceparent: '00-1-2-01',
    'x-own': '1',
    authorization: `Bearer ${TOKEN}`,
  });
});

test('each attempt is told, with its answer or its error', async () => {
  const { url } = await serve((_, nth) => {
    if (nth === 1) return 'hangUp';
    return nth === 2
      ? problem(503, 'unavailable', { 'retry-after': '0', 'x-request-id': 'req_9' })
      : { json: {}, headers: { 'x-request-id': 'req_10' } };
  });
  const attempts: Attempt[] = [];
  const hooks = { onAttempt: (attempt: Attempt) => attempts.push(attempt) };
  await new Laurel({ baseUrl: url, auth: { token: TOKEN }, hooks }).me.get();
  expect(attempts).toEqual([
    expect.objectContaining({
      attempt: 1,
      error: expect.objectContaining({ name: 'ConnectionError' }),
    }),
    expect.objectContaining({ attempt: 2, status: 503, requestId: 'req_9', error: undefined }),
    expect.objectContaining({ attempt: 3, status: 200, requestId: 'req_10', error: undefined }),
  ]);
  for (const { ms, url: to, method } of attempts) {
    expect(ms).toBeGreaterThanOrEqual(0);
    expect([method, to]).toEqual(['GET', `${url}/app/v1/me`]);
  }
});

test('the log has a line for each attempt, and neither tokens, secrets, queries nor bodies', async () => {
  const { url } = await serve((request, nth) => {
    if (request.url === '/token') return { json: { access_token: TOKEN, expires_in: 600 } };
    return nth === 2 ? problem(503, 'unavailable', { 'retry-after': '0' }) : { json: { items: [], nextCursor: null } };
  });
  const lines: string[] = [];
  const auth = { clientId: 'c', clientSecret: 'hunter2', tokenEndpoint: `${url}/token` };
  const laurel = new ServerLaurel({ baseUrl: url, auth, hooks: logTo((line) => lines.push(line)) });
  await laurel.users.list({ tag: 'private-query' });
  await laurel.users.create({ id: 'u', displayName: 'private-body' });
  expect(lines.map((line) => line.replace(/in \d+ ms/, 'in 1 ms'))).toEqual([
    `laurel GET ${url}/dashboard/v1/users: 503 in 1 ms`,
    `laurel GET ${url}/dashboard/v1/users: 200 in 1 ms, try 2`,
    `laurel POST ${url}/dashboard/v1/users: 200 in 1 ms`,
  ]);
  expect(lines.join()).not.toMatch(/private|hunter2|secret/);
});

test('a call can be told of its own attempts, with what their answers said of themselves', async () => {
  const { url } = await serve((_, nth) => {
    const headers = { 'x-request-id': `req_${nth}`, 'retry-after': '0', age: String(nth) };
    return nth === 1 ? problem(503, 'unavailable', headers) : { json: {}, headers };
  });
  const laurel = new Laurel({ baseUrl: url, auth: { token: TOKEN } });
  const own: unknown[] = [];
  await laurel.me.get({
    onAttempt: ({ status, requestId, headers, error }) => own.push([status, requestId, headers?.get('age'), error]),
  });
  await laurel.me.get();
  expect(own).toEqual([
    [503, 'req_1', '1', undefined],
    [200, 'req_2', '2', undefined],
  ]);
});
