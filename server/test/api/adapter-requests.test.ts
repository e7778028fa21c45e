import { afterAll, describe, expect, test, vi } from 'vitest';
import { expectProblem, pointersOf } from '../support/problems.ts';
import { send, smallPlatform } from '../support/small-platform.ts';
import { json, sound, THINGS, thingsApi } from '../support/things.ts';

const platform = await smallPlatform();
afterAll(() => platform.close());
const api = thingsApi(platform);

describe('paths', () => {
  const missing = [
    `//evil${THINGS}/a`,
    `//evil`,
    `${THINGS}/../things/a`,
    `${THINGS}/./a`,
    `${THINGS}//a`,
    `${THINGS}/%2e%2e/things/mine`,
    `${THINGS}/.%2E/things/mine`,
    `${THINGS}/%2e/mine`,
    `${THINGS}/x/%2e%2e/mine`,
    `${THINGS}/.\t./things/mine`,
    `${THINGS}/x/.\n./mine`,
    `/\t/evil${THINGS}/a`,
    `${THINGS}\\a`,
    `${THINGS}/..\\things\\mine`,
    `${THINGS}/a/`,
    `${THINGS}/a?x`,
    `${THINGS}/mine#x`,
    `${THINGS.toUpperCase()}/a`,
    '',
    '/',
    'x',
  ];

  test.each(missing)('threat 42: %j is no path of ours: nothing is resolved as a URL would be', async (path) => {
    const [get, mine] = [vi.fn(sound.get), vi.fn(sound.mine)];
    expectProblem(await send(thingsApi(platform, { get, mine }), 'GET', path), 'not_found');
    expect([...get.mock.calls, ...mine.mock.calls]).toEqual([]);
  });

  test.each(['a%2Fb', 'a%2fmine', '%00', 'a%00b', '%23', 'a%20b', '%252e', '%ff', '%', '%E0%A4%A', 'é', '%C3%A9'])(
    'the id %j is refused as an id: it reaches no handler',
    async (id) => {
      const problem = expectProblem(await send(api, 'GET', `${THINGS}/${id}`), 'invalid_request');
      expect(pointersOf(problem)).toEqual(['/params/id']);
    },
  );

  test('an id may come escaped: `a%3Ab` and `a:b` are one', async () => {
    expect((await send(api, 'GET', `${THINGS}/a%3Ab`)).body.id).toBe('a:b');
    expect((await send(api, 'GET', `${THINGS}/a:b`)).body.id).toBe('a:b');
    expect((await send(api, 'GET', `${THINGS}/%6D%69ne`)).body.label).toBe('mine');
  });
});

describe('queries', () => {
  const tags = async (query: Record<string, string[]>) => (await send(api, 'GET', THINGS, { query })).body.tags;

  test('repeated parameters of a v1 event survive, in their order', async () => {
    expect(await tags({ tag: ['b', 'a', 'b'] })).toEqual(['b', 'a', 'b']);
  });

  test('so do empty ones, and what must be escaped', async () => {
    expect(await tags({ tag: [''] })).toBe('');
    expect(await tags({ tag: ['a&tag=b', '1+1 %41#'] })).toEqual(['a&tag=b', '1+1 %41#']);
  });

  test.each(['__proto__', 'constructor', 'toString', '__proto__[tag]'])(
    'the key %s is a key like any other',
    async (key) => {
      const query = JSON.parse(`{${JSON.stringify(key)}:["polluted"]}`);
      expectProblem(await send(api, 'GET', THINGS, { query }), 'invalid_request');
      expect(Object.hasOwn(Object.prototype, 'tag')).toBe(false);
      expect(await tags({})).toBeNull();
    },
  );
});

describe('headers', () => {
  test.each(['😀', '\u0000', 'a\r\nb'])(
    'one that is no Latin-1, or no header at all (%j), is passed over',
    async (value) => {
      const headers = { 'x-note': value, __proto__: 'x', constructor: 'x' };
      expect((await send(api, 'GET', `${THINGS}/a`, { headers })).status).toBe(200);
    },
  );

  test('an empty one is not a missing one', async () => {
    const parts = { headers: { ...json, 'idempotency-key': '' }, body: '{"label":"a"}' };
    const problem = expectProblem(await send(api, 'POST', THINGS, parts), 'invalid_request');
    expect(pointersOf(problem)).toEqual(['/headers/idempotency-key']);
  });
});

describe('methods', () => {
  test('HEAD is GET without the body', async () => {
    const get = await send(api, 'GET', `${THINGS}/a`);
    const head = await send(api, 'HEAD', `${THINGS}/a`);
    expect([head.status, head.text, head.headers['content-type']]).toEqual([200, '', get.headers['content-type']]);
    expect((await send(api, 'HEAD', `${THINGS}/a/b/c`)).status).toBe(404);
  });

  test.each(['PUT', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'get'])(
    '%s where there is no such route is a 405 with Allow',
    async (method) => {
      const answer = await send(api, method, `${THINGS}/a`);
      expectProblem(answer, 'method_not_allowed');
      expect(answer.headers.allow).toBe('GET, DELETE');
    },
  );

  test('threat 42: a method is never taken from a header', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'x-http-method': 'DELETE' };
    expect((await send(api, 'GET', `${THINGS}/a`, { headers })).body.label).toBe('get');
  });

  test('a browser that asks first is told the methods and headers, without a token', async () => {
    const headers = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'DELETE' };
    const answer = await send(api, 'OPTIONS', `${THINGS}/a`, { headers, principal: null });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, DELETE, OPTIONS',
      'access-control-max-age': '600',
    });
    expect(answer.headers['access-control-allow-headers']).toMatch(/authorization.*idempotency-key.*if-match/);
  });

  test('OPTIONS where there is nothing is a 404', async () => {
    expectProblem(await send(api, 'OPTIONS', '/dashboard/v1/nothing', { principal: null }), 'not_found');
  });

  test('a request with an Origin is answered, and its answer may be read', async () => {
    const headers = { Origin: 'https://app.example' };
    for (const answer of [
      await send(api, 'GET', `${THINGS}/a`, { headers }),
      await send(api, 'GET', `${THINGS}/%00`, { headers }),
    ]) {
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers['access-control-expose-headers']).toMatch(/etag.*x-request-id/);
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });
});
