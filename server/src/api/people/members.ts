import type { Contract } from '@laurel/contract';
import type { Member, MemberUpdate } from '@laurel/contract/members/schema';
import { losesLastOwner } from '../../domain/people/roles.ts';
import type { Write } from '../../store/commit.ts';
import {
  getMember,
  getStandings,
  listMembers,
  type MemberRecord,
  moveOwners,
  readOwners,
  saveMember,
} from '../../store/members.ts';
import { getPerson } from '../../store/people.ts';
import { workspaceScope } from '../../store/scope.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from '../call.ts';
import { notFound, ProblemError } from '../problem.ts';
import { allotmentQueue } from './allotments.ts';
import { leave } from './entering.ts';
import { assertMayTouch, give, roleIdOf } from './role-grants.ts';

function present({ subject, email, role, status, joinedAt, version }: MemberRecord): Member {
  return { id: subject, email, role, status, joinedAt, version };
}

type MemberCall = CallContext & { readonly params: { readonly id: string } };

async function memberOf(call: MemberCall): Promise<MemberRecord> {
  const member = await getMember(call.platform.table, call.scope, call.params.id);
  if (member === undefined) throw notFound();
  return member;
}

/** What keeps a workspace from losing its last owner by a change of one member; nothing where it cannot. */
async function guardOwners(call: CallContext, before: MemberRecord, after: MemberRecord | undefined): Promise<Write[]> {
  if (!losesLastOwner([], before, after)) return [];
  const owners = await readOwners(call.platform.table, call.scope);
  if (losesLastOwner(owners.members, before, after)) throw new ProblemError('last_owner');
  return [moveOwners(call.platform.table, call.scope, owners)];
}

/** A member after a change. */
function changedMember(
  member: MemberRecord,
  { role: asked = member.role, status = member.status }: MemberUpdate,
): MemberRecord {
  return { ...member, role: roleIdOf(asked), status, version: member.version + 1 };
}

export const members: Handlers<Contract['dashboard']['members']> = {
  async list(call) {
    const found = await listMembers(call.platform.table, call.scope, reachOf(call, null));
    return { body: pageOf(call, null, found, present) };
  },

  async get(call) {
    return { body: present(await memberOf(call)) };
  },

  async update(call) {
    const member = await memberOf(call);
    if (call.ifMatch !== member.version) throw new ProblemError('version_mismatch');
    const changed = changedMember(member, call.body);
    await assertMayTouch(call, member.role);
    const given = await give(call, changed.role);
    const guard = await guardOwners(call, member, changed);
    return {
      body: present(changed),
      writes: [saveMember(call.platform.table, call.scope, changed), ...guard, ...given],
    };
  },

  async remove(call) {
    const member = await memberOf(call);
    await assertMayTouch(call, member.role);
    const guard = await guardOwners(call, member, undefined);
    return {
      body: present(member),
      writes: [...(await leave(call, call.scope, member)), ...guard],
      queue: allotmentQueue(call.scope.tenant, 'seats'),
    };
  },
};

export const dashboardMe: Pick<Handlers<Contract['dashboard']['me']>, 'get'> = {
  async get(call) {
    const { principal, scope } = call;
    const { tenant, workspace } = scope;
    const { subject: id } = principal;
    if (principal.kind !== 'operator') {
      const machine = { kind: 'machine' as const, email: null, role: null, scopes: [...principal.scopes] };
      return { body: { ...machine, id, tenant, workspace, memberships: [] } };
    }
    const { table } = call.platform;
    const person = await getPerson(table, tenant, id);
    const scopes = (person?.workspaces ?? [workspace]).map((one) => workspaceScope(tenant, one));
    const standings = await getStandings(table, scopes, id);
    const own = standings.get(workspace);
    return {
      body: {
        kind: 'operator',
        id,
        email: person?.email ?? own?.email ?? null,
        tenant,
        workspace,
        role: principal.role ?? null,
        scopes: [],
        memberships: [...standings]
          .map(([name, { role, status }]) => ({ workspace: name, role, status }))
          .toSorted((a, b) => (a.workspace < b.workspace ? -1 : 1)),
      },
    };
  },
};
