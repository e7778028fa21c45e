import type { TeamUpdate } from '@laurel/contract/teams/schema';
import type { Fact } from '@laurel/contract/types';
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
import { assertPlays } from './may-play.ts';
import { notFound, ProblemError } from './problem.ts';
import { tellAside } from './telling.ts';

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
  return { id, name, visibility, joining, capacity, joinCode: newTeamCode(), ...made };
}

/** What a change of who is in a team takes of a call, or of a step of a background worker. */
type Changing = Pick<CallContext, 'scope' | 'now'> & { readonly platform: Pick<CallContext['platform'], 'table'> };

/** Changes a team from what was read of it. */
function change(call: Changing, before: StoredTeam, after: StoredTeam): ChangedTeam {
  return { team: after, writes: [changeTeam(call.platform.table, call.scope, before, after)] };
}

/** A team with other captains, if they are others, and with more or fewer members. */
function withMembers(team: StoredTeam, captains: readonly string[], grows: number): StoredTeam {
  const roster = captains === team.captains ? team.roster : team.roster + 1;
  return { ...team, captains, roster, size: team.size + grows };
}

/** A new member of a team. */
export function newMember(call: CallContext, user: User, place: Placement, at: string): MemberOfTeam {
  assertPlays(user, 'The user is suspended.');
  if (place.current !== null) throw new ProblemError('already_in_team');
  return { id: call.platform.newId('teamMember'), userId: user.id, joinedAt: notBefore(at, place.since) };
}

/** Writes that somebody is in a team from now on, and tells of it, and of what is written beside it. */
export async function enter(
  call: CallContext,
  team: string,
  place: Placement,
  member: MemberOfTeam,
  ...besides: readonly Fact[]
): Promise<Write[]> {
  const entered = enterTeam(call.platform.table, call.scope, team, place, member);
  const fact = { type: 'team.joined', occurredAt: member.joinedAt, data: { team } } as const;
  return [...entered, ...(await tellAside(call, member.userId, ...besides, fact))];
}

/** Puts a new member into a team. */
export async function addMember(
  call: CallContext,
  team: StoredTeam,
  place: Placement,
  member: MemberOfTeam,
  ...besides: readonly Fact[]
): Promise<ChangedTeam> {
  const { record, size } = team;
  if (size >= record.capacity) throw new ProblemError('team_full');
  const changed = change(call, team, withMembers(team, captainsAfterJoin(team.captains, member.id), 1));
  return { ...changed, writes: [...changed.writes, ...(await enter(call, record.id, place, member, ...besides))] };
}

/** Who becomes captain when the last one leaves: who has been there longest of the others. */
async function heirOf(call: Changing, team: StoredTeam, leaving: string): Promise<string | undefined> {
  const { record, captains, size } = team;
  if (size <= 1 || captains.some((captain) => captain !== leaving)) return undefined;
  const eldest = await listTeamMembers(call.platform.table, call.scope, record.id, { limit: 2, after: undefined });
  return eldest.items.find(({ id }) => id !== leaving)?.id;
}

/** The fact that somebody has left a team. */
export function hasLeft({ now }: Pick<Changing, 'now'>, team: string) {
  return { type: 'team.left', occurredAt: now, data: { team } } as const;
}

/** Takes a member out of a team, without a word of it. */
export async function takeOut(
  call: Changing,
  team: StoredTeam,
  place: Placement,
  member: Pick<MemberOfTeam, 'id' | 'userId'>,
): Promise<ChangedTeam> {
  const { table } = call.platform;
  const { record } = team;
  // Since they were looked up they may have left, and be in another team by now: that one is not to be touched.
  if (place.current?.member !== member.id) throw notFound();
  const isCaptain = team.captains.includes(member.id);
  const heir = isCaptain ? await heirOf(call, team, member.id) : undefined;
  const captains = isCaptain ? captainsAfterLeave(team.captains, member.id, heir) : team.captains;
  const changed = change(call, team, withMembers(team, captains, -1));
  const quit = quitTeam(table, call.scope, place, member.userId, call.now);
  const stays = heir === undefined ? [] : [memberStays(table, call.scope, record.id, heir)];
  return { ...changed, writes: [...changed.writes, ...quit, ...stays] };
}

/** Takes a member out of a team, and tells of it. */
export async function dropMember(
  call: CallContext,
  team: StoredTeam,
  place: Placement,
  member: Pick<MemberOfTeam, 'id' | 'userId'>,
): Promise<ChangedTeam> {
  const changed = await takeOut(call, team, place, member);
  const told = await tellAside(call, member.userId, hasLeft(call, team.record.id));
  return { ...changed, writes: [...changed.writes, ...told] };
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
  const captains = captainsWith(team.captains, member.id, role);
  if (captains === 'too_many') throw new ProblemError('unprocessable', `A team has at most ${MAX_CAPTAINS} captains.`);
  if (captains === 'last_one') throw new ProblemError('unprocessable', 'A team keeps one captain: make another first.');
  if (captains === team.captains) return { team, writes: [] };
  const changed = change(call, team, withMembers(team, captains, 0));
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
  const changed = { ...record, name, visibility, joining, capacity, version, updatedAt: call.now };
  return change(call, team, { ...team, record: changed });
}

/** Gives a team another code, so that the one before it invites nobody. */
export function changeCode(call: CallContext, team: StoredTeam): ChangedTeam {
  const { record } = team;
  const changed = { ...record, joinCode: newTeamCode(), version: record.version + 1, updatedAt: call.now };
  return change(call, team, { ...team, record: changed });
}
