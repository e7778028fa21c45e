import * as z from 'zod';
import { definitionRoutes } from '../definitions/routes.ts';
import { HappeningTypeName } from '../happenings/schema.ts';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import {
  DeliveryStatus,
  Webhook,
  WebhookCreate,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookReplay,
  WebhookReplayed,
  WebhookRotation,
  WebhookUpdate,
  WebhookWithSecret,
} from './schema.ts';

const params = z.strictObject({ id: Id });
// A URL may hold what opens it, so it is not for everybody's eyes.
const read = reads('dashboard', 'webhooks', { level: 'operate' });
const change = changes('dashboard', 'webhooks', 'administer');
const makesSecret = changes('dashboard', 'webhooks', 'administer', { rate: 'credential', idempotency: 'fresh' });

/** Before `webhooks`, whose `/webhooks/:id` would take `/webhooks/deliveries`. */
export const webhookDeliveries = c.router({
  list: {
    method: 'GET',
    path: '/webhooks/deliveries',
    summary: 'List deliveries',
    description: 'What was told to webhooks or is on its way, the latest first. `status=dead` is what was given up.',
    query: PageQuery.extend({
      webhookId: Id.optional(),
      status: DeliveryStatus.optional(),
      type: HappeningTypeName.optional(),
    }),
    responses: { 200: WebhookDeliveryPage },
    metadata: read,
  },
  get: {
    method: 'GET',
    path: '/webhooks/deliveries/:id',
    pathParams: params,
    summary: 'Get a delivery',
    description: 'One delivery with its attempts.',
    responses: { 200: WebhookDelivery },
    metadata: read,
  },
  retry: {
    method: 'POST',
    path: '/webhooks/deliveries/:id/retry',
    pathParams: params,
    summary: 'Retry a delivery',
    description: 'Makes a delivery due now, with another 24 hours of attempts, whatever became of it before.',
    body: c.noBody(),
    responses: { 200: WebhookDelivery },
    metadata: change,
  },
});

/** The shapes of webhooks. */
export const webhookKind = {
  name: 'Webhook',
  one: 'webhook',
  many: 'webhooks',
  resource: 'webhooks',
  item: Webhook,
  create: WebhookCreate,
  update: WebhookUpdate,
} as const;

export const webhooks = c.router({
  ...definitionRoutes(webhookKind, { read: 'operate', change: 'administer' }),
  create: {
    method: 'POST',
    path: '/webhooks',
    summary: 'Create a webhook',
    description:
      'From now on each happening of its types is sent to its URL, signed by Standard Webhooks, at least once; it is tried again for 24 hours. A draft hears of nothing until it is published. The secret is shown this once.',
    body: WebhookCreate,
    responses: { 201: WebhookWithSecret },
    metadata: makesSecret,
  },
  replay: {
    method: 'POST',
    path: '/webhooks/replay',
    summary: 'Replay happenings',
    description:
      'Tells a webhook again, or for the first time, what was recorded in a stretch of time; happenings are kept for 30 days. They keep their ids, so that receivers know repeats.',
    body: WebhookReplay,
    responses: { 200: WebhookReplayed },
    metadata: change,
  },
  rotateSecret: {
    method: 'POST',
    path: '/webhooks/:id/rotate-secret',
    pathParams: params,
    summary: 'Rotate the secret of a webhook',
    description:
      'Makes a new secret and shows it this once. For a while deliveries are signed with both, so that receivers can change over without missing one.',
    body: WebhookRotation,
    responses: { 201: WebhookWithSecret },
    metadata: makesSecret,
  },
  pause: {
    method: 'POST',
    path: '/webhooks/:id/pause',
    pathParams: params,
    summary: 'Pause a webhook',
    description: 'It is told of nothing until it is resumed; what it misses can be replayed. No version comes of it.',
    body: c.noBody(),
    responses: { 200: Webhook },
    metadata: change,
  },
  resume: {
    method: 'POST',
    path: '/webhooks/:id/resume',
    pathParams: params,
    summary: 'Resume a webhook',
    description: 'Makes it active again, whether it was paused or disabled, and forgives what failed before.',
    body: c.noBody(),
    responses: { 200: Webhook },
    metadata: change,
  },
  test: {
    method: 'POST',
    path: '/webhooks/:id/test',
    pathParams: params,
    summary: 'Send a test delivery',
    description:
      'Sends a webhook that is at work a `webhook.test`, whatever its types and even if it is paused; read the delivery to see how it went. In a workspace with a test clock it goes out, like all deliveries, when the clock is advanced: to where it stands is enough.',
    body: c.noBody(),
    responses: { 201: WebhookDelivery },
    metadata: change,
  },
});
