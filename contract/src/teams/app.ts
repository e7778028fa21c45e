import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import {
  PlayerTeam,
  PlayerTeamCreate,
  PlayerTeamMember,
  PlayerTeamUpdate,
  TeamJoin,
  TeamRoleChange,
} from './schema.ts';

const params = z.strictObject({ id: Id });
const memberParams = z.strictObject({ id: Id, member: Id });

export const teams = c.router({
  list: {
    method: 'GET',
    path: '/teams',
    summary: 'List teams',
    description: 'The public teams and mine, the newest last. A page may be short before the end.',
    query: PageQuery.extend({
      mine: z.literal('true').optional().meta({ description: '`true`: the team that I am in, if any.' }),
    }),
    responses: { 200: page('PlayerTeamPage', PlayerTeam) },
    metadata: reads('app', 'teams'),
  },
  create: {
    method: 'POST',
    path: '/teams',
    summary: 'Make a team',
    description: "Makes a team with me as its captain. A player's own client may where the workspace lets it.",
    body: PlayerTeamCreate,
    responses: { 201: PlayerTeam },
    metadata: changes('app', 'teams', 'play', { etag: true }),
  },
  get: {
    method: 'GET',
    path: '/teams/:id',
    pathParams: params,
    summary: 'Get a team',
    description: 'A public team, or mine.',
    responses: { 200: PlayerTeam },
    metadata: reads('app', 'teams', { etag: true }),
  },
  members: {
    method: 'GET',
    path: '/teams/:id/members',
    pathParams: params,
    summary: "List a team's members",
    description: 'Those who are in it now, in the order in which they came.',
    query: PageQuery,
    responses: { 200: page('PlayerTeamMemberPage', PlayerTeamMember) },
    metadata: reads('app', 'teams'),
  },
  update: {
    method: 'PATCH',
    path: '/teams/:id',
    pathParams: params,
    summary: 'Change my team',
    description: 'Renames, hides, opens or closes it, with the ETag that was read as If-Match. For captains.',
    body: PlayerTeamUpdate,
    responses: { 200: PlayerTeam },
    metadata: changes('app', 'teams', 'play', { idempotency: 'safe', etag: true }),
  },
  rotateCode: {
    method: 'POST',
    path: '/teams/:id/rotate-code',
    pathParams: params,
    summary: "Change my team's code",
    description: 'Makes a new code; the one before it invites nobody any more. For captains.',
    body: c.noBody(),
    responses: { 200: PlayerTeam },
    metadata: changes('app', 'teams', 'play'),
  },
  setRole: {
    method: 'POST',
    path: '/teams/:id/members/:member/role',
    pathParams: memberParams,
    summary: 'Make a member a captain, or no longer',
    description: 'A team with members keeps one captain at least. For captains.',
    body: TeamRoleChange,
    responses: { 200: PlayerTeamMember },
    metadata: changes('app', 'teams', 'play'),
  },
  removeMember: {
    method: 'POST',
    path: '/teams/:id/members/:member/remove',
    pathParams: memberParams,
    summary: 'Take a member out of my team',
    description: 'Captains take out members, not one another; what they did for the team stays with it.',
    body: c.noBody(),
    responses: { 200: PlayerTeam },
    metadata: changes('app', 'teams', 'play'),
  },
  join: {
    method: 'POST',
    path: '/teams/:id/join',
    pathParams: params,
    summary: 'Join a team',
    description: 'I am in one team at a time. Joining twice is joining once.',
    body: TeamJoin,
    responses: { 200: PlayerTeam },
    metadata: changes('app', 'teams', 'play'),
  },
  leave: {
    method: 'POST',
    path: '/teams/:id/leave',
    pathParams: params,
    summary: 'Leave a team',
    description: 'What I did for the team stays with it. Leaving twice is leaving once.',
    body: c.noBody(),
    responses: { 200: PlayerTeam },
    metadata: changes('app', 'teams', 'play'),
  },
});
