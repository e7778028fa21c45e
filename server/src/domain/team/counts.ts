import type { Definitions } from '../ruleset.ts';

/** Whether anything that is at work counts for teams: then entries keep the team that their player was in. */
export function countsForTeams({ leaderboards }: Pick<Definitions, 'leaderboards'>): boolean {
  return leaderboards.some(({ status, scope }) => status === 'published' && scope === 'teams');
}
