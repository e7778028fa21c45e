import type { Laurel } from '@laurel/sdk/server';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardOf, defineBasics, defineRule, defineWorld, missionOf, streakOf } from './definitions.ts';
import {
  clockAt,
  codeOf,
  codesOf,
  type Game,
  HOME,
  laurelOf,
  openGame,
  otherProcess,
  randomFrom,
  type TestClock,
  times,
} from './world.ts';

const NOW = '2026-06-30T12:00:00.000Z';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt(NOW);
  game = await openGame({ clock });
  laurel = game.laurel;
});
afterEach(() => game.close());

const at = (day: number) => `2026-06-${String(day).padStart(2, '0')}T10:00:00.000Z`;
const lesson = (day: number, userId = 'ada') =>
  laurel.events.track({ id: `${userId}-${day}`, userId, activity: 'lesson', occurredAt: at(day) });
const ada = () => laurel.as({ userId: 'ada' });
const note = { note: 'Sent by mistake' };

async function assertProved(): Promise<void> {
  for (const { currency, sum, outstanding } of await laurel.ledger.proof().toArray({ max: 10 })) {
    const { items } = await laurel.users.list();
    const wallets = await Promise.all(items.map(async ({ id }) => (await laurel.users.wallets(id)).items));
    const held = wallets.flat().filter((wallet) => wallet.currency === currency);
    expect([currency, sum, outstanding]).toEqual([
      currency,
      0,
      held.reduce((total, { available }) => total + available, 0),
    ]);
  }
}

