import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApi } from '../../src/api/adapter.ts';
import { MAX_JSON_DEPTH } from '../../src/api/gateway-event.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';
import { send, smallPlatform } from '../support/small-platform.ts';
import { contract, json, named, sound, THINGS, thingsApi } from '../support/things.ts';

const platform = await smallPlatform();
afterAll(() => platform.close());
const api = thingsApi(platform);
const logged = vi.spyOn(platform.logger, 'error');
beforeEach(() => {
  logged.mockClear();
});

describe('which handler runs', () => {
  test('each route runs its own, though their checks are the same: no middleware array is shared', async () => {
    expect((await send(api, 'GET', `${THINGS}/a`)).body).toEqual({ id: 'a', label: 'get' });
    expect((await send(api, 'DELETE', `${THINGS}/a`)).body).toEqual({ id: 'a', label: 'remove' });
    expect((await send(api, 'POST', `${THINGS}/a/touch`)).body).toEqual({ id: 'a', label: 'touch' });
    expect((await send(api, 'GET', THINGS)).body).toEqual({ tags: null });
  });

  test('two APIs that are made from one contract do not run each other', async () => {
    const other = thingsApi(platform, { get: async ({ params }) => named(params.id, 'other') });
    const get = vi.fn(sound.get);
    const first = thingsApi(platform, { get });
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

describe('answers', () => {
  test('a body of undefined is a 500, not a crash', async () => {
    const missing = async () => ({ body: Reflect.get({}, 'body') });
    expectProblem(
      await send(thingsApi(platform, { anything: missing }), 'GET', '/dashboard/v1/anything'),
      'internal_error',
    );
    expect(logged).toHaveBeenCalledTimes(1);
  });

  test('a body that JSON cannot hold is a 500, not a crash', async () => {
    const tooBig = async () => ({ body: { amount: 1n } });
    expectProblem(
      await send(thingsApi(platform, { anything: tooBig }), 'GET', '/dashboard/v1/anything'),
      'internal_error',
    );
  });

  test('what the contract does not declare is left out', async () => {
    const record = { id: 'a', label: 'a', secretHash: 'leak', tenant: 'leak' };
    const answer = await send(thingsApi(platform, { get: async () => ({ body: record }) }), 'GET', `${THINGS}/a`);
    expect(answer.body).toEqual({ id: 'a', label: 'a' });
  });

  test('what violates the contract is a 500, and is not shown', async () => {
    const label = 'leak'.repeat(20);
    const answer = await send(thingsApi(platform, { get: async () => named('a', label) }), 'GET', `${THINGS}/a`);
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
      const answer = await send(thingsApi(platform, own), method, path, parts);
      expectProblem(answer, 'internal_error');
      expect(answer.text).not.toContain('secret');
    }
    expect(logged).toHaveBeenCalledTimes(2);
  });

  test.each(failures)('%s that is thrown while a call is let in is a 500 as well', async (_what, failure) => {
    const policy = { decide: () => Promise.reject(failure) };
    const answer = await send(thingsApi({ ...platform, policy }), 'GET', `${THINGS}/a`);
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
