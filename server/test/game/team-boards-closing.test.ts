import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closePeriod } from '../../src/api/closing.ts';
import { getDefinition } from '../../src/store/definition-items.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { dyingTable } from '../support/dying.ts';
import { forgetTeamLines } from '../support/team-lines.ts';
import { defineBasics } from './definitions.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { clockAt, type Game, HOME, openGame, type TestClock } from './world.ts';

const scope = workspaceScope(HOME.tenant, HOME.workspace);
const prize = (from: number, to: number, amount: number) => ({
  places: { kind: 'ranks' as const, from, to },
  rewards: [{ kind: 'currency' as const, currency: 'xp', amount }],
});
type Prizes = readonly ReturnType<typeof prize>[];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-03T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

async function defineBoard(prizes: Prizes, more: object = {}, client = laurel): Promise<void> {
  await client.leaderboards.create({
    id: 'weekly',
    name: { en: 'Weekly' },
    scope: 'teams',
    source: { kind: 'sum', activity: 'lesson' },
    window: { kind: 'recurring', every: 'week', zone: 'UTC' },
    prizes: [...prizes],
    ...more,
  });
}

async function makeTeams(teams: Readonly<Record<string, readonly string[]>>, client = laurel): Promise<void> {
  for (const [id, members] of Object.entries(teams)) {
    await client.teams.create({ id, name: id });
    for (const userId of members) {
      await client.users.create({ id: userId });
      await client.teams.addMember(id, { userId });
    }
  }
}

async function leave(team: string, userId: string): Promise<void> {
  const members = await laurel.teams.members(team).toArray({ max: 100 });
  const member = members.find((one) => one.userId === userId);
  await laurel.teams.removeMember(team, member?.id ?? '');
}

const play = (userId: string, value: number, more: object = {}) =>
  laurel.events.track({ userId, activity: 'lesson', value, ...more });

