import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { fillPath } from '../support/examples.ts';
import { ACME, ACME_SIDE, type Answer, BOLT, call, OPERATIONS } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { type CallerKind, callersOf, machinesByScope } from './callers.ts';
import { type Resource, verdictOf } from './oracle.ts';
import { FULL, inLanes, isAsked, openWorld } from './world.ts';

const world = await openWorld();
afterAll(() => world.close());
const callers = await callersOf(world);
const byScope = machinesByScope(world);

const routes = routesOf(contract)
  .filter(isAsked)
  .map((placed) => [placed.name, placed] as const);
const metaOf = ({ name, meta }: PlacedRoute) => {
  if (meta === undefined) throw new Error(`${name} has no metadata: nothing says who may call it`);
  return meta;
};

/** The tenant whose door a caller stands at. */
const hostOf = ({ access }: CallerKind) => new URL(access.baseUrl).pathname.slice(1);

/** Something that a call can be about: whose it is, where that is named, and how it is asked for. */
interface Reference {
  readonly what: string;
  readonly path: string;
  readonly resource: Resource | undefined;
}

/**
 * What each route is asked about: where its path names a tenant or a workspace, each that there is and one that is not;
 * otherwise things of its own, of the others and of nobody. None is asked for its own things: nothing shall be changed.
 */
function referencesOf(placed: PlacedRoute, caller: CallerKind): Reference[] {
  const { path } = placed.route;
  const query = world.own.exampleOf(placed).path.split('?')[1];
  const full = (one: string) => (query === undefined ? one : `${one}?${query}`);
  if (path.includes(':tenant')) {
    const home = caller.facts ?? ACME;
    const places: Record<string, Resource> = {
      own: home,
      'another workspace': { tenant: home.tenant, workspace: home.workspace === 'side' ? 'main' : 'side' },
      'another tenant': home.tenant === 'bolt' ? ACME : BOLT,
      'a workspace that never was': { tenant: home.tenant, workspace: 'nowhere' },
      'a tenant that never was': { tenant: 'nobody', workspace: 'nothing' },
    };
    return Object.entries(places).map(([what, { tenant, workspace }]) => ({
      what,
      path: full(fillPath(path, { tenant, workspace })),
      // Where the path names no workspace, it is about the tenant, as the caller sees it from their own.
      resource: { tenant, workspace: path.includes(':workspace') ? workspace : home.workspace },
    }));
  }
  const missing = { what: 'what never was', path: full(fillPath(path, { version: '1' })), resource: undefined };
  if (!path.includes(':')) return [missing];
  // Whoever is refused is refused before anything is looked at: of the others, one is as good as another.
  const others = FULL ? world.others : world.others.slice(1, 2);
  const theirs = others.map((other) => ({
    what: `a thing of ${other.mark}`,
    path: other.exampleOf(placed).path,
    resource: undefined,
  }));
  return [missing, ...theirs];
}

/** A call that comes past the door changes nothing: what it asks about is not there, and its body is none. */
async function knock(placed: PlacedRoute, { access }: CallerKind, { path }: Reference): Promise<Answer> {
  const { method } = placed.route;
  const headers = world.own.exampleOf(placed).headers;
  return call(access, method, path, { headers, ...(method === 'GET' ? {} : { body: '[]' }) });
}

/** Calls that would do what they say: without a body nothing can be wrong with it. Who is erased calls no more. */
const wouldAct = ({ name }: PlacedRoute) =>
  /^(?:platform\.(?:tenants|workspaces)\.(?:suspend|archive|resume)|app\.privacy\.erase)$/.test(name);

async function judged(placed: PlacedRoute, caller: CallerKind): Promise<void> {
  const meta = metaOf(placed);
  for (const reference of referencesOf(placed, caller)) {
    const verdict = verdictOf(meta, hostOf(caller), caller.facts, reference.resource);
    if (verdict === 'let in' && wouldAct(placed)) continue;
    const answer = await knock(placed, caller, reference);
    const who = `${placed.name} by ${caller.name}, about ${reference.what}: ${answer.text}`;
    if (verdict !== 'let in') {
      expect(`${answer.status} ${String(answer.body.code)}`, who).toMatch(new RegExp(` ${verdict}$`));
      expectProblem(answer, verdict);
      continue;
    }
    expect([401, 403], who).not.toContain(answer.status);
    expect(answer.status, who).toBeLessThan(500);
  }
}

