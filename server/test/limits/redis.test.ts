import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoryLimiter, redisLimiter } from '../../src/limits/limiter.ts';
import { limiterWithShare, sharedOut } from '../../src/limits/local-share.ts';
import type { RateLimiter } from '../../src/ports/rate-limit.ts';
import { createBreaker } from '../../src/redis/breaker.ts';
import { tenantScope, textKeyOf } from '../../src/store/scope.ts';
import { noRedis, startRedis, type TestRedis, withRedis } from '../support/redis.ts';
import { describeLimiter } from './suite.ts';

/** How long a call waits for Redis at the most, longer than any takes where much else runs, and for how long it is left alone, in milliseconds. */
const [WAIT, REST] = [250, 200];
const QUOTA = 40;
const PROCESSES = 4;
const bucket = { key: textKeyOf(tenantScope('acme'), ['LIMIT', 'read']), limit: { quota: QUOTA, window: 3600 } };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(noRedis)(withRedis('limits in Redis'), () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  describeLimiter('in Redis', async () => {
    const redis = server.connect();
    return {
      limiter: redisLimiter(redis),
      now: () => performance.now(),
      pass: (ms) => pause(ms).then(() => undefined),
      close: async () => void (await redis.quit()),
    };
  });

  test('two processes count together', async () => {
    const [one, two] = [server.connect(), server.connect()];
    const limiters = [redisLimiter(one), redisLimiter(two)];
    const taken = await Promise.all(Array.from({ length: 100 }, (_, index) => limiters[index % 2]?.take([bucket])));
    expect(taken.filter((each) => each?.allowed)).toHaveLength(QUOTA);
    await Promise.all([one.quit(), two.quit()]);
  });

  describe('that fails', () => {
    let redis: Redis;
    let limiter: RateLimiter;
    let told: string[];
    beforeEach(async () => {
      redis = server.connect({ maxRetriesPerRequest: 1, retryStrategy: () => 20, reconnectOnError: () => false });
      redis.on('error', () => undefined);
      await redis.flushall();
      told = [];
      const ask = createBreaker({
        waitMs: WAIT,
        failures: 3,
        restMs: REST,
        now: () => performance.now(),
        onChange: (state) => void told.push(state),
      });
      limiter = limiterWithShare(redisLimiter(redis), ask, sharedOut(memoryLimiter(), PROCESSES));
    });
    afterEach(() => redis.disconnect());

    /** How many of so many calls are let through, and how long one took at the most. */
    async function calls(number: number) {
      let [allowed, slowest] = [0, 0];
      for (let call = 0; call < number; call += 1) {
        const begun = performance.now();
        if ((await limiter.take([bucket])).allowed) allowed += 1;
        slowest = Math.max(slowest, performance.now() - begun);
      }
      return { allowed, slowest };
    }

    /** As long as it is away: this process's share, no more and no less, and nobody waits long. */
    async function expectShare(): Promise<void> {
      const begun = performance.now();
      const { allowed, slowest } = await calls(100);
      expect(allowed).toBe(QUOTA / PROCESSES);
      expect(slowest).toBeLessThan(WAIT + 2000);
      // Three calls waited, then one in a while.
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(told).toEqual(['degraded']);
    }

    async function expectBack(): Promise<void> {
      for (let tries = 0; tries < 100 && !told.includes('recovered'); tries += 1) {
        await pause(50);
        await limiter.take([bucket]);
      }
      expect(told).toEqual(['degraded', 'recovered']);
      await redis.flushall();
      expect((await calls(100)).allowed).toBe(QUOTA);
    }

    test('slow: it stands still, and comes back', async () => {
      expect((await calls(5)).allowed).toBe(5);
      server.freeze();
      await expectShare();
      server.thaw();
      await expectBack();
    });

    test('down: it has crashed, and comes back empty', async () => {
      expect((await calls(5)).allowed).toBe(5);
      await server.kill();
      await expectShare();
      await server.start();
      await expectBack();
    });

    test('threat 53: failing over: it has become a replica that takes no writes, and then another is the primary', async () => {
      expect((await calls(5)).allowed).toBe(5);
      await redis.replicaof('127.0.0.1', 1);
      await expectShare();
      await redis.replicaof('NO', 'ONE');
      await expectBack();
    });

    test('threat 53: full: it takes no more writes', async () => {
      await redis.config('SET', 'maxmemory', '1', 'maxmemory-policy', 'noeviction');
      await expectShare();
      await redis.config('SET', 'maxmemory', '0');
      await expectBack();
    });
  });
});
