import { afterAll, describe, expect, test } from 'vitest';
import type { RoleId } from '../../src/identity/principal.ts';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { claimsOf, memberWrites } from '../support/members.ts';
import { ACME, ACME_SIDE, type Access, BOLT, call, type Place } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { openRoles, ROLES, roleBody } from './world.ts';

const world = await openRoles();
const { backend, admin, platform } = world;
afterAll(() => world.close());

/** Somebody who has a role by a way that nobody knows: no route gives one that is not there. */
async function holding(place: Place, role: RoleId): Promise<Access> {
  const access = await platform.operator(place, 'viewer');
  const member = { subject: String(claimsOf(access).sub), role, status: 'active' } as const;
  await commit(
    platform.table,
    await memberWrites(platform.table, workspaceScope(place.tenant, place.workspace), member),
  );
  return access;
}

describe('the life of a role', () => {
  test('the built-in ones are listed first, the strongest before the others, and cannot be touched', async () => {
    const own = await world.create({ name: 'Listed' });
    const { body } = await call(admin, 'GET', ROLES);
    const ids = [body.items].flat().map((role) => Object(role).id);
    expect(ids.slice(0, 5)).toEqual(['owner', 'admin', 'manager', 'member', 'viewer']);
    expect(ids.slice(5)).toContain(own);
    const first = await call(admin, 'GET', `${ROLES}?limit=3`);
    const second = await call(admin, 'GET', `${ROLES}?limit=200&cursor=${first.body.nextCursor}`);
    expect([first, second].flatMap((page) => [page.body.items].flat().map((role) => Object(role).id))).toEqual(ids);
    const viewer = await call(admin, 'GET', `${ROLES}/viewer`);
    expect(viewer.body).toMatchObject({ id: 'viewer', builtIn: true, conditions: {} });
    expect(viewer.body.permissions).toContain('dashboard:missions.read');
    expect(viewer.body.permissions).not.toContain('dashboard:missions.write');
    expectProblem(await call(admin, 'DELETE', `${ROLES}/viewer`), 'unprocessable');
    const put = { body: roleBody({}), headers: { 'if-match': '"v1"' } };
    expectProblem(await call(admin, 'PUT', `${ROLES}/viewer`, put), 'unprocessable');
  });

  test('what it holds is what whoever has it may do, from the moment that it is changed', async () => {
    const id = await world.create({ permissions: ['dashboard:missions.read', 'dashboard:users.read'] });
    const holder = await platform.operator(ACME, id);
    expect((await call(holder, 'GET', '/dashboard/v1/missions')).status).toBe(200);
    expect((await call(holder, 'GET', '/dashboard/v1/users')).status).toBe(200);
    expectProblem(await call(holder, 'GET', '/dashboard/v1/streaks'), 'forbidden');
    expectProblem(await call(holder, 'POST', '/dashboard/v1/users', { body: {} }), 'forbidden');

    const path = `${ROLES}/${id}`;
    const body = roleBody({ permissions: ['dashboard:streaks.read'] });
    expectProblem(await call(backend, 'PUT', path, { body }), 'precondition_required');
    expectProblem(await call(backend, 'PUT', path, { body, headers: { 'if-match': '"v7"' } }), 'version_mismatch');
    const changed = await call(backend, 'PUT', path, { body, headers: { 'if-match': '"v1"' } });
    expect(changed.body).toMatchObject({ version: 2, permissions: ['dashboard:streaks.read'] });
    expectProblem(await call(holder, 'GET', '/dashboard/v1/missions'), 'forbidden');
    expect((await call(holder, 'GET', '/dashboard/v1/streaks')).status).toBe(200);
  });

  test('it is deleted when nobody has it, and nothing of it remains', async () => {
    const id = await world.create({ permissions: ['dashboard:missions.read'] });
    const scope = workspaceScope(ACME.tenant, ACME.workspace);
    const held = { subject: 'per_held', role: id, status: 'suspended' } as const;
    await commit(platform.table, await memberWrites(platform.table, scope, held));
    expectProblem(await call(admin, 'DELETE', `${ROLES}/${id}`), 'in_use');
    await commit(platform.table, await memberWrites(platform.table, scope, { ...held, role: 'viewer' }));
    expect((await call(admin, 'DELETE', `${ROLES}/${id}`)).status).toBe(200);
    expectProblem(await call(admin, 'GET', `${ROLES}/${id}`), 'not_found');
    expect(await platform.snapshot()).not.toContain(`ROLE#${id}`);
    const left = await holding(ACME, id);
    expectProblem(await call(left, 'GET', '/dashboard/v1/missions'), 'forbidden');
    expectProblem(await call(left, 'GET', '/dashboard/v1/workspace'), 'forbidden');
  });

  test('a role of another workspace or tenant is nobody’s here', async () => {
    const side = await platform.machine(ACME_SIDE);
    const id = await world.create({ permissions: ['dashboard:missions.read'] }, side);
    for (const method of ['GET', 'DELETE']) expectProblem(await call(admin, method, `${ROLES}/${id}`), 'not_found');
    for (const place of [ACME, BOLT]) {
      const stranger = await holding(place, id);
      expectProblem(await call(stranger, 'GET', '/dashboard/v1/missions'), 'forbidden');
    }
    const own = await platform.operator(ACME_SIDE, id);
    expect((await call(own, 'GET', '/dashboard/v1/missions')).status).toBe(200);
  });
});