test('there is metadata on every route, and a caller of every kind', () => {
  for (const [, placed] of routes) expect(metaOf(placed)).toBeDefined();
  expect(callers.length).toBeGreaterThan(20);
  expect(new Set(callers.map(({ facts }) => facts?.standing))).toEqual(
    new Set([undefined, 'active', 'suspended', 'unknown']),
  );
});

describe('threats 15 and 17: every kind of caller, by what the metadata says', () => {
  afterEach(() => expect(world.watch.strayed()).toEqual([]));

  test.each(routes)('%s', async (_name, placed) => {
    const { scope } = metaOf(placed);
    // What is the platform's alone is refused to all other machines for another reason than their scopes.
    const scoped = await byScope(scope, placed.meta?.level === 'run' ? OPERATIONS : ACME);
    await inLanes([...callers, ...scoped], 6, (caller) => judged(placed, caller));
  });

  test('what was said by nobody changed nothing elsewhere', async () => {
    const before = await world.elsewhere();
    expect(before.length).toBeGreaterThan(100);
    const [first] = routes.filter(([name]) => name === 'dashboard.users.get');
    if (first !== undefined) await inLanes(callers, 6, (caller) => judged(first[1], caller));
    expect(await world.elsewhere()).toEqual(before);
  });
});

describe('who is refused for a token is told how to call, whatever else they say', () => {
  const refused = (parts: Record<string, string>, placed: PlacedRoute) =>
    world.send(world.stranger(ACME), placed, { headers: parts });

  test.each(routes.filter(([, { meta }]) => meta?.open !== true))('%s', async (_name, placed) => {
    const { token = '' } = world.home;
    const foreign = (await world.machine(BOLT)).token ?? '';
    for (const headers of [
      { authorization: 'Basic YTpi' },
      { authorization: `Bearer ${token}, Bearer ${token}` },
      { authorization: `Bearer ${foreign}`, 'x-tenant-id': 'bolt', 'x-forwarded-host': 'bolt.example' },
    ]) {
      const answer = await refused(headers, placed);
      expectProblem(answer, 'invalid_token');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });
});

test.each(['tenant', 'tenantId', 'workspace'])(
  'threat 3: a %s in the query or in a header chooses nothing',
  async (name) => {
    const workspace = await call(world.home, 'GET', `/dashboard/v1/workspace?${name}=side`, {
      headers: { [`x-${name}-id`]: 'bolt', [`x-${name}`]: 'side', 'x-amz-tenant-id': 'bolt' },
    });
    expect(workspace.body).toMatchObject({ tenant: 'acme', slug: 'main' });
  },
);

describe('threat 29: giving rights away', () => {
  const create = (caller: string, given: readonly string[]) => {
    const access = callers.find(({ name }) => name === caller)?.access ?? world.stranger(ACME);
    return call(access, 'POST', '/dashboard/v1/api-clients', { body: { name: 'x', scopes: given } });
  };

  test('a machine gives what it has, an operator what their role reaches', async () => {
    const machine = await world.machine(ACME, ['api-clients:write', 'users:read']);
    const by = (given: readonly string[]) =>
      call(machine, 'POST', '/dashboard/v1/api-clients', { body: { name: 'x', scopes: given } });
    expect((await by(['users:read'])).status).toBe(201);
    expectProblem(await by(['users:read', 'users:write']), 'insufficient_scope');
    expect((await create('admin', ['users:write', 'missions:write', 'app:write'])).status).toBe(201);
    expectProblem(await create('admin', ['workspaces:write']), 'insufficient_scope');
    expectProblem(await create('owner', ['tenants:write']), 'insufficient_scope');
  });

  test('also of another workspace what is over stays theirs: a credential that they revoked themselves', async () => {
    const side = await world.machine(ACME_SIDE);
    const clients = '/dashboard/v1/api-clients';
    const { body } = await call(side, 'POST', clients, { body: { name: 'old', scopes: ['users:read'] } });
    const revoke = `${clients}/${Object(body.client).id}/revoke`;
    expect((await call(side, 'POST', revoke)).status).toBe(200);
    expectProblem(await call(world.home, 'POST', revoke), 'not_found');
  });
});
