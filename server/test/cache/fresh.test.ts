import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCache } from '../../src/cache/cache.ts';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import { cachedAuthorizer } from '../../src/identity/cached-authorizer.ts';
import { cachedPolicy } from '../../src/identity/cached-policy.ts';
import { type LocalDatabase, openLocalDatabase } from '../../src/local/database.ts';
import type { SharedText, SharedTexts } from '../../src/ports/cache.ts';
import type { PolicyDecision, PolicyRequest } from '../../src/ports/policy.ts';
import { type ClientRecord, createClient, revokeClient } from '../../src/store/clients.ts';
import { commit, type Write } from '../../src/store/commit.ts';
import { tableDirectory } from '../../src/store/directory.ts';
import { knownCallers } from '../../src/store/known-callers.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { createTenant, setTenantStatus } from '../../src/store/tenants.ts';
import { configFor, jwksOf, jwt, machineClaims, makeKey, operatorClaims } from '../identity/doubles.ts';
import { memberWrites } from '../support/members.ts';
import { machine } from '../support/small-platform.ts';

const key = makeKey('pool-1');
const scope = workspaceScope('acme', 'main');
const createdAt = '2026-06-01T00:00:00.000Z';
const tenant = { slug: 'acme', name: 'Acme', status: 'active', cell: 'eu', createdAt, platform: false } as const;

let database: LocalDatabase;
beforeAll(async () => {
  database = await openLocalDatabase(':memory:');
});
afterAll(() => database.close());

async function write(writes: readonly Write[]): Promise<void> {
  expect((await commit(database.table, writes)).kind).toBe('committed');
}

/** What processes share, in memory. */
function sharedTexts(): SharedTexts {
  const texts = new Map<string, SharedText>();
  return {
    get: async (name) => texts.get(name),
    set: async (name, shared) => void texts.set(name, shared),
    remove: async (name) => void texts.delete(name),
  };
}

/** The three who lose their right, how, and how they have it back. */
const client: ClientRecord = {
  id: 'cli_a',
  name: 'Backend',
  scopes: ['users:read'],
  status: 'active',
  createdAt,
  revokedAt: null,
  tenant: 'acme',
  workspace: 'main',
  secrets: [
    {
      id: 'sec_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: null,
      hash: 'never-kept',
    },
  ],
};
const asMachine = `Bearer ${jwt(key, machineClaims())}`;
const asOperator = `Bearer ${jwt(key, operatorClaims())}`;

test.each([
  ['a suspended tenant', asMachine, () => setTenantStatus(database.table, { ...tenant, status: 'suspended' })],
  ['a revoked client', asMachine, () => revokeClient(database.table, scope, 'cli_a', createdAt)],
  [
    'a suspended operator',
    asOperator,
    () => memberWrites(database.table, scope, { subject: 'ada', role: 'admin', status: 'suspended' }),
  ],
])('%s is refused a minute later, whenever and by whichever process they were read', async (_, token, takeAway) => {
  // However the two times fall together: who read when, and when the right was taken away.
  for (const [readBefore, calledAfter] of [
    [0, 0],
    [14_999, 0],
    [14_999, 14_998],
    [10_000, 4000],
  ] as const) {
    const fresh = await openLocalDatabase(':memory:');
    database.close();
    database = fresh;
    const { table } = database;
    await write([...createTenant(table, tenant), ...createClient(table, scope, client)]);
    await write(await memberWrites(table, scope, { subject: 'ada', role: 'admin', status: 'active' }));
    let now = Date.now();
    const shared = sharedTexts();
    const processOf = () => {
      const known = knownCallers(table, createCache({ shared, now: () => now }));
      const deps = {
        directory: tableDirectory(table, 'acme', known),
        fetchJwks: async () => jwksOf(key),
        now: Date.now,
      };
      const authorize = createAuthorizer(configFor('acme'), deps);
      return cachedAuthorizer(authorize, { ttlSeconds: 45, now: () => now, maxEntries: 10 });
    };
    const [first, second] = [processOf(), processOf()];
    expect((await first(token)).kind).toBe('allowed');
    now += readBefore;
    await write(await takeAway());
    const gone = now;
    now += Math.min(calledAfter, 14_999 - readBefore);
    // Another process asks at the last moment at which what the first has read is given out.
    expect((await second(token)).kind).toBe('allowed');
    now = gone + 60_000;
    expect((await first(token)).kind).toBe('denied');
    expect((await second(token)).kind).toBe('denied');
  }
});

