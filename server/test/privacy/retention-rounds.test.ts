import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { chunks, clockAt, codeOf, type Game, openGame, type TestClock, times } from '../game/world.ts';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-03-02T08:00:00.000Z');

let game: Game;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt(new Date(START).toISOString());
  game = await openGame({ clock });
});
afterEach(() => game.close());

/** What the scheduler does at a time. */
async function round(days: number): Promise<void> {
  clock.set(new Date(START + days * DAY).toISOString());
  for (let ran = 1; ran > 0; ) ({ ran } = await runRound(game.platform.inside.platform, turnHandlers, clock.now()));
}

test('somebody whose data cannot be read keeps nobody else from being erased in time, and is told of', async () => {
  const { laurel, table } = game;
  for (const id of ['ada', 'bob', 'cleo']) await laurel.users.create({ id });
  await laurel.workspace.update({ privacy: { inactiveDays: 30 } }, { ifMatch: await laurel.workspace.get() });
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: 'T#acme#W#main#U#bob', sk: 'PROFILE' },
      UpdateExpression: 'SET #record = :record',
      ExpressionAttributeNames: { '#record': 'record' },
      ExpressionAttributeValues: { ':record': 'sealed:1:nobody:a.b.c' },
    }),
  );
  // As many days as it takes to be set aside, were it the round itself that fails.
  for (let days = 31; days < 45; days += 1) await round(days);
  expect(await codeOf(laurel.users.get('ada'))).toBe('not_found');
  expect(await codeOf(laurel.users.get('cleo'))).toBe('not_found');
  const { id: dan } = await laurel.users.create({});
  await round(80);
  expect(await codeOf(laurel.users.get(dan))).toBe('not_found');
  await game.platform.inside.sealer.seal();
  const { items } = await laurel.auditRecords.list({ action: 'system:privacy.retain' });
  const told = items.map(({ reason }) => reason?.split(', ').toSorted());
  expect(told).toContainEqual(['erased 2', 'failed 1', 'retained']);
});

test('a round goes through all users, however many it erases, and leaves a record of it', async () => {
  const { laurel } = game;
  for (const group of chunks(
    times(120, (nth) => ({ id: `user-${nth}` })),
    60,
  ))
    await laurel.users.createBatch({ users: group });
  await laurel.workspace.update({ privacy: { inactiveDays: 30 } }, { ifMatch: await laurel.workspace.get() });
  await round(31);
  expect((await laurel.users.list()).items).toEqual([]);
  await game.platform.inside.sealer.seal();
  const { items } = await laurel.auditRecords.list({ action: 'system:privacy.retain' });
  expect(items.map(({ reason }) => reason)).toEqual(['retained, erased 120']);
}, 60_000);
