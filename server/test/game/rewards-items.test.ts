import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, missionOf } from './definitions.ts';
import { credit } from './economy.ts';
import { clockAt, codeOf, type Game, openGame, otherProcess, type TestClock, times } from './world.ts';

type ItemCreate = Parameters<Laurel['catalogItems']['create']>[0];
type RuleCreate = Parameters<Laurel['rewardRules']['create']>[0];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-10T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.createBatch({ users: [{ id: 'ada' }, { id: 'bob' }] });
});
afterEach(async () => {
  const proofs = await laurel.ledger.proof().toArray({ max: 100 });
  expect(proofs.filter(({ sum }) => sum !== 0)).toEqual([]);
  await game.close();
});

const as = (userId: string) => laurel.as({ userId });
const offer = (id: string, more: Partial<ItemCreate> = {}) =>
  laurel.catalogItems.create({ id, name: { en: id }, price: [{ currency: 'xp', amount: 10 }], ...more });
const change = async (id: string, more: Partial<ItemCreate>) => {
  const item = await laurel.catalogItems.get(id);
  const { name, price, stock } = item;
  const body = { name, price, ...(stock === undefined ? {} : { stock }), ...more };
  await laurel.catalogItems.update(id, body, { ifMatch: item });
};
const mug = (quantity = 1) => ({ kind: 'item' as const, item: 'mug', quantity });
const rule = (more: Partial<RuleCreate> = {}) =>
  laurel.rewardRules.create({
    id: 'gift',
    name: { en: 'A gift' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [mug()],
    ...more,
  });
const track = (id: string, userId = 'ada', more: object = {}) =>
  laurel.events.track({ id, userId, activity: 'lesson', ...more });
const redemptions = (userId = 'ada') => as(userId).redemptions.list().toArray({ max: 100 });

describe('an item that a rule gives', () => {
  test('is a redemption that is fulfilled and cost nothing, with a code of its own, out of the stock', async () => {
    await offer('mug', { stock: 5, codes: true, perPlayer: 3 });
    await laurel.catalogItems.addCodes('mug', { codes: ['A', 'B', 'C'] });
    await rule({ rewards: [mug(2)] });
    const { effects } = await track('e-1');
    expect(effects.rewards).toMatchObject([{ ...mug(2), source: { kind: 'rule', rule: 'gift' }, claim: null }]);
    const mine = await redemptions();
    const source = { kind: 'rule', rule: 'gift' };
    const given = { item: 'mug', itemVersion: 1, userId: 'ada', state: 'fulfilled', price: [], source };
    expect(mine).toMatchObject([given, given]);
    const codes = mine.map(({ code }) => code);
    expect(new Set(codes).size).toBe(2);
    for (const code of codes) expect(['A', 'B', 'C']).toContain(code);
    expect(await as('ada').redemptions.get(mine[0]?.id ?? '')).toEqual(mine[0]);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 2, left: 3, freeCodes: 1 });
    expect(await as('ada').catalog.get('mug')).toMatchObject({ mine: 2, left: 3 });
    const seen = await laurel.redemptions.list({ userId: 'ada' }).toArray({ max: 10 });
    expect(seen).toMatchObject([given, given]);
    expect(await laurel.users.redemptions('ada').toArray({ max: 10 })).toEqual(seen);
    expect(await codeOf(laurel.redemptions.cancel(mine[0]?.id ?? '', {}))).toBe('hold_closed');
    // The same event again gives the same, once.
    expect((await track('e-1')).effects.rewards).toEqual(effects.rewards);
    expect(await redemptions()).toHaveLength(2);
  });

  test('counts as one that the player has: they buy so many fewer, and no limit keeps a reward back', async () => {
    await offer('mug', { perPlayer: 1 });
    await rule();
    await credit(laurel, 'ada', 'xp', 100);
    await track('e-1');
    expect(await codeOf(as('ada').catalog.redeem('mug'))).toBe('unprocessable');
    await track('e-2');
    expect(await as('ada').catalog.get('mug')).toMatchObject({ mine: 2, perPlayer: 1 });
  });

  test('is withheld by name where it is sold out or not offered, with all that the rule gives, and costs no cap', async () => {
    await offer('mug', { stock: 2 });
    const xp = { kind: 'currency' as const, currency: 'xp', amount: 5 };
    const budget = [{ currency: 'xp', amount: 20 }];
    await rule({ rewards: [mug(), xp, mug()], caps: { perPlayer: 1 }, budget });
    expect((await track('e-1', 'bob')).effects.rewards).toHaveLength(3);
    const refused = await track('e-2');
    expect(refused.effects).toMatchObject({ rewards: [], ledger: [], withheld: [{ rule: 'gift', why: 'sold_out' }] });
    expect(await redemptions()).toEqual([]);
    await change('mug', { stock: 4, validUntil: '2026-06-11T00:00:00Z' });
    // What was decided stays, also where the history is folded again; what comes next is decided anew.
    await track('e-0', 'ada', { occurredAt: '2026-06-01T00:00:00Z' });
    expect(await redemptions()).toHaveLength(2);
    expect((await laurel.events.explain('e-2')).rules).toMatchObject([{ id: 'gift', fired: false }]);
    clock.set('2026-06-12T00:00:00Z');
    await laurel.users.create({ id: 'cy' });
    expect((await track('e-3', 'cy')).effects.withheld).toEqual([{ rule: 'gift', why: 'not_offered' }]);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 4, left: 0 });
  });

  test('stays where the event is voided or another takes its place: what others could have had is given once', async () => {
    await offer('mug', { stock: 5 });
    await laurel.missions.create({ id: 'two', ...missionOf(2), rewards: [mug()] });
    const day = (date: number) => ({ occurredAt: `2026-06-0${date}T12:00:00Z` });
    await track('e-5', 'ada', day(5));
    const done = await track('e-6', 'ada', day(6));
    expect(done.effects.rewards).toMatchObject([{ ...mug(), source: { kind: 'mission', mission: 'two' } }]);
    const [first] = await redemptions();
    await track('e-1', 'ada', day(1));
    await laurel.events.void('e-1', { note: 'Mistake' });
    await laurel.events.void('e-6', { note: 'Mistake' });
    expect(await redemptions()).toEqual([first]);
    await track('e-7', 'ada', day(7));
    expect(await redemptions()).toEqual([first]);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 1 });
  });

  test('of a mission and a level is withheld alone where it is sold out: the rest is given', async () => {
    await offer('mug', { stock: 0 });
    const xp = { kind: 'currency' as const, currency: 'xp', amount: 10 };
    await laurel.missions.create({ id: 'one', ...missionOf(1), rewards: [mug(), xp] });
    await laurel.levelTracks.create({
      id: 'rank',
      name: { en: 'Rank' },
      currency: 'xp',
      curve: { kind: 'thresholds', thresholds: [10] },
      levels: [{ level: 2, rewards: [mug()] }],
    });
    const { effects } = await track('e-1');
    expect(effects.rewards).toMatchObject([xp]);
    expect(effects.withheld).toMatchObject([
      { source: { kind: 'mission', mission: 'one' }, why: 'sold_out' },
      { source: { kind: 'level', track: 'rank', level: 2 }, why: 'sold_out' },
    ]);
  });

  test('is told by a dry run as it would be, also within a batch, and nothing is written', async () => {
    await offer('mug', { stock: 7, codes: true });
    await laurel.catalogItems.addCodes('mug', { codes: times(5, (index) => `C-${index}`) });
    await rule();
    const events = times(40, (index) => ({ id: `e-${index}`, userId: 'ada', activity: 'lesson' }));
    const before = await game.snapshot();
    const dry = await laurel.events.trackBatch({ events, dryRun: true });
    expect(await game.snapshot()).toBe(before);
    const real = await laurel.events.trackBatch({ events });
    const told = ({ items }: typeof dry) =>
      items.map((item) =>
        item.status === 'accepted' ? [item.receipt.effects.rewards, item.receipt.effects.withheld] : [],
      );
    expect(told(dry)).toEqual(told(real));
    expect((await redemptions()).map(({ code }) => code).toSorted()).toEqual(times(5, (index) => `C-${index}`));
  });
});

