import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { activity, fold, happening, inOrder, rewardRule, rulesetOf, stampsOf } from './fixtures.ts';

const daily = { every: 'day', zone: 'user', count: 2 } as const;
const lessonWith = (limits: NonNullable<ReturnType<typeof activity>['limits']>) =>
  rulesetOf({
    activities: [{ ...activity('lesson'), limits }],
    rewardRules: [rewardRule('xp', { kind: 'event', activity: 'lesson' }, 10)],
  });

test('the hot state does not grow with the past: periods that are long over leave it', () => {
  const ruleset = lessonWith([
    daily,
    { every: 'week', zone: 'UTC', count: 5 },
    { every: 'month', zone: 'UTC', count: 12 },
    { every: 'ever', zone: 'user', count: 1_000 },
  ]);
  const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + index, 12)).toISOString();
  const events = Array.from({ length: 2_000 }, (_, index) => happening(`evt-${index}`, day(index)));
  const { player, granted } = fold(ruleset, events);
  expect(Object.keys(player.limits?.lesson ?? {}).length).toBeLessThan(12);
  // Twelve a month, for as long as there are any.
  expect(granted).toHaveLength(Math.ceil(2_000 / 30.44) * 12);
});

test('what counts is the first so many of a day, whichever there are, and nothing else moves', () => {
  const ruleset = lessonWith([daily]);
  const moment = fc.record({ hour: fc.nat(24 * 6), zone: fc.constantFrom('Pacific/Auckland', 'America/Los_Angeles') });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 40 }), (moments) => {
      const events = moments.map(({ hour, zone }, index) =>
        happening(`evt-${index}`, new Date(Date.UTC(2026, 2, 7, hour)).toISOString(), { userZone: zone }),
      );
      const { outcomes, granted, player } = fold(ruleset, events);
      const byDay = Map.groupBy(
        inOrder(events),
        ({ occurredAt, userZone }) => stampsOf(occurredAt, [userZone])[userZone]?.day,
      );
      const counting = new Set([...byDay.values()].flatMap((own) => own.slice(0, 2).map(({ id }) => id)));
      const over = inOrder(events).flatMap(({ id }) => (counting.has(id) ? [] : [`limited ${id}`]));
      expect(outcomes.flatMap(({ marks }) => marks)).toEqual(over);
      expect(new Set(granted.map(({ reason }) => 'event' in reason && reason.event))).toEqual(counting);
      expect(player.eventCounts?.lesson ?? 0).toBe(counting.size);
    }),
  );
});
