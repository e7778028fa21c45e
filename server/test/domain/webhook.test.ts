import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fateOf, TRIED_FOR } from '../../src/domain/webhook/attempt.ts';
import { DISABLED_AFTER, healthAfter } from '../../src/domain/webhook/health.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const start = Date.UTC(2026, 10, 24);
const chance = fc.double({ min: 0, max: 1, noNaN: true });

/** When a delivery that always fails is tried, each attempt as soon as it is due. */
function attemptsOf(chances: () => number): number[] {
  const times = [start];
  for (;;) {
    const now = times.at(-1) ?? start;
    const fate = fateOf({ ending: 'failed', attempts: times.length, startedAt: start, now, chance: chances() });
    if (fate.status !== 'pending') return times;
    times.push(fate.nextAttemptAt);
  }
}

describe('a delivery that always fails', () => {
  test('is tried a second time within 12 seconds, 14 times in all on average luck, the last time after 24 hours', () => {
    const times = attemptsOf(() => 0.5);
    expect(times.map((time) => (time - start) / 1000).slice(0, 5)).toEqual([0, 10, 40, 130, 400]);
    expect(times.at(-1)).toBe(start + TRIED_FOR);
    expect(times.length).toBe(14);
  });

  test('whatever the chance, waits longer and longer, never more than 5 hours, and ends at 24 hours to the moment', () => {
    fc.assert(
      fc.property(fc.infiniteStream(chance), (chances) => {
        const times = attemptsOf(() => chances.next().value ?? 0);
        const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
        expect(times.at(-1)).toBe(start + 24 * HOUR);
        for (const gap of gaps) expect(gap).toBeLessThanOrEqual(4.8 * HOUR);
        // Up to the longest delay each one is longer than the one before it: chance never turns the order.
        const growing = gaps.filter((gap) => gap < 3 * HOUR).slice(0, -1);
        expect(growing).toEqual(growing.toSorted((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });

  test('and whose runner was away for days is tried once more and then dead', () => {
    const now = start + 3 * 24 * HOUR;
    expect(fateOf({ ending: 'failed', attempts: 2, startedAt: start, now, chance: 0 })).toEqual({ status: 'dead' });
  });
});

test('success and the end of a webhook decide at once, whenever', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(48 * HOUR), chance, (attempts, after, luck) => {
      const known = { attempts: attempts + 1, startedAt: start, now: start + after, chance: luck };
      expect(fateOf({ ...known, ending: 'delivered' })).toEqual({ status: 'delivered' });
      expect(fateOf({ ...known, ending: 'final' })).toEqual({ status: 'dead' });
    }),
  );
});

describe('the health of a webhook', () => {
  test('one success forgives everything', () => {
    expect(healthAfter(start, 'delivered', start + 100 * HOUR)).toEqual({ failingSince: null, disabled: false });
  });

  test('the first failure starts the count, and three days of nothing else end it', () => {
    const first = healthAfter(null, 'failed', start);
    expect(first).toEqual({ failingSince: start, disabled: false });
    expect(healthAfter(first.failingSince, 'failed', start + DISABLED_AFTER - 1).disabled).toBe(false);
    expect(healthAfter(first.failingSince, 'failed', start + DISABLED_AFTER)).toEqual({
      failingSince: start,
      disabled: true,
    });
  });

  test('an endpoint that says that it is gone is believed', () => {
    expect(healthAfter(null, 'final', start).disabled).toBe(true);
  });
});
