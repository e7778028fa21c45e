import { afterAll, describe, expect, test } from 'vitest';
import { askedBy } from '../../src/api/admission.ts';
import { ProblemError } from '../../src/api/problem.ts';
import { giveRole } from '../../src/api/roles-given.ts';
import { type Principal, type RoleId, roles } from '../../src/identity/principal.ts';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { ACME, ACME_SIDE, call } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { openRoles, ROLES, roleBody, roleIdOf } from './world.ts';

const world = await openRoles();
const { platform, admin } = world;
const { platform: inside } = platform.platform.inside;
afterAll(() => world.close());

const scope = workspaceScope(ACME.tenant, ACME.workspace);
const missions = ['dashboard:missions.read', 'dashboard:missions.write'];
const administering = ['dashboard:roles.read', 'dashboard:roles.write', ...missions];

/** A caller as they are once they are let in. */
const callerWith = (principal: Partial<Principal>) => ({
  platform: inside,
  scope,
  realNow: '2026-11-24T09:30:00.000Z',
  role: undefined,
  address: '127.0.0.1',
  principal: { kind: 'operator', ...ACME, subject: 'per_1', scopes: [], platform: false, ...principal } as const,
});

const codeOf = async (giving: Promise<unknown>): Promise<string> => {
  try {
    await giving;
    return 'given';
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};

describe('threat 29: nobody gives what they lack', () => {
  test.each(roles)('%s gives the roles that hold no more than theirs', async (own) => {
    const caller = callerWith({ role: own });
    const codes = await Promise.all(roles.map((role) => codeOf(giveRole(caller, role))));
    expect(codes).toEqual(roles.map((role) => (roles.indexOf(role) >= roles.indexOf(own) ? 'given' : 'forbidden')));
  });

  test('a backend gives what its scopes are for', async () => {
    const scopes = ['missions:read', 'missions:write'];
    const machine = callerWith({ kind: 'machine', scopes });
    const [less, more] = [await world.create({ permissions: missions }), await world.create({})];
    expect(await codeOf(giveRole(machine, less))).toBe('given');
    expect(await codeOf(giveRole(machine, more))).toBe('insufficient_scope');
    expect(await codeOf(giveRole(machine, 'viewer'))).toBe('insufficient_scope');
  });

  test('somebody with a role of their own makes and changes such as hold no more', async () => {
    const holder = await world.holder({ permissions: administering });
    const made = await call(holder, 'POST', ROLES, { body: roleBody({ permissions: missions }) });
    expect(made.status).toBe(201);
    const more = roleBody({ permissions: [...missions, 'dashboard:users.read'] });
    expectProblem(await call(holder, 'POST', ROLES, { body: more }), 'forbidden');
    const ifMatch = { headers: { 'if-match': '"v1"' } };
    expectProblem(await call(holder, 'PUT', `${ROLES}/${roleIdOf(made)}`, { body: more, ...ifMatch }), 'forbidden');
    // What holds more than they do is not theirs to take away either.
    const bigger = await world.create({ permissions: ['dashboard:users.read'] });
    expectProblem(
      await call(holder, 'PUT', `${ROLES}/${bigger}`, { body: roleBody({ permissions: missions }), ...ifMatch }),
      'forbidden',
    );
    expectProblem(await call(holder, 'DELETE', `${ROLES}/${bigger}`), 'forbidden');
    expect((await call(holder, 'DELETE', `${ROLES}/${roleIdOf(made)}`)).status).toBe(200);
  });

  test('nor a credential', async () => {
    const permissions = ['dashboard:api-clients.write', 'dashboard:missions.read', 'dashboard:users.read'];
    const create = async (conditions: object, scopes: readonly string[]) =>
      call(await world.holder({ permissions, conditions }), 'POST', '/dashboard/v1/api-clients', {
        body: { name: 'x', scopes },
      });
    expect((await create({}, ['users:read'])).status).toBe(201);
    expectProblem(await create({}, ['missions:write']), 'insufficient_scope');
    // A backend of players acts for any of them.
    expectProblem(await create({}, ['app:write']), 'insufficient_scope');
    expectProblem(await create({ addresses: ['127.0.0.1'] }, ['users:read']), 'insufficient_scope');
  });

  test('a role of another workspace is none here', async () => {
    const id = await world.create({}, await platform.machine(ACME_SIDE));
    expect(await codeOf(giveRole(callerWith({ role: 'owner' }), id))).toBe('unknown_reference');
    expectProblem(
      await call(admin, 'PUT', `${ROLES}/${id}`, { body: roleBody({}), headers: { 'if-match': '"v1"' } }),
      'not_found',
    );
  });
});

test('a role that is given while it is deleted is either given or deleted', async () => {
  const id: RoleId = await world.create({});
  const writes = await giveRole(callerWith({ role: 'admin' }), id);
  expect((await call(admin, 'DELETE', `${ROLES}/${id}`)).status).toBe(200);
  expect(await commit(inside.table, writes)).toMatchObject({ kind: 'refused', refusal: 'role_moved' });
});

test('what is asked of a caller names their place, and not what a request says', () => {
  expect(askedBy(callerWith({ role: 'viewer' })).resource).toEqual({ tenant: 'acme', workspace: 'main' });
});
