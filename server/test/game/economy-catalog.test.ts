import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settlePlayer } from '../../src/api/settle.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { getUser } from '../../src/store/users.ts';
import { defineBasics } from './definitions.ts';
import { available, checkLaws, credit } from './economy.ts';
import { clockAt, codeOf, codesOf, type Game, HOME, openGame, otherProcess, type TestClock, times } from './world.ts';

type ItemCreate = Parameters<Laurel['catalogItems']['create']>[0];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-11-24T09:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada', language: 'it' });
  await credit(laurel, 'ada', 'xp', 100);
});
afterEach(() => game.close());

const as = (userId: string) => laurel.as({ userId });
const wallet = (userId = 'ada') => as(userId).wallets.get('xp');

/** Offers an item for 10 xp, unless told otherwise. */
function offer(id: string, more: Partial<ItemCreate> = {}) {
  return laurel.catalogItems.create({ id, name: { en: id }, price: [{ currency: 'xp', amount: 10 }], ...more });
}

/** Players who can pay. */
async function crowd(count: number): Promise<string[]> {
  const ids = times(count, (index) => `p${index}`);
  await laurel.users.createBatch({ users: ids.map((id) => ({ id })) });
  for (let start = 0; start < count; start += 16) {
    const legs = ids.slice(start, start + 16).map((userId) => ({ userId, currency: 'xp', amount: 50 }));
    await laurel.ledger.create({ kind: 'credit', legs, note: 'pocket money' });
  }
  return ids;
}

describe('a redemption', () => {
  test('holds the price, and is fulfilled once, or cancelled once', async () => {
    await offer('mug', { stock: 2 });
    const first = await as('ada').catalog.redeem('mug');
    expect(first).toMatchObject({ state: 'held', item: 'mug', code: null, userId: 'ada' });
    expect(await wallet()).toMatchObject({ available: 90, held: 10 });
    const codes = await codesOf(times(20, () => laurel.redemptions.fulfil(first.id, { note: 'sent' })));
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['none', 'hold_closed']));
    expect(await wallet()).toMatchObject({ available: 90, held: 0 });
    const second = await as('ada').catalog.redeem('mug');
    expect(await codeOf(as('ada').catalog.redeem('mug'))).toBe('sold_out');
    expect(await laurel.redemptions.cancel(second.id, {})).toMatchObject({ state: 'cancelled' });
    expect(await codeOf(laurel.redemptions.fulfil(second.id, {}))).toBe('hold_closed');
    expect(await wallet()).toMatchObject({ available: 90, held: 0 });
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 1, left: 1 });
    const mine = await as('ada').redemptions.list().toArray({ max: 10 });
    expect(mine.map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'cancelled'],
      [first.id, 'fulfilled'],
    ]);
    const cancelled = await laurel.redemptions.list({ state: 'cancelled', item: 'mug' }).toArray({ max: 10 });
    expect(cancelled.map(({ id }) => id)).toEqual([second.id]);
    await checkLaws(laurel, ['ada'], 'xp');
  });

  test('that nobody fulfils lapses: the price goes back, and the item into stock', async () => {
    await offer('mug', { stock: 1, fulfilWithinHours: 24, perPlayer: 1 });
    const { id } = await as('ada').catalog.redeem('mug');
    clock.set('2026-11-25T09:00:00Z');
    expect(await as('ada').redemptions.get(id)).toMatchObject({ state: 'expired' });
    expect(await codeOf(laurel.redemptions.fulfil(id, {}))).toBe('hold_closed');
    const { platform } = game.platform.inside;
    const scope = workspaceScope(HOME.tenant, HOME.workspace);
    const ada = await getUser(platform.table, scope, 'ada');
    if (ada === undefined) throw new Error('there is no ada');
    const settle = (at: string) => settlePlayer({ platform, scope }, ada, at);
    expect(await settle('2026-11-25T08:59:59.999Z')).toEqual([]);
    const done = await Promise.all(times(5, () => settle('2026-11-25T09:00:00.000Z')));
    expect(done.flat()).toEqual([{ kind: 'redemptionExpired', at: '2026-11-25T09:00:00.000Z', redemption: id }]);
    expect(await wallet()).toMatchObject({ available: 100, held: 0 });
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 0, left: 1 });
    expect(await as('ada').catalog.redeem('mug')).toMatchObject({ state: 'held' });
    await checkLaws(laurel, ['ada'], 'xp');
  });

  test('that is automatic pays at once; two currencies are paid together or not at all', async () => {
    await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
    const price = [
      { currency: 'xp', amount: 30 },
      { currency: 'gems', amount: 2 },
    ];
    await offer('hat', { price, fulfilment: 'automatic' });
    await credit(laurel, 'ada', 'gems', 1);
    const before = await game.snapshot();
    expect(await codeOf(as('ada').catalog.redeem('hat'))).toBe('insufficient_funds');
    expect(await game.snapshot()).toBe(before);
    await credit(laurel, 'ada', 'gems', 1);
    expect(await as('ada').catalog.redeem('hat')).toMatchObject({ state: 'fulfilled', expiresAt: null });
    expect(await wallet()).toMatchObject({ available: 70, held: 0 });
    expect(await available(laurel, 'ada', 'gems')).toBe(0);
    await checkLaws(laurel, ['ada'], 'gems');
  });
});

