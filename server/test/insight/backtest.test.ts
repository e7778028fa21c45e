import type { Laurel } from '@laurel/sdk/server';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics, defineRule, defineWorld, missionOf, streakOf } from '../game/definitions.ts';
import { clockAt, codeOf, type Game, openGame, refusalOf, times } from '../game/world.ts';
import { amountsIn, anotherWorkspace, type Sent, send } from './copies.ts';

const NOW = '2026-06-30T12:00:00.000Z';
const JUNE = { from: '2026-06-01T00:00:00.000Z', to: '2026-07-01T00:00:00.000Z' };
const PLAYERS = ['ada', 'bo', 'cy'] as const;

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt(NOW) });
  laurel = game.laurel;
});
afterEach(() => game.close());

type Backtest = Awaited<ReturnType<Laurel['missions']['backtest']>>;

/** All pages of a back-test, added up by hand. */
async function whole(page: (query: { limit: number; cursor?: string }) => Promise<Backtest>, limit = 2) {
  const sum = { looked: 0, players: 0, events: 0, times: 0, before: 0 };
  const gives = new Map<string, { gives: number; gave: number; difference: number }>();
  const days = new Map<string, number>();
  const results: Backtest['results'] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const one: Backtest = await page({ limit, ...(cursor === undefined ? {} : { cursor }) });
    sum.looked += one.looked;
    sum.players += one.players;
    sum.events += one.events;
    sum.times += one.times;
    sum.before += one.before;
    for (const { currency, ...more } of one.amounts) {
      const known = gives.get(currency) ?? { gives: 0, gave: 0, difference: 0 };
      gives.set(currency, {
        gives: known.gives + more.gives,
        gave: known.gave + more.gave,
        difference: known.difference + more.difference,
      });
    }
    for (const day of one.days) days.set(day.day, (days.get(day.day) ?? 0) + day.times);
    results.push(...one.results);
    cursor = one.nextCursor ?? undefined;
    pages += 1;
  } while (cursor !== undefined);
  return { ...sum, gives, days, results, pages };
}

/** Three hundred events of three players over thirty days: each does something ten times in three days. */
const fixed: readonly Sent[] = times(300, (index) => ({
  id: `e${index}`,
  userId: PLAYERS[index % 3] ?? 'ada',
  activity: index % 5 === 0 ? 'quiz' : 'lesson',
  occurredAt: new Date(Date.UTC(2026, 5, 1) + index * 2.3 * 3_600_000).toISOString(),
  value: index % 4,
}));

async function openWorld(target: Laurel): Promise<void> {
  await defineWorld(target);
  for (const id of PLAYERS) await target.users.create({ id, zone: 'UTC' });
}

const weekly = { ...missionOf(4, { kind: 'recurring', every: 'week', zone: 'Asia/Tokyo' }) };
const rule = {
  name: { en: 'More for quizzes' },
  trigger: { kind: 'event' as const, activity: 'quiz' },
  condition: 'event.value >= 1',
  rewards: [{ kind: 'currency' as const, currency: 'gems', amount: 3 }],
};

