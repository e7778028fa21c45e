import { afterAll, expect, test } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { withOrigins } from '../../src/api/origins.ts';
import { toCallerContext } from '../../src/identity/principal.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { getWorkspace, updateWorkspace } from '../../src/store/tenants.ts';
import { getUserByExternalId } from '../../src/store/users.ts';
import { apiEnvironment, demoTable, recorded, servicesOn } from '../lambda/world.ts';
import { readyPath } from '../support/definition-life.ts';
import { allRoutes, furnish } from '../support/examples.ts';
import { ACME, call, startTestPlatform } from '../support/platform.ts';
import { sealedRecords } from './world.ts';

const OWN = 'https://game.example.com';
const STRANGE = 'https://evil.example.com';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);
const furnished = await furnish(home, ACME);

async function patch(body: object): Promise<void> {
  const { version } = (await call(home, 'GET', '/dashboard/v1/workspace')).body;
  const headers = { 'if-match': `"v${version}"` };
  const answer = await call(home, 'PATCH', '/dashboard/v1/workspace', { body, headers });
  expect(answer.status).toBe(200);
}

test('threat 56: a call from a page that may not call leaves one record, whichever route it was for', async () => {
  // What is open to strangers, by a ticket that they hold, is open to their pages.
  const routes = allRoutes.filter(([, { context, meta }]) => context !== 'platform' && meta?.open !== true);
  const ready = new Map<string, string>();
  for (const [name, placed] of routes) ready.set(name, await readyPath(home, furnished, placed));
  await patch({ allowedOrigins: [OWN] });
  const refused = new Map<string, string>();
  for (const [name, placed] of routes) {
    const { method, headers, body } = furnished.exampleOf(placed);
    const parcel = { headers: { ...headers, origin: STRANGE }, ...(body === undefined ? {} : { body }) };
    const answer = await call(home, method, ready.get(name) ?? '', parcel);
    expect([answer.status, answer.headers['access-control-allow-origin']], name).toEqual([403, undefined]);
    refused.set(answer.headers['x-request-id'] ?? name, name);
  }
  const records = Map.groupBy(await sealedRecords(laurel), ({ requestId }) => requestId ?? '');
  const found = [...refused.keys()].map((requestId) =>
    (records.get(requestId) ?? []).map(({ chain, route, status, outcome, code, actor }) => {
      const { kind } = actor;
      return { chain, route, status, outcome, code, kind };
    }),
  );
  const own = { chain: 'T#acme#W#main', status: 403, outcome: 'refused', code: 'forbidden', kind: 'machine' };
  expect(found).toEqual([...refused.values()].map((route) => [{ ...own, route }]));
}, 240_000);

/** A recorded event of API Gateway, from a page. */
function fromPage(origin: string, authorizer?: Record<string, string>) {
  const event = recorded('api-list-activities');
  return {
    ...event,
    headers: { ...event.headers, origin },
    multiValueHeaders: { ...event.multiValueHeaders, origin: [origin] },
    requestContext: { ...event.requestContext, ...(authorizer && { authorizer }) },
  };
}

test('so it does on AWS', async () => {
  const database = await demoTable();
  const { table } = database;
  const workspace = await getWorkspace(table, 'demo', 'main');
  if (workspace === undefined) throw new Error('there is a workspace');
  const version = workspace.version + 1;
  await commit(table, [...updateWorkspace(table, { ...workspace, allowedOrigins: [OWN], version })]);
  const { services, lines } = servicesOn(table);
  const platform = await apiPlatform(readApiConfig(apiEnvironment()), services);
  const api = withOrigins(platform, () => 'demo', createLaurelApi(platform));
  expect((await api(fromPage(OWN))).statusCode).toBe(200);
  const answer = await api(fromPage(STRANGE));
  expect([answer.statusCode, answer.headers?.['access-control-allow-origin']]).toEqual([403, undefined]);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(String(answer.headers?.['x-request-id']));
  database.close();
});

test('whom an own issuer vouches for is made no user from such a page', async () => {
  const { platform } = laurel.platform.inside;
  const external = { kind: 'external', tenant: 'acme', workspace: 'main', externalId: 'from-a-page' } as const;
  const api = withOrigins(platform, () => 'acme', createLaurelApi(platform));
  const found = () => getUserByExternalId(platform.table, workspaceScope('acme', 'main'), external.externalId);
  await patch({ createsUnknownUsers: true });
  const me = (origin: string) => ({ ...fromPage(origin, toCallerContext(external)), path: '/app/v1/me' });
  const refused = await api(me(STRANGE));
  expect([refused.statusCode, refused.headers?.['access-control-allow-origin']]).toEqual([403, undefined]);
  expect(await found()).toBeUndefined();
  expect((await api(me(OWN))).statusCode).toBe(200);
  expect(await found()).toMatchObject({ status: 'active' });
});
