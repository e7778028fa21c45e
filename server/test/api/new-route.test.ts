import { fileURLToPath } from 'node:url';
import { c, changes, contract, type RouteMeta, reads, routesOf } from '@laurel/contract';
import { Id } from '@laurel/contract/shared/ids';
import { PositiveAmount } from '@laurel/contract/shared/numbers';
import { PageQuery, page } from '@laurel/contract/shared/page';
import { Label } from '@laurel/contract/shared/text';
import type { AppRouter } from '@ts-rest/core';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { cedarSchema } from '../../../contract/generate/cedar.ts';
import { createApi } from '../../src/api/adapter.ts';
import type { Handlers } from '../../src/api/call.ts';
import { cedarEngine } from '../../src/identity/cedar-engine.ts';
import { readPolicies } from '../../src/identity/cedar-policies.ts';
import { type Principal, roles } from '../../src/identity/principal.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';
import { type EventParts, machine, send, smallPlatform } from '../support/small-platform.ts';

const { policies } = await readPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));

const Sticker = z
  .object({ id: Id, name: Label, points: PositiveAmount })
  .meta({ id: 'Sticker', description: 'A mark of what a player did.' });

/** A resource as a new file of the contract would hold it; nothing else in the repository knows of it. */
function stickersWith(listMeta: RouteMeta | undefined, createMeta: RouteMeta | undefined) {
  return c.router(
    {
      list: {
        method: 'GET',
        path: '/stickers',
        summary: 'List stickers',
        query: PageQuery,
        responses: { 200: page('StickerPage', Sticker) },
        metadata: listMeta,
      },
      create: {
        method: 'POST',
        path: '/stickers',
        summary: 'Create a sticker',
        body: z.strictObject({ id: Id, name: Label, points: PositiveAmount }),
        responses: { 201: Sticker },
        metadata: createMeta,
      },
    },
    { pathPrefix: '/dashboard/v1', strictStatusCodes: true },
  );
}
type Stickers = ReturnType<typeof stickersWith>;

const handlers: Handlers<Stickers> = {
  list: async () => ({ body: { items: [], nextCursor: null } }),
  create: async ({ body }) => ({ body }),
};

const platform = await smallPlatform();
afterAll(() => platform.close());

/** The API of the new resource, with the real policies over the schema that its contract generates. */
function apiOf(stickers: Stickers, schemaOf: AppRouter) {
  const policy = cedarEngine({ policies, schema: cedarSchema(schemaOf) });
  return createApi({ ...platform, policy }, c.router({ dashboard: { stickers } }), {
    dashboard: { stickers: handlers },
  });
}

const PATH = '/dashboard/v1/stickers';
const sticker = { id: 'early-bird', name: 'Early bird', points: 5 };
const parcel = (principal: Principal, body: object = sticker): EventParts => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  principal,
});
const withScopes = (...scopes: string[]): Principal => ({ ...machine, scopes });
const player: Principal = { ...machine, kind: 'player', subject: 'usr_1' };
const operators: readonly Principal[] = roles.map((role) => ({ ...machine, kind: 'operator', subject: role, role }));
const owner: Principal = { ...machine, kind: 'operator', subject: 'owner', role: 'owner', platform: true };

