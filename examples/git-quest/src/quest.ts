import type { Laurel } from '@laurel/sdk/server';
import { defineGame } from './game.ts';
import type { Commit } from './history.ts';
import { type PlayerResult, readResults } from './results.ts';
import { type OnProgress, type Sent, sendHistory } from './send.ts';

/** What playing a history takes. */
export interface PlayHistory {
  /** A client of the workspace to play in, with the scopes to author definitions, send events and read players. */
  readonly laurel: Laurel;
  readonly commits: AsyncIterable<Commit>;
  readonly onProgress?: OnProgress;
}

/** How a played history ended. */
export interface Outcome extends Sent {
  /** Every player of the workspace's leaderboard, by rank and then by player. */
  readonly results: readonly PlayerResult[];
}

/** Defines the game, sends every commit, and reads how the players stand. Played again, it ends the same. */
export async function playHistory({ laurel, commits, onProgress }: PlayHistory): Promise<Outcome> {
  await defineGame(laurel);
  const sent = await sendHistory(laurel, commits, onProgress);
  return { ...sent, results: await readResults(laurel) };
}
