import type { Principal } from '../identity/principal.ts';
import { scopeOf } from '../store/scope.ts';
import { getUserStatus } from '../store/users.ts';
import type { Platform } from './platform.ts';

type Knowing = Pick<Platform, 'known' | 'table'>;

/** What a caller has now of what their token gave them, by what is known of them; nothing where they are there no more. */
async function ownStanding({ known, table }: Knowing, principal: Principal): Promise<Principal | undefined> {
  const { kind, tenant, workspace, subject } = principal;
  if (kind === 'player') {
    const status = await getUserStatus(table, scopeOf(principal), subject);
    return status === 'active' ? principal : undefined;
  }
  if (kind === 'operator') {
    const member = await known.member(tenant, workspace, subject);
    return member?.status === 'active' ? { ...principal, role: member.role } : undefined;
  }
  const client = await known.client(tenant, subject);
  if (client?.status !== 'active' || client.workspace !== workspace) return undefined;
  return { ...principal, scopes: principal.scopes.filter((scope) => client.scopes.includes(scope)) };
}

/**
 * The caller as their tenant's authorizer would let them in now; nothing where it would not. It is for what goes on after
 * a call was let in: what is known of tenants, clients and members is 15 seconds old at the most.
 */
export async function standingOf(platform: Knowing, principal: Principal): Promise<Principal | undefined> {
  const { tenant, workspace } = principal;
  const [owner, place, own] = await Promise.all([
    platform.known.tenant(tenant),
    platform.known.workspace(tenant, workspace),
    ownStanding(platform, principal),
  ]);
  return owner?.status === 'active' && (place?.status ?? 'active') === 'active' ? own : undefined;
}
