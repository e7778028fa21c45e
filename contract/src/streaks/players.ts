import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { FreezeGrant, PlayerStreak } from './schema.ts';

/** What operators and backends see of the streaks of one player, and do to them. */
export const playerStreaks = c.router({
  list: {
    method: 'GET',
    path: '/users/:id/streaks',
    pathParams: z.strictObject({ id: Id }),
    summary: "List a user's streaks",
    description: 'The streaks at work, each as the player sees it.',
    query: PageQuery,
    responses: { 200: page('PlayerStreakPage', PlayerStreak) },
    metadata: reads('dashboard', 'users', { concerns: { user: '/params/id' } }),
  },
  grantFreezes: {
    method: 'POST',
    path: '/users/:id/streaks/:streak/freezes',
    pathParams: z.strictObject({ id: Id, streak: Id.meta({ example: 'daily' }) }),
    summary: 'Give freezes by hand',
    description:
      'Gives a player freezes of a streak, as many as can be held. Send an Idempotency-Key, so that a repeat gives once.',
    body: FreezeGrant,
    responses: { 200: PlayerStreak },
    metadata: changes('dashboard', 'users', 'author', {
      action: 'dashboard:grants.write',
      scope: 'grants:write',
      concerns: { user: '/params/id' },
    }),
  },
});
