import { createHash } from 'node:crypto';
import type { Event, EventReceipt } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { civilStamp, stampsOf, utcInstant } from '../calendar/civil.ts';
import { type CivilStamp, decide, needsOf, type PlayerEvent, type PlayerState, zonesOf } from '../domain/index.ts';
import { commit, type Write } from '../store/commit.ts';
import type { Rulebook } from '../store/definitions.ts';
import { type EventMark, getMarkedEvents, getMarks, saveEvent } from '../store/events.ts';
import { getSheet, getSlices, type Slices, saveSheet, saveSlices } from '../store/players.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { attributeProblem } from './attributes.ts';
import type { CallContext } from './call.ts';
import { presentEffects } from './effects.ts';
import { savePostings } from './entries.ts';
import { joinLeagues } from './league-places.ts';
import { ProblemError, unknownReference } from './problem.ts';
import { zoneOf } from './reader.ts';
import { playerQueue } from './serial.ts';

/** An event as a caller sends it. */
export interface SentEvent {
  readonly id?: string | undefined;
  readonly activity: string;
  readonly occurredAt?: string | undefined;
  readonly value?: number | undefined;
  readonly attributes?: Event['attributes'] | undefined;
}

/** What an item came to. */
export type Outcome = { readonly receipt: EventReceipt } | { readonly problem: ProblemError };

/** What deciding the events of one player takes. */
export interface Ingest {
  readonly call: CallContext;
  readonly workspace: Workspace;
  readonly rulebook: Rulebook;
  readonly dryRun: boolean;
}

/** DynamoDB's limit of items in one transaction; as many events are committed at once as fit. */
const MOST_WRITES = 100;
const TOO_MUCH = 'The rules give more for this event than one transaction can hold: lower the number of rewards.';

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
interface Incoming {
  readonly index: number;
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
  };
  return { index, event, digest: digestOf(sent, event) };
}

/**
 * Counts the events of one player, in their order, each exactly once, and answers for each. Events that were counted
 * before have the answer that they had then. Nothing is stored on a dry run.
 */
export async function ingestForPlayer(
  ingest: Ingest,
  user: User,
  sent: readonly SentEvent[],
): Promise<readonly Outcome[]> {
  const prepared = sent.map((one, index) => prepare(ingest, user, one, index));
  const accepted = prepared.filter((one) => 'event' in one);
  // An id that comes twice is one event: what follows the first is an echo of it.
  const firsts = new Map(accepted.toReversed().map((incoming) => [incoming.event.id, incoming]));
  const settled = await ingest.call.platform.serial(playerQueue(ingest.call.scope, user.id), () =>
    settleAll(
      ingest,
      user,
      [...firsts.values()].toSorted((a, b) => a.index - b.index),
    ),
  );
  return prepared.map((one) => {
    if ('problem' in one) return one;
    const first = firsts.get(one.event.id);
    const outcome = first && settled.get(first.index);
    if (first === undefined || outcome === undefined) throw new Error('an event was left without an answer');
    return first.digest === one.digest ? outcome : { problem: new ProblemError('event_conflict') };
  });
}

function prepare(
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

/** Settles all events of a player, as many at a time as fit, and again where somebody else changed the player. */
async function settleAll(ingest: Ingest, user: User, queue: readonly Incoming[]): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  let rest = queue;
  let carried: PlayerState | undefined;
  for (let attempt = 1; rest.length > 0; attempt += 1) {
    const settled = await settleSome(ingest, user, rest, carried);
    if (settled === 'moved') {
      if (attempt >= ATTEMPTS) throw new ProblemError('conflict');
      await backOff(attempt);
      continue;
    }
    for (const [index, outcome] of settled.outcomes) outcomes.set(index, outcome);
    rest = rest.filter((incoming) => !outcomes.has(incoming.index));
    carried = ingest.dryRun ? settled.player : undefined;
    attempt = 0;
  }
  return outcomes;
}

interface Settled {
  readonly outcomes: ReadonlyMap<number, Outcome>;
  readonly player: PlayerState;
}

/** The receipt of an event that was counted before, or why its id cannot be used again. */
function repeated(incoming: Incoming, mark: EventMark, record: EventReceipt | undefined): Outcome {
  if (mark.digest !== incoming.digest || record === undefined) return { problem: new ProblemError('event_conflict') };
  return { receipt: record };
}

/**
 * Decides as many of the events as one transaction holds, and commits them. `moved` says that somebody else changed
 * the player meanwhile, so that all must be decided anew.
 */