describe('64 players by two processes', () => {
  test('earn the last 10: exactly 10 are given, each with a code of its own, and every other is told so', async () => {
    await offer('mug', { stock: 10, codes: true });
    await laurel.catalogItems.addCodes('mug', { codes: times(30, (index) => `C-${index}`) });
    await rule();
    const players = times(64, (index) => `p-${index}`);
    await laurel.users.createBatch({ users: players.map((id) => ({ id })) });
    const other = await otherProcess(game);
    const receipts = await Promise.all(
      players.map((userId, index) =>
        (index % 2 === 0 ? laurel : other.laurel).events.track({ id: `e-${userId}`, userId, activity: 'lesson' }),
      ),
    );
    await other.close();
    expect(receipts.filter(({ effects }) => effects.rewards.length === 1)).toHaveLength(10);
    const withheld = receipts.flatMap(({ effects }) => effects.withheld);
    expect(withheld).toEqual(times(54, () => ({ rule: 'gift', why: 'sold_out' })));
    const given = (await Promise.all(players.map(redemptions))).flat();
    expect(given).toHaveLength(10);
    expect(new Set(given.map(({ code }) => code)).size).toBe(10);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 10, left: 0, freeCodes: 20 });
  });
});

describe('an item that is to be claimed', () => {
  const claimable = { ...mug(), claim: { within: 'P7D' } };

  test('is taken when it is claimed, once, however often it is asked for', async () => {
    await offer('mug', { stock: 1 });
    await rule({ rewards: [claimable] });
    const { effects } = await track('e-1');
    const id = effects.rewards[0]?.claim?.id ?? 'none';
    await track('e-2', 'bob');
    const [bobs] = await as('bob').rewards.list({ state: 'claimable' }).toArray({ max: 5 });
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 0 });
    const answers = await Promise.all(times(8, () => as('ada').rewards.claim(id)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await redemptions()).toMatchObject([{ item: 'mug', state: 'fulfilled', price: [] }]);
    // Sold out: nothing is lost as long as it can be claimed.
    expect(await codeOf(as('bob').rewards.claim(bobs?.id ?? 'none'))).toBe('sold_out');
    expect(await as('bob').rewards.list().toArray({ max: 5 })).toMatchObject([{ state: 'claimable' }]);
    await change('mug', { stock: 2 });
    expect(await as('bob').rewards.claim(bobs?.id ?? 'none')).toMatchObject({ state: 'claimed' });
    expect(await redemptions('bob')).toHaveLength(1);
    await laurel.events.void('e-1', { note: 'Mistake' });
    expect(await redemptions()).toHaveLength(1);
  });
});
