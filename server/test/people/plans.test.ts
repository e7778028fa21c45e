import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, codesOf, times } from '../game/world.ts';
import { openPeople, type People, setTime, stranger } from './world.ts';

let people: People;
let root: Laurel;
let count = 0;
beforeAll(async () => {
  people = await openPeople();
  root = await people.root();
});
afterAll(() => people.test.close());

/** A tenant of its own with so many of each, and a machine of its one workspace. */
async function limited(overrides: { seats?: number; workspaces?: number; apiClients?: number }) {
  count += 1;
  const tenant = `limited-${count}`;
  await root.platform.tenants.create({ slug: tenant, name: tenant });
  await root.platform.workspaces.create(tenant, { slug: 'main', name: 'Main' });
  await root.platform.plans.set(tenant, { plan: 'free', overrides }, { ifMatch: 1 });
  const laurel = await people.machine(undefined, { tenant, workspace: 'main' });
  return { tenant, laurel };
}

const LOSERS = times(9, () => 'plan_limit_reached');

describe('of ten who take the last one at once, one has it', () => {
  test('a seat, by inviting', async () => {
    const { tenant, laurel } = await limited({ seats: 2 });
    const invite = (email: string) => laurel.invitations.create({ email, role: 'viewer', send: false });
    await invite('first@example.com');
    const codes = await codesOf(times(10, (index) => invite(`r${index}@example.com`)));
    expect(codes.toSorted()).toEqual(['none', ...LOSERS]);
    expect((await root.platform.plans.get(tenant)).used.seats).toBe(2);
    expect((await laurel.invitations.list()).items).toHaveLength(2);
  });

  test('a workspace', async () => {
    const { tenant } = await limited({ workspaces: 2 });
    const codes = await codesOf(
      times(10, (index) => root.platform.workspaces.create(tenant, { slug: `w-${index}-x`, name: 'W' })),
    );
    expect(codes.toSorted()).toEqual(['none', ...LOSERS]);
    expect((await root.platform.workspaces.list(tenant)).items).toHaveLength(2);
  });

  test('an API client', async () => {
    const { tenant, laurel } = await limited({ apiClients: 2 });
    const make = () => laurel.apiClients.create({ name: 'one more', scopes: ['users:read'] });
    const codes = await codesOf(times(10, make));
    expect(codes.toSorted()).toEqual(['none', ...LOSERS]);
    expect((await root.platform.plans.get(tenant)).used.apiClients).toBe(2);
    const made = (await laurel.apiClients.list()).items.find(({ name }) => name === 'one more');
    await laurel.apiClients.revoke(made?.id ?? '');
    expect(await codeOf(make())).toBe('none');
  });
});

describe('a seat', () => {
  test('is free again when its invitation is revoked, or its time is over, and not before', async () => {
    const { laurel } = await limited({ seats: 1 });
    const invite = (email: string, expiresIn = 3600) =>
      laurel.invitations.create({ email, role: 'viewer', send: false, expiresIn });
    const first = await invite('a@example.com');
    expect(await codeOf(invite('b@example.com'))).toBe('plan_limit_reached');
    await laurel.invitations.revoke(first.invitation.id);
    await laurel.invitations.revoke(first.invitation.id);
    await invite('b@example.com', 60);
    expect(await codeOf(invite('c@example.com'))).toBe('plan_limit_reached');
    await setTime(people, '+61s', async () => {
      expect(await codeOf(invite('c@example.com', 7200))).toBe('none');
    });
  });

  test('is one for one person, however often they are invited', async () => {
    const { tenant, laurel } = await limited({ seats: 1 });
    const invite = () => laurel.invitations.create({ email: 'same@example.com', role: 'viewer', send: false });
    const [first, second] = [await invite(), await invite()];
    await stranger(people, tenant).invitations.accept({ token: first.token ?? '' });
    await laurel.invitations.revoke(second.invitation.id);
    expect((await root.platform.plans.get(tenant)).used.seats).toBe(1);
    expect(await codeOf(laurel.invitations.create({ email: 'x@example.com', role: 'viewer' }))).toBe(
      'plan_limit_reached',
    );
  });

  test('is promised to one person three times at once at the most, so that who holds one stays a short list', async () => {
    const { tenant, laurel } = await limited({ seats: 2 });
    const invite = (email = 'same@example.com') =>
      laurel.invitations.create({ email, role: 'viewer', send: false, expiresIn: 3600 });
    const [first, second] = [await invite(), await invite(), await invite()];
    const before = await people.test.snapshot();
    expect(await codesOf(times(5, () => invite()))).toEqual(times(5, () => 'unprocessable'));
    expect(await people.test.snapshot()).toBe(before);
    expect(await codeOf(invite('other@example.com'))).toBe('none');
    // One that waits can be sent again, and one that is over makes room.
    expect(await codeOf(laurel.invitations.resend(first.invitation.id, { send: false }))).toBe('none');
    await stranger(people, tenant).invitations.accept({ token: second.token ?? '' });
    expect(await codesOf([invite(), invite()])).toContain('none');
    expect((await root.platform.plans.get(tenant)).used.seats).toBe(2);
  });

  test('that was promised is kept, also when the plan shrinks meanwhile', async () => {
    const { tenant, laurel } = await limited({ seats: 3 });
    const offers = [];
    for (const email of ['a@example.com', 'b@example.com', 'c@example.com'])
      offers.push(await laurel.invitations.create({ email, role: 'viewer', send: false }));
    await root.platform.plans.set(tenant, { plan: 'free', overrides: { seats: 1 } }, { ifMatch: 2 });
    for (const { token } of offers) await stranger(people, tenant).invitations.accept({ token: token ?? '' });
    expect(await root.platform.plans.get(tenant)).toMatchObject({ limits: { seats: 1 }, used: { seats: 3 } });
  });
});

test('a plan is what its name says but for what differs, and known plans alone', async () => {
  const { tenant } = await limited({});
  const plans = await root.platform.plans.list();
  expect(plans.items.map(({ name }) => name)).toEqual(['enterprise', 'free', 'standard']);
  const rates = { read: { perSecond: 7, burst: 7 } };
  const set = await root.platform.plans.set(
    tenant,
    { plan: 'standard', overrides: { seats: 5, rates } },
    { ifMatch: 2 },
  );
  const standard = plans.items.find(({ name }) => name === 'standard')?.limits;
  expect(set.limits).toEqual({ ...standard, seats: 5, rates: { ...standard?.rates, ...rates } });
  expect(await codeOf(root.platform.plans.set(tenant, { plan: 'standard' }, { ifMatch: 2 }))).toBe('version_mismatch');
  const unknown = (plan: string) => codeOf(root.platform.plans.set(tenant, { plan }, { ifMatch: 3 }));
  expect(await unknown('constructor')).toBe('unknown_reference');
  expect(await unknown('gold')).toBe('unknown_reference');
});

test('an owner reads their plan, and does not set it', async () => {
  const owner = await people.operator('owner');
  expect(await owner.platform.plans.get('acme')).toMatchObject({ plan: 'enterprise', version: 1 });
  expect(await codeOf(owner.platform.plans.set('acme', { plan: 'enterprise' }, { ifMatch: 1 }))).toBe('forbidden');
  expect(await codeOf(owner.platform.plans.get('bolt'))).toBe('not_found');
});