describe('a resource that is declared in one file of the contract and nowhere else', () => {
  const stickers = stickersWith(reads('dashboard', 'stickers'), changes('dashboard', 'stickers', 'author'));
  const api = apiOf(stickers, { ...contract, dashboard: { ...contract.dashboard, stickers } });

  test('is not in the contract yet', () => {
    expect(routesOf(contract).filter(({ route }) => route.path === PATH)).toEqual([]);
  });

  test('is validated: body, query and answer', async () => {
    const admitted = withScopes('stickers:write', 'stickers:read');
    const made = await send(api, 'POST', PATH, parcel(admitted));
    expect([made.status, made.body]).toEqual([201, sticker]);
    for (const [field, value] of Object.entries({ id: 'a#b', name: '', points: 1.5, tenant: 'bolt' })) {
      const problem = expectProblem(
        await send(api, 'POST', PATH, parcel(admitted, { ...sticker, [field]: value })),
        'invalid_request',
      );
      expect(pointersOf(problem)).toEqual([field === 'tenant' ? '' : `/${field}`]);
    }
    const query = { limit: ['0'] };
    const problem = expectProblem(await send(api, 'GET', PATH, { principal: admitted, query }), 'invalid_request');
    expect(pointersOf(problem)).toEqual(['/query/limit']);
    expect((await send(api, 'GET', PATH, { principal: admitted })).body).toEqual({ items: [], nextCursor: null });
  });

  test('its methods are known', async () => {
    const answer = await send(api, 'DELETE', PATH, { principal: withScopes('stickers:write') });
    expectProblem(answer, 'method_not_allowed');
    expect(answer.headers.allow).toBe('GET, POST');
  });

  test('is idempotent by its metadata', async () => {
    const parts = parcel(withScopes('stickers:write'));
    const headers = { ...parts.headers, 'idempotency-key': 'once' };
    const first = await send(api, 'POST', PATH, { ...parts, headers });
    const second = await send(api, 'POST', PATH, { ...parts, headers });
    expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(second.text).toBe(first.text);
  });

  test('asks machines for its scope, and for no other', async () => {
    const others = [...new Set(routesOf(contract).flatMap(({ meta }) => meta?.scope ?? [])), 'stickers:read'];
    expectProblem(await send(api, 'POST', PATH, parcel(withScopes(...others))), 'insufficient_scope');
    expect((await send(api, 'POST', PATH, parcel(withScopes('stickers:write')))).status).toBe(201);
  });

  test('is open to operators by its level, without a policy of its own', async () => {
    const statuses = await Promise.all(
      operators.map(async (principal) => [
        principal.role,
        (await send(api, 'GET', PATH, { principal })).status,
        (await send(api, 'POST', PATH, parcel(principal))).status,
      ]),
    );
    expect(statuses).toEqual([
      ['owner', 200, 201],
      ['admin', 200, 201],
      ['manager', 200, 201],
      ['member', 200, 403],
      ['viewer', 200, 403],
    ]);
  });

  test('is refused to callers that its metadata does not list', async () => {
    expectProblem(await send(api, 'GET', PATH, { principal: player }), 'forbidden');
    expectProblem(await send(api, 'GET', PATH, { principal: null }), 'invalid_token');
  });
});

describe.each([
  ['no metadata at all', undefined],
  ['metadata without a level', { action: 'dashboard:stickers.read', scope: 'stickers:read', callers: ['machine'] }],
  ['metadata that is a text', 'dashboard:stickers.read'],
])('a route with %s', (_what, metadata) => {
  const stickers = stickersWith(undefined, changes('dashboard', 'stickers', 'author'));
  const broken = { ...stickers, list: { ...stickers.list, metadata } };
  const policy = { decide: async () => ({ allowed: true, policies: ['everything'], errors: [] }) };
  const api = createApi({ ...platform, policy }, c.router({ dashboard: { stickers: broken } }), {
    dashboard: { stickers: handlers },
  });

  test('is refused to everybody, though a policy permits all', async () => {
    for (const principal of [...operators, owner, player, withScopes('stickers:read', 'stickers:write')]) {
      expectProblem(await send(api, 'GET', PATH, { principal }), 'forbidden');
    }
    expect((await send(api, 'POST', PATH, parcel(withScopes('stickers:write')))).status).toBe(201);
  });
});

test('a route whose action is in no schema is refused to everybody: what the policies do not know they deny', async () => {
  const stickers = stickersWith(reads('dashboard', 'stickers'), changes('dashboard', 'stickers', 'author'));
  const api = apiOf(stickers, contract);
  for (const principal of [...operators, owner, withScopes('stickers:read')]) {
    expectProblem(await send(api, 'GET', PATH, { principal }), 'forbidden');
  }
});
