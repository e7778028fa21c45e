import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { amountsOf, boardOf, defineBasics, defineRule, missionOf, streakOf } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-01T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada' });
});
afterEach(() => game.close());

const track = (activity: string, more: { occurredAt?: string; value?: number } = {}) =>
  laurel.events.track({ userId: 'ada', activity, ...more });
const xp = (amount: number) => [{ kind: 'currency' as const, currency: 'xp', amount }];
const balance = async () => (await laurel.as({ userId: 'ada' }).wallets.get('xp')).available;

describe('case 5: always and fallback', () => {
  beforeEach(async () => {
    await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
    await laurel.rewardRules.create({
      id: 'twenty',
      name: { en: 'Twenty a lesson' },
      trigger: { kind: 'event', activity: 'lesson' },
      mode: 'always',
      rewards: xp(20),
    });
    await laurel.rewardRules.create({
      id: 'five',
      name: { en: 'Five for anything else' },
      trigger: { kind: 'event' },
      mode: 'fallback',
      rewards: xp(5),
    });
  });

  test('a matching event pays 20, another pays 5, never 25', async () => {
    const paid = await Promise.all(
      times(20, async (index) => {
        const activity = index % 2 === 0 ? 'lesson' : 'quiz';
        const { effects } = await track(activity);
        return { activity, amounts: amountsOf(effects.rewards) };
      }),
    );
    for (const { activity, amounts } of paid) expect(amounts).toEqual([activity === 'lesson' ? 20 : 5]);
    expect(await balance()).toBe(10 * 20 + 10 * 5);
  });

  test('an archived always rule no longer holds the fallback back', async () => {
    await laurel.rewardRules.archive('twenty');
    expect((await track('lesson')).effects.rewards).toEqual([
      { kind: 'currency', currency: 'xp', amount: 5, source: { kind: 'rule', rule: 'five' }, claim: null },
    ]);
  });

  test('what an event pays is apart from what its mission pays', async () => {
    await laurel.missions.create({ id: 'one', ...missionOf(1) });
    const { effects } = await track('lesson');
    expect(effects.rewards.map((reward) => [...amountsOf([reward]), reward.source.kind])).toEqual([
      [20, 'rule'],
      [50, 'mission'],
    ]);
  });
});

describe('case 4: a definition that changes while players are on it', () => {
  const weekly = { kind: 'recurring', every: 'week', zone: 'UTC' } as const;

  test('running progress keeps its target and rewards, the next period takes the new ones', async () => {
    const mission = await laurel.missions.create({ id: 'weekly', ...missionOf(3, weekly) });
    await track('lesson');
    const changed = { ...missionOf(5, weekly), rewards: xp(7) };
    const second = await laurel.missions.update('weekly', changed, { ifMatch: mission });
    expect(second).toMatchObject({ version: 2, steps: [{ target: 5 }] });

    await track('lesson');
    const third = await track('lesson');
    expect(third.effects.progress).toMatchObject([{ missionVersion: 1, amount: 3, target: 3, state: 'completed' }]);
    expect(amountsOf(third.effects.rewards)).toEqual([50]);
    expect((await track('lesson')).effects.progress).toEqual([]);

    clock.set('2026-06-08T00:00:00Z');
    const next = await Promise.all(times(5, () => track('lesson')));
    const completing = next.filter(({ effects }) => effects.missionsCompleted.length > 0);
    expect(completing.map(({ effects }) => amountsOf(effects.rewards))).toEqual([[7]]);
    const { items } = await laurel.as({ userId: 'ada' }).progress.list();
    expect(items).toMatchObject([
      { period: '2026-W23', missionVersion: 1, target: 3, amount: 3 },
      { period: '2026-W24', missionVersion: 2, target: 5, amount: 5 },
    ]);
  });

  test('a late event of an old period still counts by the version that the period started on', async () => {
    const mission = await laurel.missions.create({ id: 'weekly', ...missionOf(3, weekly) });
    await track('lesson');
    await laurel.missions.update('weekly', missionOf(9, weekly), { ifMatch: mission });
    clock.set('2026-06-10T00:00:00Z');
    const late = await track('lesson', { occurredAt: '2026-06-02T00:00:00Z' });
    expect(late.effects.progress).toMatchObject([{ period: '2026-W23', missionVersion: 1, amount: 2, target: 3 }]);
  });

  test('the update of a version that is no longer the latest is refused, and nothing changes', async () => {
    const mission = await laurel.missions.create({ id: 'weekly', ...missionOf(3, weekly) });
    const codes = await Promise.all(
      times(10, (index) =>
        codeOf(laurel.missions.update('weekly', missionOf(index + 4, weekly), { ifMatch: mission })),
      ),
    );
    expect(codes.toSorted()).toEqual(['none', ...times(9, () => 'version_mismatch')]);
    expect((await laurel.missions.get('weekly')).version).toBe(2);
  });

  test('once archived, a mission starts nothing new, and what runs is finished', async () => {
    await laurel.missions.create({ id: 'weekly', ...missionOf(2, weekly) });
    await laurel.users.create({ id: 'bob' });
    await track('lesson');
    const [one, two] = [await laurel.missions.archive('weekly'), await laurel.missions.archive('weekly')];
    expect(two).toEqual(one);
    expect(one).toMatchObject({ status: 'archived', version: 2 });

    expect((await track('lesson')).effects.missionsCompleted).toEqual([{ mission: 'weekly', period: '2026-W23' }]);
    expect((await laurel.events.track({ userId: 'bob', activity: 'lesson' })).effects.progress).toEqual([]);
    clock.set('2026-06-08T00:00:00Z');
    expect((await track('lesson')).effects.progress).toEqual([]);
    expect((await laurel.as({ userId: 'ada' }).missions.list()).items).toEqual([]);
  });

  test('once archived, rules, streaks and boards give and count nothing', async () => {
    await defineRule(laurel, 10);
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.leaderboards.create({ id: 'board', ...boardOf('dense') });
    await laurel.rewardRules.archive('xp-per-lesson');
    await laurel.streaks.archive('daily');
    await laurel.leaderboards.archive('board');
    const { effects } = await track('lesson');
    expect([effects.rewards, effects.streaks, effects.scores]).toEqual([[], [], []]);
    const ada = laurel.as({ userId: 'ada' });
    expect(await codeOf(ada.leaderboards.rank('board'))).toBe('not_found');
    expect(await codeOf(ada.streaks.get('daily'))).toBe('not_found');
  });

  test('the definition that is published is at work with the next event', async () => {
    for (const amount of [1, 2, 3]) {
      if (amount === 1) await defineRule(laurel, amount);
      else {
        const rule = await laurel.rewardRules.get('xp-per-lesson');
        const { name, trigger, mode } = rule;
        await laurel.rewardRules.update(rule.id, { name, trigger, mode, rewards: xp(amount) }, { ifMatch: rule });
      }
      expect((await track('lesson')).effects.rewards).toMatchObject([{ amount }]);
    }
    expect(await balance()).toBe(6);
  });
});

describe('when something happened', () => {
  test.each([
    ['1899-12-31T23:59:59Z', 'time_out_of_range'],
    ['1900-01-01T00:00:00Z', 'none'],
    ['2026-06-01T12:05:00Z', 'none'],
    ['2026-06-01T12:05:00.001Z', 'time_out_of_range'],
    ['2026-06-01T14:05:00+02:00', 'none'],
    ['0000-01-01T00:00:00Z', 'time_out_of_range'],
  ])('%s: %s', async (occurredAt, code) => {
    expect(await codeOf(track('lesson', { occurredAt }))).toBe(code);
  });
});
