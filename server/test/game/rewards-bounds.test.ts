import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { available, credit } from './economy.ts';
import { clockAt, type Game, openGame } from './world.ts';

type CurrencyCreate = Parameters<Laurel['currencies']['create']>[0];
type RuleCreate = Parameters<Laurel['rewardRules']['create']>[0];

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-10T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.createBatch({ users: [{ id: 'ada' }, { id: 'bob' }, { id: 'cy' }] });
});
afterEach(async () => {
  const proofs = await laurel.ledger.proof().toArray({ max: 100 });
  expect(proofs.filter(({ sum }) => sum !== 0)).toEqual([]);
  await game.close();
});

const as = (userId: string) => laurel.as({ userId });
const gems = (userId = 'ada') => available(laurel, userId, 'gems');
const define = (more: Partial<CurrencyCreate> = {}) =>
  laurel.currencies.create({ id: 'gems', name: { en: 'Gems' }, transferable: true, ...more });
const track = (id: string, userId = 'ada', more: object = {}) =>
  laurel.events.track({ id, userId, activity: 'lesson', ...more });
const rule = (more: Partial<RuleCreate> = {}) =>
  laurel.rewardRules.create({
    id: 'pays',
    name: { en: 'Pays' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [{ kind: 'currency', currency: 'gems', amount: 10 }],
    ...more,
  });
const defineTrack = (levels: Parameters<Laurel['levelTracks']['create']>[0]['levels'] = []) =>
  laurel.levelTracks.create({
    id: 'rank',
    name: { en: 'Rank' },
    currency: 'gems',
    curve: { kind: 'thresholds', thresholds: [10, 30] },
    levels,
  });
const experience = (amount: number) => [{ kind: 'experience' as const, track: 'rank', amount }];

describe('experience', () => {
  test('is an amount of the currency of its track to caps, to boards and to the ledger', async () => {
    await define({ caps: { zone: 'UTC', limits: [{ per: 'day', amount: 12 }] } });
    await defineTrack();
    await laurel.leaderboards.create({
      id: 'earned',
      name: { en: 'Earned' },
      source: { kind: 'earned', currency: 'gems' },
      window: { kind: 'allTime' },
    });
    await rule({ rewards: experience(10) });
    const first = await track('e-1');
    const source = { kind: 'rule', rule: 'pays' };
    expect(first.effects).toMatchObject({
      rewards: [{ kind: 'experience', track: 'rank', amount: 10, source }],
      ledger: [{ currency: 'gems', amount: 10, reason: { kind: 'rule', rule: 'pays', event: 'e-1' } }],
      scores: [{ leaderboard: 'earned', score: 10 }],
      clipped: [],
    });
    expect(first.effects.rewards).toHaveLength(1);
    const second = await track('e-2');
    expect(second.effects.clipped).toEqual([{ currency: 'gems', asked: 10, given: 2, by: 'day', limit: 12 }]);
    expect(second.effects.scores).toMatchObject([{ score: 12 }]);
    expect(await gems()).toBe(12);
    const listed = await as('ada').rewards.list().toArray({ max: 10 });
    expect(listed.map(({ kind }) => kind)).toEqual(['experience', 'experience']);
  });

  test('is never more than a budget of that currency, nor than the wallet may hold', async () => {
    await define({ maximum: 25 });
    await defineTrack();
    await rule({ rewards: experience(10), budget: [{ currency: 'gems', amount: 35 }] });
    const receipts = [];
    for (const [place, userId] of ['ada', 'ada', 'ada', 'bob', 'cy'].entries())
      receipts.push(await track(`e-${place}`, userId));
    expect(await Promise.all(['ada', 'bob', 'cy'].map(gems))).toEqual([25, 10, 0]);
    expect(receipts[2]?.effects.clipped).toMatchObject([{ asked: 10, given: 5, by: 'maximum' }]);
    expect(receipts[4]?.effects.withheld).toEqual([{ rule: 'pays', why: 'budget_exhausted' }]);
  });
});

describe('a budget', () => {
  test('is drawn by what is paid, not by what a cap holds back', async () => {
    await define({ caps: { zone: 'UTC', limits: [{ per: 'day', amount: 5 }] } });
    await rule({ budget: [{ currency: 'gems', amount: 12 }] });
    const users = ['ada', 'ada', 'bob', 'cy'];
    const receipts = [];
    for (const [place, userId] of users.entries()) receipts.push((await track(`e-${place}`, userId)).effects);
    expect(await Promise.all(['ada', 'bob', 'cy'].map(gems))).toEqual([5, 5, 0]);
    expect(receipts.map(({ withheld }) => withheld.map(({ why }) => why))).toEqual([[], [], [], ['budget_exhausted']]);
  });

  test('is never overspent by what a refold finds that a cap does not hold back any more', async () => {
    await define({ caps: { zone: 'UTC', limits: [{ per: 'day', amount: 10 }] } });
    const free = { trigger: { kind: 'event' as const, activity: 'quiz' } };
    await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
    await rule({ id: 'free', ...free, rewards: [{ kind: 'currency', currency: 'gems', amount: 8 }] });
    await rule({ budget: [{ currency: 'gems', amount: 12 }] });
    await laurel.events.track({ id: 'q', userId: 'ada', activity: 'quiz', occurredAt: '2026-06-09T08:00:00Z' });
    await track('e-1', 'ada', { occurredAt: '2026-06-09T09:00:00Z' });
    await track('e-2', 'bob');
    expect([await gems('ada'), await gems('bob')]).toEqual([10, 10]);
    await laurel.events.void('q', { note: 'Mistake' });
    // The budget has paid 2 and 10, and has no more: what the void makes room for is not drawn.
    expect([await gems('ada'), await gems('bob')]).toEqual([2, 10]);
    expect((await track('e-3', 'cy')).effects.withheld).toEqual([{ rule: 'pays', why: 'budget_exhausted' }]);
  });
});

describe('what comes by transfer', () => {
  test('moves levels like any other amount, and earns nothing on a board', async () => {
    await define();
    await defineTrack([{ level: 2, rewards: [{ kind: 'currency', currency: 'xp', amount: 3 }] }]);
    await laurel.leaderboards.create({
      id: 'earned',
      name: { en: 'Earned' },
      source: { kind: 'earned', currency: 'gems' },
      window: { kind: 'allTime' },
    });
    await credit(laurel, 'ada', 'gems', 50);
    await as('ada').transfers.create({ userId: 'bob', currency: 'gems', amount: 20 });
    expect(await as('bob').levels.list().toArray({ max: 5 })).toMatchObject([{ track: 'rank', level: 2 }]);
    expect(await available(laurel, 'bob', 'xp')).toBe(3);
    expect(await as('bob').leaderboards.rank('earned')).toMatchObject({ score: null });
  });

  test('is refused as a whole where two players would have the last of something by one transaction', async () => {
    await define();
    await laurel.catalogItems.create({
      id: 'mug',
      name: { en: 'Mug' },
      price: [{ currency: 'xp', amount: 1 }],
      stock: 1,
    });
    await defineTrack([{ level: 2, rewards: [{ kind: 'item', item: 'mug', quantity: 1 }] }]);
    const legs = ['ada', 'bob'].map((userId) => ({ userId, currency: 'gems', amount: 10 }));
    await expect(laurel.ledger.create({ kind: 'credit', legs, note: 'both' })).rejects.toMatchObject({
      code: 'unprocessable',
    });
    for (const { userId } of legs) await credit(laurel, userId, 'gems', 10);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 1 });
  });
});

describe('a board of the runs of a streak', () => {
  test('has what a repair restores, at once and after the history was folded again', async () => {
    await laurel.streaks.create({
      id: 'daily',
      name: { en: 'Daily' },
      cadence: 'day',
      zone: 'UTC',
      activity: 'lesson',
      repair: { within: 3 },
    });
    await laurel.leaderboards.create({
      id: 'runs',
      name: { en: 'Runs' },
      source: { kind: 'streak', streak: 'daily' },
      window: { kind: 'allTime' },
    });
    for (const day of ['07', '08', '10']) await track(`e-${day}`, 'ada', { occurredAt: `2026-06-${day}T10:00:00Z` });
    const score = async () => (await as('ada').leaderboards.rank('runs')).score;
    expect(await score()).toBe(2);
    const { current } = await as('ada').streaks.repair('daily');
    expect(current).toBeGreaterThan(2);
    expect(await score()).toBe(current);
    await track('e-01', 'ada', { occurredAt: '2026-06-01T10:00:00Z' });
    expect(await score()).toBe(current);
  });
});
