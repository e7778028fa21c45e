import type { Laurel } from '@laurel/sdk/server';
import { ids } from './game.ts';

/** How one player stands at the end. */
export interface PlayerResult {
  readonly player: string;
  /** 1 for the first; players with as many commits share a rank, and the next one comes after all of them. */
  readonly rank: number;
  /** Commits. */
  readonly score: number;
  /** XP in the wallet. */
  readonly xp: number;
  /** ISO weeks with five commits or more. */
  readonly weeklyMissions: number;
  /** Days of the longest run of days with a commit. */
  readonly longestStreak: number;
  /** The latest day with a commit, `YYYY-MM-DD` in UTC; null without one. */
  readonly lastDay: string | null;
}

/** Days without a gap, both ends included, `YYYY-MM-DD` in UTC. */
export interface Run {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** Players asked about at once. */
const ABREAST = 8;
/** Lines of a list to ask for at once: the most that there are. */
const PAGE = 200;

interface Line {
  readonly rank: number;
  readonly score: number;
  readonly userId: string;
  readonly externalId?: string | null | undefined;
}

/**
 * How every player of the workspace's `commits` leaderboard stands, by rank and then by player. Somebody in the
 * workspace without an external id is named by their user id.
 */
export async function readResults(laurel: Laurel): Promise<PlayerResult[]> {
  const lines: Line[] = [];
  for await (const { userId, ...line } of laurel.leaderboards.entries(ids.leaderboard, { limit: PAGE })) {
    // The board ranks players: behind each line is a user.
    if (userId !== undefined) lines.push({ ...line, userId });
  }
  const results: PlayerResult[] = [];
  for (let start = 0; start < lines.length; start += ABREAST) {
    const group = lines.slice(start, start + ABREAST);
    results.push(...(await Promise.all(group.map((line) => readPlayer(laurel, line)))));
  }
  return results.sort((a, b) => a.rank - b.rank || compare(a.player, b.player));
}

async function readPlayer(laurel: Laurel, line: Line): Promise<PlayerResult> {
  const [sheet, weeklyMissions] = await Promise.all([laurel.users.sheet(line.userId), countWeeks(laurel, line.userId)]);
  const streak = sheet.streaks.find((one) => one.streak === ids.streak);
  return {
    player: line.externalId ?? line.userId,
    rank: line.rank,
    score: line.score,
    xp: sheet.wallets.find((wallet) => wallet.currency === ids.currency)?.available ?? 0,
    weeklyMissions,
    longestStreak: streak?.longest ?? 0,
    lastDay: streak?.lastDay ?? null,
  };
}

/** In how many weeks the mission was completed: the sheet only knows of the current one. */
async function countWeeks(laurel: Laurel, userId: string): Promise<number> {
  const completed = laurel.as({ userId }).progress.list({ mission: ids.mission, state: 'completed', limit: PAGE });
  let weeks = 0;
  for await (const _ of completed) weeks += 1;
  return weeks;
}

/** The runs of a player's daily streak between two dates, both included: `YYYY-MM-DD` in UTC. */
export async function readRuns(laurel: Laurel, player: string, from: string, to: string): Promise<readonly Run[]> {
  const { runs } = await laurel.as({ externalUserId: player }).streaks.calendar(ids.streak, { from, to });
  return runs;
}

/** By code units, the same in every place and language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
