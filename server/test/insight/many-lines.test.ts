import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineBasics, defineRule } from '../game/definitions.ts';
import { clockAt, type Game, openGame, times } from '../game/world.ts';

const LESSONS = 40;

let game: Game;
beforeAll(async () => {
  game = await openGame({ clock: clockAt('2026-06-20T12:00:00Z') });
});
afterAll(() => game.close());

/** What a rule cost, over all days. */
async function costOf(rule: string): Promise<number> {
  await game.platform.inside.streams.settled();
  const { rows } = await game.laurel.analytics.rewards({ from: '2026-06-01', to: '2026-06-30' });
  return rows.filter(({ id }) => id === rule).reduce((sum, { amount }) => sum + amount, 0);
}

test('a late event after which very many others come to something else is reported on all their days', async () => {
  const { laurel } = game;
  await defineBasics(laurel);
  await defineRule(laurel, 10);
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  const gem = [{ kind: 'currency' as const, currency: 'gems', amount: 1 }];
  const trigger = { kind: 'event' as const, activity: 'lesson' };
  const condition = 'player.balances["xp"] < 1000';
  await laurel.rewardRules.create({ id: 'beginner', name: { en: 'Beginner' }, trigger, condition, rewards: gem });
  await laurel.users.create({ id: 'ada' });
  const events = times(LESSONS, (index) => ({
    userId: 'ada',
    activity: 'lesson',
    occurredAt: new Date(Date.UTC(2026, 5, 2) + index * 7 * 3_600_000).toISOString(),
  }));
  expect((await laurel.events.trackBatch({ events })).rejected).toBe(0);
  expect(await costOf('beginner')).toBe(LESSONS);

  const quiz = { kind: 'event' as const, activity: 'quiz' };
  const much = [{ kind: 'currency' as const, currency: 'xp', amount: 1000 }];
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
  await laurel.rewardRules.create({ id: 'much', name: { en: 'Much' }, trigger: quiz, rewards: much });
  await laurel.events.track({ id: 'late', userId: 'ada', activity: 'quiz', occurredAt: '2026-06-01T00:00:00Z' });
  expect(await costOf('beginner')).toBe(0);
  expect(await costOf('much')).toBe(1000);
});
