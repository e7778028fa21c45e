import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { clockAt, type Game, openGame, refusalOf, type TestClock } from '../game/world.ts';
import { defineGame } from './person.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeAll(async () => {
  clock = clockAt('2026-03-04T08:00:00.000Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineGame(laurel);
});
afterAll(() => game.close());

/** What the scheduler does at a time. */
async function round(at: string): Promise<void> {
  clock.set(at);
  for (let ran = 1; ran > 0; ) ({ ran } = await runRound(game.platform.inside.platform, turnHandlers, clock.now()));
  await game.platform.inside.streams.settled();
}

test('who is erased while a league is running stays in their cohort, once, and others stand where they stood', async () => {
  const tier = (id: string) => ({ id, name: { en: id }, prizes: [] });
  await laurel.leagues.create({
    id: 'league',
    name: { en: 'League' },
    source: { kind: 'sum', activity: 'lesson' },
    zone: 'UTC',
    tiers: [tier('low'), tier('high')],
    cohortSize: 4,
    promote: 1,
    demote: 1,
    seed: 'seed',
  });
  const players = [
    ['ada', 50],
    ['bob', 40],
    ['cleo', 30],
    ['dan', 20],
    ['eve', 10],
  ] as const;
  for (const [id, value] of players) {
    await laurel.users.create({ id });
    await laurel.events.track({ userId: id, activity: 'lesson', value });
  }
  await game.platform.inside.streams.settled();
  const members = async () => {
    const { items } = await laurel.leagues.members('league', { period: '2026-W10' });
    return items.map(({ userId, cohort }) => `${userId}: ${cohort}`).toSorted();
  };
  const before = await members();
  expect(before).toHaveLength(5);
  await laurel.privacy.erase('ada');
  await round('2026-03-10T08:00:00.000Z');
  expect(await members()).toEqual(before);
});

test('a transaction with somebody who is erased cannot be reversed, says why, and is there still', async () => {
  const [giver, taker] = [await laurel.users.create({}), await laurel.users.create({})];
  const gems = (userId: string, amount: number) => ({ userId, currency: 'gems', amount });
  await laurel.ledger.create({ kind: 'credit', legs: [gems(giver.id, 10)], note: 'to give' });
  const legs = [gems(giver.id, -3), gems(taker.id, 3)];
  const { id } = await laurel.ledger.create({ kind: 'transfer', legs, note: 'a gift' });
  await laurel.privacy.erase(giver.id);
  const { code, detail } = await refusalOf(laurel.ledger.reverse(id, { note: 'by mistake' }));
  expect([code, detail]).toEqual(['unprocessable', expect.stringContaining('erased')]);
  expect(await laurel.ledger.get(id)).toMatchObject({ reversedBy: null, note: '(erased)' });
  const { items } = await laurel.ledger.proof();
  expect(items.every(({ balanced }) => balanced)).toBe(true);
});
