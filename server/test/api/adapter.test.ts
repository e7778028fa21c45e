import { createConnection } from 'node:net';
import { c, changes, reads } from '@laurel/contract';
import { Id } from '@laurel/contract/shared/ids';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { createApi } from '../../src/api/adapter.ts';
import type { Handlers } from '../../src/api/call.ts';
import { MAX_JSON_DEPTH } from '../../src/api/gateway-event.ts';
import { ACME, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';
import { permitAll, send, smallPlatform } from '../support/small-platform.ts';

const Thing = z.object({ id: z.string(), label: z.string().max(40) });
const params = z.strictObject({ id: Id });
const things = c.router(
  {
    list: {
      method: 'GET',
      path: '/things',
      query: z.strictObject({ tag: z.union([z.string(), z.array(z.string())]).optional() }),
      responses: { 200: z.object({ tags: z.unknown() }) },
      metadata: reads('dashboard', 'things'),
    },
    mine: {
      method: 'GET',
      path: '/things/mine',
      responses: { 200: Thing },
      metadata: reads('dashboard', 'things'),
    },
    get: {
      method: 'GET',
      path: '/things/:id',
      pathParams: params,
      responses: { 200: Thing },
      metadata: reads('dashboard', 'things'),
    },
    create: {
      method: 'POST',
      path: '/things',
      body: z.strictObject({ label: z.string() }),
      responses: { 201: Thing },
      metadata: changes('dashboard', 'things', 'author'),
    },
    remove: {
      method: 'DELETE',
      path: '/things/:id',
      pathParams: params,
      body: c.noBody(),
      responses: { 200: Thing },
      metadata: changes('dashboard', 'things', 'author'),
    },
    touch: {
      method: 'POST',
      path: '/things/:id/touch',
      pathParams: params,
      body: c.noBody(),
      responses: { 200: Thing },
      metadata: changes('dashboard', 'things', 'author'),
    },
    anything: {
      method: 'GET',
      path: '/anything',
      responses: { 200: z.unknown() },
      metadata: reads('dashboard', 'things'),
    },
  },
  { pathPrefix: '/dashboard/v1', strictStatusCodes: true },
);
const contract = c.router({ dashboard: { things } });

type ThingHandlers = Handlers<typeof things>;

const named = (id: string, label: string) => ({ body: { id, label } });
const sound: ThingHandlers = {
  list: async ({ query }) => ({ body: { tags: query.tag ?? null } }),
  mine: async () => named('mine', 'mine'),
  get: async ({ params }) => named(params.id, 'get'),
  create: async ({ body }) => named('new', body.label),
  remove: async ({ params }) => named(params.id, 'remove'),
  touch: async ({ params }) => named(params.id, 'touch'),
  anything: async () => ({ body: 'anything' }),
};

const platform = await smallPlatform();
const laurel = await startTestPlatform();
const logged = vi.spyOn(platform.logger, 'error');
beforeEach(() => {
  logged.mockClear();
});
afterAll(async () => {
  platform.close();
  await laurel.close();
});

/** The API of the small contract, with some handlers replaced. */
const apiWith = (own: Partial<ThingHandlers> = {}, policy = permitAll) =>
  createApi({ ...platform, policy }, contract, { dashboard: { things: { ...sound, ...own } } });
const api = apiWith();

const THINGS = '/dashboard/v1/things';
const json = { 'content-type': 'application/json' };

describe('which handler runs', () => {
  test('each route runs its own, though their checks are the same: no middleware array is shared', async () => {
    expect((await send(api, 'GET', `${THINGS}/a`)).body).toEqual({ id: 'a', label: 'get' });
    expect((await send(api, 'DELETE', `${THINGS}/a`)).body).toEqual({ id: 'a', label: 'remove' });
    expect((await send(api, 'POST', `${THINGS}/a/touch`)).body).toEqual({ id: 'a', label: 'touch' });
    expect((await send(api, 'GET', THINGS)).body).toEqual({ tags: null });
  });

  test('two APIs that are made from one contract do not run each other', async () => {
    const other = apiWith({ get: async ({ params }) => named(params.id, 'other') });
    const get = vi.fn(sound.get);
    const first = apiWith({ get });
    expect((await send(other, 'GET', `${THINGS}/a`)).body.label).toBe('other');
    expect((await send(first, 'GET', `${THINGS}/a`)).body.label).toBe('get');
    expect(get).toHaveBeenCalledTimes(1);
  });

  test('a fixed path is not shadowed by one with a parameter', async () => {
    expect((await send(api, 'GET', `${THINGS}/mine`)).body.label).toBe('mine');
  });

  test('a route without a handler stops the start', () => {
    const incomplete = { ...sound };
    Reflect.deleteProperty(incomplete, 'get');
    expect(() => createApi(platform, contract, { dashboard: { things: incomplete } })).toThrow('get has no handler');
  });
});

describe('bodies', () => {
  test('malformed JSON is a 400, not a 500', async () => {
    for (const body of ['{', '{"label":}', '{} {}', 'nul', "{'label':'a'}", '\u0000']) {
      expectProblem(await send(api, 'POST', THINGS, { headers: json, body }), 'malformed_json');
    }
    expect(logged).not.toHaveBeenCalled();
  });

  test.each([null, ''])('an empty body (%j) with a JSON content type is a 400 that says so', async (body) => {
    const problem = expectProblem(await send(api, 'POST', THINGS, { headers: json, body }), 'invalid_request');
    expect(pointersOf(problem)).toEqual(['']);
    expect(problem.detail).toMatch(/^The body:/);
  });

  test.each(['DELETE', 'POST'])('%s with a JSON content type and no body runs', async (method) => {
    const path = method === 'DELETE' ? `${THINGS}/a` : `${THINGS}/a/touch`;
    for (const body of [null, '']) expect((await send(api, method, path, { headers: json, body })).status).toBe(200);
  });

  test.each(['GET', 'HEAD'])("%s with the body '' of an ALB, or with any other, does not throw", async (method) => {
    for (const body of ['', '{', 'x']) {
      expect((await send(api, method, `${THINGS}/a`, { headers: json, body })).status).toBe(200);
    }
  });

  test('base64 is undone, UTF-8 is kept, and bytes that are no UTF-8 are refused', async () => {
    const encoded = (bytes: Uint8Array) => ({
      headers: json,
      body: Buffer.from(bytes).toString('base64'),
      base64: true,
    });
    const label = 'ñ 漢 😀';
    const good = await send(api, 'POST', THINGS, encoded(Buffer.from(JSON.stringify({ label }))));
    expect([good.status, good.body.label]).toEqual([201, label]);
    const bad = Buffer.concat([Buffer.from('{"label":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    expectProblem(await send(api, 'POST', THINGS, encoded(bad)), 'malformed_json');
  });

  test('JSON may nest as deep as the limit, and brackets in texts do not count', async () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const deep = (depth: number) => send(api, 'POST', THINGS, { headers: json, body: nested(depth) });
    expectProblem(await deep(MAX_JSON_DEPTH), 'invalid_request');
    expectProblem(await deep(MAX_JSON_DEPTH + 1), 'malformed_json');
    expectProblem(await deep(100_000), 'malformed_json');
    const label = '[{"\\'.repeat(10);
    expect((await send(api, 'POST', THINGS, { headers: json, body: JSON.stringify({ label }) })).status).toBe(201);
  });

  test.each(['\\ud800', '\\udc00', '\\ud83d\\ud83d\\ude00', '\\uDBFF x', '\\\\\\ud800'])(
    'half a surrogate pair (%s) is no text',
    async (half) => {
      const answer = await send(api, 'POST', THINGS, { headers: json, body: `{"label":"${half}"}` });
      expectProblem(answer, 'malformed_json');
    },
  );

  test.each(['\\ud83d\\ude00', '\\\\ud800', '\\ud7ff', '\\ue000'])('%s is text', async (text) => {
    const body = `{"label":"${text}"}`;
    const answer = await send(api, 'POST', THINGS, { headers: json, body });
    expect([answer.status, answer.body.label]).toEqual([201, JSON.parse(body).label]);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/jsonx',
    'multipart/form-data; boundary=x',
    '',
  ])('the content type %j is refused', async (type) => {
    const answer = await send(api, 'POST', THINGS, { headers: { 'Content-Type': type }, body: '{"label":"a"}' });
    expectProblem(answer, 'unsupported_media_type');
  });

  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=UTF-8',
    'application/json;charset="utf-8"',
  ])('the content type %j is taken', async (type) => {
    const answer = await send(api, 'POST', THINGS, { headers: { 'Content-Type': type }, body: '{"label":"a"}' });
    expect(answer.status).toBe(201);
  });
});

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

  test.each(missing)('%j is no path of ours: nothing is resolved as a URL would be', async (path) => {
    const [get, mine] = [vi.fn(sound.get), vi.fn(sound.mine)];
    expectProblem(await send(apiWith({ get, mine }), 'GET', path), 'not_found');
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

  test('a method is never taken from a header', async () => {
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

describe('answers', () => {
  test('a body of undefined is a 500, not a crash', async () => {
    const missing = async () => ({ body: Reflect.get({}, 'body') });
    expectProblem(await send(apiWith({ anything: missing }), 'GET', '/dashboard/v1/anything'), 'internal_error');
    expect(logged).toHaveBeenCalledTimes(1);
  });

  test('a body that JSON cannot hold is a 500, not a crash', async () => {
    const tooBig = async () => ({ body: { amount: 1n } });
    expectProblem(await send(apiWith({ anything: tooBig }), 'GET', '/dashboard/v1/anything'), 'internal_error');
  });

  test('what the contract does not declare is left out', async () => {
    const record = { id: 'a', label: 'a', secretHash: 'leak', tenant: 'leak' };
    const answer = await send(apiWith({ get: async () => ({ body: record }) }), 'GET', `${THINGS}/a`);
    expect(answer.body).toEqual({ id: 'a', label: 'a' });
  });

  test('what violates the contract is a 500, and is not shown', async () => {
    const label = 'leak'.repeat(20);
    const answer = await send(apiWith({ get: async () => named('a', label) }), 'GET', `${THINGS}/a`);
    expectProblem(answer, 'internal_error');
    expect(answer.text).not.toContain('leak');
    expect(logged).toHaveBeenCalledTimes(1);
  });

  test('every answer forbids caching and sniffing, and names its request', async () => {
    const ids = new Set<string>();
    for (const path of [`${THINGS}/a`, `${THINGS}/%00`, '/nothing']) {
      const { headers } = await send(api, 'GET', path);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      ids.add(headers['x-request-id'] ?? '');
    }
    expect(ids.size).toBe(3);
  });
});

describe('errors', () => {
  const failures: readonly (readonly [string, unknown])[] = [
    ['an Error', new Error('secret pk=T#acme#W#main')],
    ['a SyntaxError', new SyntaxError('secret token < in JSON')],
    ['a TypeError', new TypeError('secret is undefined')],
    ['a text', 'secret'],
    ['undefined', undefined],
    ['something with a status', { statusCode: 404, message: 'secret' }],
  ];

  test.each(failures)('%s that a handler throws is a 500 that tells nothing, and is logged', async (_what, failure) => {
    const thrower = async (): Promise<never> => {
      throw failure;
    };
    for (const [method, path, own] of [
      ['GET', `${THINGS}/a`, { get: thrower }],
      ['POST', THINGS, { create: thrower }],
    ] as const) {
      const parts = method === 'POST' ? { headers: json, body: '{"label":"a"}' } : {};
      const answer = await send(apiWith(own), method, path, parts);
      expectProblem(answer, 'internal_error');
      expect(answer.text).not.toContain('secret');
    }
    expect(logged).toHaveBeenCalledTimes(2);
  });

  test.each(failures)('%s that is thrown while a call is let in is a 500 as well', async (_what, failure) => {
    const policy = { decide: () => Promise.reject(failure) };
    const answer = await send(apiWith({}, policy), 'GET', `${THINGS}/a`);
    expectProblem(answer, 'internal_error');
    expect(answer.text).not.toContain('secret');
  });

  test('a field with a name from the outside is pointed at by RFC 6901', async () => {
    const answer = await send(api, 'POST', THINGS, { headers: json, body: '{"label":1,"a/b~c":2}' });
    const problem = expectProblem(answer, 'invalid_request');
    expect(pointersOf(problem)).toEqual(['/label', '']);
  });

  test('nobody is let in without a principal, or with one that is not to the letter', async () => {
    expectProblem(await send(api, 'GET', `${THINGS}/a`, { principal: null }), 'invalid_token');
    const event = { tenant: 'acme#W', workspace: 'main' };
    const forged = { kind: 'machine' as const, subject: 'x', scopes: [], platform: false, ...event };
    expectProblem(await send(api, 'GET', `${THINGS}/a`, { principal: forged }), 'invalid_token');
  });
});

describe('the real API over HTTP', async () => {
  const access = await laurel.machine(ACME);
  const WORKSPACE = '/dashboard/v1/workspace';

  test.each(['/dashboard/v1/users/%2e%2e/workspace', '/dashboard/v1/users/../workspace', '/dashboard/v1//workspace'])(
    '%s is not the workspace',
    async (path) => {
      expectProblem(await call(access, 'GET', path), 'not_found');
    },
  );

  test('//evil is not ours, nor is a path of another host', async () => {
    expectProblem(
      await call({ ...access, baseUrl: access.baseUrl.replace('/acme', '//evil') }, 'GET', WORKSPACE),
      'not_found',
    );
  });

  test.each(['TRACE', 'PROPFIND', 'DELETE'])('%s is a 405', async (method) => {
    const answer = await call(access, method, WORKSPACE);
    expectProblem(answer, 'method_not_allowed');
    expect(answer.headers.allow).toBe('GET');
  });

  test('HEAD, OPTIONS and an Origin', async () => {
    const head = await call(access, 'HEAD', WORKSPACE);
    expect([head.status, head.text]).toEqual([200, '']);
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'GET' };
    const preflight = await call(laurel.stranger(ACME), 'OPTIONS', WORKSPACE, { headers });
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([204, 'GET, OPTIONS']);
    const refused = await call(laurel.stranger(ACME), 'GET', WORKSPACE, { headers });
    expect(refused.headers).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(refused.headers['access-control-expose-headers']).toContain('x-request-id');
  });

  /** What a server answers to bytes that no HTTP client would send. */
  const answerTo = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(laurel.platform.baseUrl);
      const chunks: Buffer[] = [];
      const socket = createConnection({ host: hostname, port: Number(port) }, () => socket.end(bytes));
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.once('end', () => resolve(Buffer.concat(chunks).toString()));
      socket.once('error', reject);
    });

  const problemIn = (answer: string) => {
    const [head = '', text = ''] = answer.split('\r\n\r\n');
    const [first = '', ...lines] = head.split('\r\n');
    const headers = lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]);
    return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: JSON.parse(text) };
  };

  test.each([
    ['NUL in a header', `GET /acme${WORKSPACE} HTTP/1.1\r\nhost: x\r\nx-user-id: a\0b\r\n\r\n`, 'invalid_request'],
    ['no HTTP', 'hello\r\n\r\n', 'invalid_request'],
    [
      '20,000 characters in a header',
      `GET / HTTP/1.1\r\nhost: x\r\nx-user-id: ${'a'.repeat(20_000)}\r\n\r\n`,
      'headers_too_large',
    ],
  ] as const)('%s is a problem, though it is no request', async (_what, bytes, code) => {
    expectProblem(problemIn(await answerTo(bytes)), code);
  });
});
