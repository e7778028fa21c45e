import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyticsConsumer } from '../../src/analytics/consumer.ts';
import { embeddedBacking } from '../../src/local/backing.ts';
import { openLocalDatabase } from '../../src/local/database.ts';
import { historyKey } from '../../src/store/history.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { defineBasics } from '../game/definitions.ts';
import { clockAt, type Game, HOME, openGame } from '../game/world.ts';
import { interruptedTable } from '../support/interrupted.ts';

const scope = workspaceScope(HOME.tenant, HOME.workspace);
const DAY = '2026-06-10';
const AT = `${DAY}T12:00:00.000Z`;

/** A game in which nobody follows the table but the test. */
let game: Game;
beforeAll(async () => {
  const embedded = embeddedBacking(await openLocalDatabase(':memory:'));
  const nobody = { settled: async () => undefined, close: async () => undefined };
  game = await openGame({
    clock: clockAt('2026-06-20T12:00:00Z'),
    backing: { ...embedded, follow: async () => nobody },
  });
  await defineBasics(game.laurel);
});
afterAll(() => game.close());

const track = (userId: string, id: string) =>
  game.laurel.events.track({ id, userId, activity: 'lesson', occurredAt: AT });
const takeBack = (id: string) => game.laurel.events.void(id, { note: 'It was not so' });
/** Tells the consumer that an event changed. */
const tell = (userId: string, id: string, table = game.table) =>
  analyticsConsumer(table).consume([
    { key: historyKey(scope, userId, { at: AT, id }), before: undefined, after: undefined },
  ]);

/** How many were active on the day, in its week and in its month. */
async function counted() {
  const { rows } = await game.laurel.analytics.overview({ from: DAY, to: DAY });
  return rows.map(({ active, activeInWeek, activeInMonth }) => [active, activeInWeek, activeInMonth])[0] ?? [0, 0, 0];
}

/** Counts an event, while something else happens before the nth request, for every n that there is. */
async function forEachRequest(
  run: (
    nth: number,
    during: (meanwhile: () => Promise<unknown>) => ReturnType<typeof interruptedTable>,
  ) => Promise<boolean>,
): Promise<number> {
  for (let nth = 1; ; nth += 1) {
    if (!(await run(nth, (meanwhile) => interruptedTable(game.table, nth, meanwhile)))) return nth - 1;
  }
}

test('a day that is emptied while it is counted is counted empty in its week and month as well', async () => {
  const before = await counted();
  const requests = await forEachRequest(async (nth, during) => {
    const [userId, id] = [`emptied-${nth}`, `only-${nth}`];
    await game.laurel.users.create({ id: userId });
    await track(userId, id);
    const { table, happened } = during(() => takeBack(id));
    await tell(userId, id, table);
    if (!happened()) {
      await takeBack(id);
    }
    await tell(userId, id);
    expect(await counted()).toEqual(before);
    return happened();
  });
  expect(requests).toBeGreaterThan(8);
});

test('a day that has an event again while it is counted empty is counted in its week and month as well', async () => {
  const [start = 0] = await counted();
  const requests = await forEachRequest(async (nth, during) => {
    const [userId, first, second] = [`again-${nth}`, `first-${nth}`, `second-${nth}`];
    await game.laurel.users.create({ id: userId });
    await track(userId, first);
    await tell(userId, first);
    await takeBack(first);
    const { table, happened } = during(() => track(userId, second));
    await tell(userId, first, table);
    if (!happened()) await track(userId, second);
    await tell(userId, second);
    expect(await counted()).toEqual([start + nth, start + nth, start + nth]);
    return happened();
  });
  expect(requests).toBeGreaterThan(8);
});
