// Checked by the compiler alone: what hooks and queries give, and what they take.
import type { Laurel, LaurelError, LeaderboardEntry, PlayerMission, Wallet } from '@laurel/sdk';
import type { LaurelLive } from '@laurel/sdk/live';
import {
  LaurelProvider,
  laurelQueries,
  useLaurelQueries,
  useLeaderboard,
  useMissions,
  useTrack,
  useWallet,
} from '@laurel/sdk/react';
import type { Laurel as ServerLaurel } from '@laurel/sdk/server';
import {
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useSuspenseInfiniteQuery,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { createElement } from 'react';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

function is<A>() {
  return <B>(_: B, same: Same<A, B>) => void same;
}

export function useTypes(): void {
  const { missions, leaderboards } = useLaurelQueries();
  const { data, error } = useMissions();
  is<PlayerMission[] | undefined>()(data, true);
  is<LaurelError | null>()(error, true);
  is<number | undefined>()(useMissions({ select: (all) => all.length }).data, true);
  is<Wallet | undefined>()(useWallet('gems', { enabled: false, staleTime: 1 }).data, true);
  is<LaurelError | null>()(useQuery(missions.get('m')).error, true);
  is<PlayerMission>()(useSuspenseQuery(missions.get('m')).data, true);
  is<string>()(useSuspenseQuery({ ...missions.get('m'), select: ({ name }) => name }).data, true);
  is<LeaderboardEntry[] | undefined>()(useLeaderboard('b').data, true);
  is<LeaderboardEntry[] | undefined>()(useInfiniteQuery(leaderboards.entries('b')).data, true);
  is<LeaderboardEntry[]>()(useSuspenseInfiniteQuery(leaderboards.entries('b')).data, true);
  is<LaurelError | null>()(useTrack().error, true);

  // @ts-expect-error: a hook knows itself what it reads
  useMissions({ queryFn: () => [] });
  // @ts-expect-error: there is no such filter
  useLeaderboard('b', { state: 'open' });
  // @ts-expect-error: an event has an activity
  useTrack().mutate({});
  // @ts-expect-error: an event tracked again would count again
  useTrack({ retry: 3 });
}

export async function calls(cache: QueryClient, laurel: Laurel, server: ServerLaurel, live: LaurelLive): Promise<void> {
  const queries = laurelQueries(server.as({ userId: 'u' }), 'u');
  await cache.prefetchQuery(queries.wallets.list());
  await cache.prefetchInfiniteQuery(queries.rewards.list({ state: 'claimable' }));
  is<Wallet[]>()(await cache.fetchQuery(queries.wallets.list()), true);
  is<Wallet[] | undefined>()(cache.getQueryData(queries.wallets.list().queryKey), true);
  createElement(LaurelProvider, { laurel, player: 'u', live });
  // @ts-expect-error: keys begin with the player
  createElement(LaurelProvider, { laurel });
  // @ts-expect-error: a backend acts as a player, not as itself
  laurelQueries(server, 'u');
}
