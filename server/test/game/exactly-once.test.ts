import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENDPOINT } from '../support/endpoint.ts';
import { boardOf, defineBasics, defineRule, missionOf, streakOf } from './definitions.ts';
import { codeOf, type Game, openGame, otherProcess, times } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame();
  laurel = game.laurel;
  await defineBasics(laurel);
  await defineRule(laurel, 10);
});
afterEach(() => game.close());

const lesson = { id: 'once', activity: 'lesson', occurredAt: '2026-03-02T10:00:00Z' };

/** A transaction that lost against another one, as DynamoDB answers it. */
function conflicts(count: number): void {
  const error = { cancellationReasons: [{ Code: 'TransactionConflict' }] };
  game.platform.inside.database.engine.failNext({ operation: 'TransactWriteItems', error, times: count });
}

describe('case 1: one event, however often it is sent', () => {
  test('50 times at once: one event, one set of effects, 50 identical answers', async () => {
    await laurel.missions.create({ id: 'ten', ...missionOf(10) });
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.leaderboards.create({ id: 'board', ...boardOf('competition') });
    const answers = await Promise.all(times(50, () => laurel.events.track({ ...lesson, externalUserId: 'ada' })));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [answer] = answers;
    expect(answer?.effects.rewards).toHaveLength(1);
    expect(await laurel.events.list().toArray({ max: 10 })).toEqual([answer?.event]);
    const ada = laurel.as({ externalUserId: 'ada' });
    expect(await ada.wallets.entries('xp').toArray({ max: 10 })).toEqual(answer?.effects.ledger);
    expect((await ada.progress.list()).items).toEqual(answer?.effects.progress);
    expect(await ada.leaderboards.rank('board')).toMatchObject({ rank: 1, score: 1, total: 1 });
  });

  test('50 times at once by several processes, single and in batches', async () => {
    const others = await Promise.all(times(3, () => otherProcess(game)));
    const writers = [laurel, ...others.map((other) => other.laurel)];
    const sent = { ...lesson, externalUserId: 'ada' };
    const answers = await Promise.all(
      times(48, async (index) => {
        const writer = writers[index % writers.length] ?? laurel;
        if (index < 24) return [await writer.events.track(sent)];
        const { items } = await writer.events.trackBatch({ events: [sent, sent] });
        return items.map((item) => (item.status === 'accepted' ? item.receipt : item));
      }),
    );
    await Promise.all(others.map((other) => other.close()));
    expect(new Set(answers.flat().map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await laurel.as({ externalUserId: 'ada' }).wallets.get('xp')).available).toBe(10);
  });

  test.skipIf(ENDPOINT !== undefined)('again when the answer was lost after the commit', async () => {
    const error = { name: 'InternalServerError', statusCode: 500 };
    game.platform.inside.database.engine.failNext({ operation: 'TransactWriteItems', error, when: 'after', times: 4 });
    await laurel.users.create({ id: 'ada' });
    const first = await laurel.events.track({ ...lesson, userId: 'ada' });
    expect(await laurel.events.track({ ...lesson, userId: 'ada' })).toEqual(first);
    expect((await laurel.as({ userId: 'ada' }).wallets.get('xp')).available).toBe(10);
  });

  test.each([
    ['another time', { occurredAt: '2026-03-02T10:00:01Z' }],
    ['another value', { value: 2 }],
    ['another attribute', { attributes: { course: 'rust' } }],
    ['another player', { userId: 'bob' }],
    ['another activity', { activity: 'quiz' }],
  ])('the id with %s is refused, and nothing changes', async (_, other) => {
    await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
    await laurel.users.create({ id: 'ada' });
    await laurel.users.create({ id: 'bob' });
    await laurel.events.track({ ...lesson, userId: 'ada' });
    const before = await game.snapshot();
    expect(await codeOf(laurel.events.track({ ...lesson, userId: 'ada', ...other }))).toBe('event_conflict');
    const { items } = await laurel.events.trackBatch({ events: [{ ...lesson, userId: 'ada', ...other }] });
    expect(items).toMatchObject([{ status: 'rejected', problem: { code: 'event_conflict', status: 409 } }]);
    expect(await game.snapshot()).toBe(before);
  });

  test('the order of attributes is no content', async () => {
    const sent = { ...lesson, externalUserId: 'ada' };
    const first = await laurel.events.track({ ...sent, attributes: { a: 1, b: 'two', c: true } });
    expect(await laurel.events.track({ ...sent, attributes: { c: true, b: 'two', a: 1 } })).toEqual(first);
  });

  test('twice in a batch it is one event with one answer; with other content the second is refused', async () => {
    const sent = { ...lesson, externalUserId: 'ada' };
    const { accepted, items } = await laurel.events.trackBatch({ events: [sent, { ...sent, value: 3 }, sent] });
    expect(accepted).toBe(2);
    expect(items[2]).toEqual(items[0]);
    expect(items[1]).toMatchObject({ status: 'rejected', problem: { code: 'event_conflict' } });
    expect(await laurel.events.trackBatch({ events: [sent] })).toEqual({ accepted: 1, rejected: 0, items: [items[0]] });
  });

  test('of two players in one batch who use one id, one has it', async () => {
    await Promise.all(times(2, (index) => laurel.users.create({ id: `user-${index}` })));
    const events = times(2, (index) => ({ ...lesson, userId: `user-${index}` }));
    const { items } = await laurel.events.trackBatch({ events });
    expect(items.map((item) => (item.status === 'accepted' ? 'accepted' : item.problem.code)).toSorted()).toEqual([
      'accepted',
      'event_conflict',
    ]);
  });

  test('a player named by both ids in one batch is one player, in order', async () => {
    const { id: userId } = await laurel.users.create({ externalId: 'ada' });
    await laurel.missions.create({ id: 'all', ...missionOf(20) });
    const events = times(20, (index) => ({
      activity: 'lesson',
      id: `mixed-${String(index).padStart(2, '0')}`,
      occurredAt: lesson.occurredAt,
      ...(index % 2 === 0 ? { userId } : { externalUserId: 'ada' }),
    }));
    for (const dryRun of [true, false]) {
      const { items } = await laurel.events.trackBatch({ events, dryRun });
      const amounts = items.map((item) => item.status === 'accepted' && item.receipt.effects.progress[0]?.amount);
      expect(amounts).toEqual(times(20, (index) => index + 1));
    }
  });
});

