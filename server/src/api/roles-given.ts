import type { RoleConditions } from '@laurel/contract/types';
import { isBound, isWithin } from '../domain/index.ts';
import { grantable, metaByAction, permissionsOfBuiltIn } from '../identity/permissions.ts';
import { isBuiltIn, type RoleId } from '../identity/principal.ts';
import { decideEach, type PolicyRequest } from '../ports/policy.ts';
import type { Write } from '../store/commit.ts';
import { getRole, noteGiven } from '../store/roles.ts';
import { askedBy, type Caller } from './admission.ts';
import { ProblemError, unknownReference } from './problem.ts';
import { witnessesOf } from './witness.ts';

/** What a role holds, whoever has it. */
export interface Holding {
  readonly permissions: readonly string[];
  readonly conditions: RoleConditions;
}

/** The permissions among some that the caller lacks, whatever their role is bound to. */
async function lackedBy(caller: Caller, permissions: readonly string[]): Promise<string[]> {
  const asked = permissions.flatMap((action): { action: string; requests: PolicyRequest[] }[] => {
    const meta = metaByAction.get(action);
    if (meta?.callers.some((kind) => kind === caller.principal.kind) !== true) return [{ action, requests: [] }];
    return [{ action, requests: witnessesOf(askedBy(caller), meta) }];
  });
  const decisions = await decideEach(
    caller.platform.policy,
    asked.flatMap(({ requests }) => requests),
  );
  if (decisions.some(({ unavailable }) => unavailable === true)) throw new ProblemError('unavailable');
  let next = 0;
  return asked.flatMap(({ action, requests }) => {
    const own = decisions.slice(next, next + requests.length);
    next += requests.length;
    return own.some(({ allowed }) => allowed) ? [] : [action];
  });
}

/**
 * Refuses whoever would give what they lack: each permission must be their own, and the conditions must let through
 * nothing that their own would not.
 */
export async function assertMayGiveHolding(caller: Caller, { permissions, conditions }: Holding): Promise<void> {
  const [lacked] = await lackedBy(caller, permissions);
  const code = caller.principal.kind === 'machine' ? 'insufficient_scope' : 'forbidden';
  if (lacked !== undefined) throw new ProblemError(code, `The caller itself lacks the permission ${lacked}.`);
  if (caller.role !== undefined && !isWithin(conditions, caller.role.conditions)) {
    throw new ProblemError(code, "The caller itself lacks it: the role must be bound as the caller's own is.");
  }
}

/**
 * Whether this caller may give this role to somebody: to a member, by an invitation, by a join code. Refuses who may not,
 * and a role that is not there; answers with what belongs into the commit that gives it, so that no role is deleted while
 * it is given.
 *
 * @param pointer where the role stands in the body
 */
export async function giveRole(caller: Caller, role: RoleId, pointer = '/role'): Promise<Write[]> {
  if (isBuiltIn(role)) {
    await assertMayGiveHolding(caller, { permissions: permissionsOfBuiltIn(role), conditions: {} });
    return [];
  }
  const { table } = caller.platform;
  const found = await getRole(table, caller.scope, role);
  if (found === undefined) throw unknownReference(pointer, 'role');
  const { permissions, conditions } = found.role;
  // What is no permission any more is nobody's to lack.
  await assertMayGiveHolding(caller, { permissions: permissions.filter((one) => grantable.has(one)), conditions });
  return [noteGiven(table, caller.scope, found)];
}

/** Whether the caller's own rights are bound by nothing: a credential that they make would be bound by nothing either. */
export function isUnbound({ role }: Pick<Caller, 'role'>): boolean {
  return role === undefined || !isBound(role.conditions);
}
