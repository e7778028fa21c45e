import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { available } from './economy.ts';
import { clockAt, codeOf, codesOf, type Game, openGame, refusalOf, times } from './world.ts';

type Board = Parameters<Laurel['leaderboards']['create']>[0];
type Rewards = Parameters<Laurel['users']['grant']>[1]['rewards'];

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-10T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' }, maximum: 30 });
  await laurel.badges.create({ id: 'star', name: { en: 'Star' }, criteria: { en: 'x' }, tiers: [{ count: 1 }] });
  await laurel.levelTracks.create({
    id: 'rank',
    name: { en: 'Rank' },
    currency: 'xp',
    curve: { kind: 'thresholds', thresholds: [10] },
  });
  await laurel.streaks.create({
    id: 'daily',
    name: { en: 'Daily' },
    cadence: 'day',
    zone: 'UTC',
    activity: 'lesson',
    freezes: { most: 5 },
  });
  await laurel.catalogItems.create({
    id: 'mug',
    name: { en: 'Mug' },
    price: [{ currency: 'gems', amount: 7 }],
    stock: 2,
  });
  await laurel.users.createBatch({ users: ['ada', 'bob', 'cy', 'dan'].map((id) => ({ id })) });
});
afterEach(async () => {
  const proofs = await laurel.ledger.proof().toArray({ max: 100 });
  expect(proofs.filter(({ sum }) => sum !== 0)).toEqual([]);
  await game.close();
});

const as = (userId: string) => laurel.as({ userId });
const grant = (rewards: Rewards, userId = 'ada') => laurel.users.grant(userId, { rewards, note: 'Thanks' });
const gems = (amount: number) => ({ kind: 'currency' as const, currency: 'gems', amount });
const everything = [
  gems(5),
  { kind: 'badge' as const, badge: 'star' },
  { kind: 'experience' as const, track: 'rank', amount: 12 },
  { kind: 'streakFreeze' as const, streak: 'daily', count: 2 },
  { kind: 'item' as const, item: 'mug', quantity: 1 },
];
const listed = async (userId: string) => as(userId).rewards.list().toArray({ max: 20 });

/** What a player has of all that a reward can be. */
async function has(userId: string) {
  const { badges, levels, wallets, streaks } = await laurel.users.sheet(userId);
  const mugs = await as(userId).redemptions.list().toArray({ max: 10 });
  return {
    gems: wallets.find(({ currency }) => currency === 'gems')?.available ?? 0,
    badges: badges.map(({ badge }) => badge),
    level: levels[0]?.level,
    freezes: streaks[0]?.freezes,
    mugs: mugs.length,
  };
}
const ALL = { gems: 5, badges: ['star'], level: 2, freezes: 2, mugs: 1 };

describe('a grant by hand', () => {
  test('gives every kind of reward, and is listed among the rewards of the player', async () => {
    const answer = await grant(everything);
    expect(answer.ledger.map(({ currency, amount }) => [currency, amount])).toEqual([
      ['gems', 5],
      ['xp', 12],
    ]);
    expect(await has('ada')).toEqual(ALL);
    const rewards = await listed('ada');
    expect(rewards.map(({ kind }) => kind).toSorted()).toEqual(everything.map(({ kind }) => kind).toSorted());
    for (const { source } of rewards) expect(source).toEqual({ kind: 'grant', note: 'Thanks' });
  });

  test('is refused as a whole where something does not exist, is sold out, or is more than a wallet holds', async () => {
    const before = await game.snapshot();
    const wrong: Rewards = [gems(1), { kind: 'badge', badge: 'none' }];
    expect(await refusalOf(grant(wrong))).toMatchObject({ code: 'unknown_reference', pointers: ['/rewards/1/badge'] });
    expect(await codeOf(grant([gems(1), { kind: 'item', item: 'mug', quantity: 3 }]))).toBe('sold_out');
    expect(await refusalOf(grant([gems(20), gems(11)]))).toMatchObject({
      code: 'unprocessable',
      pointers: ['/rewards/1/amount'],
    });
    expect(await game.snapshot()).toBe(before);
  });

  test('is reversed once, in all its amounts; what was spent meanwhile is owed', async () => {
    const answer = await grant([gems(20), gems(3), ...everything.slice(1, 3)]);
    const [transaction] = new Set(answer.ledger.map((entry) => entry.transaction));
    expect(await laurel.ledger.get(transaction ?? 'none')).toMatchObject({ kind: 'grant', note: 'Thanks' });
    await laurel.ledger.create({ kind: 'debit', legs: [{ userId: 'ada', currency: 'gems', amount: 20 }], note: 'x' });
    const codes = await codesOf(times(6, () => laurel.ledger.reverse(transaction ?? 'none', { note: 'Wrong player' })));
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['none', 'already_reversed']));
    expect(await as('ada').wallets.get('gems')).toMatchObject({ available: 0, owed: 20 });
    expect(await available(laurel, 'ada', 'xp')).toBe(0);
  });
});

