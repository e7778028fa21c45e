import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineWorld, missionOf } from '../game/definitions.ts';
import { clockAt, type Game, openGame, times } from '../game/world.ts';
import { type Sent, send } from './copies.ts';

const JUNE = { from: '2026-06-01T00:00:00.000Z', to: '2026-07-01T00:00:00.000Z' };
const PLAYERS = ['ada', 'bo', 'cy'] as const;

let game: Game;
let laurel: Laurel;
beforeAll(async () => {
  game = await openGame({ clock: clockAt('2026-06-30T12:00:00.000Z') });
  laurel = game.laurel;
  await defineWorld(laurel);
  for (const id of PLAYERS) await laurel.users.create({ id, zone: 'UTC' });
  const quizzes = { ...missionOf(1000), steps: [{ activity: 'quiz', target: 1000 }], rewards: [] };
  await laurel.missions.create({ id: 'tried', ...quizzes });
  await laurel.rewardRules.create({ ...rule({}), draft: true });
  await laurel.rewardRules.create({
    id: 'for-trying',
    name: { en: 'A gift of a small budget' },
    trigger: { kind: 'missionCompleted', mission: 'tried' },
    budget: [{ currency: 'gems', amount: 20 }],
    rewards: [{ kind: 'currency', currency: 'gems', amount: 8 }],
  });
  await send(laurel, history);
});
afterAll(() => game.close());

const history: readonly Sent[] = times(90, (index) => ({
  id: `e${index}`,
  userId: PLAYERS[index % 3] ?? 'ada',
  activity: 'quiz',
  occurredAt: new Date(Date.UTC(2026, 5, 1) + index * 7 * 3_600_000).toISOString(),
  value: 1 + (index % 4),
}));
const asked = history.reduce((sum, { value }) => sum + value, 0);

type Backtest = Awaited<ReturnType<Laurel['rewardRules']['backtest']>>;
/** All pages of a back-test, added up. */
async function whole(page: (query: { limit: number; cursor?: string }) => Promise<Backtest>, limit: number) {
  const sum = { times: 0, withheld: 0, gives: 0, difference: 0 };
  for (let cursor: string | undefined, more = true; more; ) {
    const one: Backtest = await page({ limit, ...(cursor === undefined ? {} : { cursor }) });
    const gems = one.amounts.find(({ currency }) => currency === 'gems');
    sum.times += one.times;
    sum.withheld += one.withheld;
    sum.gives += gems?.gives ?? 0;
    sum.difference += gems?.difference ?? 0;
    cursor = one.nextCursor ?? undefined;
    more = cursor !== undefined;
  }
  return sum;
}

const rule = (more: object) => ({
  id: 'tried',
  name: { en: 'Tried' },
  trigger: { kind: 'event' as const, activity: 'quiz' },
  rewards: [{ kind: 'currency' as const, currency: 'gems', amount: { expression: 'event.value' } }],
  ...more,
});

test.each([1, 2, 30, asked - 1, asked, asked + 1])(
  'of a budget of %i no more is given, over all pages, and what cannot be given is counted',
  async (amount) => {
    const definition = rule({ budget: [{ currency: 'gems', amount }] });
    const before = await game.snapshot();
    const tries = [1, 2, 200].map((limit) =>
      whole((query) => laurel.rewardRules.backtest('tried', { ...JUNE, definition }, query), limit),
    );
    const [one, ...others] = await Promise.all(tries);
    expect(others).toEqual([one, one]);
    // The smallest thing that is asked for is 1: as long as there is so much, somebody gets it.
    expect(one?.gives).toBe(Math.min(amount, asked));
    expect((one?.times ?? 0) + (one?.withheld ?? 0)).toBe(history.length);
    expect(await game.snapshot()).toBe(before);
  },
);

test('a cap over all players holds over all pages, and without either everything is paid', async () => {
  const tried = (definition: ReturnType<typeof rule>) =>
    whole((query) => laurel.rewardRules.backtest('tried', { ...JUNE, definition }, query), 1);
  expect(await tried(rule({ caps: { total: 40 } }))).toMatchObject({ times: 40, withheld: 50 });
  expect(await tried(rule({}))).toMatchObject({ times: 90, withheld: 0, gives: asked });
});

test('what follows from a mission that is tried is held against what other rules have left', async () => {
  const quizzes = { ...missionOf(2), steps: [{ activity: 'quiz', target: 2 }], rewards: [] };
  const tried = await whole(
    (query) => laurel.missions.backtest('tried', { ...JUNE, definition: { ...quizzes, id: 'tried' } }, query),
    1,
  );
  // All three complete it, and the budget of 20 bears 8 for two of them.
  expect(tried).toMatchObject({ times: 3, difference: 16, withheld: 0 });
});