describe('what is offered', () => {
  test('is what is valid now and for whom it is meant; nothing else can be had', async () => {
    await offer('now');
    await offer('later', { validFrom: '2026-11-24T11:00:00+01:00' });
    await offer('over', { validUntil: '2026-11-24T09:00:00Z' });
    await offer('english', { audience: { expression: 'user.language == "en"' } });
    await offer('rich', { audience: { expression: 'player.balances["xp"] >= 100' } });
    await offer('poor', { audience: { expression: 'player.balances["xp"] < 100' } });
    await offer('drafted', { draft: true });
    const ids = async () => (await as('ada').catalog.list().toArray({ max: 10 })).map(({ id }) => id);
    expect(await ids()).toEqual(['now', 'rich']);
    for (const id of ['later', 'over', 'english', 'poor', 'drafted', 'none']) {
      expect(await codeOf(as('ada').catalog.redeem(id)), id).toBe('not_found');
      expect(await codeOf(as('ada').catalog.get(id)), id).toBe('not_found');
    }
    clock.set('2026-11-24T10:00:00Z');
    await as('ada').catalog.redeem('now');
    expect(await ids()).toEqual(['later', 'now', 'poor']);
    expect(await codeOf(offer('wrong', { audience: { expression: 'user.langauge == "en"' } }))).toBe(
      'invalid_expression',
    );
    const event = offer('event', { audience: { expression: 'event.value > 1' } });
    expect(await codeOf(event)).toBe('invalid_expression');
    expect(await codeOf(offer('whose', { audience: { segment: 'none' } }))).toBe('unknown_reference');
    await laurel.segments.create({ id: 'italians', name: { en: 'Italians' }, condition: 'user.language == "it"' });
    await laurel.segments.create({ id: 'others', name: { en: 'Others' }, condition: 'user.language != "it"' });
    await offer('segment', { audience: { segment: 'italians' } });
    await offer('beside', { audience: { segment: 'others' } });
    expect(await ids()).toEqual(['later', 'now', 'poor', 'segment']);
    expect(await codeOf(offer('free', { price: [{ currency: 'none', amount: 1 }] }))).toBe('unknown_reference');
  });

  test('says how many are left, and how many are mine, up to a limit', async () => {
    await offer('mug', { stock: 5, perPlayer: 2 });
    await as('ada').catalog.redeem('mug');
    expect(await as('ada').catalog.get('mug')).toMatchObject({ left: 4, perPlayer: 2, mine: 1 });
    const codes = await codesOf(times(8, () => as('ada').catalog.redeem('mug')));
    expect(codes.toSorted()).toEqual(['none', ...times(7, () => 'unprocessable')]);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ stock: 5, taken: 2, left: 3 });
  });
});

describe('64 buyers by two processes', () => {
  test('of a stock of 10: exactly 10 have one, and nobody else paid', async () => {
    await offer('mug', { stock: 10 });
    const buyers = await crowd(64);
    const other = await otherProcess(game);
    const codes = await codesOf(
      buyers.map((userId, index) => (index % 2 === 0 ? laurel : other.laurel).as({ userId }).catalog.redeem('mug')),
    );
    await other.close();
    expect(codes.filter((code) => code === 'none')).toHaveLength(10);
    expect(new Set(codes)).toEqual(new Set(['none', 'sold_out']));
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 10, left: 0 });
    const sold = await laurel.redemptions.list({ item: 'mug' }).toArray({ max: 100 });
    expect(new Set(sold.map(({ userId }) => userId)).size).toBe(10);
    const held = await Promise.all(buyers.map(async (userId) => (await wallet(userId)).held));
    expect(held.reduce((sum, one) => sum + one, 0)).toBe(100);
    await checkLaws(laurel, [...buyers, 'ada'], 'xp');
  });

  test('of 20 codes: each code has one owner, and nobody else sees it', async () => {
    await offer('voucher', { codes: true, fulfilment: 'automatic' });
    expect(await codeOf(as('ada').catalog.redeem('voucher'))).toBe('sold_out');
    const pool = times(20, (index) => `CODE-${index}`);
    expect(await laurel.catalogItems.addCodes('voucher', { codes: pool })).toEqual({ added: 20, known: 0 });
    const again = [...pool.slice(10), pool[0] ?? ''];
    expect(await laurel.catalogItems.addCodes('voucher', { codes: again })).toEqual({ added: 0, known: 11 });
    const buyers = await crowd(64);
    const other = await otherProcess(game);
    const answers = await Promise.allSettled(
      buyers.map((userId, index) => (index % 2 === 0 ? laurel : other.laurel).as({ userId }).catalog.redeem('voucher')),
    );
    await other.close();
    const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(given.map(({ code }) => code).toSorted()).toEqual(pool.toSorted());
    expect(await laurel.catalogItems.stock('voucher')).toMatchObject({ freeCodes: 0, stock: null });
    const seen = JSON.stringify(await laurel.redemptions.list().toArray({ max: 100 }));
    for (const code of pool) expect(seen).not.toContain(code);
    const { id, userId, code } = given[0] ?? { id: '', userId: '', code: '' };
    expect(await as(userId).redemptions.get(id)).toMatchObject({ code });
    expect(await codeOf(as('ada').redemptions.get(id))).toBe('not_found');
  });

  test('a code that was reserved and not given comes back', async () => {
    await offer('voucher', { codes: true });
    await laurel.catalogItems.addCodes('voucher', { codes: ['ONLY'] });
    const held = await as('ada').catalog.redeem('voucher');
    expect(held.code).toBeNull();
    expect(await codeOf(as('ada').catalog.redeem('voucher'))).toBe('sold_out');
    await laurel.redemptions.cancel(held.id, {});
    const next = await as('ada').catalog.redeem('voucher');
    await laurel.redemptions.fulfil(next.id, {});
    expect(await as('ada').redemptions.get(next.id)).toMatchObject({ state: 'fulfilled', code: 'ONLY' });
    expect(await as('ada').redemptions.get(held.id)).toMatchObject({ state: 'cancelled', code: null });
  });
});
