import type { Contract } from '@laurel/contract';
import type { Role, RoleConditions, Workspace } from '@laurel/contract/types';
import { isOfType } from '../domain/index.ts';
import { grantable, permissionsOfBuiltIn } from '../identity/permissions.ts';
import { type Role as BuiltIn, roles as builtIns, isBuiltIn, isRoleId, type RoleId } from '../identity/principal.ts';
import { policySize, roleEntity } from '../identity/role-policy.ts';
import type { HeldRole } from '../ports/policy.ts';
import { hasHolder } from '../store/members.ts';
import { createRole, deleteRole, getRole, getRoles, type StoredRole, updateRole } from '../store/roles.ts';
import { getTeams } from '../store/teams.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';
import { workspaceOf } from './reader.ts';
import { assertMayGiveHolding } from './roles-given.ts';

/** The most roles of a workspace's own. */
const MOST_ROLES = 100;
/** The longest policy that Verified Permissions takes, in bytes. */
const MOST_BYTES = 10_000;

/** A role that every workspace has, as it is shown. */
export function builtInRole(id: BuiltIn): Role {
  return {
    id,
    name: id,
    description: null,
    builtIn: true,
    permissions: [...permissionsOfBuiltIn(id)],
    conditions: {},
    version: 1,
    createdAt: null,
    updatedAt: null,
  };
}

function against(pointer: string, code: string, message: string): ProblemError {
  return new ProblemError('unprocessable', `${pointer}: ${message}`, { errors: [{ pointer, code, message }] });
}

/** Refuses a condition on an attribute that says nothing certain of a player, or on a value that it cannot have. */
function checkUsers(condition: RoleConditions['users'], { userAttributes }: Workspace): void {
  if (condition === undefined) return;
  const { attribute, values } = condition;
  const declaration = new Map(Object.entries(userAttributes ?? {})).get(attribute);
  const at = '/conditions/users/attribute';
  if (declaration === undefined) throw against(at, 'undeclared', 'the workspace declares no such attribute');
  if (declaration.playersMay === 'write') throw against(at, 'writable', 'players write it themselves');
  const odd = values.findIndex((value) => !isOfType(value, declaration.type));
  if (odd >= 0) {
    throw against(`/conditions/users/values/${odd}`, 'invalid_type', `must be of the type ${declaration.type}`);
  }
}

type Given = Pick<Role, 'name' | 'description' | 'permissions' | 'conditions'>;

/** Refuses a role that could not hold, or that its giver may not give. */
async function check(call: CallContext, given: Given, id: RoleId): Promise<HeldRole> {
  const unknown = given.permissions.findIndex((permission) => !grantable.has(permission));
  if (unknown >= 0) throw unknownReference(`/permissions/${unknown}`, 'permission');
  checkUsers(given.conditions.users, await workspaceOf(call));
  const teams = given.conditions.teams ?? [];
  const known = await getTeams(call.platform.table, call.scope, teams);
  const missing = teams.findIndex((team) => !known.has(team));
  if (missing >= 0) throw unknownReference(`/conditions/teams/${missing}`, 'team');
  await assertMayGiveHolding(call, given);
  const role: HeldRole = { id, permissions: given.permissions, conditions: given.conditions };
  if (policySize(call.scope, role) > MOST_BYTES) {
    throw against('/conditions', 'too_big', `its policy is longer than ${MOST_BYTES} bytes: name fewer values`);
  }
  return role;
}

function sortedPermissions(permissions: readonly string[]): string[] {
  return [...new Set(permissions)].toSorted();
}

async function storedOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<StoredRole> {
  const { id } = call.params;
  if (isBuiltIn(id)) throw new ProblemError('unprocessable', 'Every workspace has this role: it cannot be changed.');
  const found = isRoleId(id) ? await getRole(call.platform.table, call.scope, id) : undefined;
  if (found === undefined) throw notFound();
  return found;
}

/** What a stored role holds, as far as there still is such a permission. */
function heldOf({ id, permissions, conditions }: Role): HeldRole {
  if (!isRoleId(id)) throw new Error('a role has an id that no role can have');
  return { id, permissions: permissions.filter((one) => grantable.has(one)), conditions };
}

