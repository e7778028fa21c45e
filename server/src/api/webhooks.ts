import type { Contract } from '@laurel/contract';
import type { Webhook, WebhookHealth } from '@laurel/contract/webhooks/schema';
import { addDelivery, putDeliveries } from '../store/deliveries.ts';
import { happen } from '../store/happen.ts';
import { batchesBetween, type HappeningBatch } from '../store/happenings.ts';
import {
  allWebhookStates,
  createWebhookState,
  getWebhook,
  getWebhookState,
  removeWebhookState,
  type SealedSecret,
  updateWebhookState,
  type WebhookState,
} from '../store/webhooks.ts';
import { deliverySoon } from '../webhooks/call.ts';
import { newDelivery, wants } from '../webhooks/enqueue.ts';
import type { Answer, CallContext, Handlers } from './call.ts';
import { ProblemError, unknownReference } from './problem.ts';
import { presentDelivery } from './webhook-deliveries.ts';
import { newSecret, newState, welcomeWrites } from './webhook-states.ts';

type Webhooks = Handlers<Contract['dashboard']['webhooks']>;
/** What a webhook has beside the life of a definition. */
type Beside = 'rotateSecret' | 'pause' | 'resume' | 'test' | 'replay';
/** The life of a definition as every kind has it, before its secrets and deliveries are seen to. */
type Life = Omit<Webhooks, Beside | 'create'> & {
  readonly create: (call: Parameters<Webhooks['create']>[0]) => Promise<Answer<Webhook>>;
};
type Single = CallContext & { readonly params: { readonly id: string } };

/** How many batches of happenings one replay reads. */
const REPLAYED_AT_ONCE = 500;

/** A webhook as it is shown: with how its deliveries go, and nothing of its secrets but when they were changed. */
function withHealth(webhook: Webhook, state: WebhookState | undefined): Webhook {
  if (webhook.status === 'draft' || state === undefined) return webhook;
  const { id: _id, secrets: _secrets, since: _since, version: _version, ...delivery }: WebhookState = state;
  const shown: WebhookHealth = delivery;
  return { ...webhook, delivery: shown };
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

/** A handler whose answer shows how the deliveries of the webhook go. */
function shown<C extends CallContext>(handler: (call: C) => Promise<Answer<Webhook>>) {
  return async (call: C): Promise<Answer<Webhook>> => {
    const answer = await handler(call);
    const state = await getWebhookState(call.platform.table, call.scope, answer.body.id);
    return { ...answer, body: withHealth(answer.body, state) };
  };
}

/** The same for a handler that may put a webhook to work: from then on it hears, and has a state to do so. */
function welcomed<C extends CallContext>(
  handler: (call: C) => Promise<Answer<Webhook>>,
  arrives: (webhook: Webhook) => boolean,
) {
  return shown(async (call: C) => {
    const answer = await handler(call);
    if (answer.writes === undefined || !arrives(answer.body)) return answer;
    return { ...answer, writes: [...answer.writes, welcomeWrites(call, answer.body.id)] };
  });
}

/** Whether a version is the first that is at work. */
const isFirst = ({ status, version }: Webhook): boolean => status === 'published' && version === 1;

/** The life of webhooks: that of every definition, with their secrets and deliveries beside it. */
function livesOf(life: Life): Omit<Webhooks, Beside> {
  return {
    ...life,
    async list(call) {
      const answer = await life.list(call);
      const states = await allWebhookStates(call.platform.table, call.scope);
      const items = answer.body.items.map((webhook) => withHealth(webhook, states.get(webhook.id)));
      return { ...answer, body: { ...answer.body, items } };
    },

    async create(call) {
      const { writes = [], ...answer } = await life.create(call);
      const { id } = answer.body;
      const { secret, kept } = newSecret(call, id);
      const state: WebhookState = { ...newState(call, id, [kept]), secretShownAt: call.now };
      return {
        ...answer,
        body: { webhook: withHealth(answer.body, state), secret },
        writes: [...writes, createWebhookState(call.platform.table, call.scope, state)],
      };
    },

    async remove(call) {
      const { writes = [], ...answer } = await life.remove(call);
      return { ...answer, writes: [...writes, removeWebhookState(call.platform.table, call.scope, answer.body.id)] };
    },

    get: shown(life.get),
    update: welcomed(life.update, isFirst),
    discardDraft: shown(life.discardDraft),
    publish: welcomed(life.publish, isFirst),
    archive: shown(life.archive),
    unarchive: welcomed(life.unarchive, () => true),
    restore: shown(life.restore),
  };
}

/** The handlers of webhooks. */
export function webhookHandlers(life: Life): Webhooks {
  /** Answers with a webhook whose state is another from now on. */
  const changed = async (call: Single, next: (state: WebhookState) => Partial<WebhookState>) => {
    const { platform, scope } = call;
    const { body: webhook } = await life.get(call);
    const found = await getWebhookState(platform.table, scope, webhook.id);
    if (found === undefined) throw new Error('a webhook has a state');
    const state: WebhookState = { ...found, ...next(found), version: found.version + 1 };
    return { body: withHealth(webhook, state), writes: [updateWebhookState(platform.table, scope, state)] };
  };

  return {
    ...livesOf(life),

    async rotateSecret(call) {
      const { now, body } = call;
      const { secret, kept } = newSecret(call, call.params.id);
      const until = new Date(Date.parse(now) + body.overlapHours * 60 * 60 * 1000).toISOString();
      const answer = await changed(call, ({ secrets }) => {
        // Two live secrets at most: one that was former already ends here.
        const former = secrets.slice(0, 1).map(({ sealed }): SealedSecret => ({ sealed, until }));
        const overlaps = body.overlapHours > 0 && former.length > 0;
        return {
          secrets: [kept, ...(overlaps ? former : [])],
          secretShownAt: now,
          formerSecretUntil: overlaps ? until : null,
        };
      });
      return { ...answer, body: { webhook: answer.body, secret } };
    },

    async pause(call) {
      return changed(call, () => ({ state: 'paused', disabledAt: null }));
    },

    async resume(call) {
      return changed(call, () => ({ state: 'active', failingSince: null, disabledAt: null }));
    },

    async test(call) {
      const { platform, scope, now } = call;
      const { id, status } = (await life.get(call)).body;
      if (status !== 'published')
        throw new ProblemError(
          'unprocessable',
          `It is ${status === 'draft' ? 'a draft' : status}: nothing is sent to it.`,
        );
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
      if (webhook?.status !== 'published') throw unknownReference('/webhookId', 'webhook');
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
}