test('neither hashes of secrets nor players are kept outside of the table', async () => {
  const { table } = database;
  const texts: string[] = [];
  const shared = {
    ...sharedTexts(),
    set: async (name: string, { text }: SharedText) => void texts.push(name, text),
  };
  const directory = tableDirectory(table, 'acme', knownCallers(table, createCache({ shared })));
  await directory.client('cli_a');
  await directory.tenant('acme');
  await directory.user('acme', 'main', 'usr_1');
  expect(texts).toHaveLength(4);
  expect(texts.join()).not.toMatch(/never-kept|usr_1/);
});

test('a decision is another for each caller, role, scope, place and action, and one with errors is not kept', async () => {
  const asked: PolicyRequest[] = [];
  let answer: PolicyDecision = { allowed: true, policies: ['one'], errors: [] };
  const engine = {
    decide: async (request: PolicyRequest) => {
      asked.push(request);
      return answer;
    },
  };
  const policy = cachedPolicy(engine, createCache());
  const request: PolicyRequest = {
    principal: { ...machine, scopes: ['users:read'], tokenId: 'one' },
    action: 'dashboard:users.read',
    scope: 'users:read',
    resource: { tenant: 'acme', workspace: 'main' },
  };
  const others: PolicyRequest[] = [
    { ...request, action: 'dashboard:users.write' },
    { ...request, scope: 'users:write' },
    { ...request, actingFor: 'ada' },
    { ...request, resource: { tenant: 'acme', workspace: 'side' } },
    ...[
      { subject: 'cli_other' },
      { scopes: [] },
      { tenant: 'other' },
      { workspace: 'side' },
      { platform: true },
      { kind: 'operator', role: 'viewer' } as const,
      { kind: 'operator', role: 'admin' } as const,
    ].map((more) => ({ ...request, principal: { ...request.principal, ...more } })),
  ];
  for (const one of [request, ...others]) await policy.decide(one);
  expect(asked).toHaveLength(1 + others.length);
  for (const one of [request, ...others]) await policy.decide(one);
  await policy.decide({ ...request, principal: { ...request.principal, tokenId: 'another' } });
  expect(asked).toHaveLength(1 + others.length);

  await policy.decide({ ...request, at: '2026-06-01T00:00:00.000Z', address: '203.0.113.7' });
  expect(asked).toHaveLength(1 + others.length);

  // A role of the workspace's own is asked about each time: what it holds, and the moment that it looks at, may be others.
  const held = { id: 'rol_editor', permissions: [], conditions: {} } as const;
  for (let time = 0; time < 2; time += 1) await policy.decide({ ...request, role: held });
  expect(asked).toHaveLength(3 + others.length);

  answer = { allowed: false, policies: [], errors: [], unavailable: true };
  const away = { ...request, action: 'dashboard:away.read' };
  expect(await policy.decide(away)).toEqual(answer);
  answer = { allowed: true, policies: ['one'], errors: [] };
  expect(await policy.decide(away)).toEqual(answer);

  answer = { allowed: false, policies: [], errors: ['no answer'] };
  const failing = { ...request, action: 'dashboard:failing.read' };
  expect(await Promise.all([policy.decide(failing), policy.decide(failing)])).toEqual([answer, answer]);
  answer = { allowed: true, policies: ['one'], errors: [] };
  expect(await policy.decide(failing)).toEqual(answer);
});
