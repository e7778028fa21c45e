import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closePeriod } from '../../src/api/closing.ts';
import { getDefinition } from '../../src/store/definition-items.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { dyingTable } from '../support/dying.ts';
import { defineBasics } from './definitions.ts';
import { toldIn, toldLine } from './told.ts';
import { clockAt, codeOf, type Game, HOME, openGame, otherProcess, type TestClock, times } from './world.ts';

const PERIOD = '2026-W22';
const scope = workspaceScope(HOME.tenant, HOME.workspace);

const xp = (amount: number) => [{ kind: 'currency' as const, currency: 'xp', amount }];
const ranks = (from: number, to: number, amount: number) => ({
  places: { kind: 'ranks' as const, from, to },
  rewards: xp(amount),
});

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-01T02:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

interface Rules {
  readonly ties?: 'competition' | 'dense' | 'ordinal';
  readonly tiedPrizes?: 'each' | 'split';
  readonly prizes: NonNullable<Parameters<Laurel['leaderboards']['create']>[0]['prizes']>;
}

async function defineBoard(rules: Rules): Promise<void> {
  await laurel.leaderboards.create({
    id: 'weekly',
    name: { en: 'Weekly' },
    source: { kind: 'sum', activity: 'lesson' },
    window: { kind: 'recurring', every: 'week', zone: 'UTC' },
    ...rules,
  });
}

/** One event for each player; players come to their scores one minute after the other. */
async function play(scores: readonly number[], day = '2026-05-27'): Promise<void> {
  const events = scores.map((value, index) => ({
    externalUserId: `p${String(index).padStart(3, '0')}`,
    activity: 'lesson',
    value,
    occurredAt: new Date(Date.parse(`${day}T08:00:00Z`) + index * 60_000).toISOString(),
  }));
  expect((await laurel.events.trackBatch({ events })).rejected).toBe(0);
}

