import { ALL_TIME } from '../calendar.ts';
import type { Facts } from '../condition.ts';
import type { PlayerEvent } from '../event.ts';
import type { Entry } from '../fold/entry.ts';
import type { Turn } from '../fold/turn.ts';
import { later } from '../order.ts';
import { basePeriod, isRunning, type PlayerState, type ProgressRecord, progressSlot, stepsOf } from '../player.ts';
import { lookup } from '../record.ts';
import { allSeen, type Seen, type TraceCode, type TraceEntry } from '../trace.ts';
import type { MissionMatch } from './match.ts';
import { schedulePeriod } from './schedule.ts';
import { freshProgress, nextPeriod, type Starter, startByEvent, whyLocked } from './start.ts';
import { advanceSteps, type StepMove, standingOf } from './steps.ts';
import type { Trigger } from './trigger.ts';
import type { MissionVersion } from './version.ts';

/** What a trigger did to one mission. */
export interface MissionMove {
  /** The progress as it stands now; null where nothing of it changed. */
  readonly record: ProgressRecord | null;
  /** The version that this completed; null otherwise. */
  readonly completed: MissionVersion | null;
  readonly moves: readonly StepMove[];
  readonly trace: TraceEntry;
}

/** What moving a mission takes of a turn. */
export type Moving = Pick<Turn, 'facts'> & {
  readonly entry: Pick<Entry, 'id' | 'joins'>;
  readonly state: Pick<PlayerState, 'progress' | 'completions'>;
};

/** A progress that a trigger belongs to, with the version that it keeps. */
interface Kept {
  readonly record: ProgressRecord;
  readonly version: MissionVersion;
}

/** Under what the hot state can have a mission's progress that an event belongs to. */
export function progressIds(match: MissionMatch, event: PlayerEvent): string[] {
  const slots = match.schedules.flatMap((schedule) => {
    const period = schedulePeriod(schedule, event);
    return period === null ? [] : [progressSlot(match.mission, period)];
  });
  return [...new Set(slots)];
}

/**
 * Moves one mission by one trigger, which counts for one progress of it at most: for the one that is running already,
 * by the rules of the version that it keeps; where there is none, the current version starts one, if it may.
 *
 * A change from `permanent` to `recurring` while progress is running ends that with the event that completes it.
 */
export function moveMission(match: MissionMatch, moving: Moving, trigger: Trigger): MissionMove {
  const { facts, state } = moving;
  const found = keptProgress(match, moving, trigger.key);
  const running = found.find(({ record }) => isRunning(record));
  if (running) return advance(running, trigger, facts, false);

  const { starts } = match;
  const base = starts && schedulePeriod(starts.schedule, facts.event);
  const next = starts && base !== null ? nextPeriod(starts, base, state.progress) : null;
  // What is over holds its period, but for a time more of the same; a permanent one holds no other period.
  const holder = found.find(({ record }) => basePeriod(record.period) !== ALL_TIME && record.endedBy === undefined);
  if (holder && (next === null || base !== basePeriod(holder.record.period))) return over(holder);
  const joined = joinedVersion(match, moving, trigger.key);
  if (joined) return start(joined.version, joined.period, trigger, moving);
  if (starts && next !== null) return start(starts, next, trigger, moving);
  const [last] = found;
  if (last) return over(last);
  const why = match.startsNothing ?? (base === null ? 'schedule_closed' : 'period_taken');
  return still(match.mission, starts?.version ?? match.latest, why, { activity: facts.event.activity });
}

/** The progress that the trigger belongs to by the progress's own version, the oldest version first. */
function keptProgress(match: MissionMatch, { state, facts }: Moving, key: string): Kept[] {
  const { event } = facts;
  const kept = progressIds(match, event).flatMap((slot): Kept[] => {
    const record = lookup(state.progress, slot);
    const version = record && match.versions.get(record.missionVersion);
    if (!record || !version?.keys.has(key)) return [];
    return schedulePeriod(version.schedule, event) === basePeriod(record.period) ? [{ record, version }] : [];
  });
  return kept.toSorted((a, b) => a.version.version - b.version.version);
}

