import type { Laurel } from '@laurel/sdk/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boardOf, defineBasics } from './definitions.ts';
import { isoWeek, localDay } from './local-time.ts';
import { chunks, clockAt, codeOf, type Game, openGame, randomFrom, times } from './world.ts';

const rules = ['competition', 'dense', 'ordinal'] as const;
type Ties = (typeof rules)[number];

interface Score {
  readonly userId: string;
  readonly score: number;
  readonly reachedAt: string;
}

/** The order of a board: the higher score, who was there first, the lower id. */
function inOrder(scores: readonly Score[]): Score[] {
  return scores.toSorted(
    (a, b) => b.score - a.score || a.reachedAt.localeCompare(b.reachedAt) || (a.userId < b.userId ? -1 : 1),
  );
}

/** A rank as its rule is worded, counted anew for each player from all scores. */
function rankOf(ties: Ties, scores: readonly Score[], { userId, score }: Score): number {
  const higher = scores.filter((other) => other.score > score).map((other) => other.score);
  if (ties === 'competition') return higher.length + 1;
  if (ties === 'dense') return new Set(higher).size + 1;
  return inOrder(scores).findIndex((other) => other.userId === userId) + 1;
}

async function defineBoards(laurel: Laurel): Promise<void> {
  await defineBasics(laurel);
  for (const ties of rules) await laurel.leaderboards.create({ id: ties, ...boardOf(ties) });
}

async function sendScores(laurel: Laurel, scores: readonly Score[]): Promise<void> {
  const events = scores.map(({ userId, score, reachedAt }) => ({
    externalUserId: userId,
    activity: 'lesson',
    value: score,
    occurredAt: reachedAt,
  }));
  for (const part of chunks(events, 500)) {
    expect((await laurel.events.trackBatch({ events: part })).rejected).toBe(0);
  }
}

describe('case 10: ties', () => {
  let game: Game;
  let laurel: Laurel;
  beforeEach(async () => {
    game = await openGame({ clock: clockAt('2026-06-01T12:00:00Z') });
    laurel = game.laurel;
    await defineBoards(laurel);
  });
  afterEach(() => game.close());

  /** Ada and Bob come to 10, Bob first, and Cleo to 7. */
  async function play(): Promise<void> {
    for (const id of ['ada', 'bob', 'cleo', 'dan']) await laurel.users.create({ id, externalId: id });
    const at = (userId: string, value: number, hour: number) =>
      laurel.events.track({ userId, activity: 'lesson', value, occurredAt: `2026-06-01T0${hour}:00:00Z` });
    await at('ada', 6, 1);
    await at('cleo', 7, 2);
    await at('bob', 10, 3);
    await at('ada', 4, 4);
  }

  test.each([
    ['competition', [1, 1, 3]],
    ['dense', [1, 1, 2]],
    ['ordinal', [1, 2, 3]],
  ] as const)('10, 10 and 7 by %s are %s', async (ties, ranks) => {
    await play();
    const lines = ['bob', 'ada', 'cleo'].map((userId, index) => ({ userId, rank: ranks[index] }));
    const { items } = await laurel.leaderboards.entries(ties);
    expect(items.map(({ userId, rank }) => ({ userId, rank }))).toEqual(lines);
    for (const { userId, rank } of lines) {
      const player = laurel.as({ userId });
      expect(await player.leaderboards.rank(ties)).toMatchObject({ rank, total: 3 });
      const around = await player.leaderboards.entries(ties, { around: 'me' });
      expect(around.items.filter(({ isMe }) => isMe)).toMatchObject([{ rank }]);
      expect(around.items.map((line) => line.rank)).toEqual(ranks.slice(around.items.length === 3 ? 0 : 1));
    }
  });

  test('of equals the id decides where they reached the score at the same moment', async () => {
    const reachedAt = '2026-06-01T00:00:00.000Z';
    for (const id of ['b', 'a-b', 'a', 'a.c', 'B']) await laurel.users.create({ id, externalId: id });
    await sendScores(
      laurel,
      ['a.c', 'b', 'B', 'a-b', 'a'].map((userId) => ({ userId, score: 3, reachedAt })),
    );
    const { items } = await laurel.leaderboards.entries('ordinal');
    expect(items.map(({ userId, rank }) => [userId, rank])).toEqual(
      ['a', 'a-b', 'a.c', 'b', 'B'].toSorted((a, b) => (a < b ? -1 : 1)).map((userId, index) => [userId, index + 1]),
    );
  });

  test('a player without a score has no rank, and nobody around', async () => {
    await play();
    const dan = laurel.as({ userId: 'dan' });
    const none = { leaderboard: 'dense', period: 'all', rank: null, score: null, total: 3 };
    expect(await dan.leaderboards.rank('dense')).toEqual(none);
    expect(await dan.leaderboards.entries('dense', { around: 'me' })).toEqual({ items: [], nextCursor: null });
    await laurel.events.track({ userId: 'dan', activity: 'lesson', value: 0 });
    expect(await dan.leaderboards.rank('dense')).toEqual(none);
    expect((await dan.leaderboards.entries('dense')).items.map(({ isMe }) => isMe)).toEqual([false, false, false]);
  });

  test('nobody sees the id of another player', async () => {
    await play();
    await laurel.users.update('bob', { displayName: 'Bobby' }, { ifMatch: 1 });
    const { items } = await laurel.as({ userId: 'cleo' }).leaderboards.entries('ordinal');
    const [bob, ada] = items.map(({ player }) => player?.displayName);
    expect(bob).toBe('Bobby');
    expect(ada).toMatch(/^Player ./);
    expect(ada).not.toContain('ada');
  });
});

