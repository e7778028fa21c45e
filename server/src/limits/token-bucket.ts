import { LRUCache } from 'lru-cache';

/**
 * Token buckets by one number each (the generic cell rate algorithm): the moment at which the bucket will be full. Taking
 * a point moves it on by what the point takes to come back; it must not be more than the window away. These are the same
 * few lines twice, for Redis and for the memory of a process.
 *
 * Both answer as `rate-limiter-flexible` reads its store: how many points are used up (one more than there are where it
 * is refused), and a time in milliseconds, until the bucket is full, or where it is refused until it has enough.
 *
 * Moments are microseconds since 1970, which a double tells apart to a quarter of one; hence the tolerance.
 */
const TOLERANCE = 1;

/**
 * The script that `RateLimiterRedis` runs in place of its own, which counts in fixed windows: those give twice the limit
 * around their ends. Redis' own clock is the time. ARGV: points (fewer than none puts back), not used, quota, window.
 */
export const TOKEN_BUCKET = `
local points, quota, window = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4]) * 1000000
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local each = window / quota
local full = math.min(math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now), now + window)
local next = math.max(full + points * each, now)
if points > 0 and next - now > window + ${TOLERANCE} then
  return {quota + 1, math.ceil((next - now - window) / 1000)}
end
if next > now then
  redis.call('SET', KEYS[1], string.format('%.17g', next), 'PX', math.ceil((next - now) / 1000))
else
  redis.call('DEL', KEYS[1])
end
return {math.ceil((next - now - ${TOLERANCE}) / each), math.ceil((next - now) / 1000)}
`;

/** How many buckets one process keeps; those that were not asked longest give way, and full ones are not kept at all. */
const MOST_BUCKETS = 100_000;

/** What `RateLimiterRedis` asks of Redis: the script, by the name that it gives it. */
export interface BucketStore {
  rlflxIncr(args: readonly string[]): Promise<[number, number]>;
}

/** Buckets in the memory of this process. `now` is in milliseconds since 1970. */
export function memoryBuckets(now: () => number, most = MOST_BUCKETS): BucketStore {
  const kept = new LRUCache<string, number>({ max: most });
  return {
    async rlflxIncr([key = '', ...args]) {
      const [points = 0, , quota = 1, seconds = 1] = args.map(Number);
      const window = seconds * 1_000_000;
      const at = now() * 1000;
      const each = window / quota;
      const full = Math.min(Math.max(kept.get(key) ?? 0, at), at + window);
      const next = Math.max(full + points * each, at);
      if (points > 0 && next - at > window + TOLERANCE) {
        return [quota + 1, Math.ceil((next - at - window) / 1000)];
      }
      if (next > at) kept.set(key, next);
      else kept.delete(key);
      return [Math.ceil((next - at - TOLERANCE) / each), Math.ceil((next - at) / 1000)];
    },
  };
}
