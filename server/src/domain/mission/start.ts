import { type Facts, verdictOf } from '../condition.ts';
import { type PlayerState, type ProgressRecord, progressSlot, type StepState, timeInPeriod } from '../player.ts';
import type { PlayerFacts } from '../player-facts.ts';
import { lookup } from '../record.ts';
import type { Seen, TraceCode } from '../trace.ts';
import type { UserFacts } from '../user-facts.ts';
import { standingOf } from './steps.ts';
import type { MissionVersion, StepRule } from './version.ts';

/** Who would start a mission, as they are just before. */
export interface Starter {
  readonly user: UserFacts;
  readonly player: PlayerFacts;
  readonly completions: PlayerState['completions'];
  /** The entry by which they would: what it completes itself does not count as done before. */
  readonly entry: string | null;
}

/** Why a player cannot start a mission, by its audience and prerequisites; null where they can. */
export function whyLocked(version: MissionVersion, starter: Starter): TraceCode | null {
  if (version.audience?.(starter.user) === false) return 'not_in_audience';
  return lacksPrerequisite(version, starter) ? 'prerequisite_missing' : null;
}

/** Whether a player lacks something that a mission demands first. */
export function lacksPrerequisite(
  { prerequisites }: Pick<MissionVersion, 'prerequisites'>,
  { player, completions = {}, entry }: Pick<Starter, 'player' | 'completions' | 'entry'>,
): boolean {
  return prerequisites.some(({ mission, badge, level }) => {
    if (mission !== undefined) {
      const completed = lookup(completions, mission);
      return completed === undefined || completed.first === entry;
    }
    if (badge !== undefined) return (lookup(player.badges, badge) ?? 0) === 0;
    return level !== undefined && (lookup(player.levels, level.track) ?? 0) < level.level;
  });
}

/** The period of the progress that would start next in a period; null where there can be none (any more). */
export function nextPeriod(
  { mission, times }: MissionVersion,
  base: string,
  progress: PlayerState['progress'],
): string | null {
  const last = lookup(progress, progressSlot(mission, base));
  if (last === undefined) return base;
  if (last.endedBy !== undefined) return last.period;
  const time = timeInPeriod(last.period) + 1;
  return last.completedAt !== null && time <= times ? `${base}.${time}` : null;
}

/** The largest target. */
const MOST = 1_000_000_000_000;

/** The target of a step as it is now; 0 where it comes to none. */
function frozenTarget({ target }: StepRule, facts: Facts): number {
  if (typeof target === 'number') return target;
  const result = target(facts);
  return 'refusal' in result ? 0 : result.amount;
}

/** A progress that has just started, with its targets frozen; null where one of them comes to nothing. */
export function freshProgress(
  version: MissionVersion,
  period: string,
  facts: Facts,
  target: number | null = null,
): ProgressRecord | null {
  const steps = version.steps.flatMap((rule): StepState[] => {
    const frozen = frozenTarget(rule, facts);
    return frozen < 1 ? [] : [{ amount: 0, target: Math.min(frozen, MOST), completedAt: null }];
  });
  if (steps.length < version.steps.length) return null;
  const own = target === null || steps.length !== 1 ? steps : [{ amount: 0, target, completedAt: null }];
  const { occurredAt } = facts.event;
  const { amount, target: whole } = standingOf(version, own);
  return {
    mission: version.mission,
    missionVersion: version.version,
    period,
    amount,
    target: whole,
    steps: own,
    startedAt: occurredAt,
    movedAt: occurredAt,
    completedAt: null,
  };
}

/** Whether an event may start a version by itself, and why not where it may not; and what its condition looked at. */
export function startByEvent(
  { startedBy, trigger }: MissionVersion,
  key: string,
  facts: Facts,
): { readonly whyNot: TraceCode | null; readonly seen?: Seen | undefined } {
  if (startedBy === 'player') return { whyNot: 'not_joined' };
  if (startedBy === 'operator') return { whyNot: 'not_assigned' };
  if (trigger === null) return { whyNot: null };
  if (trigger.key !== key) return { whyNot: 'not_triggered' };
  const verdict = verdictOf(trigger, facts);
  return { whyNot: verdict.holds ? null : verdict.why, seen: verdict.seen };
}
