import { inspect } from 'node:util';
import { isProblem, Laurel, LaurelError, type ProblemCode, ProblemError } from '@laurel/sdk';
import { Laurel as ServerLaurel, LaurelError as ServerLaurelError } from '@laurel/sdk/server';
import { afterEach, expect, expectTypeOf, test, vi } from 'vitest';
import { problem, type Reply, serve } from './server.ts';

const TOKEN = 'eyJ-very-secret';

afterEach(() => {
  vi.useRealTimers();
});

/** What a call throws, against a server that answers so. */
async function thrownBy(reply: Reply, call = (laurel: Laurel): Promise<unknown> => laurel.me.get()): Promise<unknown> {
  const { url } = await serve(() => reply);
  const laurel = new Laurel({ baseUrl: url, maxRetries: 0, auth: { token: TOKEN } });
  return call(laurel).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('a problem comes with all that the API said, and is narrowed by its code', async () => {
  const error = await thrownBy({
    status: 412,
    headers: { 'x-request-id': 'req_2', 'retry-after': '3' },
    json: { code: 'version_mismatch', title: 'T', detail: 'D', errors: [{ pointer: '/a', code: 'b', message: 'c' }] },
  });
  expect(error).toMatchObject({
    name: 'ProblemError',
    message: 'version_mismatch (412): D',
    code: 'version_mismatch',
    status: 412,
    title: 'T',
    detail: 'D',
    errors: [{ pointer: '/a', code: 'b', message: 'c' }],
    requestId: 'req_2',
    retryAfter: 3,
  });
  expect(isProblem(error)).toBe(true);
  expect(isProblem(error, 'version_mismatch')).toBe(true);
  expect(isProblem(error, 'not_found')).toBe(false);
  expect(isProblem(new Error('x'))).toBe(false);
  if (isProblem(error, 'version_mismatch')) expectTypeOf(error.code).toEqualTypeOf<'version_mismatch'>();
  if (isProblem(error)) expectTypeOf(error.code).toEqualTypeOf<ProblemCode>();
});

test('a problem that a proxy has shortened is still one', async () => {
  expect(await thrownBy({ status: 404, json: { code: 'not_found' } })).toMatchObject({
    detail: 'not_found',
    errors: [],
  });
});

test.each<{ name: string; reply: Reply }>([
  { name: 'HTML with 200', reply: { headers: { 'content-type': 'text/html' }, text: '<h1>Hi</h1>' } },
  { name: 'JSON without its content type', reply: { text: '{}' } },
  { name: 'broken JSON', reply: { headers: { 'content-type': 'application/json' }, text: '{' } },
  { name: 'HTML with 502', reply: { status: 502, headers: { 'content-type': 'text/html' }, text: 'Bad gateway' } },
  { name: 'JSON with 500 that is no problem', reply: { status: 500, json: { message: 'x' } } },
  { name: 'a redirect', reply: { status: 302, headers: { location: '/elsewhere' } } },
])('$name is a ResponseError', async ({ reply }) => {
  expect(await thrownBy(reply)).toMatchObject({ name: 'ResponseError' });
});

test('204 is an answer without a body', async () => {
  expect(await thrownBy({ status: 204 })).toBeUndefined();
});

test('a broken connection is a ConnectionError with its reason', async () => {
  const error = await thrownBy('hangUp');
  expect(error).toMatchObject({ name: 'ConnectionError', cause: expect.any(Error) });
});

test('no answer in time is a TimeoutError, and the request is ended', async () => {
  const { url } = await serve(() => 'never');
  const laurel = new Laurel({ baseUrl: url, maxRetries: 0, auth: { token: TOKEN } });
  await expect(laurel.me.get({ timeoutMs: 1 })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a slow body counts into the timeout, which is ten seconds where nobody says otherwise', async () => {
  vi.useFakeTimers();
  const stalled: typeof fetch = async () =>
    new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }), {
      headers: { 'content-type': 'application/json' },
    });
  const laurel = new Laurel({ baseUrl: 'http://127.0.0.1:9', fetch: stalled, maxRetries: 0, auth: { token: TOKEN } });
  let ended = false;
  const call = expect(laurel.me.get().finally(() => (ended = true))).rejects.toMatchObject({ name: 'TimeoutError' });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await call;
});

