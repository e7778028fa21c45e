import type { Happening } from '@laurel/contract/types';
import { addDeliveries, type DeliveryRecord, deliveryId } from '../store/deliveries.ts';
import type { HappeningBatch } from '../store/happenings.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { allWebhooks, type WebhookRecord } from '../store/webhooks.ts';
import { callForDelivery } from './call.ts';

/** A delivery that is due at once. */
export function newDelivery(
  happening: Happening,
  webhookId: string,
  now: string,
  more: { readonly test?: boolean; readonly lease?: string } = {},
): DeliveryRecord {
  return {
    id: deliveryId(happening.id, webhookId),
    webhookId,
    status: 'pending',
    attempts: [],
    nextAttemptAt: now,
    createdAt: now,
    happening,
    tries: 0,
    startedAt: now,
    test: more.test ?? false,
    lease: more.lease ?? '',
  };
}

/** Whether a webhook wants to hear of a happening. */
export function wants({ types }: Pick<WebhookRecord, 'types'>, { type }: Happening): boolean {
  return types === null || types.includes(type);
}

/**
 * Queues what happened for every active webhook that wants it; what is queued already stays as it is, so that a batch
 * may come twice. Then the scheduler is called.
 */
export async function enqueue(table: Table, scope: Scope, batches: readonly HappeningBatch[]): Promise<void> {
  const active = (await allWebhooks(table, scope)).filter(({ status, deleted }) => status === 'active' && !deleted);
  if (active.length === 0) return;
  const deliveries = batches.flatMap(({ at, happenings }) =>
    happenings.flatMap((happening) =>
      active.filter((webhook) => wants(webhook, happening)).map(({ id }) => newDelivery(happening, id, at)),
    ),
  );
  await addDeliveries(table, scope, deliveries);
  for (const [webhookId, own] of Map.groupBy(deliveries, (delivery) => delivery.webhookId)) {
    const [at = ''] = own.map(({ startedAt }) => startedAt).toSorted();
    // The deliveries are there before the call that tells of them: whoever has heard it sees them.
    await callForDelivery(table, scope, { webhookId, at, call: own.at(-1)?.id ?? '' });
  }
}
