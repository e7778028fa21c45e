import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardOf, defineBasics } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, refusalOf, type TestClock } from './world.ts';

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt('2026-06-01T12:00:00Z');
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

const SINCE = '2026-05-01T00:00:00Z';
const board = { ...boardOf('competition'), id: 'board', scope: 'teams' as const };

async function makeTeams(teams: Readonly<Record<string, readonly string[]>>, more: object = {}): Promise<void> {
  for (const [id, members] of Object.entries(teams)) {
    await laurel.teams.create({ id, name: `The ${id}`, ...more });
    for (const userId of members) {
      await laurel.users.create({ id: userId });
      await laurel.teams.addMember(id, { userId, joinedAt: SINCE });
    }
  }
}

const play = (userId: string, value: number, more: object = {}) =>
  laurel.events.track({ userId, activity: 'lesson', value, ...more });

/** The lines of a board, once all that was committed is counted. */
async function lines(id = 'board', query: { period?: string; teams?: string } = {}) {
  await game.platform.inside.streams.settled();
  const items = await laurel.leaderboards.entries(id, query).toArray({ max: 100 });
  return items.map(({ rank, score, team }) => [rank, team?.id, score]);
}

describe('a board of teams', () => {
  beforeEach(async () => {
    await laurel.leaderboards.create(board);
    await makeTeams({ red: ['ada', 'bob'], blue: ['cleo'], green: ['dan'] });
  });

  test('adds up what members did in their team, and ranks teams by it', async () => {
    await play('ada', 5);
    await play('bob', 7);
    await play('cleo', 12);
    await play('dan', 3);
    await laurel.users.create({ id: 'eve' });
    await play('eve', 1000);
    expect(await lines()).toEqual([
      [1, 'blue', 12],
      [1, 'red', 12],
      [3, 'green', 3],
    ]);
    const { items } = await laurel.leaderboards.entries('board', { limit: 1 });
    expect(items).toEqual([{ rank: 1, score: 12, team: { id: 'blue', name: 'The blue' } }]);
    expect(await lines('board', { teams: 'green,blue,no-such-team' })).toEqual([
      [1, 'blue', 12],
      [3, 'green', 3],
    ]);
  });

  test('counts for the team of the moment at which it occurred, whatever becomes of the membership', async () => {
    await play('bob', 7);
    const [bob] = (await laurel.teams.members('red').toArray({ max: 10 })).filter(({ userId }) => userId === 'bob');
    await laurel.teams.removeMember('red', bob?.id ?? '');
    clock.set('2026-06-02T12:00:00Z');
    await play('bob', 100);
    await laurel.teams.addMember('blue', { userId: 'bob' });
    clock.set('2026-06-03T12:00:00Z');
    await play('bob', 20);
    // Late ones go where they belong by then.
    await play('bob', 2, { occurredAt: '2026-06-01T11:00:00Z' });
    await play('bob', 50, { occurredAt: '2026-06-02T08:00:00Z' });
    expect(await lines()).toEqual([
      [1, 'blue', 20],
      [2, 'red', 9],
    ]);
  });

  test('is taken back by a void from the team that it counted for; a team without anything has no line', async () => {
    await play('ada', 5, { id: 'first' });
    const [ada] = (await laurel.teams.members('red').toArray({ max: 10 })).filter(({ userId }) => userId === 'ada');
    await laurel.teams.removeMember('red', ada?.id ?? '');
    clock.set('2026-06-02T12:00:00Z');
    await laurel.teams.addMember('blue', { userId: 'ada' });
    await play('ada', 8);
    expect(await lines()).toEqual([
      [1, 'blue', 8],
      [2, 'red', 5],
    ]);
    await laurel.events.void('first', { note: 'a mistake' });
    expect(await lines()).toEqual([[1, 'blue', 8]]);
    expect(await laurel.as({ userId: 'bob' }).leaderboards.rank('board')).toMatchObject({ rank: null, total: 1 });
    await play('bob', 9);
    expect(await lines()).toEqual([
      [1, 'red', 9],
      [2, 'blue', 8],
    ]);
  });

  test('tells with the event what the member has given, also when it is tried', async () => {
    await play('bob', 7);
    await play('ada', 5);
    const before = await game.snapshot();
    const tried = await play('ada', 6, { dryRun: true });
    expect(await game.snapshot()).toBe(before);
    const effect = { leaderboard: 'board', period: 'all', added: 6, score: 11, team: 'red' };
    expect(tried.effects.scores).toEqual([effect]);
    const batch = await laurel.events.trackBatch({
      events: [3, 3].map((value) => ({ userId: 'ada', activity: 'lesson', value })),
    });
    expect(batch.rejected).toBe(0);
    expect(await lines()).toEqual([[1, 'red', 18]]);
  });

  test('says why what was done in no team counts for nothing', async () => {
    await laurel.users.create({ id: 'eve' });
    await play('eve', 4, { id: 'alone' });
    await play('ada', 4, { id: 'together' });
    const ruleOf = async (id: string) => (await laurel.events.explain(id)).rules.find((one) => one.id === 'board');
    expect(await ruleOf('alone')).toMatchObject({ fired: false, why: 'not_in_team', values: { period: 'all' } });
    expect(await ruleOf('together')).toMatchObject({ fired: true, why: 'score_moved', values: { team: 'red' } });
  });
});

