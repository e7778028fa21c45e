import type { Event, EventReceipt } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import { stampsOf } from '../calendar/civil.ts';
import { periodsOf } from '../calendar/schedule.ts';
import {
  comparePositions,
  type Entry,
  isLimited,
  positionOf,
  recordsOf,
  type ScoreRecord,
  userFactsOf,
  zonesOf,
} from '../domain/index.ts';
import { commit, MOST_WRITES, type Write } from '../store/commit.ts';
import { type EventMark, getMarkedEvents, getMarks, saveEvent } from '../store/events.ts';
import { getSheet } from '../store/players.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { BatchTurn } from './batch-turns.ts';
import { presentEffects } from './effects.ts';
import { walletEntries } from './entries.ts';
import { activityProblem, type Incoming, type Ingest, inSequence, prepare, type SentEvent } from './incoming.ts';
import { joinLeagues } from './league-places.ts';
import { type Plan, planChange } from './plan.ts';
import { foldedOf } from './plan-lines.ts';
import { type PlayerView, storedView, viewAfter } from './player-view.ts';
import { ProblemError } from './problem.ts';
import { momentIn, zoneOf } from './reader.ts';
import { playerQueue } from './serial.ts';
import type { Taken } from './taken.ts';
import { withTeams } from './team-stamps.ts';

/** What an item came to. */
export type Outcome = { readonly receipt: EventReceipt } | { readonly problem: ProblemError };

/** The same of one player among others of the call. */
interface InTurn extends Ingest {
  readonly turn: BatchTurn;
}

/** Why an event is refused that does not even fit into a transaction by itself. */
const TOO_MUCH = 'The rules give more for this event than one transaction can hold: lower the number of rewards.';

/**
 * Counts the events of one player, in their order, each exactly once, and answers for each. Events that were counted
 * before have the answer that they had then. Nothing is stored on a dry run.
 */
export async function ingestForPlayer(
  ingest: InTurn,
  user: User,
  sent: readonly SentEvent[],
): Promise<readonly Outcome[]> {
  const prepared = sent.map((one, index) => prepare(ingest, user, one, index));
  const accepted = prepared.filter((one) => 'event' in one);
  // An id that comes twice is one event: what follows the first is an echo of it.
  const firsts = new Map(accepted.toReversed().map((incoming) => [incoming.event.id, incoming]));
  const settled = await settleInTurn(
    ingest,
    user,
    [...firsts.values()].toSorted((a, b) => a.index - b.index),
  );
  return prepared.map((one) => {
    if ('problem' in one) return one;
    const first = firsts.get(one.event.id);
    const outcome = first && settled.get(first.index);
    if (first === undefined || outcome === undefined) throw new Error('an event was left without an answer');
    return first.digest === one.digest ? outcome : { problem: new ProblemError('event_conflict') };
  });
}

/** How far the events of a player have come. */
interface Progressing {
  readonly outcomes: ReadonlyMap<number, Outcome>;
  readonly rest: readonly Incoming[];
  /** Where a dry run goes on from. */
  readonly view: PlayerView | undefined;
  readonly taken: readonly Taken[];
}

/**
 * Settles all events of a player. What depends on what other players of the call take waits until they are done, outside
 * of the player's queue: whoever waited in it could be waited for there.
 */
async function settleInTurn(
  ingest: InTurn,
  user: User,
  queue: readonly Incoming[],
): Promise<ReadonlyMap<number, Outcome>> {
  const { turn, call } = ingest;
  if (queue.some(({ event }) => turn.contends(event.id))) await turn.comes();
  let at: Progressing = { outcomes: new Map(), rest: queue, view: undefined, taken: [] };
  for (;;) {
    at = await call.platform.serial(playerQueue(call.scope, user.id), () => settleAll(ingest, user, at));
    if (at.rest.length === 0) break;
    await turn.comes();
  }
  if (ingest.dryRun) {
    const events = queue
      .filter(({ index }) => 'receipt' in (at.outcomes.get(index) ?? {}))
      .map(({ event }) => event.id);
    const [draws, gifts] = [at.taken.flatMap((one) => one.draws), at.taken.flatMap((one) => one.gifts)];
    turn.took({ draws, gifts }, events);
  }
  return at.outcomes;
}

/**
 * Settles events of a player, as many at a time as fit, and again where somebody else changed the player: all of them, or
 * as far as it goes before the player's turn.
 */
async function settleAll(ingest: InTurn, user: User, from: Progressing): Promise<Progressing> {
  const outcomes = new Map(from.outcomes);
  let { rest, view, taken } = from;
  for (let attempt = 1; rest.length > 0; attempt += 1) {
    const begun = performance.now();
    const settled = await settleSome(ingest, user, rest, view);
    if (settled === 'early') break;
    if (settled === 'moved') {
      if (attempt >= ATTEMPTS) throw new ProblemError('conflict');
      await backOff(attempt, performance.now() - begun);
      continue;
    }
    for (const [index, outcome] of settled.outcomes) outcomes.set(index, outcome);
    rest = rest.filter((incoming) => !outcomes.has(incoming.index));
    // A dry run goes on from where it would be; what is stored is read anew.
    view = ingest.dryRun ? settled.view : undefined;
    taken = [...taken, ...settled.taken];
    attempt = 0;
  }
  return { outcomes, rest, view, taken };
}

