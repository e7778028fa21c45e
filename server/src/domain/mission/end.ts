import type { MissionSchedule } from '@laurel/contract/types';
import { type Turn, tell } from '../fold/turn.ts';
import { compareText, earlier } from '../order.ts';
import { basePeriod, isRunning, type PlayerState, type ProgressRecord, progressId } from '../player.ts';
import { withEntry } from '../record.ts';

/** The end that a running progress is still to come to; null where it has none, or time has told it already. */
function endAhead(record: ProgressRecord): string | null {
  return isRunning(record) && record.expired !== true ? (record.endsAt ?? null) : null;
}

/** Whether what runs by a schedule is never over. */
function isEndless(schedule: MissionSchedule): boolean {
  return schedule.kind === 'permanent' || (schedule.kind === 'range' && schedule.to === undefined);
}

/**
 * A progress as it stands after an entry, with when it ends: the end of its period in the zone in which it began. Who
 * comes back to a period after that, since they travel, goes on until it ends where they are then. So the end hangs on
 * the entries that moved the progress alone, and not on when somebody looked.
 */
export function withEnd({ ruleset, entry }: Pick<Turn, 'ruleset' | 'entry'>, record: ProgressRecord): ProgressRecord {
  const { endsAt, expired: _, ...going } = record;
  if (!isRunning(record)) return going;
  if (endsAt !== undefined && endsAt > entry.occurredAt) return { ...going, endsAt };
  const version = ruleset.missionBook.get(record.mission)?.versions.get(record.missionVersion);
  if (version === undefined || isEndless(version.schedule)) return going;
  const period = ruleset.periodOf(version.schedule, entry.occurredAt, entry.userZone);
  // What is counted again after its end keeps the end that it had.
  const end = period?.key === basePeriod(record.period) ? period.to : (endsAt ?? null);
  return end === null ? going : { ...going, endsAt: end };
}

/**
 * Lets progress expire whose period is over by the turn's moment. That says only that nothing is expected of it any
 * more: an entry of its period still moves it, as if nobody had looked in between.
 */
export function passEnds(turn: Turn): void {
  for (const [slot, record] of Object.entries(turn.state.progress).toSorted(([a], [b]) => compareText(a, b))) {
    const end = endAhead(record);
    if (end === null || end > turn.entry.occurredAt) continue;
    const expired = { ...record, expired: true } as const;
    turn.state = { ...turn.state, progress: withEntry(turn.state.progress, slot, expired) };
    tell(turn, { kind: 'progress', id: progressId(record.mission, record.period), record: expired });
    turn.marks.push(`expired ${record.mission} ${record.period}`);
  }
}

/** When time alone ends a progress of a player next; null where it ends none. */
export function nextProgressEnd({ progress }: Pick<PlayerState, 'progress'>): string | null {
  return Object.values(progress).reduce<string | null>((first, record) => {
    const end = endAhead(record);
    return end === null || first === null ? (first ?? end) : earlier(first, end);
  }, null);
}

/** The progress that the marks of a turn say is over, by id. */
export function expiredBy(marks: readonly string[]): string[] {
  return marks.flatMap((mark) => {
    const [word, mission = '', period = ''] = mark.split(' ');
    return word === 'expired' ? [progressId(mission, period)] : [];
  });
}
