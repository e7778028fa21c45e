import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import { Laurel } from '@laurel/sdk';
import { LaurelLive } from '@laurel/sdk/live';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { expect, test } from 'vitest';
import { problem, serve } from './server.ts';

const all = routesOf(contract);
const routes = all.filter(({ meta }) => meta?.stream !== true);
const streams = all.filter(({ meta }) => meta?.stream === true);

/** The method of an operation, found as a caller would: `client.missions.list`. */
function methodsOf(client: object): Map<string, (...given: unknown[]) => unknown> {
  const found = new Map<string, (...given: unknown[]) => unknown>();
  for (const [resource, methods] of Object.entries(client)) {
    if (typeof methods !== 'object' || methods === null) continue;
    for (const [verb, method] of Object.entries(methods)) {
      if (typeof method === 'function') found.set(`${resource}.${verb}`, (...given) => method(...given));
    }
  }
  return found;
}

/** Every client by its context, over one base URL. */
function clients(baseUrl: string): Map<string, ReturnType<typeof methodsOf>> {
  const server = new ServerLaurel({ baseUrl, auth: { token: 's2s' } });
  const { platform, as: _, ...dashboard } = server;
  return new Map([
    ['app', methodsOf(new Laurel({ baseUrl, auth: { token: 'c2s' } }))],
    ['dashboard', methodsOf(dashboard)],
    ['platform', methodsOf(platform)],
  ]);
}

/** What a route says of itself, read from the contract and not from the SDK's own table. */
function shapeOf({ route, meta }: PlacedRoute) {
  const body = 'body' in route && typeof route.body === 'object' && route.body !== null;
  const params = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const conditional = meta?.etag === true && ['PUT', 'PATCH'].includes(route.method);
  return { body, params, conditional, query: route.query !== undefined };
}

const answer = { json: { items: [], nextCursor: null } };

test('every operation of the contract has exactly one method, and there is no other', () => {
  for (const [context, methods] of clients('http://127.0.0.1:9')) {
    const wanted = routes.filter((placed) => placed.context === context).map(({ operation }) => operation);
    expect([...methods.keys()].sort()).toEqual(wanted.sort());
  }
  expect(new Set(all.map(({ context }) => context))).toEqual(new Set(clients('http://127.0.0.1:9').keys()));
});

test('every stream of the contract is a method of the client for streams, and there is no other', () => {
  const methods = methodsOf(new LaurelLive({ baseUrl: 'http://127.0.0.1:9', auth: { token: 'c2s' } }));
  expect([...methods.keys()].sort()).toEqual(streams.map(({ operation }) => operation).sort());
});

test.each(streams)('$name asks for the stream that its route declares', async ({ name, operation, route }) => {
  const { url, received } = await serve(() => problem(403, 'forbidden'));
  const method = methodsOf(new LaurelLive({ baseUrl: `${url}/demo`, auth: { token: 'c2s' } })).get(operation);
  const stream = Object(method?.({ lastEventId: '7.1', headers: { 'x-mine': name } }));
  await expect(stream.next()).rejects.toMatchObject({ code: 'forbidden' });
  expect(received).toMatchObject([
    {
      method: 'GET',
      url: `/demo${route.path}`,
      headers: { authorization: 'Bearer c2s', 'last-event-id': '7.1', 'x-mine': name },
    },
  ]);
});

test.each(routes)('$name sends the request that its route declares', async (placed) => {
  const { url, received } = await serve(() => answer);
  const { body, params, conditional, query } = shapeOf(placed);
  const method = clients(`${url}/demo`).get(placed.context)?.get(placed.operation);
  const values = params.map((name) => `${name} of/mine`);
  await method?.(
    ...values,
    ...(body ? [{ marker: placed.name }] : []),
    ...(query ? [{ limit: 7, tag: ['a', 'b'], left: undefined }] : []),
    { ...(conditional ? { ifMatch: { version: 3 } } : {}), headers: { 'x-mine': 'yes' } },
  );

  const path = values.reduce<string>(
    (text, value) => text.replace(/:\w+/, encodeURIComponent(value)),
    placed.route.path,
  );
  const [request, ...more] = received;
  expect(more).toEqual([]);
  expect(request?.method).toBe(placed.route.method);
  expect(request?.url).toBe(`/demo${path}${query ? '?limit=7&tag=a&tag=b' : ''}`);
  expect(request?.headers.authorization).toBe(`Bearer ${placed.context === 'app' ? 'c2s' : 's2s'}`);
  expect(request?.headers['x-mine']).toBe('yes');
  expect(request?.headers['if-match']).toBe(conditional ? '"v3"' : undefined);
  expect(request?.headers['idempotency-key'] !== undefined).toBe(placed.meta?.idempotency === 'key');
  expect(request?.headers['content-type']).toBe(body ? 'application/json' : undefined);
  if (body) expect(JSON.parse(request?.body ?? '')).toMatchObject({ marker: placed.name });
  else expect(request?.body).toBe('');
});

test.each(routes.filter(({ route }) => route.path.includes(':')))(
  '$name takes no id for another path',
  async (placed) => {
    const { url, received } = await serve(() => answer);
    const method = clients(url).get(placed.context)?.get(placed.operation);
    const { params, body } = shapeOf(placed);
    for (const wrong of ['', '.', '..', '\ud800', undefined]) {
      const given = [...params.map(() => wrong), ...(body ? [{}] : []), { ifMatch: 1 }];
      await expect(Promise.resolve(method?.(...given))).rejects.toMatchObject({ name: 'UsageError' });
    }
    expect(received).toEqual([]);
  },
);
