import * as z from 'zod';
import { definitionRoutes } from '../definitions/routes.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import {
  EntriesQuery,
  Leaderboard,
  LeaderboardClose,
  LeaderboardCreate,
  LeaderboardPeriod,
  LeaderboardRebuilt,
  LeaderboardUpdate,
  RankedUser,
  TeamList,
  UserList,
} from './schema.ts';

const params = z.strictObject({ id: Id });

/** The shapes of leaderboards. */
export const leaderboardKind = {
  name: 'Leaderboard',
  one: 'leaderboard',
  many: 'leaderboards',
  resource: 'leaderboards',
  item: Leaderboard,
  create: LeaderboardCreate,
  update: LeaderboardUpdate,
} as const;

export const leaderboards = c.router({
  ...definitionRoutes(leaderboardKind),
  entries: {
    method: 'GET',
    path: '/leaderboards/:id/entries',
    pathParams: params,
    summary: "List a leaderboard's lines",
    description: 'The ranking from the top, or of some users or teams, with the users or teams behind it.',
    query: EntriesQuery.extend({
      users: UserList.optional(),
      teams: TeamList.optional(),
      segment: Id.optional().meta({
        description:
          'On boards of players: just the lines of those who are in this segment now. A page may be short, or empty, and still have a `nextCursor`.',
      }),
    }),
    responses: { 200: page('RankedUserPage', RankedUser) },
    metadata: reads('dashboard', 'leaderboards'),
  },
  periods: {
    method: 'GET',
    path: '/leaderboards/:id/periods',
    pathParams: params,
    summary: "List a leaderboard's periods",
    description: 'Those that were closed or are being closed, the latest first, and before them the current one.',
    query: PageQuery,
    responses: { 200: page('LeaderboardPeriodPage', LeaderboardPeriod) },
    metadata: reads('dashboard', 'leaderboards'),
  },
  close: {
    method: 'POST',
    path: '/leaderboards/:id/close',
    pathParams: params,
    summary: 'Close a period of a leaderboard',
    description:
      'Freezes the ranking and gives the prizes, each exactly once; before its end too. A long one answers `closing`: call again to go on. Closing twice is closing once.',
    body: LeaderboardClose,
    responses: { 200: LeaderboardPeriod },
    metadata: changes('dashboard', 'leaderboards', 'operate', { action: 'dashboard:leaderboards.settle' }),
  },
  rebuild: {
    method: 'POST',
    path: '/leaderboards/:id/rebuild',
    pathParams: params,
    summary: "Rebuild a leaderboard's ranking",
    description:
      'Builds the index of ranks of a period anew from the scores, and on boards of teams their scores from what members gave. Prizes stay as they are.',
    body: LeaderboardClose,
    responses: { 200: LeaderboardRebuilt },
    metadata: changes('dashboard', 'leaderboards', 'operate', { action: 'dashboard:leaderboards.settle' }),
  },
});
