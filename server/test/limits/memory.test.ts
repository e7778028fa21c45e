import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryLimiter } from '../../src/limits/limiter.ts';
import { memoryBuckets } from '../../src/limits/token-bucket.ts';
import { describeLimiter } from './suite.ts';

describeLimiter('limits in memory', async () => {
  let now = 1_800_000_000_000;
  return {
    limiter: memoryLimiter(() => now),
    now: () => now,
    pass: async (ms) => {
      now += ms;
    },
    close: async () => undefined,
  };
});

const Steps = fc.array(fc.record({ wait: fc.nat(5000), points: fc.integer({ min: 1, max: 8 }) }), { maxLength: 60 });

test('it gives what a bucket of tokens gives that is filled by the clock', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 8, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      Steps,
      async (quota, window, steps) => {
        let now = 1_800_000_000_000;
        const limiter = memoryLimiter(() => now);
        const bucket = { key: 'T#acme#W#@#LIMIT', limit: { quota, window } };
        // In points, as people think of it; the limiter knows one moment alone.
        let tokens = quota;
        for (const { wait, points } of steps) {
          now += wait;
          tokens = Math.min(quota, tokens + (wait * quota) / (window * 1000));
          const { allowed } = await limiter.take([bucket], points);
          // At the very moment at which there is enough, the two may round apart.
          if (Math.abs(tokens - points) > 1e-4) expect(allowed).toBe(tokens >= points);
          if (allowed) tokens -= points;
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('buckets that are full are not kept, and no more than so many are', async () => {
  let now = 1_800_000_000_000;
  const buckets = memoryBuckets(() => now, 10);
  const take = (key: string) => buckets.rlflxIncr([key, '1', '60', '2', '60']);
  for (let index = 0; index < 50; index += 1) await take(`b${index}`);
  expect(await take('b49')).toEqual([2, 60_000]);
  expect(await take('b0')).toEqual([1, 30_000]);
  now += 60_000;
  expect(await take('b49')).toEqual([1, 30_000]);
});
