import { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { codeOf, type Game, HOME, laurelOf, openGame, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let operations: Laurel['platform'];
beforeEach(async () => {
  game = await openGame();
  laurel = game.laurel;
  operations = laurelOf(await game.platform.createPlatformClient()).platform;
});
afterEach(() => game.close());

/** A client with a token of its own, so that no gateway has an answer about it in its cache. */
function freshClient(tenant: string, clientId: string, clientSecret: string): Laurel {
  const { baseUrl, tokenEndpoint } = game.platform;
  return new Laurel({
    baseUrl: `${baseUrl}/${tenant}`,
    auth: { clientId, clientSecret, tokenEndpoint },
    maxRetries: 0,
  });
}

describe('whoever runs the platform', () => {
  test('opens tenants and workspaces, and makes the first client, which works at once', async () => {
    const tenant = await operations.tenants.create({ slug: 'globex', name: 'Globex' });
    expect(tenant).toMatchObject({ slug: 'globex', status: 'active', cell: 'local' });
    const workspace = await operations.workspaces.create('globex', {
      slug: 'production',
      name: 'Production',
      zone: 'Asia/Kathmandu',
    });
    expect(workspace).toMatchObject({ tenant: 'globex', language: 'en', createsUnknownUsers: true });
    expect((await operations.workspaces.list('globex')).items).toEqual([workspace]);
    expect(await operations.tenants.get('globex')).toEqual(tenant);

    const scopes = ['activities:write', 'currencies:write', 'workspace:read', 'events:write'];
    const made = await operations.workspaces.createClient('globex', 'production', { name: 'first', scopes });
    expect(made.client).toMatchObject({ name: 'first', scopes: scopes.toSorted(), status: 'active' });
    const client = freshClient('globex', made.client.id, made.clientSecret);
    await defineBasics(client);
    expect(await client.workspace.get()).toEqual(workspace);
    const { event } = await client.events.track({ externalUserId: 'ada', activity: 'lesson' });
    expect(event.activity).toBe('lesson');
    expect(await codeOf(client.users.list())).toBe('insufficient_scope');
  });

  test('lists every tenant once, in pages', async () => {
    const slugs = times(12, (index) => `tenant-${String(index).padStart(2, '0')}`);
    await Promise.all(slugs.map((slug) => operations.tenants.create({ slug, name: slug })));
    const listed = await operations.tenants.list({ limit: 5 }).toArray({ max: 100 });
    expect(listed.map(({ slug }) => slug)).toEqual(['acme', 'laurel', ...slugs]);
  });

  test('opens a tenant or workspace of one name once, however many ask', async () => {
    const sent = { slug: 'globex', name: 'Globex' };
    const tenants = await Promise.all(times(10, () => codeOf(operations.tenants.create(sent))));
    expect(tenants.toSorted()).toEqual([...times(9, () => 'already_exists'), 'none']);
    const place = { slug: 'main', name: 'Main' };
    const workspaces = await Promise.all(times(10, () => codeOf(operations.workspaces.create('globex', place))));
    expect(workspaces.toSorted()).toEqual([...times(9, () => 'already_exists'), 'none']);
    expect(await codeOf(operations.workspaces.create('nobody', place))).toBe('not_found');
  });

  test('opens it once for a key, and says the same again', async () => {
    const sent = { slug: 'globex', name: 'Globex' };
    const options = { idempotencyKey: 'open-globex' };
    const first = await operations.tenants.create(sent, options);
    expect(await operations.tenants.create(sent, options)).toEqual(first);
    expect(await codeOf(operations.tenants.create({ ...sent, name: 'Other' }, options))).toBe('idempotency_mismatch');
  });
});

test('whoever runs the platform cannot suspend themselves', async () => {
  const operations = laurelOf(await game.platform.createPlatformClient()).platform;
  expect(await codeOf(operations.tenants.suspend('laurel'))).toBe('unprocessable');
  expect(await operations.tenants.get('laurel')).toMatchObject({ status: 'active' });
});

describe('a suspended tenant', () => {
  test('is refused, loses nothing, and is let in again when it is resumed', async () => {
    await defineBasics(laurel);
    await laurel.events.track({ id: 'before', externalUserId: 'ada', activity: 'lesson' });
    const { clientId, clientSecret } = await game.platform.createWorkspaceClient(HOME);
    const other = await game.platform.createWorkspaceClient({ tenant: 'globex', workspace: 'main' });
    expect(await operations.tenants.suspend(HOME.tenant)).toMatchObject({ status: 'suspended' });
    expect(await operations.tenants.suspend(HOME.tenant)).toMatchObject({ status: 'suspended' });

    const suspended = freshClient(HOME.tenant, clientId, clientSecret);
    expect(await codeOf(suspended.events.list())).toBe('forbidden');
    expect(await codeOf(suspended.events.track({ externalUserId: 'ada', activity: 'lesson' }))).toBe('forbidden');
    expect(await codeOf(laurelOf(other).workspace.get())).toBe('none');

    expect(await operations.tenants.resume(HOME.tenant)).toMatchObject({ status: 'active' });
    const resumed = freshClient(HOME.tenant, clientId, clientSecret);
    expect((await resumed.events.list()).items).toMatchObject([{ id: 'before' }]);
  });
});

describe('a machine of another tenant', () => {
  test('neither sees nor changes anything of the platform, whatever scopes it asks for', async () => {
    await operations.tenants.create({ slug: 'globex', name: 'Globex' });
    await operations.workspaces.create('globex', { slug: 'main', name: 'Main' });
    const scopes = ['tenants:read', 'tenants:write', 'workspaces:read', 'workspaces:write'];
    const machine = laurelOf(await game.platform.createWorkspaceClient(HOME, scopes)).platform;
    const before = await game.snapshot();
    const client = { name: 'mine', scopes: ['tenants:read'] };
    expect(await codeOf(machine.tenants.list())).toBe('forbidden');
    expect(await codeOf(machine.tenants.create({ slug: 'evil', name: 'Evil' }))).toBe('forbidden');
    for (const tenant of ['globex', 'laurel', 'nobody']) {
      expect(await codeOf(machine.tenants.get(tenant))).toBe('not_found');
      expect(await codeOf(machine.tenants.suspend(tenant))).toBe('not_found');
      expect(await codeOf(machine.tenants.resume(tenant))).toBe('not_found');
      expect(await codeOf(machine.workspaces.list(tenant))).toBe('not_found');
      expect(await codeOf(machine.workspaces.create(tenant, { slug: 'mine', name: 'Mine' }))).toBe('not_found');
      expect(await codeOf(machine.workspaces.createClient(tenant, 'main', client))).toBe('not_found');
    }
    expect(await codeOf(machine.tenants.suspend(HOME.tenant))).toBe('forbidden');
    expect(await game.snapshot()).toBe(before);
  });
});
