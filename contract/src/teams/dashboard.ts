import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { teamProgressRoutes } from './progress.ts';
import { Team, TeamCreate, TeamMember, TeamMemberAdd, TeamRoleChange, TeamUpdate } from './schema.ts';

const params = z.strictObject({ id: Id });
const memberParams = z.strictObject({ id: Id, member: Id });

export const teams = c.router({
  list: {
    method: 'GET',
    path: '/teams',
    summary: 'List teams',
    description: 'The teams of the workspace, the newest last.',
    query: PageQuery,
    responses: { 200: page('TeamPage', Team) },
    metadata: reads('dashboard', 'teams'),
  },
  create: {
    method: 'POST',
    path: '/teams',
    summary: 'Create a team',
    description: 'Creates a team without members; the first who joins is its captain.',
    body: TeamCreate,
    responses: { 201: Team },
    metadata: changes('dashboard', 'teams', 'operate', { etag: true }),
  },
  get: {
    method: 'GET',
    path: '/teams/:id',
    pathParams: params,
    summary: 'Get a team',
    description: 'One team; its ETag is what a change must name.',
    responses: { 200: Team },
    metadata: reads('dashboard', 'teams', { etag: true, concerns: { team: '/params/id' } }),
  },
  update: {
    method: 'PATCH',
    path: '/teams/:id',
    pathParams: params,
    summary: 'Change a team',
    description: 'Changes what the body names, with the ETag that was read as If-Match.',
    body: TeamUpdate,
    responses: { 200: Team },
    metadata: changes('dashboard', 'teams', 'operate', {
      idempotency: 'safe',
      etag: true,
      concerns: { team: '/params/id' },
    }),
  },
  rotateCode: {
    method: 'POST',
    path: '/teams/:id/rotate-code',
    pathParams: params,
    summary: "Change a team's code",
    description: 'Makes a new code; the one before it invites nobody any more.',
    body: c.noBody(),
    responses: { 200: Team },
    metadata: changes('dashboard', 'teams', 'operate', { concerns: { team: '/params/id' } }),
  },
  members: {
    method: 'GET',
    path: '/teams/:id/members',
    pathParams: params,
    summary: "List a team's members",
    description: 'Those who are in it now, in the order in which they came.',
    query: PageQuery,
    responses: { 200: page('TeamMemberPage', TeamMember) },
    metadata: reads('dashboard', 'teams', { concerns: { team: '/params/id' } }),
  },
  addMember: {
    method: 'POST',
    path: '/teams/:id/members',
    pathParams: params,
    summary: 'Put a user into a team',
    description: 'Whether or not it is open, but never beyond its capacity. A user is in one team at a time.',
    body: TeamMemberAdd,
    responses: { 201: TeamMember },
    metadata: changes('dashboard', 'teams', 'operate'),
  },
  setRole: {
    method: 'POST',
    path: '/teams/:id/members/:member/role',
    pathParams: memberParams,
    summary: 'Make a member a captain, or no longer',
    description: 'A team with members keeps one captain at least.',
    body: TeamRoleChange,
    responses: { 200: TeamMember },
    metadata: changes('dashboard', 'teams', 'operate', { concerns: { team: '/params/id' } }),
  },
  removeMember: {
    method: 'POST',
    path: '/teams/:id/members/:member/remove',
    pathParams: memberParams,
    summary: 'Take a member out of a team',
    description: 'What they did while they were in it stays with the team.',
    body: c.noBody(),
    responses: { 200: Team },
    metadata: changes('dashboard', 'teams', 'operate', { concerns: { team: '/params/id' } }),
  },
  ...teamProgressRoutes,
});
