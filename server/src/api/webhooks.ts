import type { Contract } from '@laurel/contract';
import type { Webhook, WebhookDelivery } from '@laurel/contract/webhooks/schema';
import { MAX_WEBHOOKS } from '@laurel/contract/webhooks/schema';
import {
  addDelivery,
  type DeliveryRecord,
  getDelivery,
  listDeliveries,
  putDeliveries,
  putDelivery,
} from '../store/deliveries.ts';
import { happen } from '../store/happen.ts';
import { batchesBetween, HAPPENINGS_KEPT_FOR, type HappeningBatch } from '../store/happenings.ts';
import {
  allWebhooks,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  type SealedSecret,
  updateWebhook,
  type WebhookRecord,
} from '../store/webhooks.ts';
import { deliverySoon } from '../webhooks/call.ts';
import { assertDestination, DestinationError } from '../webhooks/destination.ts';
import { newDelivery, wants } from '../webhooks/enqueue.ts';
import { newWebhookSecret } from '../webhooks/sign.ts';
import { purposeOf } from '../webhooks/worker.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';

/** How many batches of happenings one replay reads. */
const REPLAYED_AT_ONCE = 500;

/** A webhook as it is shown: nothing of its secrets but how long the former one lasts. */
function presentWebhook({ secrets: _secrets, deleted: _deleted, ...shown }: WebhookRecord): Webhook {
  return shown;
}

function presentDelivery(record: DeliveryRecord): WebhookDelivery {
  const { tries: _tries, startedAt: _started, test: _test, lease: _lease, ...shown } = record;
  return shown;
}

async function webhookOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<WebhookRecord> {
  const webhook = await getWebhook(call.platform.table, call.scope, call.params.id);
  if (webhook === undefined) throw notFound();
  return webhook;
}

async function deliveryOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<DeliveryRecord> {
  const delivery = await getDelivery(call.platform.table, call.scope, call.params.id);
  if (delivery === undefined) throw notFound();
  return delivery;
}

/** Refuses what a webhook may not lead to, and says no more than that. */
async function assertUrl({ platform }: CallContext, url: string): Promise<void> {
  try {
    await assertDestination(url, platform.destinations);
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    const errors = [{ pointer: '/url', code: 'destination_not_allowed', message: 'not a public https destination' }];
    throw new ProblemError('destination_not_allowed', undefined, { errors });
  }
}

/** A new secret, and as it is kept. */
function newSecret({ platform, scope }: CallContext, webhookId: string): { secret: string; kept: SealedSecret } {
  const secret = newWebhookSecret();
  return { secret, kept: { sealed: platform.sealer.seal(scope, purposeOf(webhookId), secret), until: null } };
}

function described(description: string | undefined): { description: string } | Record<never, never> {
  return description === undefined ? {} : { description };
}

/** The first batches of a stretch of time, all of each moment, and from where to go on. */
async function someBatches(
  { platform, scope }: CallContext,
  from: string,
  to: string,
): Promise<{ batches: readonly HappeningBatch[]; continueFrom: string | null }> {
  for (let limit = REPLAYED_AT_ONCE; ; limit *= 2) {
    const found = await batchesBetween(platform.table, scope, { from, to, limit });
    const last = found.at(-1)?.at;
    if (found.length < limit || last === undefined) return { batches: found, continueFrom: null };
    // What shares the last moment may not have been read whole: it comes with the next replay.
    if (last > from) return { batches: found.filter(({ at }) => at < last), continueFrom: last };
  }
}

