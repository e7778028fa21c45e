import { Laurel as PlayerLaurel } from '@laurel/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, type Game, HOME, openGame } from './world.ts';

let game: Game;
let player: PlayerLaurel;

beforeAll(async () => {
  game = await openGame();
  const { laurel, platform } = game;
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.activities.create({ id: 'tap', name: { en: 'Tap' }, playersMaySend: true });
  const { id } = await laurel.users.create({ externalId: 'ada' });
  const { accessToken } = await laurel.users.mintToken(id);
  player = new PlayerLaurel({ baseUrl: `${platform.baseUrl}/${HOME.tenant}`, auth: { token: accessToken } });
});
afterAll(() => game.close());

test('a player sends what the activity allows, and in a batch the rest is refused item by item', async () => {
  expect((await player.activities.list()).items.map(({ id }) => id)).toEqual(['tap']);
  expect(await codeOf(player.events.track({ activity: 'lesson' }))).toBe('forbidden');
  const { items } = await player.events.trackBatch({ events: [{ activity: 'lesson' }, { activity: 'tap' }] });
  expect(items).toMatchObject([{ status: 'rejected', problem: { code: 'forbidden' } }, { status: 'accepted' }]);
});

test('the same event in other words is the same event', async () => {
  const told = { id: 'same', activity: 'tap', occurredAt: '2026-03-01T12:00:00+02:00' };
  const first = await player.events.track(told);
  expect(await player.events.track({ ...told, occurredAt: '2026-03-01T10:00:00Z', value: 1, attributes: {} })).toEqual(
    first,
  );
  expect(await codeOf(player.events.track({ ...told, value: 2 }))).toBe('event_conflict');
});

test('once archived, an activity takes no new event, and answers for those that it took', async () => {
  const first = await player.events.track({ id: 'before', activity: 'tap' });
  await game.laurel.activities.archive('tap');
  expect(await codeOf(player.events.track({ id: 'after', activity: 'tap' }))).toBe('unprocessable');
  expect(await player.events.track({ id: 'before', activity: 'tap' })).toEqual(first);
});