describe('of members', () => {
  test('the best, the lowest or the latest stands, and the longest run of a streak', async () => {
    await makeTeams({ red: ['ada', 'bob'], blue: ['cleo'] });
    await laurel.streaks.create({ id: 'daily', name: { en: 'D' }, cadence: 'day', zone: 'UTC', activity: 'lesson' });
    for (const kind of ['max', 'min', 'latest'] as const) {
      await laurel.leaderboards.create({ ...board, id: kind, source: { kind, activity: 'lesson' } });
    }
    await laurel.leaderboards.create({ ...board, id: 'runs', source: { kind: 'streak', streak: 'daily' } });
    await laurel.rewardRules.create({
      id: 'rule',
      name: { en: 'Rule' },
      trigger: { kind: 'event', activity: 'lesson' },
      rewards: [{ kind: 'currency', currency: 'xp', amount: 5 }],
    });
    await laurel.leaderboards.create({ ...board, id: 'rich', source: { kind: 'earned', currency: 'xp' } });
    const day = (number: number) => ({ occurredAt: `2026-05-0${number}T10:00:00Z` });
    await play('ada', 4, day(2));
    await play('ada', 9, day(3));
    await play('bob', 6, day(4));
    await play('cleo', 5, day(3));
    expect(await lines('max')).toEqual([
      [1, 'red', 9],
      [2, 'blue', 5],
    ]);
    expect(await lines('min')).toEqual([
      [1, 'blue', 5],
      [2, 'red', 4],
    ]);
    expect(await lines('latest')).toEqual([
      [1, 'red', 6],
      [2, 'blue', 5],
    ]);
    expect(await lines('runs')).toEqual([
      [1, 'red', 2],
      [2, 'blue', 1],
    ]);
    expect(await lines('rich')).toEqual([
      [1, 'red', 15],
      [2, 'blue', 5],
    ]);
  });

  test('each is held to the audience and the condition', async () => {
    await makeTeams({ red: ['ada', 'bob'] });
    const ada = await laurel.users.get('ada');
    await laurel.users.update('ada', { language: 'it' }, { ifMatch: ada });
    await laurel.leaderboards.create({
      ...board,
      audience: { expression: 'user.language == "it"' },
      condition: 'event.value < 50',
    });
    await play('ada', 5);
    await play('ada', 50);
    await play('bob', 7);
    expect(await lines()).toEqual([[1, 'red', 5]]);
  });
});

describe('for players', () => {
  beforeEach(async () => {
    await laurel.leaderboards.create(board);
    await makeTeams({ red: ['ada', 'bob'], blue: ['cleo'], green: ['dan'] });
    await makeTeams({ secret: ['eve'] }, { visibility: 'private' });
    for (const [index, userId] of ['ada', 'cleo', 'eve', 'dan'].entries()) await play(userId, 40 - 10 * index);
    await game.platform.inside.streams.settled();
  });
  const seenBy = async (userId: string, query: { around?: 'me'; teams?: string; limit?: number } = {}) => {
    const { items } = await laurel.as({ userId }).leaderboards.entries('board', query);
    return items.map(({ rank, team, isMe }) => [rank, team?.name, isMe]);
  };

  test('mine is the line of the team that I am in', async () => {
    expect(await seenBy('bob')).toEqual([
      [1, 'The red', true],
      [2, 'The blue', false],
      [4, 'The green', false],
    ]);
    expect(await seenBy('dan', { around: 'me', limit: 5 })).toEqual([
      [2, 'The blue', false],
      [4, 'The green', true],
    ]);
    const rankOf = (userId: string) => laurel.as({ userId }).leaderboards.rank('board');
    expect(await rankOf('bob')).toEqual({ leaderboard: 'board', period: 'all', rank: 1, score: 40, total: 4 });
    await laurel.users.create({ id: 'nobody' });
    expect(await rankOf('nobody')).toMatchObject({ rank: null, score: null, total: 4 });
    expect(await seenBy('nobody', { around: 'me' })).toEqual([]);
    expect(await laurel.as({ userId: 'bob' }).leaderboards.get('board')).toMatchObject({ scope: 'teams' });
  });

  test('a private team keeps its rank, and is shown to its members alone; who hides hides no team', async () => {
    expect(await seenBy('eve')).toEqual([
      [1, 'The red', false],
      [2, 'The blue', false],
      [3, 'The secret', true],
      [4, 'The green', false],
    ]);
    expect(await seenBy('ada', { teams: 'secret,green' })).toEqual([[4, 'The green', false]]);
    const dan = laurel.as({ userId: 'dan' });
    await dan.me.update({ visibility: 'hidden' }, { ifMatch: await dan.me.get() });
    expect(await seenBy('ada', { teams: 'green' })).toEqual([[4, 'The green', false]]);
  });

  test('lines are chosen by what the board ranks', async () => {
    const { leaderboards } = laurel.as({ userId: 'ada' });
    expect(await refusalOf(leaderboards.entries('board', { users: 'ada' }))).toMatchObject({
      code: 'invalid_request',
      pointers: ['/query/users'],
    });
    await laurel.leaderboards.create({ ...boardOf('dense'), id: 'single' });
    expect(await refusalOf(laurel.leaderboards.entries('single', { teams: 'red' }))).toMatchObject({
      code: 'invalid_request',
      pointers: ['/query/teams'],
    });
    expect(await codeOf(leaderboards.entries('board', { teams: 'red', around: 'me' }))).toBe('invalid_request');
  });
});

test('whom a board ranks stays as it was published', async () => {
  await laurel.leaderboards.create(board);
  const call = laurel.leaderboards.update('board', boardOf('competition'), { ifMatch: 1 });
  expect(await refusalOf(call)).toMatchObject({ code: 'unprocessable', pointers: ['/scope'] });
  expect(
    await laurel.leaderboards.update('board', { ...boardOf('ordinal'), scope: 'teams' }, { ifMatch: 1 }),
  ).toMatchObject({ scope: 'teams', ties: 'ordinal' });
});
