import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import { Instant } from '../shared/time.ts';
import {
  BatchReceipt,
  EventExplanation,
  EventPage,
  EventReceipt,
  EventVoid,
  MAX_BATCH,
  UserEventTrack,
  UserEventTrackBatch,
  VoidReceipt,
} from './schema.ts';

export const events = c.router({
  track: {
    method: 'POST',
    path: '/events',
    summary: 'Track an event of a user',
    description:
      'Counts an event exactly once and answers with what it brought about. Unknown external users are created where the workspace allows it.',
    body: UserEventTrack,
    responses: { 200: EventReceipt },
    metadata: changes('dashboard', 'events', 'operate', {
      rate: 'ingest',
      idempotency: 'id',
      concerns: { user: '/userId', externalUser: '/externalUserId' },
    }),
  },
  trackBatch: {
    method: 'POST',
    path: '/events/batch',
    summary: 'Track up to 500 events of users',
    description: 'Counts each event exactly once, in order for each player, and answers for each.',
    body: UserEventTrackBatch,
    responses: { 200: BatchReceipt },
    metadata: changes('dashboard', 'events', 'operate', {
      rate: 'ingest',
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
      state: z
        .enum(['counted', 'limited', 'voided'])
        .optional()
        .meta({ description: 'What has become of it: it counts, it is over a limit, or it was taken back.' }),
    }),
    responses: { 200: EventPage },
    metadata: reads('dashboard', 'events', { concerns: { user: '/query/userId' } }),
  },
  get: {
    method: 'GET',
    path: '/events/:id',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get an event',
    description: 'One event and what it brought about.',
    responses: { 200: EventReceipt },
    metadata: reads('dashboard', 'events', { concerns: { event: '/params/id' } }),
  },
  explain: {
    method: 'GET',
    path: '/events/:id/explain',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Explain an event',
    description:
      'For each rule that was considered: whether it fired, at which version, and the values that decided it.',
    responses: { 200: EventExplanation },
    metadata: reads('dashboard', 'events', { concerns: { event: '/params/id' } }),
  },
  void: {
    method: 'POST',
    path: '/events/:id/void',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Take an event back',
    description:
      'The event counts no more: what it gave is taken back, and progress, scores and streaks are as if it had not been. What was already spent is owed. Voiding twice is one void.',
    body: EventVoid,
    responses: { 200: VoidReceipt },
    metadata: changes('dashboard', 'events', 'operate', { concerns: { event: '/params/id' } }),
  },
});
