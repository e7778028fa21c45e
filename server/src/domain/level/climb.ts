import type { LevelTrack } from '@laurel/contract/types';
import type { PlayerState } from '../player.ts';
import type { PromisedReward } from '../reward/reward.ts';
import { type LevelLadder, type LevelState, ladderOf } from './level.ts';

/** A level track as its rules are compiled. */
export interface CompiledTrack {
  readonly id: string;
  readonly ladder: LevelLadder;
  /** By level, what the first reaching of it gives. */
  readonly rewards: ReadonlyMap<number, readonly PromisedReward[]>;
}

/** A player's level on one track, with all that later moves depend on. */
export interface LevelRecord extends LevelState {
  /** How often levels were lost: tells the times apart in which a level is reached. */
  readonly falls: number;
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
  return { id: track.id, ladder: ladderOf(track), rewards: new Map(rewards) };
}
