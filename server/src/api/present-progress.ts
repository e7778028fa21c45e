import type { Mission, Progress } from '@laurel/contract/types';
import { basePeriod, type ProgressRecord, progressId, stepsOf } from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import type { Moment } from './reader.ts';

/**
 * Whether a progress that is not complete has no time left. One that does not keep its end, such as a team's, has none
 * where its period is not the current one of its own version.
 */
function isOver(record: ProgressRecord, version: Mission | undefined, { now: instant, periodNow }: Moment): boolean {
  if (record.endsAt !== undefined) return record.endsAt <= instant;
  if (version === undefined || version.schedule.kind === 'permanent') return false;
  const now = periodNow(version.schedule);
  // Keys of one kind of period sort by time; a range that is closed was open before, since something started in it.
  return now === null || basePeriod(record.period) < now;
}

function stateOf(record: ProgressRecord, rulebook: Rulebook, moment: Moment): Progress['state'] {
  if (record.completedAt !== null) return 'completed';
  if (record.cancelledAt !== undefined) return 'cancelled';
  const version = rulebook.missionVersion(record.mission, record.missionVersion);
  return isOver(record, version, moment) ? 'expired' : 'active';
}

/** A progress as it is shown: with its state at this moment. */
export function presentProgress(record: ProgressRecord, rulebook: Rulebook, moment: Moment): Progress {
  return {
    id: progressId(record.mission, record.period),
    mission: record.mission,
    missionVersion: record.missionVersion,
    period: record.period,
    state: stateOf(record, rulebook, moment),
    amount: record.amount,
    target: record.target,
    steps: [...stepsOf(record)],
    startedAt: record.startedAt,
    completedAt: record.completedAt,
    cancelledAt: record.cancelledAt ?? null,
  };
}
