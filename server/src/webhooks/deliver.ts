import type { DeliveryAttempt, DeliveryOutcome } from '@laurel/contract/webhooks/schema';
import { recordOwn } from '../audit/system.ts';
import { type Ending, fateOf } from '../domain/webhook/attempt.ts';
import { healthAfter } from '../domain/webhook/health.ts';
import { commit } from '../store/commit.ts';
import { type DeliveryRecord, dueDeliveries, nextDueTo, passDelivery } from '../store/deliveries.ts';
import { batchOutsideOfSheets } from '../store/happen.ts';
import { saveHappenings } from '../store/happenings.ts';
import type { Scope } from '../store/scope.ts';
import { allWebhooks, isHearing, setFailingSince, updateWebhookState, type WebhookRecord } from '../store/webhooks.ts';
import type { Sent } from './send.ts';
import { signedHeaders } from './sign.ts';
import { purposeOf, type WebhookWorker } from './worker.ts';

/** For how long a delivery is in the hand of whoever took it, in milliseconds: longer than an attempt can take. */
const LEASE = 60_000;
/** How many attempts a delivery shows. */
const SHOWN = 30;
/** How many deliveries to one webhook a run takes on, and for how long, so that no webhook holds up the others. */
const AT_ONCE = 50;
const LONGEST_RUN = 10_000;

/** What a run has done. */
export interface DeliveryRun {
  readonly attempted: number;
  /** When the next delivery of the workspace is due; null where none is. */
  readonly nextDueAt: string | null;
}

/** When the next delivery of a workspace is due; null where none is. */
export async function nextDeliveryDueAt({ table }: Pick<WebhookWorker, 'table'>, scope: Scope): Promise<string | null> {
  const webhooks = await allWebhooks(table, scope);
  const due = await Promise.all(webhooks.map(({ id }) => nextDueTo(table, scope, id)));
  return due.flatMap((at) => at ?? []).toSorted()[0] ?? null;
}

/**
 * Attempts what is due in a workspace by a time: the webhooks side by side, the deliveries to each one after the other,
 * the longest due first. After one that fails the rest of that webhook waits for the next run. Two runs at once do not
 * attempt the same delivery; a run that dies leaves what it had in hand due a minute later.
 */
export async function deliverDue(worker: WebhookWorker, scope: Scope, now: string): Promise<DeliveryRun> {
  const webhooks = await allWebhooks(worker.table, scope);
  const runs = await Promise.all(webhooks.map((webhook) => deliverTo(worker, scope, webhook, now)));
  return {
    attempted: runs.reduce((sum, { attempted }) => sum + attempted, 0),
    nextDueAt: await nextDeliveryDueAt(worker, scope),
  };
}

/** What a run has done for one webhook. */
export interface WebhookRun {
  readonly attempted: number;
  readonly delivered: number;
  /** Whether a failure made the rest wait. */
  readonly isHeldUp: boolean;
}

/** Attempts what is due to one webhook by a time, until something fails or the run has taken long enough. */
export async function deliverTo(
  worker: WebhookWorker,
  scope: Scope,
  webhook: WebhookRecord,
  now: string,
): Promise<WebhookRun> {
  const end = worker.clock() + LONGEST_RUN;
  const due = await dueDeliveries(worker.table, scope, webhook.id, { now, limit: AT_ONCE });
  let current = webhook;
  let [attempted, delivered] = [0, 0];
  for (const delivery of due) {
    if (worker.clock() >= end) break;
    const taken = await take(worker, scope, delivery, now);
    if (taken === undefined) continue;
    attempted += 1;
    const attempt = await attemptOf(worker, scope, current, taken, now);
    const ending = endingOf(attempt.outcome);
    if (ending === 'delivered') delivered += 1;
    await settle(worker, scope, taken, attempt, now);
    if (attempt.outcome === 'webhook_not_active' || taken.test) continue;
    current = await noteHealth(worker, scope, current, ending, now);
    if (ending === 'failed') return { attempted, delivered, isHeldUp: true };
  }
  return { attempted, delivered, isHeldUp: false };
}

/** Takes a delivery in hand, or nothing where somebody else was quicker. */
async function take(
  { table, newId }: WebhookWorker,
  scope: Scope,
  delivery: DeliveryRecord,
  now: string,
): Promise<DeliveryRecord | undefined> {
  const nextAttemptAt = new Date(Date.parse(now) + LEASE).toISOString();
  const taken = { ...delivery, nextAttemptAt, lease: newId('request'), tries: delivery.tries + 1 };
  const result = await commit(table, passDelivery(table, scope, taken, delivery.lease));
  return result.kind === 'committed' ? taken : undefined;
}

