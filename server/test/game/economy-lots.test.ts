import type { Laurel } from '@laurel/sdk/server';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settlePlayer } from '../../src/api/settle.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { getUser } from '../../src/store/users.ts';
import { checkLaws, credit, debit } from './economy.ts';
import { clockAt, codeOf, type Game, HOME, openGame, type TestClock } from './world.ts';

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60 * 1000;
/** Amounts of the currency are good for so many days after the one on which they came in. */
const GOOD_FOR = 3;

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeAll(async () => {
  clock = clockAt('2026-01-10T00:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.currencies.create({
    id: 'milk',
    name: { en: 'Milk' },
    expiry: { afterDays: GOOD_FOR },
    transferable: true,
  });
  for (const amount of [1, 4, 9]) {
    await laurel.rewardRules.create({
      id: `pays-${amount}`,
      name: { en: 'Pays' },
      trigger: { kind: 'event', activity: 'lesson' },
      condition: `event.value == ${amount}`,
      rewards: [{ kind: 'currency', currency: 'milk', amount }],
    });
  }
});
afterAll(() => game.close());

/** Something that happened to a player, at a time in milliseconds. */
type Past =
  | { readonly at: number; readonly kind: 'earn'; readonly id: string; readonly amount: number }
  | { readonly at: number; readonly kind: 'debit'; readonly amount: number }
  | { readonly at: number; readonly kind: 'hold'; readonly id: string; readonly amount: number }
  | { readonly at: number; readonly kind: 'release'; readonly id: string };

/** One unit after the other, each with the day on which it is gone: as simple as it can be said. */
function model(history: readonly Past[], now: number) {
  let units: number[] = [];
  let owed = 0;
  const held = new Map<string, number[]>();
  const pass = (at: number) => {
    units = units.filter((day) => day * DAY > at);
  };
  const put = (days: readonly number[]) => {
    const settled = Math.min(owed, days.length);
    owed -= settled;
    units = [...units, ...days.toSorted((a, b) => a - b).slice(settled)].toSorted((a, b) => a - b);
  };
  const take = (amount: number): number[] => {
    const taken = units.slice(0, amount);
    units = units.slice(amount);
    owed += amount - taken.length;
    return taken;
  };
  for (const past of history.toSorted((a, b) => a.at - b.at)) {
    pass(past.at);
    const today = Math.floor(past.at / DAY);
    if (past.kind === 'earn') put(Array<number>(past.amount).fill(today + GOOD_FOR + 1));
    if (past.kind === 'debit') take(past.amount);
    if (past.kind === 'hold') {
      const taken = take(past.amount);
      // What was owed for it comes back without a day of its own.
      const whole = [...Array<number>(past.amount - taken.length).fill(Number.POSITIVE_INFINITY), ...taken];
      held.set(past.id, whole);
    }
    if (past.kind === 'release') {
      const back = held.get(past.id) ?? [];
      held.delete(past.id);
      putBack(back.map((day) => Math.max(day, today + 1)));
    }
  }
  function putBack(days: readonly number[]) {
    const forever = days.filter((day) => day === Number.POSITIVE_INFINITY);
    const rest = days.filter((day) => day !== Number.POSITIVE_INFINITY);
    const settled = Math.min(owed, forever.length);
    owed -= settled;
    units = [...units, ...forever.slice(settled)];
    put(rest);
  }
  pass(now);
  return { available: units.length, owed, held: [...held.values()].flat().length };
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('earn' as const),
      amount: fc.constantFrom(1, 4, 9),
      back: fc.nat(8 * 24 * 60),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('debit' as const), amount: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), which: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hold' as const), amount: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), which: fc.nat(10) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
);
const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 * 60 }), step), { minLength: 5, maxLength: 25 });

let players = 0;
async function settle(userId: string): Promise<void> {
  const { platform } = game.platform.inside;
  const scope = workspaceScope(HOME.tenant, HOME.workspace);
  const user = await getUser(platform.table, scope, userId);
  if (user !== undefined) await settlePlayer({ platform, scope }, user, clock.now());
}

