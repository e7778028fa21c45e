import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PlayerReward, PlayerRewardPage, PlayerRewardQuery } from './schema.ts';

export const rewards = c.router({
  list: {
    method: 'GET',
    path: '/rewards',
    summary: 'List my rewards',
    description:
      'What I was given, by rules, missions and levels, as prizes and by hand, the latest first; those that are or were to be claimed, where `state` asks for them, in the order of their ids.',
    query: PlayerRewardQuery,
    responses: { 200: PlayerRewardPage },
    metadata: reads('app', 'rewards'),
  },
  claim: {
    method: 'POST',
    path: '/rewards/:id/claim',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Claim a reward',
    description:
      'Takes what is to be claimed. It is given once, however often it is asked for, and each answer is the same; after its time it is refused as `claim_expired`.',
    body: c.noBody(),
    responses: { 200: PlayerReward },
    metadata: changes('app', 'rewards', 'play'),
  },
});
