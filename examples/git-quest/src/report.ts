import type { Outcome } from './quest.ts';
import type { PlayerResult } from './results.ts';

/** The game as one JSON object; every player stands in every list. */
export interface Report {
  /** The path as it was given. */
  readonly repo: string;
  /** Commits that count. */
  readonly events: number;
  readonly players: number;
  readonly leaderboard: readonly { readonly player: string; readonly rank: number; readonly score: number }[];
  readonly streaks: readonly { readonly player: string; readonly longest: number }[];
  readonly weeklyMissions: readonly { readonly player: string; readonly completed: number }[];
  readonly xp: readonly { readonly player: string; readonly balance: number }[];
}

/** The leaderboard is sorted by rank, the other lists by their number, the highest first; equals by player. */
export function reportOf(repo: string, { events, results }: Outcome): Report {
  return {
    repo,
    events,
    players: results.length,
    leaderboard: results.map(({ player, rank, score }) => ({ player, rank, score })),
    streaks: highest(results, 'longestStreak').map(([player, longest]) => ({ player, longest })),
    weeklyMissions: highest(results, 'weeklyMissions').map(([player, completed]) => ({ player, completed })),
    xp: highest(results, 'xp').map(([player, balance]) => ({ player, balance })),
  };
}

function highest(
  results: readonly PlayerResult[],
  what: 'longestStreak' | 'weeklyMissions' | 'xp',
): (readonly [player: string, amount: number])[] {
  return results
    .map((result) => [result.player, result[what]] as const)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
}
