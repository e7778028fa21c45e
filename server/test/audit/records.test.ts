import { afterAll, describe, expect, test } from 'vitest';
import { ACME, type Access, BOLT, call, OPERATIONS, startTestPlatform } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { auditItems, listAll, RECORDS, sealedRecords } from './world.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);
const root = await laurel.platformMachine();
const { seal } = laurel.platform.inside.sealer;

const requestIdOf = ({ headers }: { readonly headers: Readonly<Record<string, string>> }) =>
  headers['x-request-id'] ?? '';

/** The records of a request, as they are listed. */
async function recordsOf(answer: Parameters<typeof requestIdOf>[0], access: Access = home, path = RECORDS) {
  await seal();
  return listAll(access, `&requestId=${requestIdOf(answer)}`, path);
}

describe('a record', () => {
  test('says who did what to what, when, from where, and how it ended', async () => {
    const before = new Date().toISOString();
    const answer = await call(home, 'POST', '/dashboard/v1/activities', { body: { id: 'run', name: { en: 'Run' } } });
    expect(answer.status).toBe(201);
    const [record, ...more] = await recordsOf(answer);
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      actor: { kind: 'machine', id: expect.stringMatching(/^cli_/), tokenId: expect.any(String) },
      onBehalfOf: null,
      action: 'dashboard:activities.write',
      route: 'dashboard.activities.create',
      method: 'POST',
      target: {},
      outcome: 'succeeded',
      status: 201,
      code: null,
      address: expect.stringMatching(/^psn_[\w-]{22}$/),
      versions: { before: null, after: 1 },
      flags: [],
    });
    expect([record?.at ?? '', before].toSorted()).toEqual([before, record?.at]);
    const { body } = await call(home, 'GET', `${RECORDS}/${record?.id}`);
    expect(body).toEqual(record);
  });

  test('of a player names them by a pseudonym, whoever acts', async () => {
    const { body } = await call(home, 'POST', '/dashboard/v1/users', { body: { externalId: 'ada-lovelace' } });
    const userId = String(body.id);
    const player = await laurel.player(ACME, userId);
    const own = await recordsOf(await call(player, 'GET', '/app/v1/me'));
    const acting = await recordsOf(
      await call(home, 'GET', '/app/v1/me', { headers: { 'x-external-user-id': 'ada-lovelace' } }),
    );
    const read = await recordsOf(await call(home, 'GET', `/dashboard/v1/users/${userId}/sheet`));
    const pseudonym = own[0]?.actor.id;
    expect(pseudonym).toMatch(/^psn_/);
    expect(own).toMatchObject([{ actor: { kind: 'player' }, outcome: 'succeeded', status: 200 }]);
    expect(acting).toMatchObject([{ actor: { kind: 'machine' }, onBehalfOf: expect.stringMatching(/^psn_/) }]);
    expect(read).toMatchObject([{ target: { id: pseudonym } }]);
    expect(await listAll(home, `&actor=${userId}`)).toEqual(own);
    expect(await listAll(home, '&onBehalfOf=ada-lovelace')).toEqual(acting);
    expect(await listAll(home, `&target=${userId}`)).toEqual(read);
    const text = JSON.stringify((await auditItems(laurel.table)).map(({ record }) => record));
    expect(text).not.toContain(userId);
    expect(text).not.toContain('ada-lovelace');
    expect(text).not.toContain('127.0.0.1');
  });

  test.each([
    ['not_found', 'GET', '/dashboard/v1/missions/none', 404, 'dashboard.missions.get'],
    ['not_found', 'GET', '/dashboard/v1/nowhere', 404, null],
    ['method_not_allowed', 'PATCH', '/dashboard/v1/missions', 405, null],
    ['invalid_request', 'POST', '/dashboard/v1/missions', 400, 'dashboard.missions.create'],
    ['insufficient_scope', 'GET', '/platform/v1/tenants', 403, 'platform.tenants.list'],
  ])('of a call that is refused with %s (%s %s)', async (code, method, path, status, route) => {
    const answer = await call(home, method, path, method === 'POST' ? { body: {} } : {});
    expect(answer.status).toBe(status);
    await seal();
    const found = (await sealedRecords(laurel)).filter(({ requestId }) => requestId === requestIdOf(answer));
    expect(found).toMatchObject([{ outcome: 'refused', status, code, route }]);
  });

  test('of a body that cannot be read names its route', async () => {
    const answer = await call(home, 'POST', '/dashboard/v1/missions', { body: '{' });
    expect(await recordsOf(answer)).toMatchObject([
      { outcome: 'refused', code: 'malformed_json', route: 'dashboard.missions.create', status: 400 },
    ]);
  });

  test('flags what would have chosen a tenant, and chose nothing (case 3)', async () => {
    const answer = await call(home, 'GET', '/dashboard/v1/workspace', {
      headers: { 'x-tenant-id': 'bolt', 'x-amz-tenant-id': 'bolt', 'x-forwarded-host': 'bolt.example' },
    });
    expect(await recordsOf(answer)).toMatchObject([{ flags: ['tenant_header_ignored', 'forwarded_host_ignored'] }]);
    const asked = await call(home, 'GET', '/dashboard/v1/workspace?tenantId=bolt');
    expect(await recordsOf(asked)).toMatchObject([{ flags: ['tenant_query_ignored'] }]);
  });
});

