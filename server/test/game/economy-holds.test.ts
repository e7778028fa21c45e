import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settlePlayer } from '../../src/api/settle.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { getUser } from '../../src/store/users.ts';
import { defineBasics } from './definitions.ts';
import { available, checkLaws, credit, debit } from './economy.ts';
import { clockAt, codeOf, codesOf, type Game, HOME, openGame, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-11-24T09:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada' });
  await credit(laurel, 'ada', 'xp', 100);
});
afterEach(() => game.close());

/** Sets an amount aside, and answers with the hold's id. */
async function hold(amount: number, expiresAt?: string): Promise<string> {
  const legs = [{ userId: 'ada', currency: 'xp', amount }];
  const more = expiresAt === undefined ? {} : { expiresAt };
  const { holds } = await laurel.ledger.create({ kind: 'hold', legs, note: 'a hold', ...more });
  return holds[0] ?? '';
}

const wallet = () => laurel.as({ userId: 'ada' }).wallets.get('xp');
const states = async (id: string) => (await laurel.ledger.getHold(id)).state;

async function settle(at: string) {
  const { platform } = game.platform.inside;
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  const user = await getUser(platform.table, scope, 'ada');
  if (user === undefined) throw new Error('there is no ada');
  return settlePlayer({ platform, scope }, user, at);
}

describe('a hold', () => {
  test('is set aside, captured in parts, and what is left is released', async () => {
    const id = await hold(60);
    expect(await wallet()).toMatchObject({ available: 40, held: 60 });
    expect(await codeOf(debit(laurel, 'ada', 'xp', 41))).toBe('insufficient_funds');
    expect(await codeOf(hold(41))).toBe('insufficient_funds');
    expect(await laurel.ledger.capture(id, { amount: 25 })).toMatchObject({ state: 'held', captured: 25 });
    expect(await codeOf(laurel.ledger.capture(id, { amount: 36 }))).toBe('hold_closed');
    await checkLaws(laurel, ['ada'], 'xp');
    expect(await laurel.ledger.release(id)).toMatchObject({ state: 'released', captured: 25, released: 35 });
    expect(await wallet()).toMatchObject({ available: 75, held: 0 });
    for (const end of [laurel.ledger.release(id), laurel.ledger.capture(id, {})]) {
      expect(await codeOf(end)).toBe('hold_closed');
    }
    await checkLaws(laurel, ['ada'], 'xp');
  });

  test('is captured or released once, whoever asks at the same moment', async () => {
    const id = await hold(60);
    const codes = await codesOf(
      times(20, (index) => (index % 2 === 0 ? laurel.ledger.capture(id, {}) : laurel.ledger.release(id))),
    );
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['none', 'hold_closed']));
    const after = await laurel.ledger.getHold(id);
    expect(after.captured + after.released).toBe(60);
    expect(await available(laurel, 'ada', 'xp')).toBe(after.state === 'captured' ? 40 : 100);
    await checkLaws(laurel, ['ada'], 'xp');
  });

  test('goes back by itself at its time, once it is settled or something else happens', async () => {
    const id = await hold(60, '2026-11-25T00:00:00Z');
    expect(await settle('2026-11-24T23:59:59.999Z')).toEqual([]);
    clock.set('2026-11-25T00:00:00Z');
    expect(await states(id)).toBe('expired');
    expect(await wallet()).toMatchObject({ available: 100, held: 0 });
    const before = await game.snapshot();
    const done = await settle('2026-11-25T00:00:00.000Z');
    expect(done).toMatchObject([
      { kind: 'ledger', ledger: [{ amount: 60, reason: { kind: 'holdExpired', hold: id } }] },
    ]);
    expect(await game.snapshot()).not.toBe(before);
    expect(await settle('2026-11-26T00:00:00.000Z')).toEqual([]);
    expect(await wallet()).toMatchObject({ available: 100, held: 0 });
    expect(await codeOf(laurel.ledger.capture(id, {}))).toBe('hold_closed');
    await checkLaws(laurel, ['ada'], 'xp');
  });

  test('whose time is over is not captured, also where nobody settled it', async () => {
    const id = await hold(60, '2026-11-25T00:00:00Z');
    clock.set('2026-11-25T00:00:00Z');
    expect(await codeOf(laurel.ledger.capture(id, {}))).toBe('hold_closed');
    await debit(laurel, 'ada', 'xp', 100);
    expect(await wallet()).toMatchObject({ available: 0, held: 0 });
    await checkLaws(laurel, ['ada'], 'xp');
  });

  test('stands when what it was taken from is voided: the player owes the rest', async () => {
    await laurel.rewardRules.create({
      id: 'pays',
      name: { en: 'Pays' },
      trigger: { kind: 'event', activity: 'lesson' },
      rewards: [{ kind: 'currency', currency: 'xp', amount: 50 }],
    });
    await laurel.events.track({ id: 'e1', userId: 'ada', activity: 'lesson', occurredAt: '2026-11-24T08:00:00Z' });
    const id = await hold(140);
    await laurel.events.void('e1', { note: 'a mistake' });
    expect(await wallet()).toMatchObject({ available: 0, held: 140, owed: 40 });
    await checkLaws(laurel, ['ada'], 'xp');
    await laurel.ledger.release(id);
    expect(await wallet()).toMatchObject({ available: 100, held: 0, owed: 0 });
    await checkLaws(laurel, ['ada'], 'xp');
  });
});