describe('three hundred events', () => {
  beforeEach(async () => {
    await openWorld(laurel);
    await send(laurel, fixed);
  });

  test('a draft rule: what it would have paid, beside the fallback that it would have held back, and nothing written', async () => {
    await laurel.rewardRules.create({ id: 'quizzes', ...rule, draft: true });
    const before = await game.snapshot();
    const tried = await whole((query) => laurel.rewardRules.backtest('quizzes', { ...JUNE, draft: true }, query));
    expect(await game.snapshot()).toBe(before);

    const quizzes = fixed.filter(({ activity }) => activity === 'quiz');
    const paid = quizzes.filter(({ value }) => value >= 1);
    expect(tried).toMatchObject({ looked: 3, players: 3, events: 300, times: paid.length, before: 0, pages: 2 });
    expect(tried.gives).toEqual(
      new Map([['gems', { gives: 3 * paid.length, gave: 0, difference: 3 * paid.length - paid.length }]]),
    );
    const byDay = Map.groupBy(paid, ({ occurredAt }) => occurredAt.slice(0, 10));
    expect(tried.days).toMatchObject(new Map([...byDay].map(([day, ofDay]) => [day, ofDay.length])));
  });

  test('a draft mission that counts in a zone of its own: as in a workspace in which it was at work from the start', async () => {
    await laurel.missions.create({ id: 'tokyo', ...weekly, draft: true });
    const tried = await whole((query) => laurel.missions.backtest('tokyo', JUNE, query), 1);
    const copy = await anotherWorkspace(game);
    await openWorld(copy);
    await copy.missions.create({ id: 'tokyo', ...weekly });
    await send(copy, fixed);
    const completed: string[] = [];
    for (const userId of PLAYERS) {
      for await (const { mission, period, state } of copy.as({ userId }).progress.list()) {
        if (mission === 'tokyo' && state === 'completed') completed.push(`${userId} ${period}`);
      }
    }
    expect(completed.length).toBeGreaterThan(5);
    const told = tried.results.map(({ userId, period }) => `${userId} ${period}`);
    expect(told.toSorted()).toEqual(completed.toSorted());
    expect(tried).toMatchObject({ times: completed.length, before: 0, pages: 3 });
    expect(tried.gives.get('xp')).toEqual({
      gives: 50 * completed.length,
      gave: 0,
      difference: 50 * completed.length,
    });
  });

  test('a mission that nobody could complete comes to nothing', async () => {
    await laurel.missions.create({ id: 'never', ...missionOf(1000), draft: true });
    const tried = await laurel.missions.backtest('never', JUNE);
    expect(tried).toMatchObject({ players: 3, events: 300, times: 0, before: 0, amounts: [], days: [], results: [] });
  });

  test('a version that was at work comes to what it came to', async () => {
    const tried = await laurel.missions.backtest('three-a-day', { ...JUNE, version: 1 });
    expect(tried.times).toBeGreaterThan(20);
    expect(tried.before).toBe(tried.times);
    expect(tried.amounts).toEqual([{ currency: 'xp', gives: 50 * tried.times, gave: 50 * tried.times, difference: 0 }]);
  });

  test('a streak: the days that would have counted, and the run', async () => {
    await laurel.streaks.create({ id: 'quizzes', ...streakOf('user'), activity: 'quiz', draft: true });
    const tried = await laurel.streaks.backtest('quizzes', JUNE);
    const days = new Set(
      fixed.flatMap(({ activity, userId, occurredAt }) =>
        activity === 'quiz' ? [`${userId} ${occurredAt.slice(0, 10)}`] : [],
      ),
    );
    expect(tried.results.map(({ userId, day }) => `${userId} ${day}`).toSorted()).toEqual([...days].toSorted());
    expect(tried.results.every(({ run, times: counted }) => (run ?? 0) >= 1 && counted === 1)).toBe(true);
  });

  test('only the interval counts, for a body that was never saved as well', async () => {
    const narrow = { from: '2026-06-10T00:00:00.000Z', to: '2026-06-12T00:00:00.000Z' };
    const definition = { ...rule, condition: 'event.value >= 0' };
    await laurel.rewardRules.create({ id: 'quizzes', ...rule, draft: true });
    const tried = await laurel.rewardRules.backtest('quizzes', { ...narrow, definition });
    const inside = fixed.filter(({ occurredAt }) => occurredAt >= narrow.from && occurredAt < narrow.to);
    expect(tried.events).toBe(inside.length);
    expect(tried.times).toBe(inside.filter(({ activity }) => activity === 'quiz').length);
  });
});

test('a voided event counts for nobody', async () => {
  await openWorld(laurel);
  await send(laurel, fixed.slice(0, 30));
  await laurel.rewardRules.create({ id: 'quizzes', ...rule, draft: true });
  const { times: before } = await laurel.rewardRules.backtest('quizzes', JUNE);
  await laurel.events.void('e5', { note: 'by mistake' });
  expect((await laurel.rewardRules.backtest('quizzes', JUNE)).times).toBe(before - 1);
});

