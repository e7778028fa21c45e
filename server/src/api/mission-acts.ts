import type { Progress } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import {
  basePeriod,
  isRunning,
  lookup,
  type MissionAct,
  type MissionVersion,
  nextPeriod,
  type PlayerState,
  type ProgressRecord,
  playerFactsOf,
  progressId,
  progressSlot,
  recordsOf,
  runningIn,
  type Starter,
  userFactsOf,
  whyLocked,
} from '../domain/index.ts';
import { getProgress, getSheet } from '../store/players.ts';
import { planAct } from './acts.ts';
import type { Answer, CallContext } from './call.ts';
import { presentProgress } from './present-progress.ts';
import { notFound, ProblemError } from './problem.ts';
import { type Reader, workspaceOf } from './reader.ts';
import { playerQueue } from './serial.ts';

/** A player as one who would start a mission now. */
export async function starterNow(call: CallContext, user: User, state: PlayerState): Promise<Starter> {
  const [workspace, { ruleset }] = await Promise.all([workspaceOf(call), call.platform.rulebooks(call.scope)]);
  const { completions } = state;
  return { user: userFactsOf(user, workspace), player: playerFactsOf(state, ruleset.counted), completions, entry: null };
}

function unprocessable(detail: string): ProblemError {
  return new ProblemError('unprocessable', detail);
}

const lockedBecause = {
  not_in_audience: 'The mission is not for this player.',
  prerequisite_missing: 'The player lacks what the mission demands first.',
} as const;

/** Refuses to start what the player cannot start now. */
async function assertOpen(
  call: CallContext,
  { user }: Reader,
  current: MissionVersion,
  base: string,
  state: PlayerState,
): Promise<void> {
  const locked = whyLocked(current, await starterNow(call, user, state));
  if (locked === 'not_in_audience' || locked === 'prerequisite_missing') throw unprocessable(lockedBecause[locked]);
  const last = lookup(state.progress, progressSlot(current.mission, base));
  if (last?.cancelledAt === undefined && nextPeriod(current, base, state.progress) === null) {
    throw unprocessable('The mission is completed as often as it can be in this period.');
  }
}

/** Does an act, and answers with the progress that it moved. */
async function act(call: CallContext, reader: Reader, what: MissionAct): Promise<Answer<Progress>> {
  const { plan, outcome, writes } = await planAct(call, reader.user, what);
  const [moved] = recordsOf(outcome.records.values(), 'progress').filter(
    ({ record }) => record?.mission === what.mission,
  );
  const now = moved && recordsOf(plan.records.values(), 'progress').find(({ id }) => id === moved.id)?.record;
  if (now == null) throw unprocessable('The mission starts nothing: its target comes to no number of 1 or more.');
  return {
    body: presentProgress(now, reader.rulebook, reader.periodNow),
    writes,
    queue: playerQueue(call.scope, reader.user.id),
  };
}

/** Starts the progress of a mission in its current period; one that is running is left as it is. */
export async function startMission(
  call: CallContext,
  reader: Reader,
  current: MissionVersion,
  target: number | null,
): Promise<Answer<Progress>> {
  const { user, rulebook, periodNow } = reader;
  const { mission } = current;
  const base = periodNow(current.schedule);
  if (base === null) throw unprocessable('The mission is closed now.');
  const { state } = await getSheet(call.platform.table, call.scope, user.id);
  const running = runningIn(state.progress, mission, base);
  if (running !== undefined && target !== null) throw unprocessable('The mission is running: cancel it first.');
  if (running !== undefined) return { body: presentProgress(running, rulebook, periodNow) };
  await assertOpen(call, reader, current, base, state);
  return act(call, reader, { kind: 'mission', does: 'start', mission, target });
}

/** The current version of a mission that players join by themselves. */
function optInOf({ rulebook }: Reader, id: string): MissionVersion {
  const current = rulebook.ruleset.missionBook.get(id)?.current;
  if (current == null) throw notFound();
  if (current.startedBy !== 'player') throw unprocessable('The mission does not wait for players to join.');
  return current;
}

/** Starts a mission that the player opts in to. */
export async function joinMission(call: CallContext, reader: Reader, id: string): Promise<Answer<Progress>> {
  return startMission(call, reader, optInOf(reader, id), null);
}

/** Gives up a mission that the player opted in to. */
export async function leaveMission(call: CallContext, reader: Reader, id: string): Promise<Answer<Progress>> {
  const base = reader.periodNow(optInOf(reader, id).schedule);
  const { state } = await getSheet(call.platform.table, call.scope, reader.user.id);
  const record = base === null ? undefined : lookup(state.progress, progressSlot(id, base));
  if (record === undefined) throw unprocessable('The player has not joined the mission.');
  return cancel(call, reader, record);
}

/** Ends a progress before it is completed. */
async function cancel(call: CallContext, reader: Reader, record: ProgressRecord): Promise<Answer<Progress>> {
  if (record.completedAt !== null) throw unprocessable('It is completed.');
  if (!isRunning(record)) return { body: presentProgress(record, reader.rulebook, reader.periodNow) };
  const { mission, period } = record;
  return act(call, reader, { kind: 'mission', does: 'cancel', mission, period });
}

/** Cancels a progress by its id; one whose period is over stays as it ended. */
export async function cancelProgress(call: CallContext, reader: Reader, id: string): Promise<Answer<Progress>> {
  const { table } = call.platform;
  const { state } = await getSheet(table, call.scope, reader.user.id);
  const hot = lookup(state.progress, basePeriod(id));
  if (hot !== undefined && progressId(hot.mission, hot.period) === id) return cancel(call, reader, hot);
  const record = await getProgress(table, call.scope, reader.user.id, id);
  if (record === undefined) throw notFound();
  throw unprocessable('It is over.');
}
