import { createCache, jsonText } from '../cache/cache.ts';
import type { DirectoryClient, DirectoryMember, DirectoryWorkspace } from '../identity/directory.ts';
import { isSlug } from '../identity/principal.ts';
import { callLimitsOf, type PlanLimits } from '../limits/plans.ts';
import type { Cache } from '../ports/cache.ts';
import { getClient } from './clients.ts';
import { getMember } from './members.ts';
import { getLimits } from './plans.ts';
import { type Key, scopeOfKey, sortParts, tenantScope, workspaceScope } from './scope.ts';
import type { Table } from './table.ts';
import { getTenant, getWorkspace, listWorkspaces, type TenantRecord } from './tenants.ts';

/**
 * How long what is known of a caller may be older than the table, in milliseconds. An authorizer's answer is kept for 45
 * seconds: together they are the minute within which a right that was taken away is gone.
 */
export const FRESH_MS = 15_000;
/** How many tenants, clients and members one process keeps. */
const MOST = 10_000;

/** Of a tenant with more workspaces than this all origins are told that they may ask: each workspace decides by itself. */
const MOST_WORKSPACES = 200;

interface Origins {
  readonly allowed: readonly string[] | null;
}

/** What many calls ask about those who call. */
export interface KnownCallers {
  tenant(slug: string): Promise<TenantRecord | undefined>;
  /** How often a tenant may call, by its plan. */
  limits(tenant: string): Promise<PlanLimits | undefined>;
  workspace(tenant: string, slug: string): Promise<DirectoryWorkspace | undefined>;
  client(tenant: string, id: string): Promise<DirectoryClient | undefined>;
  member(tenant: string, workspace: string, subject: string): Promise<DirectoryMember | undefined>;
  /** The origins whose pages may call a workspace; null where any may. */
  origins(tenant: string, workspace: string): Promise<readonly string[] | null>;
  /** The origins whose pages may call any workspace of a tenant. */
  originsOfTenant(tenant: string): Promise<readonly string[] | null>;
  /** Hears of an item of the table that was written: what was known by it is asked anew. */
  noticed(key: Key): Promise<void>;
}

/**
 * Reads what is known of callers, through a cache. Nothing is kept of the hashes of secrets, nor of players: they are many,
 * each is asked about once in a while, and what is personal stays in the table.
 */
export function knownCallers(table: Table, cache: Cache = createCache()): KnownCallers {
  const kept = { ttlMs: FRESH_MS, most: MOST };
  const tenants = cache.shelf<TenantRecord>({ name: 'tenant', ...kept, text: jsonText() });
  const limits = cache.shelf<PlanLimits>({ name: 'limits', ...kept, text: jsonText() });
  const workspaces = cache.shelf<DirectoryWorkspace>({ name: 'workspace', ...kept, text: jsonText() });
  const clients = cache.shelf<DirectoryClient>({ name: 'client', ...kept, text: jsonText() });
  const members = cache.shelf<DirectoryMember>({ name: 'member', ...kept, text: jsonText() });
  // Under no name: those of all workspaces together.
  const origins = cache.shelf<Origins>({ name: 'origins', ...kept, text: jsonText() });
  return {
    tenant: (slug) => tenants.read(tenantScope(slug), [], () => getTenant(table, slug)),
    limits: (tenant) => limits.read(tenantScope(tenant), [], async () => callLimitsOf(await getLimits(table, tenant))),
    workspace: (tenant, slug) =>
      workspaces.read(tenantScope(tenant), [slug], async () => {
        const found = await getWorkspace(table, tenant, slug);
        return found && { status: found.status };
      }),
    client: (tenant, id) =>
      clients.read(tenantScope(tenant), [id], async () => {
        const client = await getClient(table, tenant, id);
        if (client === undefined) return undefined;
        const { workspace, scopes, status } = client;
        return { tenant: client.tenant, workspace, scopes, status };
      }),
    member: (tenant, workspace, subject) => {
      const scope = workspaceScope(tenant, workspace);
      return members.read(scope, [subject], () => getMember(table, scope, subject));
    },
    async origins(tenant, workspace) {
      const found = await origins.read(tenantScope(tenant), [workspace], async () => {
        const settings = await getWorkspace(table, tenant, workspace);
        return settings && { allowed: settings.allowedOrigins };
      });
      return found?.allowed ?? null;
    },
    async originsOfTenant(tenant) {
      const found = await origins.read(tenantScope(tenant), [], async () => {
        const { items } = await listWorkspaces(table, tenant, { limit: MOST_WORKSPACES, after: undefined });
        const lists = items.map(({ allowedOrigins }) => allowedOrigins ?? null);
        const named = lists.filter((list) => list !== null);
        const isOpen = named.length === 0 || named.length < lists.length || lists.length === MOST_WORKSPACES;
        return { allowed: isOpen ? null : [...new Set(named.flat())] };
      });
      return found?.allowed ?? null;
    },
    async noticed({ pk, sk }) {
      const [, tenant = '', , , kind, id = ''] = sortParts(pk);
      if (kind === 'TENANT' && isSlug(tenant)) {
        await tenants.forget(tenantScope(tenant), []);
        await limits.forget(tenantScope(tenant), []);
      }
      if (kind === 'CLIENT' && isSlug(tenant)) await clients.forget(tenantScope(tenant), [id]);
      if (kind === 'WORKSPACES' && isSlug(tenant)) {
        const slug = sortParts(sk)[1] ?? '';
        await workspaces.forget(tenantScope(tenant), [slug]);
        for (const names of [[], [slug]]) await origins.forget(tenantScope(tenant), names);
      }
      const scope = kind === 'MEMBERS' ? scopeOfKey({ pk }) : undefined;
      if (scope !== undefined) await members.forget(scope, [sortParts(sk)[1] ?? '']);
    },
  };
}