test('a rule, tried on any history, comes to what publishing it in a copy and sending the same history comes to', async () => {
  const history = fc.array(
    fc.record({ user: fc.nat(2), quiz: fc.boolean(), hour: fc.nat(24 * 29), value: fc.nat(5) }),
    { minLength: 1, maxLength: 30 },
  );
  const drafts = fc.record({
    activity: fc.constantFrom('lesson', 'quiz', undefined),
    mode: fc.constantFrom('always' as const, 'fallback' as const),
    amount: fc.integer({ min: 1, max: 9 }),
    least: fc.nat(5),
  });
  await fc.assert(
    fc.asyncProperty(history, drafts, async (acts, { activity, mode, amount, least }) => {
      const [here, there] = [await anotherWorkspace(game), await anotherWorkspace(game)];
      const draft = {
        id: 'tried',
        name: { en: 'Tried' },
        trigger: { kind: 'event' as const, ...(activity === undefined ? {} : { activity }) },
        mode,
        condition: `event.value >= ${least}`,
        rewards: [{ kind: 'currency' as const, currency: 'gems', amount }],
      };
      const events = acts.map(({ user, quiz, hour, value }, index) => ({
        id: `e${index}`,
        userId: PLAYERS[user] ?? 'ada',
        activity: quiz ? 'quiz' : 'lesson',
        occurredAt: new Date(Date.UTC(2026, 5, 1) + hour * 3_600_000).toISOString(),
        value,
      }));
      await openWorld(here);
      await send(here, events);
      await here.rewardRules.create({ ...draft, draft: true });
      const tried = await whole((query) => here.rewardRules.backtest('tried', JUNE, query));
      await openWorld(there);
      await there.rewardRules.create(draft);
      await send(there, events);
      const [gave, gives] = [
        await amountsIn(here, PLAYERS, ['gems', 'xp']),
        await amountsIn(there, PLAYERS, ['gems', 'xp']),
      ];
      for (const currency of ['gems', 'xp']) {
        const expected = (gives.get(currency) ?? 0) - (gave.get(currency) ?? 0);
        expect(tried.gives.get(currency)?.difference ?? 0).toBe(expected);
      }
    }),
    { numRuns: 5 },
  );
});

describe('is refused', () => {
  beforeEach(async () => {
    await defineBasics(laurel);
    await defineRule(laurel, 5);
  });

  test('for a draft that could not be published', async () => {
    const unsound = { ...rule, trigger: { kind: 'event' as const, activity: 'nothing' } };
    await laurel.rewardRules.create({ id: 'unsound', ...unsound, draft: true });
    expect(await refusalOf(laurel.rewardRules.backtest('unsound', JUNE))).toMatchObject({
      code: 'unknown_reference',
      pointers: ['/trigger/activity'],
    });
    const odd = { ...missionOf(3), steps: [{ activity: 'lesson', target: 3, condition: 'event.nothing == 1' }] };
    await laurel.missions.create({ id: 'sound', ...missionOf(3) });
    expect(await codeOf(laurel.missions.backtest('sound', { ...JUNE, definition: odd }))).toBe('invalid_expression');
  });

  test('where nothing waits, where there is no such version, and where two things are named', async () => {
    expect(await codeOf(laurel.rewardRules.backtest('xp-per-lesson', JUNE))).toBe('unprocessable');
    expect(await codeOf(laurel.rewardRules.backtest('xp-per-lesson', { ...JUNE, version: 7 }))).toBe('unprocessable');
    const both = { ...JUNE, version: 1, draft: true as const };
    expect(await codeOf(laurel.rewardRules.backtest('xp-per-lesson', both))).toBe('invalid_request');
    expect(await codeOf(laurel.rewardRules.backtest('nobodys', JUNE))).toBe('not_found');
  });

  test('for an interval that is empty, or longer than 366 days', async () => {
    const of = (from: string, to: string) =>
      refusalOf(laurel.rewardRules.backtest('xp-per-lesson', { from, to, version: 1 }));
    for (const call of [of(JUNE.to, JUNE.from), of(JUNE.from, JUNE.from), of('2025-06-01T00:00:00Z', JUNE.to)]) {
      expect(await call).toMatchObject({ code: 'unprocessable', pointers: ['/to'] });
    }
  });
});
