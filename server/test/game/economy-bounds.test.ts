import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { available, checkLaws, credit, debit } from './economy.ts';
import { clockAt, codeOf, type Game, openGame, randomFrom, type TestClock, times } from './world.ts';

type CurrencyCreate = Parameters<Laurel['currencies']['create']>[0];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-03-20T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.users.create({ id: 'ada', zone: 'Pacific/Auckland' });
  await laurel.users.create({ id: 'bob', zone: 'America/Los_Angeles' });
});
afterEach(() => game.close());

/** A currency of which each lesson pays 7. */
async function define(more: Partial<CurrencyCreate>): Promise<void> {
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' }, transferable: true, ...more });
  await laurel.rewardRules.create({
    id: 'pays',
    name: { en: 'Pays' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [{ kind: 'currency', currency: 'gems', amount: 7 }],
  });
}

const lesson = (id: string, occurredAt: string, more = {}) =>
  laurel.events.track({ id, userId: 'ada', activity: 'lesson', occurredAt, ...more });

describe('a cap on what is earned', () => {
  test('gives up to it, names what it held back, and does not count what is given by hand', async () => {
    await define({ caps: { zone: 'UTC', limits: [{ per: 'day', amount: 10 }] } });
    expect((await lesson('e1', '2026-03-10T01:00:00Z')).effects).toMatchObject({
      rewards: [{ amount: 7 }],
      clipped: [],
    });
    const { effects } = await lesson('e2', '2026-03-10T02:00:00Z');
    expect(effects).toMatchObject({
      rewards: [{ amount: 3 }],
      clipped: [{ currency: 'gems', asked: 7, given: 3, by: 'day', limit: 10 }],
    });
    const third = await lesson('e3', '2026-03-10T03:00:00Z', { dryRun: true });
    expect(third.effects).toMatchObject({ rewards: [], ledger: [], clipped: [{ asked: 7, given: 0 }] });
    expect((await lesson('e3', '2026-03-10T03:00:00Z')).effects).toEqual(third.effects);
    const { rules } = await laurel.events.explain('e3');
    expect(rules).toContainEqual({
      kind: 'currency',
      id: 'gems',
      version: 1,
      fired: false,
      why: 'cap_reached',
      values: { asked: 7, given: 0, limit: 10, per: 'day' },
    });
    await credit(laurel, 'ada', 'gems', 100);
    expect((await lesson('e4', '2026-03-11T00:00:00Z')).effects.rewards).toMatchObject([{ amount: 7 }]);
    expect(await available(laurel, 'ada', 'gems')).toBe(117);
    await checkLaws(laurel, ['ada'], 'gems');
  });

  test('is in event time: a late event earns in its own day, and a voided one makes room', async () => {
    await define({ caps: { zone: 'UTC', limits: [{ per: 'day', amount: 10 }] } });
    await lesson('e2', '2026-03-10T02:00:00Z');
    await lesson('e3', '2026-03-10T03:00:00Z');
    const late = await lesson('e1', '2026-03-10T01:00:00Z');
    expect(late.effects.rewards).toMatchObject([{ amount: 7 }]);
    const entries = await laurel.as({ userId: 'ada' }).wallets.entries('gems').toArray({ max: 100 });
    // What the later ones were given goes back, since they are over the cap now: each line says because of which event.
    expect(entries.filter(({ amount }) => amount < 0)).toMatchObject([
      { amount: -3, correctedBy: 'e1' },
      { amount: -4, correctedBy: 'e1' },
    ]);
    expect(await available(laurel, 'ada', 'gems')).toBe(10);
    await laurel.events.void('e1', { note: 'a mistake' });
    expect(await available(laurel, 'ada', 'gems')).toBe(10);
    await laurel.events.void('e2', { note: 'a mistake' });
    expect(await available(laurel, 'ada', 'gems')).toBe(7);
    await checkLaws(laurel, ['ada'], 'gems');
  });

  test.each([
    ['user', 'ada', 'Pacific/Auckland'],
    ['user', 'bob', 'America/Los_Angeles'],
    ['Asia/Kathmandu', 'ada', 'Asia/Kathmandu'],
  ])('by day, week and month in %s, for %s: as counting by the calendar says', async (zone, userId, counted) => {
    const limits = [
      { per: 'day' as const, amount: 14 },
      { per: 'week' as const, amount: 30 },
      { per: 'month' as const, amount: 70 },
    ];
    await define({ caps: { zone, limits } });
    const { below, shuffle } = randomFrom(7);
    const from = Date.parse('2026-02-20T00:00:00Z');
    const instants = times(60, (index) => from + index * 8 * 3_600_000 + below(8 * 3_600_000 - 1000)).map((time) =>
      new Date(time).toISOString(),
    );
    await laurel.events.trackBatch({
      events: shuffle(instants).map((occurredAt) => ({ id: occurredAt, userId, activity: 'lesson', occurredAt })),
    });
    const day = new Intl.DateTimeFormat('sv', { timeZone: counted, dateStyle: 'short' });
    const sums = new Map<string, number>();
    let expected = 0;
    for (const instant of instants) {
      const date = day.format(new Date(instant));
      const monday = new Date(`${date}T00:00:00Z`);
      monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
      const keys = [date, monday.toISOString(), date.slice(0, 7)];
      const rooms = keys.map((key, index) => (limits[index]?.amount ?? 0) - (sums.get(key) ?? 0));
      const given = Math.min(7, ...rooms);
      for (const key of keys) sums.set(key, (sums.get(key) ?? 0) + given);
      expected += given;
    }
    expect(expected).toBeLessThan(60 * 7);
    expect(await available(laurel, userId, 'gems')).toBe(expected);
    await checkLaws(laurel, [userId], 'gems');
  });
});

describe('the bounds of a currency', () => {
  test('a minimum is not spent, by nobody', async () => {
    await define({ minimum: 10 });
    await credit(laurel, 'ada', 'gems', 25);
    expect(await codeOf(debit(laurel, 'ada', 'gems', 16))).toBe('insufficient_funds');
    const give = (amount: number) =>
      codeOf(laurel.as({ userId: 'ada' }).transfers.create({ userId: 'bob', currency: 'gems', amount }));
    expect(await give(16)).toBe('insufficient_funds');
    expect(await give(15)).toBe('none');
    expect(await available(laurel, 'ada', 'gems')).toBe(10);
  });

  test('a maximum stops what is earned, and refuses what is given', async () => {
    await define({ maximum: 10 });
    await lesson('e1', '2026-03-10T01:00:00Z');
    expect((await lesson('e2', '2026-03-10T02:00:00Z')).effects).toMatchObject({
      rewards: [{ amount: 3 }],
      clipped: [{ asked: 7, given: 3, by: 'maximum', limit: 10 }],
    });
    expect(await codeOf(credit(laurel, 'ada', 'gems', 1))).toBe('unprocessable');
    const rewards = [{ kind: 'currency' as const, currency: 'gems', amount: 1 }];
    expect(await codeOf(laurel.users.grant('ada', { rewards, note: 'a gift' }))).toBe('unprocessable');
    await credit(laurel, 'bob', 'gems', 5);
    const give = laurel.as({ userId: 'bob' }).transfers.create({ userId: 'ada', currency: 'gems', amount: 5 });
    expect(await codeOf(give)).toBe('unprocessable');
    expect(await codeOf(define({ id: 'odd', minimum: 5, maximum: 4 }))).toBe('invalid_request');
    await checkLaws(laurel, ['ada', 'bob'], 'gems');
  });
});
