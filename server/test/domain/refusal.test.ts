import { describe, expect, test } from 'vitest';
import { decide, newPlayer, type PlayerState } from '../../src/domain/index.ts';
import { deepFreeze, happening, leaderboard, rewardRule, rulesetOf, stamped } from './fixtures.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const at = '2026-11-24T10:00:00.000Z';

describe('a balance', () => {
  const rules = [10, 5].map((amount, index) => rewardRule(`rule-${index}`, { kind: 'event' }, amount));
  const ruleset = rulesetOf({ rewardRules: rules });
  const holding = (balance: number): PlayerState => ({ ...newPlayer(), wallets: { xp: { balance, owed: 0 } } });
  const decision = (balance: number) =>
    decide(ruleset, deepFreeze(holding(balance)), stamped(ruleset, happening('a', at)));

  test('may reach the largest exact integer', () => {
    expect(decision(MAX - 15)).toMatchObject({
      kind: 'decided',
      state: { wallets: { xp: { balance: MAX, owed: 0 } } },
    });
  });

  test('beyond it refuses the event as a whole', () => {
    expect(decision(MAX - 14)).toEqual({
      kind: 'refused',
      code: 'amount_overflow',
      detail: `5 more of xp would take the balance beyond ${MAX}`,
    });
  });
});

describe('a score', () => {
  const ruleset = rulesetOf({ leaderboards: [leaderboard('points')] });
  const scoring = (score: number, value: number) => {
    const scores = { 'points:all': { leaderboard: 'points', period: 'all', score, reachedAt: at } };
    const event = stamped(ruleset, happening('a', at, { value }));
    return decide(ruleset, deepFreeze({ ...newPlayer(), scores }), event);
  };

  test('may reach the largest exact integer', () => {
    expect(scoring(MAX - 2, 2)).toMatchObject({ kind: 'decided', outcome: { scores: [{ added: 2, score: MAX }] } });
  });

  test('beyond it refuses the event as a whole', () => {
    expect(scoring(MAX - 2, 3)).toEqual({
      kind: 'refused',
      code: 'amount_overflow',
      detail: `3 more on points would take the score beyond ${MAX}`,
    });
  });
});

test('an event that lacks a stamp is a mistake of the caller, and thrown', () => {
  const window = { kind: 'recurring', every: 'week', zone: 'Europe/Rome' } as const;
  const ruleset = rulesetOf({ leaderboards: [leaderboard('weeks', { window })] });
  const event = { ...stamped(ruleset, happening('evt-1', at)), stamps: {} };
  const message = 'event evt-1 is not stamped in the zone Europe/Rome';
  expect(() => decide(ruleset, newPlayer(), event)).toThrow(new RangeError(message));
});
