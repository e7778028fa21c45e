import { c, reads } from '../route.ts';
import { PageQuery, page } from '../shared/page.ts';
import { PlayerActivity } from './schema.ts';

export const activities = c.router({
  list: {
    method: 'GET',
    path: '/activities',
    summary: 'List what this client may send',
    description: "The activities that a player's client may send events of.",
    query: PageQuery,
    responses: { 200: page('PlayerActivityPage', PlayerActivity) },
    metadata: reads('app', 'activities'),
  },
});
