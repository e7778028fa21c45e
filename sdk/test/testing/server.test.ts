import { createTestServer, type TestServer } from '@laurel/sdk/testing';
import { afterEach, expect, test } from 'vitest';

const open: TestServer[] = [];

async function start(now: string): Promise<TestServer> {
  const server = await createTestServer({ now });
  open.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

test('runs the real rules by a clock of its own: a streak grows, and breaks when a day passes without anything', async () => {
  const { laurel, playerClient, clock } = await start('2026-11-24T09:00:00Z');
  expect(await clock.now()).toBe('2026-11-24T09:00:00.000Z');
  await laurel.activities.create({ id: 'lesson.completed', name: { en: 'Lesson completed' }, allowClient: true });
  await laurel.streaks.create({
    id: 'daily',
    name: { en: 'Daily' },
    qualifying: { activity: 'lesson.completed' },
    every: 'day',
  });
  const player = await playerClient({ externalUserId: 'player-7' });
  const { event, effects } = await player.events.track({ activity: 'lesson.completed' });
  expect(event.occurredAt).toBe('2026-11-24T09:00:00.000Z');
  expect(effects.streaks).toMatchObject([{ streak: 'daily', run: 1 }]);
});
