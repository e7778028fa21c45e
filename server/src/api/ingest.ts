import { createHash } from 'node:crypto';
import type { Event, EventReceipt } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { stampsOf, utcInstant } from '../calendar/civil.ts';
import { periodsOf } from '../calendar/schedule.ts';
import {
  comparePositions,
  type Entry,
  isLimited,
  type Position,
  positionOf,
  recordsOf,
  type ScoreRecord,
  userFactsOf,
  zonesOf,
} from '../domain/index.ts';
import { commit, MOST_WRITES, type Write } from '../store/commit.ts';
import type { Rulebook } from '../store/definitions.ts';
import { type EventMark, getMarkedEvents, getMarks, saveEvent } from '../store/events.ts';
import { getSheet } from '../store/players.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { attributeProblem } from './attributes.ts';
import type { CallContext } from './call.ts';
import { presentEffects } from './effects.ts';
import { walletEntries } from './entries.ts';
import { joinLeagues } from './league-places.ts';
import { foldedOf, type Plan, planChange } from './plan.ts';
import { type PlayerView, storedView, viewAfter } from './player-view.ts';
import { ProblemError, unknownReference } from './problem.ts';
import { momentIn, zoneOf } from './reader.ts';
import { playerQueue } from './serial.ts';
import { withTeams } from './team-stamps.ts';

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

/** Why an event is refused that does not even fit into a transaction by itself. */
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
  let view: PlayerView | undefined;
  for (let attempt = 1; rest.length > 0; attempt += 1) {
    const begun = performance.now();
    const settled = await settleSome(ingest, user, rest, view);
    if (settled === 'moved') {
      if (attempt >= ATTEMPTS) throw new ProblemError('conflict');
      await backOff(attempt, performance.now() - begun);
      continue;
    }
    for (const [index, outcome] of settled.outcomes) outcomes.set(index, outcome);
    rest = rest.filter((incoming) => !outcomes.has(incoming.index));
    // A dry run goes on from where it would be; what is stored is read anew.
    view = ingest.dryRun ? settled.view : undefined;
    attempt = 0;
  }
  return outcomes;
}

interface Settled {
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** The player after them. */
  readonly view: PlayerView;
}

/** The receipt of an event that was counted before, or why its id cannot be used again. */
function repeated(incoming: Incoming, mark: EventMark, record: EventReceipt | undefined): Outcome {
  if (mark.digest !== incoming.digest || record === undefined) return { problem: new ProblemError('event_conflict') };
  return { receipt: record };
}

/** What is known of the events already, and what is left to be decided. */
async function sift({ call }: Ingest, user: User, queue: readonly Incoming[]) {
  const { table } = call.platform;
  const ids = queue.map(({ event }) => event.id);
  const marks = await getMarks(table, call.scope, ids);
  const mine = [...marks.values()].filter((mark) => mark.userId === user.id);
  const known = await getMarkedEvents(table, call.scope, mine);
  const outcomes = new Map<number, Outcome>();
  for (const incoming of queue) {
    const mark = marks.get(incoming.event.id);
    if (mark !== undefined) outcomes.set(incoming.index, repeated(incoming, mark, known.get(incoming.event.id)));
  }
  return { outcomes, fresh: queue.filter(({ index }) => !outcomes.has(index)) };
}

/**
 * Decides as many of the events as one transaction holds, and commits them. `moved` says that somebody else changed
 * the player meanwhile, so that all must be decided anew.
 */
async function settleSome(
  ingest: Ingest,
  user: User,
  queue: readonly Incoming[],
  carried: PlayerView | undefined,
): Promise<Settled | 'moved'> {
  const { call } = ingest;
  const { table } = call.platform;
  // The sheet first: what is read after it is never older than its version says.
  const view = carried ?? storedView(call, user.id, await getSheet(table, call.scope, user.id));
  const { outcomes, fresh } = await sift(ingest, user, queue);
  const good = fresh.filter((incoming) => {
    // Not earlier: an event that was counted is answered as it was, whatever has become of its activity.
    const problem = activityProblem(ingest.rulebook, incoming.event);
    if (problem !== undefined) outcomes.set(incoming.index, { problem });
    return problem === undefined;
  });
  if (good.length === 0) return { outcomes, view };
  const planned = await planSome(ingest, user, view, inTurn(good, view.sheet.last));
  for (const [index, outcome] of planned.outcomes) outcomes.set(index, outcome);
  if (ingest.dryRun || planned.writes.length === 0) return { outcomes, view: planned.view };
  const result = await commit(table, planned.writes);
  if (result.kind !== 'committed') return 'moved';
  await followLeagues(ingest, user, planned.moved);
  return { outcomes, view: planned.view };
}

