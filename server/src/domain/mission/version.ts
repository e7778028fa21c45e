import type { Mission, MissionSchedule, MissionStep, Reward } from '@laurel/contract/types';
import { ALL_TIME, periodKey } from '../calendar.ts';
import type { Condition } from '../condition.ts';
import { type PlayerEvent, stampIn } from '../event.ts';
import type { PromisedReward } from '../reward/reward.ts';

/** One version of a mission, as progress keeps it. */
export interface MissionVersion {
  readonly mission: string;
  readonly version: number;
  readonly schedule: MissionSchedule;
  readonly step: MissionStep;
  /** The condition of the step. */
  readonly holds: Condition | null;
  readonly rewards: readonly PromisedReward[];
}

/** What makes functions of what a mission states, for the events of an activity. */
export interface MissionCompilers {
  /** The condition that a text states; null where there is no text. */
  readonly holds: (text: string | undefined, activity: string) => Condition | null;
  readonly promised: (rewards: readonly Reward[], activity: string) => readonly PromisedReward[];
}

/**
 * A published mission as the version that it is.
 * @throws RangeError where it has not exactly one step, which the contract rules out.
 */
export function missionVersion(mission: Mission, { holds, promised }: MissionCompilers): MissionVersion {
  const [step, ...more] = mission.steps;
  if (step === undefined || more.length > 0) {
    throw new RangeError(`mission ${mission.id} has ${mission.steps.length} steps instead of one`);
  }
  const { id, version, schedule, rewards } = mission;
  return {
    mission: id,
    version,
    schedule,
    step,
    holds: holds(step.condition, step.activity),
    rewards: promised(rewards, step.activity),
  };
}

/** The key of the period of a schedule that the event falls in. */
export function schedulePeriod(schedule: MissionSchedule, event: PlayerEvent): string {
  if (schedule.kind === 'permanent') return ALL_TIME;
  return periodKey(schedule.every, stampIn(event, schedule.zone));
}

/** What an event adds to a step: one, or its value. */
export function stepAmount(step: MissionStep, event: PlayerEvent): number {
  return step.adds === 'one' ? 1 : event.value;
}