function outcomeOf(sent: Sent): DeliveryOutcome {
  if (sent.kind !== 'answered') return sent.kind;
  if (sent.status >= 200 && sent.status < 300) return 'delivered';
  return sent.status === 410 ? 'gone' : 'refused';
}

function endingOf(outcome: DeliveryOutcome): Ending {
  if (outcome === 'delivered') return 'delivered';
  return outcome === 'gone' || outcome === 'webhook_not_active' ? 'final' : 'failed';
}

/** The secrets that a delivery is signed with: the present one, and the former one until it has run out. */
function secretsOf({ sealer }: WebhookWorker, scope: Scope, { id, secrets }: WebhookRecord, now: string): string[] {
  return secrets
    .filter(({ until }) => until === null || until > now)
    .map(({ sealed }) => sealer.open(scope, purposeOf(id), sealed));
}

async function attemptOf(
  worker: WebhookWorker,
  scope: Scope,
  webhook: WebhookRecord,
  { happening, tries, test }: DeliveryRecord,
  now: string,
): Promise<DeliveryAttempt> {
  const open = test ? webhook.status === 'published' : isHearing(webhook);
  if (!open) return { at: now, outcome: 'webhook_not_active', status: null, milliseconds: 0 };
  const body = JSON.stringify(happening);
  const started = worker.clock();
  const message = { id: happening.id, timestamp: Math.floor(started / 1000), body };
  const headers = signedHeaders(message, secretsOf(worker, scope, webhook, now));
  const sent = await worker.send({ url: webhook.url, headers, body, tries: tries - 1 });
  const status = sent.kind === 'answered' ? sent.status : null;
  return { at: now, outcome: outcomeOf(sent), status, milliseconds: Math.max(0, Math.round(worker.clock() - started)) };
}

/** Writes down how an attempt ended and what becomes of the delivery, unless it was taken out of hand meanwhile. */
async function settle(
  { table, chance }: WebhookWorker,
  scope: Scope,
  taken: DeliveryRecord,
  attempt: DeliveryAttempt,
  now: string,
): Promise<void> {
  const fate = fateOf({
    ending: endingOf(attempt.outcome),
    attempts: taken.tries,
    startedAt: Date.parse(taken.startedAt),
    now: Date.parse(now),
    chance: chance(),
  });
  const settled: DeliveryRecord = {
    ...taken,
    status: fate.status,
    nextAttemptAt: fate.status === 'pending' ? new Date(fate.nextAttemptAt).toISOString() : null,
    attempts: [...taken.attempts, attempt].slice(-SHOWN),
  };
  await commit(table, passDelivery(table, scope, settled, taken.lease));
}

/** Writes down how the webhook is, where that changed; a webhook that is disabled is told of. */
async function noteHealth(
  worker: WebhookWorker,
  scope: Scope,
  webhook: WebhookRecord,
  ending: Ending,
  now: string,
): Promise<WebhookRecord> {
  const { table, newId } = worker;
  const before = webhook.failingSince === null ? null : Date.parse(webhook.failingSince);
  const health = healthAfter(before, ending, Date.parse(now));
  const failingSince = health.failingSince === null ? null : new Date(health.failingSince).toISOString();
  if (!health.disabled) {
    if (failingSince !== webhook.failingSince)
      await commit(table, setFailingSince(table, scope, webhook.id, failingSince));
    return { ...webhook, failingSince };
  }
  const disabled: WebhookRecord = {
    ...webhook,
    state: 'disabled',
    failingSince,
    disabledAt: now,
    version: webhook.version + 1,
  };
  const data = { webhookId: webhook.id, failingSince: failingSince ?? now };
  const told = batchOutsideOfSheets({ newId, scope, now }, null, [{ type: 'webhook.disabled', occurredAt: now, data }]);
  const { url: _url, types: _types, status: _status, ...state } = disabled;
  // Where an operator has changed it at this moment, their change stands, and the next failure comes back to this.
  const result = await commit(table, [
    updateWebhookState(table, scope, state),
    ...saveHappenings(table, scope, told),
    recordOwn(worker, scope, { action: 'webhook.disabled', target: { id: webhook.id } }),
  ]);
  return result.kind === 'committed' ? disabled : webhook;
}
