import { c, changes, reads } from '../route.ts';
import { PageQuery } from '../shared/page.ts';
import { Instant } from '../shared/time.ts';
import { PseudonymousEventPage, PseudonymousUserPage, PseudonymsRenewed } from './schema.ts';

const metadata = reads('dashboard', 'pseudonyms', { level: 'operate', scope: 'analytics:read', rate: 'bulk' });
const HOW =
  'Whoever was erased, is restricted or has withdrawn from `analytics` is not among it, so that a page may be short before the end: read on while there is a `nextCursor`.';

export const pseudonyms = c.router({
  events: {
    method: 'GET',
    path: '/pseudonyms/events',
    summary: 'Export events without people',
    description: `Events by pseudonyms of their players, without anything personal, for analytics elsewhere; the latest first. ${HOW}`,
    query: PageQuery.extend({
      from: Instant.optional().meta({ description: 'What occurred at this moment or later.' }),
      to: Instant.optional().meta({ description: 'What occurred before this moment.' }),
    }),
    responses: { 200: PseudonymousEventPage },
    metadata,
  },
  users: {
    method: 'GET',
    path: '/pseudonyms/users',
    summary: 'Export users without people',
    description: `Users by the same pseudonyms, without anything personal; the oldest first. ${HOW}`,
    query: PageQuery,
    responses: { 200: PseudonymousUserPage },
    metadata,
  },
  renew: {
    method: 'POST',
    path: '/pseudonyms/renew',
    summary: 'Renew pseudonyms',
    description:
      'Destroys the key that pseudonyms are worked out by, and makes another: what was exported before can be brought together neither with people nor with later exports.',
    body: c.noBody(),
    responses: { 201: PseudonymsRenewed },
    metadata: changes('dashboard', 'pseudonyms', 'administer', { scope: 'users:write' }),
  },
});
