import { c, reads } from '../route.ts';
import { PageQuery, page } from '../shared/page.ts';
import { PlayerLevel } from './schema.ts';

export const levels = c.router({
  list: {
    method: 'GET',
    path: '/levels',
    summary: 'List my levels',
    description: 'Where I stand on each level track: my level, what I have, and what the next level takes.',
    query: PageQuery,
    responses: { 200: page('PlayerLevelPage', PlayerLevel) },
    metadata: reads('app', 'levels'),
  },
});
