import { settledRuleset } from '../store/definitions.ts';
import { nextDueTo } from '../store/deliveries.ts';
import { callOf } from '../store/schedule.ts';
import { getWebhook } from '../store/webhooks.ts';
import { WEBHOOK_DELIVER } from '../webhooks/call.ts';
import { deliverTo, type WebhookRun } from '../webhooks/deliver.ts';
import type { Outcome, Turn, TurnHandler } from './turn.ts';

/** How long what waits behind a failed delivery waits at the most, in milliseconds, until the next one is tried. */
const HELD_UP_FOR = 10_000;

function plus(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

function outcomeOf({ attempted, delivered, isHeldUp }: WebhookRun): Pick<Outcome, 'outcome' | 'details'> {
  if (attempted === 0) return { outcome: 'skipped' };
  const details = { attempted: String(attempted), delivered: String(delivered) };
  return { outcome: isHeldUp ? 'failed' : 'delivered', details };
}

/** When deliveries to a webhook go on: when the next one is due, but not at this turn, and not at once after a failure. */
function nextTurn({ item, now }: Turn, { isHeldUp }: WebhookRun, due: string | undefined): string | null {
  if (due === undefined) return null;
  const earliest = isHeldUp ? plus(now, HELD_UP_FOR) : plus(item.at, 1);
  return due > earliest ? due : earliest;
}

/**
 * Attempts what is due to a webhook. Attempts cannot wait for a commit, and need not: each delivery is taken in hand by
 * a write of its own, and may arrive twice. The turn ends where nothing is left, and nobody has queued more since.
 */
const deliver: TurnHandler = async (turn) => {
  const { platform, scope, item, now } = turn;
  const { table } = platform;
  // By the version that is at work: a configuration that was cut short is finished first.
  await settledRuleset(table, scope);
  const webhook = await getWebhook(table, scope, item.subject);
  if (webhook === undefined) return { outcome: 'skipped' };
  const run = await deliverTo(await platform.deliverer(scope.tenant), scope, webhook, now);
  const heard = await callOf(table, scope, item);
  const due = await nextDueTo(table, scope, webhook.id);
  return { ...outcomeOf(run), heard, next: nextTurn(turn, run, due) };
};

/** The deliveries of webhooks. */
export const deliveryTurns: ReadonlyMap<string, TurnHandler> = new Map([[WEBHOOK_DELIVER, deliver]]);
