import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readPolicies } from '../../src/identity/cedar-policies.ts';
import { explainedPolicies } from '../../src/identity/policy-meanings.ts';
import { clockAt } from '../game/world.ts';
import { ACME, ACME_SIDE, type Access, call } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { openRoles } from './world.ts';

// Tuesday, 10:30 in Rome.
const TUESDAY = '2026-11-24T09:30:00Z';
const clock = clockAt(TUESDAY);
const world = await openRoles({ clock });
const { platform, admin, backend } = world;
afterAll(() => world.close());

const viewer = await platform.operator(ACME, 'viewer');
const permissions = ['dashboard:missions.read', 'dashboard:users.read'];
const hours = { days: ['mon', 'tue'], from: '09:00', to: '18:00', zone: 'Europe/Rome' };
const officeId = await world.create({
  name: 'Office',
  permissions,
  conditions: { hours, addresses: ['127.0.0.0/8', '::1'] },
});
const office = await platform.operator(ACME, officeId);

const explain = (access: Access, body: object) =>
  call(access, 'POST', '/dashboard/v1/authorize/explain', { body: { action: 'dashboard:missions.read', ...body } });
const told = async (access: Access, body: object = {}) => {
  const { body: answer, text } = await explain(access, body);
  const reasons = [answer.reasons ?? []].flat().map((one) => Object(one));
  return {
    allowed: answer.allowed,
    codes: reasons.map(({ code }) => code),
    policies: reasons.map(({ policy }) => policy),
    text,
  };
};

describe('explain', () => {
  test('every policy has a sentence', async () => {
    const { policies } = await readPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
    expect([...explainedPolicies].toSorted()).toEqual(Object.keys(policies).toSorted());
  });

  test('for oneself', async () => {
    expect(await told(viewer)).toMatchObject({ allowed: true, codes: ['permitted'], policies: ['roles.viewer'] });
    const change = await told(viewer, { action: 'dashboard:missions.write' });
    expect(change).toMatchObject({ allowed: false, codes: ['not_held'], policies: [null] });
    expect(change.text).toContain('manager');
    expect(await told(viewer, { action: 'platform:tenants.write' })).toMatchObject({
      codes: ['forbidden'],
      policies: ['platform.only'],
    });
    expect(await told(viewer, { action: 'app:me.read' })).toMatchObject({ codes: ['not_for_this_caller'] });
    expect(await told(office)).toMatchObject({ allowed: true, policies: [`role.${officeId}`] });
    expectProblem(await explain(viewer, { action: 'dashboard:nothing.read' }), 'unknown_reference');
    expectProblem(await explain(viewer, { user: 'ada' }), 'invalid_request');
  });

  test('at other hours, and from elsewhere', async () => {
    expect(await told(office, { at: '2026-11-24T17:00:00Z' })).toMatchObject({
      allowed: false,
      codes: ['outside_hours'],
    });
    expect(await told(office, { at: '2026-11-25T09:30:00Z' })).toMatchObject({ codes: ['outside_hours'] });
    expect(await told(office, { address: '192.0.2.1' })).toMatchObject({ codes: ['outside_addresses'] });
    expect(await told(office, { at: '2026-11-23T08:00:00Z' })).toMatchObject({ allowed: true });
    expect(await told(office, { at: '2026-11-23T07:59:59Z' })).toMatchObject({ allowed: false });
  });

  test('for others: by those who may read roles, within the workspace', async () => {
    for (const other of [{ member: 'per_1' }, { client: 'cli_1' }, { role: 'admin' }, { role: officeId }]) {
      expectProblem(await explain(viewer, other), 'forbidden');
      expectProblem(await explain(office, other), 'forbidden');
    }
    const id = await platform.platform.createOperator(ACME, {
      email: 'm@example.com',
      password: 'correct horse battery',
      role: 'member',
    });
    expect(await told(admin, { member: id, action: 'dashboard:users.write' })).toMatchObject({
      allowed: true,
      policies: ['roles.member'],
    });
    expect(await told(admin, { role: officeId, at: TUESDAY, address: '10.0.0.1' })).toMatchObject({
      codes: ['outside_addresses'],
    });
    const elsewhere = await platform.platform.createOperator(ACME_SIDE, {
      email: 's@example.com',
      password: 'correct horse battery',
      role: 'member',
    });
    const theirs = await world.create({}, await platform.machine(ACME_SIDE));
    const plain = (text: string, own: string) => text.replaceAll(/req_\w+/g, '').replaceAll(own, 'x');
    for (const [theirsIs, nobodys] of [
      [{ member: elsewhere }, { member: 'per_nobody' }],
      [{ role: theirs }, { role: 'rol_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }],
    ] as const) {
      const [one, other] = [await explain(admin, theirsIs), await explain(admin, nobodys)];
      expectProblem(one, 'unknown_reference');
      expect(plain(one.text, elsewhere)).toBe(plain(other.text, 'per_nobody'));
    }
  });
});

describe('office hours', () => {
  test('hold at their hours, by the real clock', async () => {
    const missions = '/dashboard/v1/missions';
    expect((await call(office, 'GET', missions)).status).toBe(200);
    for (const [at, status] of [
      ['2026-11-24T16:59:59Z', 200],
      ['2026-11-24T17:00:00Z', 403],
      ['2026-11-25T09:30:00Z', 403],
      // Clocks are an hour ahead in summer.
      ['2026-06-01T07:00:00Z', 200],
      ['2026-06-01T16:00:00Z', 403],
    ] as const) {
      clock.set(at);
      expect((await call(office, 'GET', missions)).status, at).toBe(status);
    }
    clock.set(TUESDAY);
  });
});

describe('my permissions', () => {
  const mine = async (access: Access) => (await call(access, 'GET', '/dashboard/v1/me/permissions')).body;

  test('are those that the role holds, with its conditions, whether or not they hold now', async () => {
    const before = await mine(office);
    expect(before).toMatchObject({ kind: 'operator', role: { id: officeId, name: 'Office' }, conditions: { hours } });
    const held = ['dashboard:me.read', ...permissions].map((action) => ({ action, players: 'all' }));
    expect([before.permissions].flat()).toHaveLength(held.length);
    expect(before.permissions).toEqual(expect.arrayContaining(held));
  });

  test('of a viewer, an owner and a backend', async () => {
    const actions = async (access: Access) =>
      [(await mine(access)).permissions].flat().map((one) => Object(one).action);
    const [few, many] = [await actions(viewer), await actions(await platform.operator(ACME, 'owner'))];
    expect(many.length).toBeGreaterThan(few.length);
    expect(few.every((action) => many.includes(action))).toBe(true);
    expect(few).not.toContain('dashboard:missions.write');
    expect(many).toContain('platform:workspaces.write');
    expect(many).not.toContain('platform:tenants.write');
    const machine = await platform.machine(ACME, ['me:read', 'missions:read']);
    expect((await actions(machine)).toSorted()).toEqual(
      ['dashboard:me.read', 'dashboard:missions.backtest', 'dashboard:missions.read'].toSorted(),
    );
    expect(await mine(backend)).toMatchObject({ kind: 'machine', role: null, conditions: {} });
  });
});
