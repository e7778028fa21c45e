import { contract, type Level, routesOf } from '@laurel/contract';
import { reaches } from '../../domain/people/roles.ts';
import { isBuiltIn, isRoleId, type Role, type RoleId } from '../../identity/principal.ts';
import type { Write } from '../../store/commit.ts';
import { getMember } from '../../store/members.ts';
import { getRole, noteGiven } from '../../store/roles.ts';
import { type Scope, workspaceScope } from '../../store/scope.ts';
import { getWorkspace } from '../../store/tenants.ts';
import type { CallContext } from '../call.ts';
import type { Platform } from '../platform.ts';
import { ProblemError, unknownReference } from '../problem.ts';
import { giveRole } from '../roles-given.ts';

/** The levels that a role has, as `server/policies/roles.cedar` grants them. */
const levelsOf: Readonly<Record<Role, readonly Level[]>> = {
  viewer: ['read'],
  member: ['read', 'operate'],
  manager: ['read', 'operate', 'author'],
  admin: ['read', 'operate', 'author', 'administer'],
  owner: ['read', 'operate', 'author', 'administer', 'own'],
};

/** All scopes that a machine needs to do what a role lets people do. */
function scopesFor(role: Role): string[] {
  // Of the platform's own routes a role of a workspace reaches those of its tenant, which are its owners'.
  const reached = routesOf(contract).filter(({ context, meta }) => context !== 'platform' || meta?.level === 'own');
  const metas = reached.flatMap(({ meta }) => meta ?? []);
  const open = metas.filter(({ callers, level }) => callers.includes('operator') && levelsOf[role].includes(level));
  return [...new Set(open.filter(({ callers }) => callers.includes('machine')).map(({ scope }) => scope))];
}

const scopesOfRole = new Map<Role, string[]>();

/** Whether a caller has all that a role gives: an operator by their own role, a machine by its scopes. */
function hasRole({ principal }: Pick<CallContext, 'principal'>, role: Role): boolean {
  if (principal.kind === 'operator') return principal.role !== undefined && reaches(principal.role, role);
  const needed = scopesOfRole.get(role) ?? scopesFor(role);
  scopesOfRole.set(role, needed);
  return principal.kind === 'machine' && needed.every((scope) => principal.scopes.includes(scope));
}

/** A role of a body that its schema has let through, as what it is. */
export function roleIdOf(role: string): RoleId {
  if (!isRoleId(role)) throw new Error('a role has an id that no role can have');
  return role;
}

/**
 * Nobody gives a role above their own. The one place that says so: whatever else roles come to be, it is asked here.
 * Roles that every workspace has are held against the caller's own; of a workspace's own each permission is.
 * @param pointer where the role stands in the body
 * @returns what belongs into the commit that gives it
 * @throws ProblemError `forbidden`, `insufficient_scope` or `unknown_reference`
 */
export async function give(call: CallContext, role: string, pointer = '/role'): Promise<Write[]> {
  const id = roleIdOf(role);
  const { kind, role: own } = call.principal;
  if (!isBuiltIn(id) || (kind === 'operator' && !isBuiltIn(own))) return giveRole(call, id, pointer);
  if (!hasRole(call, id)) throw new ProblemError('forbidden', `The role ${id} is above what this caller has.`);
  return [];
}

/** Refuses to touch what a role was given to by whoever could not give it. What is of a deleted role is anybody's. */
export async function assertMayTouch(call: CallContext, role: string): Promise<void> {
  const id = roleIdOf(role);
  if (!isBuiltIn(id) && (await getRole(call.platform.table, call.scope, id)) === undefined) return;
  await give(call, id);
}

/** Whether a caller may give a role in a workspace: their own, one where they could, and an owner in each of the tenant. */
async function mayGiveIn(call: CallContext, workspace: string, role: Role): Promise<boolean> {
  const { principal, scope, platform } = call;
  if (workspace === scope.workspace) return true;
  if (principal.kind !== 'operator') return false;
  if (principal.role === 'owner') return (await getWorkspace(platform.table, scope.tenant, workspace)) !== undefined;
  const there = await getMember(platform.table, workspaceScope(scope.tenant, workspace), principal.subject);
  return there?.status === 'active' && reaches(there.role, 'admin') && reaches(there.role, role);
}

/**
 * Refuses to give a role in workspaces where the caller could not. One that they know nothing of looks like none; a role
 * of a workspace's own is given there alone.
 * @returns what belongs into the commit that gives it
 * @throws ProblemError `forbidden`, `insufficient_scope` or `unknown_reference`
 */
export async function assertMayGiveIn(
  call: CallContext,
  workspaces: readonly string[],
  role: string,
): Promise<Write[]> {
  if (!isBuiltIn(role) && workspaces.some((workspace) => workspace !== call.scope.workspace))
    throw unknownReference('/role', 'role');
  const writes = workspaces.includes(call.scope.workspace) ? await give(call, role) : [];
  for (const [index, workspace] of workspaces.entries()) {
    if (isBuiltIn(role) && !(await mayGiveIn(call, workspace, role)))
      throw unknownReference(`/workspaces/${index}`, 'workspace');
  }
  return writes;
}

/**
 * What belongs into the commit by which somebody gets a role that was offered before: it must still be there.
 * @throws ProblemError `invalid_code`
 */
export async function stillGiven({ table }: Pick<Platform, 'table'>, scope: Scope, role: RoleId): Promise<Write[]> {
  if (isBuiltIn(role)) return [];
  const found = await getRole(table, scope, role);
  if (found === undefined) throw new ProblemError('invalid_code');
  return [noteGiven(table, scope, found)];
}
