import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isProblem } from '@laurel/sdk';
import { createTestServer, type TestServer } from '@laurel/sdk/testing';
import { expect, onTestFinished, test } from 'vitest';

async function start(now: string): Promise<TestServer> {
  const server = await createTestServer({ now });
  onTestFinished(() => server.close());
  return server;
}

const lessons = { id: 'lesson.completed', name: { en: 'Lesson completed' }, playersMaySend: true };

test('runs the real rules by a clock of its own: a streak breaks when a day passes without anything', async () => {
  const { laurel, playerClient, clock } = await start('2026-11-24T09:00:00Z');
  expect(await clock.now()).toBe('2026-11-24T09:00:00.000Z');
  await laurel.activities.create(lessons);
  const activity = 'lesson.completed';
  await laurel.streaks.create({ id: 'daily', name: { en: 'Every day' }, cadence: 'day', zone: 'user', activity });
  const player = await playerClient({ externalUserId: 'player-7' });
  const { event, effects } = await player.events.track({ activity });
  expect(event.occurredAt).toBe('2026-11-24T09:00:00.000Z');
  expect(effects.streaks).toMatchObject([{ streak: 'daily', run: 1 }]);

  await clock.advance('2026-11-25T09:00:00Z');
  const again = await playerClient({ externalUserId: 'player-7' });
  expect((await again.events.track({ activity })).effects.streaks).toMatchObject([{ run: 2 }]);
  expect((await again.streaks.get('daily')).current).toBe(2);

  const due = await clock.advance(new Date('2026-11-27T09:00:00Z'));
  expect(due).toMatchObject([{ at: '2026-11-27T00:00:00.000Z' }]);
  expect((await again.streaks.get('daily')).current).toBe(0);
  await expect(clock.advance('2026-11-26T00:00:00Z')).rejects.toMatchObject({ code: 'time_out_of_range' });
  await expect(clock.advance('tomorrow')).rejects.toMatchObject({ name: 'UsageError' });
});

test('two servers know nothing of each other', async () => {
  const [one, other] = await Promise.all([start('2026-11-24T09:00:00Z'), start('2030-01-01T00:00:00Z')]);
  await one.laurel.activities.create(lessons);
  await one.clock.advance('2026-11-25T00:00:00Z');
  expect((await other.laurel.activities.list()).items).toEqual([]);
  expect(await other.clock.now()).toBe('2030-01-01T00:00:00.000Z');
  const player = await one.playerClient({ externalUserId: 'player-7' });
  const { id } = await player.me.get();
  const notThere = await other.laurel.users.get(id).catch((error: unknown) => error);
  expect(isProblem(notThere, 'not_found')).toBe(true);
  expect((await (await one.playerClient({ userId: id })).me.get()).externalId).toBe('player-7');
});

test('nothing is left open when it is closed: a program ends by itself', async () => {
  const program = `
    import { createTestServer } from '@laurel/sdk/testing';
    const { baseUrl, laurel, close } = await createTestServer();
    const { items } = await laurel.activities.list();
    await close();
    const refused = await fetch(baseUrl).then(() => false, () => true);
    console.log(JSON.stringify({ items, refused }));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@laurel/source', '--input-type=module', '--eval', program],
    { cwd: import.meta.dirname, timeout: 60_000 },
  );
  expect(JSON.parse(stdout)).toEqual({ items: [], refused: true });
});
