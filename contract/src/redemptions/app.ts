import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { PlayerRedemption, PlayerRedemptionPage, RedemptionState } from './schema.ts';

export const redemptions = c.router({
  list: {
    method: 'GET',
    path: '/redemptions',
    summary: 'List my redemptions',
    description: 'What I asked for or was given, the latest first, with the code of what was fulfilled.',
    query: PageQuery.extend({ state: RedemptionState.optional(), item: Id.optional() }),
    responses: { 200: PlayerRedemptionPage },
    metadata: reads('app', 'redemptions'),
  },
  get: {
    method: 'GET',
    path: '/redemptions/:id',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get one redemption of mine',
    description: 'One thing that I asked for.',
    responses: { 200: PlayerRedemption },
    metadata: reads('app', 'redemptions'),
  },
});
