import { describe, expect, test } from 'vitest';
import { newPlayer } from '../../src/domain/index.ts';
import { decided, happening, mission, rewardRule, rulesetOf } from './fixtures.ts';

const at = '2026-11-24T10:00:00.000Z';
const lesson = happening('evt-1', at);
const exam = happening('evt-2', at, { activity: 'exam' });

describe('always and fallback', () => {
  const ruleset = rulesetOf({
    rewardRules: [
      rewardRule('a-fallback', { kind: 'event' }, 5, { mode: 'fallback' }),
      rewardRule('z-always', { kind: 'event', activity: 'lesson' }, 20),
    ],
  });

  test('a matching event pays 20, another pays 5, and none 25', () => {
    const paid = [lesson, exam].map((event) => decided(ruleset, newPlayer(), event).outcome.granted);
    const given = (rule: string, event: string, amount: number) => ({
      cause: `rule:${rule}@${event}#0`,
      currency: 'xp',
      amount,
      reason: { kind: 'rule', rule, event },
      source: { kind: 'rule', rule },
    });
    expect(paid).toEqual([[given('z-always', 'evt-1', 20)], [given('a-fallback', 'evt-2', 5)]]);
  });

  test('the trace says why each rule paid or did not', () => {
    const traced = [lesson, exam].map((event) =>
      decided(ruleset, newPlayer(), event).trace.map(({ id, fired, why, values }) => [id, fired, why, values]),
    );
    const about = (activity: string) => ({ trigger: 'event', activity });
    expect(traced).toEqual([
      [
        ['z-always', true, 'trigger_matched', about('lesson')],
        ['a-fallback', false, 'always_rule_matched', about('lesson')],
      ],
      [['a-fallback', true, 'no_always_rule', about('exam')]],
    ]);
  });

  test('all always rules that match pay, in the order of ids whatever order they were given in', () => {
    const rules = ['b', 'C', 'a', 'é'].map((id, index) => rewardRule(id, { kind: 'event' }, index + 1));
    const own = rewardRule('aa', { kind: 'event', activity: 'lesson' }, 9);
    const ids = (all: typeof rules) =>
      decided(rulesetOf({ rewardRules: all }), newPlayer(), lesson).outcome.granted.map(({ reason }) => reason);
    const expected = ['C', 'a', 'aa', 'b', 'é'].map((rule) => ({ kind: 'rule', rule, event: 'evt-1' }));
    expect(ids([...rules, own])).toEqual(expected);
    expect(ids([own, ...rules.toReversed()])).toEqual(expected);
  });

  test('an archived rule neither pays nor holds a fallback back', () => {
    const archived = rulesetOf({
      rewardRules: [
        rewardRule('fallback', { kind: 'event' }, 5, { mode: 'fallback' }),
        rewardRule('always', { kind: 'event' }, 20, { status: 'archived' }),
      ],
    });
    expect(decided(archived, newPlayer(), lesson).outcome.granted.map((reward) => reward.amount)).toEqual([5]);
  });
});

describe('a completed mission', () => {
  const missions = ['one', 'two'].map((id) =>
    mission(id, {
      steps: [{ activity: 'lesson', adds: 'one', target: 1 }],
      rewards: [{ kind: 'currency', currency: 'gems', amount: 3 }],
    }),
  );

  test('is an occurrence of its own: what paid for the event, or for another mission, holds no fallback back', () => {
    const ruleset = rulesetOf({
      missions,
      rewardRules: [
        rewardRule('for-event', { kind: 'event' }, 20),
        rewardRule('for-one', { kind: 'missionCompleted', mission: 'one' }, 7),
        rewardRule('for-rest', { kind: 'missionCompleted' }, 5, { mode: 'fallback' }),
      ],
    });
    const { state, outcome } = decided(ruleset, newPlayer(), lesson);
    expect(outcome.granted.map(({ amount, source }) => [amount, source])).toEqual([
      [20, { kind: 'rule', rule: 'for-event' }],
      [7, { kind: 'rule', rule: 'for-one' }],
      [3, { kind: 'mission', mission: 'one', period: 'all' }],
      [5, { kind: 'rule', rule: 'for-rest' }],
      [3, { kind: 'mission', mission: 'two', period: 'all' }],
    ]);
    expect(state.wallets).toEqual({ xp: { balance: 32, owed: 0 }, gems: { balance: 6, owed: 0 } });
  });

  test('is a cause of its own: what it gives does not hang on the event that completed it', () => {
    const ruleset = rulesetOf({ missions, rewardRules: [rewardRule('bonus', { kind: 'missionCompleted' }, 7)] });
    const causes = (event: typeof lesson) =>
      decided(ruleset, newPlayer(), event).outcome.granted.map(({ cause }) => cause);
    expect(causes({ ...lesson, id: 'another' })).toEqual(causes(lesson));
    expect(new Set(causes(lesson)).size).toBe(4);
  });
});
