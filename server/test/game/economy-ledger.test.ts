import { isProblem, type Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, defineRule } from './definitions.ts';
import { available, checkLaws, credit, debit } from './economy.ts';
import { clockAt, codeOf, codesOf, type Game, openGame, otherProcess, times } from './world.ts';

let game: Game;
let laurel: Laurel;
const players = ['ada', 'bob', 'cyd'];
beforeEach(async () => {
  game = await openGame();
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' }, transferable: true });
  for (const id of players) await laurel.users.create({ id, externalId: `x-${id}` });
});
afterEach(() => game.close());

describe('a transaction', () => {
  test('credits, debits and transfers, and is read as it was posted', async () => {
    const credited = await credit(laurel, 'ada', 'gems', 40);
    expect(credited.legs).toEqual([
      { account: 'user:ada', currency: 'gems', amount: 40 },
      { account: 'system:issuance', currency: 'gems', amount: -40 },
    ]);
    await debit(laurel, 'ada', 'gems', 15);
    const moved = await laurel.ledger.create({
      legs: [
        { userId: 'ada', currency: 'gems', amount: -10 },
        { externalUserId: 'x-bob', currency: 'gems', amount: 7 },
        { account: 'system:fees', currency: 'gems', amount: 3 },
      ],
      note: 'a sale with a fee',
    });
    expect(await available(laurel, 'ada', 'gems')).toBe(15);
    expect(await available(laurel, 'bob', 'gems')).toBe(7);
    expect(await laurel.ledger.get(moved.id)).toEqual(moved);
    expect((await laurel.ledger.list().toArray({ max: 10_000 })).map(({ id }) => id)).toContain(credited.id);
    expect(await laurel.ledger.list({ userId: 'bob' }).toArray({ max: 10_000 })).toEqual([moved]);
    const [entry] = await laurel.as({ userId: 'bob' }).wallets.entries('gems').toArray({ max: 10_000 });
    expect(entry).toMatchObject({ transaction: moved.id, counterparty: 'user:ada', amount: 7, balance: 7 });
    await checkLaws(laurel, players, 'gems');
    const fees = await laurel.ledger.statement({ account: 'system:fees', currency: 'gems' });
    expect(fees).toMatchObject({ opening: 0, closing: 3, entries: [{ amount: 3, transaction: moved.id }] });
  });

  test('takes nobody below what they have: 409, a pointer, and nothing written', async () => {
    await credit(laurel, 'ada', 'gems', 40);
    const before = await game.snapshot();
    const refused = await debit(laurel, 'ada', 'gems', 50).catch((error: unknown) => error);
    expect(isProblem(refused) && refused).toMatchObject({
      status: 409,
      code: 'insufficient_funds',
      detail: 'The wallet has 40 gems available and the debit asks for 50.',
      errors: [{ pointer: '/legs/0/amount', code: 'too_big', message: 'at most 40' }],
    });
    const legs = [
      { userId: 'bob', currency: 'gems', amount: 41 },
      { userId: 'ada', currency: 'gems', amount: -41 },
    ];
    expect(await codeOf(laurel.ledger.create({ legs, note: 'too much' }))).toBe('insufficient_funds');
    expect(await game.snapshot()).toBe(before);
  });

  test('whose legs do not add up, or name nobody, or nothing, is refused', async () => {
    const leg = { userId: 'ada', currency: 'gems', amount: 5 };
    const post = (legs: Parameters<Laurel['ledger']['create']>[0]['legs'], kind?: 'credit' | 'hold') =>
      codeOf(laurel.ledger.create({ legs, note: 'wrong', ...(kind === undefined ? {} : { kind }) }));
    expect(await post([leg])).toBe('unprocessable');
    expect(await post([{ ...leg, userId: 'nobody' }], 'credit')).toBe('unknown_reference');
    expect(await post([{ ...leg, currency: 'none' }], 'credit')).toBe('unknown_reference');
    expect(await post([{ ...leg, amount: -5 }], 'credit')).toBe('invalid_request');
    expect(await post([{ currency: 'gems', amount: 5 }], 'credit')).toBe('invalid_request');
    expect(await post([{ account: 'system:fees', currency: 'gems', amount: 5 }], 'hold')).toBe('invalid_request');
    await laurel.users.update('bob', { status: 'suspended' }, { ifMatch: 1 });
    expect(await post([{ ...leg, userId: 'bob' }], 'credit')).toBe('unprocessable');
  });

  test('of 20 legs over 20 players is one', async () => {
    const crowd = times(20, (index) => `p${index}`);
    for (const id of crowd) await laurel.users.create({ id });
    const legs = crowd.map((userId, index) => ({ userId, currency: 'gems', amount: 1 + index }));
    await laurel.ledger.create({ kind: 'credit', legs, note: 'a prize for all' });
    await laurel.ledger.create({
      legs: crowd.map((userId, index) => ({ userId, currency: 'gems', amount: index % 2 === 0 ? -1 : 1 })),
      note: 'round the table',
    });
    await checkLaws(laurel, crowd, 'gems');
  });

  test('is reversed once, under 50 at once by two processes', async () => {
    const { id } = await credit(laurel, 'ada', 'gems', 40);
    const other = await otherProcess(game);
    const codes = await codesOf(
      times(50, (index) => (index % 2 === 0 ? laurel : other.laurel).ledger.reverse(id, { note: 'wrong' })),
    );
    await other.close();
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['none', 'already_reversed']));
    expect(await available(laurel, 'ada', 'gems')).toBe(0);
    const reversal = (await laurel.ledger.get(id)).reversedBy;
    expect(await laurel.ledger.get(reversal ?? '')).toMatchObject({ kind: 'reversal', reverses: id });
    expect(await codeOf(laurel.ledger.reverse(reversal ?? '', { note: 'again' }))).toBe('unprocessable');
    await checkLaws(laurel, players, 'gems');
  });

  test('that is reversed after it was spent leaves a debt, which later credits settle', async () => {
    const { id } = await credit(laurel, 'ada', 'gems', 40);
    await debit(laurel, 'ada', 'gems', 30);
    await laurel.ledger.reverse(id, { note: 'wrong' });
    const wallet = () => laurel.as({ userId: 'ada' }).wallets.get('gems');
    expect(await wallet()).toMatchObject({ available: 0, owed: 30 });
    expect(await codeOf(debit(laurel, 'ada', 'gems', 1))).toBe('insufficient_funds');
    await credit(laurel, 'ada', 'gems', 50);
    expect(await wallet()).toMatchObject({ available: 20, owed: 0 });
    await checkLaws(laurel, players, 'gems');
  });
});

