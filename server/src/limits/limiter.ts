import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Bucket, Limit, RateLimiter, Taken } from '../ports/rate-limit.ts';
import { type BucketStore, memoryBuckets, TOKEN_BUCKET } from './token-bucket.ts';

/** How many different limits are in use at most: they stand in a table of plans. */
const MOST_LIMITS = 1000;

/** What one bucket said. */
interface Said {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly ms: number;
}

/** Reads what the library resolves or rejects with; whatever else is thrown is a failure of the store. */
async function saidBy(consuming: Promise<RateLimiterRes>): Promise<Said> {
  try {
    const { remainingPoints, msBeforeNext } = await consuming;
    return { allowed: true, remaining: remainingPoints, ms: msBeforeNext };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return { allowed: false, remaining: 0, ms: error.msBeforeNext };
  }
}

function limiterOver(store: Redis | BucketStore): RateLimiter {
  const made = new Map<string, RateLimiterRedis>();
  const limiterOf = ({ quota, window }: Limit): RateLimiterRedis => {
    const name = `${quota}/${window}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    if (made.size >= MOST_LIMITS) made.clear();
    const limiter = new RateLimiterRedis({
      storeClient: store,
      keyPrefix: '',
      points: quota,
      duration: window,
      customIncrTtlLuaScript: TOKEN_BUCKET,
    });
    made.set(name, limiter);
    return limiter;
  };
  const pointsIn = ({ limit }: Bucket, points: number) => Math.min(points, limit.quota);

  async function putBack(buckets: readonly Bucket[], points: number): Promise<void> {
    await Promise.all(buckets.map((one) => limiterOf(one.limit).reward(one.key, pointsIn(one, points))));
  }

  return {
    async take(buckets, points = 1): Promise<Taken> {
      // Sent in their order and all at once: that is one way to Redis and back, however many there are.
      const said = await Promise.all(
        buckets.map((one) => saidBy(limiterOf(one.limit).consume(one.key, pointsIn(one, points)))),
      );
      const by = said.findIndex(({ allowed }) => !allowed);
      if (by === -1) {
        return { allowed: true, levels: said.map(({ remaining, ms }) => ({ remaining, fullInMs: ms })) };
      }
      await putBack(
        buckets.filter((_, index) => said[index]?.allowed),
        points,
      );
      return { allowed: false, by, retryInMs: said[by]?.ms ?? 0 };
    },
    putBack: (buckets, points = 1) => putBack(buckets, points),
  };
}

/** Buckets that all processes over one Redis share: exact, by Redis' own clock. Fails where Redis does. */
export function redisLimiter(redis: Redis): RateLimiter {
  return limiterOver(redis);
}

/** Buckets of this process alone. */
export function memoryLimiter(now: () => number = Date.now): RateLimiter {
  return limiterOver(memoryBuckets(now));
}
