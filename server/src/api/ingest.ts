import type { EventReceipt } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import type { ScoreRecord } from '../domain/index.ts';
import { commit, MOST_WRITES } from '../store/commit.ts';
import { type EventMark, getMarkedEvents, getMarks } from '../store/events.ts';
import { getSheet } from '../store/players.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { BatchTurn } from './batch-turns.ts';
import { activityProblem, type Incoming, type Ingest, inSequence, prepare, type SentEvent } from './incoming.ts';
import { joinLeagues } from './league-places.ts';
import { AlreadyMade, type Making } from './newcomers.ts';
import { type Outcome, planSome, type Settled } from './plan-events.ts';
import { type PlayerView, storedView } from './player-view.ts';
import { ProblemError } from './problem.ts';
import { playerQueue } from './serial.ts';
import type { Taken } from './taken.ts';

/** What deciding events takes, of one player among others of the call. */
interface InTurn extends Ingest {
  readonly turn: BatchTurn;
  /** How the player comes to be, who may not be there yet. */
  readonly making: Making;
}

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
  const room = ingest.rooms.events;
  const admitted = good.slice(0, room.take(good.length));
  for (const { index } of good.slice(admitted.length)) outcomes.set(index, { problem: room.refusal() });
  if (admitted.length === 0) return { outcomes, view, taken: [] };
  let unused = admitted.length;
  try {
    const settled = await settleGood(ingest, user, view, admitted);
    if (typeof settled === 'string') return settled;
    unused -= [...settled.outcomes.values()].filter((outcome) => 'receipt' in outcome).length;
    return { ...settled, outcomes: new Map([...outcomes, ...settled.outcomes]) };
  } finally {
    room.giveBack(unused);
  }
}

/** The same of events that nothing stands against. */
async function settleGood(
  ingest: InTurn,
  user: User,
  before: PlayerView,
  good: readonly Incoming[],
): Promise<Settled | 'moved' | 'early'> {
  const isMyTurn = ingest.turn.hasCome();
  const creation = ingest.making.writes();
  const room = MOST_WRITES - creation.length;
  const planned = await planSome(ingest, user, before, { fresh: inSequence(good, before.sheet.last), room });
  if (planned.asked && !isMyTurn) return 'early';
  const { outcomes, view, taken, writes } = planned;
  if (writes.length === 0) return { outcomes, view, taken };
  if (!ingest.dryRun) {
    const result = await commit(ingest.call.platform.table, [...creation, ...writes]);
    if (result.kind === 'refused' && result.index < creation.length) throw new AlreadyMade();
    if (result.kind !== 'committed') return 'moved';
  }
  ingest.making.done();
  if (!ingest.dryRun) await followLeagues(ingest, user, planned.moved);
  return { outcomes, view, taken };
}

/** Brings the scores that moved into their leagues. What fails here is made up for when the week is settled. */
async function followLeagues({ call, rulebook }: Ingest, user: User, moved: readonly ScoreRecord[]): Promise<void> {
  try {
    await joinLeagues(call, rulebook.definitions.leagues, user.id, moved);
  } catch (error) {
    call.platform.logger.error('a player was not placed in a league', { error: String(error) });
  }
}
