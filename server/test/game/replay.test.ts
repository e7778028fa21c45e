import type { Laurel } from '@laurel/sdk/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defineWorld } from './definitions.ts';
import { chunks, clockAt, type Game, openGame, otherProcess, randomFrom, times } from './world.ts';

type Limits = NonNullable<Parameters<Laurel['activities']['create']>[0]['limits']>;

const NOW = '2026-05-01T00:00:00Z';
/** `npm run test:history` plays 100,000. */
const EVENTS = Number(process.env.LAUREL_EVENTS ?? 3_000);
const PLAYERS = Math.max(30, EVENTS / 500);
/** For as long as the events of a slow machine take. */
const HOOK_MS = 60_000 + 60 * EVENTS;
const all = { max: 2 * EVENTS };
const zones = ['Pacific/Auckland', 'Asia/Kathmandu', 'America/Los_Angeles', 'Europe/Rome', 'UTC'];
const activities = ['lesson', 'lesson', 'quiz'];

const random = randomFrom(13);
const players = times(PLAYERS, (index) => ({ id: `player-${index}`, zone: zones[index % zones.length] ?? 'UTC' }));
const history = times(EVENTS, (index) => ({
  id: `event-${index}`,
  userId: players[random.below(PLAYERS)]?.id ?? '',
  activity: activities[random.below(activities.length)] ?? '',
  value: random.below(6),
  occurredAt: new Date(Date.UTC(2026, 1, 20) + random.below(70 * 24 * 3600) * 1000).toISOString(),
}));

/** So many events of an activity count, by several calendars. */
async function limit(laurel: Laurel, id: string, limits: Limits): Promise<void> {
  const { name, playersMaySend } = await laurel.activities.get(id);
  await laurel.activities.update(id, { name, playersMaySend, limits }, { ifMatch: 1 });
}

async function openWorld(): Promise<Game> {
  const game = await openGame({ clock: clockAt(NOW) });
  await defineWorld(game.laurel);
  await limit(game.laurel, 'lesson', [
    { every: 'day', count: 3 },
    { every: 'week', zone: 'UTC', count: 6 },
  ]);
  await limit(game.laurel, 'quiz', [
    { every: 'day', zone: 'Asia/Kathmandu', count: 2 },
    { every: 'ever', count: Math.round(EVENTS / PLAYERS / 4) },
  ]);
  for (const player of players) await game.laurel.users.create(player);
  return game;
}

/** Everything of a player that can be read. */
async function readPlayer(laurel: Laurel, userId: string) {
  const player = laurel.as({ userId });
  const [sheet, progress, streaks, calendar, xp, gems] = await Promise.all([
    laurel.users.sheet(userId),
    player.progress.list({ limit: 200 }).toArray(all),
    player.streaks.list().toArray(all),
    player.streaks.calendar('daily', { from: '2026-01-01', to: '2026-05-31' }),
    player.wallets.entries('xp', { limit: 200 }).toArray(all),
    player.wallets.entries('gems', { limit: 200 }).toArray(all),
  ]);
  return { sheet, progress, streaks, calendar, entries: [...xp, ...gems] };
}

type PlayerState = Awaited<ReturnType<typeof readPlayer>>;

/**
 * A player without how it came about: a ledger entry is never changed, so what was given too early stands there with the
 * entry that took it back. What each cause gave in all is the same; which event completed a mission when it was paid is
 * told by the entry of that time.
 */
function lasting({ sheet, progress, streaks, calendar, entries }: PlayerState) {
  const paid = new Map<string, number>();
  for (const { currency, amount, counterparty, reason } of entries) {
    const cause = reason.kind === 'mission' ? { ...reason, event: null } : reason;
    const key = JSON.stringify({ currency, counterparty, cause });
    paid.set(key, (paid.get(key) ?? 0) + amount);
  }
  const sheetProgress = sheet.progress.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const scores = sheet.scores.toSorted((a, b) => (a.leaderboard < b.leaderboard ? -1 : 1));
  return {
    sheet: { ...sheet, progress: sheetProgress, scores },
    progress,
    streaks,
    calendar,
    paid: [...paid].filter(([, amount]) => amount !== 0).toSorted(),
  };
}

