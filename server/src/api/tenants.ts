import type { Contract } from '@laurel/contract';
import type { Tenant } from '@laurel/contract/tenants/schema';
import { retainsForATime, retentionDue } from '../privacy/retention.ts';
import { createClient } from '../store/clients.ts';
import { type ClockRecord, saveClock } from '../store/clocks.ts';
import { putDue } from '../store/schedule.ts';
import { workspaceScope } from '../store/scope.ts';
import {
  createTenant,
  createWorkspace,
  getTenant,
  getWorkspace,
  listTenants,
  listWorkspaces,
  setTenantStatus,
  type TenantRecord,
} from '../store/tenants.ts';
import { assertMayGive, newClient, presentClient } from './api-clients.ts';
import { type Answer, type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { invalidField, notFound, ProblemError } from './problem.ts';

function present({ slug, name, status, cell, createdAt }: TenantRecord): Tenant {
  return { slug, name, status, cell, createdAt };
}

type TenantCall = CallContext & { readonly params: { readonly tenant: string } };

async function tenantOf(call: TenantCall): Promise<TenantRecord> {
  const tenant = await getTenant(call.platform.table, call.params.tenant);
  if (tenant === undefined) throw notFound();
  return tenant;
}

async function withStatus(call: TenantCall, status: Tenant['status']): Promise<Answer<Tenant>> {
  const tenant = await tenantOf(call);
  if (tenant.platform) throw new ProblemError('unprocessable', 'Whoever runs the platform cannot lock themselves out.');
  if (tenant.status === status) return { body: present(tenant) };
  const changed: TenantRecord = { ...tenant, status };
  return { body: present(changed), writes: setTenantStatus(call.platform.table, changed) };
}

export const tenants: Handlers<Contract['platform']['tenants']> = {
  async list(call) {
    const found = await listTenants(call.platform.table, reachOf(call, null));
    return { body: pageOf(call, null, found, present) };
  },

  async create(call) {
    const { slug, name } = call.body;
    const record: TenantRecord = {
      slug,
      name,
      status: 'active',
      cell: call.platform.cell,
      createdAt: call.now,
      platform: false,
      epoch: Math.floor(Date.now() / 1000),
    };
    return { body: present(record), writes: createTenant(call.platform.table, record) };
  },

  async get(call) {
    return { body: present(await tenantOf(call)) };
  },

  suspend: (call) => withStatus(call, 'suspended'),
  resume: (call) => withStatus(call, 'active'),
};

export const workspaces: Handlers<Contract['platform']['workspaces']> = {
  async list(call) {
    const { slug } = await tenantOf(call);
    const filters = { tenant: slug };
    const found = await listWorkspaces(call.platform.table, slug, reachOf(call, filters));
    return { body: pageOf(call, filters, found, (workspace) => workspace) };
  },

  async create(call) {
    const tenant = await tenantOf(call);
    const { clock, ...settings } = call.body;
    if (clock === 'test' && settings.production)
      throw invalidField('/clock', 'A workspace that is marked production lives by the real time.');
    const { table } = call.platform;
    const made = { version: 1, createdAt: call.now, updatedAt: call.now };
    const workspace = { ...settings, tenant: tenant.slug, ...made };
    const place = { tenant: tenant.slug, workspace: settings.slug };
    const scope = workspaceScope(place.tenant, place.workspace);
    const testClock: ClockRecord = { kind: 'test', now: call.realNow, version: 1 };
    return {
      body: workspace,
      writes: [
        ...createWorkspace(table, workspace),
        ...(clock === 'test' ? [saveClock(table, place, testClock, false)] : []),
        ...(retainsForATime(settings.privacy) ? putDue(table, scope, retentionDue(settings, call.now)) : []),
      ],
    };
  },

  async createClient(call) {
    const { table } = call.platform;
    await assertMayGive(call, call.body.scopes);
    const workspace = await getWorkspace(table, call.params.tenant, call.params.workspace);
    if (workspace === undefined) throw notFound();
    const scope = workspaceScope(workspace.tenant, workspace.slug);
    const made = { id: call.platform.newId('apiClient'), now: call.now };
    const { record, clientSecret } = newClient(call.body, scope, made);
    return { body: { client: presentClient(record), clientSecret }, writes: createClient(table, scope, record) };
  },
};
