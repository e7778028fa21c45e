import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { available, checkLaws, credit } from './economy.ts';
import { toldIn } from './told.ts';
import { clockAt, codeOf, codesOf, type Game, HOME, openGame, otherProcess, times } from './world.ts';

type ItemCreate = Parameters<Laurel['catalogItems']['create']>[0];

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-10T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  await laurel.users.createBatch({ users: [{ id: 'ada' }, { id: 'bob' }] });
  for (const id of ['ada', 'bob']) {
    await credit(laurel, id, 'xp', 100);
    await credit(laurel, id, 'gems', 10);
  }
});
afterEach(() => game.close());

const price = [
  { currency: 'xp', amount: 40 },
  { currency: 'gems', amount: 3 },
];
const offer = (id: string, more: Partial<ItemCreate> = {}) =>
  laurel.catalogItems.create({ id, name: { en: id }, price, ...more });
const player = (userId = 'ada') => laurel.as({ userId });
const transactions = (kind: string) => laurel.ledger.list({ kind, userId: 'ada' }).toArray({ max: 10 });

/** What paid for a redemption: its own transaction, or the capture of what it held. */
async function paymentOf(redemption: string, kind: 'redemption' | 'capture'): Promise<string> {
  const found = (await transactions(kind)).find((one) => one.redemption === redemption);
  return found?.id ?? 'none';
}

const ways = [
  ['paid at once', 'automatic', 'redemption'],
  ['fulfilled by an operator', 'manual', 'capture'],
] as const;

describe.each(ways)('a redemption that was %s', (_, fulfilment, kind) => {
  const redeem = async (id: string) => {
    const made = await player().catalog.redeem(id);
    if (fulfilment === 'manual') await laurel.redemptions.fulfil(made.id, { note: 'Sent' });
    return made.id;
  };

  test('is cancelled as its price comes back: stock, limit and state tell the same', async () => {
    await offer('mug', { stock: 1, perPlayer: 1, fulfilment });
    const id = await redeem('mug');
    expect(await available(laurel, 'ada', 'xp')).toBe(60);
    expect(await laurel.redemptions.get(id)).toMatchObject({ state: 'fulfilled' });
    const payment = await paymentOf(id, kind);
    const reversal = await laurel.ledger.reverse(payment, { note: 'It broke' });
    expect(reversal).toMatchObject({ kind: 'reversal', reverses: payment, redemption: id });

    const ended = { state: 'cancelled', note: 'It broke', settledAt: '2026-06-10T12:00:00.000Z', price };
    expect(await laurel.redemptions.get(id)).toMatchObject(ended);
    expect(await player().redemptions.get(id)).toMatchObject(ended);
    expect(await laurel.redemptions.list({ state: 'fulfilled' }).toArray({ max: 9 })).toEqual([]);
    expect([await available(laurel, 'ada', 'xp'), await available(laurel, 'ada', 'gems')]).toEqual([100, 10]);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 0, left: 1 });
    expect(await player().catalog.get('mug')).toMatchObject({ mine: 0, left: 1 });
    for (const currency of ['xp', 'gems']) await checkLaws(laurel, ['ada', 'bob'], currency);

    // It is over for good, and what came back is there for another.
    expect(await codeOf(laurel.redemptions.cancel(id, {}))).toBe('hold_closed');
    expect(await codeOf(laurel.redemptions.fulfil(id, {}))).toBe('hold_closed');
    expect(await codeOf(laurel.ledger.reverse(payment, { note: 'Again' }))).toBe('already_reversed');
    expect(await codeOf(laurel.ledger.reverse(reversal.id, { note: 'Back' }))).toBe('unprocessable');
    expect(await codeOf(player('bob').catalog.redeem('mug'))).toBe('none');
    expect(await codeOf(player().catalog.redeem('mug'))).toBe('sold_out');
  });

  test('keeps the code that the player has seen out of pool and stock', async () => {
    await offer('voucher', { codes: true, stock: 2, perPlayer: 1, fulfilment });
    await laurel.catalogItems.addCodes('voucher', { codes: ['A', 'B'] });
    const id = await redeem('voucher');
    const { code } = await player().redemptions.get(id);
    expect(['A', 'B']).toContain(code);
    await laurel.ledger.reverse(await paymentOf(id, kind), { note: 'It was used up' });
    expect(await player().redemptions.get(id)).toMatchObject({ state: 'cancelled', code: null });
    expect(await laurel.catalogItems.stock('voucher')).toMatchObject({ taken: 1, left: 1, freeCodes: 1 });
    const again = await redeem('voucher');
    const other = (await player().redemptions.get(again)).code;
    expect(new Set([code, other])).toEqual(new Set(['A', 'B']));
  });

  test('is told as cancelled, once, however often it is reversed at the same moment', async () => {
    await offer('mug', { stock: 3, fulfilment });
    const id = await redeem('mug');
    const payment = await paymentOf(id, kind);
    const other = await otherProcess(game);
    const codes = await codesOf(
      times(12, (index) => (index % 2 === 0 ? laurel : other.laurel).ledger.reverse(payment, { note: 'It broke' })),
    );
    await other.close();
    expect(codes.toSorted()).toEqual([...times(11, () => 'already_reversed'), 'none']);
    expect(await laurel.catalogItems.stock('mug')).toMatchObject({ taken: 0 });
    const told = await toldIn(game, HOME.workspace, (type) => type === 'redemption.cancelled');
    expect(told.map(({ userId, data }) => ({ userId, data }))).toEqual([
      { userId: 'ada', data: { redemptionId: id, item: 'mug' } },
    ]);
  });
});
