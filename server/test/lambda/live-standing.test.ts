import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { pollingSignals } from '../../src/ports/live-signals.ts';
import { createClient, revokeClient } from '../../src/store/clients.ts';
import { commit, type Write } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { getTenant, getWorkspace, setTenantStatus, setWorkspaceStatus } from '../../src/store/tenants.ts';
import { getUser, updateUser } from '../../src/store/users.ts';
import { LISTENER, type Listener, listening, openStream } from './live-world.ts';
import { apiEnvironment, demoTable, recorded, servicesOn } from './world.ts';

const database = await demoTable();
const { table } = database;
afterAll(() => database.close());
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const scope = workspaceScope('demo', 'main');
const createdAt = '2026-06-01T00:00:00.000Z';

async function write(writes: Write | readonly Write[]): Promise<void> {
  expect((await commit(table, [writes].flat())).kind).toBe('committed');
}

/** What is there, or it fails. */
async function known<T>(found: Promise<T | undefined>): Promise<T> {
  const value = await found;
  if (value === undefined) throw new Error('it is not there');
  return value;
}

const right: Record<string, { readonly kind: Listener; take(userId: string, back: boolean): Promise<void> }> = {
  'whose tenant is suspended': {
    kind: 'player',
    async take(_, back) {
      const tenant = await known(getTenant(table, 'demo'));
      await write(setTenantStatus(table, { ...tenant, status: back ? 'active' : 'suspended' }));
    },
  },
  'whose workspace is suspended': {
    kind: 'player',
    async take(_, back) {
      const workspace = await known(getWorkspace(table, 'demo', 'main'));
      await write(setWorkspaceStatus(table, workspace, back ? 'active' : 'suspended'));
    },
  },
  'who is suspended': {
    kind: 'player',
    async take(userId, back) {
      const user = await known(getUser(table, scope, userId));
      await write(
        await updateUser(table, scope, { ...user, status: back ? 'active' : 'suspended', version: user.version + 1 }),
      );
    },
  },
  'by a machine whose client is revoked': {
    kind: 'machine',
    async take(_, back) {
      if (!back) await write(revokeClient(table, scope, LISTENER, createdAt));
    },
  },
};

test.each(Object.entries(right))(
  'threat 13: a stream of somebody %s ends well within the minute',
  async (_, { kind, take }) => {
    const wired = await apiPlatform(readApiConfig(apiEnvironment()), servicesOn(table).services);
    const platform = { ...wired, live: pollingSignals(50) };
    const made = await createLaurelApi(platform)(recorded('api-create-user'));
    const userId = String(JSON.parse(made.body).id);
    if (kind === 'machine') {
      const client = { id: LISTENER, name: 'Backend', scopes: ['app:read'], status: 'active' as const, createdAt };
      await write(
        createClient(table, scope, { ...client, revokedAt: null, tenant: 'demo', workspace: 'main', secrets: [] }),
      );
    }
    const { text, isOver, ended } = openStream(platform, listening(kind, userId));
    await expect.poll(text).toContain('event: ready');
    // Whoever still has the right goes on, however often they are asked about.
    vi.setSystemTime(Date.now() + 20_000);
    const signs = () => text().split(':\n\n').length;
    const before = signs();
    await expect.poll(signs).toBeGreaterThan(before);
    await take(userId, false);
    vi.setSystemTime(Date.now() + 16_000);
    await expect.poll(isOver).toBe(true);
    await ended;
    await take(userId, true);
  },
  30_000,
);
