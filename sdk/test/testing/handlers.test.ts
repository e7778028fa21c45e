import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import { Laurel } from '@laurel/sdk';
import { Laurel as ServerLaurel } from '@laurel/sdk/server';
import { laurelHandlers } from '@laurel/sdk/testing';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { mocksOf } from '../../../contract/generate/mocks.ts';

const baseUrl = 'https://acme.example.test/tenant';
const tokenEndpoint = 'https://login.example.test/token';
const api = laurelHandlers({ http, baseUrl, tokenEndpoint });
const server = setupServer(...api);
const auth = { clientId: 'c', clientSecret: 's', tokenEndpoint };
const backend = new ServerLaurel({ baseUrl, auth });
const player = new Laurel({ baseUrl, auth: { token: 'player' } });

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => {
  server.resetHandlers();
  api.reset();
});
afterAll(() => server.close());

/** A method of a client, found as a caller would: `client.missions.list`. */
function methodOf({ context, operation }: PlacedRoute): (...given: unknown[]) => Promise<unknown> {
  const client: object = { app: player, dashboard: backend, platform: backend.platform }[context] ?? {};
  const [resource = '', verb = ''] = operation.split('.');
  const methods: unknown = Object.entries(client).find(([name]) => name === resource)?.[1];
  const method: unknown = Object.entries(Object(methods)).find(([name]) => name === verb)?.[1];
  if (typeof method !== 'function') throw new Error(`There is no method ${operation}.`);
  return async (...given) => method(...given);
}

const mocks = mocksOf(contract);

/** What the contract's own example gives to an operation. */
function argumentsOf({ name }: PlacedRoute): unknown[] {
  const { params, query, body } = mocks[name]?.request ?? {};
  return [
    ...Object.values(params ?? {}).map(String),
    ...(body === undefined ? [] : [body]),
    ...(query === undefined ? [] : [query]),
    { ifMatch: 1 },
  ];
}

function goodAnswer({ route }: PlacedRoute): z.ZodType | undefined {
  const [, schema] = Object.entries(route.responses).find(([status]) => status.startsWith('2')) ?? [];
  return schema instanceof z.ZodType ? schema : undefined;
}

const routes = routesOf(contract).filter(({ meta }) => meta?.stream !== true);

test.each(routes)('$name is answered as the contract says', async (placed) => {
  const answer = await methodOf(placed)(...argumentsOf(placed));
  const schema = goodAnswer(placed);
  if (schema === undefined) expect(answer).toBeUndefined();
  else if (placed.route.method === 'GET') expect(schema.parse(answer)).toEqual(answer);
  else schema.parse(answer);
  expect(api.calls).toMatchObject([{ operation: placed.name }]);
});
