import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decision, decide, needsOf, newPlayer, type PlayerEvent, type Ruleset } from '../../src/domain/index.ts';
import {
  activity,
  currency,
  leaderboard,
  mission,
  NOW,
  rewardRule,
  rulesetOf,
  stampsOf,
  streak,
  userOf,
} from './fixtures.ts';

const lesson = { kind: 'event', activity: 'lesson' } as const;

function eventOf(id: string, more: Partial<PlayerEvent> = {}): PlayerEvent {
  const occurredAt = more.occurredAt ?? '2026-11-24T10:00:00.000Z';
  return {
    id,
    activity: 'lesson',
    userId: 'ada',
    occurredAt,
    value: 1,
    attributes: {},
    userZone: 'UTC',
    user: userOf(),
    stamps: stampsOf(occurredAt, ['UTC']),
    ...more,
  };
}

function decidedOf(ruleset: Ruleset, player: Parameters<typeof decide>[1], event: PlayerEvent) {
  const decision: Decision = decide(ruleset, player, event, NOW);
  if (decision.kind === 'refused') throw new Error(decision.detail);
  return decision;
}

describe('a rule with a condition', () => {
  const ruleset = rulesetOf({
    activities: [activity('lesson')],
    currencies: [currency('xp')],
    rewardRules: [
      rewardRule('a-long', lesson, 20, { condition: 'event.value >= 10' }),
      rewardRule('b-else', { kind: 'event' }, 5, { mode: 'fallback' }),
      rewardRule('c-english', { kind: 'event' }, 3, { mode: 'fallback', condition: 'user.language == "de"' }),
    ],
  });

  test('matches only where it holds, so that the fallback pays where it does not', () => {
    const paid = [10, 9].map((value) =>
      decidedOf(ruleset, newPlayer(), eventOf('evt', { value })).effects.rewards.map(({ amount }) => amount),
    );
    expect(paid).toEqual([[20], [5]]);
  });

  test('says in the trace why it did not fire, with the values that decided it', () => {
    const { trace } = decidedOf(ruleset, newPlayer(), eventOf('evt', { value: 9 }));
    const about = { trigger: 'event', activity: 'lesson' };
    expect(trace.map(({ id, fired, why, values }) => [id, fired, why, values])).toEqual([
      ['a-long', false, 'condition_false', { ...about, 'event.value': 9 }],
      ['b-else', true, 'no_always_rule', about],
      ['c-english', false, 'condition_false', { ...about, 'user.language': 'en' }],
    ]);
  });

  test('that cannot be evaluated matches nothing, and says so', () => {
    const broken = rulesetOf({
      rewardRules: [
        rewardRule('missing', lesson, 1, { condition: 'event.attributes.score > 1' }),
        rewardRule('stale', lesson, 1, { condition: 'event.scores > 1' }),
      ],
    });
    const { effects, trace } = decidedOf(broken, newPlayer(), eventOf('evt'));
    expect(effects.rewards).toEqual([]);
    expect(trace.map(({ fired, why, values }) => [fired, why, values.refusal])).toEqual([
      [false, 'condition_refused', 'No such key: score'],
      [false, 'condition_refused', 'No such key: scores'],
    ]);
  });

  test('on a completed mission sees the event that completed it, and the player from before', () => {
    const both = rulesetOf({
      currencies: [currency('xp')],
      missions: [mission('one', { steps: [{ activity: 'lesson', adds: 'one', target: 1 }] })],
      rewardRules: [
        rewardRule('a', lesson, 7),
        rewardRule('b', { kind: 'missionCompleted' }, 9, {
          condition: 'event.value == 4 && player.balances["xp"] == 0',
        }),
      ],
    });
    const { effects } = decidedOf(both, newPlayer(), eventOf('evt', { value: 4 }));
    expect(effects.rewards.map(({ amount }) => amount)).toEqual([7, 9]);
  });
});

describe('missions, streaks and leaderboards with a condition', () => {
  const condition = 'event.attributes.score >= 50';
  const ruleset = rulesetOf({
    missions: [mission('passed', { steps: [{ activity: 'lesson', adds: 'value', target: 1000, condition }] })],
    streaks: [streak('daily', { zone: 'UTC', condition })],
    leaderboards: [leaderboard('best', { condition })],
  });

  test('take only the events for which it holds', () => {
    const low = decidedOf(ruleset, newPlayer(), eventOf('low', { attributes: { score: 49 } }));
    expect(low.player).toEqual(newPlayer());
    expect(
      low.trace.map(({ kind, fired, why, values }) => [kind, fired, why, values['event.attributes.score']]),
    ).toEqual([
      ['mission', false, 'condition_false', 49],
      ['streak', false, 'condition_false', 49],
      ['leaderboard', false, 'condition_false', 49],
    ]);
    const high = decidedOf(ruleset, newPlayer(), eventOf('high', { attributes: { score: 50 } }));
    expect(high.trace.map(({ fired }) => fired)).toEqual([true, true, true]);
  });

  test('fold in any order to what an independent calculation gives', () => {
    const day = (index: number) => `2026-11-${String(index).padStart(2, '0')}T10:00:00.000Z`;
    const events = fc
      .array(
        fc.record({
          value: fc.integer({ min: 1, max: 9 }),
          attributes: fc.oneof(fc.constant({}), fc.record({ score: fc.integer({ min: 0, max: 100 }) })),
          occurredAt: fc.integer({ min: 1, max: 28 }).map(day),
        }),
        { maxLength: 25 },
      )
      .chain((all) => {
        const made = all.map((one, index) =>
          eventOf(`evt-${index}`, { ...one, stamps: stampsOf(one.occurredAt, ['UTC']) }),
        );
        return fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }));
      });
    const fold = (all: readonly PlayerEvent[]) =>
      all.reduce((player, event) => decidedOf(ruleset, player, event).player, newPlayer());
    fc.assert(
      fc.property(events, ([one, other]) => {
        const player = fold(one);
        expect(fold(other)).toEqual(player);
        const counted = one.filter(({ attributes }) => 'score' in attributes && Number(attributes.score) >= 50);
        const sum = counted.reduce((total, { value }) => total + value, 0);
        expect(player.scores['best:all']?.score ?? 0).toBe(sum);
        expect(player.progress['passed:all']?.amount ?? 0).toBe(sum);
        const days = new Set(counted.map(({ stamps }) => stamps.UTC?.dayNumber));
        const runs = player.streaks.daily ?? [];
        expect(runs.reduce((total, [from, to]) => total + to - from + 1, 0)).toBe(days.size);
      }),
    );
  });

  test('need no other slices than without', () => {
    const without = rulesetOf({
      missions: [mission('passed')],
      streaks: [streak('daily', { zone: 'UTC' })],
      leaderboards: [leaderboard('best')],
    });
    expect(needsOf(ruleset, eventOf('evt'))).toEqual(needsOf(without, eventOf('evt')));
  });
});
