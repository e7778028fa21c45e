import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settleWeek } from '../../src/api/league-weeks.ts';
import { getDefinition } from '../../src/store/definition-items.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { dyingTable } from '../support/dying.ts';
import { defineBasics } from './definitions.ts';
import { toldIn } from './told.ts';
import { clockAt, codeOf, type Game, HOME, openGame, otherProcess, type TestClock, times } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-01T08:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

const scope = workspaceScope(HOME.tenant, HOME.workspace);

/** An amount of xp for whoever is first. */
function prizes(amount: number) {
  return [{ rank: 1, rewards: [{ kind: 'currency' as const, currency: 'xp', amount }] }];
}

type LeagueCreate = Parameters<Laurel['leagues']['create']>[0];

async function defineLeague(more: Partial<LeagueCreate> = {}): Promise<void> {
  const tiers = ['bronze', 'silver', 'gold'].map((id) => ({ id, name: { en: id }, prizes: prizes(100) }));
  await laurel.leagues.create({
    id: 'league',
    name: { en: 'League' },
    source: { kind: 'sum', activity: 'lesson' },
    zone: 'UTC',
    tiers,
    cohortSize: 4,
    promote: 1,
    demote: 1,
    seed: 'seed',
    ...more,
  });
}

const score = (player: string, value: number) =>
  laurel.events.track({ externalUserId: player, activity: 'lesson', value });

const cohortOf = (player: string, period?: string) =>
  laurel.as({ externalUserId: player }).leagues.cohort('league', period === undefined ? {} : { period });

const members = (period: string, limit = 200) =>
  laurel.leagues.members('league', { period, limit }).toArray({ max: 1000 });

const settle = (period: string) => laurel.leagues.settle('league', { period });

describe('a week of a league', () => {
  test('puts everybody who scores into one cohort of bounded size, also at once and from two processes', async () => {
    await defineLeague();
    const other = await otherProcess(game);
    const players = times(30, (index) => `p${index}`);
    await Promise.all(
      players.flatMap((player, index) =>
        [laurel, other.laurel].map((process) =>
          process.events.track({ externalUserId: player, activity: 'lesson', value: 1 + index }),
        ),
      ),
    );
    const placed = await members('2026-W23');
    expect(placed.length).toBe(30);
    expect(new Set(placed.map(({ userId }) => userId)).size).toBe(30);
    const cohorts = Map.groupBy(placed, ({ tier, cohort }) => `${tier}:${cohort}`);
    for (const one of cohorts.values()) expect(one.length).toBeLessThanOrEqual(4);
    expect(await members('2026-W23', 7)).toEqual(placed);
    const mine = await cohortOf('p7');
    expect(mine).toMatchObject({ state: 'playing', tier: 'bronze', period: '2026-W23' });
    expect(mine.lines.filter(({ isMe }) => isMe)).toMatchObject([{ score: 16 }]);
    expect(mine.lines.map((line) => line.score)).toEqual(
      mine.lines.map((line) => line.score).toSorted((a, b) => b - a),
    );
    expect((await laurel.events.track({ externalUserId: 'p7', activity: 'lesson' })).effects.scores).toEqual([]);
    await other.close();
  });

  test('draws alike from one seed', async () => {
    const drawn = async () => {
      const here = await openGame({ clock: clockAt('2026-06-01T08:00:00Z') });
      const [before, beforeGame] = [laurel, game];
      laurel = here.laurel;
      await defineBasics(laurel);
      await defineLeague();
      for (const index of times(20, (one) => one)) {
        await laurel.users.create({ id: `p${index}`, externalId: `p${index}` });
        await score(`p${index}`, 1);
      }
      const places = (await members('2026-W23')).map(({ userId, cohort }) => `${userId}:${cohort}`);
      await here.close();
      [laurel, game] = [before, beforeGame];
      return places;
    };
    expect(await drawn()).toEqual(await drawn());
  });

  test('lets the first rise and the last fall, and gives the prizes once', async () => {
    await defineLeague();
    for (const [player, value] of [
      ['ada', 40],
      ['bob', 30],
      ['cleo', 20],
      ['dan', 10],
    ] as const) {
      await score(player, value);
    }
    expect((await cohortOf('dan')).lines.map(({ outcome }) => outcome)).toEqual([
      'promoted',
      'stays',
      'stays',
      'stays',
    ]);
    clock.set('2026-06-08T01:00:00Z');
    const other = await otherProcess(game);
    const answers = await Promise.all(
      [laurel, other.laurel, laurel, other.laurel].map((one) => one.leagues.settle('league', { period: '2026-W23' })),
    );
    for (const answer of answers) expect(answer).toMatchObject({ state: 'settled', cohorts: 1, players: 4 });
    const told = await toldIn(game, HOME.workspace, (type) => type === 'league.settled');
    expect(told.map(({ data }) => data)).toEqual([{ league: 'league', period: '2026-W23' }]);
    const ada = laurel.as({ externalUserId: 'ada' });
    expect((await ada.wallets.list()).items).toMatchObject([{ currency: 'xp', available: 100 }]);
    expect((await ada.leagues.list()).items).toMatchObject([
      { id: 'league', period: '2026-W24', state: 'none', tier: { id: 'silver' } },
    ]);
    // In the next week the two tiers do not meet.
    await score('ada', 1);
    await score('bob', 5);
    expect(await cohortOf('ada')).toMatchObject({ tier: 'silver', lines: [{ rank: 1, isMe: true }] });
    expect(await cohortOf('bob')).toMatchObject({ tier: 'bronze', lines: [{ rank: 1, isMe: true }] });
    // What was settled is as it was, whatever comes late.
    await laurel.events.track({
      externalUserId: 'dan',
      activity: 'lesson',
      value: 500,
      occurredAt: '2026-06-07T20:00:00Z',
    });
    const past = await cohortOf('dan', '2026-W23');
    expect(past).toMatchObject({ state: 'settled', tier: 'bronze' });
    expect(past.lines.map(({ score: points }) => points)).toEqual([40, 30, 20, 10]);
    await other.close();
  });

  test('lets who has risen wait for the grace, and no longer', async () => {
    await defineLeague();
    await score('ada', 10);
    clock.set('2026-06-08T00:30:00Z');
    await score('ada', 1);
    expect(await cohortOf('ada')).toMatchObject({ state: 'drawing', lines: [] });
    // Nobody settles: the next event after the grace does it for the cohort.
    clock.set('2026-06-08T01:00:00Z');
    await score('ada', 1);
    expect(await cohortOf('ada')).toMatchObject({ state: 'playing', tier: 'silver', lines: [{ score: 2 }] });
    expect(await cohortOf('ada', '2026-W23')).toMatchObject({ state: 'settled' });
  });

  test('draws who waits when the week before is settled', async () => {
    await defineLeague();
    await score('ada', 10);
    clock.set('2026-06-08T00:30:00Z');
    await score('ada', 1);
    expect(await cohortOf('ada')).toMatchObject({ state: 'drawing' });
    clock.set('2026-06-08T02:00:00Z');
    await settle('2026-W23');
    expect(await cohortOf('ada')).toMatchObject({ state: 'playing', tier: 'silver' });
  });

  test('sends who falls a tier down, and who stayed away comes back lower', async () => {
    await defineLeague({ cohortSize: 2, idleWeeks: 2 });
    const weeks = ['2026-06-01', '2026-06-08', '2026-06-15'];
    // Ada always wins; whoever meets her in a full cohort above bronze falls.
    await score('ada', 9);
    await score('bob', 1);
    clock.set(`${weeks[1]}T02:00:00Z`);
    await settle('2026-W23');
    await score('ada', 9);
    expect(await cohortOf('ada')).toMatchObject({ tier: 'silver' });
    clock.set(`${weeks[2]}T02:00:00Z`);
    await settle('2026-W24');
    await score('ada', 9);
    expect(await cohortOf('ada')).toMatchObject({ tier: 'gold' });
    // Five weeks away: two tiers.
    clock.set('2026-07-27T02:00:00Z');
    await settle('2026-W25');
    await score('ada', 1);
    expect(await cohortOf('ada')).toMatchObject({ tier: 'bronze' });
    await score('bob', 1);
    expect(await cohortOf('bob')).toMatchObject({ tier: 'bronze', lines: [{}, {}] });
  });

  test('is no part of the boards, and a history that is imported plays no league', async () => {
    await defineLeague();
    await laurel.events.track({ externalUserId: 'ada', activity: 'lesson', occurredAt: '2020-03-04T00:00:00Z' });
    expect(await members('2020-W10')).toEqual([]);
    expect((await laurel.as({ externalUserId: 'ada' }).leaderboards.list()).items).toEqual([]);
  });

  test('is named by a week of the calendar, and its source and zone stay', async () => {
    await defineLeague();
    for (const period of ['all', '2026-06', '2026-W54', '2025-W53']) {
      expect(await codeOf(settle(period))).toBe('invalid_request');
    }
    const { id: _id, ...league } = await laurel.leagues.get('league');
    const { name, source, tiers } = league;
    const change = { name, source, tiers, zone: 'Europe/Rome' };
    expect(await codeOf(laurel.leagues.update('league', change, { ifMatch: 1 }))).toBe('unprocessable');
    const audience = { segment: 'nobody-made-it' };
    expect(await codeOf(laurel.leagues.create({ ...change, audience }))).toBe('unknown_reference');
  });
});

