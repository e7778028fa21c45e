import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownIssuers } from '../../src/identity/own-issuers.ts';
import { ACME, type Answer, BOLT, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());

const root = await laurel.platformMachine();
const owner = await laurel.operator(ACME, 'owner');
const ISSUERS = '/platform/v1/tenants/acme/issuers';
const own = { issuer: 'https://93.184.215.14/login', audiences: [{ audience: 'app', workspace: 'main' }] };
const add = (body: object, access = owner, path = ISSUERS): Promise<Answer> => call(access, 'POST', path, { body });

describe('the issuers of a tenant', () => {
  test('are added, listed, changed by their version, and removed, by the owner', async () => {
    const added = await add({ id: 'login', ...own });
    expect(added.status, added.text).toBe(201);
    expect(added.body).toMatchObject({ id: 'login', ...own, userClaim: 'sub', algorithms: ['RS256'], version: 1 });
    expectProblem(await add({ id: 'login', ...own, issuer: `${own.issuer}2` }), 'already_exists');
    expectProblem(await add({ id: 'other', ...own }), 'unprocessable');
    const listed = await call(owner, 'GET', `${ISSUERS}?limit=1`);
    expect(listed.body).toEqual({ items: [added.body], nextCursor: null });
    const body = { ...own, userClaim: 'email', algorithms: ['ES256'] };
    const late = await call(owner, 'PUT', `${ISSUERS}/login`, { body, headers: { 'if-match': '"v9"' } });
    expectProblem(late, 'version_mismatch');
    const changed = await call(owner, 'PUT', `${ISSUERS}/login`, { body, headers: { 'if-match': '"v1"' } });
    expect(changed.body).toMatchObject({ ...body, version: 2 });
    expect((await call(owner, 'GET', `${ISSUERS}/login`)).body).toEqual(changed.body);
    expect((await call(owner, 'DELETE', `${ISSUERS}/login`)).body).toEqual(changed.body);
    expectProblem(await call(owner, 'GET', `${ISSUERS}/login`), 'not_found');
  });

  test('that change at the same moment do not hold one another for changed', async () => {
    const named = (id: string) => ({ ...own, issuer: `${own.issuer}/${id}` });
    const ids = ['one', 'two', 'three', 'four'];
    for (const id of ids) await add({ id, ...named(id) });
    const put = (id: string) =>
      call(owner, 'PUT', `${ISSUERS}/${id}`, { body: named(id), headers: { 'if-match': '"v1"' } });
    expect((await Promise.all(ids.map(put))).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const twice = await Promise.all([put('one'), put('one')]);
    expect(twice.map(({ body }) => body.code)).toEqual(['version_mismatch', 'version_mismatch']);
    for (const id of ids) await call(owner, 'DELETE', `${ISSUERS}/${id}`);
  });

  test('are a matter of owners, and of the own tenant', async () => {
    const admin = await laurel.operator(ACME, 'admin');
    expectProblem(await add(own, admin), 'forbidden');
    expectProblem(await add(own, owner, '/platform/v1/tenants/bolt/issuers'), 'not_found');
    expectProblem(await call(await laurel.operator(BOLT, 'owner'), 'GET', ISSUERS), 'not_found');
  });

  test('a backend lets nobody into a workspace that is not its own', async () => {
    const machine = await laurel.machine(ACME, ['workspaces:write']);
    const side = { ...own, audiences: [{ audience: 'app', workspace: 'side' }] };
    expectProblem(await add(side, machine), 'forbidden');
    expect((await add({ id: 'side', ...side })).status).toBe(201);
    const main = { body: own, headers: { 'if-match': '"v1"' } };
    expectProblem(await call(machine, 'PUT', `${ISSUERS}/side`, main), 'forbidden');
    expectProblem(await call(machine, 'DELETE', `${ISSUERS}/side`), 'forbidden');
    await call(owner, 'DELETE', `${ISSUERS}/side`);
    expect((await add({ id: 'mine', ...own }, machine)).status).toBe(201);
    expect((await call(machine, 'DELETE', `${ISSUERS}/mine`)).status).toBe(200);
  });
});

describe('what cannot be an issuer', () => {
  let before: string;
  beforeAll(async () => {
    before = await laurel.snapshot();
  });
  afterAll(async () => expect(await laurel.snapshot()).toBe(before));

  test.each([
    'http://login.example.com',
    'https://login.example.com:8443',
    'https://user@login.example.com',
    'https://127.0.0.1',
    'https://localhost',
    'https://10.0.0.1/x',
    'https://169.254.169.254',
    'https://[::1]',
    'https://0x7f.1',
    'https://login.internal',
  ])('%s is not a place to ask for keys', async (issuer) => {
    expectProblem(await add({ ...own, issuer }), 'destination_not_allowed');
  });

  test.each(['ftp://login.example.com', 'https://login.example.com?x=1', 'https://x.example.com#y', 'login', ''])(
    '%j is no issuer',
    async (issuer) => {
      expectProblem(await add({ ...own, issuer }), 'invalid_request');
    },
  );

  test("Laurel's own, whoever's they are", async () => {
    for (const issuer of [laurel.platform.issuer, laurel.platform.players, laurel.platform.baseUrl]) {
      expect(pointersOf(expectProblem(await add({ ...own, issuer }, root), 'unprocessable'))).toEqual(['/issuer']);
    }
  });

  test('workspaces that are not there, an audience twice, algorithms that are none, claims that are none', async () => {
    const lost = await add({ ...own, audiences: [{ audience: 'app', workspace: 'nowhere' }] });
    expect(pointersOf(expectProblem(lost, 'unknown_reference'))).toEqual(['/audiences/0/workspace']);
    for (const bad of [
      { audiences: [...own.audiences, ...own.audiences] },
      { audiences: [] },
      { algorithms: ['HS256'] },
      { algorithms: [] },
      { userClaim: '__proto__' },
      { userClaim: '' },
      { tenant: 'bolt' },
    ])
      expectProblem(await add({ ...own, ...bad }), 'invalid_request');
  });
});

test("on AWS: the cell's pool and every tenant's host, in whatever spelling, and no other pool", () => {
  const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLE00';
  const isOwn = ownIssuers({ pool, host: 'eu.api.example.com' });
  for (const issuer of [
    pool,
    `${pool}/`,
    pool.toUpperCase().replace('HTTPS', 'https'),
    `${pool}/x`,
    'https://bolt.eu.api.example.com/players',
    'https://BOLT.eu.api.example.com./players',
    'https://eu.api.example.com',
    'nonsense',
  ])
    expect([issuer, isOwn(issuer)]).toEqual([issuer, true]);
  for (const issuer of [
    'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_CUSTOMER0',
    'https://noteu.api.example.com',
    'https://login.example.com',
  ])
    expect([issuer, isOwn(issuer)]).toEqual([issuer, false]);
});
