import type { Progress } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import {
  basePeriod,
  lookup,
  type MissionAct,
  type MissionRules,
  type MissionVersion,
  nextPeriod,
  type PlayerState,
  type ProgressRecord,
  playerFactsOf,
  progressId,
  progressSlot,
  recordsOf,
  runningOf,
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
  const player = playerFactsOf(state, ruleset.counted);
  return { user: userFactsOf(user, workspace), player, completions, entry: null };
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
  // What time ended before the act is none of its doing.
  const moved = recordsOf(outcome.records.values(), 'progress').findLast(
    ({ record }) => record?.mission === what.mission && record.expired !== true,
  );
  const now = moved && recordsOf(plan.records.values(), 'progress').find(({ id }) => id === moved.id)?.record;
  if (now == null) throw unprocessable('The mission starts nothing: its target comes to no number of 1 or more.');
  return {
    body: presentProgress(now, reader.rulebook, reader),
    writes,
    queue: playerQueue(call.scope, reader.user.id),
  };
}

/** The progress of a mission that a player has running now, by the version that it keeps. */
export function runningNow(
  { rulebook, periodNow }: Pick<Reader, 'rulebook' | 'periodNow'>,
  { progress }: PlayerState,
  mission: string,
): ProgressRecord | undefined {
  const rules = rulebook.ruleset.missionBook.get(mission);
  return rules && runningOf(progress, rules, (schedule, period) => periodNow(schedule) === period);
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
  const { state } = await getSheet(call.platform.table, call.scope, user.id);
  const running = runningNow(reader, state, mission);
  if (running !== undefined && target !== null) throw unprocessable('The mission is running: cancel it first.');
  if (running !== undefined) return { body: presentProgress(running, rulebook, reader) };
  const base = periodNow(current.schedule);
  if (base === null) throw unprocessable('The mission is closed now.');
  await assertOpen(call, reader, current, base, state);
  return act(call, reader, { kind: 'mission', does: 'start', mission, target });
}

/** A mission that is at work, or that was and is still running. */
function rulesOf({ rulebook }: Reader, id: string): MissionRules {
  const rules = rulebook.ruleset.missionBook.get(id);
  if (rules === undefined) throw notFound();
  return rules;
}

/** Refuses what players neither join nor leave by themselves. */
function assertOptIn({ startedBy }: MissionVersion): void {
  if (startedBy !== 'player') throw unprocessable('The mission does not wait for players to join.');
}

/** Starts a mission that the player opts in to. */
export async function joinMission(call: CallContext, reader: Reader, id: string): Promise<Answer<Progress>> {
  const { current } = rulesOf(reader, id);
  if (current === null) throw notFound();
  assertOptIn(current);
  return startMission(call, reader, current, null);
}

/** Gives up a mission that the player opted in to, by the version that they are on. */
export async function leaveMission(call: CallContext, reader: Reader, id: string): Promise<Answer<Progress>> {
  const { current, versions } = rulesOf(reader, id);
  const { state } = await getSheet(call.platform.table, call.scope, reader.user.id);
  const running = runningNow(reader, state, id);
  const version = running === undefined ? current : versions.get(running.missionVersion);
  if (version == null) throw notFound();
  assertOptIn(version);
  const base = reader.periodNow(version.schedule);
  const record = running ?? (base === null ? undefined : lookup(state.progress, progressSlot(id, base)));
  if (record === undefined) throw unprocessable('The player has not joined the mission.');
  return cancel(call, reader, record);
}

/** Ends a progress before it is completed, or over. */
async function cancel(call: CallContext, reader: Reader, record: ProgressRecord): Promise<Answer<Progress>> {
  const shown = presentProgress(record, reader.rulebook, reader);
  if (shown.state === 'completed') throw unprocessable('It is completed.');
  if (shown.state === 'expired') throw unprocessable('It is over.');
  if (shown.state === 'cancelled') return { body: shown };
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
