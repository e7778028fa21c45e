import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../game/world.ts';
import { call } from '../support/platform.ts';
import { openPeople, type People, stranger } from './world.ts';

let people: People;
let owner: Laurel;
let root: Laurel;
beforeAll(async () => {
  people = await openPeople();
  owner = await people.operator('owner');
  root = await people.root();
});
afterAll(() => people.test.close());

const lettingIn = async (tenant: string, workspace: string, email: string) =>
  (await root.platform.workspaces.invite(tenant, workspace, { email, role: 'owner', send: false })).token ?? '';

describe('nobody comes in where nobody may call', () => {
  test('a tenant that is suspended, by an invitation', async () => {
    await root.platform.tenants.create({ slug: 'halted', name: 'Halted' });
    await root.platform.workspaces.create('halted', { slug: 'main', name: 'Main' });
    const token = await lettingIn('halted', 'main', 'halted@example.com');
    await root.platform.tenants.suspend('halted');
    const before = await people.test.snapshot();
    expect(await codeOf(stranger(people, 'halted').invitations.accept({ token }))).toBe('invalid_code');
    expect(await people.test.snapshot()).toBe(before);
    await root.platform.tenants.resume('halted');
    expect(await codeOf(stranger(people, 'halted').invitations.accept({ token }))).toBe('none');
  });

  test.each(['suspend', 'archive'] as const)('a workspace after %s, by an invitation or a code', async (close) => {
    const workspace = `after-${close}`;
    await owner.platform.workspaces.create('acme', { slug: workspace, name: 'Closed' });
    const inside = await people.operator('owner', { tenant: 'acme', workspace });
    const { code } = await inside.joinCodes.create({ name: 'In', gives: { kind: 'membership', role: 'viewer' } });
    const { token } = await inside.invitations.create({ email: `${close}@example.com`, role: 'viewer', send: false });
    const both = await owner.invitations.create({
      email: `both-${close}@example.com`,
      role: 'viewer',
      workspaces: ['main', workspace],
      send: false,
    });
    const guest = await people.operator('member');
    await owner.platform.workspaces[close]('acme', workspace);
    const before = await people.test.snapshot();
    expect(await codeOf(stranger(people).invitations.accept({ token: token ?? '' }))).toBe('invalid_code');
    expect(await people.test.snapshot()).toBe(before);
    expect(await codeOf(guest.joinCodes.redeem({ code }))).toBe('invalid_code');
    // What is for others too lets in there; nothing is lost of the one that is closed.
    const { memberships } = await stranger(people).invitations.accept({ token: both.token ?? '' });
    expect(memberships.map((one) => one.workspace)).toEqual(['main', workspace]);
    await owner.platform.workspaces.resume('acme', workspace);
    expect(await codeOf(stranger(people).invitations.accept({ token: token ?? '' }))).toBe('none');
    expect(await guest.joinCodes.redeem({ code })).toMatchObject({ workspace });
  });
});

test('a client gets no token for a workspace in which nobody may call', async () => {
  const workspace = 'no-tokens';
  const place = { tenant: 'acme', workspace };
  const { clientId, clientSecret } = await people.platform.createWorkspaceClient(place, ['users:read']);
  const ask = () =>
    call(people.test.stranger(place), 'POST', '/oauth2/token', {
      body: 'grant_type=client_credentials',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  expect((await ask()).status).toBe(200);
  await owner.platform.workspaces.suspend('acme', workspace);
  expect(await ask()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  await owner.platform.workspaces.resume('acme', workspace);
  expect((await ask()).status).toBe(200);
});

test('an invitation whose role is gone makes no account', async () => {
  const machine = await people.machine();
  const role = await machine.roles.create({ name: 'Short-lived', permissions: ['dashboard:users.read'] });
  const email = 'nobody-yet@example.com';
  const { token } = await machine.invitations.create({ email, role: role.id, send: false });
  await machine.roles.remove(role.id);
  const before = await people.test.snapshot();
  expect(await codeOf(stranger(people).invitations.accept({ token: token ?? '' }))).toBe('invalid_code');
  expect(await people.test.snapshot()).toBe(before);
});