describe('statements', () => {
  test('of neighbouring intervals meet, add up, and over all accounts come to zero', async () => {
    const moments: string[] = [];
    const clock = clockAt('2026-11-24T09:00:00Z');
    const timed = await openGame({ clock });
    await defineBasics(timed.laurel);
    for (const id of players) await timed.laurel.users.create({ id });
    for (let hour = 0; hour < 6; hour += 1) {
      clock.set(`2026-11-24T1${hour}:00:00Z`);
      moments.push(clock.now());
      await credit(timed.laurel, 'ada', 'xp', 10 + hour);
      await debit(timed.laurel, 'ada', 'xp', 3);
      const kind = 'hold' as const;
      await timed.laurel.ledger.create({ kind, legs: [{ userId: 'ada', currency: 'xp', amount: 2 }], note: 'h' });
    }
    const state = (account: string, from?: string, to?: string) =>
      timed.laurel.ledger.statement({
        account,
        currency: 'xp',
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
    const accounts = ['user:ada', 'held:ada', 'owed:ada', 'system:issuance', 'system:sink'];
    const closings: number[] = [];
    for (const account of accounts) {
      const parts = [];
      for (const index of times(7, Number)) parts.push(await state(account, moments[index - 1], moments[index]));
      let closing = 0;
      for (const part of parts) {
        expect(part.opening).toBe(closing);
        closing = part.entries.reduce((sum, { amount }) => sum + amount, part.opening);
        expect(part.closing).toBe(closing);
      }
      const whole = await state(account);
      expect(whole.entries).toEqual(parts.flatMap(({ entries }) => entries));
      expect(whole.closing).toBe(closing);
      closings.push(closing);
    }
    expect(closings).toEqual([75 - 18 - 12, 12, 0, -75, 18]);
    await timed.close();
  });
});

describe('a player', () => {
  const as = (userId: string) => laurel.as({ userId });

  test('gives to another what may be given, and no more than they have', async () => {
    await credit(laurel, 'ada', 'gems', 10);
    await credit(laurel, 'ada', 'xp', 10);
    const given = await as('ada').transfers.create({ externalUserId: 'x-bob', currency: 'gems', amount: 4 });
    expect(given).toMatchObject({ to: 'bob', currency: 'gems', amount: 4 });
    expect(await available(laurel, 'bob', 'gems')).toBe(4);
    const give = (more: object) =>
      codeOf(as('ada').transfers.create({ userId: 'bob', currency: 'gems', amount: 1, ...more }));
    expect(await give({ amount: 7 })).toBe('insufficient_funds');
    expect(await give({ currency: 'xp' })).toBe('unprocessable');
    expect(await give({ userId: 'ada' })).toBe('unprocessable');
    expect(await give({ userId: 'nobody' })).toBe('unknown_reference');
    expect(await give({ externalUserId: 'x-bob' })).toBe('invalid_request');
    await checkLaws(laurel, players, 'gems');
  });

  test('and 31 others transfer in a loop, by two processes: the sum never changes, none is lost', async () => {
    const other = await otherProcess(game);
    for (const id of players) await credit(laurel, id, 'gems', 100);
    const sums = async () => {
      const all = await Promise.all(
        players.map((id) => laurel.as({ userId: id }).wallets.entries('gems').toArray({ max: 10_000 })),
      );
      return all.map((entries) => entries.reduce((sum, { amount }) => sum + amount, 0));
    };
    let done = 0;
    let moved = 0;
    const net = new Map(players.map((id) => [id, 100]));
    const writer = async (index: number) => {
      const client = index % 2 === 0 ? laurel : other.laurel;
      for (let round = 0; round < 4; round += 1) {
        const from = players[(index + round) % 3] ?? '';
        const to = players[(index + round + 1 + (index % 2)) % 3] ?? '';
        const amount = 1 + ((index * 7 + round) % 30);
        const code = await codeOf(
          client.as({ userId: from }).transfers.create({ userId: to, currency: 'gems', amount }),
        );
        expect(['none', 'insufficient_funds']).toContain(code);
        if (code !== 'none') continue;
        moved += 1;
        net.set(from, (net.get(from) ?? 0) - amount);
        net.set(to, (net.get(to) ?? 0) + amount);
      }
      done += 1;
    };
    const watch = async () => {
      for (; done < 32; ) {
        const [proof] = (await laurel.ledger.proof().toArray({ max: 10_000 })).filter(
          ({ currency }) => currency === 'gems',
        );
        expect(proof).toMatchObject({ sum: 0, outstanding: 300 });
      }
    };
    await Promise.all([...times(32, writer), watch()]);
    await other.close();
    expect(moved).toBeGreaterThan(32);
    for (const id of players) expect(await available(laurel, id, 'gems')).toBe(net.get(id));
    expect((await sums()).length).toBe(3);
    await checkLaws(laurel, players, 'gems');
  });
});

describe('voiding what was spent', () => {
  test('is owed, later credits settle it, and the proof stays zero', async () => {
    await defineRule(laurel, 30);
    await laurel.events.track({ id: 'e1', userId: 'ada', activity: 'lesson' });
    await debit(laurel, 'ada', 'xp', 25);
    const { ledger } = await laurel.events.void('e1', { note: 'a mistake' });
    expect(ledger).toMatchObject([{ amount: -5, balance: 0, correctedBy: null }]);
    const wallet = () => laurel.as({ userId: 'ada' }).wallets.get('xp');
    expect(await wallet()).toMatchObject({ available: 0, owed: 25 });
    await checkLaws(laurel, players, 'xp');
    await laurel.events.track({ userId: 'ada', activity: 'lesson' });
    expect(await wallet()).toMatchObject({ available: 5, owed: 0 });
    await checkLaws(laurel, players, 'xp');
  });
});