export const webhooks: Handlers<Contract['dashboard']['webhooks']> = {
  async list(call) {
    const found = await listWebhooks(call.platform.table, call.scope, reachOf(call, null));
    return { body: pageOf(call, null, found, presentWebhook) };
  },

  async create(call) {
    const { platform, scope, now, body } = call;
    await assertUrl(call, body.url);
    const others = (await allWebhooks(platform.table, scope)).filter(({ deleted }) => !deleted);
    if (others.length >= MAX_WEBHOOKS) {
      throw new ProblemError('unprocessable', `A workspace has at most ${MAX_WEBHOOKS} webhooks.`);
    }
    const id = platform.newId('webhook');
    const { secret, kept } = newSecret(call, id);
    const record: WebhookRecord = {
      id,
      url: body.url,
      types: body.types,
      ...described(body.description),
      status: body.status,
      failingSince: null,
      disabledAt: null,
      formerSecretUntil: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
      secrets: [kept],
      deleted: false,
    };
    return { body: { webhook: presentWebhook(record), secret }, writes: createWebhook(platform.table, scope, record) };
  },

  async get(call) {
    return { body: presentWebhook(await webhookOf(call)) };
  },

  async update(call) {
    const { platform, scope, now, body } = call;
    const { description: _former, ...webhook } = await webhookOf(call);
    if (call.ifMatch !== webhook.version) throw new ProblemError('version_mismatch');
    await assertUrl(call, body.url);
    const changed: WebhookRecord = {
      ...webhook,
      url: body.url,
      types: body.types,
      ...described(body.description),
      status: body.status,
      failingSince: body.status === 'active' && webhook.status !== 'active' ? null : webhook.failingSince,
      disabledAt: body.status === 'active' ? null : webhook.disabledAt,
      version: webhook.version + 1,
      updatedAt: now,
    };
    return { body: presentWebhook(changed), writes: updateWebhook(platform.table, scope, changed) };
  },

  async delete(call) {
    const { platform, scope, now } = call;
    const webhook = await webhookOf(call);
    const expiresAt = Math.ceil(Date.parse(now) / 1000) + HAPPENINGS_KEPT_FOR;
    return { body: presentWebhook(webhook), writes: deleteWebhook(platform.table, scope, webhook, expiresAt) };
  },

  async rotateSecret(call) {
    const { platform, scope, now, body } = call;
    const webhook = await webhookOf(call);
    const { secret, kept } = newSecret(call, webhook.id);
    const until = new Date(Date.parse(now) + body.overlapHours * 60 * 60 * 1000).toISOString();
    // Two live secrets at most: one that was former already ends here.
    const former = webhook.secrets.slice(0, 1).map(({ sealed }) => ({ sealed, until }));
    const overlaps = body.overlapHours > 0;
    const changed: WebhookRecord = {
      ...webhook,
      secrets: [kept, ...(overlaps ? former : [])],
      formerSecretUntil: overlaps ? until : null,
      version: webhook.version + 1,
      updatedAt: now,
    };
    return {
      body: { webhook: presentWebhook(changed), secret },
      writes: updateWebhook(platform.table, scope, changed),
    };
  },

  async test(call) {
    const { platform, scope, now } = call;
    const { id } = await webhookOf(call);
    const [happening] = happen({ newId: platform.newId, scope }, null, [
      { type: 'webhook.test', occurredAt: now, data: { webhookId: id } },
    ]);
    if (happening === undefined) throw new Error('a fact makes a happening');
    const delivery = newDelivery(happening, id, now, { test: true });
    const soon = deliverySoon(platform.table, scope, { webhookId: id, at: now, call: delivery.id });
    return {
      body: presentDelivery(delivery),
      writes: [...addDelivery(platform.table, scope, delivery), ...soon],
    };
  },

  async replay(call) {
    const { platform, scope, now, body } = call;
    const webhook = await getWebhook(platform.table, scope, body.webhookId);
    if (webhook === undefined) throw unknownReference('/webhookId', 'webhook');
    const [from, to] = [body.from, body.to].map((at) => new Date(at).toISOString());
    if (from === undefined || to === undefined || from > to) {
      throw new ProblemError('unprocessable', 'A replay goes from an earlier time to a later one.');
    }
    const { batches, continueFrom } = await someBatches(call, from, to);
    const deliveries = batches
      .flatMap(({ happenings }) => happenings)
      .filter((happening) => wants({ types: body.types }, happening))
      .map((happening) => newDelivery(happening, webhook.id, now, { lease: platform.newId('request') }));
    await putDeliveries(platform.table, scope, deliveries);
    const named = { webhookId: webhook.id, at: now, call: platform.newId('request') };
    const soon = deliverySoon(platform.table, scope, named);
    return { body: { queued: deliveries.length, continueFrom }, writes: deliveries.length === 0 ? [] : soon };
  },
};

export const webhookDeliveries: Handlers<Contract['dashboard']['webhookDeliveries']> = {
  async list(call) {
    const { table } = call.platform;
    const { webhookId, status, type } = call.query;
    const filters = { webhookId, status, type };
    const ids = webhookId === undefined ? (await allWebhooks(table, call.scope)).map(({ id }) => id) : [webhookId];
    const found = await listDeliveries(table, call.scope, ids, { status, type }, reachOf(call, filters));
    return { body: pageOf(call, filters, found, presentDelivery) };
  },

  async get(call) {
    return { body: presentDelivery(await deliveryOf(call)) };
  },

  async retry(call) {
    const { platform, scope, now } = call;
    const delivery = await deliveryOf(call);
    const again: DeliveryRecord = {
      ...delivery,
      status: 'pending',
      nextAttemptAt: now,
      startedAt: now,
      tries: 0,
      lease: platform.newId('request'),
    };
    const soon = deliverySoon(platform.table, scope, { webhookId: delivery.webhookId, at: now, call: again.lease });
    return { body: presentDelivery(again), writes: [...putDelivery(platform.table, scope, again), ...soon] };
  },
};