describe('case 10: a board of 1,000 players', () => {
  const random = randomFrom(2026);
  const scores: Score[] = times(1000, (index) => ({
    userId: `p${index}`,
    score: 1 + random.below(300),
    reachedAt: new Date(Date.UTC(2026, 4, 1) + random.below(50) * 60_000).toISOString(),
  }));
  let game: Game;
  let laurel: Laurel;
  beforeAll(async () => {
    game = await openGame({ clock: clockAt('2026-06-01T12:00:00Z') });
    laurel = game.laurel;
    await defineBoards(laurel);
    for (const part of chunks(scores, 50)) {
      await Promise.all(part.map(({ userId }) => laurel.users.create({ id: userId, externalId: userId })));
    }
    await sendScores(laurel, random.shuffle(scores));
  });
  afterAll(() => game.close());

  test.each(rules)('pages of 7 are the whole ranking, by %s', async (ties) => {
    const expected = inOrder(scores).map((line) => ({
      rank: rankOf(ties, scores, line),
      score: line.score,
      userId: line.userId,
      externalId: line.userId,
    }));
    expect(await laurel.leaderboards.entries(ties, { limit: 7 }).toArray({ max: 2000 })).toEqual(expected);
    const mine = laurel.as({ userId: 'p0' }).leaderboards.entries(ties, { limit: 200 });
    const seen = await mine.toArray({ max: 2000 });
    expect(seen.map(({ rank, score }) => ({ rank, score }))).toEqual(
      expected.map(({ rank, score }) => ({ rank, score })),
    );
    expect(seen.findIndex(({ isMe }) => isMe)).toBe(expected.findIndex(({ userId }) => userId === 'p0'));
  });

  test.each(rules)('around the first, the last and those between are the lines of the ranking, by %s', async (ties) => {
    const order = inOrder(scores);
    for (const place of [0, 1, 2, 500, 997, 998, 999]) {
      for (const limit of [1, 2, 7]) {
        const me = order[place];
        if (me === undefined) throw new Error('no such line');
        const player = laurel.as({ userId: me.userId });
        const { items, nextCursor } = await player.leaderboards.entries(ties, { around: 'me', limit });
        const from = Math.max(0, place - Math.floor((limit - 1) / 2));
        const lines = order.slice(from, from + limit);
        expect(nextCursor).toBeNull();
        expect(items.map(({ rank, score, isMe }) => ({ rank, score, isMe }))).toEqual(
          lines.map((line) => ({ rank: rankOf(ties, scores, line), score: line.score, isMe: line === me })),
        );
        expect(await player.leaderboards.rank(ties)).toMatchObject({ rank: rankOf(ties, scores, me), total: 1000 });
      }
    }
  });

  test('a cursor of one board or period is none of another', async () => {
    const { nextCursor } = await laurel.leaderboards.entries('dense', { limit: 7 });
    const cursor = nextCursor ?? '';
    expect(await codeOf(laurel.leaderboards.entries('ordinal', { limit: 7, cursor }))).toBe('invalid_cursor');
    const player = laurel.as({ userId: 'p0' }).leaderboards;
    expect(await codeOf(player.entries('dense', { limit: 7, cursor }))).toBe('invalid_cursor');
    expect(await codeOf(player.entries('dense', { around: 'me', cursor }))).toBe('invalid_request');
  });
});

describe('a weekly board', () => {
  test('ranks each week by itself, in its own zone', async () => {
    const clock = clockAt('2026-12-31T12:00:00Z');
    const game = await openGame({ clock });
    const { laurel } = game;
    await defineBasics(laurel);
    const zone = 'Pacific/Auckland';
    await laurel.leaderboards.create({
      id: 'weekly',
      name: { en: 'Weekly' },
      source: { kind: 'count', activity: 'lesson' },
      window: { kind: 'recurring', every: 'week', zone },
      ties: 'competition',
    });
    const random = randomFrom(5);
    const played = times(600, () => ({
      externalUserId: `p${random.below(9)}`,
      instant: Date.UTC(2026, 2, 1) + random.below(70 * 24 * 60) * 60_000,
    }));
    const events = played.map(({ externalUserId, instant }) => ({
      externalUserId,
      activity: 'lesson',
      occurredAt: new Date(instant).toISOString(),
    }));
    for (const part of chunks(events, 500)) await laurel.events.trackBatch({ events: part });

    const weeks = Map.groupBy(played, ({ instant }) => isoWeek(localDay(instant, zone)));
    expect(weeks.size).toBeGreaterThanOrEqual(10);
    for (const [period, inWeek] of weeks) {
      const counts = [...Map.groupBy(inWeek, ({ externalUserId }) => externalUserId)].map(([externalId, mine]) => ({
        externalId,
        score: mine.length,
      }));
      const { items } = await laurel.leaderboards.entries('weekly', { period });
      const byPlayer = (a: { externalId: string | null }, b: { externalId: string | null }) =>
        String(a.externalId) < String(b.externalId) ? -1 : 1;
      expect(
        items.map(({ externalId = null, score, rank }) => ({ externalId, score, rank })).toSorted(byPlayer),
      ).toEqual(
        counts
          .map(({ externalId, score }) => ({
            externalId,
            score,
            rank: counts.filter((other) => other.score > score).length + 1,
          }))
          .toSorted(byPlayer),
      );
      // The current week is that of the zone, at the very instants of the events.
      const [first] = inWeek;
      clock.set(new Date(first?.instant ?? 0).toISOString());
      const player = laurel.as({ externalUserId: first?.externalUserId ?? '' });
      expect(await player.leaderboards.get('weekly')).toMatchObject({ period });
      expect(await player.leaderboards.rank('weekly')).toMatchObject({ period, total: counts.length });
    }
    await game.close();
  });
});
