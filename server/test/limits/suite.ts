import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bucket, RateLimiter } from '../../src/ports/rate-limit.ts';
import { tenantScope, textKeyOf, workspaceScope } from '../../src/store/scope.ts';

/** A limiter to test, and its time: given, or that of the machine, which runs by itself. */
export interface Opened {
  readonly limiter: RateLimiter;
  /** The present moment of the limiter, in milliseconds. */
  readonly now: () => number;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

let count = 0;
/** Buckets that no other test uses. */
function fresh(quota: number, window: number, tenant = 'acme'): Bucket {
  count += 1;
  return { key: textKeyOf(tenantScope(tenant), ['LIMIT', String(count)]), limit: { quota, window } };
}

/** How many of so many calls are let through, so many at a time. */
async function allowedOf(limiter: RateLimiter, buckets: readonly Bucket[], calls: number, lanes: number) {
  const waiting = Array.from({ length: calls }, (_, index) => index).values();
  let allowed = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const _ of waiting) if ((await limiter.take(buckets)).allowed) allowed += 1;
    }),
  );
  return allowed;
}

/** What every limiter must hold. */
export function describeLimiter(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test('what is given is the burst and the rate, exactly, to 200 who ask at once', async () => {
      const { limiter, now, pass } = opened;
      const [quota, window] = [100, 2];
      const bucket = fresh(quota, window);
      const rate = quota / window / 1000;
      let allowed = 0;
      const from = now();
      let [firstAnswer, lastAsked] = [Number.POSITIVE_INFINITY, from];
      for (let round = 0; round < 6; round += 1) {
        lastAsked = now();
        allowed += await allowedOf(limiter, [bucket], 400, 200);
        firstAnswer = Math.min(firstAnswer, now());
        await pass(150);
      }
      // Counted from before the first was asked until after the last was answered, and the other way round.
      expect(allowed).toBeLessThanOrEqual(quota + rate * (now() - from));
      expect(allowed).toBeGreaterThanOrEqual(Math.floor(quota + rate * (lastAsked - firstAnswer)) - 1);
    });

    test('a bucket that was emptied gives no second burst when a window is over', async () => {
      const { limiter, now, pass } = opened;
      const bucket = fresh(40, 1);
      await pass(700);
      const from = now();
      let allowed = await allowedOf(limiter, [bucket], 60, 20);
      await pass(500);
      allowed += await allowedOf(limiter, [bucket], 60, 20);
      expect(allowed).toBeLessThanOrEqual(40 + 0.04 * (now() - from));
    });

    test('it tells what is left, when there is more, and when it is full again', async () => {
      const { limiter } = opened;
      const bucket = fresh(4, 3600);
      const first = await limiter.take([bucket]);
      expect(first).toMatchObject({ allowed: true, levels: [{ remaining: 3 }] });
      if (first.allowed) expect(first.levels[0]?.fullInMs).toBeCloseTo(900_000, -3);
      await limiter.take([bucket], 3);
      const refused = await limiter.take([bucket]);
      expect(refused).toMatchObject({ allowed: false, by: 0 });
      if (!refused.allowed) {
        expect(refused.retryInMs).toBeLessThanOrEqual(900_000);
        expect(refused.retryInMs).toBeGreaterThan(890_000);
      }
    });

    test('what the first refuses is not counted by the others, and what a later one refuses not by the first', async () => {
      const { limiter } = opened;
      const [tenant, client, other] = [fresh(3, 3600), fresh(1, 3600), fresh(9, 3600)];
      expect((await limiter.take([tenant, client])).allowed).toBe(true);
      expect(await limiter.take([tenant, client])).toMatchObject({ allowed: false, by: 1 });
      expect(await limiter.take([tenant, client])).toMatchObject({ allowed: false, by: 1 });
      expect(await limiter.take([tenant, other])).toMatchObject({
        allowed: true,
        levels: [{ remaining: 1 }, { remaining: 8 }],
      });
      expect((await limiter.take([tenant, other])).allowed).toBe(true);
      expect(await limiter.take([tenant, other])).toMatchObject({ allowed: false, by: 0 });
      expect(await limiter.take([other])).toMatchObject({ allowed: true, levels: [{ remaining: 6 }] });
    });

    test('more than a bucket holds is all that it holds', async () => {
      const { limiter } = opened;
      const bucket = fresh(10, 3600);
      expect(await limiter.take([bucket], 500)).toMatchObject({ allowed: true, levels: [{ remaining: 0 }] });
      expect(await limiter.take([bucket], 500)).toMatchObject({ allowed: false });
    });

    test('what is put back can be taken again, and no more than there was', async () => {
      const { limiter } = opened;
      const bucket = fresh(5, 3600);
      await limiter.take([bucket], 5);
      await limiter.putBack([bucket], 2);
      expect(await limiter.take([bucket], 2)).toMatchObject({ allowed: true, levels: [{ remaining: 0 }] });
      for (let time = 0; time < 3; time += 1) await limiter.putBack([bucket], 5);
      expect(await limiter.take([bucket])).toMatchObject({ allowed: true, levels: [{ remaining: 4 }] });
    });

    test('the same name in two tenants, or in a tenant and a workspace of it, is two buckets', async () => {
      const { limiter } = opened;
      const scopes = [
        tenantScope('one'),
        tenantScope('two'),
        workspaceScope('one', 'two'),
        workspaceScope('two', 'one'),
      ];
      for (const scope of scopes) {
        const bucket = { key: textKeyOf(scope, ['LIMIT', `same-${name}`]), limit: { quota: 1, window: 3600 } };
        expect((await limiter.take([bucket])).allowed).toBe(true);
      }
    });

    test('a plan that changes keeps what was used of the one before, in proportion', async () => {
      const { limiter } = opened;
      const { key } = fresh(10, 100);
      await limiter.take([{ key, limit: { quota: 10, window: 3600 } }], 5);
      const larger = await limiter.take([{ key, limit: { quota: 100, window: 3600 } }]);
      expect(larger).toMatchObject({ allowed: true, levels: [{ remaining: 49 }] });
    });
  });
}
