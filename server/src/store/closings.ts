import type { Leaderboard, LeaderboardScope } from '@laurel/contract/types';
import type { ScoreLine } from '../domain/index.ts';
import type { Ranking } from '../ports/rank-index.ts';
import { putNew, putVersion, type Write } from './commit.ts';
import { lineIndexKey, subjectKey } from './leaderboards.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, queryItems, recordOf, type Table } from './table.ts';

/**
 * How far the closing of a period has come. `counting`, on a board of teams, counts what each team has once more, so
 * that nothing is missed that its members gave a moment ago; `capturing` copies every line, sweep after sweep until one finds nobody
 * new; `paying` walks the copies from the top and gives the prizes; `closed` is the end.
 */
export interface Closing {
  readonly leaderboard: string;
  readonly period: string;
  readonly stage: 'counting' | 'capturing' | 'paying' | 'closed';
  /** What the board said when its closing began: an edit meanwhile changes nothing of it. */
  readonly rules: Pick<Leaderboard, 'prizes' | 'tiedPrizes' | 'ties' | 'direction' | 'version'> &
    Partial<Pick<Leaderboard, 'scope'>>;
  /** On a board of teams: the moment whose members get a team's prize. */
  readonly membersAt?: string;
  /** The position that the stage has come to, of a line or a team; null where it begins. */
  readonly cursor: string | null;
  /** Whether this sweep has found anybody. */
  readonly found: boolean;
  /** How many lines were copied. */
  readonly players: number;
  readonly granted: number;
  readonly withheld: number;
  readonly closedAt: string | null;
}

/** A closing as it was read; version 0 is one that has not begun. */
export interface KeptClosing {
  readonly version: number;
  readonly closing: Closing;
}

function closingKey(scope: Scope, { leaderboard, period }: Ranking): Key {
  return keyOf(scope, ['CLOSINGS', leaderboard], ['PERIOD', period]);
}

/** Reads how far the closing of a period has come, if it has begun. */
export async function getClosing(table: Table, scope: Scope, ranking: Ranking): Promise<KeptClosing | undefined> {
  const item = await getItem(table, closingKey(scope, ranking));
  return item && { version: Number(item.version), closing: recordOf<Closing>(item) };
}

/** Writes the next step of a closing in place of the version that was read: of two closers one goes on. */
export function saveClosing(table: Table, scope: Scope, version: number, closing: Closing): Write {
  const item = { ...closingKey(scope, closing), version: version + 1, record: closing };
  return { item: putVersion(table, item, version), refusal: 'closing_moved' };
}

/** A position before all closings of a board. */
export const BEFORE_CLOSINGS = `${sortPrefix(['PERIOD'])}~`;

/** Lists the closings of a board, the latest period first; of none it tells whether there are any. */
export async function listClosings(
  table: Table,
  scope: Scope,
  leaderboard: string,
  reach: Reach,
): Promise<Listing<Closing>> {
  const items = await queryItems(table, {
    partition: closingKey(scope, { leaderboard, period: '' }).pk,
    prefix: sortPrefix(['PERIOD']),
    descending: true,
    limit: reach.limit + 1,
    ...afterOf(reach),
  });
  if (reach.limit === 0) return { items: [], next: items.length > 0 ? BEFORE_CLOSINGS : null };
  return listing(items, reach, sortKeyOf, recordOf<Closing>);
}

/** Whether a period has the ranking that it ends with. */
export function isFrozen({ stage }: Pick<Closing, 'stage'>): boolean {
  return stage === 'paying' || stage === 'closed';
}

function resultKey(scope: Scope, of: LeaderboardScope, { leaderboard, period }: Ranking, subject: string): Key {
  return subjectKey(scope, of, subject, ['RESULT', leaderboard, period]);
}

/** Copies a line into the frozen ranking, once. */
export function saveResult(table: Table, scope: Scope, of: LeaderboardScope, ranking: Ranking, line: ScoreLine): Write {
  const frozen: Ranking = { ...ranking, frozen: true };
  const index = lineIndexKey(scope, frozen, line);
  return {
    item: putNew(table, { ...resultKey(scope, of, ranking, line.subject), ...index, record: line }),
    refusal: 'closing_moved',
  };
}

/** Reads the frozen lines of some players or teams; who has none is absent. */
export async function getResults(
  table: Table,
  scope: Scope,
  of: LeaderboardScope,
  ranking: Ranking,
  subjects: readonly string[],
): Promise<ScoreLine[]> {
  const items = await getItems(
    table,
    [...new Set(subjects)].map((subject) => resultKey(scope, of, ranking, subject)),
  );
  return items.map(recordOf<ScoreLine>);
}