describe('what cannot be a role', () => {
  test.each([
    ['no permission', { permissions: [] }],
    ['a wildcard', { permissions: ['dashboard:missions.*'] }],
    ['all', { permissions: ['*'] }],
    ['a name of every object', { permissions: ['__proto__'] }],
    [
      'a zone that is none',
      { conditions: { hours: { days: ['mon'], from: '09:00', to: '10:00', zone: '../../etc' } } },
    ],
    ['hours that are none', { conditions: { hours: { days: ['mon'], from: '09:00', to: '09:00', zone: 'UTC' } } }],
    ['a range with bits of hosts', { conditions: { addresses: ['192.0.2.1/24'] } }],
    ['a mapped address', { conditions: { addresses: ['::ffff:192.0.2.1'] } }],
    ['an address in other words', { conditions: { addresses: ['0x7f.1'] } }],
    ['a prefix that is none', { conditions: { addresses: ['192.0.2.0/33'] } }],
    ['an attribute that is a key', { conditions: { users: { attribute: '__proto__', values: ['x'] } } }],
    ['an unknown condition', { conditions: { planet: 'earth' } }],
  ])('%s', async (_name, given) => {
    const answer = await call(backend, 'POST', ROLES, { body: roleBody(given) });
    expectProblem(answer, 'invalid_request');
  });

  test.each([
    ['a permission of players', { permissions: ['app:me.read'] }, 'invalid_request'],
    ['a permission over the tenant', { permissions: ['platform:workspaces.write'] }, 'invalid_request'],
    ['a permission that is none', { permissions: ['dashboard:constructor.read'] }, 'unknown_reference'],
    ['a team that is none', { conditions: { teams: ['nobodys'] } }, 'unknown_reference'],
    [
      'an attribute that is not declared',
      { conditions: { users: { attribute: 'region', values: ['n'] } } },
      'unprocessable',
    ],
  ] as const)('%s', async (_name, given, code) => {
    expectProblem(await call(backend, 'POST', ROLES, { body: roleBody(given) }), code);
  });

  test('an id of one’s own, a version, or a mark that it is built in', async () => {
    for (const more of [{ id: 'owner' }, { version: 9 }, { builtIn: true }, { tenant: 'bolt' }]) {
      const body = { ...roleBody({}), ...more };
      expectProblem(await call(backend, 'POST', ROLES, { body }), 'invalid_request');
    }
  });
});