/** How far ahead of now the latest entry may be for it to be of the same moment, in milliseconds. */
const MOMENT_MS = 60_000;

/**
 * Events that name no time, each in its turn: in the order in which they were sent, and after all that the player has done
 * at that moment already. A history tells entries of one instant apart by their ids, which callers may choose.
 */
function inTurn(events: readonly Incoming[], last: Position | null): Incoming[] {
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

/** Brings the scores that moved into their leagues. What fails here is made up for when the week is settled. */
async function followLeagues({ call, rulebook }: Ingest, user: User, moved: readonly ScoreRecord[]): Promise<void> {
  try {
    await joinLeagues(call, rulebook.definitions.leagues, user.id, moved);
  } catch (error) {
    call.platform.logger.error('a player was not placed in a league', { error: String(error) });
  }
}

/** How many events are decided together at first; where they do not fit into one transaction, ever fewer are. */
const TOGETHER = 24;

interface Planned extends Settled {
  readonly writes: readonly Write[];
  /** The scores that moved. */
  readonly moved: readonly ScoreRecord[];
}

/** Plans the first events in the order of the history, as many as fit; the rest is left for the next transaction. */
async function planSome(ingest: Ingest, user: User, view: PlayerView, fresh: readonly Incoming[]): Promise<Planned> {
  const entries = await withTeams(
    ingest.call,
    ingest.rulebook.ruleset,
    user.id,
    fresh.map(({ event }) => entryOf(ingest, user, event)),
  );
  const queue = fresh
    .flatMap((incoming, place) => entries.slice(place, place + 1).map((entry) => ({ incoming, entry })))
    .toSorted((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
  for (let count = TOGETHER; ; count = Math.floor(count / 2)) {
    const chosen = queue.slice(0, count);
    const [first] = chosen;
    if (first === undefined) throw new Error('an event was left without a plan');
    const added = chosen.map(({ entry }) => entry);
    const plan = await planChange(ingest.call, view, { added, voided: null });
    const refusal = 'code' in plan ? plan.detail : TOO_MUCH;
    if (plan.kind === 'planned') {
      const told = chosen.map(({ incoming }, place) => tell(ingest, plan, incoming, place));
      const writes = [...plan.writes, ...told.flatMap((one) => one.writes)];
      if (writes.length <= MOST_WRITES) {
        const outcomes = new Map(told.map(({ index, receipt }) => [index, { receipt }]));
        const lines = [...plan.lines, ...told.map(({ line }) => line)];
        const moved = recordsOf(plan.records.values(), 'score').flatMap(({ record }) => record ?? []);
        return { outcomes, writes, moved, view: viewAfter(view, { ...plan, lines }) };
      }
    }
    if (count > 1 && chosen.length > 1) {
      count = Math.min(count, chosen.length);
      continue;
    }
    const problem = new ProblemError('unprocessable', refusal);
    return { outcomes: new Map([[first.incoming.index, { problem }]]), writes: [], moved: [], view };
  }
}

/** The receipt of an event of a plan, and what keeps the event. */
function tell({ call, rulebook }: Ingest, plan: Plan, incoming: Incoming, place: number) {
  const { index, event, digest } = incoming;
  const entry = plan.added[place];
  const outcome = plan.outcomes[place];
  if (entry === undefined || outcome === undefined) throw new Error('an event of a plan has no outcome');
  const ledger = walletEntries(call.scope, event.userId, plan.postingsOf(event.id), call.now);
  const effects = presentEffects(
    { plan, entry: event.id, outcome, ledger },
    rulebook,
    momentIn(entry.userZone, call.now),
  );
  const receipt: EventReceipt = { event: { ...event, limited: isLimited(outcome) }, effects };
  const line = { entry, folded: foldedOf(outcome) };
  return {
    index,
    receipt,
    line: { ...line, voided: null },
    writes: saveEvent(call.platform.table, call.scope, receipt, line, digest),
  };
}

/** An event as an entry of its player's history. */
function entryOf({ workspace, rulebook }: Ingest, user: User, { voidedAt: _, limited: __, ...event }: Event): Entry {
  const userZone = zoneOf(user, workspace);
  return {
    ...event,
    userZone,
    user: userFactsOf(user, workspace),
    stamps: stampsOf(event.occurredAt, zonesOf(rulebook.ruleset, userZone)),
    periods: periodsOf(event.occurredAt, rulebook.ruleset.schedules, userZone),
    ruleset: rulebook.version,
    act: null,
  };
}

/** Why an activity does not take an event, if it does not. */
function activityProblem({ ruleset }: Rulebook, event: Event): ProblemError | undefined {
  const activity = ruleset.activities.get(event.activity);
  if (activity?.status === 'archived') return new ProblemError('unprocessable', 'The activity is archived.');
  return attributeProblem(activity, event.attributes);
}
