import * as z from 'zod';
import { definitionRoutes } from '../definitions/routes.ts';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { page } from '../shared/page.ts';
import { EntriesQuery, Leaderboard, LeaderboardCreate, LeaderboardUpdate, RankedUser } from './schema.ts';

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
    pathParams: z.strictObject({ id: Id }),
    summary: "List a leaderboard's lines",
    description: 'The ranking from the top, with the users behind it.',
    query: EntriesQuery,
    responses: { 200: page('RankedUserPage', RankedUser) },
    metadata: reads('dashboard', 'leaderboards'),
  },
});
