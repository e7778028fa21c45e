import { setTimeout } from 'node:timers/promises';
import { commit, type Write } from '../store/commit.ts';
import { bringForward, callDue, type DueItem, getDue, putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';

/** What the scheduler runs for a webhook: whatever is due to it is attempted. */
export const WEBHOOK_DELIVER = 'webhook.deliver';

/** That there are deliveries to a webhook. */
export interface DeliveryCall {
  readonly webhookId: string;
  /** When the first of them is due. */
  readonly at: string;
  /** A text that no other call for these deliveries has. */
  readonly call: string;
}

function itemOf({ webhookId, at }: DeliveryCall): DueItem {
  return { kind: WEBHOOK_DELIVER, subject: webhookId, at };
}

/** Writes that have the scheduler deliver at a time, instead of when it would have. */
export function deliverySoon(table: Table, scope: Scope, call: DeliveryCall): Write[] {
  return putDue(table, scope, itemOf(call), call.call);
}

/** When the scheduler delivers to a webhook next, if it does. */
export async function deliveryDueAt(table: Table, scope: Scope, webhookId: string): Promise<string | undefined> {
  return (await getDue(table, scope, { kind: WEBHOOK_DELIVER, subject: webhookId }))?.at;
}

/** How often a call is tried that others, at the same moment, keep from being written. */
const TRIES = 20;

/**
 * Has the scheduler deliver by a time. What is due before stays where it is: were it moved on with each call, a steady
 * stream of them would keep it from ever being run.
 */
export async function callForDelivery(table: Table, scope: Scope, call: DeliveryCall): Promise<void> {
  const item = itemOf(call);
  for (let tried = 1; tried <= TRIES; tried += 1) {
    if ((await commit(table, callDue(table, scope, item, call.call))).kind === 'committed') return;
    if ((await commit(table, bringForward(table, scope, item, call.call))).kind === 'committed') return;
    await setTimeout(tried);
  }
  throw new Error('deliveries could not be scheduled: contended');
}
