import type { Entry } from '../fold/entry.ts';
import type { Turn } from '../fold/turn.ts';
import { basePeriod, isRunning, type PlayerState, type ProgressRecord, stepsOf } from '../player.ts';
import type { Ruleset } from '../ruleset.ts';
import type { MissionRules } from './match.ts';
import { progressTrace } from './move.ts';
import { recount } from './recount.ts';
import { periodIfStamped, scheduleKey } from './schedule.ts';
import { putProgress } from './settle.ts';
import { freshProgress } from './start.ts';
import type { StepMove } from './steps.ts';
import type { MissionVersion } from './version.ts';

/** What newer versions make of a progress that is running. */
interface Moving {
  /** The last of them, to which it goes. */
  readonly version: MissionVersion;
  /** It is counted again, begins anew, or ends, since the version has no such period. */
  readonly does: 'recompute' | 'reset' | 'end';
  /** When. */
  readonly at: string;
}

/**
 * What newer versions make of running progress. A version that is published with `reset` or `recompute` moves what is
 * running to itself with the first entry that is decided by a ruleset which has it and that occurred since it was
 * published. So an event that arrives late, and occurred before, counts for what was running then; and where the
 * history is folded anew, each progress is moved by the entry that moves it in the order of time.
 *
 * Where no such entry falls in the period any more, the first one after it counts again as of the period's end: what
 * was reached by then is reached. A `reset` to a schedule that has no such period ends what is running; a `recompute`
 * of another schedule leaves it, since its events would be of other periods.
 */
export function passMissions(turn: Turn): void {
  for (const rules of turn.ruleset.movingMissions) {
    for (const record of Object.values(turn.state.progress)) {
      const moving = movingAt(turn.ruleset, rules, record, turn.entry);
      if (moving !== null) moveOn(turn, record, moving);
    }
  }
}

/** The versions that move a progress by a moment, in their order. */
function versionsAfter({ moving }: MissionRules, kept: MissionVersion, at: string): readonly MissionVersion[] {
  return moving.filter(
    ({ version, publishedAt, schedule, running }) =>
      version > kept.version &&
      publishedAt !== null &&
      publishedAt <= at &&
      (running === 'reset' || scheduleKey(schedule) === scheduleKey(kept.schedule)),
  );
}

/** What newer versions make of a progress with an entry; null where they leave it as it is. */
function movingAt(ruleset: Ruleset, rules: MissionRules, record: ProgressRecord, entry: Entry): Moving | null {
  const kept = rules.versions.get(record.missionVersion);
  if (record.mission !== rules.mission || !isRunning(record) || kept === undefined) return null;
  const after = versionsAfter(rules, kept, entry.occurredAt);
  const version = after.at(-1);
  if (version === undefined) return null;
  const period = basePeriod(record.period);
  const at = entry.occurredAt;
  if (hasReset(after) && periodIfStamped(version.schedule, entry) === period) return { version, does: 'reset', at };
  if (periodIfStamped(kept.schedule, entry) === period) {
    return { version, does: hasReset(after) ? 'end' : 'recompute', at };
  }
  const end = lastOf(record) ?? endOf(ruleset, kept, record, entry.userZone);
  if (end === null || end >= at) return null;
  const inTime = versionsAfter(rules, kept, end);
  const last = inTime.at(-1);
  return last === undefined || hasReset(inTime) ? null : { version: last, does: 'recompute', at: end };
}

function hasReset(versions: readonly MissionVersion[]): boolean {
  return versions.some(({ running }) => running === 'reset');
}

/** The last instant of the period of a progress, as that keeps it; null where it has none. */
function lastOf({ endsAt }: ProgressRecord): string | null {
  return endsAt === undefined ? null : new Date(Date.parse(endsAt) - 1).toISOString();
}

/**
 * The same of a progress that does not keep it, since it was written before such ends were kept; null where the user's
 * zone is another by now.
 */
function endOf(
  { periodOf }: Ruleset,
  { schedule }: MissionVersion,
  record: ProgressRecord,
  userZone: string,
): string | null {
  const period = periodOf(schedule, record.movedAt, userZone);
  if (period === null || period.to === null || period.key !== basePeriod(record.period)) return null;
  return new Date(Date.parse(period.to) - 1).toISOString();
}

function moveOn(turn: Turn, record: ProgressRecord, { version, does, at }: Moving): void {
  if (does === 'end') {
    const ended = { ...record, cancelledAt: at, endedBy: version.version };
    turn.trace.push(progressTrace(ended, 'cancelled', true));
    putProgress(turn, ended, [], null);
    return;
  }
  const fresh = freshProgress(version, record.period, turn.facts);
  if (fresh === null) return;
  const begun = { ...fresh, startedOn: record.startedOn ?? record.missionVersion };
  const end = record.endsAt === undefined ? {} : { endsAt: record.endsAt };
  const since = { ...begun, startedAt: record.startedAt, ...end };
  const { next, completed } =
    does === 'reset' ? { next: begun, completed: false } : recount(turn.past, turn.facts, version, since, at);
  turn.trace.push(progressTrace(next, does === 'reset' ? 'progress_reset' : 'progress_recomputed', true));
  putProgress(turn, next, differenceOfSteps(record, next), completed ? version : null);
}

function differenceOfSteps(before: ProgressRecord, after: ProgressRecord): StepMove[] {
  const [was, is] = [stepsOf(before), stepsOf(after)];
  return is.flatMap(({ amount }, step) => {
    const added = amount - (was[step]?.amount ?? 0);
    return added === 0 ? [] : [{ step, added, amount }];
  });
}

/**
 * From when on the past is needed to decide a stretch of entries: the start of the earliest progress that one of them
 * counts again; null where none does. What starts within the stretch needs no past of it.
 */
export function recountedFrom(
  { progress }: PlayerState,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
): string | null {
  const starts = Object.values(progress).flatMap((record) => {
    const isRecounted = entries.some((entry) => isRecountedAt(rulesetOf(entry.ruleset), record, entry));
    return isRecounted ? [record.startedAt] : [];
  });
  return starts.toSorted()[0] ?? null;
}

function isRecountedAt(ruleset: Ruleset, record: ProgressRecord, entry: Entry): boolean {
  return ruleset.movingMissions.some((rules) => movingAt(ruleset, rules, record, entry)?.does === 'recompute');
}

/**
 * Whether newer versions are still to move a progress of a player, so that time brings that about if the player does not
 * come back. It says so rather too often than too seldom: what is moved is for the turn to find.
 */
export function isToBeMoved({ progress }: Pick<PlayerState, 'progress'>, ruleset: Ruleset, at: string): boolean {
  return Object.values(progress).some((record) => {
    const rules = ruleset.missionBook.get(record.mission);
    const kept = rules?.versions.get(record.missionVersion);
    if (rules === undefined || kept === undefined || !isRunning(record)) return false;
    const last = lastOf(record);
    if (last === null || last >= at) return versionsAfter(rules, kept, at).length > 0;
    const inTime = versionsAfter(rules, kept, last);
    return inTime.length > 0 && !hasReset(inTime);
  });
}
