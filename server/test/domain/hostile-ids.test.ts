import { describe, expect, test } from 'vitest';
import { newPlayer, progressId, scoreId, walletOf } from '../../src/domain/index.ts';
import { fold, happening, leaderboard, mission, rewardRule, rulesetOf, streak } from './fixtures.ts';

/** Ids that the contract allows and that mean something on an ordinary object. */
const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

const events = ['2026-11-23', '2026-11-24'].map((day) => happening(`evt-${day}`, `${day}T10:00:00.000Z`));

describe.each(ids)('the id %s', (id) => {
  const reward = { kind: 'currency', currency: id, amount: 3 } as const;
  const ruleset = rulesetOf({
    missions: [mission(id, { steps: [{ activity: 'lesson', adds: 'one', target: 2 }], rewards: [reward] })],
    rewardRules: [rewardRule(id, { kind: 'event', activity: 'lesson' }, 1, { rewards: [reward] })],
    streaks: [streak(id)],
    leaderboards: [leaderboard(id)],
  });

  test.each([
    ['records without a prototype', newPlayer()],
    ['ordinary objects', { wallets: {}, progress: {}, streaks: {}, scores: {} }],
  ])('is an id like any other, from %s', (_, empty) => {
    const { player } = fold(ruleset, events, empty);
    expect(walletOf(player, id)).toEqual({ balance: 9, owed: 0 });
    expect(Object.keys(player.wallets)).toEqual([id]);
    expect(Object.entries(player.progress)).toMatchObject([[progressId(id, 'all'), { mission: id, amount: 2 }]]);
    expect(Object.entries(player.streaks)).toMatchObject([[id, { pages: [{ spans: [[20_780, 20_781, 'counted']] }] }]]);
    expect(Object.entries(player.scores)).toMatchObject([[scoreId(id, 'all'), { score: 2 }]]);
    expect(Object.getPrototypeOf(player.wallets)).toBeNull();
  });

  test('names no activity by accident', () => {
    const { player } = fold(
      ruleset,
      events.map((event) => ({ ...event, activity: id })),
    );
    expect(player).toEqual(newPlayer());
  });
});

test('what was never earned reads as an empty wallet, whatever its name', () => {
  for (const id of ids) expect(walletOf({ wallets: {} }, id)).toEqual({ balance: 0, owed: 0 });
});
