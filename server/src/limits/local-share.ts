import type { Bucket, RateLimiter } from '../ports/rate-limit.ts';

/** The part of a limit that one of so many processes gives out by itself: never nothing. */
function shareOf({ key, limit }: Bucket, processes: number): Bucket {
  return { key, limit: { ...limit, quota: Math.max(1, Math.floor(limit.quota / processes)) } };
}

/** A limiter that gives out the share of one of so many processes, where they cannot count together. */
export function sharedOut(limiter: RateLimiter, processes: number): RateLimiter {
  const shares = (buckets: readonly Bucket[]) => buckets.map((one) => shareOf(one, processes));
  return {
    take: (buckets, points) => limiter.take(shares(buckets), points),
    putBack: (buckets, points) => limiter.putBack(shares(buckets), points),
  };
}

/** What asks a service that may be away, and answers `undefined` where it is. */
export type Ask = <T>(work: () => Promise<T>) => Promise<T | undefined>;

/**
 * Counts in common as long as that can be done, and out of this process's own share of each limit while it cannot: so
 * that nobody is let through without a limit, nor everybody kept out, because a service is away.
 */
export function limiterWithShare(common: RateLimiter, ask: Ask, own: RateLimiter): RateLimiter {
  return {
    async take(buckets, points) {
      return (await ask(() => common.take(buckets, points))) ?? own.take(buckets, points);
    },
    async putBack(buckets, points) {
      const isDone = await ask(async () => {
        await common.putBack(buckets, points);
        return true;
      });
      if (isDone === undefined) await own.putBack(buckets, points);
    },
  };
}
