import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, missionOf } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, otherProcess, type TestClock, times } from './world.ts';

type RuleCreate = Parameters<Laurel['rewardRules']['create']>[0];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
let ada: ReturnType<Laurel['as']>;
beforeEach(async () => {
  clock = clockAt('2026-06-10T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  ada = laurel.as({ userId: 'ada' });
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

type Terms = { readonly within: string | number } | { readonly until: string };
const claimable = (amount: number, claim: Terms = { within: 'P7D' }) => [
  { kind: 'currency' as const, currency: 'xp', amount, claim },
];
const rule = (more: Partial<RuleCreate> = {}) =>
  laurel.rewardRules.create({
    id: 'chest',
    name: { en: 'A chest' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: claimable(50),
    ...more,
  });
const track = (id: string, occurredAt?: string) =>
  laurel.events.track({ id, userId: 'ada', activity: 'lesson', ...(occurredAt === undefined ? {} : { occurredAt }) });
const xp = async () => {
  const { available, pending, owed } = await ada.wallets.get('xp');
  return { available, pending, owed };
};
const idOf = ({ effects }: Awaited<ReturnType<typeof track>>) => effects.rewards[0]?.claim?.id ?? 'none';
const balanced = async () => (await laurel.ledger.proof().toArray({ max: 10 })).every((one) => one.balanced);

describe('case 7: a reward that is to be claimed', () => {
  test('is pending until it is claimed, once, however often and wherever it is asked for', async () => {
    await rule();
    const receipt = await track('e-1');
    expect(receipt.effects.rewards).toEqual([
      {
        kind: 'currency',
        currency: 'xp',
        amount: 50,
        source: { kind: 'rule', rule: 'chest' },
        claim: { id: idOf(receipt), expiresAt: '2026-06-17T12:00:00.000Z' },
      },
    ]);
    expect(receipt.effects.ledger).toEqual([]);
    expect(await xp()).toEqual({ available: 0, pending: 50, owed: 0 });
    expect((await ada.wallets.list()).items).toMatchObject([{ currency: 'xp', available: 0, pending: 50 }]);

    const other = await otherProcess(game);
    const clients = [ada, other.laurel.as({ userId: 'ada' })];
    const answers = await Promise.all(times(50, (index) => (clients[index % 2] ?? ada).rewards.claim(idOf(receipt))));
    await other.close();
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ state: 'claimed', claimedAt: '2026-06-10T12:00:00.001Z', amount: 50 });
    expect(await xp()).toEqual({ available: 50, pending: 0, owed: 0 });
    expect((await ada.wallets.entries('xp')).items).toMatchObject([
      { amount: 50, reason: { kind: 'rule', rule: 'chest', event: 'e-1' } },
    ]);
    expect(await balanced()).toBe(true);
  });

  test('is refused by name after its time, and the amount is gone', async () => {
    await rule();
    const id = idOf(await track('e-1'));
    clock.set('2026-06-17T11:59:59.999Z');
    expect(await xp()).toMatchObject({ pending: 50 });
    clock.set('2026-06-17T12:00:00Z');
    expect(await codeOf(ada.rewards.claim(id))).toBe('claim_expired');
    expect(await xp()).toEqual({ available: 0, pending: 0, owed: 0 });
    expect((await ada.rewards.list({ state: 'expired' })).items).toMatchObject([{ id, claimedAt: null }]);
    // Whatever happens next finds it expired as well.
    await track('e-2');
    expect(await codeOf(ada.rewards.claim(id))).toBe('claim_expired');
    expect(await xp()).toMatchObject({ available: 0, pending: 50 });
    const states = (await ada.rewards.list()).items.map(({ state }) => state);
    expect(states).toEqual(['claimable', 'expired']);
  });

  test('that is claimed at its last moment is paid', async () => {
    await rule({ rewards: claimable(50, { until: '2026-06-11T00:00:00+02:00' }) });
    const id = idOf(await track('e-1'));
    clock.set('2026-06-10T21:59:59.999Z');
    expect(await ada.rewards.claim(id)).toMatchObject({ state: 'claimed', expiresAt: '2026-06-10T22:00:00.000Z' });
    // Nobody could claim what would be over when it is earned.
    clock.set('2026-06-10T22:00:00Z');
    expect((await track('e-2')).effects).toMatchObject({ rewards: [], withheld: [{ why: 'gives_nothing' }] });
  });

  test('belongs to one player: to others it is not there', async () => {
    await rule();
    await laurel.users.create({ id: 'bob' });
    const id = idOf(await track('e-1'));
    expect(await codeOf(laurel.as({ userId: 'bob' }).rewards.claim(id))).toBe('not_found');
    expect((await laurel.as({ userId: 'bob' }).rewards.list({ state: 'claimable' })).items).toEqual([]);
    expect(await codeOf(ada.rewards.claim('rwd_nope'))).toBe('not_found');
  });

  test('is told by a dry run as it would be, and nothing is written', async () => {
    await rule();
    const before = await game.snapshot();
    const dry = await laurel.events.track({ id: 'e-1', userId: 'ada', activity: 'lesson', dryRun: true });
    expect(await game.snapshot()).toBe(before);
    expect(dry).toEqual(await track('e-1'));
  });
});

describe('what is taken back', () => {
  test('cancels a claim that is open', async () => {
    await rule();
    const id = idOf(await track('e-1'));
    await laurel.events.void('e-1', { note: 'Mistake' });
    expect(await xp()).toEqual({ available: 0, pending: 0, owed: 0 });
    expect(await codeOf(ada.rewards.claim(id))).toBe('not_found');
    expect((await ada.rewards.list()).items).toEqual([]);
  });

  test('is taken out of the wallet where it was claimed', async () => {
    await rule();
    const id = idOf(await track('e-1'));
    await ada.rewards.claim(id);
    const { ledger } = await laurel.events.void('e-1', { note: 'Mistake' });
    expect(ledger.map(({ amount, correctedBy }) => [amount, correctedBy])).toEqual([[-50, 'e-1']]);
    expect(await xp()).toEqual({ available: 0, pending: 0, owed: 0 });
    expect(await codeOf(ada.rewards.claim(id))).toBe('not_found');
    expect(await balanced()).toBe(true);
  });

  test('leaves a claimed reward where a late event only moves what earned it', async () => {
    await laurel.missions.create({
      id: 'two',
      ...missionOf(2),
      rewards: claimable(50, { within: 3 * 24 * 3600 }),
    });
    await track('e-1', '2026-06-09T12:00:00Z');
    const id = idOf(await track('e-2'));
    await ada.rewards.claim(id);
    // Completed by the first of June, it would have expired long before it was claimed.
    await track('late', '2026-06-01T00:00:00Z');
    expect(await xp()).toEqual({ available: 50, pending: 0, owed: 0 });
    expect(await ada.rewards.claim(id)).toMatchObject({ state: 'claimed' });
    expect(await balanced()).toBe(true);
  });
});

describe('the rewards of a player', () => {
  test('are found by state and kind', async () => {
    await rule({ caps: { perPlayer: 3 } });
    await laurel.rewardRules.create({
      id: 'daily',
      name: { en: 'Daily' },
      trigger: { kind: 'event', activity: 'lesson' },
      rewards: [{ kind: 'currency', currency: 'xp', amount: 1 }],
    });
    const ids = [];
    for (const day of [1, 8, 9]) ids.push(idOf(await track(`e-${day}`, `2026-06-0${day}T00:00:00Z`)));
    const open = (await ada.rewards.list({ state: 'claimable' })).items.map(({ id }) => id);
    expect(open.length).toBe(2);
    await ada.rewards.claim(open[0] ?? '');
    const of = async (state: 'granted' | 'claimable' | 'claimed' | 'expired') =>
      (await ada.rewards.list({ state })).items.map((one) => one.state);
    expect(await of('claimable')).toEqual(['claimable']);
    expect(await of('claimed')).toEqual(['claimed']);
    expect(await of('expired')).toEqual(['expired']);
    expect(await of('granted')).toEqual(['granted', 'granted', 'granted']);
    expect((await ada.rewards.list({ kind: 'badge' })).items).toEqual([]);
    expect((await ada.rewards.list().toArray({ max: 20 })).length).toBe(6);
  });
});
