import type { Streak, StreakEffect } from '@laurel/contract/types';
import { type Conditioned, type Facts, verdictOf } from '../condition.ts';
import { stampIn } from '../event.ts';
import type { PlayerState, Run } from '../player.ts';
import { lookup } from '../record.ts';
import type { TraceEntry } from '../trace.ts';
import { addDay, longestRun, runAt, runDays } from './runs.ts';

/** What an event did to one streak. */
export interface StreakMove {
  /** The runs as they are now, and the effect; null where the day had counted before. */
  readonly moved: { readonly runs: readonly Run[]; readonly effect: StreakEffect } | null;
  readonly trace: TraceEntry;
}

/** Counts the event's day, in the streak's zone, for a streak. */
export function countDay(streak: Conditioned<Streak>, streaks: PlayerState['streaks'], facts: Facts): StreakMove {
  const { day, dayNumber } = stampIn(facts.event, streak.zone);
  const rule = { kind: 'streak', id: streak.id, version: streak.version } as const;
  const verdict = verdictOf(streak, facts);
  if (!verdict.holds) {
    return { moved: null, trace: { ...rule, fired: false, why: verdict.why, values: { ...verdict.values, day } } };
  }
  const before = lookup(streaks, streak.id) ?? [];
  const runs = addDay(before, dayNumber);
  const run = runDays(runAt(runs, dayNumber));
  if (runs === before) {
    return { moved: null, trace: { ...rule, fired: false, why: 'day_already_counted', values: { day, run } } };
  }
  const effect: StreakEffect = { streak: streak.id, day, run, longest: runDays(longestRun(runs)) };
  return { moved: { runs, effect }, trace: { ...rule, fired: true, why: 'day_counted', values: { day, run } } };
}