describe('a settler that dies', () => {
  test.each(['before', 'after'] as const)(
    '%s any of its requests leaves all to the next: each member one outcome, each prize once',
    async (when) => {
      await defineLeague({ tiers: [{ id: 'only', name: { en: 'Only' }, prizes: prizes(100) }], cohortSize: 3 });
      const definition = await getDefinition(game.table, scope, 'leagues', 'league');
      if (definition === undefined) throw new Error('there is no league');
      const { platform } = game.platform.inside;
      const players = ['ada', 'bob', 'cleo', 'dan'];
      for (let nth = 1; ; nth += 1) {
        const monday = Date.UTC(2026, 0, 5) + nth * 7 * 86_400_000;
        clock.set(new Date(monday + 3_600_000 * 8).toISOString());
        for (const [index, player] of players.entries()) await score(player, 10 - index);
        const period = (await cohortOf('ada')).period;
        clock.set(new Date(monday + 7 * 86_400_000 + 3_600_000).toISOString());
        const { table, died } = dyingTable(platform.table, nth, when);
        const first = await settleWeek(
          { platform: { ...platform, table }, scope, now: clock.now() },
          definition,
          period,
        ).catch(String);
        expect(typeof first === 'string').toBe(died());
        expect(await settle(period)).toMatchObject({ state: 'settled', cohorts: 2, players: 4 });
        const settled = await members(period);
        expect(settled.map(({ rank }) => rank).toSorted()).toEqual([1, 1, 2, 3]);
        const paid = await Promise.all(
          players.map(async (player) => {
            const { items } = await laurel.as({ externalUserId: player }).wallets.list();
            return items[0]?.available ?? 0;
          }),
        );
        // Two cohorts, and so two winners, in each week so far.
        expect(paid.reduce((sum, one) => sum + one, 0)).toBe(nth * 200);
        if (!died()) break;
        expect(nth).toBeLessThan(50);
      }
    },
    120_000,
  );
});
