import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantable, metaByAction } from '../../src/identity/permissions.ts';
import type { RoleId } from '../../src/identity/principal.ts';
import { allRoutes, type Furnished, furnish } from '../support/examples.ts';
import { ACME, type Access, call } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { done, openRoles, ROLES, roleBody } from './world.ts';

const world = await openRoles();
const { backend, platform } = world;
afterAll(() => world.close());

const users = '/dashboard/v1/users';
const everything = [...grantable];
let shown: Furnished;
let hidden: Furnished;
let north: Access;
let red: Access;

/** The names of the users in a list. */
const listed = async (access: Access, query = ''): Promise<string[]> =>
  [(await done(access, 'GET', `${users}?limit=200${query}`)).body.items].flat().map((user) => String(Object(user).id));

async function tag(user: string, region: string): Promise<void> {
  const { headers } = await done(backend, 'GET', `${users}/${user}`);
  const answer = await call(backend, 'PATCH', `${users}/${user}`, {
    body: { attributes: { region } },
    headers: { 'if-match': headers.etag ?? '' },
  });
  expect(answer.status, answer.text).toBe(200);
}

beforeAll(async () => {
  // Two sets of the same things in one workspace: of players in the north, and of players in the south.
  shown = await furnish(backend, ACME, 'north');
  hidden = await furnish(backend, ACME, 'south');
  const { headers } = await done(backend, 'GET', '/dashboard/v1/workspace');
  const userAttributes = { region: { type: 'string' }, free: { type: 'string', playersMay: 'write' } };
  const parcel = { body: { userAttributes }, headers: { 'if-match': headers.etag ?? '' } };
  expect((await call(backend, 'PATCH', '/dashboard/v1/workspace', parcel)).status).toBe(200);
  await tag(shown.userId, 'north');
  await tag(hidden.userId, 'south');
  const inNorth = { users: { attribute: 'region', values: ['north'] } };
  north = await world.holder({ permissions: everything, conditions: inNorth });
  red = await world.holder({ permissions: everything, conditions: { teams: [`${shown.mark}.red-pandas`] } });
});

describe('an operator of one region', () => {
  test('sees and changes players of it, and no others, whichever way they are named', async () => {
    for (const path of ['', '/sheet', '/events', '/wallets', '/progress', '/tags', '/teams', '/badges', '/streaks']) {
      expect((await call(north, 'GET', `${users}/${shown.userId}${path}`)).status, path).toBe(200);
      const theirs = await call(north, 'GET', `${users}/${hidden.userId}${path}`);
      expectProblem(theirs, 'not_found');
      const nobodys = await call(north, 'GET', `${users}/nobody${path}`);
      const plain = (text: string) => text.replaceAll(/req_\w+/g, '').replaceAll(hidden.userId, 'nobody');
      expect(plain(theirs.text)).toBe(plain(nobodys.text));
    }
    expectProblem(await call(north, 'GET', `${users}/by-external-id/${hidden.externalId}`), 'not_found');
    expectProblem(await call(north, 'POST', `${users}/${hidden.userId}/tokens`), 'not_found');
    expect((await call(north, 'POST', `${users}/${shown.userId}/tokens`)).status).toBe(201);
  });

  test('has a list of them alone, by any filter, page by page', async () => {
    expect(await listed(north)).toEqual([shown.userId]);
    expect(await listed(north, '&attribute=region:south')).toEqual([]);
    expect(await listed(backend, '&attribute=region:south')).toEqual([hidden.userId]);
    const page = await done(north, 'GET', `${users}?limit=1`);
    for (const part of String(page.body.nextCursor).split('.')) {
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain(hidden.mark);
    }
  });

  test('events are their player’s: those of others are not there, and none can be told for them', async () => {
    const events = '/dashboard/v1/events';
    expect((await call(north, 'GET', `${events}/${shown.eventId}`)).status).toBe(200);
    expect((await call(north, 'GET', `${events}?userId=${shown.userId}`)).status).toBe(200);
    for (const path of [`/${hidden.eventId}`, `/${hidden.eventId}/explain`, `?userId=${hidden.userId}`]) {
      expectProblem(await call(north, 'GET', `${events}${path}`), 'not_found');
    }
    expectProblem(await call(north, 'GET', events), 'forbidden');
    const twice = `?userId=${shown.userId}&userId=${hidden.userId}`;
    expect((await call(north, 'GET', `${events}${twice}`)).text).not.toContain(hidden.mark);
    const activity = `${shown.mark}.lesson.completed`;
    const told = (body: object) => call(north, 'POST', events, { body: { activity, ...body } });
    expect((await told({ id: 'own-1', userId: shown.userId })).status).toBe(200);
    expectProblem(await told({ id: 'own-2', userId: hidden.userId }), 'not_found');
    expectProblem(await told({ id: 'own-3', externalUserId: 'new-one' }), 'not_found');
    expectProblem(await told({ id: 'own-4', userId: shown.userId, externalUserId: hidden.externalId }), 'forbidden');
    expect((await call(backend, 'GET', `${users}/by-external-id/new-one`)).status).toBe(404);
  });

  test('whoever leaves the region, or has none any more, is gone for them', async () => {
    await tag(shown.userId, 'west');
    expectProblem(await call(north, 'GET', `${users}/${shown.userId}`), 'not_found');
    expect(await listed(north)).toEqual([]);
    await tag(shown.userId, 'north');
    expect((await call(north, 'GET', `${users}/${shown.userId}`)).status).toBe(200);
  });
});

