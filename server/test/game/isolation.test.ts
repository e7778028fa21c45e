import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { places } from '../support/platform.ts';
import { amountsOf, defineWorld } from './definitions.ts';
import { codeOf, codesOf, type Game, laurelOf, openGame, times } from './world.ts';

/** Two tenants with two workspaces each, in which everything has the same names, and each its own amounts. */
let game: Game;
let homes: { name: string; laurel: Laurel; events: number }[];
const NOON = '2026-03-02T12:00:00Z';

beforeAll(async () => {
  game = await openGame();
  homes = [];
  for (const [index, place] of places.entries()) {
    const laurel = laurelOf(await game.platform.createWorkspaceClient(place));
    await defineWorld(laurel);
    await laurel.users.create({ id: 'user-1', externalId: 'ada', displayName: `Ada of ${index}` });
    homes.push({ name: `${place.tenant}/${place.workspace}`, laurel, events: 3 + index });
  }
  // All at once, with the same ids of events.
  await Promise.all(
    homes.flatMap(({ laurel, events }, home) =>
      times(events, (index) =>
        laurel.events.track({
          id: `event-${index}`,
          userId: 'user-1',
          activity: 'lesson',
          value: 100 + home,
          occurredAt: NOON,
        }),
      ),
    ),
  );
  await Promise.all(
    homes.map(({ laurel }, home) =>
      laurel.events.track({ id: `only-${home}`, externalUserId: `p-${home}`, activity: 'quiz' }),
    ),
  );
});
afterAll(() => game.close());

describe('case 15: what has the same name in several workspaces never meets', () => {
  test.each([0, 1, 2, 3])(
    'threat 25: workspace %i has its own events, wallets, progress, scores and proof',
    async (home) => {
      const { laurel, events } = homes[home] ?? { laurel: game.laurel, events: 0 };
      const listed = await laurel.events.list({ limit: 2 }).toArray({ max: 100 });
      expect(listed.map(({ id }) => id).toSorted()).toEqual(
        [...times(events, (index) => `event-${index}`), `only-${home}`].toSorted(),
      );
      expect(new Set(listed.filter(({ activity }) => activity === 'lesson').map(({ value }) => value))).toEqual(
        new Set([100 + home]),
      );
      for (const { id } of listed) expect((await laurel.events.get(id)).event.id).toBe(id);

      const ada = laurel.as({ externalUserId: 'ada' });
      expect(await ada.me.get()).toMatchObject({ id: 'user-1', displayName: `Ada of ${home}` });
      const bonuses = (events >= 3 ? 50 : 0) + (events >= 5 ? 50 : 0);
      expect(await ada.wallets.get('xp')).toMatchObject({ currency: 'xp', available: 10 * events + bonuses });
      const { items } = await ada.progress.list({ mission: 'hundred' });
      expect(items).toMatchObject([{ amount: events }]);
      expect(await ada.leaderboards.rank('sum')).toMatchObject({ rank: 1, total: 1, score: events * (100 + home) });
      expect((await laurel.leaderboards.entries('sum')).items).toHaveLength(1);
      expect((await laurel.ledger.proof()).items).toMatchObject([
        { currency: 'gems', outstanding: 1 },
        { currency: 'xp', outstanding: 10 * events + bonuses },
      ]);
      expect((await laurel.users.list()).items.map(({ externalId }) => externalId).toSorted()).toEqual([
        'ada',
        `p-${home}`,
      ]);
      expect(await laurel.workspace.get()).toMatchObject(
        places[home] === undefined ? {} : { tenant: places[home].tenant },
      );
    },
  );

  test('an id of another workspace is as absent as one that never was', async () => {
    for (const [home, { laurel }] of homes.entries()) {
      for (const other of times(4, Number).filter((index) => index !== home)) {
        const stranger = laurel.as({ externalUserId: `p-${other}` });
        const owner = await homes[other]?.laurel.users.getByExternalId(`p-${other}`);
        const userId = owner?.id ?? '';
        const codes = await codesOf([
          laurel.events.get(`only-${other}`),
          laurel.users.getByExternalId(`p-${other}`),
          laurel.users.get(userId),
          laurel.users.sheet(userId),
          laurel.users.mintToken(userId),
          laurel.users.update(userId, {}, { ifMatch: 1 }),
          stranger.me.get(),
          stranger.wallets.list(),
          stranger.leaderboards.rank('sum'),
        ]);
        expect(new Set(codes)).toEqual(new Set(['not_found']));
        expect(await codeOf(laurel.events.track({ userId, activity: 'lesson' }))).toBe('unknown_reference');
        expect((await laurel.events.list({ userId })).items).toEqual([]);
      }
    }
  });

  test('a cursor of another workspace is none', async () => {
    const cursors = await Promise.all(
      homes.map(async ({ laurel }) => (await laurel.events.list({ limit: 1 })).nextCursor),
    );
    for (const [home, { laurel }] of homes.entries()) {
      for (const [other, cursor] of cursors.entries()) {
        const code = await codeOf(laurel.events.list({ limit: 1, cursor: cursor ?? '' }));
        expect(code).toBe(home === other ? 'none' : 'invalid_cursor');
      }
    }
  });

  test('threat 49: an Idempotency-Key of one workspace is free in another', async () => {
    const made = await Promise.all(
      homes.map(({ laurel }) => laurel.users.create({ displayName: 'Bob' }, { idempotencyKey: 'bob-1' })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(4);
  });

  test('a change in one workspace is none in another', async () => {
    const [first, second] = homes;
    const before = await second?.laurel.missions.get('hundred');
    await first?.laurel.missions.archive('hundred');
    await first?.laurel.rewardRules.archive('xp-per-lesson');
    expect(await second?.laurel.missions.get('hundred')).toEqual(before);
    const receipt = await second?.laurel.events.track({ userId: 'user-1', activity: 'lesson', dryRun: true });
    expect(amountsOf(receipt?.effects.rewards ?? [])).toContain(10);
  });
});
