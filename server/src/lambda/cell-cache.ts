import { createCache } from '../cache/cache.ts';
import { redisTexts } from '../cache/redis-texts.ts';
import type { Cache } from '../ports/cache.ts';
import type { CellRedis } from './cell-redis.ts';

/** The cache of a cell: what one process has read others have from its Redis, where it has one. */
export function cellCache(cell: CellRedis | undefined): Cache {
  return createCache({ shared: cell && redisTexts(cell.redis, cell.breakerOf('cache')) });
}
