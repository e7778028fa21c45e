import * as z from 'zod';
import { c, reads } from '../route.ts';
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
});
