import type { TeamUpdate } from '@laurel/contract/teams/schema';
import type { User } from '@laurel/contract/users/schema';
import { captainsAfterJoin, captainsAfterLeave, captainsWith, MAX_CAPTAINS, notBefore } from '../domain/index.ts';
import { newTeamCode } from '../identity/team-code.ts';
import type { Write } from '../store/commit.ts';
import { enterTeam, type Placement, quitTeam } from '../store/memberships.ts';
import {
  changeTeam,
  getTeamMember,
  listTeamMembers,
  type MemberOfTeam,
  memberStays,
  type StoredTeam,
  type TeamRecord,
} from '../store/teams.ts';
import type { CallContext } from './call.ts';
import { notFound, ProblemError } from './problem.ts';

/** A team after a change, and what makes it so. */
export interface ChangedTeam {
  readonly team: StoredTeam;
  readonly writes: readonly Write[];
}

/** A new team, without members. */
export function newTeam(
  call: CallContext,
  given: Pick<TeamRecord, 'id' | 'name' | 'visibility' | 'joining' | 'capacity'>,
): TeamRecord {
  const { id, name, visibility, joining, capacity } = given;
  const made = { version: 1, createdAt: call.now, updatedAt: call.now };
  return { id, name, visibility, joining, capacity, captains: [], code: newTeamCode(), ...made };
}

/** The next version of a team's record; the record itself where its captains are the same ones. */
function withCaptains(record: TeamRecord, captains: readonly string[], now: string): TeamRecord {
  if (captains === record.captains) return record;
  return { ...record, captains, version: record.version + 1, updatedAt: now };
}

/** Changes a team from what was read of it. */
function change(call: CallContext, { record, size }: StoredTeam, after: TeamRecord, grows: number): ChangedTeam {
  const writes = [changeTeam(call.platform.table, call.scope, record, after, grows)];
  return { team: { record: after, size: size + grows }, writes };
}

/** A new member of a team. */
export function newMember(call: CallContext, user: User, place: Placement, at: string): MemberOfTeam {
  if (user.status !== 'active') throw new ProblemError('unprocessable', 'The user is suspended.');
  if (place.current !== null) throw new ProblemError('already_in_team');
  return { id: call.platform.newId('teamMember'), userId: user.id, joinedAt: notBefore(at, place.since) };
}

/** Puts a new member into a team. */
export function addMember(call: CallContext, team: StoredTeam, place: Placement, member: MemberOfTeam): ChangedTeam {
  const { record, size } = team;
  if (size >= record.capacity) throw new ProblemError('team_full');
  const captains = captainsAfterJoin(record.captains, member.id);
  const changed = change(call, team, withCaptains(record, captains, call.now), 1);
  const entered = enterTeam(call.platform.table, call.scope, record.id, place, member);
  return { ...changed, writes: [...changed.writes, ...entered] };
}

/** Who becomes captain when the last one leaves: who has been there longest of the others. */
async function heirOf(call: CallContext, { record, size }: StoredTeam, leaving: string): Promise<string | undefined> {
  if (size <= 1 || record.captains.some((captain) => captain !== leaving)) return undefined;
  const eldest = await listTeamMembers(call.platform.table, call.scope, record.id, { limit: 2, after: undefined });
  return eldest.items.find(({ id }) => id !== leaving)?.id;
}

/** Takes a member out of a team. */
export async function dropMember(
  call: CallContext,
  team: StoredTeam,
  place: Placement,
  member: Pick<MemberOfTeam, 'id' | 'userId'>,
): Promise<ChangedTeam> {
  const { table } = call.platform;
  const { record } = team;
  const isCaptain = record.captains.includes(member.id);
  const heir = isCaptain ? await heirOf(call, team, member.id) : undefined;
  const captains = isCaptain ? captainsAfterLeave(record.captains, member.id, heir) : record.captains;
  const changed = change(call, team, withCaptains(record, captains, call.now), -1);
  const quit = quitTeam(table, call.scope, place, member.userId, call.now);
  const stays = heir === undefined ? [] : [memberStays(table, call.scope, record.id, heir)];
  return { ...changed, writes: [...changed.writes, ...quit, ...stays] };
}

/** The member of a team whom a call names. */
export async function memberOf(
  call: CallContext & { readonly params: { readonly member: string } },
  team: StoredTeam,
): Promise<MemberOfTeam> {
  const member = await getTeamMember(call.platform.table, call.scope, team.record.id, call.params.member);
  if (member === undefined) throw notFound();
  return member;
}

/** Makes a member a captain, or no longer. */
export function changeRole(
  call: CallContext,
  team: StoredTeam,
  member: MemberOfTeam,
  role: 'captain' | 'member',
): ChangedTeam {
  const captains = captainsWith(team.record.captains, member.id, role);
  if (captains === 'too_many') throw new ProblemError('unprocessable', `A team has at most ${MAX_CAPTAINS} captains.`);
  if (captains === 'last_one') throw new ProblemError('unprocessable', 'A team keeps one captain: make another first.');
  if (captains === team.record.captains) return { team, writes: [] };
  const changed = change(call, team, withCaptains(team.record, captains, call.now), 0);
  const stays = memberStays(call.platform.table, call.scope, team.record.id, member.id);
  return { ...changed, writes: [...changed.writes, stays] };
}

/** Changes what a team is called, who finds and joins it, and how many it takes. */
export function changeSettings(call: CallContext, team: StoredTeam, given: TeamUpdate): ChangedTeam {
  const { record, size } = team;
  if (call.ifMatch !== record.version) throw new ProblemError('version_mismatch');
  const {
    name = record.name,
    visibility = record.visibility,
    joining = record.joining,
    capacity = record.capacity,
  } = given;
  if (capacity < size) {
    const message = `it has ${size} members`;
    throw new ProblemError('team_full', `/capacity: ${message}`, {
      errors: [{ pointer: '/capacity', code: 'too_small', message }],
    });
  }
  const version = record.version + 1;
  return change(call, team, { ...record, name, visibility, joining, capacity, version, updatedAt: call.now }, 0);
}

/** Gives a team another code, so that the one before it invites nobody. */
export function changeCode(call: CallContext, team: StoredTeam): ChangedTeam {
  const { record } = team;
  return change(call, team, { ...record, code: newTeamCode(), version: record.version + 1, updatedAt: call.now }, 0);
}
