import { contract, type Level, routesOf } from '@laurel/contract';
import type { MemberRole } from '@laurel/contract/members/schema';
import { reaches } from '../../domain/people/roles.ts';
import { getMember } from '../../store/members.ts';
import { workspaceScope } from '../../store/scope.ts';
import { getWorkspace } from '../../store/tenants.ts';
import type { CallContext } from '../call.ts';
import { ProblemError, unknownReference } from '../problem.ts';

/** The levels that a role has, as `server/policies/roles.cedar` grants them. */
const levelsOf: Readonly<Record<MemberRole, readonly Level[]>> = {
  viewer: ['read'],
  member: ['read', 'operate'],
  manager: ['read', 'operate', 'author'],
  admin: ['read', 'operate', 'author', 'administer'],
  owner: ['read', 'operate', 'author', 'administer', 'own'],
};

/** All scopes that a machine needs to do what a role lets people do. */
function scopesFor(role: MemberRole): string[] {
  // Of the platform's own routes a role of a workspace reaches those of its tenant, which are its owners'.
  const reached = routesOf(contract).filter(({ context, meta }) => context !== 'platform' || meta?.level === 'own');
  const metas = reached.flatMap(({ meta }) => meta ?? []);
  const open = metas.filter(({ callers, level }) => callers.includes('operator') && levelsOf[role].includes(level));
  return [...new Set(open.filter(({ callers }) => callers.includes('machine')).map(({ scope }) => scope))];
}

const scopesOfRole = new Map<MemberRole, string[]>();

/** Whether a caller has all that a role gives: an operator by their own role, a machine by its scopes. */
function hasRole({ principal }: Pick<CallContext, 'principal'>, role: MemberRole): boolean {
  if (principal.kind === 'operator') return principal.role !== undefined && reaches(principal.role, role);
  const needed = scopesOfRole.get(role) ?? scopesFor(role);
  scopesOfRole.set(role, needed);
  return principal.kind === 'machine' && needed.every((scope) => principal.scopes.includes(scope));
}

/**
 * Nobody gives a role above their own, or touches whoever has one. The one place that says so: whatever else roles come
 * to be, it is asked here.
 * @throws ProblemError `forbidden`
 */
export function assertMayGiveRole(call: Pick<CallContext, 'principal'>, role: MemberRole): void {
  if (!hasRole(call, role)) throw new ProblemError('forbidden', `The role ${role} is above what this caller has.`);
}

/** Whether a caller may give a role in a workspace: their own, one where they could, and an owner in each of the tenant. */
async function mayGiveIn(call: CallContext, workspace: string, role: MemberRole): Promise<boolean> {
  const { principal, scope, platform } = call;
  if (workspace === scope.workspace) return true;
  if (principal.kind !== 'operator') return false;
  if (principal.role === 'owner') return (await getWorkspace(platform.table, scope.tenant, workspace)) !== undefined;
  const there = await getMember(platform.table, workspaceScope(scope.tenant, workspace), principal.subject);
  return there?.status === 'active' && reaches(there.role, 'admin') && reaches(there.role, role);
}

/**
 * Refuses to give a role in workspaces where the caller could not. One that they know nothing of looks like none.
 * @throws ProblemError `forbidden` or `unknown_reference`
 */
export async function assertMayGiveIn(
  call: CallContext,
  workspaces: readonly string[],
  role: MemberRole,
): Promise<void> {
  if (workspaces.includes(call.scope.workspace)) assertMayGiveRole(call, role);
  for (const [index, workspace] of workspaces.entries()) {
    if (!(await mayGiveIn(call, workspace, role))) throw unknownReference(`/workspaces/${index}`, 'workspace');
  }
}
