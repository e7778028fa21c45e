import type { LeaderboardScope } from '@laurel/contract/types';
import type { ScoreLine, ScoreRecord, Standing } from '../domain/index.ts';
import type { KeyPage, RankIndex, Ranking } from '../ports/rank-index.ts';
import type { TableChange } from '../ports/stream.ts';
import type { Listing, Reach } from './listing.ts';
import {
  type IndexKey,
  indexKeyOf,
  type Key,
  keyOf,
  type Scope,
  sortableNumber,
  sortParts,
  sortText,
} from './scope.ts';
import { getItems, type Item, recordOf, shardOf, type Table } from './table.ts';

/** A score with whose it is. */
export interface BoardScore extends ScoreRecord {
  /** A player's id, or, on a board of teams, a team's. */
  readonly subject: string;
}

/** The place of something that belongs to whom a board ranks: a player, or a team. */
export function subjectKey(scope: Scope, of: LeaderboardScope, subject: string, sort: readonly string[]): Key {
  return keyOf(scope, [of === 'teams' ? 'TEAM' : 'U', subject], sort);
}

/** The index partition that holds one shard of a ranking. */
export function rankingPartition(scope: Scope, ranking: Ranking, shard: number): string {
  const name = ranking.frozen === true ? 'SETTLED' : 'BOARD';
  return indexKeyOf(scope, [name, ranking.leaderboard, ranking.period, String(shard)], []).gsi1pk;
}

/** The name of a ranking among all of the cell: what its partitions have in common. */
export function rankingName(scope: Scope, ranking: Ranking): string {
  return nameOfPartition(rankingPartition(scope, ranking, 0));
}

function nameOfPartition(partition: string): string {
  return partition.slice(0, partition.lastIndexOf('#'));
}

/** The score that a key begins with. */
export function scoreOfKey(key: string): string {
  return key.slice(0, key.indexOf('#'));
}

/** A line that left a ranking, came into it, or both. */
export interface LineChange {
  /** From `rankingName`. */
  readonly name: string;
  readonly remove?: string;
  readonly add?: string;
}

/** A record of the table's stream, as far as it tells of lines. */
export interface LineRecord {
  readonly dynamodb?: {
    readonly NewImage?: Readonly<Record<string, unknown>> | undefined;
    readonly OldImage?: Readonly<Record<string, unknown>> | undefined;
  };
}

