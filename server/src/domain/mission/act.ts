import type { MissionSchedule } from '@laurel/contract/types';
import type { Turn } from '../fold/turn.ts';
import { basePeriod, isRunning, type ProgressRecord, progressSlot } from '../player.ts';
import { lookup } from '../record.ts';
import type { MissionRules } from './match.ts';
import { starterOf } from './move.ts';
import { periodIfStamped, schedulePeriod } from './schedule.ts';
import { putProgress } from './settle.ts';
import { freshProgress, nextPeriod, whyLocked } from './start.ts';

/**
 * A progress that is started or ended by hand. What makes no sense where the act stands does nothing: whoever did it was
 * told when they did it, and a refold refuses nothing that was accepted.
 */
export type MissionAct =
  | {
      readonly kind: 'mission';
      readonly does: 'start';
      readonly mission: string;
      /** In place of the target of a mission of one step. */
      readonly target: number | null;
    }
  | { readonly kind: 'mission'; readonly does: 'cancel'; readonly mission: string; readonly period: string };

/** Starts or ends a progress, as an act says. */
export function applyMissionAct(turn: Turn, act: MissionAct): void {
  if (act.does === 'start') startByHand(turn, act.mission, act.target);
  else cancelByHand(turn, act.mission, act.period);
}

function startByHand(turn: Turn, mission: string, target: number | null): void {
  const rules = turn.ruleset.missionBook.get(mission);
  const current = rules?.current;
  const isOpen = (schedule: MissionSchedule, period: string) => periodIfStamped(schedule, turn.entry) === period;
  if (rules !== undefined && runningOf(turn.state.progress, rules, isOpen) !== undefined) return;
  const base = current == null ? null : schedulePeriod(current.schedule, turn.entry);
  if (current == null || base === null || whyLocked(current, starterOf(turn)) !== null) return;
  const last = lookup(turn.state.progress, progressSlot(mission, base));
  // What was given up begins anew, in its own place.
  const again = last?.cancelledAt === undefined ? null : last.period;
  const period = again ?? nextPeriod(current, base, turn.state.progress);
  const record = period === null ? null : freshProgress(current, period, turn.facts, target);
  if (record !== null) putProgress(turn, record, [], null);
}

function cancelByHand(turn: Turn, mission: string, period: string): void {
  const record = lookup(turn.state.progress, progressSlot(mission, period));
  if (record === undefined || record.period !== period || !isRunning(record)) return;
  putProgress(turn, { ...record, cancelledAt: turn.entry.occurredAt }, [], null);
}

/**
 * The progress of a mission that a player has running, in a period of the version that it keeps: the one that events
 * count for, which is the one of the oldest version.
 * @param isOpen whether a period of a schedule is the present one
 */
export function runningOf(
  progress: Readonly<Record<string, ProgressRecord>>,
  { mission, versions }: MissionRules,
  isOpen: (schedule: MissionSchedule, period: string) => boolean,
): ProgressRecord | undefined {
  const running = Object.values(progress).filter((record) => {
    const kept = versions.get(record.missionVersion);
    if (record.mission !== mission || !isRunning(record) || kept === undefined) return false;
    return isOpen(kept.schedule, basePeriod(record.period));
  });
  return running.toSorted((a, b) => a.missionVersion - b.missionVersion)[0];
}
