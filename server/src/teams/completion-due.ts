import { progressId } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import type { TeamProgressPlace } from '../store/team-progress.ts';

/** What comes due once a team has completed a mission: that its members complete it. */
export const TEAM_MISSION_COMPLETED = 'teamMission.completed';

/** The writes that let a mission be completed for the members of a team: they belong to the team's completion. */
export function scheduleCompletion(table: Table, scope: Scope, place: TeamProgressPlace, at: string): Write[] {
  const { team, mission, period } = place;
  // No id holds a `/`.
  const subject = `${team}/${progressId(mission, period)}`;
  return putDue(table, scope, { kind: TEAM_MISSION_COMPLETED, subject, at, details: { team, mission, period } });
}
