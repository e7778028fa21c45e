import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { clockAt, codeOf, type Game, openGame, type TestClock, times } from './world.ts';

let game: Game;
let clock: TestClock;
beforeAll(async () => {
  clock = clockAt('2026-03-02T08:00:00.000Z');
  game = await openGame({ clock });
});
afterAll(() => game.close());

test('a large configuration that is refused, since somebody was quicker, leaves what is due as it was', async () => {
  const { laurel, table } = game;
  const name = { en: 'A name' };
  await laurel.activities.create({ id: 'lesson', name });
  await laurel.leaderboards.create({
    id: 'daily',
    name,
    source: { kind: 'count', activity: 'lesson' },
    window: { kind: 'recurring', every: 'day', zone: 'UTC' },
  });
  const activities = times(100, (nth) => ({ id: `activity-${nth}`, name }));
  const document = { format: 'laurel.config/1' as const, definitions: { activities, leaderboards: [] } };
  const { base } = await laurel.config.plan({ document });

  // Somebody publishes something just when it is put aside.
  const send = table.client.send.bind(table.client);
  let isFirst = true;
  const spy = vi.spyOn(table.client, 'send').mockImplementation(async (command: unknown) => {
    if (isFirst && command instanceof TransactWriteCommand && JSON.stringify(command.input).includes('#RELEASES')) {
      isFirst = false;
      await laurel.activities.create({ id: 'quicker', name });
    }
    return send(command as TransactWriteCommand);
  });
  expect(await codeOf(laurel.config.apply({ document, base }))).toBe('outdated');
  spy.mockRestore();
  expect(isFirst).toBe(false);

  await laurel.events.track({ externalUserId: 'ada', activity: 'lesson' });
  clock.set('2026-03-03T12:00:00.000Z');
  for (let ran = 1; ran > 0; ) ({ ran } = await runRound(game.platform.inside.platform, turnHandlers, clock.now()));
  const { items } = await laurel.leaderboards.periods('daily');
  expect(items).toContainEqual(expect.objectContaining({ period: '2026-03-02', closedAt: expect.any(String) }));
});
