import type { RankIndex, Ranking } from '../ports/rank-index.ts';
import { rankingPartition } from './leaderboards.ts';
import type { Scope } from './scope.ts';
import { countItems, queryShards, SHARDS, sortKeysBefore, type Table } from './table.ts';

/** Above every key. */
const END = '\uffff';

/** Reads every key of a ranking, in order: what other versions are built from. */
export async function readKeys(table: Table, scope: Scope, ranking: Ranking): Promise<string[]> {
  const read = async (shard: number) => {
    const found: string[] = [];
    for await (const keys of sortKeysBefore(table, rankingPartition(scope, ranking, shard), END)) found.push(...keys);
    return found;
  };
  const shards = await Promise.all(Array.from({ length: SHARDS }, (_, shard) => read(shard)));
  return shards.flat().sort();
}

/**
 * Ranks that are counted in the table's index each time: nothing to build and nothing to keep up to date, at the cost
 * of reading what is counted. What other versions are built from and held against.
 */
export function tableRanks(table: Table): RankIndex {
  const shards = (scope: Scope, ranking: Ranking) =>
    Array.from({ length: SHARDS }, (_, shard) => rankingPartition(scope, ranking, shard));
  return {
    async count(scope, ranking, interval) {
      const counts = await Promise.all(
        shards(scope, ranking).map((partition) => countItems(table, partition, interval)),
      );
      return counts.reduce((sum, one) => sum + one, 0);
    },

    async countScoresBefore(scope, ranking, key) {
      const scores = new Set<string>();
      const gather = async (partition: string) => {
        for await (const keys of sortKeysBefore(table, partition, key)) {
          for (const found of keys) scores.add(found.slice(0, found.indexOf('#')));
        }
      };
      await Promise.all(shards(scope, ranking).map(gather));
      return scores.size;
    },

    async keys(scope, ranking, page) {
      const items = await queryShards(table, (shard) => rankingPartition(scope, ranking, shard), page);
      return items.map((item) => String(item.gsi1sk));
    },

    // The table's index is the table's own.
    rebuild: async () => {},
  };
}