test('an attribute that players may come to write themselves shows nobody to anybody', async () => {
  const declare = async (playersMay: 'read' | 'write') => {
    const { headers } = await done(backend, 'GET', '/dashboard/v1/workspace');
    const userAttributes = { region: { type: 'string', playersMay } };
    const parcel = { body: { userAttributes }, headers: { 'if-match': headers.etag ?? '' } };
    expect((await call(backend, 'PATCH', '/dashboard/v1/workspace', parcel)).status).toBe(200);
  };
  const player = await platform.player(ACME, hidden.userId);
  const moves = async (region: string) => {
    const { headers } = await done(player, 'GET', '/app/v1/me');
    const parcel = { body: { attributes: { region } }, headers: { 'if-match': headers.etag ?? '' } };
    return (await call(player, 'PATCH', '/app/v1/me', parcel)).status;
  };
  await declare('write');
  expect(await moves('north')).toBe(200);
  expectProblem(await call(north, 'GET', `${users}/${hidden.userId}`), 'not_found');
  expect(await listed(north)).toEqual([]);
  expect(await moves('south')).toBe(200);
  await declare('read');
  expect(await listed(north)).toEqual([shown.userId]);
});

describe('a manager of one team', () => {
  const teams = '/dashboard/v1/teams';

  test('has that team and its members, and nothing of another', async () => {
    const [own, other] = [shown, hidden].map(({ mark }) => `${teams}/${mark}.red-pandas`);
    for (const path of ['', '/members', '/progress']) {
      expect((await call(red, 'GET', `${own}${path}`)).status).toBe(200);
      expectProblem(await call(red, 'GET', `${other}${path}`), 'not_found');
    }
    expectProblem(await call(red, 'GET', teams), 'forbidden');
    expect((await listed(red)).toSorted()).toEqual([`${shown.mark}.mate`, shown.userId].toSorted());
    expectProblem(await call(red, 'GET', `${users}/${hidden.userId}`), 'not_found');
    // Whoever could put anybody into their team could look at anybody.
    expectProblem(await call(red, 'POST', `${own}/members`, { body: { userId: hidden.userId } }), 'forbidden');
  });

  test('a region is no team: where players are told apart, a team as a whole is nobody’s', async () => {
    expectProblem(await call(north, 'GET', `${teams}/${shown.mark}.red-pandas`), 'not_found');
  });
});

