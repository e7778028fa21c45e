import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { advanceTo, type Boundary, openTestClock } from './test-clock.ts';
import { clockAt, codeOf, type Game, openGame } from './world.ts';

type BoardCreate = Parameters<Laurel['leaderboards']['create']>[0];

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  // A Wednesday: week 22 ends with the Sunday.
  game = await openGame({ clock: clockAt('2026-05-27T00:00:00Z') });
  laurel = await openTestClock(game);
  await defineBasics(laurel);
});
afterEach(() => game.close());

const xp = (amount: number) => [{ kind: 'currency' as const, currency: 'xp', amount }];
const first = (amount: number) => ({ places: { kind: 'ranks' as const, from: 1, to: 1 }, rewards: xp(amount) });
const line = ({ at, kind, subject, outcome, details }: Boundary) =>
  `${at.slice(0, 16)} ${kind} ${subject} ${outcome}${details.period === undefined ? '' : ` ${details.period}`}`;
const linesTo = async (to: string) => (await advanceTo(laurel, to)).map(line);

const board = (id: string, more: Partial<BoardCreate> = {}): BoardCreate => ({
  id,
  name: { en: id },
  source: { kind: 'sum', activity: 'lesson' },
  window: { kind: 'recurring', every: 'week', zone: 'UTC' },
  prizes: [first(100)],
  ...more,
});

const score = (externalUserId: string, value: number, occurredAt?: string) =>
  laurel.events.track({
    externalUserId,
    activity: 'lesson',
    value,
    ...(occurredAt === undefined ? {} : { occurredAt }),
  });

/** Who has which rank and score in a period, as operators see it. */
async function ranking(id: string, period: string): Promise<string[]> {
  const { items } = await laurel.leaderboards.entries(id, { period });
  return items.map((one) => `${one.rank} ${one.externalId} ${one.score}`);
}

const walletOf = async (player: string) =>
  (await laurel.as({ externalUserId: player }).wallets.list()).items.find(({ currency }) => currency === 'xp')
    ?.available ?? 0;

