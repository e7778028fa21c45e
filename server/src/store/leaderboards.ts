import type { ScoreRecord } from '../domain/index.ts';
import type { Listing, Reach } from './listing.ts';
import { type IndexKey, indexKeyOf, type Scope, sortableNumber } from './scope.ts';
import { countItems, queryShards, recordOf, SHARDS, shardOf, sortKeysBefore, type Table } from './table.ts';

/** A score with whose it is. */
export interface BoardScore extends ScoreRecord {
  readonly userId: string;
}

/** One period of one leaderboard. */
export interface Board {
  readonly leaderboard: string;
  readonly period: string;
}

function boardPartition(scope: Scope, board: Board, shard: number): string {
  return indexKeyOf(scope, ['BOARD', board.leaderboard, board.period, String(shard)], []).gsi1pk;
}

/** Scores sort from the highest down, equal ones by who was there first, then by id: that is the ordinal rank. */
function scoreSort(score: number): string {
  return sortableNumber(Number.MAX_SAFE_INTEGER - score);
}

/** Where a score stands in the index. */
export function scoreIndexKey(scope: Scope, userId: string, record: ScoreRecord): IndexKey {
  return indexKeyOf(
    scope,
    ['BOARD', record.leaderboard, record.period, String(shardOf(userId))],
    [scoreSort(record.score), record.reachedAt, userId],
  );
}

/** A position in a board: before every score equal to it, or exactly at one player's line. */
export type Position = { readonly score: number } | BoardScore;

function positionKey(scope: Scope, position: Position): string {
  if ('userId' in position) return scoreIndexKey(scope, position.userId, position).gsi1sk;
  return scoreSort(position.score);
}

/** How many lines stand before a position, exactly, at any size of the board. */
export async function countBefore(table: Table, scope: Scope, board: Board, position: Position): Promise<number> {
  const before = positionKey(scope, position);
  return sumOverShards((shard) => countItems(table, boardPartition(scope, board, shard), before));
}

/** How many players have a score. */
export async function countScores(table: Table, scope: Scope, board: Board): Promise<number> {
  return sumOverShards((shard) => countItems(table, boardPartition(scope, board, shard)));
}

async function sumOverShards(count: (shard: number) => Promise<number>): Promise<number> {
  const counts = await Promise.all(Array.from({ length: SHARDS }, (_, shard) => count(shard)));
  return counts.reduce((sum, one) => sum + one, 0);
}

/** Reads lines of a board from the top, after a position where one is given. */
export async function topScores(table: Table, scope: Scope, board: Board, reach: Reach): Promise<Listing<BoardScore>> {
  const items = await queryShards(table, (shard) => boardPartition(scope, board, shard), {
    limit: reach.limit + 1,
    ...(reach.after === undefined ? {} : { after: reach.after }),
  });
  const shown = items.slice(0, reach.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(recordOf<BoardScore>),
    next: items.length > reach.limit && last !== undefined ? String(last.gsi1sk) : null,
  };
}

/** Reads the lines just before a player's, the nearest last. */
export async function scoresBefore(
  table: Table,
  scope: Scope,
  board: Board,
  me: BoardScore,
  limit: number,
): Promise<BoardScore[]> {
  if (limit === 0) return [];
  const items = await queryShards(table, (shard) => boardPartition(scope, board, shard), {
    limit,
    descending: true,
    after: positionKey(scope, me),
  });
  return items.map(recordOf<BoardScore>).reverse();
}

/** The position right after a player's line, to read on from. */
export function positionAfter(scope: Scope, me: BoardScore): string {
  return positionKey(scope, me);
}

/** How many different scores stand above one; for dense ranks. */
export async function countDistinctAbove(table: Table, scope: Scope, board: Board, score: number): Promise<number> {
  const above = new Set<string>();
  const gather = async (shard: number) => {
    for await (const keys of sortKeysBefore(table, boardPartition(scope, board, shard), scoreSort(score))) {
      for (const key of keys) above.add(key.slice(0, key.indexOf('#')));
    }
  };
  await Promise.all(Array.from({ length: SHARDS }, (_, shard) => gather(shard)));
  return above.size;
}