describe('case 2: a target is reached once', () => {
  const TARGET = 100;
  const EVENTS = 200;

  /** Sends all events at once through all writers in turn. */
  async function play(writers: readonly Laurel[], answered: () => void = () => {}): Promise<void> {
    await laurel.missions.create({ id: 'century', ...missionOf(TARGET) });
    const receipts = await Promise.all(
      times(EVENTS, async (index) => {
        const writer = writers[index % writers.length] ?? laurel;
        const receipt = await writer.events.track({ id: `e-${index}`, activity: 'lesson', externalUserId: 'ada' });
        answered();
        return receipt;
      }),
    );
    const amounts = receipts.flatMap(({ effects }) => effects.progress.map(({ amount }) => amount));
    expect(Math.max(...amounts)).toBe(TARGET);
    expect(new Set(amounts).size).toBe(TARGET);
    const completions = receipts.filter(({ effects }) => effects.missionsCompleted.length > 0);
    expect(completions).toHaveLength(1);

    const ada = laurel.as({ externalUserId: 'ada' });
    expect((await ada.progress.list()).items).toMatchObject([{ amount: TARGET, target: TARGET, state: 'completed' }]);
    const entries = await ada.wallets.entries('xp').toArray({ max: 1000 });
    expect(entries).toHaveLength(EVENTS + 1);
    expect(entries.filter(({ reason }) => reason.kind === 'mission').map(({ amount }) => amount)).toEqual([50]);
    expect((await ada.wallets.get('xp')).available).toBe(10 * EVENTS + 50);
  }

  test('200 concurrent events by one process', () => play([laurel]));

  test('200 concurrent events by eight processes over one table', async () => {
    const others = await Promise.all(times(7, () => otherProcess(game)));
    await play([laurel, ...others.map((other) => other.laurel)]);
    await Promise.all(others.map((other) => other.close()));
  });

  test.skipIf(ENDPOINT !== undefined)(
    '200 concurrent events by two processes, while every second transaction loses against another',
    async () => {
      const other = await otherProcess(game);
      await laurel.users.create({ externalId: 'ada' });
      await play([laurel, other.laurel], () => conflicts(1));
      await other.close();
    },
  );

  test('100 concurrent events by eight processes, where nothing but progress, score and streak moves', async () => {
    await laurel.rewardRules.archive('xp-per-lesson');
    await laurel.missions.create({ id: 'far', ...missionOf(1000), rewards: [] });
    await laurel.leaderboards.create({ id: 'board', ...boardOf('competition') });
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.users.create({ externalId: 'ada' });
    const others = await Promise.all(times(7, () => otherProcess(game)));
    const writers = [laurel, ...others.map((other) => other.laurel)];
    await Promise.all(
      times(100, (index) => {
        const occurredAt = new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
        const writer = writers[index % writers.length] ?? laurel;
        return writer.events.track({ activity: 'lesson', externalUserId: 'ada', value: 3, occurredAt });
      }),
    );
    await Promise.all(others.map((other) => other.close()));
    const ada = laurel.as({ externalUserId: 'ada' });
    expect((await ada.progress.list()).items).toMatchObject([{ amount: 100, state: 'active' }]);
    expect(await ada.leaderboards.rank('board')).toMatchObject({ score: 300 });
    expect(await ada.streaks.get('daily')).toMatchObject({ longest: 100 });
  });
});
