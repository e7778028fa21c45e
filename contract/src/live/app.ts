import { Happening } from '../happenings/schema.ts';
import { c, streams } from '../route.ts';

export const live = c.router({
  subscribe: {
    method: 'GET',
    path: '/live',
    summary: 'Hear what happens to me',
    description:
      'Server-sent events: each is one of my happenings as JSON, under an id. It ends after a minute, so that who asks is always known; connect again with the last id as `Last-Event-ID` and nothing is missed. `Last-Event-ID: 0` begins with the oldest that is kept (30 days); without it only what is new is told.',
    responses: { 200: Happening },
    metadata: streams('app', 'live'),
  },
});
