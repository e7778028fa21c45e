import * as z from 'zod';
import { Progress } from '../progress/schema.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { PlayerMission } from './schema.ts';

export const missions = c.router({
  list: {
    method: 'GET',
    path: '/missions',
    summary: 'List my missions',
    description: 'The missions at work, each with my progress in its current period. Reading never starts anything.',
    query: PageQuery,
    responses: { 200: page('PlayerMissionPage', PlayerMission) },
    metadata: reads('app', 'missions'),
  },
  get: {
    method: 'GET',
    path: '/missions/:id',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get one of my missions',
    description: 'One mission with my progress in its current period.',
    responses: { 200: PlayerMission },
    metadata: reads('app', 'missions'),
  },
  join: {
    method: 'POST',
    path: '/missions/:id/join',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Join a mission',
    description:
      'Starts my progress in a mission that I have to opt in to: what occurs from now on counts. Joining twice is joining once.',
    body: c.noBody(),
    responses: { 200: Progress },
    metadata: changes('app', 'missions', 'play'),
  },
  leave: {
    method: 'POST',
    path: '/missions/:id/leave',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Leave a mission',
    description: 'Gives up my running progress in a mission that I opted in to. Joining again begins anew.',
    body: c.noBody(),
    responses: { 200: Progress },
    metadata: changes('app', 'missions', 'play'),
  },
});
