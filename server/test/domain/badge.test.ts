import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  awardBadge,
  awardedAtOf,
  type BadgeRule,
  type BadgeState,
  lostTiers,
  revokeBadge,
  tierOf,
} from '../../src/domain/badge/badge.ts';

const rule: fc.Arbitrary<BadgeRule> = fc
  .record({
    repeatable: fc.boolean(),
    counts: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
  })
  .map(({ repeatable, counts }) => ({
    id: 'explorer',
    version: 1,
    repeatable,
    tiers: counts.toSorted((a, b) => a - b).map((count) => ({ count })),
  }));

/** What happens to a badge, one thing a minute. */
const acts = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constant('revoke' as const)),
  {
    maxLength: 25,
  },
);
const minute = (index: number) => new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();

function play(given: BadgeRule, all: readonly (number | 'revoke')[]) {
  const reached: number[] = [];
  let state: BadgeState | undefined;
  all.forEach((act, index) => {
    if (act === 'revoke') {
      if (state !== undefined) state = revokeBadge(state, minute(index));
      reached.length = 0;
      return;
    }
    const awarded = awardBadge(given, state, { at: minute(index), times: act });
    expect(awarded.first).toBe(tierOf(state) === 0 && awarded.tiersReached.includes(1));
    reached.push(...awarded.tiersReached);
    state = awarded.state;
  });
  return { state, reached };
}

describe('awarding', () => {
  test('counts what came since it was last taken back, as far as the badge counts', () => {
    fc.assert(
      fc.property(rule, acts, (given, all) => {
        const { state } = play(given, all);
        const since = all.slice(all.lastIndexOf('revoke') + 1);
        const sum = since.reduce<number>((total, act) => total + Number(act), 0);
        const most = given.repeatable ? Number.POSITIVE_INFINITY : (given.tiers.at(-1)?.count ?? 0);
        expect(state?.count ?? 0).toBe(Math.min(sum, most));
        expect(tierOf(state)).toBe(given.tiers.filter(({ count }) => count <= sum).length);
      }),
    );
  });

  test('reaches each tier once, from the lowest, at the award that made the count', () => {
    fc.assert(
      fc.property(rule, acts, (given, all) => {
        const { state, reached } = play(given, all);
        expect(reached).toEqual(given.tiers.map((_, index) => index + 1).slice(0, tierOf(state)));
        const start = all.lastIndexOf('revoke') + 1;
        const sumTo = (index: number) => all.slice(start, index + 1).reduce<number>((sum, act) => sum + Number(act), 0);
        const whenOf = (count: number) => all.findIndex((_, index) => index >= start && sumTo(index) >= count);
        expect(state?.reachedAt ?? []).toEqual(
          given.tiers.slice(0, tierOf(state)).map(({ count }) => minute(whenOf(count))),
        );
        expect(awardedAtOf(state)).toBe(state?.reachedAt[0] ?? null);
      }),
    );
  });

  test('three at once is one after the other', () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: 1, max: 20 }), (given, times) => {
        const at = minute(0);
        const whole = awardBadge(given, undefined, { at, times });
        let state: BadgeState | undefined;
        const tiers: number[] = [];
        for (let index = 0; index < times; index += 1) {
          const awarded = awardBadge(given, state, { at });
          state = awarded.state;
          tiers.push(...awarded.tiersReached);
        }
        expect([whole.state, whole.tiersReached]).toEqual([state, tiers]);
      }),
    );
  });

  test('beyond the last tier changes nothing, unless the badge is repeatable', () => {
    const once = { id: 'b', version: 1, repeatable: false, tiers: [{ count: 1 }] };
    const { state } = awardBadge(once, undefined, { at: minute(0) });
    expect(awardBadge(once, state, { at: minute(1) })).toEqual({ state, tiersReached: [], first: false });
    expect(awardBadge(once, state, { at: minute(1) }).state).toBe(state);
    expect(awardBadge({ ...once, repeatable: true }, state, { at: minute(1) }).state.count).toBe(2);
    const full = { ...state, count: Number.MAX_SAFE_INTEGER };
    expect(awardBadge({ ...once, repeatable: true }, full, { at: minute(1) }).state).toBe(full);
  });
});

describe('taking back', () => {
  test('leaves nothing of it but when, and twice is once', () => {
    fc.assert(
      fc.property(rule, acts, (given, all) => {
        const { state } = play(given, all);
        fc.pre(state !== undefined && state.count > 0);
        const gone = revokeBadge(state, minute(99));
        expect(gone).toEqual({ ...state, count: 0, reachedAt: [], revokedAt: minute(99) });
        expect(revokeBadge(gone, minute(100))).toBe(gone);
        expect(awardBadge(given, gone, { at: minute(101) }).state.revokedAt).toBeNull();
      }),
    );
  });

  test('loses the tiers that were held, and those alone that are not held since the same time', () => {
    fc.assert(
      fc.property(rule, acts, acts, (given, all, more) => {
        const before = play(given, all).state;
        const after = play(given, [...all, ...more]).state;
        const key = (state: BadgeState | undefined) =>
          (state?.reachedAt ?? []).map((at, index) => `${index + 1} ${at}`);
        const kept = new Set(key(after));
        expect(lostTiers(before, after).map(({ tier, reachedAt }) => `${tier} ${reachedAt}`)).toEqual(
          key(before).filter((one) => !kept.has(one)),
        );
      }),
    );
  });
});