interface Settled {
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** The player after them. */
  readonly view: PlayerView;
  /** What they took of what all players share. */
  readonly taken: readonly Taken[];
}

/** The receipt of an event that was counted before, or why its id cannot be used again. */
function repeated(incoming: Incoming, mark: EventMark, record: EventReceipt | undefined): Outcome {
  if (mark.digest !== incoming.digest || record === undefined) return { problem: new ProblemError('event_conflict') };
  return { receipt: record };
}

/** What is known of the events already, and what is left to be decided. */
async function sift({ call, turn }: InTurn, user: User, queue: readonly Incoming[]) {
  const { table } = call.platform;
  const ids = queue.map(({ event }) => event.id);
  const marks = await getMarks(table, call.scope, ids);
  const mine = [...marks.values()].filter((mark) => mark.userId === user.id);
  const known = await getMarkedEvents(table, call.scope, mine);
  const outcomes = new Map<number, Outcome>();
  for (const incoming of queue) {
    const mark = marks.get(incoming.event.id);
    if (mark !== undefined) outcomes.set(incoming.index, repeated(incoming, mark, known.get(incoming.event.id)));
    else if (turn.isSpent(incoming.event.id))
      outcomes.set(incoming.index, { problem: new ProblemError('event_conflict') });
  }
  return { outcomes, fresh: queue.filter(({ index }) => !outcomes.has(index)) };
}

/**
 * Decides as many of the events as one transaction holds, and commits them. `moved` says that somebody else changed
 * the player meanwhile, so that all must be decided anew; `early` that it is not yet the player's turn to be decided.
 */
async function settleSome(
  ingest: InTurn,
  user: User,
  queue: readonly Incoming[],
  carried: PlayerView | undefined,
): Promise<Settled | 'moved' | 'early'> {
  const { call } = ingest;
  const { table } = call.platform;
  // The sheet first: what is read after it is never older than its version says.
  const view = carried ?? ingest.turn.after(storedView(call, user.id, await getSheet(table, call.scope, user.id)));
  const { outcomes, fresh } = await sift(ingest, user, queue);
  const good = fresh.filter((incoming) => {
    // Not earlier: an event that was counted is answered as it was, whatever has become of its activity.
    const problem = activityProblem(ingest.rulebook, incoming.event);
    if (problem !== undefined) outcomes.set(incoming.index, { problem });
    return problem === undefined;
  });
  if (good.length === 0) return { outcomes, view, taken: [] };
  const isMyTurn = ingest.turn.hasCome();
  const planned = await planSome(ingest, user, view, inSequence(good, view.sheet.last));
  if (planned.asked && !isMyTurn) return 'early';
  for (const [index, outcome] of planned.outcomes) outcomes.set(index, outcome);
  const { taken } = planned;
  if (ingest.dryRun || planned.writes.length === 0) return { outcomes, view: planned.view, taken };
  const result = await commit(table, planned.writes);
  if (result.kind !== 'committed') return 'moved';
  await followLeagues(ingest, user, planned.moved);
  return { outcomes, view: planned.view, taken };
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
  /** Whether any of it was decided by what all players share. */
  readonly asked: boolean;
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
  let asked = false;
  for (let count = TOGETHER; ; count = Math.floor(count / 2)) {
    const chosen = queue.slice(0, count);
    const [first] = chosen;
    if (first === undefined) throw new Error('an event was left without a plan');
    const added = chosen.map(({ entry }) => entry);
    const plan = await planChange(ingest.call, view, { added, voided: null });
    const refusal = 'code' in plan ? plan.detail : TOO_MUCH;
    if (plan.kind === 'planned') {
      asked ||= plan.asked;
      const told = chosen.map(({ incoming }, place) => tell(ingest, plan, incoming, place));
      const writes = [...plan.writes, ...told.flatMap((one) => one.writes)];
      if (writes.length <= MOST_WRITES) {
        const outcomes = new Map(told.map(({ index, receipt }) => [index, { receipt }]));
        const lines = [...plan.lines, ...told.map(({ line }) => line)];
        const moved = recordsOf(plan.records.values(), 'score').flatMap(({ record }) => record ?? []);
        const taken = [{ draws: plan.draws, gifts: plan.gifts }];
        return { outcomes, writes, moved, asked, taken, view: viewAfter(view, { ...plan, lines }) };
      }
    }
    if (count > 1 && chosen.length > 1) {
      count = Math.min(count, chosen.length);
      continue;
    }
    const problem = new ProblemError('unprocessable', refusal);
    const outcomes = new Map([[first.incoming.index, { problem }]]);
    return { outcomes, writes: [], moved: [], asked, taken: [], view };
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
