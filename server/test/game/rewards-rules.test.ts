import { createHash } from 'node:crypto';
import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { amountsOf, defineBasics, missionOf } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, refusalOf, type TestClock, times } from './world.ts';

type RuleCreate = Parameters<Laurel['rewardRules']['create']>[0];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-10T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada', zone: 'Pacific/Auckland' });
});
afterEach(() => game.close());

const xp = (amount: number) => [{ kind: 'currency' as const, currency: 'xp', amount }];
const rule = (id: string, more: Partial<RuleCreate> = {}) =>
  laurel.rewardRules.create({
    id,
    name: { en: id },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: xp(10),
    ...more,
  });
type Sent = Partial<Parameters<Laurel['events']['track']>[0]>;
const track = (more: Sent = {}) => laurel.events.track({ userId: 'ada', activity: 'lesson', ...more });
/** What an event paid, and what was withheld, by rules. */
const paid = async (more: Sent = {}) => {
  const { effects } = await track(more);
  return { amounts: amountsOf(effects.rewards), withheld: effects.withheld };
};
/** The reason that a rule is explained with. */
const whyOf = async (event: string, id: string) => {
  const { rules } = await laurel.events.explain(event);
  return rules.find((one) => one.id === id);
};
const balance = async (userId = 'ada') => (await laurel.as({ userId }).wallets.get('xp')).available;