test('an abort ends a call before it is sent, on its way, and while it waits for its next try or its token', async () => {
  const { url, received } = await serve((_, nth) =>
    nth === 1 ? 'never' : problem(503, 'unavailable', { 'retry-after': '50' }),
  );
  const laurel = new Laurel({ baseUrl: url, auth: { token: TOKEN } });
  await expect(laurel.me.get({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  expect(received).toHaveLength(0);
  for (const sent of [1, 2]) {
    const controller = new AbortController();
    const call = expect(laurel.me.get({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(received).toHaveLength(sent), { interval: 1 });
    controller.abort();
    await call;
  }
  const controller = new AbortController();
  const waiting = new Laurel({ baseUrl: url, auth: { getToken: () => new Promise<string>(() => undefined) } });
  const call = expect(waiting.me.get({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  controller.abort();
  await call;
  expect(received).toHaveLength(2);
});

test('what cannot be sent is a UsageError', async () => {
  const loop: { activity: string; self?: unknown } = { activity: 'a' };
  loop.self = loop;
  const { url, received } = await serve(() => ({ json: {} }));
  const laurel = new Laurel({ baseUrl: url, auth: { token: TOKEN } });
  const server = new ServerLaurel({ baseUrl: url, auth: { token: TOKEN } });
  const calls: (() => Promise<unknown>)[] = [
    () => laurel.events.track(loop),
    // @ts-expect-error: there is no body
    () => laurel.events.track(),
    () => laurel.me.get({ headers: { 'bad name': 'x' } }),
    () => new Laurel({ baseUrl: url, auth: { token: 'two\nlines' } }).me.get(),
    () => server.users.update('u', {}, { ifMatch: Number.NaN }),
    // @ts-expect-error: a change names what it is based on
    () => server.users.update('u', {}),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ name: 'UsageError' });
  expect(received).toEqual([]);
});

test('a getToken that fails is a TokenError', async () => {
  const laurel = new Laurel({
    baseUrl: 'http://127.0.0.1:9',
    auth: {
      getToken: () => {
        throw new Error('offline');
      },
    },
  });
  await expect(laurel.me.get()).rejects.toMatchObject({ name: 'TokenError', cause: { message: 'offline' } });
});

test('everything that is thrown is a LaurelError, of one class for both entries', async () => {
  expect(LaurelError).toBe(ServerLaurelError);
  for (const reply of ['hangUp', problem(404, 'not_found'), { text: 'x' }] as const) {
    expect(await thrownBy(reply)).toBeInstanceOf(LaurelError);
  }
  expect(await thrownBy(problem(404, 'not_found'))).toBeInstanceOf(ProblemError);
});

test('neither the client nor an error shows a token or a secret', async () => {
  const auth = { clientId: 'c', clientSecret: TOKEN, tokenEndpoint: 'http://127.0.0.1:9/token' };
  const shown = [
    new Laurel({ baseUrl: 'http://127.0.0.1:9', auth: { token: TOKEN } }),
    new ServerLaurel({ baseUrl: 'http://127.0.0.1:9', auth }),
    await thrownBy('hangUp'),
    await thrownBy(problem(403, 'forbidden')),
    await thrownBy({ text: 'x' }),
    await thrownBy({ json: {} }, () =>
      new Laurel({ baseUrl: 'http://127.0.0.1:9', auth: { token: `${TOKEN}\n` } }).me.get(),
    ),
    await thrownBy({ json: {} }, () =>
      new ServerLaurel({ baseUrl: 'http://127.0.0.1:9', maxRetries: 0, auth }).workspace.get(),
    ),
  ];
  for (const value of shown) {
    expect(value).toBeDefined();
    const texts = [inspect(value, { depth: null, showHidden: true }), JSON.stringify(value), String(value)];
    for (const text of texts) expect(text).not.toContain(TOKEN);
  }
});
