import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { Instant } from '../shared/time.ts';
import { BatchReceipt, EventPage, EventReceipt, MAX_BATCH, UserEventTrack, UserEventTrackBatch } from './schema.ts';

export const events = c.router({
  track: {
    method: 'POST',
    path: '/events',
    summary: 'Track an event of a user',
    description:
      'Counts an event exactly once and answers with what it brought about. Unknown external users are created where the workspace allows it.',
    body: UserEventTrack,
    responses: { 200: EventReceipt },
    metadata: changes('dashboard', 'events', 'operate', { rate: 'ingest', idempotency: 'id' }),
  },
  trackBatch: {
    method: 'POST',
    path: '/events/batch',
    summary: 'Track up to 500 events of users',
    description: 'Counts each event exactly once, in order for each player, and answers for each.',
    body: UserEventTrackBatch,
    responses: { 200: BatchReceipt },
    metadata: changes('dashboard', 'events', 'operate', {
      rate: 'bulk',
      idempotency: 'id',
      batch: { items: 'events', most: MAX_BATCH },
    }),
  },
  list: {
    method: 'GET',
    path: '/events',
    summary: 'List events',
    description: 'The events of the workspace or of one user, the latest first.',
    query: PageQuery.extend({
      userId: Id.optional(),
      activity: Id.optional(),
      from: Instant.optional().meta({ description: 'Occurred then or later.' }),
      to: Instant.optional().meta({ description: 'Occurred before then.' }),
    }),
    responses: { 200: EventPage },
    metadata: reads('dashboard', 'events'),
  },
  get: {
    method: 'GET',
    path: '/events/:id',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get an event',
    description: 'One event and what it brought about.',
    responses: { 200: EventReceipt },
    metadata: reads('dashboard', 'events'),
  },
});
