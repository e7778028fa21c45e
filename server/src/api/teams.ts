import type { Contract } from '@laurel/contract';
import type { Team, TeamMember } from '@laurel/contract/teams/schema';
import { utcInstant } from '../calendar/civil.ts';
import { getPlacement, type Placement } from '../store/memberships.ts';
import { createTeam, getTeam, listTeamMembers, listTeams, type MemberOfTeam, type StoredTeam } from '../store/teams.ts';
import { getUser } from '../store/users.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';
import { workspaceOf } from './reader.ts';
import {
  addMember,
  changeCode,
  changeRole,
  changeSettings,
  dropMember,
  memberOf,
  newMember,
  newTeam,
} from './team-changes.ts';
import { teamProgress } from './team-progress.ts';

function present({ record, size }: StoredTeam): Team {
  return { ...record, size };
}

function presentMember({ captains }: StoredTeam, { id, userId, joinedAt }: MemberOfTeam): TeamMember {
  return { id, userId, role: captains.includes(id) ? 'captain' : 'member', joinedAt };
}

async function teamOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<StoredTeam> {
  const team = await getTeam(call.platform.table, call.scope, call.params.id);
  if (team === undefined) throw notFound();
  return team;
}

/** Since when somebody is to be in a team: one change of a player's team comes after the other. */
function joinedAtOf(call: CallContext, given: string | undefined, { since }: Placement): string {
  if (given === undefined) return call.now;
  const refuse = (message: string) =>
    new ProblemError('time_out_of_range', `/joinedAt: ${message}`, {
      errors: [{ pointer: '/joinedAt', code: 'time_out_of_range', message }],
    });
  // The year 0 and its like are out of range before any calendar is asked.
  if (/^(?:0|1[0-8])/.test(given)) throw refuse('from 1900 on');
  const joinedAt = utcInstant(given);
  if (joinedAt > call.now) throw refuse('not ahead of now');
  if (since !== null && joinedAt < since) throw refuse(`not before ${since}, when they last joined or left a team`);
  return joinedAt;
}

export const teams: Handlers<Contract['dashboard']['teams']> = {
  async list(call) {
    const found = await listTeams(call.platform.table, call.scope, reachOf(call, null), () => true);
    return { body: pageOf(call, null, found, present) };
  },

  async create(call) {
    const { capacity = (await workspaceOf(call)).teams.capacity, id = call.platform.newId('team') } = call.body;
    const team = { record: newTeam(call, { ...call.body, id, capacity }), captains: [], roster: 1, size: 0 };
    return { body: present(team), writes: [createTeam(call.platform.table, call.scope, team)] };
  },

  async get(call) {
    return { body: present(await teamOf(call)) };
  },

  async update(call) {
    const { team, writes } = changeSettings(call, await teamOf(call), call.body);
    return { body: present(team), writes };
  },

  async rotateCode(call) {
    const { team, writes } = changeCode(call, await teamOf(call));
    return { body: present(team), writes };
  },

  async members(call) {
    const team = await teamOf(call);
    const filters = { team: team.record.id };
    const found = await listTeamMembers(call.platform.table, call.scope, team.record.id, reachOf(call, filters));
    return { body: pageOf(call, filters, found, (member) => presentMember(team, member)) };
  },

  async addMember(call) {
    const { table } = call.platform;
    const team = await teamOf(call);
    const user = await getUser(table, call.scope, call.body.userId);
    if (user === undefined) throw unknownReference('/userId', 'user');
    const place = await getPlacement(table, call.scope, user.id);
    const member = newMember(call, user, place, joinedAtOf(call, call.body.joinedAt, place));
    const { team: after, writes } = await addMember(call, team, place, member);
    return { body: presentMember(after, member), writes };
  },

  async setRole(call) {
    const team = await teamOf(call);
    const member = await memberOf(call, team);
    const { team: after, writes } = changeRole(call, team, member, call.body.role);
    return { body: presentMember(after, member), writes };
  },

  async removeMember(call) {
    const team = await teamOf(call);
    const member = await memberOf(call, team);
    const place = await getPlacement(call.platform.table, call.scope, member.userId);
    const { team: after, writes } = await dropMember(call, team, place, member);
    return { body: present(after), writes };
  },

  ...teamProgress,
};