async function settleSome(
  ingest: Ingest,
  user: User,
  queue: readonly Incoming[],
  carried: PlayerState | undefined,
): Promise<Settled | 'moved'> {
  const { call } = ingest;
  const { table } = call.platform;
  // The sheet first: what is read after it is never older than its version says.
  const sheet = await getSheet(table, call.scope, user.id);
  const marks = await getMarks(
    table,
    call.scope,
    queue.map(({ event }) => event.id),
  );
  const known = await getMarkedEvents(
    table,
    call.scope,
    [...marks.values()].filter((mark) => mark.userId === user.id),
  );
  const outcomes = new Map<number, Outcome>();
  for (const incoming of queue) {
    const mark = marks.get(incoming.event.id);
    if (mark !== undefined) outcomes.set(incoming.index, repeated(incoming, mark, known.get(incoming.event.id)));
  }
  const fresh = queue.filter(({ index }) => !outcomes.has(index));
  const events = fresh.map((incoming) => stamped(ingest, user, incoming.event));
  const loaded = await loadSlices(ingest, user, events);
  const before: PlayerState = { ...loaded, wallets: sheet.wallets };
  const decided = decideSome(ingest, fresh, events, carried ? merged(before, carried) : before);
  for (const [index, outcome] of decided.outcomes) outcomes.set(index, outcome);
  if (ingest.dryRun || decided.writes.length === 0) return { outcomes, player: decided.player };
  const result = await commit(table, [
    saveSheet(table, call.scope, user.id, sheet, decided.player.wallets),
    ...saveSlices(table, call.scope, user.id, before, decided.player),
    ...decided.writes,
  ]);
  if (result.kind !== 'committed') return 'moved';
  await followLeagues(ingest, user, before, decided.player);
  return { outcomes, player: decided.player };
}

/** Brings the scores that moved into their leagues. What fails here is made up for when the week is settled. */
async function followLeagues({ call, rulebook }: Ingest, user: User, before: PlayerState, after: PlayerState) {
  const moved = Object.entries(after.scores).flatMap(([id, score]) => (before.scores[id] === score ? [] : [score]));
  try {
    await joinLeagues(call.platform, call.scope, rulebook.definitions.leagues, user.id, moved, call.now);
  } catch (error) {
    call.platform.logger.error('a player was not placed in a league', { error: String(error) });
  }
}

/** What was loaded, with what a dry run has already changed in it. */
function merged(loaded: PlayerState, carried: PlayerState): PlayerState {
  return {
    wallets: { ...loaded.wallets, ...carried.wallets },
    progress: { ...loaded.progress, ...carried.progress },
    streaks: { ...loaded.streaks, ...carried.streaks },
    scores: { ...loaded.scores, ...carried.scores },
  };
}

function stamped({ workspace, rulebook }: Ingest, user: User, event: Event): PlayerEvent {
  const userZone = zoneOf(user, workspace);
  const stamps = stampsOf(event.occurredAt, zonesOf(rulebook.ruleset, event.activity, userZone));
  return { ...event, userZone, userLanguage: user.language ?? workspace.language, stamps };
}

function loadSlices({ call, rulebook }: Ingest, user: User, events: readonly PlayerEvent[]): Promise<Slices> {
  const needs = events.map((event) => needsOf(rulebook.ruleset, event));
  const all = (part: 'progress' | 'streaks' | 'scores') => [...new Set(needs.flatMap((need) => need[part]))];
  return getSlices(call.platform.table, call.scope, user.id, {
    progress: all('progress'),
    streaks: all('streaks'),
    scores: all('scores'),
  });
}

interface Decided extends Settled {
  /** The events and their ledger legs; the player's own items are written from the difference. */
  readonly writes: readonly Write[];
}

/** Decides events one after the other until the next one would not fit into the transaction. */
function decideSome(
  ingest: Ingest,
  incoming: readonly Incoming[],
  events: readonly PlayerEvent[],
  before: PlayerState,
): Decided {
  const { call, rulebook } = ingest;
  const outcomes = new Map<number, Outcome>();
  const writes: Write[] = [];
  let player = before;
  for (const [position, one] of incoming.entries()) {
    const event = events[position];
    if (event === undefined) break;
    // Not earlier: an event that was counted is answered as it was, whatever has become of its activity.
    const problem = activityProblem(rulebook, event);
    if (problem !== undefined) {
      outcomes.set(one.index, { problem });
      continue;
    }
    const decision = decide(rulebook.ruleset, player, event, call.now);
    if (decision.kind === 'refused') {
      outcomes.set(one.index, { problem: new ProblemError('unprocessable', decision.detail) });
      continue;
    }
    const today = (zone: string) => todayIn(ingest, event, zone);
    const effects = presentEffects(call.scope, one.event, decision.effects, rulebook, today);
    const receipt = { event: one.event, effects };
    const own = [
      ...saveEvent(call.platform.table, call.scope, receipt, one.digest),
      ...savePostings(call.platform.table, call.scope, event.userId, decision.effects.postings),
    ];
    const slices = saveSlices(call.platform.table, call.scope, event.userId, before, decision.player).length;
    const size = writes.length + own.length + slices + 1;
    if (size > MOST_WRITES && writes.length > 0) break;
    if (size > MOST_WRITES) {
      outcomes.set(one.index, { problem: new ProblemError('unprocessable', TOO_MUCH) });
      continue;
    }
    writes.push(...own);
    outcomes.set(one.index, { receipt });
    player = decision.player;
  }
  return { outcomes, player, writes };
}

/** Why an activity does not take an event, if it does not. */
function activityProblem({ ruleset }: Rulebook, event: PlayerEvent): ProblemError | undefined {
  const activity = ruleset.activities.get(event.activity);
  if (activity?.status === 'archived') return new ProblemError('unprocessable', 'The activity is archived.');
  return attributeProblem(activity, event.attributes);
}

/** The present civil date in a zone of a definition; kept by the call, since a batch asks for it often. */
function todayIn({ call }: Ingest, event: PlayerEvent, zone: string): CivilStamp {
  return civilStamp(call.now, zone === 'user' ? event.userZone : zone);
}
