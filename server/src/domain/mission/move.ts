import { ALL_TIME } from '../calendar.ts';
import { type Facts, verdictOf } from '../condition.ts';
import type { PlayerEvent } from '../event.ts';
import type { Entry } from '../fold/entry.ts';
import { earlier, later } from '../order.ts';
import { type PlayerState, type ProgressRecord, progressId } from '../player.ts';
import { lookup } from '../record.ts';
import type { TraceCode, TraceEntry } from '../trace.ts';
import type { MissionMatch } from './match.ts';
import { type MissionVersion, schedulePeriod, stepAmount } from './version.ts';

/** What an event did to one mission. */
export interface MissionMove {
  /** The progress as it stands now; null where nothing of it changed. */
  readonly record: ProgressRecord | null;
  /** The version whose target this event reached; null otherwise. */
  readonly completed: MissionVersion | null;
  readonly trace: TraceEntry;
}

/** A progress that an event belongs to, with the version that it keeps. */
interface Kept {
  readonly record: ProgressRecord;
  readonly version: MissionVersion;
}

/** The ids under which a mission's progress can be that an event belongs to. */
export function progressIds(match: MissionMatch, event: PlayerEvent): string[] {
  const ids = match.schedules.map((schedule) => progressId(match.mission, schedulePeriod(schedule, event)));
  return [...new Set(ids)];
}

/**
 * Moves one mission by one event, which counts for one progress of it at most: for the one that is there already, by
 * the rules of the version it started on; where there is none, the current version starts one.
 *
 * A change from `permanent` to `recurring` while progress is running ends that with the event that completes it.
 */
export function moveMission(
  match: MissionMatch,
  progress: PlayerState['progress'],
  facts: Facts,
  joins: Entry['joins'] = {},
): MissionMove {
  const { event } = facts;
  const found = keptProgress(match, progress, event);
  const holder = found.find(({ record }) => record.completedAt === null || record.period !== ALL_TIME);
  if (holder) return advance(holder, facts);
  const joined = joinedVersion(match, progress, event, joins);
  if (joined) return start(joined.version, joined.period, facts);

  const { starts } = match;
  if (starts) {
    const period = schedulePeriod(starts.schedule, event);
    if (lookup(progress, progressId(match.mission, period)) === undefined) return start(starts, period, facts);
  }
  // A completed permanent progress comes last: it holds its own place, and no other period of a newer version.
  const [reached] = found;
  if (reached) return advance(reached, facts);
  const why = match.startsNothing ?? 'period_taken';
  return still(match.mission, starts?.version ?? match.latest, why, { activity: event.activity });
}

/** The progress that the event belongs to by the progress's own version, the oldest version first. */
function keptProgress(match: MissionMatch, progress: PlayerState['progress'], event: PlayerEvent): Kept[] {
  const kept = progressIds(match, event).flatMap((id): Kept[] => {
    const record = lookup(progress, id);
    const version = record && match.versions.get(record.missionVersion);
    if (!record || !version || version.step.activity !== event.activity) return [];
    return schedulePeriod(version.schedule, event) === record.period ? [{ record, version }] : [];
  });
  return kept.toSorted((a, b) => a.version.version - b.version.version);
}

/** The version of a progress that the event, which arrived late, begins earlier; the oldest of several. */
function joinedVersion(
  match: MissionMatch,
  progress: PlayerState['progress'],
  event: PlayerEvent,
  joins: NonNullable<Entry['joins']>,
): { readonly version: MissionVersion; readonly period: string } | undefined {
  const found = progressIds(match, event).flatMap((id) => {
    const version = match.versions.get(lookup(joins, id) ?? Number.NaN);
    if (version === undefined || version.step.activity !== event.activity) return [];
    const period = schedulePeriod(version.schedule, event);
    return progressId(match.mission, period) === id && lookup(progress, id) === undefined ? [{ version, period }] : [];
  });
  return found.toSorted((a, b) => a.version.version - b.version.version)[0];
}

function start(version: MissionVersion, period: string, facts: Facts): MissionMove {
  const { mission, step } = version;
  const { event } = facts;
  const fresh: ProgressRecord = {
    mission,
    missionVersion: version.version,
    period,
    amount: 0,
    target: step.target,
    startedAt: event.occurredAt,
    movedAt: event.occurredAt,
    completedAt: null,
  };
  return advance({ record: fresh, version }, facts);
}

function advance({ record, version }: Kept, facts: Facts): MissionMove {
  const { event } = facts;
  const added = stepAmount(version.step, event);
  if (added === 0) return still(record.mission, version.version, 'adds_nothing', { period: record.period });
  const verdict = verdictOf(version, facts);
  if (!verdict.holds) {
    return still(record.mission, version.version, verdict.why, { ...verdict.values, period: record.period });
  }
  const startedAt = earlier(record.startedAt, event.occurredAt);
  if (record.completedAt !== null) return startEarlier(record, startedAt);

  // Compared before it is added, so that no sum leaves the range of exact integers.
  const reached = added >= record.target - record.amount;
  const amount = reached ? record.target : record.amount + added;
  const movedAt = later(record.movedAt, event.occurredAt);
  const next: ProgressRecord = { ...record, amount, startedAt, movedAt, completedAt: reached ? movedAt : null };
  const why = reached ? 'mission_completed' : record.amount === 0 ? 'progress_started' : 'progress_moved';
  return { record: next, completed: reached ? version : null, trace: progressTrace(next, why, true) };
}

function startEarlier(record: ProgressRecord, startedAt: string): MissionMove {
  if (startedAt === record.startedAt) {
    return { record: null, completed: null, trace: progressTrace(record, 'already_completed', false) };
  }
  const next = { ...record, startedAt };
  return { record: next, completed: null, trace: progressTrace(next, 'started_earlier', true) };
}

function still(id: string, version: number, why: TraceCode, values: TraceEntry['values']): MissionMove {
  return { record: null, completed: null, trace: { kind: 'mission', id, version, fired: false, why, values } };
}

function progressTrace(record: ProgressRecord, why: TraceCode, fired: boolean): TraceEntry {
  const { mission: id, missionVersion: version, period, amount, target } = record;
  return { kind: 'mission', id, version, fired, why, values: { period, amount, target } };
}
