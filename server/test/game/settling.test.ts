import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runRound } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import { defineBasics } from './definitions.ts';
import { checkLaws } from './economy.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { clockAt, codeOf, type Game, openGame, type TestClock } from './world.ts';

/** Midnight, so that lots can run out at the very moment at which claims and redemptions do. */
const START = '2026-03-01T00:00:00.000Z';
const THEIR_END = '2026-03-03T00:00:00.000Z';
const LATER = '2026-03-20T00:00:00.000Z';

let game: Game;
let real: TestClock;
beforeEach(async () => {
  real = clockAt(START);
  game = await openGame({ clock: real });
});
afterEach(() => game.close());

type Rewards = Parameters<Laurel['rewardRules']['create']>[0]['rewards'];

/** A lot that runs out after two days, and a claim that does at the same moment. */
const lot: Rewards[number] = { kind: 'currency', currency: 'xp', amount: 20 };
const claim: Rewards[number] = { kind: 'currency', currency: 'gems', amount: 7, claim: { within: 'P2D' } };

/** How time is made to pass: a clock that is advanced, or the scheduler of the real time. */
interface Passage {
  readonly open: () => Promise<Laurel>;
  readonly pass: (laurel: Laurel, to: string) => Promise<void>;
}

const passages: readonly (readonly [string, Passage])[] = [
  [
    'clock.advance',
    {
      open: () => openTestClock(game),
      async pass(laurel, to) {
        const boundaries = await advanceTo(laurel, to);
        expect(boundaries.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
        const order = boundaries.map(({ at, kind, subject }) => `${at} ${kind} ${subject}`);
        expect(order).toEqual(order.toSorted());
      },
    },
  ],
  [
    'the scheduler',
    {
      open: async () => game.laurel,
      async pass(_, to) {
        real.set(to);
        for (let ran = 1; ran > 0; ) {
          const round = await runRound(game.platform.inside.platform, turnHandlers, to);
          expect(round.failed).toBe(0);
          ran = round.ran;
        }
      },
    },
  ],
];

interface Waiting {
  readonly lot?: boolean;
  readonly claim?: boolean;
  readonly redemptions?: number;
}

/** A player with things that end two days later. */
async function playerWith(laurel: Laurel, waiting: Waiting): Promise<void> {
  await defineBasics(laurel);
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  if (waiting.lot) {
    await laurel.currencies.update('xp', { name: { en: 'XP' }, expiry: { afterDays: 1 } }, { ifMatch: 1 });
  }
  await laurel.catalogItems.create({
    id: 'mug',
    name: { en: 'Mug' },
    price: [{ currency: 'xp', amount: 5 }],
    stock: 3,
    fulfilWithinHours: 48,
  });
  await laurel.rewardRules.create({
    id: 'gift',
    name: { en: 'A gift' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [lot, ...(waiting.claim ? [claim] : [])],
  });
  await laurel.users.create({ id: 'ada' });
  await laurel.events.track({ id: 'one', userId: 'ada', activity: 'lesson' });
  for (let count = 0; count < (waiting.redemptions ?? 0); count += 1)
    await laurel.as({ userId: 'ada' }).catalog.redeem('mug');
}

async function standing(laurel: Laurel) {
  const ada = laurel.as({ userId: 'ada' });
  const { available, held } = await ada.wallets.get('xp');
  const { pending } = await ada.wallets.get('gems');
  const redemptions = await laurel.redemptions.list().toArray({ max: 10 });
  const rewards = await ada.rewards.list().toArray({ max: 10 });
  const { left } = await laurel.catalogItems.stock('mug');
  return {
    available,
    held,
    pending,
    left,
    redemptions: redemptions.map(({ state, settledAt }) => [state, settledAt]),
    claims: rewards.flatMap(({ state }) => (state === 'granted' ? [] : [state])),
  };
}

const cases: readonly (readonly [string, Waiting])[] = [
  ['a claim', { claim: true }],
  ['a redemption', { redemptions: 1 }],
  ['a lot', { lot: true }],
  ['a claim and a lot', { claim: true, lot: true }],
  ['a redemption and a lot', { redemptions: 1, lot: true }],
  ['three redemptions, a claim and a lot', { redemptions: 3, claim: true, lot: true }],
];

describe.each(passages)('by %s', (_, { open, pass }) => {
  test.each(cases)('%s comes to its end, and the player comes due again', async (_name, waiting) => {
    const laurel = await open();
    await playerWith(laurel, waiting);
    const count = waiting.redemptions ?? 0;
    await pass(laurel, THEIR_END);
    // What comes back after its lots ran out is good until the day ends.
    const left = waiting.lot ? 5 * count : 20;
    expect(await standing(laurel)).toEqual({
      available: left,
      held: 0,
      pending: 0,
      left: 3,
      redemptions: Array.from({ length: count }, () => ['expired', THEIR_END]),
      claims: waiting.claim ? ['expired'] : [],
    });
    await laurel.events.track({ id: 'two', userId: 'ada', activity: 'lesson' });
    await laurel.as({ userId: 'ada' }).catalog.redeem('mug');
    await pass(laurel, LATER);
    expect(await standing(laurel)).toMatchObject({ held: 0, pending: 0, left: 3 });
    await checkLaws(laurel, ['ada'], 'xp');
  });
});

test('an operator can cancel a redemption that is over before anybody settled it; it has expired', async () => {
  const { laurel } = game;
  await playerWith(laurel, { redemptions: 1 });
  const [redemption] = await laurel.redemptions.list().toArray({ max: 1 });
  const id = redemption?.id ?? '';
  real.set(LATER);
  expect(await laurel.redemptions.get(id)).toMatchObject({ state: 'expired', settledAt: null });
  expect(await codeOf(laurel.redemptions.fulfil(id, {}))).toBe('hold_closed');
  expect(await laurel.redemptions.cancel(id, { note: 'too late' })).toMatchObject({
    state: 'expired',
    settledAt: LATER,
    note: 'too late',
  });
  expect(await standing(laurel)).toMatchObject({ available: 20, held: 0, left: 3 });
  expect(await codeOf(laurel.redemptions.cancel(id, {}))).toBe('hold_closed');
});