describe('case 12: voiding an event', () => {
  beforeEach(async () => {
    await defineBasics(laurel);
    await defineRule(laurel, 10);
    await laurel.missions.create({ id: 'three', ...missionOf(3) });
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC') });
    await laurel.leaderboards.create({ id: 'board', ...boardOf('competition') });
    await laurel.users.create({ id: 'ada' });
    for (const day of [28, 29, 30]) await lesson(day);
  });

  test('that completed a mission takes back its reward, its score and, as it held the run together, the streak', async () => {
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 3, longest: 3 });
    const { event, ledger, by, note: why } = await laurel.events.void('ada-29', note);
    expect([event.voidedAt, why]).toEqual([NOW, 'Sent by mistake']);
    expect(by).toMatch(/^\S+/);
    expect(ledger.map(({ amount, reason, correctedBy }) => [amount, reason.kind, correctedBy])).toEqual([
      [-10, 'rule', null],
      [-50, 'mission', 'ada-29'],
    ]);
    expect((await ada().wallets.get('xp')).available).toBe(20);
    expect(await ada().progress.get('three:all')).toMatchObject({ amount: 2, completedAt: null, state: 'active' });
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 1, longest: 1 });
    expect(await ada().leaderboards.rank('board')).toMatchObject({ rank: 1, score: 2 });
    await assertProved();
    // The next lesson completes it, and pays it once more.
    clock.set('2026-07-01T12:00:00Z');
    const { effects } = await laurel.events.track({ userId: 'ada', activity: 'lesson' });
    expect(effects.missionsCompleted).toEqual([{ mission: 'three', period: 'all' }]);
    expect((await ada().wallets.get('xp')).available).toBe(80);
    await assertProved();
  });

  test('of which another one reaches the target all the same moves the completion, and no reward', async () => {
    clock.set('2026-07-02T12:00:00Z');
    await laurel.events.track({ id: 'ada-31', userId: 'ada', activity: 'lesson', occurredAt: '2026-07-01T10:00:00Z' });
    const { ledger } = await laurel.events.void('ada-29', note);
    expect(ledger.map(({ amount }) => amount)).toEqual([-10]);
    expect(await ada().progress.get('three:all')).toMatchObject({ amount: 3, completedAt: '2026-07-01T10:00:00.000Z' });
    expect((await ada().wallets.get('xp')).available).toBe(80);
  });

  test('that was all there was of a progress, a streak and a score leaves none of them', async () => {
    for (const day of [28, 29, 30]) await laurel.events.void(`ada-${day}`, note);
    expect((await ada().progress.list()).items).toEqual([]);
    expect(await ada().streaks.get('daily')).toMatchObject({ current: 0, longest: 0, lastDay: null });
    expect(await ada().leaderboards.rank('board')).toMatchObject({ rank: null, score: null, total: 0 });
    expect(await laurel.leaderboards.entries('board').toArray({ max: 10 })).toEqual([]);
    expect((await ada().wallets.list()).items).toEqual([]);
    expect((await ada().wallets.get('xp')).available).toBe(0);
    await assertProved();
  });

  test('twice is one void: the same answer, whatever the second note says, and nothing more is written', async () => {
    const first = await laurel.events.void('ada-29', note);
    clock.set('2026-07-02T12:00:00Z');
    const before = await game.snapshot();
    expect(await laurel.events.void('ada-29', { note: 'Again' }, { idempotencyKey: 'another' })).toEqual(first);
    const keyless = (text: string) => text.split('\n').filter((line) => !line.includes('#ANSWER#'));
    expect(keyless(await game.snapshot())).toEqual(keyless(before));
  });

  test('50 times at once, by several processes, is one void: 50 identical answers', async () => {
    const others = await Promise.all(times(2, () => otherProcess(game)));
    const writers = [laurel, ...others.map((other) => other.laurel)];
    const answers = await Promise.all(
      times(50, (index) => (writers[index % 3] ?? laurel).events.void('ada-29', { note: `Note ${index}` })),
    );
    await Promise.all(others.map((other) => other.close()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await ada().wallets.get('xp')).available).toBe(20);
    await assertProved();
  });

  test('all of them at once, amid new ones, takes back all of them', async () => {
    await Promise.all([
      ...[28, 29, 30].map((day) => laurel.events.void(`ada-${day}`, note)),
      ...[1, 2, 3, 4].map((day) => lesson(day)),
    ]);
    expect((await ada().wallets.get('xp')).available).toBe(4 * 10 + 50);
    expect(await ada().progress.get('three:all')).toMatchObject({ startedAt: at(1), completedAt: at(3) });
    expect(await ada().streaks.get('daily')).toMatchObject({ longest: 4, lastDay: '2026-06-04' });
    await assertProved();
  });

  test('leaves it in the lists with the moment since when it counts no more', async () => {
    await laurel.events.void('ada-29', note);
    const ids = async (state: 'counted' | 'voided') =>
      (await laurel.events.list({ state }).toArray({ max: 10 })).map(({ id }) => id).toSorted();
    expect(await ids('voided')).toEqual(['ada-29']);
    expect(await ids('counted')).not.toContain('ada-29');
    const listed = await laurel.events.list().toArray({ max: 10 });
    expect(listed.map(({ id, voidedAt }) => [id, voidedAt])).toEqual([
      ['ada-30', null],
      ['ada-29', NOW],
      ['ada-28', null],
    ]);
    expect(await ada().events.list().toArray({ max: 10 })).toEqual(listed);
    expect(await laurel.events.list({ userId: 'ada' }).toArray({ max: 10 })).toEqual(listed);
    expect((await laurel.events.get('ada-29')).event.voidedAt).toBe(NOW);
  });

  test('that is sent again afterwards answers what it was answered first, and it counts no more', async () => {
    const first = await laurel.events.get('ada-29');
    await laurel.events.void('ada-29', note);
    const again = await lesson(29);
    expect(again).toEqual({ ...first, event: { ...first.event, voidedAt: NOW } });
    const { accepted } = await laurel.events.trackBatch({
      events: times(3, () => ({ id: 'ada-29', userId: 'ada', activity: 'lesson', occurredAt: at(29) })),
    });
    expect(accepted).toBe(3);
    expect((await ada().wallets.get('xp')).available).toBe(20);
    expect(await codeOf(laurel.events.track({ id: 'ada-29', userId: 'ada', activity: 'lesson', value: 7 }))).toBe(
      'event_conflict',
    );
  });

  test('of another workspace or tenant, or of none, is not found', async () => {
    const places = [
      { ...HOME, workspace: 'side' },
      { tenant: 'bolt', workspace: 'main' },
    ];
    const strangers = await Promise.all(
      places.map(async (place) => laurelOf(await game.platform.createWorkspaceClient(place))),
    );
    const before = await Promise.all([laurel.events.get('ada-29'), ada().wallets.list()]);
    const calls = strangers.map((stranger) => stranger.events.void('ada-29', note));
    expect(await codesOf([...calls, laurel.events.void('no-such-event', note)])).toEqual([
      'not_found',
      'not_found',
      'not_found',
    ]);
    expect(await Promise.all([laurel.events.get('ada-29'), ada().wallets.list()])).toEqual(before);
  });

  test('takes nothing that was given by hand, and nothing of another player', async () => {
    await laurel.users.create({ id: 'bob' });
    for (const day of [28, 29, 30]) await lesson(day, 'bob');
    const bob = await laurel.users.sheet('bob');
    await laurel.users.grant('ada', { rewards: [{ kind: 'currency', currency: 'xp', amount: 7 }], note: 'Sorry' });
    await laurel.events.void('ada-30', note);
    expect((await ada().wallets.get('xp')).available).toBe(27);
    expect(await laurel.users.sheet('bob')).toEqual(bob);
    expect((await laurel.leaderboards.entries('board').toArray({ max: 5 })).map(({ score }) => score)).toEqual([3, 2]);
    await assertProved();
  });
});

