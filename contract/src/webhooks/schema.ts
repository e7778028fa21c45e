import * as z from 'zod';
import { changeFields, definitionFields, newFields } from '../definitions/schema.ts';
import { Happening, HappeningTypeName } from '../happenings/schema.ts';
import { DefinitionId, Id } from '../shared/ids.ts';
import { openEnum } from '../shared/open-enum.ts';
import { page } from '../shared/page.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** How many webhooks a workspace has at work at most. */
export const MAX_WEBHOOKS = 50;

/** Where deliveries go. */
export const WebhookUrl = z
  .string()
  .min(8)
  .max(2048)
  .refine((url) => URL.canParse(url), 'use an absolute URL')
  .meta({
    id: 'WebhookUrl',
    description:
      'An https URL on port 443 without a user name. What leads to a private, loopback or link-local address is refused, here and at each delivery.',
    example: 'https://hooks.example.com/laurel',
  });

const types = z
  .array(HappeningTypeName)
  .min(1)
  .max(100)
  .nullable()
  .meta({ description: 'Which happenings to tell of; null for all, those of later versions included.' });

const description = Label.optional();
const fields = { url: WebhookUrl, types: types.default(null), description };

/** A delivery's id is made of a happening's and a webhook's; `/webhooks/deliveries` is another list. */
const WebhookId = DefinitionId.max(64).refine((id) => id !== 'deliveries', 'this name is reserved: choose another');

/** What to create a webhook from. */
export const WebhookCreate = z.strictObject({ ...newFields, id: WebhookId.optional(), ...fields }).meta({
  id: 'WebhookCreate',
  description: 'Somebody who wants to hear what happens.',
  example: {
    id: 'crm',
    url: 'https://hooks.example.com/laurel',
    types: ['mission.completed', 'reward.granted'],
  },
});
export type WebhookCreate = z.infer<typeof WebhookCreate>;

/** What a webhook can be changed to. */
export const WebhookUpdate = z
  .strictObject({ ...changeFields, ...fields })
  .meta({ id: 'WebhookUpdate', description: 'What a webhook becomes.' });
export type WebhookUpdate = z.infer<typeof WebhookUpdate>;

/** How the deliveries of a webhook go. It is of one workspace and of now: no part of any version. */
export const WebhookHealth = z
  .object({
    state: z.enum(['active', 'paused', 'disabled']).meta({
      description:
        '`paused`: it is told of nothing, and what it misses can be replayed. `disabled`: Laurel gave up, since deliveries had failed for days. `resume` makes it active.',
    }),
    failingSince: Instant.nullable().meta({
      description: 'Since when no delivery has worked; null while all is well.',
      example: null,
    }),
    disabledAt: Instant.nullable().meta({ example: null }),
    secretShownAt: Instant.nullable().meta({
      description:
        'When its secret was shown; null where nobody has seen it, since `config.apply` made the webhook: `rotateSecret` shows another.',
    }),
    formerSecretUntil: Instant.nullable().meta({
      description: 'Until when deliveries are signed with the secret before this one as well.',
      example: null,
    }),
  })
  .meta({ id: 'WebhookHealth', description: 'How the deliveries of a webhook go.' });
export type WebhookHealth = z.infer<typeof WebhookHealth>;

/** A webhook, without its secrets. */
export const Webhook = z
  .object({
    ...definitionFields,
    url: z.string(),
    types: z.array(z.string()).nullable(),
    description,
    delivery: WebhookHealth.optional().meta({
      description: 'How its deliveries go now; missing of drafts and of old versions, which have none.',
    }),
  })
  .meta({ id: 'Webhook', description: 'Somebody who wants to hear what happens.' });
export type Webhook = z.infer<typeof Webhook>;

/** A webhook with a new secret, which is shown this once. */
export const WebhookWithSecret = z
  .object({
    webhook: Webhook,
    secret: z.string().meta({
      description: 'What its deliveries are signed with, by Standard Webhooks. Shown this once: store it.',
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    }),
  })
  .meta({ id: 'WebhookWithSecret', description: 'A webhook with a new secret, which is shown this once.' });
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>;

/** How to put a new secret in place of the present one. */
export const WebhookRotation = z
  .strictObject({
    overlapHours: z
      .int()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: 'For how long deliveries are signed with both.' }),
  })
  .meta({ id: 'WebhookRotation', description: 'How a new secret takes the place of the present one.', example: {} });
export type WebhookRotation = z.infer<typeof WebhookRotation>;

/** How one attempt to deliver ended. */
export const DeliveryOutcome = openEnum([
  'delivered',
  'refused',
  'gone',
  'timed_out',
  'connection_failed',
  'destination_not_allowed',
  'webhook_not_active',
]).meta({
  id: 'DeliveryOutcome',
  description:
    '`delivered`: answered with 2xx. `refused`: with another status; redirects are not followed. `gone`: with 410, which ends it. Others may be added.',
  example: 'delivered',
});
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

/** One attempt to deliver. */
export const DeliveryAttempt = z
  .object({
    at: Instant,
    outcome: DeliveryOutcome,
    status: z.int().nullable().meta({ description: 'The HTTP status that was answered, if any.', example: 200 }),
    milliseconds: z.int().meta({ example: 120 }),
  })
  .meta({ id: 'DeliveryAttempt', description: 'One attempt to deliver.' });
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

/** Where a delivery is in its life. */
export const DeliveryStatus = z
  .enum(['pending', 'delivered', 'dead'])
  .meta({ id: 'DeliveryStatus', description: '`dead`: given up after 24 hours; retry or replay it by hand.' });
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** One happening on its way to one webhook. */
export const WebhookDelivery = z
  .object({
    id: Id,
    webhookId: Id,
    status: DeliveryStatus,
    attempts: z.array(DeliveryAttempt).meta({ description: 'The latest 30, oldest first.' }),
    nextAttemptAt: Instant.nullable().meta({ description: 'When the next one is due; null if there is none.' }),
    createdAt: Instant,
    happening: Happening,
  })
  .meta({ id: 'WebhookDelivery', description: 'One happening on its way to one webhook.' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/** Deliveries, page by page. */
export const WebhookDeliveryPage = page('WebhookDeliveryPage', WebhookDelivery);

/** What to tell a webhook again. */
export const WebhookReplay = z
  .strictObject({ webhookId: Id, from: Instant, to: Instant, types: types.default(null) })
  .meta({
    id: 'WebhookReplay',
    description: 'What to tell a webhook again: all that was recorded from one time to another, both included.',
    example: {
      webhookId: 'crm',
      from: '2026-11-24T00:00:00Z',
      to: '2026-11-24T12:00:00Z',
    },
  });
export type WebhookReplay = z.infer<typeof WebhookReplay>;

/** What a replay has set in motion. */
export const WebhookReplayed = z
  .object({
    queued: z.int().meta({ description: 'Deliveries that are due now.' }),
    continueFrom: Instant.nullable().meta({
      description: 'There is more: replay again from here. Null when all is queued.',
      example: null,
    }),
  })
  .meta({ id: 'WebhookReplayed', description: 'What a replay has set in motion.' });
export type WebhookReplayed = z.infer<typeof WebhookReplayed>;