/** Where an item stands in a ranking, by its keys in the index, if it is a line. */
function lineAt(partition: unknown, key: unknown): Line | undefined {
  if (typeof partition !== 'string' || typeof key !== 'string') return undefined;
  if (!/#(?:BOARD|SETTLED)#[^#]+#[^#]+#\d+$/.test(partition)) return undefined;
  return { name: nameOfPartition(partition), key };
}

interface Line {
  readonly name: string;
  readonly key: string;
}

function lineChange(before: Line | undefined, after: Line | undefined): LineChange[] {
  if (before !== undefined && before.name === after?.name) {
    return before.key === after.key ? [] : [{ name: before.name, remove: before.key, add: after.key }];
  }
  return [
    ...(before === undefined ? [] : [{ name: before.name, remove: before.key }]),
    ...(after === undefined ? [] : [{ name: after.name, add: after.key }]),
  ];
}

/** What records of the table's stream, in their order, change in rankings. */
export function lineChanges(records: readonly LineRecord[]): LineChange[] {
  const lineIn = (image: Readonly<Record<string, unknown>> | undefined) => {
    const [partition, key] = [image?.gsi1pk, image?.gsi1sk].map((value) =>
      typeof value === 'object' && value !== null && 'S' in value ? value.S : undefined,
    );
    return lineAt(partition, key);
  };
  return records.flatMap(({ dynamodb }) => lineChange(lineIn(dynamodb?.OldImage), lineIn(dynamodb?.NewImage)));
}

/** The same, of changes as consumers of the stream take them. */
export function lineChangesIn(changes: readonly Pick<TableChange, 'before' | 'after'>[]): LineChange[] {
  const lineIn = (item: Item | undefined) => lineAt(item?.gsi1pk, item?.gsi1sk);
  return changes.flatMap(({ before, after }) => lineChange(lineIn(before), lineIn(after)));
}

/** Better scores sort first. */
function scoreSort({ score, lowFirst }: Pick<ScoreLine, 'score' | 'lowFirst'>): string {
  return sortableNumber(lowFirst === true ? score : Number.MAX_SAFE_INTEGER - score);
}

function lineParts(line: ScoreLine): string[] {
  return [scoreSort(line), line.reachedAt, line.subject];
}

/** The key of a line: by score, equal ones by who was there first, then by id: that is the ordinal rank. */
export function lineKey(line: ScoreLine): string {
  return sortText(lineParts(line));
}

/** The line that a key stands for. */
function lineOf(key: string, lowFirst: boolean): ScoreLine {
  const [score = '', reachedAt = '', subject = ''] = sortParts(key);
  const number = Number(score);
  return lowFirst
    ? { subject, reachedAt, score: number, lowFirst: true }
    : { subject, reachedAt, score: Number.MAX_SAFE_INTEGER - number };
}

/** Where a line stands in the index. */
export function lineIndexKey(scope: Scope, ranking: Ranking, line: ScoreLine): IndexKey {
  return {
    gsi1pk: rankingPartition(scope, ranking, shardOf(line.subject)),
    gsi1sk: lineKey(line),
  };
}

/** Where a score stands in the index of its board. */
export function scoreIndexKey(scope: Scope, subject: string, record: ScoreRecord): IndexKey {
  return lineIndexKey(scope, record, { ...record, subject });
}

/** Reads the scores of some players or teams by the id of the score; who has none is absent. */
export async function getScores(
  table: Table,
  scope: Scope,
  of: LeaderboardScope,
  id: string,
  subjects: readonly string[],
): Promise<BoardScore[]> {
  const keys = new Map(subjects.map((subject) => [subject, subjectKey(scope, of, subject, ['SCORE', id])]));
  const bySubject = new Map([...keys].map(([subject, { pk }]) => [pk, subject]));
  const items = await getItems(table, [...keys.values()]);
  return items.flatMap((item) => {
    const subject = bySubject.get(String(item.pk));
    // What a team has lost leaves its place behind.
    const record = recordOf<ScoreRecord | null>(item);
    return subject === undefined || record === null ? [] : [{ ...record, subject }];
  });
}

/** A ranking that can be read: its index, and which scores stand first. */
export interface ReadableRanking {
  readonly index: RankIndex;
  readonly scope: Scope;
  readonly ranking: Ranking;
  readonly lowFirst: boolean;
}

async function linesOf({ index, scope, ranking, lowFirst }: ReadableRanking, page: KeyPage): Promise<ScoreLine[]> {
  const keys = await index.keys(scope, ranking, page);
  return keys.map((key) => lineOf(key, lowFirst));
}

/** Reads lines from the top, after a position where one is given. */
export async function topLines(reading: ReadableRanking, { limit, after }: Reach): Promise<Listing<ScoreLine>> {
  const lines = await linesOf(reading, { limit: limit + 1, ...(after === undefined ? {} : { after }) });
  const items = lines.slice(0, limit);
  const last = items.at(-1);
  return { items, next: lines.length > limit && last !== undefined ? lineKey(last) : null };
}

/** Where a line stands: what a page goes on after. */
export function positionOfLine(line: ScoreLine): string {
  return lineKey(line);
}

/** Reads the lines just before one, the nearest last. */
export async function linesBefore(reading: ReadableRanking, line: ScoreLine, limit: number): Promise<ScoreLine[]> {
  if (limit === 0) return [];
  const after = lineKey(line);
  return (await linesOf(reading, { limit, after, descending: true })).reverse();
}

/** Reads the lines just after one. */
export async function linesAfter(reading: ReadableRanking, line: ScoreLine, limit: number): Promise<ScoreLine[]> {
  if (limit === 0) return [];
  return linesOf(reading, { limit, after: lineKey(line) });
}

/** How many have a score. */
export function countLines({ index, scope, ranking }: ReadableRanking): Promise<number> {
  return index.count(scope, ranking, {});
}

/** How many have the same score as a line, that line included. */
export function countTied({ index, scope, ranking }: ReadableRanking, line: ScoreLine): Promise<number> {
  const score = scoreSort(line);
  // Keys begin with a score and a `#`; `$` is the sign after it.
  return index.count(scope, ranking, { from: score, to: `${score}$` });
}

/**
 * What stands before a line, exactly, at any size of the board.
 * @param distinct whether different scores are counted too, which dense ranks need
 */
export async function standingOf(
  { index, scope, ranking }: ReadableRanking,
  line: ScoreLine,
  distinct: boolean,
): Promise<Standing> {
  const score = scoreSort(line);
  const [above, tied, distinctAbove] = await Promise.all([
    // Keys go on after the score: none is the score alone.
    index.count(scope, ranking, { to: score }),
    index.count(scope, ranking, { from: score, to: lineKey(line) }),
    distinct ? index.countScoresBefore(scope, ranking, score) : undefined,
  ]);
  return { above, distinctAbove: distinctAbove ?? above, ahead: above + tied - 1 };
}
