import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { clockAt, codeOf, type Game, openGame, refusalOf, type TestClock } from '../game/world.ts';
import { defineGame } from './person.ts';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-03-02T08:00:00.000Z');

let game: Game;
let laurel: Laurel;
let clock: TestClock;
let userId: string;
beforeEach(async () => {
  clock = clockAt(new Date(START).toISOString());
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineGame(laurel);
  ({ id: userId } = await laurel.users.create({ displayName: 'Ada' }));
});
afterEach(() => game.close());

/** What the scheduler does at a time. */
async function round(days: number): Promise<void> {
  clock.set(new Date(START + days * DAY).toISOString());
  for (let ran = 1; ran > 0; ) ({ ran } = await runRound(game.platform.inside.platform, turnHandlers, clock.now()));
}

async function erasedAfter(inactiveDays: number): Promise<void> {
  await laurel.workspace.update({ privacy: { inactiveDays } }, { ifMatch: await laurel.workspace.get() });
}

test('whatever would move a restricted user is refused, whoever asks, and moves nothing', async () => {
  const { id: other } = await laurel.users.create({});
  const gems = (amount: number) => ({ userId, currency: 'gems', amount });
  const { event } = await laurel.events.track({ userId, activity: 'lesson' });
  const credit = await laurel.ledger.create({ kind: 'credit', legs: [gems(100)], note: 'A note' });
  const { holds } = await laurel.ledger.create({ kind: 'hold', legs: [gems(7)], note: 'A note' });
  const [hold = ''] = holds;
  const [first, second] = [
    await laurel.as({ userId }).catalog.redeem('mug'),
    await laurel.as({ userId }).catalog.redeem('mug'),
  ];
  await laurel.badgeAwards.create(userId, { badge: 'explorer', reason: 'Well done' });
  await laurel.privacy.restrict(userId);
  const before = await laurel.users.sheet(userId);
  const legs = [gems(-3), { userId: other, currency: 'gems', amount: 3 }];
  const calls: Record<string, () => PromiseLike<unknown>> = {
    void: () => laurel.events.void(event.id, { note: 'A note' }),
    grant: () =>
      laurel.users.grant(userId, { rewards: [{ kind: 'currency', currency: 'gems', amount: 1 }], note: 'A note' }),
    credit: () => laurel.ledger.create({ kind: 'credit', legs: [gems(1)], note: 'A note' }),
    debit: () => laurel.ledger.create({ kind: 'debit', legs: [gems(1)], note: 'A note' }),
    transfer: () => laurel.ledger.create({ kind: 'transfer', legs, note: 'A note' }),
    hold: () => laurel.ledger.create({ kind: 'hold', legs: [gems(1)], note: 'A note' }),
    reverse: () => laurel.ledger.reverse(credit.id, { note: 'A note' }),
    capture: () => laurel.ledger.capture(hold, {}),
    release: () => laurel.ledger.release(hold),
    fulfil: () => laurel.redemptions.fulfil(first.id, { note: 'A note' }),
    cancel: () => laurel.redemptions.cancel(second.id, { note: 'A note' }),
    revoke: () => laurel.badgeAwards.revoke(userId, 'explorer', { reason: 'Not so' }),
    freezes: () => laurel.playerStreaks.grantFreezes(userId, 'daily', { count: 1, note: 'A note' }),
    redeem: () => laurel.as({ userId }).catalog.redeem('mug'),
  };
  for (const [name, ask] of Object.entries(calls)) {
    const { code, detail } = await refusalOf(ask());
    expect([name, code, detail]).toEqual([name, 'unprocessable', expect.stringContaining('restricted')]);
  }
  expect(await laurel.users.sheet(userId)).toEqual(before);
  await laurel.privacy.release(userId);
  expect(await codeOf(laurel.events.void(event.id, { note: 'A note' }))).toBe('none');
});

test('of a restricted user nothing is erased, however long nothing happens', async () => {
  const { id: other } = await laurel.users.create({});
  await erasedAfter(30);
  await laurel.privacy.restrict(userId);
  await round(40);
  expect(await codeOf(laurel.users.get(other))).toBe('not_found');
  expect(await laurel.users.get(userId)).toMatchObject({ status: 'restricted' });
  await laurel.privacy.release(userId);
  await round(60);
  expect(await codeOf(laurel.users.get(userId))).toBe('none');
  await round(75);
  expect(await codeOf(laurel.users.get(userId))).toBe('not_found');
});

test('that something of theirs runs out makes nobody less inactive', async () => {
  const name = { en: 'A name' };
  await laurel.currencies.create({ id: 'stars', name, expiry: { afterDays: 25 } });
  const legs = [{ userId, currency: 'stars', amount: 5 }];
  await laurel.ledger.create({ kind: 'credit', legs, note: 'A note' });
  await erasedAfter(30);
  await round(26);
  const [wallet] = (await laurel.users.wallets(userId)).items.filter(({ currency }) => currency === 'stars');
  expect(wallet?.available).toBe(0);
  await round(29);
  expect(await codeOf(laurel.users.get(userId))).toBe('none');
  await round(32);
  expect(await codeOf(laurel.users.get(userId))).toBe('not_found');
});

test('the prize of a board that was closed while somebody was restricted is theirs once they are released', async () => {
  const reward = { kind: 'currency', currency: 'gems', amount: 100 } as const;
  await laurel.leaderboards.create({
    id: 'weekly',
    name: { en: 'A name' },
    source: { kind: 'count', activity: 'lesson' },
    window: { kind: 'recurring', every: 'week', zone: 'UTC' },
    prizes: [{ places: { kind: 'ranks', from: 1, to: 1 }, rewards: [reward] }],
  });
  await laurel.events.track({ userId, activity: 'lesson' });
  await game.platform.inside.streams.settled();
  await laurel.privacy.restrict(userId);
  const gems = async () => {
    const { items } = await laurel.users.wallets(userId);
    return items.find(({ currency }) => currency === 'gems')?.available;
  };
  await round(9);
  const { items: periods } = await laurel.leaderboards.periods('weekly');
  expect(periods).toContainEqual(expect.objectContaining({ state: 'closed', withheld: 1 }));
  expect(await gems()).toBe(20);
  await laurel.privacy.release(userId);
  await round(12);
  expect(await gems()).toBe(120);
  await round(15);
  expect(await gems()).toBe(120);
  await game.platform.inside.sealer.seal();
  const { items } = await laurel.auditRecords.list({ action: 'system:player.give', target: userId });
  expect(items).toHaveLength(1);
});
