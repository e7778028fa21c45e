import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineWorld } from '../game/definitions.ts';
import { codeOf } from '../game/world.ts';
import { clientOf, openPeople, type People, stranger, tokenIn } from './world.ts';

let people: People;
let owner: Laurel;
let home: Laurel;
let root: Laurel;
beforeAll(async () => {
  people = await openPeople();
  owner = await people.operator('owner');
  home = await people.machine();
  root = await people.root();
});
afterAll(() => people.test.close());

test('a clone has settings and definitions, and no users, events, members, secrets or webhooks', async () => {
  await defineWorld(home);
  const { version, zone } = await home.workspace.get();
  await home.workspace.update({ zone: 'Europe/Rome', teams: { capacity: 7 } }, { ifMatch: version });
  expect(zone).toBe('UTC');
  await home.webhooks.create({ id: 'crm', url: 'https://hooks.example.com/x', types: ['webhook.disabled'] });
  await home.events.track({ externalUserId: 'ada', activity: 'lesson' });

  const made = await owner.platform.workspaces.clone('acme', 'main', { slug: 'copy', name: 'Copy', clock: 'test' });
  expect(made).toMatchObject({
    slug: 'copy',
    zone: 'Europe/Rome',
    teams: { capacity: 7 },
    production: false,
    version: 1,
  });
  const copy = await people.machine(undefined, { tenant: 'acme', workspace: 'copy' });
  const { webhooks, ...definitions } = (await home.config.export()).definitions;
  expect(webhooks).toHaveLength(1);
  expect((await copy.config.export()).definitions).toEqual({ ...definitions, webhooks: [] });
  expect(await copy.workspace.get()).toMatchObject({ teams: { capacity: 7 } });
  expect(await copy.clock.get()).toMatchObject({ kind: 'test' });
  for (const list of [copy.users.list(), copy.events.list(), copy.members.list(), copy.webhooks.list()])
    expect((await list).items).toEqual([]);
  // And it plays.
  const { effects } = await copy.events.track({ externalUserId: 'ada', activity: 'lesson' });
  expect(effects.rewards.length).toBeGreaterThan(0);
});

test('a clone is made once, of what is there, by its tenant', async () => {
  const clone = (by: Laurel, from: string, slug: string) =>
    codeOf(by.platform.workspaces.clone('acme', from, { slug, name: 'Again' }));
  expect(await clone(owner, 'main', 'main')).toBe('already_exists');
  expect(await clone(owner, 'nowhere', 'again')).toBe('not_found');
  expect(await clone(root, 'main', 'again')).toBe('unprocessable');
  expect(await clone(await people.operator('admin'), 'main', 'again')).toBe('forbidden');
});

describe('a workspace', () => {
  test('that is suspended or archived refuses its callers, and answers again when it is resumed', async () => {
    const place = { tenant: 'acme', workspace: 'resting' };
    await owner.platform.workspaces.create('acme', { slug: 'resting', name: 'Resting' });
    const before = (await owner.platform.plans.get('acme')).used.workspaces;
    // A credential of its own for each, so that no gateway has let it in before.
    const seen = async () => codeOf((await people.machine(['users:read'], place)).users.list());
    expect(await seen()).toBe('none');
    expect(await owner.platform.workspaces.suspend('acme', 'resting')).toMatchObject({ status: 'suspended' });
    expect(await seen()).toBe('forbidden');
    expect((await owner.platform.plans.get('acme')).used.workspaces).toBe(before);
    expect(await owner.platform.workspaces.archive('acme', 'resting')).toMatchObject({ status: 'archived' });
    expect(await seen()).toBe('forbidden');
    expect((await owner.platform.plans.get('acme')).used.workspaces).toBe(before - 1);
    expect(await owner.platform.workspaces.resume('acme', 'resting')).toMatchObject({ status: 'active' });
    expect(await seen()).toBe('none');
    expect((await owner.platform.plans.get('acme')).used.workspaces).toBe(before);
  });
});

test('a tenant is opened with a first workspace and its owner, who is invited by mail', async () => {
  const workspace = { slug: 'live', name: 'Live' };
  const owned = { email: 'founder@example.com', workspace };
  await root.platform.tenants.create({
    slug: 'fresh',
    name: 'Fresh\r\nBcc: x@example.com',
    plan: 'free',
    owner: owned,
  });
  const mail = people.mails.at(-1);
  expect(mail).toMatchObject({ to: 'founder@example.com' });
  const { memberships } = await stranger(people, 'fresh').invitations.accept({ token: tokenIn(mail ?? { text: '' }) });
  expect(memberships).toEqual([{ workspace: 'live', role: 'owner', status: 'active' }]);
  expect(await root.platform.plans.get('fresh')).toMatchObject({ plan: 'free', used: { seats: 1, workspaces: 1 } });
  const again = { slug: 'fresh', name: 'Again', owner: { email: 'thief@example.com', workspace } };
  const count = people.mails.length;
  expect(await codeOf(root.platform.tenants.create(again))).toBe('already_exists');
  expect(people.mails).toHaveLength(count);
});

test('whoever runs the platform invites a first owner later, and is told the token if it is not sent', async () => {
  await root.platform.tenants.create({ slug: 'later', name: 'Later' });
  await root.platform.workspaces.create('later', { slug: 'main', name: 'Main' });
  const { token } = await root.platform.workspaces.invite('later', 'main', {
    email: 'o@example.com',
    role: 'owner',
    send: false,
  });
  const { memberships } = await stranger(people, 'later').invitations.accept({ token: token ?? '' });
  expect(memberships).toMatchObject([{ workspace: 'main', role: 'owner' }]);
  const theirs = clientOf({ baseUrl: `${people.platform.baseUrl}/later` });
  expect(await codeOf(theirs.me.get())).toBe('invalid_token');
});
