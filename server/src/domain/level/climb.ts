import type { LevelTrack } from '@laurel/contract/types';
import type { PlayerState } from '../player.ts';
import type { PromisedReward } from '../reward/reward.ts';
import type { Book, Versioned } from '../versions.ts';
import { type LevelLadder, type LevelState, ladderOf } from './level.ts';

/** A level track as its rules are compiled. */
export interface CompiledTrack extends Versioned {
  readonly id: string;
  readonly ladder: LevelLadder;
  /** By level, what the first reaching of it gives. */
  readonly rewards: ReadonlyMap<number, readonly PromisedReward[]>;
}

/** A level track that is at work, with all that was published of it. */
export type TrackBook = Book<CompiledTrack>;

/** A player's level on one track, with all that later moves depend on. */
export interface LevelRecord extends LevelState {
  /** How often levels were lost: tells the times apart in which a level is reached. */
  readonly falls: number;
  /** The most of the currency that the player ever had; absent in what was kept before it was kept. */
  readonly most?: number;
}

/** The levels of a player, by track; who is on none of a track's is on the first. */
export function levelsOf({ levels }: Pick<PlayerState, 'levels'>): Readonly<Record<string, LevelRecord>> {
  return levels ?? {};
}

/** Compiles a level track. */
export function compileTrack(
  track: LevelTrack,
  promised: (rewards: NonNullable<LevelTrack['levels'][number]['rewards']>) => readonly PromisedReward[],
): CompiledTrack {
  const rewards = track.levels.map(({ level, rewards: given = [] }) => [level, promised(given)] as const);
  const { id, version, publishedAt, running } = track;
  return { id, version, publishedAt, running, ladder: ladderOf(track), rewards: new Map(rewards) };
}
