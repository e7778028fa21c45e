import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, defineRule, missionOf } from './definitions.ts';
import { codeOf, type Game, openGame, otherProcess, times } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame();
  laurel = game.laurel;
  await defineBasics(laurel);
  await defineRule(laurel, 10);
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

const gift = (amount: number) => ({ rewards: [{ kind: 'currency' as const, currency: 'xp', amount }], note: 'a gift' });

/** The wallet of a player, after checking that each entry follows from the one before it. */
async function checkedBalance(userId: string): Promise<number> {
  const { wallets } = laurel.as({ userId });
  const latest = await wallets.entries('xp', { limit: 9 }).toArray({ max: 10_000 });
  let sum = 0;
  for (const { amount, balance } of latest.toReversed()) {
    sum += amount;
    expect(balance).toBe(sum);
  }
  expect((await wallets.get('xp')).available).toBe(sum);
  return sum;
}

describe('what is given by hand', () => {
  test('200 times at once to one player, amid their events, by two processes: each counts once', async () => {
    await laurel.missions.create({ id: 'ten', ...missionOf(10) });
    const other = await otherProcess(game);
    const writers = [laurel, other.laurel];
    await Promise.all(
      times(200, async (index) => {
        const writer = writers[index % 2] ?? laurel;
        await writer.users.grant('ada', gift(1 + index));
        await writer.events.track({ userId: 'ada', activity: 'lesson' });
      }),
    );
    await other.close();
    expect(await checkedBalance('ada')).toBe((200 * 201) / 2 + 200 * 10 + 50);
    expect(await laurel.ledger.proof()).toMatchObject({ items: [{ currency: 'xp', balanced: true }] });
  });

  test('is given once for a key, however often it is sent at once', async () => {
    const answers = await Promise.all(
      times(30, () => laurel.users.grant('ada', gift(7), { idempotencyKey: 'gift-1' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await checkedBalance('ada')).toBe(7);
    const other = laurel.users.grant('ada', gift(8), { idempotencyKey: 'gift-1' });
    expect(await codeOf(other)).toBe('idempotency_mismatch');
    expect(await checkedBalance('ada')).toBe(7);
  });

  test('is in the proof: outstanding is what the wallets hold', async () => {
    await laurel.users.create({ id: 'bob' });
    await laurel.users.grant('ada', gift(100));
    await laurel.events.track({ userId: 'bob', activity: 'lesson' });
    expect((await laurel.ledger.proof()).items).toEqual([
      { currency: 'xp', legs: 4, sum: 0, outstanding: 110, held: 0, owed: 0, balanced: true },
    ]);
  });
});

describe('amounts', () => {
  test('stay exact: what would leave the range of integers is refused, and nothing of the event counts', async () => {
    await laurel.missions.create({
      id: 'rich',
      ...missionOf(1),
      rewards: times(10, () => ({ kind: 'currency' as const, currency: 'xp', amount: 1_000_000_000_000 })),
    });
    expect(await codeOf(laurel.users.grant('ada', gift(1_000_000_000_001)))).toBe('invalid_request');
    const { effects } = await laurel.events.track({ userId: 'ada', activity: 'lesson' });
    expect(effects.ledger).toHaveLength(11);
    expect(await checkedBalance('ada')).toBe(10_000_000_000_010);
    const [proof] = (await laurel.ledger.proof()).items;
    expect(proof).toMatchObject({ legs: 22, sum: 0, outstanding: 10_000_000_000_010 });
  });
});

describe('rewards without end', () => {
  test('an event that brings about more than a transaction holds is counted whole', async () => {
    for (const index of times(6, Number)) {
      await laurel.missions.create({
        id: `mission-${index}`,
        ...missionOf(1),
        rewards: times(10, () => ({ kind: 'currency' as const, currency: 'xp', amount: 1 })),
      });
    }
    const { effects } = await laurel.events.track({ userId: 'ada', activity: 'lesson' });
    expect(effects.ledger).toHaveLength(61);
    expect(await checkedBalance('ada')).toBe(70);
  });
});