describe('a capture', () => {
  test('of a hold is reversed once, into the wallet', async () => {
    await grant([gems(10)]);
    const hold = { kind: 'hold' as const, legs: [{ userId: 'ada', currency: 'gems', amount: 8 }], note: 'h' };
    const { holds } = await laurel.ledger.create(hold);
    await laurel.ledger.capture(holds[0] ?? 'none', { amount: 6 });
    const [captured] = await laurel.ledger.list({ kind: 'capture', userId: 'ada' }).toArray({ max: 5 });
    await laurel.ledger.reverse(captured?.id ?? 'none', { note: 'Refund' });
    expect(await codeOf(laurel.ledger.reverse(captured?.id ?? 'none', { note: 'Refund' }))).toBe('already_reversed');
    expect(await as('ada').wallets.get('gems')).toMatchObject({ available: 8, held: 2 });
  });

  test('of a redemption that was fulfilled is reversed: the player has the price back', async () => {
    await grant([gems(10)]);
    const { id } = await as('ada').catalog.redeem('mug');
    const [held] = await laurel.ledger.list({ kind: 'redemption', userId: 'ada' }).toArray({ max: 5 });
    expect(await codeOf(laurel.ledger.reverse(held?.id ?? 'none', { note: 'x' }))).toBe('unprocessable');
    await laurel.redemptions.fulfil(id, {});
    const [captured] = await laurel.ledger.list({ kind: 'capture', userId: 'ada' }).toArray({ max: 5 });
    await laurel.ledger.reverse(captured?.id ?? 'none', { note: 'It broke' });
    expect(await as('ada').wallets.get('gems')).toMatchObject({ available: 10, held: 0 });
  });

  test('that was automatic is reversed as the redemption itself', async () => {
    const price = [{ currency: 'gems', amount: 4 }];
    await laurel.catalogItems.create({ id: 'hat', name: { en: 'Hat' }, price, fulfilment: 'automatic' });
    await grant([gems(10)]);
    await as('ada').catalog.redeem('hat');
    const [paid] = await laurel.ledger.list({ kind: 'redemption', userId: 'ada' }).toArray({ max: 5 });
    await laurel.ledger.reverse(paid?.id ?? 'none', { note: 'It broke' });
    expect(await as('ada').wallets.get('gems')).toMatchObject({ available: 10 });
  });
});

