import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { PeriodKey } from '../shared/time.ts';
import { EntriesQuery, LeaderboardEntry, LeaderboardRank, PlayerLeaderboard, TeamList, UserList } from './schema.ts';

const params = z.strictObject({ id: Id });

export const leaderboards = c.router({
  list: {
    method: 'GET',
    path: '/leaderboards',
    summary: 'List leaderboards',
    description: 'The leaderboards at work.',
    query: PageQuery,
    responses: { 200: page('PlayerLeaderboardPage', PlayerLeaderboard) },
    metadata: reads('app', 'leaderboards'),
  },
  get: {
    method: 'GET',
    path: '/leaderboards/:id',
    pathParams: params,
    summary: 'Get a leaderboard',
    description: 'One leaderboard and its current period.',
    responses: { 200: PlayerLeaderboard },
    metadata: reads('app', 'leaderboards'),
  },
  entries: {
    method: 'GET',
    path: '/leaderboards/:id/entries',
    pathParams: params,
    summary: "List a leaderboard's lines",
    description:
      'From the top, page by page; or the lines around me or of some users, which is one page without a cursor. Players who hide themselves keep their rank and are left out, and so do private teams but for their members.',
    query: EntriesQuery.extend({
      around: z.literal('me').optional().meta({ description: '`me`: the `limit` lines with me in the middle.' }),
      users: UserList.optional().meta({
        description:
          'Just the lines of these users, up to 100 ids with commas between: one page. Those who are shown by no name are left out.',
      }),
      teams: TeamList.optional(),
    }),
    responses: { 200: page('LeaderboardEntryPage', LeaderboardEntry) },
    metadata: reads('app', 'leaderboards'),
  },
  rank: {
    method: 'GET',
    path: '/leaderboards/:id/rank',
    pathParams: params,
    summary: 'Get my rank',
    description: 'My rank and score, and how many have a score; on boards of teams, those of the team that I am in.',
    query: z.strictObject({ period: PeriodKey.optional() }),
    responses: { 200: LeaderboardRank },
    metadata: reads('app', 'leaderboards'),
  },
});
