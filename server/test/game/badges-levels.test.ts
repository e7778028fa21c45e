import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { debit } from './economy.ts';
import { clockAt, type Game, openGame, randomFrom, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-05-20T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

const at = (day: number) => new Date(Date.UTC(2026, 4, day, 9)).toISOString();
const lesson = (day: number, userId = 'ada') =>
  laurel.events.track({ userId, activity: 'lesson', occurredAt: at(day) });
const ada = () => laurel.as({ userId: 'ada' });
const xpOf = async (userId = 'ada') => (await laurel.as({ userId }).wallets.get('xp')).available;

type Trigger = Parameters<Laurel['rewardRules']['create']>[0]['trigger'];

function defineRule(trigger: Trigger, amount: number, currency = 'xp', condition?: string): Promise<unknown> {
  return laurel.rewardRules.create({
    id: `rule-${amount}-${currency}`,
    name: { en: 'A rule' },
    trigger,
    ...(condition === undefined ? {} : { condition }),
    rewards: [{ kind: 'currency', currency, amount }],
  });
}

async function defineBadge(): Promise<void> {
  const tiers = [{ count: 1 }, { count: 3 }];
  await laurel.badges.create({ id: 'scholar', name: { en: 'Scholar' }, criteria: { en: 'Learn.' }, tiers });
  const rewards = [{ kind: 'badge' as const, badge: 'scholar' }];
  const trigger = { kind: 'event' as const, activity: 'lesson' };
  await laurel.rewardRules.create({ id: 'badge-per-lesson', name: { en: 'x' }, trigger, rewards });
}

describe('badges that rules give', () => {
  test('are told, tier by tier, and reward in turn; a void takes all of it back', async () => {
    await defineBadge();
    await defineRule({ kind: 'badgeAwarded', badge: 'scholar', tier: 2 }, 30);
    const effects = [await lesson(1), await lesson(2), await lesson(3)].map((receipt) => receipt.effects.badges);
    expect(effects).toEqual([[{ badge: 'scholar', tier: 1 }], [], [{ badge: 'scholar', tier: 2 }]]);
    expect((await laurel.users.sheet('ada')).badges).toEqual([{ badge: 'scholar', count: 3, tier: 2 }]);
    expect(await xpOf()).toBe(30);
    const list = async () => (await laurel.badgeAwards.list('ada').toArray({ max: 9 })).map(({ tier }) => tier);
    expect(await list()).toEqual([2]);

    const fourth = await lesson(4);
    expect(fourth.effects.badges).toEqual([]);
    const [first] = await laurel.events.list({ userId: 'ada' }).toArray({ max: 9 });
    await laurel.events.void(first?.id ?? '', { note: 'x' });
    // It counts up to the last tier: of four lessons, three are left.
    expect(await list()).toEqual([2]);
    await laurel.events.void(fourth.event.id, { note: 'x' });
    const [third] = (await laurel.events.list({ userId: 'ada' }).toArray({ max: 9 })).filter(
      ({ voidedAt }) => voidedAt === null,
    );
    await laurel.events.void(third?.id ?? '', { note: 'x' });
    expect(await list()).toEqual([1]);
    expect(await xpOf()).toBe(0);
  });

  test('that a late event brings about earlier keep their count; a void revokes the credential', async () => {
    await defineBadge();
    const later = await lesson(9);
    const before = await ada().badges.credential('scholar');
    await lesson(2);
    expect(await ada().badges.get('scholar')).toMatchObject({ count: 2, awardedAt: at(2) });
    const after = await ada().badges.credential('scholar');
    expect(after.credential.id).not.toBe(before.credential.id);
    await laurel.events.void(later.event.id, { note: 'x' });
    expect(await ada().badges.get('scholar')).toMatchObject({ count: 1, tier: 1, awardedAt: at(2) });
    // The tier stands since the same moment: so does its credential.
    expect((await ada().badges.credential('scholar')).credential.id).toBe(after.credential.id);
  });

  test('stand beside those by hand in one count', async () => {
    await defineBadge();
    await lesson(1);
    await laurel.badgeAwards.create('ada', { badge: 'scholar', reason: 'Helped.' });
    await lesson(2);
    expect(await ada().badges.get('scholar')).toMatchObject({ count: 3, tier: 2 });
    await laurel.badgeAwards.revoke('ada', 'scholar', { reason: 'By mistake.' });
    // It comes before the revocation.
    expect((await lesson(3)).effects.badges).toEqual([]);
    expect(await ada().badges.get('scholar')).toMatchObject({ count: 0, tier: 0 });
    clock.set(at(21));
    expect((await lesson(21)).effects.badges).toEqual([{ badge: 'scholar', tier: 1 }]);
  });
});

describe('levels', () => {
  const curve = { kind: 'thresholds' as const, thresholds: [10, 30, 60] };
  const levels = [{ level: 3, rewards: [{ kind: 'currency' as const, currency: 'gems', amount: 5 }] }];
  const gems = async () => (await ada().wallets.get('gems')).available;
  const define = (more: object = {}) =>
    laurel.levelTracks.create({ id: 'rank', name: { en: 'Rank' }, currency: 'xp', curve, levels, ...more });
  const level = async (userId = 'ada') => (await laurel.users.sheet(userId)).levels.map((one) => one.level)[0];

  test('are reached by what is earned, give what they promise once, and are taken back by a void', async () => {
    await define();
    await defineRule({ kind: 'event', activity: 'lesson' }, 15);
    await defineRule({ kind: 'levelReached', track: 'rank', level: 2 }, 2, 'gems');
    expect(await level()).toBe(1);
    expect((await lesson(1)).effects).toMatchObject({ levels: [{ track: 'rank', level: 2, change: 'reached' }] });
    expect(await gems()).toBe(2);
    const second = await lesson(2);
    expect(second.effects.levels).toEqual([{ track: 'rank', level: 3, change: 'reached' }]);
    expect(second.effects.rewards).toContainEqual({
      kind: 'currency',
      currency: 'gems',
      amount: 5,
      source: { kind: 'level', track: 'rank', level: 3 },
      claim: null,
    });
    expect([await gems(), await level()]).toEqual([7, 3]);
    await laurel.events.void(second.event.id, { note: 'x' });
    expect([await gems(), await level()]).toEqual([2, 2]);
  });

  test.each([
    [false, [3, 3, 3], 5],
    [true, [3, 1, 3], 5],
  ])('where a track goes down: %s; what a level gives, it gives once', async (goesDown, expected, given) => {
    await define({ goesDown });
    const grant = (amount: number) =>
      laurel.users.grant('ada', { rewards: [{ kind: 'currency', currency: 'xp', amount }], note: 'x' });
    await grant(30);
    const seen = [await level()];
    await debit(laurel, 'ada', 'xp', 25);
    seen.push(await level());
    await grant(30);
    seen.push(await level());
    expect(seen).toEqual(expected);
    expect(await gems()).toBe(given);
    expect((await ada().levels.list().toArray({ max: 9 })).map((one) => one.level)).toEqual([expected[2]]);
  });

  test('experience is an amount of the currency of its track', async () => {
    await define();
    const rewards = [{ kind: 'experience' as const, track: 'rank', amount: 12 }];
    const trigger = { kind: 'event' as const, activity: 'lesson' };
    await laurel.rewardRules.create({ id: 'exp', name: { en: 'x' }, trigger, rewards });
    const { effects } = await lesson(1);
    expect(effects.levels).toEqual([{ track: 'rank', level: 2, change: 'reached' }]);
    expect(effects.ledger).toMatchObject([{ currency: 'xp', amount: 12, reason: { kind: 'rule', rule: 'exp' } }]);
    expect([await xpOf(), await level()]).toEqual([12, 2]);
  });

  test('badges, levels and counts come to the same in whatever order events arrive', async () => {
    await define();
    await defineBadge();
    await laurel.users.create({ id: 'bob' });
    await defineRule({ kind: 'event', activity: 'lesson' }, 7);
    await defineRule({ kind: 'event', activity: 'lesson' }, 1, 'gems', 'player.counters["lesson"] < 2');
    await defineRule({ kind: 'event', activity: 'lesson' }, 10, 'gems', 'player.levels["rank"] >= 2');
    await defineRule({ kind: 'event', activity: 'lesson' }, 100, 'gems', 'player.badges["scholar"] == 0');
    const days = times(8, (index) => index + 1);
    for (const day of days) await lesson(day, 'ada');
    for (const day of randomFrom(3).shuffle(days)) await lesson(day, 'bob');
    const sheet = async (userId: string) => {
      const { badges, levels: reached, wallets } = await laurel.users.sheet(userId);
      return { badges, reached, wallets, earned: (await laurel.as({ userId }).badges.get('scholar')).tiers };
    };
    expect(await sheet('bob')).toEqual(await sheet('ada'));
    // Lessons 1 and 2 are fresh; from the third on the level is 2; level 3 gives 5; the first has no badge yet.
    expect(await gems()).toBe(2 + 6 * 10 + 5 + 100);
  });
});
