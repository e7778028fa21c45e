import { memoryLimiter, redisLimiter } from '../limits/limiter.ts';
import { limiterWithShare, sharedOut } from '../limits/local-share.ts';
import type { RateLimiter } from '../ports/rate-limit.ts';
import type { CellRedis } from './cell-redis.ts';

/**
 * The limiter of a cell: counted in its Redis, where it has one. Where it has none, and while it is away, each process
 * gives out its share of a limit, as one of so many.
 */
export function cellLimiter(cell: CellRedis | undefined, processes: number): RateLimiter {
  const own = sharedOut(memoryLimiter(), processes);
  return cell === undefined ? own : limiterWithShare(redisLimiter(cell.redis), cell.breakerOf('limits'), own);
}
