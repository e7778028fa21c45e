import { completeForMembers } from '../api/team-completions.ts';
import { progressId } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { type DueItem, putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import type { TeamProgressPlace } from '../store/team-progress.ts';
import type { TurnHandler } from './turn.ts';

export const TEAM_MISSION_COMPLETED = 'teamMission.completed';

function itemOf({ team, mission, period }: TeamProgressPlace, at: string): DueItem {
  // No id holds a `/`.
  const subject = `${team}/${progressId(mission, period)}`;
  return { kind: TEAM_MISSION_COMPLETED, subject, at, details: { team, mission, period } };
}

/** The writes that let a mission be completed for the members of a team: they belong to the team's completion. */
export function scheduleCompletion(table: Table, scope: Scope, place: TeamProgressPlace, at: string): Write[] {
  return putDue(table, scope, itemOf(place, at));
}

/**
 * Lets the members of a team complete what the team has completed. It takes many transactions, each in place of the one
 * before, so it happens before the turn ends: being run again, here or elsewhere, goes on from where it stands.
 */
const completed: TurnHandler = async ({ platform, scope, item, now }) => {
  const { team, mission, period } = item.details ?? {};
  if (team === undefined || mission === undefined || period === undefined) return { outcome: 'skipped' };
  const done = await completeForMembers({ platform, scope, now }, { team, mission, period });
  if (done === undefined) return { outcome: 'skipped' };
  const details = { team, mission, period, members: String(done.members) };
  if (done.stage === 'done') return { outcome: 'completed', details };
  // A large one goes on with the next turn.
  return { outcome: 'completing', details, next: new Date(Date.parse(item.at) + 1).toISOString() };
};

/** What is due once a team has completed a mission. */
export const teamMissionTurns: ReadonlyMap<string, TurnHandler> = new Map([[TEAM_MISSION_COMPLETED, completed]]);
