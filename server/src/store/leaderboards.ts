import type { ScoreRecord } from '../domain/index.ts';
import type { Listing, Reach } from './listing.ts';
import { type IndexKey, indexKeyOf, type Scope, sortableNumber } from './scope.ts';
import {
  countItems,
  type Interval,
  type Item,
  queryShards,
  recordOf,
  SHARDS,
  shardOf,
  sortKeysBefore,
  type Table,
} from './table.ts';

/** A score with whose it is. */
export interface BoardScore extends ScoreRecord {
  readonly userId: string;
}

function boardScoreOf(item: Item): BoardScore {
  return { ...recordOf<ScoreRecord>(item), userId: String(item.userId) };
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

/** How many players have a higher score: exactly, at any size of the board. */
export function countAbove(table: Table, scope: Scope, board: Board, score: number): Promise<number> {
  // Keys begin with a score and go on: none is the score alone.
  return countLines(table, scope, board, { to: scoreSort(score) });
}

/** How many players with the same score stand before a line, the line itself included. */
export function countTiedUpTo(table: Table, scope: Scope, board: Board, line: BoardScore): Promise<number> {
  return countLines(table, scope, board, { from: scoreSort(line.score), to: positionOf(scope, line) });
}

/** How many players have a score. */
export function countScores(table: Table, scope: Scope, board: Board): Promise<number> {
  return countLines(table, scope, board, {});
}

async function countLines(table: Table, scope: Scope, board: Board, interval: Interval): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => countItems(table, boardPartition(scope, board, shard), interval)),
  );
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
    items: shown.map(boardScoreOf),
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
    after: positionOf(scope, me),
  });
  return items.map(boardScoreOf).reverse();
}

/** Where a player's line stands: what to read on from, in either direction. */
export function positionOf(scope: Scope, line: BoardScore): string {
  return scoreIndexKey(scope, line.userId, line).gsi1sk;
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
