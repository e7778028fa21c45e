import { type Caller, contract, type Level, type PlacedRoute, routesOf } from '@laurel/contract';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Role, roles } from '../../src/identity/principal.ts';
import { allScopes } from '../../src/local/provision.ts';
import { allRoutes, type Furnished, fillPath, furnish } from '../support/examples.ts';
import { watchKeys } from '../support/keys.ts';
import {
  ACME,
  ACME_SIDE,
  type Access,
  type Answer,
  BOLT,
  BOLT_SIDE,
  call,
  OPERATIONS,
  type Parcel,
  type Place,
  startTestPlatform,
} from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());

const root = await laurel.platformMachine();
const home = await laurel.machine(ACME);
const furnished = await furnish(home, ACME);
const others: readonly Furnished[] = await Promise.all(
  [ACME_SIDE, BOLT, BOLT_SIDE].map(async (place) => furnish(await laurel.machine(place), place)),
);
const operators = new Map<Role, Access>();
for (const role of roles) operators.set(role, await laurel.operator(ACME, role));
const player = await laurel.player(ACME, furnished.userId);

/** Sends a route's example as somebody; parts of it may be replaced. */
function as(
  access: Access,
  placed: PlacedRoute,
  own: Parcel & { path?: string } = {},
  from = furnished,
): Promise<Answer> {
  const { method, path, headers, body } = from.exampleOf(placed);
  const parcel = { ...(body === undefined ? {} : { body }), ...own, headers: { ...headers, ...own.headers } };
  return call(access, method, own.path ?? path, parcel);
}

/** Of a tenant that nothing else uses, so that routes of the platform may be run on it to the end. */
const QUIET: Place = { tenant: 'quiet', workspace: 'main' };
await laurel.platform.createWorkspaceClient(QUIET);
const onQuiet = (placed: PlacedRoute) =>
  placed.context === 'platform' ? { path: fillPath(placed.route.path, { ...QUIET }) } : {};

const scopes = allScopes();
const metaOf = ({ name, meta }: PlacedRoute) => {
  if (meta === undefined) throw new Error(`${name} has no metadata`);
  return meta;
};

/** What a refused caller may see: the refusal, but neither scopes of others nor the thing itself. */
const refusedBut = (answer: Answer) => [401, 403].includes(answer.status);

/** An answer without what tells one request from another: its id, and the path that was asked. */
const shapeOf = ({ status, text }: Answer, path = '') => ({
  status,
  text: text.replaceAll(/req_\w+/g, 'the request').replace(`"${path}"`, '"the path"'),
});

// First, while all of it is at work.
test('each read holds what is theirs: no list is empty, or it would hide a leak', async () => {
  await laurel.platform.inside.streams.settled();
  const seen = new Set<string>();
  for (const [name, placed] of allRoutes) {
    if (placed.context === 'platform' || placed.route.method !== 'GET') continue;
    const answer = await as(home, placed);
    if ([furnished.mark, ...furnished.made].some((own) => answer.text.includes(own))) seen.add(name);
  }
  const silent = routesOf(contract).filter(
    ({ name, context, route }) => context !== 'platform' && route.method === 'GET' && !seen.has(name),
  );
  // What a player's client may send is nothing here; a workspace is no thing of itself, nor is what time it is.
  expect(silent.map(({ name }) => name)).toEqual([
    'app.activities.list',
    // The purposes that every workspace has.
    'app.privacy.consents',
    'dashboard.workspace.get',
    'dashboard.clock.get',
    // Numbers alone, none of which names anything.
    'dashboard.analytics.overview',
    'dashboard.analytics.users',
    'dashboard.privacy.consents',
  ]);
});

