import { createHash } from 'node:crypto';
import type { Event } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { utcInstant } from '../calendar/civil.ts';
import type { Position } from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { attributeProblem } from './attributes.ts';
import type { CallContext } from './call.ts';
import type { Rooms } from './people/usage-room.ts';
import { ProblemError, unknownReference } from './problem.ts';

/** An event as a caller sends it. */
export interface SentEvent {
  readonly id?: string | undefined;
  readonly activity: string;
  readonly occurredAt?: string | undefined;
  readonly value?: number | undefined;
  readonly attributes?: Event['attributes'] | undefined;
}

/** What deciding events takes. */
export interface Ingest {
  readonly call: CallContext;
  readonly workspace: Workspace;
  readonly rulebook: Rulebook;
  readonly dryRun: boolean;
  /** What the plan of the tenant has left. */
  readonly rooms: Rooms;
}

const EARLIEST = '1900-01-01T00:00:00.000Z';
const AHEAD_MS = 5 * 60 * 1000;

function occurredAtOf(sent: SentEvent, now: string): string {
  if (sent.occurredAt === undefined) return now;
  const latest = new Date(Date.parse(now) + AHEAD_MS).toISOString();
  // The year 0 and its like are out of range before any calendar is asked.
  if (/^(?:0|1[0-8])/.test(sent.occurredAt)) throw outOfRange();
  const occurredAt = utcInstant(sent.occurredAt);
  if (occurredAt < EARLIEST || occurredAt > latest) throw outOfRange();
  return occurredAt;
}

function outOfRange(): ProblemError {
  const error = { pointer: '/occurredAt', code: 'time_out_of_range', message: 'from 1900 to five minutes ahead' };
  return new ProblemError('time_out_of_range', undefined, { errors: [error] });
}

/** An event that is ready to be decided, or already known. */
export interface Incoming {
  readonly index: number;
  /** Whether the caller said when it occurred. */
  readonly isTimed: boolean;
  readonly event: Event;
  readonly digest: string;
}

/** What the caller said, in a fixed order: the same event sent again has the same digest. */
function digestOf(sent: SentEvent, event: Event): string {
  const attributes = Object.entries(event.attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // An event that names no time is the same event when it is sent again later.
  const occurredAt = sent.occurredAt === undefined ? null : event.occurredAt;
  const said = [event.userId, event.activity, occurredAt, event.value, attributes];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

function incomingOf({ call, rulebook }: Ingest, user: User, sent: SentEvent, index: number): Incoming {
  const activity = rulebook.ruleset.activities.get(sent.activity);
  if (activity === undefined) throw unknownReference('/activity', 'activity');
  if (call.principal.kind === 'player' && !activity.playersMaySend) {
    throw new ProblemError('forbidden', "Only a backend may send this activity: it does not allow players' clients.");
  }
  const event: Event = {
    id: sent.id ?? call.platform.newId('event'),
    activity: sent.activity,
    userId: user.id,
    occurredAt: occurredAtOf(sent, call.now),
    receivedAt: call.now,
    value: sent.value ?? 1,
    attributes: sent.attributes ?? {},
    voidedAt: null,
    limited: false,
  };
  return { index, isTimed: sent.occurredAt !== undefined, event, digest: digestOf(sent, event) };
}

/** An event as it is decided, or why it cannot be: by what the caller said alone. */
export function prepare(
  ingest: Ingest,
  user: User,
  sent: SentEvent,
  index: number,
): Incoming | { readonly problem: ProblemError } {
  try {
    return incomingOf(ingest, user, sent, index);
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error };
    throw error;
  }
}

/** How far ahead of now the latest entry may be for it to be of the same moment, in milliseconds. */
const MOMENT_MS = 60_000;

/**
 * Events that name no time, each in its turn: in the order in which they were sent, and after all that the player has done
 * at that moment already. A history tells entries of one instant apart by their ids, which callers may choose.
 */
export function inSequence(events: readonly Incoming[], last: Position | null): Incoming[] {
  let before = last === null ? Number.NEGATIVE_INFINITY : Date.parse(last.at);
  return events.map((incoming) => {
    if (incoming.isTimed) return incoming;
    const now = Date.parse(incoming.event.occurredAt);
    const isSameMoment = now <= before && before - now < MOMENT_MS;
    before = isSameMoment ? before + 1 : now;
    const occurredAt = new Date(before).toISOString();
    return { ...incoming, event: { ...incoming.event, occurredAt } };
  });
}

/** Why an activity does not take an event, if it does not. */
export function activityProblem({ ruleset }: Rulebook, event: Event): ProblemError | undefined {
  const activity = ruleset.activities.get(event.activity);
  if (activity?.status === 'archived') return new ProblemError('unprocessable', 'The activity is archived.');
  return attributeProblem(activity, event.attributes);
}