/** Everything of the workspace as a whole that can be read. */
async function readWorkspace(laurel: Laurel) {
  const weeks = times(12, (index) => `2026-W${String(index + 7).padStart(2, '0')}`);
  return {
    events: await laurel.events.list({ limit: 200 }).toArray(all),
    sum: await laurel.leaderboards.entries('sum').toArray(all),
    weekly: await Promise.all(weeks.map((period) => laurel.leaderboards.entries('weekly', { period }).toArray(all))),
    // What came too early was given and taken back: there are more legs, and the same sums.
    proof: (await laurel.ledger.proof().toArray(all)).map(({ legs: _, ...sums }) => sums),
  };
}

describe(`case 13: ${EVENTS} events of ${PLAYERS} players`, { timeout: HOOK_MS }, () => {
  let inOrder: Game;
  let anyhow: Game;
  beforeAll(async () => {
    inOrder = await openWorld();
    const ordered = history.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
    for (const events of chunks(ordered, 500)) await inOrder.laurel.events.trackBatch({ events });

    anyhow = await openWorld();
    const others = await Promise.all(times(2, () => otherProcess(anyhow)));
    const writers = [anyhow.laurel, ...others.map((other) => other.laurel)];
    let rest = random.shuffle([...history, ...random.shuffle(history).slice(0, EVENTS / 10)]);
    const batches: (typeof rest)[] = [];
    while (rest.length > 0) {
      const size = 1 + random.below(500);
      batches.push(rest.slice(0, size));
      rest = rest.slice(size);
    }
    const waiting = batches.values();
    await Promise.all(
      writers.map(async (writer) => {
        for (const events of waiting) expect((await writer.events.trackBatch({ events })).rejected).toBe(0);
      }),
    );
    await Promise.all(others.map((other) => other.close()));
  }, HOOK_MS);
  afterAll(async () => {
    await inOrder.close();
    await anyhow.close();
  });

  test('sent in random order, in batches, a tenth twice, by three writers: the same players', async () => {
    let completed = 0;
    for (const { id } of players) {
      const wanted = await readPlayer(inOrder.laurel, id);
      const found = await readPlayer(anyhow.laurel, id);
      expect(lasting(found)).toEqual(lasting(wanted));
      completed += found.progress.filter(({ state }) => state === 'completed').length;
    }
    expect(completed).toBeGreaterThan(100);
  });

  test('and the same events, boards and ledger sums, byte for byte', async () => {
    const wanted = await readWorkspace(inOrder.laurel);
    const found = await readWorkspace(anyhow.laurel);
    expect(wanted.events).toHaveLength(EVENTS);
    expect(wanted.events.filter(({ limited }) => limited).length).toBeGreaterThan(EVENTS / 20);
    expect(found.events.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      wanted.events.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect(JSON.stringify(found)).toBe(JSON.stringify(wanted));
  });

  test('and what a progress counts are events of its player and period', async () => {
    for (const { id } of players) {
      const { progress } = await readPlayer(anyhow.laurel, id);
      const mine = history.filter(({ userId, activity }) => userId === id && activity === 'lesson');
      const times = new Set(mine.map(({ occurredAt }) => occurredAt));
      for (const { startedAt, completedAt } of progress) {
        expect(times).toContain(startedAt);
        if (completedAt !== null) expect(times).toContain(completedAt);
      }
    }
  });

  test('the ledger is proved: sums are zero, and what is outstanding is what the wallets hold', async () => {
    for (const game of [inOrder, anyhow]) {
      const proofs = await game.laurel.ledger.proof().toArray({ max: 10 });
      expect(proofs.map(({ currency }) => currency)).toEqual(['gems', 'xp']);
      for (const { currency, balanced, sum, outstanding, legs } of proofs) {
        expect({ balanced, sum }).toEqual({ balanced: true, sum: 0 });
        const wallets = await Promise.all(
          players.map(async ({ id }) => {
            const { items } = await game.laurel.as({ userId: id }).wallets.list();
            return items.find((wallet) => wallet.currency === currency)?.available ?? 0;
          }),
        );
        expect(outstanding).toBe(wallets.reduce((total, amount) => total + amount, 0));
        expect(outstanding).toBeGreaterThan(0);
        expect(legs % 2).toBe(0);
      }
    }
  });

  test('each entry of a wallet follows from the one before it: balances are the running sum', async () => {
    let entries = 0;
    for (const { id } of players) {
      for (const { currency, available } of (await anyhow.laurel.as({ userId: id }).wallets.list()).items) {
        // The latest first, in small pages.
        const latest = await anyhow.laurel
          .as({ userId: id })
          .wallets.entries(currency, { limit: 7 })
          .toArray({ max: 1e4 });
        const found = latest.toReversed();
        let sum = 0;
        for (const { amount, balance } of found) {
          sum += amount;
          expect(balance).toBe(sum);
        }
        expect(available).toBe(sum);
        expect(new Set(found.map((entry) => entry.id)).size).toBe(found.length);
        entries += found.length;
      }
    }
    const legs = (await anyhow.laurel.ledger.proof().toArray({ max: 10 })).map((proof) => proof.legs);
    expect(legs.reduce((total, count) => total + count, 0)).toBe(2 * entries);
  });
});

describe('case 14: a dry run', () => {
  let game: Game;
  beforeEach(async () => {
    game = await openWorld();
    await game.laurel.events.trackBatch({ events: history.slice(0, 300) });
  });
  afterEach(() => game.close());

  test('of 2,000 events leaves the table as it was, byte for byte', async () => {
    const before = await game.snapshot();
    for (const events of chunks(history, 500)) {
      expect((await game.laurel.events.trackBatch({ events, dryRun: true })).rejected).toBe(0);
    }
    for (const event of history.slice(290, 310)) await game.laurel.events.track({ ...event, dryRun: true });
    await game.laurel.events.track({ activity: 'lesson', externalUserId: 'nobody-yet', dryRun: true });
    expect(await game.snapshot()).toBe(before);
  });

  test('answers what the real run answers: to a batch, with repeats and faults in it', async () => {
    const fresh = history.slice(300, 780);
    const events = [
      ...fresh.slice(0, 200),
      ...history.slice(0, 5),
      { ...history[7], id: 'event-7', activity: 'lesson', value: 6 },
      { id: 'of-none', userId: players[0]?.id ?? '', activity: 'no-such-activity' },
      { id: 'ahead', userId: players[0]?.id ?? '', activity: 'lesson', occurredAt: '2026-06-01T00:00:00Z' },
      ...fresh.slice(200),
      ...fresh.slice(0, 5),
    ];
    const withoutRequest = ({ items, ...counts }: Awaited<ReturnType<Laurel['events']['trackBatch']>>) => ({
      ...counts,
      items: items.map((item) => (item.status === 'accepted' ? item : { ...item.problem, requestId: '' })),
    });
    const dry = await game.laurel.events.trackBatch({ events, dryRun: true });
    const real = await game.laurel.events.trackBatch({ events });
    expect(dry.rejected).toBe(3);
    expect(withoutRequest(dry)).toEqual(withoutRequest(real));
    expect(await game.laurel.events.trackBatch({ events: fresh, dryRun: true })).toEqual(
      await game.laurel.events.trackBatch({ events: fresh }),
    );
  });

  test('answers what the real run answers: to 200 single events, one after the other', async () => {
    for (const event of history.slice(300, 500)) {
      const dry = await game.laurel.events.track({ ...event, dryRun: true });
      expect(await game.laurel.events.track(event)).toEqual(dry);
    }
  });

  test('has the effects of the real run on a player who is yet unknown, but for ids that follow from theirs', async () => {
    const events = times(30, (index) => ({ id: `new-${index}`, externalUserId: 'unknown', activity: 'lesson' }));
    const effectsOf = (items: Awaited<ReturnType<Laurel['events']['trackBatch']>>['items']) =>
      items.map((item) => {
        if (item.status !== 'accepted') return item;
        const { ledger, ...effects } = item.receipt.effects;
        return { ...effects, ledger: ledger.map((entry) => ({ ...entry, id: '', transaction: '' })) };
      });
    const dry = await game.laurel.events.trackBatch({ events, dryRun: true });
    expect(effectsOf(dry.items)).toEqual(effectsOf((await game.laurel.events.trackBatch({ events })).items));
  });
});
