import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newPlayer, type PlayerState, type Ruleset, runsIn } from '../../src/domain/index.ts';
import {
  activity,
  currency,
  decided,
  fold,
  type Happening,
  happening,
  leaderboard,
  mission,
  rewardRule,
  rulesetOf,
  stampsOf,
  streak,
} from './fixtures.ts';

const lesson = { kind: 'event', activity: 'lesson' } as const;

const at = '2026-11-24T10:00:00.000Z';
const eventOf = (id: string, more: Partial<Happening> = {}) => happening(id, at, more);
const paidBy = (ruleset: Ruleset, player: PlayerState, event: Happening) =>
  decided(ruleset, player, event).outcome.granted.map(({ amount }) => amount);

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
    const paid = [10, 9].map((value) => paidBy(ruleset, newPlayer(), eventOf('evt', { value })));
    expect(paid).toEqual([[20], [5]]);
  });

  test('says in the trace why it did not fire, with the values that decided it', () => {
    const { trace } = decided(ruleset, newPlayer(), eventOf('evt', { value: 9 }));
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
    const { outcome, trace } = decided(broken, newPlayer(), eventOf('evt'));
    expect(outcome.granted).toEqual([]);
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
    expect(paidBy(both, newPlayer(), eventOf('evt', { value: 4 }))).toEqual([7, 9]);
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
    const low = decided(ruleset, newPlayer(), eventOf('low', { attributes: { score: 49 } }));
    expect(low.state).toEqual(newPlayer());
    expect(
      low.trace.map(({ kind, fired, why, values }) => [kind, fired, why, values['event.attributes.score']]),
    ).toEqual([
      ['mission', false, 'condition_false', 49],
      ['streak', false, 'condition_false', 49],
      ['leaderboard', false, 'condition_false', 49],
    ]);
    const high = decided(ruleset, newPlayer(), eventOf('high', { attributes: { score: 50 } }));
    expect(high.trace.map(({ fired }) => fired)).toEqual([true, true, true]);
  });

  test('fold to what an independent calculation gives', () => {
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
      .map((all) => all.map((one, index) => eventOf(`evt-${index}`, one)));
    fc.assert(
      fc.property(events, (all) => {
        const { player } = fold(ruleset, all);
        const counted = all.filter(({ attributes }) => 'score' in attributes && Number(attributes.score) >= 50);
        const sum = counted.reduce((total, { value }) => total + value, 0);
        expect(player.scores['best:all']?.score ?? 0).toBe(sum);
        expect(player.progress['passed:all']?.amount ?? 0).toBe(sum);
        const days = new Set(counted.map((one) => stampsOf(one.occurredAt, ['UTC']).UTC?.dayNumber));
        const runs = runsIn(player.streaks.daily?.pages ?? []);
        expect(runs.reduce((total, { count }) => total + count, 0)).toBe(days.size);
      }),
    );
  });
});

describe('a condition over the player', () => {
  const ruleset = rulesetOf({
    currencies: [currency('xp'), currency('gems')],
    rewardRules: [
      rewardRule('a-lesson', lesson, 10),
      rewardRule('b-poor', lesson, 1, {
        condition: 'player.balances["xp"] < 30',
        rewards: [{ kind: 'currency', currency: 'gems', amount: 1 }],
      }),
    ],
  });

  test('sees the balance of the moment in the history, whenever the event arrives', () => {
    const hour = (index: number) => eventOf(`evt-${index}`, { occurredAt: `2026-11-24T0${index}:00:00.000Z` });
    const all = Array.from({ length: 6 }, (_, index) => hour(index));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (arrival) => {
        const { granted } = fold(ruleset, arrival);
        const gems = granted.filter(({ currency }) => currency === 'gems').map(({ cause }) => cause);
        expect(gems).toEqual([0, 1, 2].map((index) => `rule:b-poor@evt-${index}#0`));
      }),
    );
  });

  test('counts a wallet that was never used as a balance of 0', () => {
    expect(paidBy(ruleset, newPlayer(), eventOf('evt'))).toEqual([10, 1]);
    const rich = { ...newPlayer(), wallets: { xp: { balance: 30, owed: 0 } } };
    expect(paidBy(ruleset, rich, eventOf('evt'))).toEqual([10]);
  });
});
