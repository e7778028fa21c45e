import { completeForMembers } from '../api/team-completions.ts';
import { TEAM_MISSION_COMPLETED } from '../teams/completion-due.ts';
import type { TurnHandler } from './turn.ts';

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
