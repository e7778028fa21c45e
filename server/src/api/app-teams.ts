import type { Contract } from '@laurel/contract';
import type { PlayerTeam, PlayerTeamMember, TeamRole } from '@laurel/contract/teams/schema';
import type { User } from '@laurel/contract/users/schema';
import { isTeamCode } from '../identity/team-code.ts';
import { getPlacement, type Placement } from '../store/memberships.ts';
import { createTeam, getTeam, listTeamMembers, listTeams, type MemberOfTeam, type StoredTeam } from '../store/teams.ts';
import { getUsers } from '../store/users.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError } from './problem.ts';
import { displayNameOf } from './profile.ts';
import { playerOf, workspaceOf } from './reader.ts';
import {
  addMember,
  changeCode,
  changeRole,
  changeSettings,
  dropMember,
  enter,
  memberOf,
  newMember,
  newTeam,
} from './team-changes.ts';

/** A player before a team: who it is, where they are, and the team where they may know of it. */
interface Visit {
  readonly user: User;
  readonly place: Placement;
  readonly team: StoredTeam;
}

type TeamCall = CallContext & { readonly params: { readonly id: string } };

function roleIn({ record, captains }: StoredTeam, { current }: Pick<Placement, 'current'>): TeamRole | null {
  if (current?.team !== record.id) return null;
  return captains.includes(current.member) ? 'captain' : 'member';
}

function present(team: StoredTeam, place: Pick<Placement, 'current'>): PlayerTeam {
  const { id, name, visibility, joining, capacity, version, joinCode } = team.record;
  const role = roleIn(team, place);
  const shown = { id, name, visibility, joining, capacity, size: team.size, version, role };
  return { ...shown, joinCode: role === 'captain' ? joinCode : null };
}

/** Reads the team that a call names; a private one is there for its members and for who has its code. */
async function visit(call: TeamCall, given?: string): Promise<Visit> {
  const { table } = call.platform;
  const user = await playerOf(call);
  const [team, place] = await Promise.all([
    getTeam(table, call.scope, call.params.id),
    getPlacement(table, call.scope, user.id),
  ]);
  if (team === undefined) throw notFound();
  const { visibility, joinCode } = team.record;
  if (visibility === 'private' && roleIn(team, place) === null && !isTeamCode(given, joinCode)) throw notFound();
  return { user, place, team };
}

/** Reads the team of a call that only its captains may make. */
async function visitAsCaptain(call: TeamCall): Promise<Visit> {
  const visited = await visit(call);
  if (roleIn(visited.team, visited.place) !== 'captain') {
    throw new ProblemError('forbidden', 'Only captains of the team may do this.');
  }
  return visited;
}

function presentMember(
  { captains }: StoredTeam,
  { id, userId, joinedAt }: MemberOfTeam,
  users: ReadonlyMap<string, User>,
  me: User,
): PlayerTeamMember {
  const role = captains.includes(id) ? 'captain' : 'member';
  return { id, displayName: displayNameOf(userId, users.get(userId)), role, joinedAt, isMe: userId === me.id };
}

/** The team that a player is in, as a list. */
async function ownTeam(call: CallContext, { current }: Placement): Promise<StoredTeam[]> {
  const team = current === null ? undefined : await getTeam(call.platform.table, call.scope, current.team);
  return team === undefined ? [] : [team];
}

export const appTeams: Handlers<Contract['app']['teams']> = {
  async list(call) {
    const { table } = call.platform;
    const user = await playerOf(call);
    const place = await getPlacement(table, call.scope, user.id);
    const filters = { user: user.id, mine: call.query.mine };
    const reach = reachOf(call, filters);
    const isShown = (team: StoredTeam) => team.record.visibility === 'public' || roleIn(team, place) !== null;
    const found =
      call.query.mine === undefined
        ? await listTeams(table, call.scope, reach, isShown)
        : listingOf(await ownTeam(call, place), reach, ({ record }) => record.id);
    return { body: pageOf(call, filters, found, (team) => present(team, place)) };
  },

  async create(call) {
    const { table } = call.platform;
    const [user, workspace] = await Promise.all([playerOf(call), workspaceOf(call)]);
    if (call.principal.kind === 'player' && !workspace.teams.playersMayCreate) {
      throw new ProblemError(
        'forbidden',
        "Only a backend may make teams: the workspace does not let players' clients.",
      );
    }
    const place = await getPlacement(table, call.scope, user.id);
    const member = newMember(call, user, place, call.now);
    const settings = { joining: 'open', capacity: workspace.teams.capacity } as const;
    const record = newTeam(call, { ...call.body, ...settings, id: call.platform.newId('team') });
    const team = { record, captains: [member.id], roster: 1, size: 1 };
    const current = { team: record.id, member: member.id, joinedAt: member.joinedAt, leftAt: null };
    return {
      body: present(team, { current }),
      writes: [createTeam(table, call.scope, team), ...(await enter(call, record.id, place, member))],
    };
  },

  async get(call) {
    const { team, place } = await visit(call);
    return { body: present(team, place) };
  },

  async members(call) {
    const { table } = call.platform;
    const { team, user } = await visit(call);
    const filters = { team: team.record.id, user: user.id };
    const found = await listTeamMembers(table, call.scope, team.record.id, reachOf(call, filters));
    const users = await getUsers(
      table,
      call.scope,
      found.items.map(({ userId }) => userId),
    );
    return { body: pageOf(call, filters, found, (member) => presentMember(team, member, users, user)) };
  },

  async update(call) {
    const { team, place } = await visitAsCaptain(call);
    const { team: after, writes } = changeSettings(call, team, call.body);
    return { body: present(after, place), writes };
  },

  async rotateCode(call) {
    const { team, place } = await visitAsCaptain(call);
    const { team: after, writes } = changeCode(call, team);
    return { body: present(after, place), writes };
  },

  async setRole(call) {
    const { team, user } = await visitAsCaptain(call);
    const member = await memberOf(call, team);
    const { team: after, writes } = changeRole(call, team, member, call.body.role);
    const users = await getUsers(call.platform.table, call.scope, [member.userId]);
    return { body: presentMember(after, member, users, user), writes };
  },

  async removeMember(call) {
    const { team, place } = await visitAsCaptain(call);
    const member = await memberOf(call, team);
    if (team.captains.includes(member.id)) {
      throw new ProblemError('unprocessable', 'A captain is not removed: make them a member first, or leave yourself.');
    }
    const theirs = await getPlacement(call.platform.table, call.scope, member.userId);
    const { team: after, writes } = await dropMember(call, team, theirs, member);
    return { body: present(after, place), writes };
  },

  async join(call) {
    const { team, place, user } = await visit(call, call.body.joinCode);
    if (roleIn(team, place) !== null) return { body: present(team, place) };
    const member = newMember(call, user, place, call.now);
    if (team.record.joining === 'closed') throw new ProblemError('team_closed');
    const { team: after, writes } = await addMember(call, team, place, member);
    const current = { team: team.record.id, member: member.id, joinedAt: member.joinedAt, leftAt: null };
    return { body: present(after, { current }), writes };
  },

  async leave(call) {
    const { team, place, user } = await visit(call);
    const { current } = place;
    if (current?.team !== team.record.id) return { body: present(team, place) };
    const { team: after, writes } = await dropMember(call, team, place, { id: current.member, userId: user.id });
    return { body: present(after, { current: null }), writes };
  },
};
