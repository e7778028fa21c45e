import type { Leaderboard } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { compareLines, rank, rankEntries, type ScoreLine, type Standing, scoreId, TOP } from '../domain/index.ts';
import type { Ranking } from '../ports/rank-index.ts';
import { type Closing, getClosing, getResults, isFrozen } from '../store/closings.ts';
import {
  getScores,
  linesAfter,
  linesBefore,
  type ReadableRanking,
  standingOf,
  topLines,
} from '../store/leaderboards.ts';
import type { Listing, Reach } from '../store/listing.ts';
import type { CallContext } from './call.ts';

/** A line with its rank. */
export type RankedLine = ScoreLine & { readonly rank: number };

/** A period of a board that a call reads. */
export interface Reading extends ReadableRanking {
  readonly definition: Leaderboard;
  readonly call: CallContext;
  /** How far its closing has come; nothing where it is open. */
  readonly closing: Closing | undefined;
}

/** What a call reads of a period: as it stands, or, once it was frozen, as it was then. */
export async function readingOf(call: CallContext, definition: Leaderboard, period: string): Promise<Reading> {
  const live: Ranking = { leaderboard: definition.id, period };
  const kept = await getClosing(call.platform.table, call.scope, live);
  const frozen = kept !== undefined && isFrozen(kept.closing);
  const { ranks: index } = call.platform;
  const lowFirst = definition.direction === 'low';
  const ranking = frozen ? { ...live, frozen } : live;
  return { index, scope: call.scope, ranking, lowFirst, definition, call, closing: kept?.closing };
}

function standing(reading: Reading, line: ScoreLine): Promise<Standing> {
  return standingOf(reading, line, reading.definition.ties === 'dense');
}

/** Lines that follow one another, with their ranks. */
async function ranked(reading: Reading, lines: readonly ScoreLine[], fromTop: boolean): Promise<RankedLine[]> {
  const [first] = lines;
  if (first === undefined) return [];
  return rankEntries(lines, reading.definition.ties, fromTop ? TOP : await standing(reading, first));
}

/** The lines of some players, or, on a board of teams, of some teams; who has no score has none. */
export function linesOf({ call, ranking, definition }: Reading, subjects: readonly string[]): Promise<ScoreLine[]> {
  const { table } = call.platform;
  const { scope: of } = definition;
  if (ranking.frozen === true) return getResults(table, call.scope, of, ranking, subjects);
  return getScores(table, call.scope, of, scoreId(ranking.leaderboard, ranking.period), subjects);
}

/** One line, with its rank. */
export async function rankOf(reading: Reading, subject: string): Promise<RankedLine | undefined> {
  const [line] = await linesOf(reading, [subject]);
  if (line === undefined) return undefined;
  return { ...line, rank: rank(reading.definition.ties, await standing(reading, line)) };
}

/** Some lines with their ranks, in the order of the board. */
export async function ranksOf(reading: Reading, subjects: readonly string[]): Promise<RankedLine[]> {
  const lines = (await linesOf(reading, subjects)).toSorted(compareLines);
  return Promise.all(
    lines.map(async (line) => ({ ...line, rank: rank(reading.definition.ties, await standing(reading, line)) })),
  );
}

/** The lines around one, with that in the middle as far as the board goes. */
export async function ranksAround(reading: Reading, subject: string, limit: number): Promise<RankedLine[]> {
  const [me] = await linesOf(reading, [subject]);
  if (me === undefined) return [];
  const ahead = await linesBefore(reading, me, Math.floor((limit - 1) / 2));
  const behind = await linesAfter(reading, me, limit - 1 - ahead.length);
  return ranked(reading, [...ahead, me, ...behind], false);
}

/** A page from the top, with ranks. */
export async function topRanks(reading: Reading, reach: Reach): Promise<Listing<RankedLine>> {
  const list = await topLines(reading, reach);
  return { ...list, items: await ranked(reading, list.items, reach.after === undefined) };
}

/** Whether other players see somebody on boards. Who is gone is shown by nothing but the place. */
export function isShown(user: Pick<User, 'visibility' | 'consents'> | undefined): boolean {
  return user?.visibility !== 'hidden' && user?.consents.leaderboards?.granted !== false;
}
