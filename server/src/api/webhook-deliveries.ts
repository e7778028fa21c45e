import type { Contract } from '@laurel/contract';
import type { WebhookDelivery } from '@laurel/contract/webhooks/schema';
import { type DeliveryRecord, getDelivery, listDeliveries, putDelivery } from '../store/deliveries.ts';
import { allWebhookStates } from '../store/webhooks.ts';
import { deliverySoon } from '../webhooks/call.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { notFound } from './problem.ts';

/** A delivery as it is shown. */
export function presentDelivery(record: DeliveryRecord): WebhookDelivery {
  const { tries: _tries, startedAt: _started, test: _test, lease: _lease, ...shown } = record;
  return shown;
}

async function deliveryOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<DeliveryRecord> {
  const delivery = await getDelivery(call.platform.table, call.scope, call.params.id);
  if (delivery === undefined) throw notFound();
  return delivery;
}

export const webhookDeliveries: Handlers<Contract['dashboard']['webhookDeliveries']> = {
  async list(call) {
    const { table } = call.platform;
    const { webhookId, status, type } = call.query;
    const filters = { webhookId, status, type };
    const ids = webhookId === undefined ? [...(await allWebhookStates(table, call.scope)).keys()] : [webhookId];
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