describe('the prizes of a board', () => {
  const board = (more: Partial<Board>) =>
    laurel.leaderboards.create({
      id: 'lessons',
      name: { en: 'Lessons' },
      source: { kind: 'sum', activity: 'lesson' },
      window: { kind: 'allTime' },
      ...more,
    });
  const first = { kind: 'ranks' as const, from: 1, to: 1 };
  /** Ada 9, bob and cy 5, dan 1. */
  async function play(): Promise<void> {
    for (const [userId, value] of Object.entries({ ada: 9, bob: 5, cy: 5, dan: 1 }))
      await laurel.events.track({ userId, activity: 'lesson', value });
  }
  const close = () => laurel.leaderboards.close('lessons', { period: 'all' });

  test('are rewards of every kind, and listed among those of the player', async () => {
    await board({ prizes: [{ places: first, rewards: everything }] });
    await play();
    await close();
    await close();
    expect(await has('ada')).toEqual(ALL);
    const rewards = await listed('ada');
    expect(rewards).toHaveLength(5);
    const source = { kind: 'prize', of: 'leaderboard', id: 'lessons', period: 'all', rank: 1 };
    for (const reward of rewards) expect(reward.source).toEqual(source);
    expect(await has('bob')).toMatchObject({ gems: 0, badges: [], mugs: 0 });
  });

  test('are what a wallet may still hold and what there is of an item: the ledger and the period say so', async () => {
    await grant([gems(25)]);
    await grant([gems(30)], 'bob');
    await laurel.catalogItems.create({
      id: 'cup',
      name: { en: 'Cup' },
      price: [gems(1)].map(({ kind: _, ...one }) => one),
      stock: 1,
    });
    const rewards = [gems(50), { kind: 'item' as const, item: 'cup', quantity: 1 }];
    await board({ ties: 'ordinal', prizes: [{ places: { kind: 'ranks', from: 1, to: 3 }, rewards }] });
    await play();
    expect(await close()).toMatchObject({ granted: 3, withheld: 0, reduced: 3 });
    expect(await Promise.all(['ada', 'bob', 'cy'].map((userId) => available(laurel, userId, 'gems')))).toEqual([
      30, 30, 30,
    ]);
    const [entry] = await as('ada').wallets.entries('gems').toArray({ max: 1 });
    expect(entry).toMatchObject({ amount: 5, reason: { kind: 'prize', rank: 1, promised: 50 } });
    expect((await laurel.redemptions.list({ item: 'cup' }).toArray({ max: 5 })).map(({ userId }) => userId)).toEqual([
      'ada',
    ]);
  });

  test('of equals who share go one each, what is no amount included, to those who were there first', async () => {
    const places = { kind: 'ranks' as const, from: 2, to: 2 };
    await board({ tiedPrizes: 'split', prizes: [{ places, rewards: [gems(9), ...everything.slice(1)] }] });
    await play();
    await close();
    expect(await has('bob')).toEqual({ ...ALL, gems: 5, freezes: 1, level: 1 });
    expect(await has('cy')).toEqual({ gems: 4, badges: [], level: 1, freezes: 1, mugs: 0 });
  });

  test('come by rules as well, for the top ranks or the top percent', async () => {
    const trigger = { kind: 'leaderboardClosed' as const, leaderboard: 'lessons' };
    const rewards = (amount: number) => [gems(amount)];
    const define = (id: string, more: object, amount: number) =>
      laurel.rewardRules.create({ id, name: { en: id }, trigger: { ...trigger, ...more }, rewards: rewards(amount) });
    await board({});
    await define('half', { topPercent: 50 }, 1);
    await define('few', { topPercent: 1 }, 10);
    await define('both', { topRank: 1, topPercent: 100 }, 5);
    await play();
    await close();
    const amounts = await Promise.all(['ada', 'bob', 'cy', 'dan'].map((userId) => available(laurel, userId, 'gems')));
    // Half of four players is two places: the second is shared by bob and cy.
    expect(amounts).toEqual([16, 1, 1, 0]);
  });
});

describe('what each source of rewards gave', () => {
  test('is told of levels by their track, of prizes, of what is given by hand, and of what is no amount', async () => {
    await laurel.levelTracks.create({
      id: 'ladder',
      name: { en: 'Ladder' },
      currency: 'gems',
      curve: { kind: 'thresholds', thresholds: [5] },
      levels: [{ level: 2, rewards: [gems(2)] }],
    });
    const trigger = { kind: 'event' as const, activity: 'lesson' };
    await laurel.rewardRules.create({ id: 'all', name: { en: 'All' }, trigger, rewards: everything });
    await laurel.events.track({ id: 'e-1', userId: 'ada', activity: 'lesson' });
    await grant([gems(1)], 'bob');
    await game.platform.inside.streams.settled();
    const day = { from: '2026-06-10', to: '2026-06-10' };
    const { rows } = await laurel.analytics.rewards(day);
    const told = rows.map(({ source, id, kind, of, amount, times: often }) => [source, id, kind, of, amount, often]);
    expect(told.toSorted()).toEqual([
      ['grant', 'hand', 'currency', 'gems', 1, 1],
      ['level', 'ladder', 'currency', 'gems', 2, 1],
      ['rule', 'all', 'badge', 'star', 1, 1],
      ['rule', 'all', 'currency', 'gems', 5, 1],
      ['rule', 'all', 'currency', 'xp', 12, 1],
      ['rule', 'all', 'item', 'mug', 1, 1],
      ['rule', 'all', 'streakFreeze', 'daily', 2, 1],
    ]);
  });
});
