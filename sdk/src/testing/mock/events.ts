import { isObject } from '../../core/object.ts';
import type { BatchItem, Effects, Event, EventReceipt, EventTrack } from '../../generated/types.ts';
import { fixtures } from '../fixtures.ts';
import { memberOf } from './lists.ts';
import { moveMissions } from './missions.ts';
import { type Asked, isRefusal, NOT_FOUND, problemOf, type Refusal, type Reply } from './reply.ts';
import { grant, post } from './rewards.ts';
import type { World } from './world.ts';

const NOTHING: Effects = {
  progress: [],
  missionsCompleted: [],
  rewards: [],
  withheld: [],
  clipped: [],
  ledger: [],
  streaks: [],
  scores: [],
  badges: [],
  levels: [],
};

/** The mock looks at what it goes by; everything else of a body is the real platform's to judge. */
function isEvent(value: unknown): value is EventTrack {
  const [id, activity, at, worth] = ['id', 'activity', 'occurredAt', 'value'].map((name) => memberOf(value, name));
  return (
    typeof activity === 'string' &&
    ['string', 'undefined'].includes(typeof id) &&
    (at === undefined || (typeof at === 'string' && !Number.isNaN(Date.parse(at)))) &&
    (worth === undefined || Number.isInteger(worth))
  );
}

function giveByRules(world: World, event: Event, effects: Effects): void {
  for (const { activity, currency, amount } of world.rules) {
    if (activity !== event.activity) continue;
    const rule = `${activity}-${currency}`;
    const reward = grant(world, { kind: 'currency', currency, amount }, { kind: 'rule', rule }, event.occurredAt);
    if (reward !== undefined) effects.rewards.push(reward);
    effects.ledger.push(post(world, currency, amount, { kind: 'rule', rule, event: event.id }, event.occurredAt));
  }
}

function record(world: World, given: EventTrack, id: string): EventReceipt {
  const receivedAt = world.now();
  const { activity, occurredAt = receivedAt, value = 1, attributes = {} } = given;
  const facts = { id, activity, userId: world.me.id, occurredAt: new Date(occurredAt).toISOString(), receivedAt };
  const event: Event = { ...facts, value, attributes, voidedAt: null, limited: false };
  const effects = structuredClone(NOTHING);
  const told = { id: world.newId('hap'), workspace: 'main', userId: world.me.id, occurredAt: event.occurredAt };
  world.tell({ ...told, type: 'event.counted', data: { eventId: id, activity, value, limited: false } });
  giveByRules(world, event, effects);
  moveMissions(world, event, effects);
  // As it was then: what comes later moves the progress on, not the receipt.
  return structuredClone({ event, effects });
}

/** Counts an event once: its id has the same receipt for ever, and no other content. */
function count(world: World, given: unknown): EventReceipt | Refusal {
  if (!isEvent(given))
    return {
      problem: 'invalid_request',
      detail: 'An event has an activity, and fields of the right types.',
      pointer: '/',
    };
  const activities = world.lists.of('app.activities.list');
  if (
    world.lists.isGiven('app.activities.list') &&
    activities.length > 0 &&
    !activities.some(({ id }) => id === given.activity)
  )
    return { problem: 'unknown_reference', detail: `There is no activity ${given.activity}.`, pointer: '/activity' };
  const { id = world.newId('evt'), activity, value, occurredAt, attributes } = given;
  const sent = JSON.stringify([activity, value, occurredAt, attributes]);
  const known = world.receipts.get(id);
  if (known !== undefined)
    return known.sent === sent
      ? known.receipt
      : { problem: 'event_conflict', detail: `The event ${id} was recorded before, with other content.` };
  const receipt = record(world, given, id);
  world.receipts.set(id, { sent, receipt });
  world.lists.of('app.events.list').unshift(receipt.event);
  return receipt;
}

/** The world to track in: a copy, where nothing is to be stored. */
function worldFor(world: World, body: unknown): World {
  if (memberOf(body, 'dryRun') !== true) return world;
  return { ...world, lists: world.lists.copy(), receipts: new Map(world.receipts), tell: () => undefined };
}

/** Tracks one event. */
export function track(world: World, { body }: Asked): Reply {
  const receipt = count(worldFor(world, body), body);
  return isRefusal(receipt) ? receipt : { body: receipt };
}

/** Tracks many, each by itself. */
export function trackBatch(world: World, { body, path }: Asked): Reply {
  const events: unknown = memberOf(body, 'events');
  if (!Array.isArray(events) || events.length === 0 || events.length > 500)
    return { problem: 'invalid_request', detail: 'events has 1 to 500 items.', pointer: '/events' };
  const own = worldFor(world, body);
  const items = events.map((event: unknown): BatchItem => {
    const receipt = count(own, event);
    return isRefusal(receipt)
      ? { status: 'rejected', problem: problemOf(receipt, path, world.newId('req')) }
      : { status: 'accepted', receipt };
  });
  const accepted = items.filter(({ status }) => status === 'accepted').length;
  return { body: { accepted, rejected: items.length - accepted, items } };
}

/** The receipt of an event, of those that were tracked, else of one that is in the list. */
export function receiptOf(world: World, { params }: Asked): Reply {
  const { id = '' } = params;
  const receipt = world.receipts.get(id)?.receipt;
  if (receipt !== undefined) return { body: receipt };
  const event = world.lists.of('app.events.list').find((one) => one.id === id);
  return isObject(event) ? { body: fixtures.eventReceipt({ event, effects: NOTHING }) } : NOT_FOUND;
}