describe('a void', () => {
  /** A history of some weeks of two activities, and which of its events never were. */
  const histories = fc
    .array(
      fc.record({
        activity: fc.constantFrom('lesson', 'lesson', 'quiz'),
        value: fc.integer({ min: 0, max: 5 }),
        occurredAt: fc.tuple(fc.nat(20), fc.nat(23)).map(([day, hour]) => Date.UTC(2026, 5, 1 + day, hour)),
        isVoided: fc.boolean(),
      }),
      { minLength: 1, maxLength: 14 },
    )
    .map((all) => all.map((one, index) => ({ ...one, id: `event-${index}` })));

  /** All that can be read of a player, but for how it came about. */
  async function readAll(of: Laurel) {
    const player = of.as({ userId: 'ada' });
    const { user: _, ...sheet } = await of.users.sheet('ada');
    const calendar = await player.streaks.calendar('daily', { from: '2026-05-01', to: '2026-07-31' });
    const events = await of.events.list({ limit: 100 }).toArray({ max: 100 });
    return {
      // A wallet that was used once is there for ever.
      sheet: { ...sheet, wallets: sheet.wallets.filter(({ available, owed }) => available !== 0 || owed !== 0) },
      calendar,
      progress: await player.progress.list({ limit: 100 }).toArray({ max: 100 }),
      sum: await of.leaderboards.entries('sum').toArray({ max: 10 }),
      weekly: await of.leaderboards.entries('weekly', { period: '2026-W24' }).toArray({ max: 10 }),
      events: events.filter(({ voidedAt }) => voidedAt === null),
      outstanding: (await of.ledger.proof().toArray({ max: 10 })).map(({ currency, sum, outstanding }) => ({
        currency,
        sum,
        outstanding,
      })),
    };
  }

  test('leaves a world that never had the event, in whatever order events come and go', {
    timeout: 300_000,
  }, async () => {
    let runs = 0;
    const worldOf = async (name: string) => {
      const of = laurelOf(await game.platform.createWorkspaceClient({ tenant: 'acme', workspace: `${name}-${runs}` }));
      await defineWorld(of);
      await of.users.create({ id: 'ada', zone: 'Asia/Kathmandu' });
      return of;
    };
    const property = fc.asyncProperty(histories, fc.nat(), async (history, chance) => {
      runs += 1;
      const random = randomFrom(chance);
      const [had, never] = [await worldOf('had'), await worldOf('never')];
      const sent = history.map(({ isVoided: _, occurredAt, ...event }) => ({
        ...event,
        userId: 'ada',
        occurredAt: new Date(occurredAt).toISOString(),
      }));
      const isVoided = (id: string) => history.some((one) => one.id === id && one.isVoided);
      // Events come in a random order, and each that is to go goes at a random moment after it came.
      const steps = random.shuffle([...sent, ...sent]).map((event) => ({ event }));
      const seen = new Set<string>();
      for (const { event } of steps) {
        if (!seen.has(event.id)) expect((await had.events.track(event)).event.id).toBe(event.id);
        else if (isVoided(event.id)) await had.events.void(event.id, note);
        seen.add(event.id);
      }
      for (const event of random.shuffle(sent)) if (!isVoided(event.id)) await never.events.track(event);
      expect(await readAll(had)).toEqual(await readAll(never));
    });
    await fc.assert(property, { numRuns: 30, endOnFailure: true });
  });
});