/** What each player has of xp, by external id; those who have none are left out. */
async function paid(): Promise<Record<string, number>> {
  const users = await laurel.users.list({ limit: 200 }).toArray({ max: 1000 });
  const amounts = await Promise.all(
    users.map(async ({ id, externalId }) => {
      const { items } = await laurel.users.wallets(id);
      return [externalId ?? id, items[0]?.available ?? 0] as const;
    }),
  );
  return Object.fromEntries(amounts.filter(([, amount]) => amount > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const closingsTold = () => toldIn(game, HOME.workspace, (type) => type === 'leaderboard.closed');
const closeWeek = () => laurel.leaderboards.close('weekly', { period: PERIOD });

describe('case 11: a board that is closed', () => {
  test('pays each place its prize and freezes the ranking', async () => {
    await defineBoard({ prizes: [ranks(1, 1, 100), ranks(2, 3, 10)] });
    await play([5, 9, 7, 1]);
    const before = await laurel.leaderboards.entries('weekly', { period: PERIOD });
    expect(await closeWeek()).toEqual({
      leaderboard: 'weekly',
      period: PERIOD,
      state: 'closed',
      players: 4,
      granted: 3,
      withheld: 0,
      closedAt: '2026-06-01T02:00:00.000Z',
    });
    expect(await paid()).toEqual({ p000: 10, p001: 100, p002: 10 });

    // A late event moves the score, but not what was settled.
    await play([100, 100, 100, 100, 100]);
    expect(await laurel.leaderboards.entries('weekly', { period: PERIOD })).toEqual(before);
    const last = laurel.as({ externalUserId: 'p003' }).leaderboards;
    expect(await last.rank('weekly', { period: PERIOD })).toMatchObject({ rank: 4, score: 1, total: 4 });
    const { items } = await last.entries('weekly', { period: PERIOD, around: 'me', limit: 3 });
    expect(items.map(({ rank, score }) => [rank, score])).toEqual([
      [3, 5],
      [4, 1],
    ]);
    const newcomer = laurel.as({ externalUserId: 'p004' }).leaderboards;
    expect(await newcomer.rank('weekly', { period: PERIOD })).toMatchObject({ rank: null, total: 4 });
    expect((await laurel.leaderboards.periods('weekly')).items).toMatchObject([
      { period: '2026-W23', state: 'open', players: 0 },
      { period: PERIOD, state: 'closed', players: 4 },
    ]);
  });

  test('says in the ledger what for, and the ledger still sums to zero', async () => {
    await defineBoard({ prizes: [ranks(1, 1, 100)] });
    await play([5, 9]);
    await closeWeek();
    const { items } = await laurel.as({ externalUserId: 'p001' }).wallets.entries('xp');
    expect(items).toMatchObject([
      { amount: 100, reason: { kind: 'prize', of: 'leaderboard', id: 'weekly', period: PERIOD, rank: 1 } },
    ]);
    expect((await laurel.ledger.proof()).items).toMatchObject([{ currency: 'xp', balanced: true, outstanding: 100 }]);
  });

  test('is closed once, however often and by however many at once', async () => {
    await defineBoard({ prizes: [{ places: { kind: 'percent', top: 100 }, rewards: xp(3) }] });
    await play(times(130, (index) => 1 + (index % 7)));
    const other = await otherProcess(game);
    const closers = times(8, (index) => (index % 2 === 0 ? laurel : other.laurel));
    const answers = await Promise.all(closers.map((closer) => closer.leaderboards.close('weekly', { period: PERIOD })));
    answers.push(await closeWeek());
    const answer = { state: 'closed', players: 130, granted: 130, withheld: 0 };
    for (const one of answers) expect(one).toMatchObject(answer);
    expect(Object.values(await paid())).toEqual(times(130, () => 3));
    await other.close();
    expect((await closingsTold()).map(toldLine)).toEqual([` 2026-06-01T02:00 leaderboard.closed weekly ${PERIOD}`]);
  }, 60_000);

  test('gives nothing to a suspended player, and says so', async () => {
    await defineBoard({ prizes: [ranks(1, 3, 100)] });
    await play([5, 9, 7]);
    const cheat = await laurel.users.getByExternalId('p001');
    await laurel.users.update(cheat.id, { status: 'suspended' }, { ifMatch: cheat });
    expect(await closeWeek()).toMatchObject({ state: 'closed', granted: 2, withheld: 1 });
    expect(await paid()).toEqual({ p000: 100, p002: 100 });
  });

  test('keeps to the prizes that there were when its closing began', async () => {
    await defineBoard({ prizes: [ranks(1, 1, 100)] });
    await play([5]);
    await closeWeek();
    const board = await laurel.leaderboards.get('weekly');
    await laurel.leaderboards.update('weekly', { ...updateOf(board), prizes: [ranks(1, 1, 999)] }, { ifMatch: board });
    expect(await closeWeek()).toMatchObject({ granted: 1 });
    expect(await paid()).toEqual({ p000: 100 });
  });

  test.each([
    ['each', { p000: 100, p001: 100, p002: 10 }],
    ['split', { p000: 75, p001: 75, p002: 10 }],
  ] as const)('of equals %s', async (tiedPrizes, amounts) => {
    await defineBoard({ tiedPrizes, prizes: [ranks(1, 1, 100), ranks(2, 2, 50), ranks(3, 3, 10)] });
    await play([9, 9, 7, 1]);
    await closeWeek();
    expect(await paid()).toEqual(amounts);
  });

  test('splits among equals who fill several steps: what is paid is what was promised', async () => {
    await defineBoard({ tiedPrizes: 'split', prizes: [ranks(1, 70, 10)] });
    await play(times(90, () => 4));
    expect(await closeWeek()).toMatchObject({ state: 'closed', players: 90, granted: 90 });
    const amounts = Object.values(await paid());
    expect(amounts.reduce((sum, one) => sum + one, 0)).toBe(700);
    // 700 by 90 is 7 and 70 left: the first 70 have one more.
    expect(amounts).toEqual(times(90, (index) => (index < 70 ? 8 : 7)));
  });

  test('has no period but those of its window', async () => {
    await defineBoard({ prizes: [] });
    for (const period of ['all', '2026-05', '2026-05-27']) {
      expect(await codeOf(laurel.leaderboards.close('weekly', { period }))).toBe('invalid_request');
    }
    expect(await laurel.leaderboards.close('weekly', { period: '2020-W01' })).toMatchObject({
      state: 'closed',
      players: 0,
    });
  });
});

/** What an update takes of a board. */
function updateOf(board: Awaited<ReturnType<Laurel['leaderboards']['get']>>) {
  const { name, source, window, ties, direction, prizes, tiedPrizes, graceMinutes } = board;
  return { name, source, window, ties, direction, prizes, tiedPrizes, graceMinutes };
}

describe('case 11: a closer that dies', () => {
  test.each(['before', 'after'] as const)(
    '%s any of its writes leaves all to the next: each prize once',
    async (when) => {
      await defineBoard({ prizes: [ranks(1, 1, 100), ranks(2, 3, 10)] });
      let deaths = 0;
      let expected: Record<string, number> = {};
      // Each round closes a period of its own, and dies one request later.
      for (let nth = 1; ; nth += 1) {
        const monday = Date.UTC(2026, 0, 5) + nth * 7 * 86_400_000;
        await play([5, 9, 7, 1], new Date(monday).toISOString().slice(0, 10));
        const board = await getDefinition(game.table, scope, 'leaderboards', 'weekly');
        if (board === undefined) throw new Error('there is no board');
        const period = `2026-W${String(nth + 2).padStart(2, '0')}`;
        const { platform } = game.platform.inside;
        const { table, died } = dyingTable(platform.table, nth, when);
        clock.set('2026-12-31T00:00:00Z');
        const first = await closePeriod(
          { platform: { ...platform, table }, scope, now: clock.now() },
          board,
          period,
        ).catch(String);
        if (typeof first === 'string') deaths += 1;
        expect(typeof first === 'string').toBe(died());
        const second = await closePeriod({ platform, scope, now: clock.now() }, board, period);
        expect(second).toMatchObject({ stage: 'closed', players: 4, granted: 3, withheld: 0 });
        const won = { p000: 10, p001: 100, p002: 10 };
        expected = Object.fromEntries(
          Object.entries(won).map(([player, amount]) => [player, amount + (expected[player] ?? 0)]),
        );
        expect(await paid()).toEqual(expected);
        if (!died()) break;
      }
      // Reading and writing every step, and every prize.
      expect(deaths).toBeGreaterThan(15);
      expect((await laurel.ledger.proof()).items.every(({ balanced }) => balanced)).toBe(true);
      const told = (await closingsTold()).map(({ data }) => ('period' in data ? data.period : ''));
      expect(new Set(told).size).toBe(told.length);
      expect(told.length).toBeGreaterThan(15);
    },
    120_000,
  );
});
