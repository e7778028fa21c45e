import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardOf, defineBasics } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, otherProcess, randomFrom, times } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-01T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

const kinds = ['sum', 'count', 'max', 'min', 'latest'] as const;
const directions = ['high', 'low'] as const;

async function send(events: readonly { player: string; value: number; minute: number }[]): Promise<void> {
  const sent = events.map(({ player, value, minute }) => ({
    externalUserId: player,
    activity: 'lesson',
    value,
    occurredAt: new Date(Date.UTC(2026, 4, 1) + minute * 60_000).toISOString(),
  }));
  expect((await laurel.events.trackBatch({ events: sent })).rejected).toBe(0);
}

/** What a source makes of a player's values in the order of time. */
const naive = {
  sum: (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0),
  count: (values: readonly number[]) => values.length,
  max: (values: readonly number[]) => Math.max(...values),
  min: (values: readonly number[]) => Math.min(...values),
  latest: (values: readonly number[]) => values.at(-1) ?? 0,
};

describe('boards of every source and direction', () => {
  test('are what sorting the scores of all players gives', async () => {
    for (const kind of kinds) {
      for (const direction of directions) {
        await laurel.leaderboards.create({
          ...boardOf('competition'),
          id: `${kind}-${direction}`,
          source: { kind, activity: 'lesson' },
          direction,
        });
      }
    }
    const random = randomFrom(11);
    const events = times(240, (minute) => ({ player: `p${random.below(30)}`, value: 1 + random.below(9), minute }));
    await send(random.shuffle(events));
    const players = Map.groupBy(events, ({ player }) => player);
    for (const kind of kinds) {
      const scores = [...players].map(([player, mine]) => ({
        player,
        score: naive[kind](mine.map(({ value }) => value)),
      }));
      for (const direction of directions) {
        const sign = direction === 'high' ? -1 : 1;
        const rankOf = (score: number) => 1 + scores.filter((other) => sign * (other.score - score) < 0).length;
        const { items } = await laurel.leaderboards.entries(`${kind}-${direction}`, { limit: 100 });
        const lines = items.map(({ externalId, score, rank }) => ({ player: externalId ?? null, score, rank }));
        const byPlayer = (a: { player: string | null }, b: { player: string | null }) =>
          String(a.player) < String(b.player) ? -1 : 1;
        expect(lines.toSorted(byPlayer)).toEqual(
          scores.map((one) => ({ ...one, rank: rankOf(one.score) })).toSorted(byPlayer),
        );
        expect(lines.map(({ score }) => score)).toEqual(
          scores.map(({ score }) => score).toSorted((a, b) => sign * (a - b)),
        );
        // Around the last: the same lines from below.
        const last = lines.at(-1)?.player ?? '';
        const around = await laurel
          .as({ externalUserId: last })
          .leaderboards.entries(`${kind}-${direction}`, { around: 'me', limit: 9 });
        expect(around.items.map(({ rank, score }) => ({ rank, score }))).toEqual(
          lines.slice(-5).map(({ rank, score }) => ({ rank, score })),
        );
      }
    }
  });

  test('count what was earned of a currency, and the runs of a streak', async () => {
    await laurel.rewardRules.create({
      id: 'rule',
      name: { en: 'Rule' },
      trigger: { kind: 'event', activity: 'lesson' },
      rewards: [{ kind: 'currency', currency: 'xp', amount: 5 }],
    });
    await laurel.streaks.create({
      id: 'daily',
      name: { en: 'Daily' },
      cadence: 'day',
      zone: 'UTC',
      activity: 'lesson',
    });
    const board = { name: { en: 'B' }, window: { kind: 'allTime' as const } };
    await laurel.leaderboards.create({ id: 'rich', ...board, source: { kind: 'earned', currency: 'xp' } });
    await laurel.leaderboards.create({ id: 'runs', ...board, source: { kind: 'streak', streak: 'daily' } });
    const day = 24 * 60;
    await send([0, 1, 2, 5].map((at) => ({ player: 'ada', value: 1, minute: at * day })));
    await send([0, 0, 1].map((at, index) => ({ player: 'bob', value: 1, minute: at * day + index })));
    const ada = laurel.as({ externalUserId: 'ada' });
    const bob = laurel.as({ externalUserId: 'bob' });
    // What is given by hand was not earned.
    const { id } = await ada.me.get();
    await laurel.users.grant(id, { rewards: [{ kind: 'currency', currency: 'xp', amount: 1000 }], note: 'Sorry' });
    expect(await ada.leaderboards.rank('rich')).toMatchObject({ rank: 1, score: 20 });
    expect(await bob.leaderboards.rank('rich')).toMatchObject({ rank: 2, score: 15 });
    expect(await ada.leaderboards.rank('runs')).toMatchObject({ rank: 1, score: 3 });
    expect(await bob.leaderboards.rank('runs')).toMatchObject({ rank: 2, score: 2 });
  });
});

