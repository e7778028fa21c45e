import type { Happening } from '@laurel/contract/types';
import { getClock } from '../store/clocks.ts';
import { addDeliveries, type DeliveryRecord, deliveryId, nextDueTo } from '../store/deliveries.ts';
import { batchesBetween, type HappeningBatch } from '../store/happenings.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { allWebhooks, isHearing, type WebhookRecord } from '../store/webhooks.ts';
import { callForDelivery, deliveryDueAt } from './call.ts';

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
 * may come twice. Then the scheduler is called; where a test clock says what time it is, whoever advances it sees to that.
 */
export async function enqueue(table: Table, scope: Scope, batches: readonly HappeningBatch[]): Promise<void> {
  const active = await activeWebhooks(table, scope);
  const deliveries = batches.flatMap(({ at, happenings }) =>
    happenings.flatMap((happening) =>
      active.filter((webhook) => wants(webhook, happening)).map(({ id }) => newDelivery(happening, id, at)),
    ),
  );
  if (deliveries.length === 0) return;
  await addDeliveries(table, scope, deliveries);
  if ((await getClock(table, scope))?.kind === 'test') return;
  for (const [webhookId, own] of Map.groupBy(deliveries, (delivery) => delivery.webhookId)) {
    const [at = ''] = own.map(({ startedAt }) => startedAt).toSorted();
    // The deliveries are there before the call that tells of them: whoever has heard it sees them.
    await callForDelivery(table, scope, { webhookId, at, call: own.at(-1)?.id ?? '' });
  }
}

/** So much of one moment is looked at; what is more comes by the stream. */
const MOST_AT_ONCE = 1000;

/**
 * The same for what a workspace with a test clock was told at a moment, by whoever advances the clock: what follows from
 * a turn is queued before the next one is run, and does not wait for the stream, which brings the same. Webhooks do not
 * hear of what was before they came to work.
 * @returns whether a delivery is due by then
 */
export async function enqueueAt(table: Table, scope: Scope, at: string): Promise<boolean> {
  const active = await activeWebhooks(table, scope);
  if (active.length === 0) return false;
  const batches = await batchesBetween(table, scope, { from: at, to: at, limit: MOST_AT_ONCE });
  const happenings = batches.flatMap((batch) => batch.happenings);
  const deliveries = active.flatMap((webhook) =>
    happenings
      .filter((happening) => wants(webhook, happening) && madeAt(webhook.since) < madeAt(happening.id))
      .map((happening) => newDelivery(happening, webhook.id, at)),
  );
  const added = new Set((await addDeliveries(table, scope, deliveries)).map(({ webhookId }) => webhookId));
  let isDue = false;
  for (const { id } of active) if (await callAt({ table, scope, at }, id, added.has(id))) isDue = true;
  return isDue;
}

/** Calls for what is pending to a webhook at a moment. What failed waits for its time, unless something new comes. */
async function callAt(
  { table, scope, at }: { readonly table: Table; readonly scope: Scope; readonly at: string },
  webhookId: string,
  hasNew: boolean,
): Promise<boolean> {
  const pending = await nextDueTo(table, scope, webhookId);
  if (pending === undefined || pending > at) return false;
  const calledFor = await deliveryDueAt(table, scope, webhookId);
  if (calledFor !== undefined && (calledFor <= at || !hasNew)) return calledFor <= at;
  await callForDelivery(table, scope, { webhookId, at, call: `${at} ${webhookId}` });
  return true;
}

/** Ids are ULIDs behind their prefix: they sort by when they were made. */
function madeAt(id: string): string {
  return id.slice(id.indexOf('_') + 1);
}

async function activeWebhooks(table: Table, scope: Scope): Promise<WebhookRecord[]> {
  return (await allWebhooks(table, scope)).filter(isHearing);
}
