import { happeningTypes } from '@laurel/contract/happenings/schema';
import { LaurelLive } from '@laurel/sdk/live';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineBasics, defineRule, missionOf, streakOf } from './definitions.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { toldIn, toldLine } from './told.ts';
import { clockAt, codeOf, type Game, HOME, openGame } from './world.ts';

const START = '2026-03-02T00:00:00.000Z';

let game: Game;
beforeEach(async () => {
  game = await openGame({ clock: clockAt(START) });
});
afterEach(() => game.close());

/** What nothing in this test brings about: webhooks that fail, tests that go to one webhook alone, limits, and erasures. */
const elsewhere = ['webhook.disabled', 'webhook.test', 'event.limited', 'user.erased'];

test('every type of happening is told by something', async () => {
  const laurel = await openTestClock(game);
  await defineBasics(laurel);
  await defineRule(laurel, 100);
  await laurel.badges.create({
    id: 'first',
    name: { en: 'First' },
    criteria: { en: 'A lesson' },
    tiers: [{ count: 1 }],
  });
  await laurel.levelTracks.create({
    id: 'rank',
    name: { en: 'Rank' },
    currency: 'xp',
    goesDown: true,
    curve: { kind: 'thresholds', thresholds: [50, 1000] },
  });
  await laurel.streaks.create({
    id: 'daily',
    ...streakOf('UTC'),
    freezes: { most: 1, initial: 1 },
    milestones: [{ length: 2 }],
    repair: { within: 5 },
  });
  await laurel.missions.create({ id: 'two', ...missionOf(2) });
  await laurel.missions.create({ id: 'daily', ...missionOf(5, { kind: 'recurring', every: 'day', zone: 'user' }) });
  await laurel.missions.create({ id: 'own', ...missionOf(5), assignment: { kind: 'optIn' } });
  await laurel.rewardRules.create({
    id: 'gifts',
    name: { en: 'Gifts' },
    trigger: { kind: 'event', activity: 'lesson' },
    caps: { perPlayer: 1 },
    rewards: [
      { kind: 'badge', badge: 'first' },
      { kind: 'experience', track: 'rank', amount: 1 },
      { kind: 'currency', currency: 'xp', amount: 7, claim: { within: 'P1D' } },
      { kind: 'currency', currency: 'xp', amount: 8, claim: { within: 'P1D' } },
    ],
  });
  const prizes = [{ kind: 'currency' as const, currency: 'xp', amount: 9 }];
  await laurel.leaderboards.create({
    id: 'board',
    name: { en: 'Board' },
    source: { kind: 'count', activity: 'lesson' },
    window: { kind: 'recurring', every: 'day', zone: 'UTC' },
    prizes: [{ places: { kind: 'ranks', from: 1, to: 1 }, rewards: prizes }],
  });
  await laurel.leagues.create({
    id: 'liga',
    name: { en: 'Liga' },
    source: { kind: 'count', activity: 'lesson' },
    zone: 'UTC',
    tiers: [{ id: 'bronze', name: { en: 'Bronze' } }],
  });
  await laurel.catalogItems.create({
    id: 'mug',
    name: { en: 'Mug' },
    price: [{ currency: 'xp', amount: 5 }],
    fulfilWithinHours: 10,
  });

  await laurel.users.create({ id: 'ada' });
  const ada = laurel.as({ userId: 'ada' });
  await ada.me.update({ displayName: 'Ada' }, { ifMatch: 1 });
  await laurel.teams.create({ id: 'blue', name: 'Blue' });
  await laurel.teams.addMember('blue', { userId: 'ada' });
  await ada.teams.leave('blue');
  await ada.missions.join('own');
  await laurel.events.track({ id: 'one', userId: 'ada', activity: 'lesson' });
  const [claim] = await ada.rewards.list({ state: 'claimable' }).toArray({ max: 5 });
  await ada.rewards.claim(claim?.id ?? '');
  const mugs = [await ada.catalog.redeem('mug'), await ada.catalog.redeem('mug'), await ada.catalog.redeem('mug')];
  await laurel.redemptions.fulfil(mugs[0]?.id ?? '', {});
  await laurel.redemptions.cancel(mugs[1]?.id ?? '', {});
  await advanceTo(laurel, '2026-03-03T10:00:00Z');
  await laurel.events.track({ id: 'two', userId: 'ada', activity: 'lesson' });
  await advanceTo(laurel, '2026-03-07T10:00:00Z');
  await codeOf(ada.streaks.repair('daily'));
  await advanceTo(laurel, '2026-03-10T12:00:00Z');
  // What a rule gave for the first event it gives for the second, once the first is undone.
  const before = (await toldIn(game, 'sandbox')).map(toldLine);
  for (const id of ['one', 'two']) await laurel.events.void(id, { note: 'it was not so' });

  const told = await toldIn(game, 'sandbox');
  const types = new Set(told.map(({ type }) => type));
  const silent = happeningTypes.filter((type) => !types.has(type));
  expect(silent.toSorted()).toEqual(elsewhere.toSorted());
  const lines = before.filter((line) => line.includes(' reward.'));
  const badge = 'ada 2026-03-02T00:00 reward.granted rule gifts badge first 1';
  expect(lines).toContain(badge);
  expect(lines).toContain('ada 2026-03-02T00:00 reward.granted rule gifts experience rank 1');
  expect(lines.filter((line) => line.includes('reward.granted rule gifts currency xp 7'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('reward.claimed rule gifts currency xp'))).toHaveLength(1);
  expect(lines.some((line) => line.includes('reward.granted prize board currency xp 9'))).toBe(true);
  expect(told.some(({ type }) => type === 'badge.revoked')).toBe(true);
});

test('a live stream has all that is about its player, and goes on exactly from any place', async () => {
  const { laurel } = game;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada' });
  const ada = laurel.as({ userId: 'ada' });
  await laurel.events.track({ id: 'one', userId: 'ada', activity: 'lesson' });
  await ada.me.update({ displayName: 'Ada' }, { ifMatch: 1 });
  const { id: team } = await ada.teams.create({ name: 'Blue', visibility: 'public' });
  await laurel.events.track({ id: 'two', userId: 'ada', activity: 'lesson' });
  await ada.teams.leave(team);
  const { accessToken: token } = await laurel.users.mintToken('ada');
  const live = new LaurelLive({ baseUrl: `${game.platform.baseUrl}/${HOME.tenant}`, auth: { token } });
  const types = ['event.counted', 'user.updated', 'team.joined', 'event.counted', 'team.left'];
  const about = (await toldIn(game)).filter(({ type }) => type !== 'user.created').length;
  expect(about).toBe(types.length);
  const streamed: string[] = [];
  for await (const { type } of live.live.subscribe({ lastEventId: '0' })) {
    streamed.push(type);
    if (streamed.length === types.length) break;
  }
  expect(streamed).toEqual(types);
  for (const start of types.keys()) {
    if (start === 0) continue;
    const rest: string[] = [];
    for await (const { type } of live.live.subscribe({ lastEventId: `${start}.0` })) {
      rest.push(type);
      if (rest.length === types.length - start) break;
    }
    expect(rest).toEqual(types.slice(start));
  }
});
