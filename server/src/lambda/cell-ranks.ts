import { Redis } from 'ioredis';
import { type RedisRanks, redisRanks } from '../ranks/redis-ranks.ts';
import type { Table } from '../store/table.ts';
import { readKeys, tableRanks } from '../store/table-ranks.ts';
import { LIMITS } from './aws.ts';

/** What hears that Redis could not answer. */
type OnError = (message: string, error: unknown) => void;

/**
 * The ranks of a cell in Redis (or Valkey), at a URL. It is asked once and then given up on, well within the function's
 * own time: the table can answer as well.
 */
export function ranksAt(url: string, table: Table, onError: OnError): RedisRanks {
  const redis = new Redis(url, {
    connectTimeout: LIMITS.connectionTimeout,
    commandTimeout: LIMITS.connectionTimeout,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 50, 1000),
  });
  // Who asks while there is no connection hears of it; nobody need hear of each try to connect again.
  redis.on('error', () => undefined);
  return redisRanks({
    redis,
    load: (scope, ranking) => readKeys(table, scope, ranking),
    table: tableRanks(table),
    onError,
  });
}

/** The ranks of a cell: in Redis where it has one, and counted in its table where it has not. */
export function cellRanks(url: string | undefined, table: Table, onError: OnError) {
  return url === undefined ? tableRanks(table) : ranksAt(url, table, onError);
}
