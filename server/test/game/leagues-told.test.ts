import { afterEach, expect, test } from 'vitest';
import { defineBasics, defineRule } from './definitions.ts';
import { clockAt, type Game, openGame } from './world.ts';

let game: Game;
afterEach(() => game.close());

test('a league is explained as one, is no board of a report, and stands in the way of no back-test', async () => {
  game = await openGame({ clock: clockAt('2026-06-03T12:00:00Z') });
  const { laurel } = game;
  await defineBasics(laurel);
  await defineRule(laurel, 10);
  await laurel.leaderboards.create({
    id: 'lessons',
    name: { en: 'Lessons' },
    source: { kind: 'count', activity: 'lesson' },
    window: { kind: 'allTime' },
  });
  await laurel.leagues.create({
    id: 'liga',
    name: { en: 'Liga' },
    source: { kind: 'count', activity: 'lesson' },
    zone: 'UTC',
    tiers: [{ id: 'bronze', name: { en: 'Bronze' } }],
  });
  await laurel.users.create({ id: 'ada' });
  await laurel.events.track({ id: 'one', userId: 'ada', activity: 'lesson' });

  const explained = [await laurel.events.explain('one'), await laurel.as({ userId: 'ada' }).events.explain('one')];
  for (const { rules } of explained) {
    expect(rules).toContainEqual(expect.objectContaining({ kind: 'league', id: 'liga', version: 1, fired: true }));
    expect(rules).toContainEqual(expect.objectContaining({ kind: 'leaderboard', id: 'lessons', fired: true }));
  }

  await game.platform.inside.streams.settled();
  const day = '2026-06-03';
  expect((await laurel.analytics.leaderboards({ from: day, to: day })).rows).toEqual([
    { day, leaderboard: 'lessons', players: 1 },
  ]);
  await laurel.segments.create({ id: 'all', name: { en: 'All' }, condition: 'user.language != "xx"' });
  expect((await laurel.analytics.leaderboards({ from: day, to: day, segment: 'all' })).rows).toEqual([
    { day, leaderboard: 'lessons', players: 1 },
  ]);

  const { amounts } = await laurel.rewardRules.backtest('xp-per-lesson', {
    from: `${day}T00:00:00Z`,
    to: '2026-06-04T00:00:00Z',
    definition: {
      name: { en: 'Twice' },
      trigger: { kind: 'event', activity: 'lesson' },
      rewards: [{ kind: 'currency', currency: 'xp', amount: 20 }],
    },
  });
  expect(amounts).toEqual([{ currency: 'xp', gives: 20, gave: 10, difference: 10 }]);
});
