import { type RecordChange, refOf, type ScoreRecord } from '../../src/domain/index.ts';
import type { Write } from '../../src/store/commit.ts';
import { saveRecords } from '../../src/store/player-records.ts';
import type { Scope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';

/** Writes a player's score as it stands now, as a plan does; null is none any more. */
export function saveScore(table: Table, scope: Scope, userId: string, id: string, record: ScoreRecord | null): Write[] {
  const change: RecordChange = { kind: 'score', id, record };
  return saveRecords(table, scope, userId, new Map([[refOf('score', id), change]]));
}