/** Makes a policy known; false, and a line in the log, where whoever decides could not be told. */
async function isPublished({ platform, scope }: CallContext, role: HeldRole): Promise<boolean> {
  try {
    await platform.rolePolicies.publish(scope, role);
    return true;
  } catch (error) {
    platform.logger.error('policy not published', { error: error instanceof Error ? error : String(error) });
    return false;
  }
}

/** Makes a policy known before its role is: what decides elsewhere must know it by then, or nothing is changed. */
async function publish(call: CallContext, role: HeldRole): Promise<void> {
  if (!(await isPublished(call, role))) throw new ProblemError('unavailable');
}

/**
 * Takes the policy of what a role was away. Whoever made it that again meanwhile found the policy there still, so what the
 * role is by now is made known once more.
 */
async function withdraw(call: CallContext, before: HeldRole): Promise<void> {
  const { platform, scope } = call;
  await platform.rolePolicies.withdraw(scope, before);
  const found = await getRole(platform.table, scope, before.id);
  if (found !== undefined) await isPublished(call, heldOf(found.role));
}

/** The key of a role in the list: those of every workspace come first, the strongest before the others. */
function placeOf({ id }: Role): string {
  return isBuiltIn(id) ? `0${builtIns.indexOf(id)}` : `1${id}`;
}

export const roles: Handlers<Contract['dashboard']['roles']> = {
  async list(call) {
    const all = [...builtIns.map(builtInRole), ...(await getRoles(call.platform.table, call.scope))];
    return { body: pageOf(call, null, listingOf(all, reachOf(call, null), placeOf), (role) => role) };
  },

  async create(call) {
    const { platform, scope, now } = call;
    const permissions = sortedPermissions(call.body.permissions);
    const made = platform.newId('role');
    if (!isRoleId(made)) throw new Error('a role was given an id that no role can have');
    const held = await check(call, { ...call.body, permissions }, made);
    if ((await getRoles(platform.table, scope)).length >= MOST_ROLES) {
      throw new ProblemError('unprocessable', `A workspace has at most ${MOST_ROLES} roles of its own.`);
    }
    const times = { version: 1, createdAt: now, updatedAt: now };
    const role: Role = { ...call.body, permissions, id: made, builtIn: false, ...times };
    await publish(call, held);
    return { body: role, writes: createRole(platform.table, scope, role) };
  },

  async get(call) {
    const { id } = call.params;
    return { body: isBuiltIn(id) ? builtInRole(id) : (await storedOf(call)).role };
  },

  async update(call) {
    const { platform, scope } = call;
    const { role: before } = await storedOf(call);
    if (call.ifMatch !== before.version) throw new ProblemError('version_mismatch');
    // What somebody else holds is not theirs to change, not even to less.
    await assertMayGiveHolding(call, heldOf(before));
    const permissions = sortedPermissions(call.body.permissions);
    const held = await check(call, { ...call.body, permissions }, heldOf(before).id);
    const role: Role = { ...before, ...call.body, permissions, version: before.version + 1, updatedAt: call.now };
    await publish(call, held);
    const after = () => withdraw(call, heldOf(before));
    const isSame = roleEntity(scope, held) === roleEntity(scope, heldOf(before));
    const writes = updateRole(platform.table, scope, role);
    return { body: role, writes: isSame ? writes : writes.map((write) => ({ ...write, after })) };
  },

  async remove(call) {
    const { platform, scope } = call;
    const found = await storedOf(call);
    await assertMayGiveHolding(call, heldOf(found.role));
    if (await hasHolder(platform.table, scope, heldOf(found.role).id)) {
      throw new ProblemError('in_use', 'Somebody still has this role: give them another one first.');
    }
    const after = () => platform.rolePolicies.withdraw(scope, heldOf(found.role));
    const writes = deleteRole(platform.table, scope, found).map((write) => ({ ...write, after }));
    return { body: found.role, writes };
  },
};
