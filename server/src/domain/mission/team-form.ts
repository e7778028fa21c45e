import type { Mission } from '@laurel/contract/types';
import { scheduleKey } from './schedule.ts';

/** What is wrong with a field of a definition, and where. */
export interface Fault {
  readonly pointer: string;
  readonly message: string;
}

function fault(pointer: string, message: string): Fault {
  return { pointer, message };
}

/** A mission as it is built from a body, before what can be left out has its default. */
type Draft = Pick<
  Mission,
  'for' | 'schedule' | 'steps' | 'combine' | 'assignment' | 'repeat' | 'prerequisites' | 'running'
>;

/**
 * What a mission for teams cannot have. A team has no zone, no level and no history of its own: what its members give
 * is added up, whenever it arrives and in whatever order.
 */
export function teamFaults({ schedule, steps, combine, assignment, repeat, prerequisites = [] }: Draft): Fault[] {
  const zone = schedule.kind === 'permanent' ? 'UTC' : schedule.zone;
  return [
    ...(zone === 'user' ? [fault('/schedule/zone', 'A team has no zone of its own: name one.')] : []),
    ...steps.flatMap(({ target }, index) =>
      typeof target === 'number' ? [] : [fault(`/steps/${index}/target`, 'A target of a team is a number.')],
    ),
    ...(combine?.kind === 'sequence'
      ? [fault('/combine', 'Steps of a team have no order: take all of them, or any so many.')]
      : []),
    ...(assignment !== undefined && assignment.kind !== 'automatic'
      ? [fault('/assignment', 'A mission for teams starts with the first event that counts.')]
      : []),
    ...(repeat === undefined ? [] : [fault('/repeat', 'A mission for teams is completed once in a period.')]),
    ...(prerequisites.length === 0 ? [] : [fault('/prerequisites', 'A mission for teams has no prerequisites.')]),
  ];
}

/** Who reaches a mission's targets; players where it does not say. */
export function isForTeams(mission: Pick<Mission, 'for'>): boolean {
  return mission.for === 'team';
}

/** What is wrong with a mission, as it was published before and as it is to be. */
export function missionFaults(mission: Draft, before: Draft | undefined): Fault[] {
  if (before !== undefined && isForTeams(before) !== isForTeams(mission)) {
    return [fault('/for', 'Whom a mission is for stays as it was published: make another one.')];
  }
  if (!isForTeams(mission)) return [];
  const moved = before !== undefined && scheduleKey(before.schedule) !== scheduleKey(mission.schedule);
  return [
    ...teamFaults(mission),
    ...(moved ? [fault('/schedule', 'A mission for teams keeps its schedule: archive it and make another one.')] : []),
    ...(mission.running === 'keep'
      ? []
      : [fault('/running', 'What teams have running keeps its version: publish with `keep`.')]),
  ];
}