/** What each player has of a currency; those who have none are left out. */
async function paid(client = laurel, of = 'xp'): Promise<Record<string, number>> {
  const users = await client.users.list({ limit: 200 }).toArray({ max: 1000 });
  const amounts = await Promise.all(
    users.map(async ({ id }) => {
      const wallets = await client.users.wallets(id);
      return [id, wallets.items.find(({ currency }) => currency === of)?.available ?? 0] as const;
    }),
  );
  return Object.fromEntries(amounts.filter(([, amount]) => amount > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const close = () => laurel.leaderboards.close('weekly', { period: '2026-W23' });

describe('a board of teams that is closed', () => {
  test('gives the prize of its rank to each who was in the team at the end, once', async () => {
    await defineBoard([prize(1, 1, 100), prize(2, 2, 10)]);
    await makeTeams({ red: ['ada', 'bob', 'early'], blue: ['cleo', 'late'], green: ['dan'] });
    await play('early', 50);
    await play('cleo', 20);
    await play('dan', 1);
    // Away before the end, and elsewhere by then: no more of red, though red keeps the points.
    clock.set('2026-06-05T12:00:00Z');
    await leave('red', 'early');
    await laurel.teams.addMember('green', { userId: 'early' });
    // Away, or there, after the end, and before it is closed.
    clock.set('2026-06-08T00:00:00.000Z');
    await leave('blue', 'late');
    await laurel.teams.addMember('red', { userId: 'late' });
    await laurel.users.create({ id: 'new' });
    await laurel.teams.addMember('red', { userId: 'new' });
    clock.set('2026-06-08T00:30:00.000Z');
    const closed = { leaderboard: 'weekly', period: '2026-W23', state: 'closed', players: 3, granted: 4, withheld: 0 };
    expect(await close()).toMatchObject(closed);
    const won = { ada: 100, bob: 100, cleo: 10, late: 10 };
    expect(await paid()).toEqual(won);
    expect(await Promise.all([close(), close()])).toMatchObject([closed, closed]);
    expect(await paid()).toEqual(won);
  });

  test('is frozen: what comes late moves no line of it', async () => {
    await defineBoard([]);
    await makeTeams({ red: ['ada'], blue: ['bob'] });
    await play('ada', 5);
    await play('bob', 4);
    await close();
    await play('bob', 40);
    await game.platform.inside.streams.settled();
    const { items } = await laurel.leaderboards.entries('weekly', { period: '2026-W23' });
    expect(items.map(({ rank, score, team }) => [rank, score, team?.id])).toEqual([
      [1, 5, 'red'],
      [2, 4, 'blue'],
    ]);
    const mine = await laurel.as({ userId: 'bob' }).leaderboards.rank('weekly', { period: '2026-W23' });
    expect(mine).toMatchObject({ rank: 2, score: 4, total: 2 });
  });

  test('has in it what members did a moment ago, also what the stream has not told by then', async () => {
    await defineBoard([prize(1, 1, 100)]);
    await makeTeams({ red: ['ada'], blue: ['bob'] });
    await play('ada', 5);
    await play('bob', 6);
    await game.platform.inside.streams.settled();
    expect(await forgetTeamLines(game.table)).toBe(2);
    expect(await close()).toMatchObject({ players: 2, granted: 1 });
    expect(await paid()).toEqual({ bob: 100 });
  });

  test.each([
    ['each', { ada: 100, bob: 100, cleo: 100 }],
    ['split', { ada: 75, bob: 75, cleo: 75 }],
  ] as const)('of equal teams %s', async (tiedPrizes, amounts) => {
    await defineBoard([prize(1, 1, 100), prize(2, 2, 50)], { tiedPrizes });
    await makeTeams({ red: ['ada', 'bob'], blue: ['cleo'], green: ['dan'] });
    await play('ada', 3);
    await play('bob', 2);
    await play('cleo', 5);
    await play('dan', 4);
    await close();
    expect(await paid()).toEqual(amounts);
  });

  test('withholds it from members who may not play, and lets rules hear of the rank of a team', async () => {
    await defineBoard([prize(1, 1, 100)]);
    await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
    await laurel.rewardRules.create({
      id: 'second',
      name: { en: 'Second' },
      trigger: { kind: 'leaderboardClosed', leaderboard: 'weekly', topRank: 2 },
      rewards: [{ kind: 'currency', currency: 'gems', amount: 7 }],
    });
    await makeTeams({ red: ['ada', 'bob'], blue: ['cleo'], green: ['dan'] });
    for (const [index, userId] of ['ada', 'cleo', 'dan'].entries()) await play(userId, 9 - index);
    const bob = await laurel.users.get('bob');
    await laurel.users.update('bob', { status: 'suspended' }, { ifMatch: bob });
    expect(await close()).toMatchObject({ state: 'closed', granted: 1, withheld: 1 });
    expect(await paid()).toEqual({ ada: 100 });
    expect(await paid(laurel, 'gems')).toEqual({ ada: 7, cleo: 7 });
  });

  test.each(['before', 'after'] as const)(
    'by one who dies %s any of the writes leaves all to the next: each prize once',
    async (when) => {
      await defineBoard([prize(1, 1, 100), prize(2, 2, 10)]);
      await makeTeams({ red: ['ada', 'bob'], blue: ['cleo'] });
      clock.set('2026-12-31T00:00:00Z');
      let deaths = 0;
      for (let round = 1; ; round += 1) {
        const monday = new Date(Date.UTC(2026, 5, 8) + round * 7 * 86_400_000);
        const period = `2026-W${String(24 + round).padStart(2, '0')}`;
        const occurredAt = monday.toISOString();
        await play('ada', 5, { occurredAt });
        await play('cleo', 3, { occurredAt });
        const board = await getDefinition(game.table, scope, 'leaderboards', 'weekly');
        if (board === undefined) throw new Error('there is no board');
        const { platform } = game.platform.inside;
        // Ever later, by steps that meet all that a closing does within the year.
        const { table, died } = dyingTable(platform.table, 1 + (round - 1) * 3, when);
        const now = clock.now();
        const first = await closePeriod({ platform: { ...platform, table }, scope, now }, board, period).catch(String);
        if (typeof first === 'string') deaths += 1;
        const second = await closePeriod({ platform, scope, now }, board, period);
        expect(second).toMatchObject({ stage: 'closed', players: 2, granted: 3, withheld: 0 });
        expect(await paid()).toEqual({ ada: 100 * round, bob: 100 * round, cleo: 10 * round });
        if (!died()) break;
      }
      expect(deaths).toBeGreaterThan(8);
    },
    120_000,
  );
});

test('a clock that is set to the end of a week finds what members did a moment ago', async () => {
  const sandbox = await openTestClock(game);
  const { now } = await sandbox.clock.get();
  await defineBasics(sandbox);
  await defineBoard([prize(1, 1, 100)], { graceMinutes: 0 }, sandbox);
  await makeTeams({ red: ['ada'], blue: ['bob'] }, sandbox);
  const events = ['ada', 'bob', 'bob'].map((userId, index) => ({ userId, activity: 'lesson', value: 4 - index }));
  await sandbox.events.trackBatch({ events });
  const week = 7 * 86_400_000;
  const boundaries = await advanceTo(sandbox, new Date(Date.parse(now) + week).toISOString());
  expect(boundaries.map(({ kind, outcome }) => [kind, outcome])).toContainEqual(['leaderboard.close', 'closed']);
  expect(await paid(sandbox)).toEqual({ bob: 100 });
});