describe("a tenant's own chain", () => {
  const OWN = '/platform/v1/tenants/acme/audit-records';

  test('has those whom its authorizer refused, and why', async () => {
    const stranger = await call(laurel.stranger(ACME), 'GET', '/dashboard/v1/missions/m-1');
    const foreign = await call({ ...home, token: (await laurel.machine(BOLT)).token ?? '' }, 'GET', '/app/v1/me');
    for (const [answer, reason] of [
      [stranger, 'TokenRefusal: no Authorization header'],
      [foreign, 'TokenRefusal: client is unknown in this tenant, or revoked'],
    ] as const) {
      expectProblem(answer, 'invalid_token');
      expect(await recordsOf(answer, root, OWN)).toMatchObject([
        { actor: { kind: 'stranger', id: null }, outcome: 'refused', status: 401, code: 'invalid_token', reason },
      ]);
      expect(await recordsOf(answer)).toEqual([]);
    }
    expect(await recordsOf(stranger, root, OWN)).toMatchObject([
      { route: 'dashboard.missions.get', target: { id: 'm-1' }, address: expect.stringMatching(/^psn_/) },
    ]);
  });

  test('has what whoever runs the platform changed in it, and so has their own', async () => {
    const answer = await call(root, 'POST', '/platform/v1/tenants/acme/workspaces', {
      body: { slug: 'third', name: 'Third' },
    });
    expect(answer.status).toBe(201);
    const expected = [{ route: 'platform.workspaces.create', actor: { kind: 'machine' }, target: { tenant: 'acme' } }];
    expect(await recordsOf(answer, root, OWN)).toMatchObject(expected);
    const theirs = `/platform/v1/tenants/${OPERATIONS.tenant}/audit-records`;
    expect(await recordsOf(answer, root, theirs)).toMatchObject(expected);
    expect(await recordsOf(answer, root, '/platform/v1/tenants/bolt/audit-records')).toEqual([]);
  });

  test('is for its owners, who see no other', async () => {
    const owner = await laurel.operator(ACME, 'owner');
    const admin = await laurel.operator(ACME, 'admin');
    expect((await call(owner, 'GET', OWN)).status).toBe(200);
    expectProblem(await call(admin, 'GET', OWN), 'forbidden');
    expectProblem(await call(owner, 'GET', '/platform/v1/tenants/bolt/audit-records'), 'not_found');
    expect((await call(admin, 'GET', RECORDS)).status).toBe(200);
    expectProblem(await call(await laurel.operator(ACME, 'manager'), 'GET', RECORDS), 'forbidden');
  });
});

describe('the list', () => {
  test('is filtered by time, outcome, route and action, page by page, the latest first', async () => {
    const start = new Date().toISOString();
    for (const path of ['missions', 'streaks', 'missions/none']) await call(home, 'GET', `/dashboard/v1/${path}`);
    await seal();
    const end = new Date(Date.now() + 1).toISOString();
    const since = await listAll(home, `&from=${start}&to=${end}`);
    expect(since.map(({ route }) => route)).toEqual([
      'dashboard.missions.get',
      'dashboard.streaks.list',
      'dashboard.missions.list',
    ]);
    expect(await listAll(home, `&to=${start}&from=${start}`)).toEqual([]);
    expect(await listAll(home, `&from=${start}&to=${end}&outcome=refused`)).toEqual(since.slice(0, 1));
    expect(await listAll(home, `&from=${start}&to=${end}&route=dashboard.streaks.list`)).toEqual(since.slice(1, 2));
    expect(await listAll(home, `&from=${start}&to=${end}&action=dashboard:streaks.read`)).toEqual(since.slice(1, 2));
    const pages: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await call(home, 'GET', `${RECORDS}?from=${start}&to=${end}&limit=1${cursor}`);
      pages.push(...(body.items as unknown[]));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(pages).toEqual(since);
  });
});
