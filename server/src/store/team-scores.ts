import { type ScoreRecord, type SharePlace, scoreId } from '../domain/index.ts';
import { putVersion, type Write } from './commit.ts';
import { scoreIndexKey, subjectKey } from './leaderboards.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, queryItems, recordOf, type Table } from './table.ts';

/** A team's score on a board in a period, as it was counted last. */
export interface TeamLine {
  /** 0 for one that was never counted. */
  readonly version: number;
  /** Null where there is none (any more). */
  readonly record: ScoreRecord | null;
}

type ScorePlace = Omit<SharePlace, 'of'>;

function teamScoreKey(scope: Scope, { definition, period, team }: ScorePlace): Key {
  return subjectKey(scope, 'teams', team, ['SCORE', scoreId(definition, period)]);
}

/** Reads a team's score on a board in a period. */
export async function getTeamLine(table: Table, scope: Scope, place: ScorePlace): Promise<TeamLine> {
  const item = await getItem(table, teamScoreKey(scope, place));
  return item === undefined
    ? { version: 0, record: null }
    : { version: Number(item.version), record: recordOf<ScoreRecord | null>(item) };
}

/**
 * Writes a team's score in place of the version that was read, and into the index of its board. One that is there no
 * more leaves its version behind, which tells those who counted before that they are late.
 */
export function saveTeamLine(
  table: Table,
  scope: Scope,
  { definition, period, team }: ScorePlace,
  { version, record }: TeamLine,
): Write {
  const index = record === null ? {} : scoreIndexKey(scope, team, record);
  const place: SharePlace = { of: 'leaderboard', definition, period, team };
  const item = { ...teamScoreKey(scope, place), ...index, place };
  return { item: putVersion(table, { ...item, version: version + 1, record }, version), refusal: 'line_moved' };
}

/** The boards and periods in which a team was ever counted. */
export async function countedScores(table: Table, scope: Scope, team: string): Promise<SharePlace[]> {
  const { pk: partition } = keyOf(scope, ['TEAM', team], []);
  const items = await queryItems(table, { partition, prefix: sortPrefix(['SCORE']) });
  return items.map((item) => recordOf<SharePlace>({ record: item.place }));
}
