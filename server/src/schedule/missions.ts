import type { Schedule } from '@laurel/contract/shared/schedule';
import type { Mission } from '@laurel/contract/types';
import { nextTurns, periodOf } from '../calendar/schedule.ts';
import type { Write } from '../store/commit.ts';
import { dropDue, putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { MISSION_REACHED, reached } from './mission-reach.ts';
import type { Outcome, Turn, TurnHandler } from './turn.ts';

export const MISSION_OPENED = 'mission.opened';
export const MISSION_CLOSED = 'mission.closed';

/** What of a mission says when it opens and closes. */
export interface ScheduledMission extends Pick<Mission, 'id' | 'status'> {
  /** As it is answered: a range may leave out its zone, which is then UTC. */
  readonly schedule:
    | Mission['schedule']
    | (Omit<Extract<Mission['schedule'], { readonly kind: 'range' }>, 'zone'> & { readonly zone?: string | undefined });
}

/**
 * The schedule that turns for all players at once. One in each player's own zone opens for nobody: a progress begins with
 * the first event of its period, and its end is the player's own.
 */
function commonSchedule({ schedule, status }: ScheduledMission): Schedule | undefined {
  if (status !== 'published' || schedule.kind === 'permanent') return undefined;
  const { zone = 'UTC' } = schedule;
  return zone === 'user' ? undefined : { ...schedule, zone };
}

/** No player's zone is asked for: schedules in `user` are left out. */
const NO_USER = 'UTC';

/** The writes that schedule when a mission opens and closes next, after a time; they belong to what changes it. */
export function scheduleMission(table: Table, scope: Scope, mission: ScheduledMission, now: string): Write[] {
  // A draft changes nothing of what is at work.
  if (mission.status === 'draft') return [];
  const schedule = commonSchedule(mission);
  const turns = schedule === undefined ? undefined : nextTurns(schedule, now, NO_USER);
  const write = (kind: string, at: string | null | undefined) => {
    const name = { kind, subject: mission.id };
    return at == null ? dropDue(table, scope, name) : putDue(table, scope, { ...name, at });
  };
  return [...write(MISSION_OPENED, turns?.opens), ...write(MISSION_CLOSED, turns?.closes)];
}

const skipped: Outcome = { outcome: 'skipped' };

async function scheduleNow({ platform, scope, item }: Turn): Promise<Schedule | undefined> {
  const { definitions } = await platform.rulebooks(scope);
  const mission = definitions.missions.find(({ id }) => id === item.subject);
  return mission && commonSchedule(mission);
}

/** A period of a mission begins. */
const opened: TurnHandler = async (turn) => {
  const { at } = turn.item;
  const schedule = await scheduleNow(turn);
  if (schedule === undefined) return skipped;
  const period = periodOf(schedule, at, NO_USER);
  const next = nextTurns(schedule, at, NO_USER).opens;
  // The zone's rules, or the mission, may have changed since this turn was scheduled.
  if (period?.from !== at) return { ...skipped, next };
  return { outcome: 'opened', details: { period: period.key }, next };
};

/** A period of a mission is over for all players at once; that what they have not completed expires are turns of their own. */
const closed: TurnHandler = async (turn) => {
  const { at } = turn.item;
  const schedule = await scheduleNow(turn);
  if (schedule === undefined) return skipped;
  const period = periodOf(schedule, new Date(Date.parse(at) - 1).toISOString(), NO_USER);
  const next = nextTurns(schedule, at, NO_USER).closes;
  if (period?.to !== at) return { ...skipped, next };
  return { outcome: 'closed', details: { period: period.key }, next };
};

/** The openings and closings of missions, and how new versions reach their players. */
export const missionTurns: ReadonlyMap<string, TurnHandler> = new Map([
  [MISSION_OPENED, opened],
  [MISSION_CLOSED, closed],
  [MISSION_REACHED, reached],
]);
