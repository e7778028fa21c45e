import {
  type UnusedSkipTokenInfiniteOptions,
  type UseInfiniteQueryResult,
  type UseQueryOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { LaurelError } from '../core/errors.ts';
import type { Page } from '../core/list.ts';
import type * as types from '../generated/types.ts';
import { useLaurelQueries } from './provider.ts';
import type { Filter, LaurelKey, Paged, Paging, Reading } from './queries.ts';

/** What a hook that reads can be given: the options of `useQuery`, but for what it reads and how. */
export type ReadOptions<Data, Selected = Data> = Omit<
  UseQueryOptions<Data, LaurelError, Selected, LaurelKey>,
  'queryKey' | 'queryFn' | 'queryHash' | 'queryKeyHashFn' | 'initialData'
>;

/** What a hook that reads page by page can be given: the options of `useInfiniteQuery`, but for what it reads and how. */
export type PageOptions<Item> = Omit<
  UnusedSkipTokenInfiniteOptions<Page<Item>, LaurelError, Item[], LaurelKey, string | undefined>,
  | 'queryKey'
  | 'queryFn'
  | 'queryHash'
  | 'queryKeyHashFn'
  | 'initialData'
  | 'initialPageParam'
  | 'getNextPageParam'
  | 'select'
>;

/** What a hook that reads gives: the result of `useQuery`. */
export type ReadResult<Data> = UseQueryResult<Data, LaurelError>;

/** What a hook that reads page by page gives: the result of `useInfiniteQuery`, its data the items of all pages. */
export type PageResult<Item> = UseInfiniteQueryResult<Item[], LaurelError>;

function useReading<Data, Selected>(
  { select: _, ...reading }: Reading<Data>,
  options: ReadOptions<Data, Selected> | undefined,
): ReadResult<Selected> {
  return useQuery<Data, LaurelError, Selected, LaurelKey>({ ...reading, ...options });
}

function usePaging<Item>(paging: Paging<Item>, options: PageOptions<Item> | undefined): PageResult<Item> {
  return useInfiniteQuery({ ...paging, ...options });
}

/** My profile. */
export function useMe<Selected = types.Me>(options?: ReadOptions<types.Me, Selected>): ReadResult<Selected> {
  return useReading(useLaurelQueries().me.get(), options);
}

/**
 * The missions at work, each with my progress.
 *
 * @example
 * const { data: missions = [], error } = useMissions();
 * const { data: open } = useMissions({ select: (all) => all.filter(({ locked }) => !locked).length });
 */
export function useMissions<Selected = types.PlayerMission[]>(
  options?: ReadOptions<types.PlayerMission[], Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().missions.list(), options);
}

/** One mission with my progress. */
export function useMission<Selected = types.PlayerMission>(
  id: string,
  options?: ReadOptions<types.PlayerMission, Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().missions.get(id), options);
}

/** My progress in all missions and periods, or in those that are asked for. */
export function useProgress<Selected = types.Progress[]>(
  query?: Filter<types.AppProgressListQuery>,
  options?: ReadOptions<types.Progress[], Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().progress.list(query), options);
}

/** What I have of each currency. */
export function useWallets<Selected = types.Wallet[]>(
  options?: ReadOptions<types.Wallet[], Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().wallets.list(), options);
}

/** What I have of one currency. */
export function useWallet<Selected = types.Wallet>(
  currency: string,
  options?: ReadOptions<types.Wallet, Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().wallets.get(currency), options);
}

/** Badges that I earned, and those that I can earn. */
export function useBadges<Selected = types.PlayerBadge[]>(
  query?: Filter<types.AppBadgesListQuery>,
  options?: ReadOptions<types.PlayerBadge[], Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().badges.list(query), options);
}

/** The streaks at work, each with my current and longest run. */
export function useStreaks<Selected = types.PlayerStreak[]>(
  options?: ReadOptions<types.PlayerStreak[], Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().streaks.list(), options);
}

/** One streak with my current and longest run. */
export function useStreak<Selected = types.PlayerStreak>(
  id: string,
  options?: ReadOptions<types.PlayerStreak, Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().streaks.get(id), options);
}

/** Where I stand on each level track. */
export function useLevels<Selected = types.PlayerLevel[]>(
  options?: ReadOptions<types.PlayerLevel[], Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().levels.list(), options);
}

/**
 * The lines of a leaderboard from the top, page by page; or those around me.
 *
 * @example
 * const { data: lines = [], hasNextPage, fetchNextPage } = useLeaderboard('weekly', { limit: 50 });
 */
export function useLeaderboard(
  id: string,
  query?: Paged<types.AppLeaderboardsEntriesQuery>,
  options?: PageOptions<types.LeaderboardEntry>,
): PageResult<types.LeaderboardEntry> {
  return usePaging(useLaurelQueries().leaderboards.entries(id, query), options);
}

/** My rank and score on a leaderboard. */
export function useLeaderboardRank<Selected = types.LeaderboardRank>(
  id: string,
  query?: types.AppLeaderboardsRankQuery,
  options?: ReadOptions<types.LeaderboardRank, Selected>,
): ReadResult<Selected> {
  return useReading(useLaurelQueries().leaderboards.rank(id, query), options);
}

/** What I was given or can claim, page by page. */
export function useRewards(
  query?: Paged<types.AppRewardsListQuery>,
  options?: PageOptions<types.PlayerReward>,
): PageResult<types.PlayerReward> {
  return usePaging(useLaurelQueries().rewards.list(query), options);
}