describe('a board is closed when its period and its grace are over', () => {
  test('with its prizes in that moment, and then period after period', async () => {
    await laurel.leaderboards.create(board('weekly', { graceMinutes: 60 }));
    await score('ada', 5);
    await score('bob', 4);
    expect(await linesTo('2026-06-01T00:59:00Z')).toEqual([]);
    // Within the grace a late event counts.
    await score('bob', 3, '2026-05-31T23:59:59Z');
    expect(await linesTo('2026-06-01T01:00:00Z')).toEqual([
      '2026-06-01T01:00 leaderboard.close weekly closed 2026-W22',
    ]);
    expect(await ranking('weekly', '2026-W22')).toEqual(['1 bob 7', '2 ada 5']);
    expect([await walletOf('ada'), await walletOf('bob')]).toEqual([0, 100]);
    const { items } = await laurel.as({ externalUserId: 'bob' }).wallets.entries('xp');
    expect(items).toMatchObject([
      {
        amount: 100,
        occurredAt: '2026-06-01T01:00:00.000Z',
        reason: { kind: 'prize', of: 'leaderboard', id: 'weekly', period: '2026-W22', rank: 1 },
      },
    ]);

    // After it nothing moves the ranking or the prizes any more, however the players' histories change.
    await score('ada', 50, '2026-05-31T12:00:00Z');
    await score('bob', 1, '2026-05-29T12:00:00Z');
    expect(await ranking('weekly', '2026-W22')).toEqual(['1 bob 7', '2 ada 5']);
    expect([await walletOf('ada'), await walletOf('bob')]).toEqual([0, 100]);
    expect(await linesTo('2026-06-16T00:00:00Z')).toEqual([
      '2026-06-08T01:00 leaderboard.close weekly closed 2026-W23',
      '2026-06-15T01:00 leaderboard.close weekly closed 2026-W24',
    ]);
    const periods = await laurel.leaderboards.periods('weekly');
    expect(periods.items.map(({ period, state, granted }) => [period, state, granted])).toEqual([
      ['2026-W25', 'open', 0],
      ['2026-W24', 'closed', 0],
      ['2026-W23', 'closed', 0],
      ['2026-W22', 'closed', 1],
    ]);
    expect((await laurel.ledger.proof()).items.every(({ balanced }) => balanced)).toBe(true);
  });

  test('by cron, in ranges, and never for all time', async () => {
    const cron = { kind: 'cron', cron: '0 9 * * *', zone: 'Europe/Rome' } as const;
    const range = { kind: 'range', from: '2026-05-27T12:00:00Z', to: '2026-05-28T12:00:00Z' } as const;
    await laurel.leaderboards.create(board('daily', { window: cron, graceMinutes: 0 }));
    await laurel.leaderboards.create(board('cup', { window: range, graceMinutes: 30 }));
    await laurel.leaderboards.create(board('ever', { window: { kind: 'allTime' } }));
    await score('ada', 1);
    await advanceTo(laurel, '2026-05-27T06:59:59Z');
    await score('ada', 2);
    await advanceTo(laurel, '2026-05-27T07:00:00Z');
    await score('ada', 4);
    expect(await ranking('daily', '2026-05-26T07:00Z')).toEqual(['1 ada 3']);
    expect(await ranking('daily', '2026-05-27T07:00Z')).toEqual(['1 ada 4']);
    expect(await linesTo('2026-05-27T23:00:00Z')).toEqual([]);
    const { effects } = await score('ada', 8);
    expect(effects.scores.map(({ leaderboard, period, score: now }) => [leaderboard, period, now])).toEqual([
      ['cup', 'all', 8],
      ['daily', '2026-05-27T07:00Z', 12],
      ['ever', 'all', 15],
    ]);
    expect(await linesTo('2026-05-29T12:00:00Z')).toEqual([
      '2026-05-28T07:00 leaderboard.close daily closed 2026-05-27T07:00Z',
      '2026-05-28T12:30 leaderboard.close cup closed all',
      '2026-05-29T07:00 leaderboard.close daily closed 2026-05-28T07:00Z',
    ]);
    // The board of the first day was closed as the clock came to its end; each of the three prizes is one.
    expect(await walletOf('ada')).toBe(300);
    expect((await score('ada', 1)).effects.scores.map(({ leaderboard }) => leaderboard)).toEqual(['daily', 'ever']);
    expect(await ranking('cup', 'all')).toEqual(['1 ada 8']);
  });

  test('also where it is changed while its last period waits; not once it is archived', async () => {
    await laurel.leaderboards.create(board('weekly', { graceMinutes: 60 }));
    await score('ada', 5);
    await advanceTo(laurel, '2026-06-01T00:30:00Z');
    const { id: _, ...body } = board('weekly', { graceMinutes: 0 });
    const found = await laurel.leaderboards.get('weekly');
    await laurel.leaderboards.update('weekly', body, { ifMatch: found.revision });
    expect(await linesTo('2026-06-01T00:30:00Z')).toEqual([
      '2026-06-01T00:30 leaderboard.close weekly closed 2026-W22',
    ]);
    expect(await walletOf('ada')).toBe(100);
    await laurel.leaderboards.archive('weekly');
    expect(await linesTo('2026-07-01T00:00:00Z')).toEqual([]);
  });
});

test('a league is settled when its week and its grace are over', async () => {
  const tier = (id: string, amount: number) => ({
    id,
    name: { en: id },
    prizes: [{ rank: 1, rewards: xp(amount) }],
  });
  await laurel.leagues.create({
    id: 'league',
    name: { en: 'League' },
    source: { kind: 'sum', activity: 'lesson' },
    zone: 'UTC',
    tiers: [tier('bronze', 10), tier('silver', 20)],
    promote: 1,
    demote: 1,
    graceMinutes: 15,
  });
  await score('ada', 5);
  await score('bob', 4);
  expect(await linesTo('2026-06-01T00:14:59Z')).toEqual([]);
  expect(await linesTo('2026-06-01T00:15:00Z')).toEqual(['2026-06-01T00:15 league.settle league closed 2026-W22']);
  expect([await walletOf('ada'), await walletOf('bob')]).toEqual([10, 0]);
  await score('ada', 1);
  const [mine] = (await laurel.as({ externalUserId: 'ada' }).leagues.list()).items;
  expect(mine).toMatchObject({ period: '2026-W23', tier: { id: 'silver' }, state: 'playing' });
  expect(await linesTo('2026-06-08T12:00:00Z')).toEqual(['2026-06-08T00:15 league.settle league closed 2026-W23']);
  expect(await walletOf('ada')).toBe(30);
});

