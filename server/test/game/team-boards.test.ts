import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardOf, defineBasics } from './definitions.ts';
import { clockAt, type Game, openGame } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-01T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

test('smoke', async () => {
  await laurel.leaderboards.create({ ...boardOf('competition'), id: 'board', scope: 'teams' });
  for (const id of ['red', 'blue']) await laurel.teams.create({ id, name: id });
  for (const [id, team] of [
    ['ada', 'red'],
    ['bob', 'red'],
    ['cleo', 'blue'],
  ] as const) {
    const user = await laurel.users.create({ externalId: id });
    await laurel.teams.addMember(team, { userId: user.id, joinedAt: '2026-05-01T00:00:00Z' });
  }
  for (const [player, value] of [
    ['ada', 5],
    ['bob', 7],
    ['cleo', 9],
    ['dan', 100],
  ] as const)
    await laurel.events.track({ externalUserId: player, activity: 'lesson', value });
  await game.platform.inside.streams.settled();
  const { items } = await laurel.leaderboards.entries('board');
  expect(items).toEqual([]);
});