describe('no way round', () => {
  const routes = allRoutes.filter(([, { context }]) => context === 'dashboard');

  test.each(routes)('%s tells them nothing of players whom they may not see', async (_name, placed) => {
    // What is not about players may be changed by a role that holds everything: only what is read, or about others, is asked.
    if (placed.meta?.concerns === 'nobody' && placed.route.method !== 'GET') return;
    for (const who of [north, red]) {
      const { method, path, body, headers } = hidden.exampleOf(placed);
      const answer = await call(who, method, path, { headers, ...(body === undefined ? {} : { body }) });
      for (const secret of [hidden.userId, hidden.externalId, `Ada ${hidden.mark}`]) {
        const told = answer.text.replace(`"instance":"${path.split('?')[0]}"`, '');
        expect(told).not.toContain(secret);
      }
      // What asks for no token asks nobody's role either.
      if (placed.meta?.concerns === undefined && placed.meta?.open !== true) expectProblem(answer, 'forbidden');
    }
  });

  test('a credential, or a role without their conditions, is not theirs to make', async () => {
    for (const who of [north, red]) {
      const scopes = { body: { name: 'x', scopes: ['users:read'] } };
      expectProblem(await call(who, 'POST', '/dashboard/v1/api-clients', scopes), 'forbidden');
      expectProblem(await call(who, 'POST', ROLES, { body: roleBody({}) }), 'forbidden');
    }
    const narrower = { conditions: { users: { attribute: 'region', values: ['north'] }, addresses: ['127.0.0.1'] } };
    expect((await call(north, 'POST', ROLES, { body: roleBody(narrower) })).status).toBe(201);
    const wider = { conditions: { users: { attribute: 'region', values: ['north', 'south'] } } };
    expectProblem(await call(north, 'POST', ROLES, { body: roleBody(wider) }), 'forbidden');
  });
});

test('an attribute that players write themselves, or a value of another type, is no condition', async () => {
  for (const condition of [
    { attribute: 'free', values: ['x'] },
    { attribute: 'region', values: [1] },
    { attribute: 'planet', values: ['x'] },
  ]) {
    const answer = await call(backend, 'POST', ROLES, { body: roleBody({ conditions: { users: condition } }) });
    expectProblem(answer, 'unprocessable');
  }
});

describe('addresses', () => {
  const from = (addresses: readonly string[]) => world.holder({ conditions: { addresses } });

  test('the address is the gateway’s, and no header’s', async () => {
    const inside = await from(['127.0.0.0/8', '::1']);
    const outside = await from(['192.0.2.0/24', '2001:db8::/32']);
    const spoofed = (address: string) => ({
      headers: {
        'x-forwarded-for': address,
        'x-real-ip': address,
        forwarded: `for=${address}`,
        'cf-connecting-ip': address,
      },
    });
    expect((await call(inside, 'GET', users, spoofed('192.0.2.1'))).status).toBe(200);
    for (const address of ['192.0.2.1', '2001:db8::1', '127.0.0.1']) {
      expectProblem(await call(outside, 'GET', users, spoofed(address)), 'forbidden');
    }
  });
});

test('every permission that a role may hold is one of operators, of the dashboard, and within a workspace', () => {
  expect(grantable.size).toBeGreaterThan(50);
  for (const action of grantable) {
    expect(action).toMatch(/^dashboard:/);
    expect(metaByAction.get(action)?.callers).toContain('operator');
    expect(['own', 'run', 'play']).not.toContain(metaByAction.get(action)?.level);
  }
});

test('names that would break out of a text stay names', async () => {
  const evil = '"]) }; permit (principal, action, resource); //';
  const id: RoleId = await world.create({
    name: evil,
    permissions: ['dashboard:missions.read'],
    conditions: { users: { attribute: 'region', values: [evil, '__proto__', '") || true || ("'] } },
  });
  const holder = await platform.operator(ACME, id);
  expect((await call(holder, 'GET', '/dashboard/v1/missions')).status).toBe(200);
  expectProblem(await call(holder, 'GET', users), 'forbidden');
  expectProblem(await call(holder, 'POST', '/dashboard/v1/missions', { body: {} }), 'forbidden');
});
