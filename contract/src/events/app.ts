import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import {
  BatchReceipt,
  EventExplanation,
  EventPage,
  EventReceipt,
  EventTrack,
  EventTrackBatch,
  MAX_BATCH,
} from './schema.ts';

export const events = c.router({
  track: {
    method: 'POST',
    path: '/events',
    summary: 'Track an event of mine',
    description:
      "Counts an event exactly once and answers with what it brought about. A player's client may send only activities that allow it.",
    body: EventTrack,
    responses: { 200: EventReceipt },
    metadata: changes('app', 'events', 'play', { rate: 'ingest', idempotency: 'id' }),
  },
  trackBatch: {
    method: 'POST',
    path: '/events/batch',
    summary: 'Track up to 500 events of mine',
    description: 'Counts each event exactly once, in order, and answers for each.',
    body: EventTrackBatch,
    responses: { 200: BatchReceipt },
    metadata: changes('app', 'events', 'play', {
      rate: 'ingest',
      idempotency: 'id',
      batch: { items: 'events', most: MAX_BATCH },
    }),
  },
  list: {
    method: 'GET',
    path: '/events',
    summary: 'List my events',
    description: 'My events, the latest first.',
    query: PageQuery.extend({ activity: Id.optional() }),
    responses: { 200: EventPage },
    metadata: reads('app', 'events'),
  },
  get: {
    method: 'GET',
    path: '/events/:id',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get an event of mine',
    description: 'One event of mine and what it brought about.',
    responses: { 200: EventReceipt },
    metadata: reads('app', 'events'),
  },
  explain: {
    method: 'GET',
    path: '/events/:id/explain',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Explain an event of mine',
    description:
      'For each rule that was considered: whether it fired, at which version, and the values that decided it.',
    responses: { 200: EventExplanation },
    metadata: reads('app', 'events'),
  },
});
