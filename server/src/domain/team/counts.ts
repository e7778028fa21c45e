import { isForTeams } from '../mission/team-form.ts';
import type { Definitions } from '../ruleset.ts';

/** Whether anything that is at work counts for teams: then entries keep the team that their player was in. */
export function countsForTeams({ leaderboards, missions }: Pick<Definitions, 'leaderboards' | 'missions'>): boolean {
  // What teams have running in a mission goes on when it is archived.
  return (
    leaderboards.some(({ status, scope }) => status === 'published' && scope === 'teams') || missions.some(isForTeams)
  );
}