describe('what a rule waits for', () => {
  test('is an activity with a tag as well, and not another', async () => {
    await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' }, tags: ['study', 'kind:quiz'] });
    await laurel.activities.create({ id: 'walk', name: { en: 'Walk' }, tags: ['sport'] });
    await rule('study', { trigger: { kind: 'event', tag: 'study' } });
    expect((await paid({ activity: 'quiz' })).amounts).toEqual([10]);
    expect((await paid({ activity: 'walk' })).amounts).toEqual([]);
    expect((await paid()).amounts).toEqual([]);
  });

  test('is refused where it names an activity and a tag, or what is not there', async () => {
    const both = { kind: 'event' as const, activity: 'lesson', tag: 'study' };
    expect(await codeOf(rule('both', { trigger: both }))).toBe('invalid_request');
    const triggers: RuleCreate['trigger'][] = [
      { kind: 'streakMilestone', streak: 'nope' },
      { kind: 'levelReached', track: 'nope' },
      { kind: 'badgeAwarded', badge: 'nope' },
      { kind: 'leaderboardClosed', leaderboard: 'nope' },
    ];
    for (const trigger of triggers) {
      const refused = await refusalOf(rule('nope', { trigger }));
      expect(refused).toMatchObject({ code: 'unknown_reference' });
      expect(refused.pointers[0]).toMatch(/^\/trigger\//);
    }
    for (const [index, kind] of (['streakMilestone', 'levelReached', 'badgeAwarded'] as const).entries()) {
      expect(await codeOf(rule(`any-${index}`, { trigger: { kind } }))).toBe('none');
    }
  });
});

describe('an exclusive group', () => {
  test('pays the highest priority that matches, and no fallback beside it', async () => {
    const group = (priority: number) => ({ exclusive: 'bonus', priority });
    await rule('a-low', { mode: group(1), rewards: xp(1) });
    await rule('b-high', { mode: group(5), rewards: xp(50), condition: 'event.value >= 10' });
    await rule('c-low', { mode: group(1), rewards: xp(2) });
    await rule('other', { mode: { exclusive: 'other' }, rewards: xp(7) });
    await rule('fallback', { mode: 'fallback', rewards: xp(3) });
    expect((await paid({ id: 'big', value: 10 })).amounts.toSorted((a, b) => a - b)).toEqual([7, 50]);
    expect((await paid({ id: 'small' })).amounts.toSorted((a, b) => a - b)).toEqual([1, 7]);
    expect(await whyOf('big', 'a-low')).toMatchObject({
      fired: false,
      why: 'other_rule_in_group',
      values: { rule: 'b-high' },
    });
    expect(await whyOf('small', 'c-low')).toMatchObject({ why: 'other_rule_in_group', values: { rule: 'a-low' } });
    expect(await whyOf('small', 'fallback')).toMatchObject({ why: 'always_rule_matched' });
  });
});

describe('caps and cooldowns', () => {
  test('count days in the player’s own zone, by when things happened', async () => {
    await rule('daily', { caps: { perDay: 1, zone: 'user' } });
    // Midnight in Auckland is 12:00 UTC of the day before.
    expect((await paid({ occurredAt: '2026-06-09T11:59:00Z' })).amounts).toEqual([10]);
    expect((await paid({ occurredAt: '2026-06-09T12:00:00Z' })).amounts).toEqual([10]);
    const second = await paid({ id: 'second', occurredAt: '2026-06-10T11:59:59Z' });
    expect(second).toEqual({ amounts: [], withheld: [{ rule: 'daily', why: 'cap_reached' }] });
    expect(await whyOf('second', 'daily')).toMatchObject({
      fired: false,
      why: 'cap_reached',
      values: { cap: 'perDay', most: 1, paid: 1, period: '2026-06-10' },
    });
  });

  test('let a late event take the place of a later one, which is taken back', async () => {
    await rule('once', { caps: { perPlayer: 1 } });
    await paid({ id: 'later', occurredAt: '2026-06-09T12:00:00Z' });
    const { effects } = await track({ id: 'earlier', occurredAt: '2026-06-08T12:00:00Z' });
    expect(amountsOf(effects.rewards)).toEqual([10]);
    expect(await balance()).toBe(10);
    expect(await whyOf('later', 'once')).toMatchObject({ fired: false, why: 'cap_reached' });
    await laurel.events.void('earlier', { note: 'Mistake' });
    expect(await balance()).toBe(10);
    expect(await whyOf('later', 'once')).toMatchObject({ fired: true });
  });

  test('hold a rule back for a while after it paid', async () => {
    await rule('calm', { cooldown: 'PT1H' });
    const at = (minutes: number) => new Date(Date.UTC(2026, 5, 9) + minutes * 60_000).toISOString();
    const amounts = [];
    for (const minutes of [0, 59, 60, 61, 119, 120]) amounts.push((await paid({ occurredAt: at(minutes) })).amounts);
    expect(amounts).toEqual([[10], [], [10], [], [], [10]]);
    expect((await paid({ occurredAt: at(121) })).withheld).toEqual([{ rule: 'calm', why: 'cooling_down' }]);
    expect(await codeOf(rule('month', { cooldown: 'P1M' }))).toBe('invalid_request');
    expect(await codeOf(rule('seconds', { cooldown: 90 }))).toBe('none');
  });

  test('keep a rule that matched from paying, and a fallback with it', async () => {
    await rule('once', { caps: { perPlayer: 1 } });
    await rule('else', { mode: 'fallback', rewards: xp(5) });
    expect((await paid()).amounts).toEqual([10]);
    expect((await paid()).amounts).toEqual([]);
  });

  test('leave what happened outside of the timeframe alone, whenever it is told', async () => {
    await rule('june', { timeframe: { from: '2026-06-01T02:00:00+02:00', to: '2026-06-05T00:00:00Z' } });
    const inside = ['2026-06-01T00:00:00Z', '2026-06-04T23:59:59.999Z'];
    const outside = ['2026-05-31T23:59:59.999Z', '2026-06-05T00:00:00Z'];
    for (const occurredAt of inside) expect((await paid({ occurredAt })).amounts).toEqual([10]);
    for (const occurredAt of outside) expect((await paid({ occurredAt })).amounts).toEqual([]);
    const { event } = await track();
    expect(await whyOf(event.id, 'june')).toMatchObject({ why: 'out_of_timeframe' });
    expect((await laurel.rewardRules.get('june')).timeframe?.from).toBe('2026-06-01T00:00:00.000Z');
    const backwards = { from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' };
    expect(await codeOf(rule('backwards', { timeframe: backwards }))).toBe('invalid_request');
  });
});

describe('a chance', () => {
  test('is what anybody works out from the rule, its version, the event and the seed', async () => {
    const chance = { probability: 0.3, seed: 'autumn' };
    await rule('lucky', { chance });
    const events = times(120, (index) => ({ id: `e-${index}`, userId: 'ada', activity: 'lesson' }));
    const { items } = await laurel.events.trackBatch({ events });
    const hit = items.map((item) => item.status === 'accepted' && item.receipt.effects.rewards.length > 0);
    const drawn = events.map(({ id }) => {
      const text = JSON.stringify(['lucky', 1, id, 'autumn']);
      return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
    });
    expect(hit).toEqual(drawn.map((one) => one < 0.3));
    expect(hit.filter(Boolean).length).toBeGreaterThan(15);
    const missed = hit.indexOf(false);
    expect(await whyOf(`e-${missed}`, 'lucky')).toMatchObject({
      fired: false,
      why: 'chance_missed',
      values: { drawn: drawn[missed], probability: 0.3, paidFor: `e-${missed}` },
    });
  });

  test('that misses lets the next of its group pay', async () => {
    await rule('jackpot', {
      mode: { exclusive: 'spin', priority: 1 },
      chance: { probability: 0.5 },
      rewards: xp(1000),
    });
    await rule('consolation', { mode: { exclusive: 'spin', priority: 0 }, rewards: xp(1) });
    const events = times(40, (index) => ({ id: `spin-${index}`, userId: 'ada', activity: 'lesson' }));
    const { items } = await laurel.events.trackBatch({ events });
    const amounts = items.flatMap((item) =>
      item.status === 'accepted' ? amountsOf(item.receipt.effects.rewards) : [],
    );
    expect(amounts).toHaveLength(40);
    expect(new Set(amounts)).toEqual(new Set([1000, 1]));
  });
});

describe('an amount by an expression', () => {
  beforeEach(async () => {
    const attributes = { score: { type: 'integer' as const } };
    await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' }, attributes });
  });
  const quiz = { kind: 'event' as const, activity: 'quiz' };
  const by = (expression: string) => [{ kind: 'currency' as const, currency: 'xp', amount: { expression } }];

  test('is worked out for each event; 0, less and what cannot be worked out are nothing', async () => {
    await rule('points', { trigger: quiz, rewards: by('event.value * 2 + event.attributes.score') });
    expect((await paid({ activity: 'quiz', value: 4, attributes: { score: 3 } })).amounts).toEqual([11]);
    const nothing = { amounts: [], withheld: [{ rule: 'points', why: 'gives_nothing' }] };
    expect(await paid({ activity: 'quiz', value: 1, attributes: { score: -2 } })).toEqual(nothing);
    expect(await paid({ activity: 'quiz', value: 1, attributes: { score: -20 } })).toEqual(nothing);
    expect(await paid({ activity: 'quiz', value: 1 })).toEqual(nothing);
    expect(await balance()).toBe(11);
  });

  test('is bounded', async () => {
    await rule('much', { trigger: quiz, rewards: by('event.value * 1000000000') });
    expect((await paid({ activity: 'quiz', value: 1_000_000_000 })).amounts).toEqual([1_000_000_000_000]);
  });

  test('is refused where it is no int, with its place', async () => {
    for (const expression of ['event.value > 1', '1.5', 'event.valeu', 'event.attributes.scores']) {
      expect(await refusalOf(rule('bad', { trigger: quiz, rewards: by(expression) }))).toMatchObject({
        code: 'invalid_expression',
        pointers: ['/rewards/0/amount/expression'],
      });
    }
  });

  test('is what a mission gives as well', async () => {
    await laurel.missions.create({ id: 'one', ...missionOf(1), rewards: by('event.value + 1') });
    expect((await paid({ value: 5 })).amounts).toEqual([6]);
  });
});

describe('other kinds of rewards', () => {
  test('are told of with the event, and listed', async () => {
    await laurel.streaks.create({
      id: 'daily',
      name: { en: 'Daily' },
      cadence: 'day',
      zone: 'UTC',
      activity: 'lesson',
    });
    const rewards = [{ kind: 'streakFreeze' as const, streak: 'daily', count: 2 }, ...xp(5)];
    await rule('mixed', { rewards });
    const { effects } = await track({ id: 'first' });
    expect(effects.rewards).toEqual([
      { kind: 'currency', currency: 'xp', amount: 5, source: { kind: 'rule', rule: 'mixed' }, claim: null },
      { kind: 'streakFreeze', streak: 'daily', count: 2, source: { kind: 'rule', rule: 'mixed' }, claim: null },
    ]);
    const ada = laurel.as({ userId: 'ada' });
    const listed = await ada.rewards.list().toArray({ max: 10 });
    expect(listed.map(({ kind, state }) => [kind, state])).toEqual([
      ['streakFreeze', 'granted'],
      ['currency', 'granted'],
    ]);
    expect((await ada.rewards.list({ kind: 'currency' })).items).toHaveLength(1);
    await laurel.events.void('first', { note: 'Mistake' });
    expect((await ada.rewards.list()).items).toEqual([]);
    const unknown = rule('nope', { rewards: [{ kind: 'badge', badge: 'nope' }] });
    expect(await refusalOf(unknown)).toMatchObject({ code: 'unknown_reference', pointers: ['/rewards/0/badge'] });
  });

  test('are listed page by page, whatever the pages’ size', async () => {
    await rule('pair', { rewards: [...xp(1), ...xp(2), ...xp(3)] });
    const occurredAt = (index: number) => new Date(Date.UTC(2026, 4, 1 + index)).toISOString();
    for (const index of times(5, (one) => one)) await track({ id: `e-${index}`, occurredAt: occurredAt(index) });
    const ada = laurel.as({ userId: 'ada' });
    const whole = await ada.rewards.list({ limit: 200 }).toArray({ max: 100 });
    expect(whole.map((reward) => amountsOf([reward])[0])).toEqual(times(5, () => [3, 2, 1]).flat());
    expect(whole.map(({ grantedAt }) => grantedAt)).toEqual(
      times(15, (index) => occurredAt(4 - Math.floor(index / 3))),
    );
    for (const limit of [1, 2, 3, 4, 7]) {
      expect(await ada.rewards.list({ limit }).toArray({ max: 100 })).toEqual(whole);
    }
  });
});