test('late and voided events bring scores where they would be in order, and a score that is gone leaves the board', async () => {
  const sources = ['latest', 'max', 'min', 'sum'] as const;
  for (const kind of sources) {
    await laurel.leaderboards.create(
      board(kind, { source: { kind, activity: 'lesson' }, window: { kind: 'allTime' }, prizes: [] }),
    );
  }
  const scores = async () => Promise.all(sources.map((kind) => ranking(kind, 'all')));
  await advanceTo(laurel, '2026-05-28T00:00:00Z');
  const one = await score('ada', 5, '2026-05-27T10:00:00Z');
  const two = await score('ada', 9, '2026-05-27T08:00:00Z');
  const three = await score('ada', 2, '2026-05-27T09:00:00Z');
  expect(await scores()).toEqual([['1 ada 5'], ['1 ada 9'], ['1 ada 2'], ['1 ada 16']]);
  await laurel.events.void(one.event.id, { note: 'a mistake' });
  expect(await scores()).toEqual([['1 ada 2'], ['1 ada 9'], ['1 ada 2'], ['1 ada 11']]);
  await laurel.events.void(two.event.id, { note: 'a mistake' });
  expect(await scores()).toEqual([['1 ada 2'], ['1 ada 2'], ['1 ada 2'], ['1 ada 2']]);
  await laurel.events.void(three.event.id, { note: 'a mistake' });
  expect(await scores()).toEqual([[], [], [], []]);
  expect(await laurel.as({ externalUserId: 'ada' }).leaderboards.rank('max')).toMatchObject({ rank: null, total: 0 });
});

test('who is of the segment of a board scores on it, by what was known at the event', async () => {
  await laurel.segments.create({ id: 'italians', name: { en: 'Italians' }, condition: 'user.language == "it"' });
  await laurel.leaderboards.create(board('calcio', { audience: { segment: 'italians' } }));
  await laurel.users.create({ id: 'ada', language: 'it' });
  await laurel.users.create({ id: 'bob', language: 'en' });
  for (const userId of ['ada', 'bob']) await laurel.events.track({ userId, activity: 'lesson', value: 3 });
  const { items } = await laurel.leaderboards.entries('calcio', { period: '2026-W22' });
  expect(items.map(({ userId }) => userId)).toEqual(['ada']);
});

test('rules that wait for the closing of a board hear of every place that they ask for, prize or not', async () => {
  await laurel.leaderboards.create(board('weekly', { graceMinutes: 0 }));
  await laurel.rewardRules.create({
    id: 'podium',
    name: { en: 'Podium' },
    trigger: { kind: 'leaderboardClosed', leaderboard: 'weekly', topRank: 2 },
    rewards: [{ kind: 'currency', currency: 'xp', amount: 7 }],
  });
  for (const [player, value] of [['ada', 5] as const, ['bob', 4] as const, ['cleo', 3] as const])
    await score(player, value);
  await advanceTo(laurel, '2026-06-01T00:00:00Z');
  expect(await Promise.all(['ada', 'bob', 'cleo'].map(walletOf))).toEqual([107, 7, 0]);
  const { items } = await laurel.leaderboards.periods('weekly', { limit: 2 });
  expect(items[1]).toMatchObject({ period: '2026-W22', players: 3, granted: 1 });
});

test('what a configuration brings is closed in its time, and its sources stay', async () => {
  await laurel.leaderboards.create(board('weekly', { graceMinutes: 0 }));
  const document = await laurel.config.export();
  const other = await openTestClock(game, 'other');
  const { base } = await other.config.plan({ document });
  await other.config.apply({ document, base });
  await other.events.track({ externalUserId: 'ada', activity: 'lesson', value: 3 });
  expect((await advanceTo(other, '2026-06-01T00:00:00Z')).map(line)).toEqual([
    '2026-06-01T00:00 leaderboard.close weekly closed 2026-W22',
  ]);
  const { definitions } = document;
  const boards = definitions.leaderboards?.map((one) => ({ ...one, direction: 'low' as const }));
  const changed = {
    ...document,
    definitions: { ...definitions, ...(boards === undefined ? {} : { leaderboards: boards }) },
  };
  const plan = await other.config.plan({ document: changed });
  expect(await codeOf(other.config.apply({ document: changed, base: plan.base }))).toBe('unprocessable');
});
