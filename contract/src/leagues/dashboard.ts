import * as z from 'zod';
import { definitionRoutes } from '../definitions/routes.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { page } from '../shared/page.ts';
import { League, LeagueCreate, LeagueMember, LeagueSettle, LeagueUpdate, LeagueWeek, MembersQuery } from './schema.ts';

const params = z.strictObject({ id: Id });

/** The shapes of leagues. */
export const leagueKind = {
  name: 'League',
  one: 'league',
  many: 'leagues',
  resource: 'leagues',
  item: League,
  create: LeagueCreate,
  update: LeagueUpdate,
} as const;

export const leagues = c.router({
  ...definitionRoutes(leagueKind),
  members: {
    method: 'GET',
    path: '/leagues/:id/members',
    pathParams: params,
    summary: "List a league's members",
    description: 'Who plays in which cohort of a week, and what became of them, by tier and cohort.',
    query: MembersQuery,
    responses: { 200: page('LeagueMemberPage', LeagueMember) },
    metadata: reads('dashboard', 'leagues'),
  },
  settle: {
    method: 'POST',
    path: '/leagues/:id/settle',
    pathParams: params,
    summary: 'Settle a week of a league',
    description:
      'Ranks every cohort, moves players up and down and gives the prizes, each exactly once; before its end too. A long one answers `settling`: call again to go on.',
    body: LeagueSettle,
    responses: { 200: LeagueWeek },
    metadata: changes('dashboard', 'leagues', 'operate', { action: 'dashboard:leagues.settle' }),
  },
});
