import type { Contract } from '@laurel/contract';
import type { Tenant } from '@laurel/contract/tenants/schema';
import type { Workspace, WorkspaceCreate } from '@laurel/contract/workspaces/schema';
import { planNamed } from '../domain/people/plans.ts';
import { createClient } from '../store/clients.ts';
import type { Write } from '../store/commit.ts';
import { savePlan } from '../store/plans.ts';
import { workspaceScope } from '../store/scope.ts';
import {
  createTenant,
  getTenant,
  getWorkspace,
  listTenants,
  listWorkspaces,
  setTenantStatus,
  type TenantRecord,
} from '../store/tenants.ts';
import { assertMayGive, newClient, presentClient } from './api-clients.ts';
import { type Answer, type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { allotmentQueue, take } from './people/allotments.ts';
import { invite } from './people/invitations.ts';
import { openWorkspace, workspaceExtras } from './people/workspaces.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';

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

/** A workspace as it is when new. */
function newlyOpened(call: CallContext, tenant: string, settings: Omit<WorkspaceCreate, 'clock'>): Workspace {
  return { ...settings, tenant, status: 'active', version: 1, createdAt: call.now, updatedAt: call.now };
}

/** Puts a new tenant on a plan, where one is named. */
function planWrites(call: CallContext, tenant: string, plan: string | undefined): Write[] {
  if (plan === undefined) return [];
  if (planNamed(plan) === undefined) throw unknownReference('/plan', 'plan');
  return [savePlan(call.platform.table, tenant, { plan, overrides: {}, version: 1 })];
}

/** Opens the first workspace of a new tenant, and invites its owner. */
async function ownerWrites(
  call: CallContext,
  tenant: TenantRecord,
  owner: { readonly email: string; readonly workspace: WorkspaceCreate } | undefined,
): Promise<readonly Write[]> {
  if (owner === undefined) return [];
  const { clock, ...settings } = owner.workspace;
  const opened = await openWorkspace(call, newlyOpened(call, tenant.slug, settings), clock);
  const terms = { email: owner.email, role: 'owner', expiresIn: OWNERS_DAYS * 86_400, send: true } as const;
  const invited = await invite(call, tenant, { ...terms, workspaces: [settings.slug] });
  return [...opened, ...(invited.writes ?? [])];
}

/** For how many days the first owner of a tenant can accept. */
const OWNERS_DAYS = 14;

export const tenants: Handlers<Contract['platform']['tenants']> = {
  async list(call) {
    const found = await listTenants(call.platform.table, reachOf(call, null));
    return { body: pageOf(call, null, found, present) };
  },

  async create(call) {
    const { slug, name, plan, owner } = call.body;
    const record: TenantRecord = {
      slug,
      name,
      status: 'active',
      cell: call.platform.cell,
      createdAt: call.now,
      platform: false,
      epoch: Math.floor(Date.now() / 1000),
    };
    return {
      body: present(record),
      writes: [
        ...createTenant(call.platform.table, record),
        ...planWrites(call, slug, plan),
        ...(await ownerWrites(call, record, owner)),
      ],
    };
  },

  async get(call) {
    return { body: present(await tenantOf(call)) };
  },

  suspend: (call) => withStatus(call, 'suspended'),
  resume: (call) => withStatus(call, 'active'),
};

export const workspaces: Handlers<Contract['platform']['workspaces']> = {
  ...workspaceExtras,

  async list(call) {
    const { slug } = await tenantOf(call);
    const filters = { tenant: slug };
    const found = await listWorkspaces(call.platform.table, slug, reachOf(call, filters));
    return { body: pageOf(call, filters, found, (workspace) => workspace) };
  },

  async create(call) {
    const tenant = await tenantOf(call);
    const { clock, ...settings } = call.body;
    const workspace = newlyOpened(call, tenant.slug, settings);
    return {
      body: workspace,
      writes: await openWorkspace(call, workspace, clock),
      queue: allotmentQueue(tenant.slug, 'workspaces'),
    };
  },

  async createClient(call) {
    const { table } = call.platform;
    await assertMayGive(call, call.body.scopes);
    const workspace = await getWorkspace(table, call.params.tenant, call.params.workspace);
    if (workspace === undefined) throw notFound();
    const scope = workspaceScope(workspace.tenant, workspace.slug);
    const made = {
      id: call.platform.newId('apiClient'),
      secretId: call.platform.newId('clientSecret'),
      now: call.realNow,
    };
    const { record, clientSecret } = newClient(call.body, scope, made);
    const counted = await take(call, scope.tenant, 'apiClients', record.id, { of: record.id, until: null });
    return {
      body: { client: presentClient(record, call.realNow), clientSecret },
      writes: [...createClient(table, scope, record), ...counted],
      queue: allotmentQueue(scope.tenant, 'apiClients'),
    };
  },
};
