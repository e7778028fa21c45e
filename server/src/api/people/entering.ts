import type { Membership } from '@laurel/contract/members/schema';
import { stronger } from '../../domain/people/roles.ts';
import type { Write } from '../../store/commit.ts';
import { getStandings, type MemberRecord, removeMember, saveMember } from '../../store/members.ts';
import {
  closeEntrance,
  getPerson,
  openEntrance,
  type PersonRecord,
  removePerson,
  savePerson,
} from '../../store/people.ts';
import { workspaceScope } from '../../store/scope.ts';
import { getTenant, getWorkspace } from '../../store/tenants.ts';
import { ProblemError } from '../problem.ts';
import { type Allotting, giveBack, seatOf, take } from './allotments.ts';
import { roleIdOf, stillGiven } from './role-grants.ts';

/** Who comes in, where, and as what. */
export interface Entering {
  readonly tenant: string;
  readonly subject: string;
  readonly email: string;
  readonly role: string;
  readonly workspaces: readonly string[];
  /** Who kept the seat until now. */
  readonly instead?: readonly string[];
  /** Whether the plan does not count: for whoever has the machine itself. */
  readonly unlimited?: boolean;
}

/** Somebody in a workspace as they become: whoever was there keeps what is stronger, and stays suspended. */
function standing(entering: Entering, before: MemberRecord | undefined, now: string): MemberRecord {
  const { subject, email } = entering;
  const role = roleIdOf(entering.role);
  if (before === undefined) return { subject, email, role, status: 'active', joinedAt: now, version: 1 };
  const kept = stronger(before.role, role);
  return kept === before.role ? before : { ...before, role: kept, version: before.version + 1 };
}

/** Somebody of the tenant, with more workspaces. */
function inWorkspaces(
  { subject, email }: Entering,
  before: PersonRecord | undefined,
  workspaces: readonly string[],
): PersonRecord {
  const all = [...new Set([...(before?.workspaces ?? []), ...workspaces])].toSorted();
  return { subject, email: before?.email ?? email, workspaces: all, version: (before?.version ?? 0) + 1 };
}

/**
 * Refuses to let anybody in where nobody may call: at a tenant that is suspended, and where all the workspaces are suspended
 * or archived. Where one of them answers, the others are entered with it: nothing is lost of what is closed for a while.
 * @throws ProblemError `invalid_code`
 */
export async function assertOpen(
  { table }: Allotting['platform'],
  tenant: string,
  workspaces: readonly string[],
): Promise<void> {
  const [owner, ...places] = await Promise.all([
    getTenant(table, tenant),
    ...workspaces.map((workspace) => getWorkspace(table, tenant, workspace)),
  ]);
  const isOpen = owner?.status === 'active' && places.some((place) => place?.status === 'active');
  if (!isOpen) throw new ProblemError('invalid_code');
}

/** Makes somebody a member of workspaces of one tenant, on one seat. @throws ProblemError `plan_limit_reached` */
export async function enter(
  allotting: Allotting,
  entering: Entering,
): Promise<{ readonly memberships: Membership[]; readonly writes: Write[] }> {
  const { table } = allotting.platform;
  const { tenant, subject, email, workspaces, instead = [], unlimited = false } = entering;
  const scopes = workspaces.map((workspace) => workspaceScope(tenant, workspace));
  const [before, person, seat] = await Promise.all([
    getStandings(table, scopes, subject),
    getPerson(table, tenant, subject),
    take(allotting, tenant, 'seats', subject, { of: seatOf(tenant, email), until: null }, { instead, unlimited }),
  ]);
  const standings = scopes.map((scope) => {
    const known = before.get(scope.workspace);
    return { scope, known, record: standing(entering, known, allotting.realNow) };
  });
  const moved = standings.filter(({ known, record }) => known !== record);
  const given = await Promise.all(moved.map(({ scope, record }) => stillGiven(allotting.platform, scope, record.role)));
  return {
    memberships: standings.map(({ scope, record }) => ({
      workspace: scope.workspace,
      role: record.role,
      status: record.status,
    })),
    writes: [
      ...seat,
      ...given.flat(),
      ...moved.flatMap(({ scope, record }) => [
        saveMember(table, scope, record),
        openEntrance(table, subject, { tenant, workspace: scope.workspace }),
      ]),
      ...(moved.length === 0 ? [] : [savePerson(table, tenant, inWorkspaces(entering, person, workspaces))]),
    ],
  };
}

/** Takes a member out of a workspace; whoever is in no other of the tenant gives back their seat. */
export async function leave(
  allotting: Allotting,
  place: { readonly tenant: string; readonly workspace: string },
  member: MemberRecord,
): Promise<Write[]> {
  const { table } = allotting.platform;
  const { tenant, workspace } = place;
  const { subject } = member;
  const person = await getPerson(table, tenant, subject);
  const workspaces = (person?.workspaces ?? []).filter((one) => one !== workspace);
  const isGone = workspaces.length === 0;
  return [
    removeMember(table, workspaceScope(tenant, workspace), member),
    closeEntrance(table, subject, place),
    ...(person === undefined
      ? []
      : [
          isGone
            ? removePerson(table, tenant, person)
            : savePerson(table, tenant, { ...person, workspaces, version: person.version + 1 }),
        ]),
    ...(isGone ? await giveBack(allotting, tenant, 'seats', [subject]) : []),
  ];
}
