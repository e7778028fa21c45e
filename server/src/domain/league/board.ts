import type { Leaderboard, League } from '@laurel/contract/types';

/** What the scores of a league are kept under: no board can have such an id, since `@` is in none. */
export function leagueBoardId(league: string): string {
  return `@${league}`;
}

/** Whether scores are those of a league. */
export function isLeagueBoard(board: string): boolean {
  return board.startsWith('@');
}

/** The league whose scores these are. */
export function leagueOfBoard(board: string): string {
  return board.slice(1);
}

/** The weekly board whose scores the cohorts of a league are ranked by. */
export function leagueBoard(league: League): Leaderboard {
  const { tiers: _t, cohortSize: _c, promote: _p, demote: _d, idleWeeks: _i, seed: _s, zone, ...shared } = league;
  return {
    ...shared,
    id: leagueBoardId(league.id),
    scope: 'players',
    window: { kind: 'recurring', every: 'week', zone },
    ties: 'ordinal',
    direction: 'high',
    prizes: [],
    tiedPrizes: 'each',
  };
}
