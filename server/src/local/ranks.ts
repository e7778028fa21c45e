import type { RankIndex } from '../ports/rank-index.ts';
import { memoryRanks } from '../ranks/memory-ranks.ts';
import { lineChanges } from '../store/leaderboards.ts';
import { readKeys } from '../store/table-ranks.ts';
import type { LocalDatabase } from './database.ts';

/**
 * Ranks in memory over the embedded engine. It tells every commit before the caller has its answer, and nothing reaches
 * the table but through it: whoever has written sees their own rank, and so does everybody else.
 */
export function embeddedRanks({ table, engine }: Pick<LocalDatabase, 'table' | 'engine'>): RankIndex {
  const ranks = memoryRanks((scope, ranking) => readKeys(table, scope, ranking));
  engine.subscribe((records) => ranks.apply(lineChanges(records)));
  return ranks;
}