/** The version of a progress that the event, which arrived late, begins earlier; the oldest of several. */
function joinedVersion(
  match: MissionMatch,
  { facts, state, entry }: Moving,
  key: string,
): { readonly version: MissionVersion; readonly period: string } | undefined {
  const { joins = {} } = entry;
  const found = progressIds(match, facts.event).flatMap((slot) => {
    const version = match.versions.get(lookup(joins, slot) ?? Number.NaN);
    if (version?.keys.has(key) !== true) return [];
    const period = schedulePeriod(version.schedule, facts.event);
    if (period === null || progressSlot(match.mission, period) !== slot) return [];
    return lookup(state.progress, slot) === undefined ? [{ version, period }] : [];
  });
  return found.toSorted((a, b) => a.version.version - b.version.version)[0];
}

/** Who a turn is about, to those who ask whether a mission may start. */
export function starterOf({ facts, state, entry }: Moving): Starter {
  return { user: facts.user, player: facts.player, completions: state.completions, entry: entry.id };
}

function start(version: MissionVersion, period: string, trigger: Trigger, moving: Moving): MissionMove {
  const { mission, version: number } = version;
  const { facts } = moving;
  const { whyNot, seen } = startByEvent(version, trigger.key, facts);
  const locked = whyNot ?? whyLocked(version, starterOf(moving));
  if (locked) return seeing(still(mission, number, locked, { period }), seen);
  const record = freshProgress(version, period, facts);
  if (record === null) return seeing(still(mission, number, 'target_refused', { period }), seen);
  return seeing(advance({ record, version }, trigger, facts, true), seen);
}

function advance({ record, version }: Kept, trigger: Trigger, facts: Facts, isFresh: boolean): MissionMove {
  const { steps, moves, added, seen, still: stood } = advanceSteps(version, stepsOf(record), trigger, facts);
  if (stood !== null) {
    const isStarted = isFresh && version.trigger !== null;
    const trace = { ...progressTrace(record, 'progress_started', true), seen };
    if (isStarted) return { record, completed: null, moves, trace };
    return seeing(still(record.mission, version.version, stood.why, { ...stood.values, period: record.period }), seen);
  }
  const { amount, target, isComplete } = standingOf(version, steps);
  const movedAt = later(record.movedAt, facts.event.occurredAt);
  const next = { ...record, amount, target, steps, movedAt, completedAt: isComplete ? movedAt : null };
  const why = isComplete ? 'mission_completed' : isFresh ? 'progress_started' : 'progress_moved';
  const told = progressTrace(next, why, true);
  const trace = { ...told, values: { ...told.values, ...added }, seen };
  return { record: next, completed: isComplete ? version : null, moves, trace };
}

/** A progress that nothing moves any more. */
function over({ record }: Kept): MissionMove {
  const why = record.cancelledAt === undefined ? 'already_completed' : 'cancelled';
  return { record: null, completed: null, moves: [], trace: progressTrace(record, why, false) };
}

function still(id: string, version: number, why: TraceCode, values: TraceEntry['values']): MissionMove {
  const trace: TraceEntry = { kind: 'mission', id, version, fired: false, why, values };
  return { record: null, completed: null, moves: [], trace };
}

/** The move, with what another condition looked at. */
function seeing(move: MissionMove, seen: Seen | undefined): MissionMove {
  return { ...move, trace: { ...move.trace, seen: allSeen(seen, move.trace.seen) } };
}

/** How a progress stands, as explanations tell it. */
export function progressTrace(record: ProgressRecord, why: TraceCode, fired: boolean): TraceEntry {
  const { mission: id, missionVersion: version, period, amount, target } = record;
  return { kind: 'mission', id, version, fired, why, values: { period, amount, target } };
}