describe.each(allRoutes)('%s', (_name, placed) => {
  const meta = metaOf(placed);

  test('without a token, with a broken one or with two, is a 401 that says how to call', async () => {
    const refusals = [
      await as(laurel.stranger(ACME), placed),
      await as({ ...home, token: `${home.token}x` }, placed),
      await as(laurel.stranger(ACME), placed, { headers: { authorization: 'Basic YTpi' } }),
      await as(laurel.stranger(ACME), placed, {
        headers: { authorization: `Bearer ${home.token}, Bearer ${home.token}` },
      }),
    ];
    for (const answer of refusals) {
      expectProblem(answer, 'invalid_token');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  test('with the token of another tenant is a 401, whoever it is', async () => {
    const foreign = [await laurel.machine(BOLT), root, await laurel.player(BOLT, others[1]?.userId ?? '')];
    for (const { token = '' } of foreign) {
      const headers = { 'x-tenant-id': 'bolt', 'x-forwarded-host': 'bolt.example' };
      expectProblem(await as({ ...laurel.stranger(ACME), token }, placed, { headers }), 'invalid_token');
    }
  });

  test('is refused to the kinds of caller that its metadata does not list', async () => {
    const kinds: Readonly<Record<Caller, Access>> = {
      player,
      operator: operators.get('owner') ?? player,
      machine: home,
    };
    const unlisted = (['player', 'operator', 'machine'] as const).filter((kind) => !meta.callers.includes(kind));
    for (const kind of unlisted) expectProblem(await as(kinds[kind], placed), 'forbidden');
  });

  test('needs its scope, and no other', async () => {
    // The routes of the platform are for its own machines, or would be refused for another reason.
    const isPlatform = placed.context === 'platform';
    const place = isPlatform ? OPERATIONS : ACME;
    const own = isPlatform ? { path: fillPath(placed.route.path, { ...OPERATIONS }) } : {};
    const without = await laurel.machine(
      place,
      scopes.filter((scope) => scope !== meta.scope),
    );
    expectProblem(await as(without, placed, own), 'insufficient_scope');
    const exactly = await laurel.machine(place, [meta.scope]);
    const answer = await as(exactly, placed, onQuiet(placed));
    // What is given away must be one's own: a credential with other scopes is still refused, after the route is.
    const isGiving = answer.body.code === 'insufficient_scope' && /itself lacks/.test(String(answer.body.detail));
    expect(refusedBut(answer) && !isGiving, answer.text).toBe(false);
  });
});

describe('operators by role', () => {
  /** What each level takes at least, as `roles.cedar` says in words: written down here a second time. */
  const least: Readonly<Record<Exclude<Level, 'play' | 'run'>, Role>> = {
    read: 'viewer',
    operate: 'member',
    author: 'manager',
    administer: 'admin',
    own: 'owner',
  };
  const reaches = (role: Role, level: Level) =>
    level !== 'play' && level !== 'run' && roles.indexOf(role) <= roles.indexOf(least[level]);

  test.each(allRoutes)('%s', async (_name, placed) => {
    const meta = metaOf(placed);
    for (const [role, access] of operators) {
      // Refused before anything is looked at, or let in and then refused for what it asks: nothing is changed by either.
      const missing = { path: fillPath(placed.route.path, { tenant: ACME.tenant, workspace: 'missing' }), body: '[]' };
      const answer = await as(access, placed, placed.route.method === 'GET' ? { path: missing.path } : missing);
      const isCross = placed.route.path.includes(':workspace');
      if (meta.callers.includes('operator') && reaches(role, meta.level)) {
        expect(refusedBut(answer), `${role}: ${answer.text}`).toBe(false);
      } else expectProblem(answer, isCross ? 'not_found' : 'forbidden');
    }
  });

  test('whoever owns the platform runs it, and nobody else', async () => {
    const owner = await laurel.operator(OPERATIONS, 'owner');
    const admin = await laurel.operator(OPERATIONS, 'admin');
    for (const [, placed] of allRoutes.filter(([, one]) => one.meta?.level === 'run')) {
      expect(refusedBut(await as(owner, placed, onQuiet(placed))), placed.name).toBe(false);
      const answer = await as(admin, placed, onQuiet(placed));
      expect([403, 404], placed.name).toContain(answer.status);
    }
  });
});

describe('things of another workspace', () => {
  // A purpose that every workspace has is no thing of another one.
  const withParams = allRoutes.filter(
    ([name, { route, context }]) =>
      route.path.includes(':') && context !== 'platform' && name !== 'app.privacy.consent',
  );

  test.each(withParams)('%s: look like a true miss, byte for byte but for the request', async (_name, placed) => {
    const before = await laurel.snapshot();
    for (const other of others) {
      const { path } = other.exampleOf(placed);
      const missing = other.made.reduce((text, id) => text.replace(id, 'missing'), path.replace(other.mark, 'x'));
      const theirs = await as(home, placed, { path });
      expectProblem(theirs, 'not_found');
      const miss = await as(home, placed, { path: missing });
      expect(shapeOf(theirs, path.split('?')[0])).toEqual(shapeOf(miss, missing.split('?')[0]));
    }
    expect(await laurel.snapshot()).toBe(before);
  });

  const forPlayers = allRoutes.filter(([, { context }]) => context === 'app');

  test.each(forPlayers)('%s: so does acting for their players', async (_name, placed) => {
    const before = await laurel.snapshot();
    for (const { userId, externalId } of others) {
      const { 'x-user-id': _own, ...headers } = furnished.exampleOf(placed).headers;
      const { method, path, body } = furnished.exampleOf(placed);
      const acting = (who: Record<string, string>) =>
        call(home, method, path, { headers: { ...headers, ...who }, ...(body === undefined ? {} : { body }) });
      const theirs = await acting({ 'x-user-id': userId });
      expect([404, 422]).toContain(theirs.status === 200 ? Object(theirs.body.items)[0].problem.status : theirs.status);
      expect(shapeOf(theirs)).toEqual(shapeOf(await acting({ 'x-user-id': 'missing' })));
      if (placed.route.method !== 'GET') continue;
      expect(shapeOf(await acting({ 'x-external-user-id': externalId }))).toEqual(
        shapeOf(await acting({ 'x-external-user-id': 'missing' })),
      );
    }
    expect(await laurel.snapshot()).toBe(before);
  });

  const named = allRoutes.filter(([, { route }]) => route.path.includes(':tenant'));

  test.each(named)('%s: another tenant looks like none', async (_name, placed) => {
    const insiders = [await laurel.machine(ACME, [metaOf(placed).scope]), operators.get('owner') ?? player];
    const before = await laurel.snapshot();
    for (const insider of insiders) {
      const [theirs, nobodys] = [BOLT, { tenant: 'nobody', workspace: 'nothing' }].map((place) =>
        fillPath(placed.route.path, { ...place }),
      );
      const answer = await as(insider, placed, { path: theirs ?? '' });
      expectProblem(answer, 'not_found');
      expect(shapeOf(answer, theirs)).toEqual(shapeOf(await as(insider, placed, { path: nobodys ?? '' }), nobodys));
    }
    expect(await laurel.snapshot()).toBe(before);
  });

  test.each(named.filter(([, { route }]) => route.path.includes(':workspace')))(
    '%s: a machine stays in its workspace, an owner may go to each of the tenant',
    async (_name, placed) => {
      const { scope } = metaOf(placed);
      const machine = await laurel.machine(ACME, [scope, 'events:write', 'users:read']);
      const before = await laurel.snapshot();
      const [path, nowhere] = [ACME_SIDE, { tenant: 'acme', workspace: 'nowhere' }].map((place) =>
        fillPath(placed.route.path, { ...place }),
      );
      const theirs = await as(machine, placed, { path: path ?? '' });
      expectProblem(theirs, 'not_found');
      expect(shapeOf(theirs, path)).toEqual(shapeOf(await as(machine, placed, { path: nowhere ?? '' }), nowhere));
      expect(await laurel.snapshot()).toBe(before);
      expect((await as(operators.get('owner') ?? machine, placed, { path: path ?? '' })).status).toBe(201);
    },
  );

  test('also what is over: a credential that they revoked themselves', async () => {
    const side = await laurel.machine(ACME_SIDE);
    const clients = '/dashboard/v1/api-clients';
    const { body } = await call(side, 'POST', clients, { body: { name: 'old', scopes: ['users:read'] } });
    const revoke = `${clients}/${Object(body.client).id}/revoke`;
    expect((await call(side, 'POST', revoke)).status).toBe(200);
    expectProblem(await call(home, 'POST', revoke), 'not_found');
  });

  test.each(['tenant', 'tenantId', 'workspace'])('a %s in the query or in a header chooses nothing', async (name) => {
    const workspace = await call(home, 'GET', `/dashboard/v1/workspace?${name}=side`, {
      headers: { [`x-${name}-id`]: 'bolt', [`x-${name}`]: 'side', 'x-amz-tenant-id': 'bolt' },
    });
    expect(workspace.body).toMatchObject({ tenant: 'acme', slug: 'main' });
  });
});

describe('giving rights away', () => {
  const create = (access: Access, given: readonly string[]) =>
    call(access, 'POST', '/dashboard/v1/api-clients', { body: { name: 'x', scopes: given } });

  test('a machine gives what it has, an operator what their role reaches', async () => {
    const machine = await laurel.machine(ACME, ['api-clients:write', 'users:read']);
    expect((await create(machine, ['users:read'])).status).toBe(201);
    expectProblem(await create(machine, ['users:read', 'users:write']), 'insufficient_scope');
    const admin = operators.get('admin') ?? machine;
    expect((await create(admin, ['users:write', 'missions:write', 'app:write'])).status).toBe(201);
    expectProblem(await create(admin, ['workspaces:write']), 'insufficient_scope');
    expectProblem(await create(operators.get('owner') ?? machine, ['tenants:write']), 'insufficient_scope');
  });
});

describe('what the store is asked for', () => {
  const watch = watchKeys(laurel.table);
  beforeEach(watch.clear);
  afterEach(watch.clear);

  const prefixes = ({ tenant, workspace }: Place) => [`T#${tenant}#W#${workspace}#`, `T#${tenant}#W#@#`];
  const foreign = (keys: readonly string[], allowed: readonly string[]) =>
    keys.filter((key) => !allowed.some((prefix) => key.startsWith(prefix)));

  // The line by which the token endpoint, which is one for all tenants, finds a new client's tenant.
  const CLIENT_LINE = 'T#@platform#W#@#CLIENT#';
  // The cell's line of all that is due, by which the scheduler finds its work: what opens or closes in time stands there.
  const DUE_LINE = 'T#@platform#W#@#DUE#';
  const SCHEDULES =
    /^dashboard\.(?:(?:leaderboards|leagues|missions)\.(?:create|update|publish|archive|unarchive|restore)|config\.apply|webhooks\.test|webhookDeliveries\.retry|privacy\.erase)$|^app\.privacy\.erase$/;

  test.each(allRoutes.filter(([, { context }]) => context !== 'platform'))(
    '%s: every key begins with the caller’s own scope, whatever ids the call names',
    async (_name, placed) => {
      const own = [
        ...prefixes(ACME),
        ...(placed.name === 'dashboard.apiClients.create' ? [CLIENT_LINE] : []),
        ...(SCHEDULES.test(placed.name) ? [DUE_LINE] : []),
      ];
      const targets = [undefined, ...others.map((other) => other.exampleOf(placed).path)];
      for (const path of targets) {
        await as(home, placed, path === undefined ? {} : { path });
        const keys = watch.keys();
        expect(keys.length).toBeGreaterThan(0);
        expect(foreign(keys, own)).toEqual([]);
        watch.clear();
      }
    },
  );

  test.each(allRoutes.filter(([, { context }]) => context === 'app'))('%s: a player’s too', async (_name, placed) => {
    await as(player, placed, { headers: { 'x-user-id': others[0]?.userId ?? '' } });
    expect(watch.keys().length).toBeGreaterThan(0);
    const line = SCHEDULES.test(placed.name) ? [DUE_LINE] : [];
    expect(foreign(watch.keys(), [...prefixes(ACME), ...line])).toEqual([]);
  });

  test.each(allRoutes.filter(([, { context }]) => context === 'platform'))(
    '%s: the platform’s keys, the caller’s and those of the tenant that is named',
    async (_name, placed) => {
      await as(root, placed, onQuiet(placed));
      const created = furnished.exampleOf(placed).body;
      const allowed = ['T#@platform#W#@#', `T#${QUIET.tenant}#W#`, ...prefixes(OPERATIONS)];
      const slug = placed.name === 'platform.tenants.create' ? [`T#${Object(created).slug}#W#@#`] : [];
      expect(foreign(watch.keys(), [...allowed, ...slug])).toEqual([]);
    },
  );
});

// Last, since it runs every route to its end: what it changes nobody else asks about.
describe('what is answered', () => {
  test.each(allRoutes)('%s: never names a thing of another workspace', async (_name, placed) => {
    const accesses = placed.context === 'platform' ? [home] : [home, player, ...operators.values()];
    for (const access of accesses) {
      const answer = await as(access, placed);
      for (const { mark, made } of others) {
        expect(answer.text).not.toContain(mark);
        for (const id of made) expect(answer.text).not.toContain(id);
      }
    }
  });

  test.each(allRoutes)('%s: a player is themselves, whatever the headers say', async (_name, placed) => {
    if (placed.context !== 'app') return expect(placed.meta?.callers).not.toContain('player');
    const mine = await as(player, placed);
    const other = await as(player, placed, { headers: { 'x-user-id': others[0]?.userId ?? '' } });
    expect(other.status).toBe(mine.status);
    expect(other.text).not.toContain(others[0]?.mark);
  });
});
