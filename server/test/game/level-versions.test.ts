import type { Laurel } from '@laurel/sdk/server';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clockAt, type Game, openGame, randomFrom, refusalOf, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-05-01T00:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.rewardRules.create({
    id: 'xp',
    name: { en: 'XP' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [{ kind: 'currency', currency: 'xp', amount: { expression: 'event.value' } }],
  });
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

type TrackBody = Parameters<Laurel['levelTracks']['update']>[1];

const on = (day: number, hour = 9) => new Date(Date.UTC(2026, 4, day, hour)).toISOString();
const body = (thresholds: number[], more: Partial<TrackBody> = {}) => ({
  name: { en: 'Rank' },
  currency: 'xp',
  curve: { kind: 'thresholds' as const, thresholds },
  ...more,
});
const earn = (value: number, occurredAt = clock.now(), userId = 'ada') =>
  laurel.events.track({ userId, activity: 'lesson', value, occurredAt });
const debit = (amount: number) =>
  laurel.ledger.create({ kind: 'debit', legs: [{ userId: 'ada', currency: 'xp', amount }], note: 'test' });
const levelOf = async (userId = 'ada') => (await laurel.as({ userId }).levels.list()).items[0]?.level;
async function change(next: TrackBody, at: string, id = 'rank') {
  clock.set(at);
  await laurel.levelTracks.update(id, next, { ifMatch: await laurel.levelTracks.get(id) });
}

test.each([true, false])(
  'keep: what was reached stays, and the next levels take what they take now (%s)',
  async (goesDown) => {
    await laurel.levelTracks.create({ id: 'rank', ...body([10, 20, 30], { goesDown }) });
    await earn(25);
    await change(body([10, 40, 50], { goesDown }), on(2));
    expect(await levelOf()).toBe(3);
    await earn(1);
    expect(await levelOf()).toBe(3);
    await earn(24);
    expect(await levelOf()).toBe(4);
    // Below the 50 that level 4 took: by the thresholds of now, where the track goes down.
    await debit(5);
    expect(await levelOf()).toBe(goesDown ? 3 : 4);
  },
);

test('keep: a level is lost with what it took when it was reached, and not before', async () => {
  await laurel.levelTracks.create({ id: 'rank', ...body([10, 20], { goesDown: true }) });
  await earn(25);
  await change(body([10, 40], { goesDown: true }), on(2));
  await debit(5);
  expect(await levelOf()).toBe(3);
  clock.set(on(3));
  await debit(1);
  expect(await levelOf()).toBe(2);
  clock.set(on(4));
  await earn(20);
  expect(await levelOf()).toBe(2);
});

test('recompute: levels follow the new thresholds, down and up, and what a level gives it gives once', async () => {
  const levels = [3, 4].map((level) => ({
    level,
    rewards: [{ kind: 'currency' as const, currency: 'gems', amount: level }],
  }));
  await laurel.levelTracks.create({ id: 'rank', ...body([10, 20, 30], { levels }) });
  await earn(25);
  const gems = async () => (await laurel.as({ userId: 'ada' }).wallets.get('gems')).available;
  expect([await levelOf(), await gems()]).toEqual([3, 3]);
  await change(body([10, 40, 50], { levels, running: 'recompute' }), on(2));
  await earn(0);
  expect([await levelOf(), await gems()]).toEqual([2, 3]);
  await change(body([5, 15, 25], { levels, running: 'recompute' }), on(3));
  await earn(0);
  expect([await levelOf(), await gems()]).toEqual([4, 7]);
});

test('recompute: where a track does not go down, the most that a player ever had decides', async () => {
  await laurel.levelTracks.create({ id: 'rank', ...body([10, 20, 30]) });
  await earn(35);
  await debit(30);
  await earn(1);
  expect(await levelOf()).toBe(4);
  await change(body([10, 34, 50], { running: 'recompute' }), on(2));
  await earn(0);
  expect(await levelOf()).toBe(3);
});

test('a recompute is not lost where another version comes before the player does', async () => {
  await laurel.levelTracks.create({ id: 'rank', ...body([10, 20]) });
  await earn(25);
  await change(body([10, 40], { running: 'recompute' }), on(2));
  await change(body([10, 60]), on(3));
  await earn(0);
  expect(await levelOf()).toBe(2);
});

test('what comes in late counts by the thresholds of then, in whatever order', async () => {
  await laurel.levelTracks.create({ id: 'rank', ...body([10, 30, 60]) });
  const kinds = fc.constantFrom('keep' as const, 'recompute' as const);
  let world = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 3, maxLength: 8 }),
      kinds,
      fc.nat(),
      async (values, running, seed) => {
        world += 1;
        const track = `rank${world}`;
        clock.set(on(1, 0));
        await laurel.levelTracks.create({ id: track, ...body([10, 30, 60], { goesDown: seed % 2 === 0 }) });
        const played = values.map((value, index) => ({ value, occurredAt: on(1, 1 + index) }));
        const seen: unknown[] = [];
        const orders = [played, randomFrom(seed).shuffle(played), randomFrom(seed + 1).shuffle(played)];
        const users = times(orders.length, (index) => `u${world}-${index}`);
        for (const id of users) await laurel.users.create({ id });
        const half = Math.floor(played.length / 2);
        clock.set(on(1, 20));
        for (const [index, order] of orders.entries()) {
          for (const { value, occurredAt } of order.slice(0, half)) await earn(value, occurredAt, users[index]);
        }
        await change(body([15, 25, 70], { goesDown: seed % 2 === 0, running }), on(1, 21), track);
        clock.set(on(1, 22));
        for (const [index, order] of orders.entries()) {
          const userId = users[index] ?? '';
          for (const { value, occurredAt } of order.slice(half)) await earn(value, occurredAt, userId);
          await earn(1, on(1, 22), userId);
          const all = (await laurel.as({ userId }).levels.list().toArray({ max: 100 })).find(
            (one) => one.track === track,
          );
          seen.push(all);
        }
        const total = values.reduce((sum, value) => sum + value, 1);
        const reached = (thresholds: number[], amount: number) => 1 + thresholds.filter((one) => one <= amount).length;
        const now = reached([15, 25, 70], total);
        const level = running === 'recompute' ? now : Math.max(now, reached([10, 30, 60], total - 1));
        expect(seen).toEqual(times(orders.length, () => expect.objectContaining({ level, amount: total })));
      },
    ),
    { numRuns: 10 },
  );
}, 120_000);

test('no level begins anew, and other kinds say why they know `keep` alone', async () => {
  await laurel.levelTracks.create({ id: 'rank', ...body([10]) });
  const reset = laurel.levelTracks.update('rank', body([10], { running: 'reset' }), { ifMatch: 1 });
  expect(await refusalOf(reset)).toMatchObject({
    code: 'unprocessable',
    pointers: ['/running'],
    detail: expect.stringContaining('A level follows from an amount'),
  });
  const currency = laurel.currencies.update('xp', { name: { en: 'XP' }, running: 'recompute' }, { ifMatch: 1 });
  expect(await refusalOf(currency)).toMatchObject({
    code: 'unprocessable',
    pointers: ['/running'],
    detail: expect.stringContaining('no version of a currency changes it'),
  });
});
