import { clockAt, type Game, HOME, openGame } from '../../../server/test/game/world.ts';
import './dom.ts';
import { Laurel } from '@laurel/sdk';
import { LaurelLive } from '@laurel/sdk/live';
import {
  useBadges,
  useClaim,
  useLeaderboard,
  useLeaderboardRank,
  useMe,
  useMission,
  useMissions,
  useProgress,
  useRewards,
  useStreaks,
  useTrack,
  useWallet,
} from '@laurel/sdk/react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCache, page } from './page.ts';

let game: Game;
beforeAll(async () => {
  game = await openGame({ clock: clockAt('2026-06-30T12:00:00.000Z') });
  const { laurel } = game;
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' }, playersMaySend: true });
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  await laurel.badges.create({ id: 'first', name: { en: 'First' }, criteria: { en: 'Any' }, tiers: [{ count: 1 }] });
  await laurel.missions.create({
    id: 'three',
    name: { en: 'Three lessons' },
    schedule: { kind: 'permanent' },
    steps: [{ activity: 'lesson', adds: 'one', target: 3 }],
    rewards: [
      { kind: 'currency', currency: 'gems', amount: 10 },
      { kind: 'badge', badge: 'first' },
      { kind: 'currency', currency: 'gems', amount: 5, claim: { within: 'P1D' } },
    ],
  });
  await laurel.streaks.create({
    id: 'daily',
    name: { en: 'Daily' },
    cadence: 'day',
    activity: 'lesson',
    zone: 'UTC',
  });
  await laurel.leaderboards.create({
    id: 'all-time',
    name: { en: 'All time' },
    source: { kind: 'count', activity: 'lesson' },
    window: { kind: 'allTime' },
  });
  for (const id of ['ada', 'bea', 'cyd']) await laurel.users.create({ id, displayName: id });
  for (const [userId, count] of [
    ['bea', 2],
    ['cyd', 1],
  ] as const) {
    for (let nth = 0; nth < count; nth += 1) await laurel.events.track({ userId, activity: 'lesson' });
  }
});
afterAll(() => game.close());

test('on the platform itself, a player sees what they do, and what others do to them', async () => {
  const { accessToken } = await game.laurel.users.mintToken('ada');
  const connection = { baseUrl: `${game.platform.baseUrl}/${HOME.tenant}`, auth: { token: accessToken } };
  const props = { laurel: new Laurel(connection), player: 'ada', live: new LaurelLive(connection) };
  const queryClient = newCache();
  const { result } = renderHook(
    () => ({
      me: useMe(),
      missions: useMissions(),
      mission: useMission('three'),
      progress: useProgress(),
      wallet: useWallet('gems'),
      badges: useBadges(),
      streaks: useStreaks(),
      board: useLeaderboard('all-time', { limit: 1 }),
      rank: useLeaderboardRank('all-time'),
      rewards: useRewards({ state: 'claimable' }),
      track: useTrack(),
      claim: useClaim(),
    }),
    { wrapper: ({ children }) => page(queryClient, props, children) },
  );
  const seen = () => {
    const { mission, missions, wallet, badges, streaks, rank, rewards, progress } = result.current;
    return {
      mission: mission.data?.progress?.amount,
      listed: missions.data?.map((one) => one.progress?.state),
      progress: progress.data?.map(({ amount }) => amount),
      gems: wallet.data?.available,
      pending: wallet.data?.pending,
      badges: badges.data?.map(({ earned }) => earned),
      streak: streaks.data?.[0]?.current,
      rank: rank.data?.rank,
      claims: rewards.data?.length,
    };
  };
  await waitFor(() => expect(result.current.me.data?.id).toBe('ada'));
  await waitFor(() => expect(seen()).toMatchObject({ gems: 0, badges: [false], streak: 0, rank: null, claims: 0 }));
  await act(() => result.current.track.mutateAsync({ activity: 'lesson' }));
  await waitFor(() => expect(seen()).toMatchObject({ mission: 1, progress: [1], streak: 1, rank: 2 }));

  // Never more than what is, also when live updates come before the answer.
  const early: unknown[] = [];
  const stop = queryClient.getQueryCache().subscribe(() => early.push(seen().mission));
  act(() => result.current.track.mutate({ activity: 'lesson' }));
  await waitFor(() => expect(seen().mission).toBe(2));
  await waitFor(() => expect(result.current.track.isSuccess).toBe(true));
  stop();
  expect(early).not.toContain(3);

  // A backend does it, and the page hears of it.
  await act(() => game.laurel.events.track({ userId: 'ada', activity: 'lesson' }));
  await waitFor(
    () =>
      expect(seen()).toEqual({
        mission: 3,
        listed: ['completed'],
        progress: [3],
        gems: 10,
        pending: 5,
        badges: [true],
        streak: 1,
        rank: 1,
        claims: 1,
      }),
    { timeout: 10_000 },
  );
  const [reward] = result.current.rewards.data ?? [];
  await act(() => result.current.claim.mutateAsync(reward?.id ?? ''));
  await waitFor(() => expect(seen()).toMatchObject({ gems: 15, pending: 0, claims: 0 }));

  const names = () => result.current.board.data?.map(({ player }) => player?.displayName);
  await waitFor(() => expect(names()).toEqual(['ada']));
  await act(() => result.current.board.fetchNextPage());
  await act(() => result.current.board.fetchNextPage());
  await waitFor(() => expect(names()).toEqual(['ada', 'bea', 'cyd']));
  expect(result.current.board.hasNextPage).toBe(false);
});
