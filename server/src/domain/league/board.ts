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
  const { source, zone, condition, audience, graceMinutes, name } = league;
  const { status, version, createdAt, updatedAt, author } = league;
  return {
    id: leagueBoardId(league.id),
    name,
    ...{ status, version, createdAt, updatedAt, author },
    source,
    window: { kind: 'recurring', every: 'week', zone },
    ties: 'ordinal',
    direction: 'high',
    ...(condition === undefined ? {} : { condition }),
    ...(audience === undefined ? {} : { audience }),
    prizes: [],
    tiedPrizes: 'each',
    graceMinutes,
  };
}
