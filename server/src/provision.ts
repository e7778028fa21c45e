import { contract, routesOf } from '@laurel/contract';
import type { OAuthScope } from '@laurel/contract/api-clients/schema';
import { WorkspaceCreate } from '@laurel/contract/workspaces/schema';
import { newClient } from './api/api-clients.ts';
import type { Allotting } from './api/people/allotments.ts';
import { allotmentQueue, take } from './api/people/allotments.ts';
import type { Platform } from './api/platform.ts';
import { recordOwn } from './audit/system.ts';
import type { AllotmentKind } from './store/allotments.ts';
import { createClient } from './store/clients.ts';
import { commit, type Write } from './store/commit.ts';
import { savePlan } from './store/plans.ts';
import { workspaceScope } from './store/scope.ts';
import { createTenant, createWorkspace, getTenant, getWorkspace } from './store/tenants.ts';

/** A workspace, by its two names. */
export interface Place {
  readonly tenant: string;
  readonly workspace: string;
}

/** A machine's credential. */
export interface Credential {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What it takes to provide for a tenant by the table itself, before anybody can call. */
export type Provisioning = Pick<Platform, 'table' | 'clock' | 'cell' | 'newId' | 'serial'>;

async function write(platform: Provisioning, writes: readonly Write[]): Promise<void> {
  const result = await commit(platform.table, writes);
  if (result.kind !== 'committed')
    throw new Error(`not written: ${result.kind === 'refused' ? result.refusal : result.kind}`);
}

/**
 * Writes what is counted by a plan, one after the other. Whoever has the machine itself is not limited by plans, but
 * what they make is counted.
 */
export function writeCounted(
  platform: Provisioning,
  tenant: string,
  kind: AllotmentKind,
  make: (allotting: Allotting) => Promise<readonly Write[]>,
): Promise<void> {
  const realNow = new Date().toISOString();
  return platform.serial(allotmentQueue(tenant, kind), async () => write(platform, await make({ platform, realNow })));
}

export const UNLIMITED = { unlimited: true } as const;

/** Every scope that the contract knows, but those for whoever runs the platform. */
export function workspaceScopes(): OAuthScope[] {
  const metas = routesOf(contract).flatMap(({ meta, context }) =>
    meta === undefined || context === 'platform' ? [] : [meta],
  );
  return [...new Set(metas.map((meta) => meta.scope))].toSorted();
}

/** Every scope of the contract. */
export function allScopes(): OAuthScope[] {
  return [...new Set(routesOf(contract).flatMap(({ meta }) => meta?.scope ?? []))].toSorted();
}

/** Opens a workspace, and its tenant, where they do not exist. */
export async function ensureWorkspace(
  platform: Provisioning,
  place: Place,
  options: { platform?: boolean } = {},
): Promise<void> {
  const { table, clock, cell } = platform;
  const createdAt = clock.now();
  if ((await getTenant(table, place.tenant)) === undefined) {
    const status = 'active' as const;
    const record = {
      slug: place.tenant,
      name: place.tenant,
      status,
      cell,
      createdAt,
      platform: options.platform ?? false,
      epoch: Math.floor(Date.now() / 1000),
    };
    // Whoever has the machine itself sells nothing to themselves.
    const plan = { plan: 'enterprise', overrides: {}, version: 1 };
    await write(platform, [...createTenant(table, record), savePlan(table, place.tenant, plan)]);
  }
  if ((await getWorkspace(table, place.tenant, place.workspace)) !== undefined) return;
  const settings = WorkspaceCreate.parse({ slug: place.workspace, name: place.workspace });
  const made = { version: 1, createdAt, updatedAt: createdAt };
  const { clock: _real, ...own } = settings;
  const workspace = { ...own, status: 'active' as const, tenant: place.tenant, ...made };
  const holding = { of: place.workspace, until: null };
  await writeCounted(platform, place.tenant, 'workspaces', async (allotting) => [
    ...createWorkspace(table, workspace),
    ...(await take(allotting, place.tenant, 'workspaces', place.workspace, holding, UNLIMITED)),
  ]);
}

/**
 * Makes a credential for a workspace.
 * @param beside what is written with it, by the client's id
 */
export async function addClient(
  platform: Provisioning,
  place: Place,
  { name, scopes }: { readonly name: string; readonly scopes: readonly string[] },
  beside: (client: string) => readonly Write[] = () => [],
): Promise<Credential> {
  const scope = workspaceScope(place.tenant, place.workspace);
  const made = { id: platform.newId('apiClient'), secretId: platform.newId('clientSecret'), now: platform.clock.now() };
  const { record, clientSecret } = newClient({ name, scopes }, place, made);
  const holding = { of: record.id, until: null };
  await writeCounted(platform, place.tenant, 'apiClients', async (allotting) => [
    ...createClient(platform.table, scope, record),
    ...(await take(allotting, place.tenant, 'apiClients', record.id, holding, UNLIMITED)),
    ...beside(record.id),
  ]);
  return { clientId: record.id, clientSecret };
}

/**
 * Makes a credential for whoever runs the platform, which the audit tells of, and the tenant that they are of where there is none yet.
 * @throws Error where the tenant is there, and does not run the platform
 */
export async function beginPlatform(platform: Provisioning, place: Place): Promise<Credential> {
  const tenant = await getTenant(platform.table, place.tenant);
  if (tenant?.platform === false) throw new Error(`the tenant ${place.tenant} is there, and does not run the platform`);
  await ensureWorkspace(platform, place, { platform: true });
  const scope = workspaceScope(place.tenant, place.workspace);
  return addClient(platform, place, { name: 'operations', scopes: allScopes() }, (client) => [
    recordOwn(platform, scope, { action: 'platform.credential', target: { client }, reason: 'made beside the API' }),
  ]);
}
