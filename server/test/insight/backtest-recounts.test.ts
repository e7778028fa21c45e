import type { Laurel } from '@laurel/sdk/server';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineBasics, missionOf } from '../game/definitions.ts';
import { clockAt, type Game, HOME, laurelOf, openGame, type TestClock, times } from '../game/world.ts';

const JUNE = { from: '2026-06-01T00:00:00.000Z', to: '2026-07-01T00:00:00.000Z' };
const START = '2026-04-01T00:00:00.000Z';
const DAY = 86_400_000;

let clock: TestClock;
let game: Game;
beforeEach(async () => {
  clock = clockAt(START);
  game = await openGame({ clock });
});
afterEach(() => game.close());

let made = 0;

/** A workspace with a mission of lessons, and a rule that pays whoever completes it. */
async function openWorkspace(target: number): Promise<Laurel> {
  made += 1;
  clock.set(START);
  const place = { tenant: HOME.tenant, workspace: `again-${made}` };
  const laurel = laurelOf(await game.platform.createWorkspaceClient(place));
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
  await laurel.missions.create({ id: 'lessons', ...missionOf(target), rewards: [] });
  await laurel.rewardRules.create({
    id: 'for-it',
    name: { en: 'For whoever completes it' },
    trigger: { kind: 'missionCompleted', mission: 'lessons' },
    rewards: [{ kind: 'currency', currency: 'xp', amount: 7 }],
  });
  await laurel.users.create({ id: 'ada' });
  return laurel;
}

/** Sends events one by one, each when it happens: so many days after the start. */
async function live(laurel: Laurel, days: readonly { readonly day: number; readonly activity: string }[]) {
  for (const { day, activity } of days) {
    const now = new Date(Date.parse(START) + day * DAY).toISOString();
    clock.set(now);
    await laurel.events.track({ userId: 'ada', activity, occurredAt: now });
  }
}

/** Publishes a version that lets quizzes count, and counts what is running again. */
async function publishRecount(laurel: Laurel, target: number, day: number): Promise<void> {
  clock.set(new Date(Date.parse(START) + day * DAY).toISOString());
  const steps = ['lesson', 'quiz'].map((activity) => ({ activity, adds: 'one' as const, target }));
  const combine = { kind: 'any' as const, count: 1 };
  const body = { ...missionOf(target), rewards: [], steps, combine, running: 'recompute' as const };
  await laurel.missions.update('lessons', body, { ifMatch: await laurel.missions.get('lessons') });
}

/** What of the mission was really completed in June, and what the rule really paid then. */
async function reallyIn(laurel: Laurel) {
  const progress = await laurel.as({ userId: 'ada' }).progress.list().toArray({ max: 10 });
  const entries = await laurel.as({ userId: 'ada' }).wallets.entries('xp').toArray({ max: 100 });
  const isIn = (at: string | null) => at !== null && at >= JUNE.from && at < JUNE.to;
  return {
    completed: progress.filter(({ completedAt }) => isIn(completedAt)).length,
    paid: entries.filter(({ occurredAt }) => isIn(occurredAt)).reduce((sum, { amount }) => sum + amount, 0),
  };
}

/** What a back-test of what is at work already says: it changes nothing, so both sides are what really happened. */
async function toldBy(laurel: Laurel) {
  clock.set('2026-07-10T00:00:00.000Z');
  const mission = await laurel.missions.backtest('lessons', { ...JUNE, version: 2 });
  const rule = await laurel.rewardRules.backtest('for-it', { ...JUNE, version: 1 });
  return { mission, rule };
}

test('a back-test across a version that counts again knows what was done before the interval', async () => {
  const laurel = await openWorkspace(100);
  // Two a day in April and May, of which more than one snapshot lies behind the interval.
  await live(
    laurel,
    times(56, (index) => [
      { day: index + 0.1, activity: 'lesson' },
      { day: index + 0.2, activity: 'quiz' },
    ]).flat(),
  );
  await publishRecount(laurel, 50, 75);
  await live(laurel, [{ day: 80, activity: 'lesson' }]);
  expect(await reallyIn(laurel)).toEqual({ completed: 1, paid: 7 });
  const { mission, rule } = await toldBy(laurel);
  expect([mission.times, mission.before, rule.times, rule.before]).toEqual([1, 1, 1, 1]);
  expect(rule.amounts).toEqual([{ currency: 'xp', gives: 7, gave: 7, difference: 0 }]);

  // A rule that is tried sees what really was completed.
  const definition = {
    name: { en: 'More for it' },
    trigger: { kind: 'missionCompleted' as const, mission: 'lessons' },
    rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 20 }],
  };
  const tried = await laurel.rewardRules.backtest('for-it', { ...JUNE, definition });
  expect(tried.amounts).toEqual([{ currency: 'xp', gives: 20, gave: 7, difference: 13 }]);
});

const histories = fc.record({
  events: fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 88 }), activity: fc.constantFrom('lesson', 'quiz', 'quiz') }),
    { minLength: 20, maxLength: 45 },
  ),
  published: fc.integer({ min: 30, max: 85 }),
  target: fc.integer({ min: 5, max: 25 }),
});

/**
 * One in which the recount completes it in June, so that whatever is drawn besides, something is. A lesson begins it: what
 * nobody has begun is not counted again.
 */
const completing = {
  events: times(30, (index) => ({ day: 50 + index, activity: index === 0 ? ('lesson' as const) : ('quiz' as const) })),
  published: 70,
  target: 15,
};

test('a back-test of what is at work already changes nothing, whenever a version counted again', async () => {
  let recounted = 0;
  await fc.assert(
    fc.asyncProperty(histories, async ({ events, published, target }) => {
      const laurel = await openWorkspace(target);
      const inOrder = events.toSorted((a, b) => a.day - b.day);
      await live(
        laurel,
        inOrder.filter(({ day }) => day < published),
      );
      await publishRecount(laurel, target, published);
      await live(
        laurel,
        inOrder.filter(({ day }) => day >= published),
      );
      const { completed, paid } = await reallyIn(laurel);
      const { rule } = await toldBy(laurel);
      const amounts = paid === 0 ? [] : [{ currency: 'xp', gives: paid, gave: paid, difference: 0 }];
      expect({ times: rule.times, before: rule.before, amounts: rule.amounts }).toEqual({
        times: completed,
        before: completed,
        amounts,
      });
      recounted += completed;
    }),
    { numRuns: 8, examples: [[completing]] },
  );
  expect(recounted).toBeGreaterThan(0);
}, 120_000);