/** Lives through some steps in the platform and in the model, side by side. */
async function live(all: readonly (readonly [number, typeof step extends fc.Arbitrary<infer T> ? T : never])[]) {
  players += 1;
  const userId = `p${players}`;
  await laurel.users.create({ id: userId });
  const past: Past[] = [];
  const holds: string[] = [];
  let now = Date.parse(clock.now());
  for (const [index, [minutes, what]] of all.entries()) {
    now += minutes * MINUTE;
    clock.set(new Date(now).toISOString());
    const bears = (amount: number) => model(past, now).available >= amount;
    if (what.do === 'earn') {
      // Never at the instant of an act.
      const at = now - what.back * MINUTE - (what.back === 0 ? 0 : 30_000);
      const id = `${userId}-${index}`;
      await laurel.events.track({
        id,
        userId,
        activity: 'lesson',
        value: what.amount,
        occurredAt: new Date(at).toISOString(),
      });
      past.push({ at, kind: 'earn', id, amount: what.amount });
    }
    if (what.do === 'debit') {
      const { amount } = what;
      expect(await codeOf(debit(laurel, userId, 'milk', amount))).toBe(bears(amount) ? 'none' : 'insufficient_funds');
      if (bears(amount)) past.push({ at: now, kind: 'debit', amount });
    }
    if (what.do === 'hold' && bears(what.amount)) {
      const legs = [{ userId, currency: 'milk', amount: what.amount }];
      const { holds: opened } = await laurel.ledger.create({ kind: 'hold', legs, note: 'a hold' });
      past.push({ at: now, kind: 'hold', id: opened[0] ?? '', amount: what.amount });
      holds.push(opened[0] ?? '');
    }
    if (what.do === 'release' && holds.length > 0) {
      const [id = ''] = holds.splice(what.which % holds.length, 1);
      await laurel.ledger.release(id);
      past.push({ at: now, kind: 'release', id });
    }
    if (what.do === 'void') {
      const earned = past.filter((one) => one.kind === 'earn');
      const voided = earned[what.which % Math.max(1, earned.length)];
      if (voided !== undefined) {
        await laurel.events.void(voided.id, { note: 'a mistake' });
        past.splice(past.indexOf(voided), 1);
      }
    }
    if (what.do === 'settle') await settle(userId);
    expect(await laurel.as({ userId }).wallets.get('milk')).toMatchObject(model(past, now));
  }
  await settle(userId);
  expect(await laurel.as({ userId }).wallets.get('milk')).toMatchObject(model(past, now));
  return userId;
}

describe('amounts that expire', () => {
  test('go as a naive model says, whatever is earned, spent, held, voided or late; and the ledger is even', async () => {
    const all: string[] = [];
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        all.push(await live(some));
      }),
      { numRuns: 25, endOnFailure: true },
    );
    for (const userId of all) await settle(userId);
    await checkLaws(laurel, all, 'milk');
  });

  test('are posted once, however many days fell due, and keep their days when they change hands', async () => {
    for (const id of ['ada', 'bob']) await laurel.users.create({ id });
    const start = Math.ceil(Date.parse(clock.now()) / DAY) * DAY;
    for (const day of [0, 1]) {
      clock.set(new Date(start + day * DAY).toISOString());
      await credit(laurel, 'ada', 'milk', 10);
    }
    await laurel.as({ userId: 'ada' }).transfers.create({ userId: 'bob', currency: 'milk', amount: 14 });
    const left = async (at: number) => {
      clock.set(new Date(at).toISOString());
      const wallets = ['ada', 'bob'].map((userId) => laurel.as({ userId }).wallets.get('milk'));
      return (await Promise.all(wallets)).map(({ available }) => available);
    };
    expect(await left(start + 4 * DAY - 1)).toEqual([6, 14]);
    expect(await left(start + 4 * DAY)).toEqual([6, 4]);
    expect(await left(start + 5 * DAY)).toEqual([0, 0]);
    await settle('bob');
    const [expired, ...rest] = await laurel.as({ userId: 'bob' }).wallets.entries('milk').toArray({ max: 10 });
    expect(expired).toMatchObject({
      amount: -14,
      balance: 0,
      reason: { kind: 'expiry' },
      counterparty: 'system:expired',
    });
    expect(rest).toHaveLength(1);
  });

  test('are told by a dry run as by the real one, and a dry run writes nothing of what fell due', async () => {
    await laurel.users.create({ id: 'dry' });
    await credit(laurel, 'dry', 'milk', 10);
    const legs = [{ userId: 'dry', currency: 'milk', amount: 4 }];
    const expiresAt = new Date(Date.parse(clock.now()) + DAY).toISOString();
    await laurel.ledger.create({ kind: 'hold', legs, note: 'a hold', expiresAt });
    clock.set(new Date(Date.parse(clock.now()) + 10 * DAY).toISOString());
    const before = await game.snapshot();
    const event = { id: 'dry-1', userId: 'dry', activity: 'lesson', value: 4 };
    const dry = await laurel.events.track({ ...event, dryRun: true });
    expect(await game.snapshot()).toBe(before);
    const real = await laurel.events.track(event);
    expect(dry).toEqual(real);
    expect(real.effects.ledger.map(({ amount, reason }) => [amount, reason.kind])).toEqual([
      [4, 'holdExpired'],
      [4, 'rule'],
      [-10, 'expiry'],
    ]);
    expect(await laurel.as({ userId: 'dry' }).wallets.get('milk')).toMatchObject({ available: 4, held: 0, owed: 0 });
  });
});