describe('what a board is made of', () => {
  test('must exist, and stays', async () => {
    const made = boardOf('dense');
    const missing = [
      { kind: 'sum', activity: 'no-such' },
      { kind: 'earned', currency: 'no-such' },
      { kind: 'streak', streak: 'no-such' },
    ] as const;
    for (const source of missing) {
      expect(await codeOf(laurel.leaderboards.create({ ...made, source }))).toBe('unknown_reference');
    }
    const audience = { segment: 'nobody-made-it' };
    expect(await codeOf(laurel.leaderboards.create({ ...made, audience }))).toBe('unknown_reference');
    const expression = 'user.nonsense == 1';
    expect(await codeOf(laurel.leaderboards.create({ ...made, audience: { expression } }))).toBe('invalid_expression');
    await laurel.leaderboards.create({ ...made, id: 'board' });
    const range = { kind: 'range', from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' } as const;
    expect(await codeOf(laurel.leaderboards.create({ ...made, window: range }))).toBe('invalid_request');
    for (const change of [
      { direction: 'low' },
      { source: { kind: 'max', activity: 'lesson' } },
      { window: { kind: 'recurring', every: 'day', zone: 'UTC' } },
    ] as const) {
      const call = laurel.leaderboards.update('board', { ...made, ...change }, { ifMatch: 1 });
      expect(await codeOf(call)).toBe('unprocessable');
    }
    expect(await laurel.leaderboards.update('board', { ...made, ties: 'ordinal' }, { ifMatch: 1 })).toMatchObject({
      ties: 'ordinal',
      version: 2,
    });
  });
});

describe('how players are shown', () => {
  const names = ['Ada', 'Bob', 'Cleo', 'Dan'];
  let ids: string[];
  beforeEach(async () => {
    await laurel.leaderboards.create({ ...boardOf('competition'), id: 'board' });
    ids = [];
    for (const [index, displayName] of names.entries()) {
      const { id } = await laurel.users.create({ externalId: displayName.toLowerCase(), displayName });
      ids.push(id);
      await send([{ player: displayName.toLowerCase(), value: 40 - 10 * index, minute: index }]);
    }
    const hide = async (who: string, visibility: 'anonymous' | 'hidden') => {
      const player = laurel.as({ externalUserId: who });
      const me = await player.me.get();
      expect(await player.me.update({ visibility }, { ifMatch: me })).toMatchObject({ visibility });
    };
    await hide('bob', 'anonymous');
    await hide('cleo', 'hidden');
  });
  const seenBy = async (who: string, query: { around?: 'me'; users?: string } = {}) => {
    const { items } = await laurel.as({ externalUserId: who }).leaderboards.entries('board', query);
    return items.map(({ rank, player }) => [rank, player?.displayName.replace(/^Player .*/, 'Player')]);
  };

  test('anonymous ones by no name, hidden ones not at all; their ranks are theirs', async () => {
    const others = [
      [1, 'Ada'],
      [2, 'Player'],
      [4, 'Dan'],
    ];
    expect(await seenBy('dan')).toEqual(others);
    expect(await seenBy('dan', { around: 'me' })).toEqual(others);
    expect(await seenBy('cleo')).toEqual([
      [1, 'Ada'],
      [2, 'Player'],
      [3, 'Cleo'],
      [4, 'Dan'],
    ]);
    expect(await laurel.as({ externalUserId: 'cleo' }).leaderboards.rank('board')).toMatchObject({ rank: 3, total: 4 });
    const { items } = await laurel.leaderboards.entries('board');
    expect(items.map(({ externalId }) => externalId)).toEqual(['ada', 'bob', 'cleo', 'dan']);
  });

  test('in a list of users only those who show their names, each with the id that was asked for', async () => {
    const users = [...ids, 'no-such-user'].toReversed().join(',');
    const { items, nextCursor } = await laurel.as({ externalUserId: 'ada' }).leaderboards.entries('board', { users });
    expect(nextCursor).toBeNull();
    expect(items.map(({ rank, userId }) => ({ rank, userId }))).toEqual([
      { rank: 1, userId: ids[0] },
      { rank: 4, userId: ids[3] },
    ]);
    const own = await laurel.as({ externalUserId: 'cleo' }).leaderboards.entries('board', { users });
    expect(own.items.map(({ rank }) => rank)).toEqual([1, 3, 4]);
    const all = await laurel.leaderboards.entries('board', { users });
    expect(all.items.map(({ rank, userId }) => ({ rank, userId }))).toEqual(
      ids.map((userId, index) => ({ rank: index + 1, userId })),
    );
  });

  test('refuses more than a hundred users, and two choices at once', async () => {
    const ada = laurel.as({ externalUserId: 'ada' }).leaderboards;
    const users = times(101, (index) => `u${index}`).join(',');
    expect(await codeOf(ada.entries('board', { users }))).toBe('invalid_request');
    expect(await codeOf(ada.entries('board', { users: 'u1', around: 'me' }))).toBe('invalid_request');
    expect(await codeOf(ada.entries('board', { users: 'u1,,u2' }))).toBe('invalid_request');
  });
});

test('ranks are exact after a write by whichever process, in each of them', async () => {
  await laurel.leaderboards.create({ ...boardOf('competition'), id: 'board' });
  const other = await otherProcess(game);
  const processes = [laurel, other.laurel];
  const random = randomFrom(3);
  const scores = new Map<string, number>();
  for (let round = 0; round < 60; round += 1) {
    const [writer, reader] = random.shuffle(processes);
    const player = `p${random.below(12)}`;
    const value = 1 + random.below(5);
    await writer?.events.track({ externalUserId: player, activity: 'lesson', value });
    scores.set(player, (scores.get(player) ?? 0) + value);
    const mine = scores.get(player) ?? 0;
    const rank = 1 + [...scores.values()].filter((one) => one > mine).length;
    const seen = await reader?.as({ externalUserId: player }).leaderboards.rank('board');
    expect(seen).toMatchObject({ rank, score: mine, total: scores.size });
  }
  await other.close();
});
