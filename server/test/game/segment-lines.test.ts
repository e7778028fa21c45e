import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardOf, defineBasics } from './definitions.ts';
import { chunks, clockAt, codeOf, type Game, openGame, times } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-01T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.leaderboards.create({ id: 'board', ...boardOf('competition') });
  await laurel.segments.create({ id: 'vips', name: { en: 'VIPs' }, condition: '"vip" in user.tags' });
});
afterEach(() => game.close());

const nameOf = (index: number) => `user-${String(index).padStart(3, '0')}`;

test('entries of a segment are those of who is in it now, with their ranks among all, however they are paged', async () => {
  const all = times(130, nameOf);
  for (const [index, id] of all.entries()) await laurel.users.create({ id, tags: index % 40 === 5 ? ['vip'] : [] });
  // The higher the number, the better: three players share each score.
  const events = all.map((userId, index) => ({ userId, activity: 'lesson', value: 1 + Math.floor(index / 3) }));
  for (const some of chunks(events, 100)) await laurel.events.trackBatch({ events: some });
  const everybody = await laurel.leaderboards.entries('board', { limit: 200 }).toArray({ max: 500 });
  const vips = new Set([5, 45, 85, 125].map(nameOf));
  const expected = everybody.filter(({ userId }) => vips.has(userId ?? ''));
  expect(expected).toHaveLength(4);
  for (const limit of [1, 2, 3, 200]) {
    const found = await laurel.leaderboards.entries('board', { segment: 'vips', limit }).toArray({ max: 500 });
    expect(found).toEqual(expected);
  }
  // Who is taken out of it is on the board, and not among them.
  const { version } = await laurel.users.get(nameOf(45));
  await laurel.users.update(nameOf(45), { tags: [] }, { ifMatch: version });
  const left = await laurel.leaderboards.entries('board', { segment: 'vips' }).toArray({ max: 500 });
  expect(left).toEqual(expected.filter(({ userId }) => userId !== nameOf(45)));
});

test('an unknown segment, a board of teams, and two choices at once are refused', async () => {
  const entries = (query: Parameters<Laurel['leaderboards']['entries']>[1], id = 'board') =>
    codeOf(laurel.leaderboards.entries(id, query));
  expect(await entries({ segment: 'nobody' })).toBe('invalid_request');
  expect(await entries({ segment: 'vips', users: 'ada' })).toBe('invalid_request');
  await laurel.leaderboards.create({ id: 'teams', ...boardOf('competition'), scope: 'teams' });
  expect(await entries({ segment: 'vips' }, 'teams')).toBe('invalid_request');
});
