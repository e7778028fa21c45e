/** Hooks for React on TanStack Query: an entry of its own, for which both are installed beside the SDK. */
export {
  type PageOptions,
  type PageResult,
  type ReadOptions,
  type ReadResult,
  useBadges,
  useLeaderboard,
  useLeaderboardRank,
  useLevels,
  useMe,
  useMission,
  useMissions,
  useProgress,
  useRewards,
  useStreak,
  useStreaks,
  useWallet,
  useWallets,
} from './react/hooks.ts';
export {
  type CallHookOptions,
  type TrackOptions,
  useClaim,
  useJoinMission,
  useLeaveMission,
  useRedeem,
  useTrack,
} from './react/mutations.ts';
export type { Shown } from './react/optimistic.ts';
export {
  LaurelProvider,
  type LaurelProviderProps,
  useHappenings,
  useLaurel,
  useLaurelQueries,
} from './react/provider.ts';
export * from './react-server.ts';
