import { isLimited } from '../activity/limits.ts';
import type { Facts } from '../condition.ts';
import type { Entry } from '../fold/entry.ts';
import type { Turn } from '../fold/turn.ts';
import { basePeriod, isRunning, type PlayerState, type ProgressRecord, stepsOf } from '../player.ts';
import type { MissionRules } from './match.ts';
import { progressTrace } from './move.ts';
import { periodIfStamped, scheduleKey } from './schedule.ts';
import { putProgress } from './settle.ts';
import { freshProgress } from './start.ts';
import { advanceSteps, type StepMove, standingOf } from './steps.ts';
import { activityKey, missionKey, type Trigger } from './trigger.ts';
import type { MissionVersion } from './version.ts';

/** An entry that was folded before, and what it brought about. */
export interface Past {
  readonly entry: Entry;
  readonly marks: readonly string[];
}

/**
 * What newer versions make of running progress. A version that is published with `reset` or `recompute` moves what is
 * running to itself with the first entry that is decided by a ruleset which has it and that occurred since it was
 * published. So an event that arrives late, and occurred before, counts for what was running then; and where the
 * history is folded anew, each progress is moved by the entry that moves it in the order of time.
 *
 * Whatever is of another schedule is left as it is: there is no such period in the other.
 */
export function passMissions(turn: Turn): void {
  for (const rules of turn.ruleset.movingMissions) {
    for (const record of Object.values(turn.state.progress)) {
      if (record.mission === rules.mission && isRunning(record)) moveOn(turn, rules, record);
    }
  }
}

/** Sorts after every instant. */
const LATEST = '~';

/** The versions that move a progress by a moment, in their order. */
function versionsAfter(rules: MissionRules, record: ProgressRecord, at: string): readonly MissionVersion[] {
  const kept = rules.versions.get(record.missionVersion);
  if (kept === undefined) return [];
  return rules.moving.filter(
    ({ version, publishedAt, schedule }) =>
      version > record.missionVersion &&
      publishedAt !== null &&
      publishedAt <= at &&
      scheduleKey(schedule) === scheduleKey(kept.schedule),
  );
}

function moveOn(turn: Turn, rules: MissionRules, record: ProgressRecord): void {
  const after = versionsAfter(rules, record, turn.entry.occurredAt);
  const last = after.at(-1);
  if (last === undefined || periodIfStamped(last.schedule, turn.entry) !== basePeriod(record.period)) return;
  const isReset = after.some(({ running }) => running === 'reset');
  const fresh = freshProgress(last, record.period, turn.facts);
  if (fresh === null) return;
  const startedOn = record.startedOn ?? record.missionVersion;
  const begun = { ...fresh, startedOn, startedAt: isReset ? fresh.startedAt : record.startedAt };
  const { next, completed } = isReset ? { next: begun, completed: false } : recount(turn, last, begun);
  turn.trace.push(progressTrace(next, isReset ? 'progress_reset' : 'progress_recomputed', true));
  putProgress(turn, next, differenceOfSteps(record, next), completed ? last : null);
}

/** Counts all that happened since a progress started, by another version; what completes it does so now. */
function recount(
  { past, facts, entry }: Turn,
  version: MissionVersion,
  begun: ProgressRecord,
): { readonly next: ProgressRecord; readonly completed: boolean } {
  let steps = stepsOf(begun);
  for (const { entry: before, marks } of past) {
    if (before.occurredAt < begun.startedAt) continue;
    if (periodIfStamped(version.schedule, before) !== basePeriod(begun.period)) continue;
    const then: Facts = { ...facts, event: before, user: before.user, now: before.receivedAt };
    for (const trigger of triggersIn(before, marks)) {
      if (standingOf(version, steps).isComplete) break;
      steps = advanceSteps(version, steps, trigger, then).steps;
    }
  }
  const { amount, target, isComplete } = standingOf(version, steps);
  const movedAt = entry.occurredAt;
  const next = { ...begun, steps, amount, target, movedAt, completedAt: isComplete ? movedAt : null };
  return { next, completed: isComplete };
}

/** What an entry of the past was to missions: its event, unless that is over a limit, and the missions that it completed. */
function triggersIn({ act, activity }: Entry, marks: readonly string[]): Trigger[] {
  const completed = marks.flatMap((mark) => {
    const [kind, mission] = mark.split(' ');
    return kind === 'completed' && mission !== undefined ? [{ key: missionKey(mission), level: null }] : [];
  });
  const counts = act === null && !isLimited({ marks });
  return [...(counts ? [{ key: activityKey(activity), level: null }] : []), ...completed];
}

function differenceOfSteps(before: ProgressRecord, after: ProgressRecord): StepMove[] {
  const [was, is] = [stepsOf(before), stepsOf(after)];
  return is.flatMap(({ amount }, step) => {
    const added = amount - (was[step]?.amount ?? 0);
    return added === 0 ? [] : [{ step, added, amount }];
  });
}

/**
 * From when on the past is needed to decide entries by some missions: the start of the earliest progress that a version
 * of them may count again; null where it is not.
 */
export function recountedFrom(movingMissions: readonly MissionRules[], { progress }: PlayerState): string | null {
  const starts = movingMissions.flatMap((rules) =>
    Object.values(progress).flatMap((record) => (isRecounted(rules, record) ? [record.startedAt] : [])),
  );
  return starts.toSorted()[0] ?? null;
}

/** Whether a version of a mission counts a progress again that has not been yet. */
function isRecounted(rules: MissionRules, record: ProgressRecord): boolean {
  if (record.mission !== rules.mission || !isRunning(record)) return false;
  return versionsAfter(rules, record, LATEST).some(({ running }) => running === 'recompute');
}
