import type { Mission, MissionSchedule, MissionStep, Reward } from '@laurel/contract/types';
import { ALL_TIME, periodKey } from '../calendar.ts';
import { type PlayerEvent, stampIn } from '../event.ts';

/** One version of a mission, as progress keeps it. */
export interface MissionVersion {
  readonly mission: string;
  readonly version: number;
  readonly schedule: MissionSchedule;
  readonly step: MissionStep;
  readonly rewards: readonly Reward[];
}

/**
 * A published mission as the version that it is.
 * @throws RangeError where it has not exactly one step, which the contract rules out.
 */
export function missionVersion(mission: Mission): MissionVersion {
  const [step, ...more] = mission.steps;
  if (step === undefined || more.length > 0) {
    throw new RangeError(`mission ${mission.id} has ${mission.steps.length} steps instead of one`);
  }
  return { mission: mission.id, version: mission.version, schedule: mission.schedule, step, rewards: mission.rewards };
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
