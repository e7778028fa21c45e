import * as z from 'zod';
import { c, changes } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { FreezeGrant, PlayerStreak } from './schema.ts';

/** What operators and backends do to the streaks of one player. */
export const playerStreaks = c.router({
  grantFreezes: {
    method: 'POST',
    path: '/users/:id/streaks/:streak/freezes',
    pathParams: z.strictObject({ id: Id, streak: Id.meta({ example: 'daily' }) }),
    summary: 'Give freezes by hand',
    description:
      'Gives a player freezes of a streak, as many as can be held. Send an Idempotency-Key, so that a repeat gives once.',
    body: FreezeGrant,
    responses: { 200: PlayerStreak },
    metadata: changes('dashboard', 'users', 'author', { action: 'dashboard:grants.write', scope: 'grants:write' }),
  },
});
