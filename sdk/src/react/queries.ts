import type {
  DataTag,
  InfiniteData,
  UnusedSkipTokenInfiniteOptions,
  UnusedSkipTokenOptions,
} from '@tanstack/react-query';
import type { LaurelError } from '../core/errors.ts';
import type { List, Page } from '../core/list.ts';
import type { CallOptions } from '../core/options.ts';
import type { AppClient } from '../generated/clients.ts';
import type * as types from '../generated/types.ts';

/** What the key of a query begins with: all that is read of one player. */
export type LaurelRoot = readonly ['laurel', player: string];

/** The key of a query: the player's, then the operation, then what it was given. */
export type LaurelKey = readonly [...LaurelRoot, ...Operation];

/** An operation by its names in the client, and what it was given. */
type Operation = readonly [resource: string, verb: string, ...given: unknown[]];

/** Lists that are read as a whole are read up to here. */
const WHOLE = 1000;
/** How many items a page of them has: as many as the API gives at once. */
const AT_ONCE = 200;

/** Options for `useQuery`, `useSuspenseQuery`, `prefetchQuery` and whatever else takes a query's options. */
export type Reading<Data> = UnusedSkipTokenOptions<Data, LaurelError, Data, LaurelKey> & {
  readonly queryKey: DataTag<LaurelKey, Data, LaurelError>;
};

/** Options for `useInfiniteQuery` and its like; their data are the items of all pages that were read so far. */
export type Paging<Item> = UnusedSkipTokenInfiniteOptions<Page<Item>, LaurelError, Item[], LaurelKey, PageAt> & {
  readonly queryKey: DataTag<LaurelKey, InfiniteData<Page<Item>, PageAt>, LaurelError>;
};

/** Where a page begins; undefined for the first. */
type PageAt = string | undefined;

// What tags a key exists as a type alone, so the options are said to be what they are. `queryOptions` would do the same,
// but where server components run outside of a bundler, nothing of TanStack Query for React can be loaded.

/** How one thing is read. The client has tried again already, so the query does not. */
function reading<Data>(queryKey: LaurelKey, call: (options: CallOptions) => Promise<Data>): Reading<Data>;
function reading(queryKey: LaurelKey, call: (options: CallOptions) => unknown): object {
  return { queryKey, queryFn: ({ signal }: CallOptions) => call({ signal }), retry: false };
}

function itemsOf({ pages }: { readonly pages: readonly Page<unknown>[] }): unknown[] {
  return pages.flatMap(({ items }) => items);
}

/** How a list is read page by page. */
function paging<Item>(
  queryKey: LaurelKey,
  list: (query: { readonly cursor?: string }, options: CallOptions) => List<Item>,
): Paging<Item>;
function paging(
  queryKey: LaurelKey,
  list: (query: { readonly cursor?: string }, options: CallOptions) => List<unknown>,
): object {
  return {
    queryKey,
    queryFn: ({ signal, pageParam }: CallOptions & { readonly pageParam: PageAt }) =>
      list(pageParam === undefined ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }: Page<unknown>) => nextCursor,
    select: itemsOf,
    retry: false,
  };
}

/** What a list is asked for that is read as a whole. */
export type Filter<Query> = Omit<Query, 'cursor' | 'limit'>;
/** What a list is asked for that is read page by page. */
export type Paged<Query> = Omit<Query, 'cursor'>;

/** Whatever a player can read, by the names of the client. Lists without pages are whole, up to 1000 items. */
export interface LaurelQueries {
  /** What every key begins with: give it to `removeQueries` when the player signs out. */
  readonly key: LaurelRoot;
  readonly me: {
    /** My profile. */
    get(): Reading<types.Me>;
  };
  readonly activities: {
    /** What this client may send. */
    list(): Reading<types.PlayerActivity[]>;
  };
  readonly events: {
    /** My events, the latest first. */
    list(query?: Paged<types.AppEventsListQuery>): Paging<types.Event>;
    /** One event of mine and what it brought about. */
    get(id: string): Reading<types.EventReceipt>;
    /** Which rules it met, and what decided them. */
    explain(id: string): Reading<types.EventExplanation>;
  };
  readonly missions: {
    /** The missions at work, each with my progress in its current period. */
    list(): Reading<types.PlayerMission[]>;
    /** One mission with my progress in its current period. */
    get(id: string): Reading<types.PlayerMission>;
  };
  readonly progress: {
    /** My progress in all missions and periods. */
    list(query?: Filter<types.AppProgressListQuery>): Reading<types.Progress[]>;
    /** One progress of mine. */
    get(id: string): Reading<types.Progress>;
    /** What moved it, in the order in which it occurred. */
    log(id: string, query?: Paged<types.AppProgressLogQuery>): Paging<types.ProgressMove>;
  };
  readonly rewards: {
    /** What I was given or can claim. */
    list(query?: Paged<types.AppRewardsListQuery>): Paging<types.PlayerReward>;
  };
  readonly wallets: {
    /** What I have of each currency. */
    list(): Reading<types.Wallet[]>;
    /** What I have of one currency. */
    get(currency: string): Reading<types.Wallet>;
    /** The movements in one wallet, the latest first. */
    entries(currency: string, query?: Paged<types.AppWalletsEntriesQuery>): Paging<types.LedgerEntry>;
  };
  readonly catalog: {
    /** What I can get. */
    list(): Reading<types.PlayerCatalogItem[]>;
    /** One thing that I can get. */
    get(id: string): Reading<types.PlayerCatalogItem>;
  };
  readonly redemptions: {
    /** What I asked for or was given, the latest first. */
    list(query?: Paged<types.AppRedemptionsListQuery>): Paging<types.PlayerRedemption>;
    /** One thing that I asked for. */
    get(id: string): Reading<types.PlayerRedemption>;
  };
  readonly streaks: {
    /** The streaks at work, each with my current and longest run. */
    list(): Reading<types.PlayerStreak[]>;
    /** One streak with my current and longest run. */
    get(id: string): Reading<types.PlayerStreak>;
    /** What became of each day or week between two dates. */
    calendar(id: string, query: types.AppStreaksCalendarQuery): Reading<types.StreakCalendar>;
  };
  readonly leaderboards: {
    /** The leaderboards at work. */
    list(): Reading<types.PlayerLeaderboard[]>;
    /** One leaderboard and its current period. */
    get(id: string): Reading<types.PlayerLeaderboard>;
    /** Its lines from the top; or around me. */
    entries(id: string, query?: Paged<types.AppLeaderboardsEntriesQuery>): Paging<types.LeaderboardEntry>;
    /** My rank and score. */
    rank(id: string, query?: types.AppLeaderboardsRankQuery): Reading<types.LeaderboardRank>;
  };
  readonly leagues: {
    /** The leagues at work, and my tier in each. */
    list(): Reading<types.PlayerLeague[]>;
    /** Those I play against in a week, from the top. */
    cohort(id: string, query?: types.AppLeaguesCohortQuery): Reading<types.LeagueCohort>;
  };
  readonly teams: {
    /** The public teams and mine. */
    list(query?: Paged<types.AppTeamsListQuery>): Paging<types.PlayerTeam>;
    /** One team. */
    get(id: string): Reading<types.PlayerTeam>;
    /** Those who are in it now. */
    members(id: string, query?: Paged<types.AppTeamsMembersQuery>): Paging<types.PlayerTeamMember>;
  };
  readonly badges: {
    /** Those I earned and those I can earn. */
    list(query?: Filter<types.AppBadgesListQuery>): Reading<types.PlayerBadge[]>;
    /** One badge with my progress. */
    get(id: string): Reading<types.PlayerBadge>;
    /** What anybody can verify of it. */
    credential(id: string): Reading<types.BadgeCredential>;
  };
  readonly levels: {
    /** Where I stand on each level track. */
    list(): Reading<types.PlayerLevel[]>;
  };
  readonly privacy: {
    /** Every purpose, and whether I agree to it. */
    consents(): Reading<types.Consent[]>;
  };
}

/**
 * How a player's data are read, as options of TanStack Query: for `useQuery`, `useSuspenseQuery`, `prefetchQuery`.
 * It reads nothing by itself and needs no browser, so it is what a server prefetches with.
 *
 * @param laurel a player's client: `new Laurel()`, or in a backend `laurel.as({ userId })`
 * @param player whose client it is, by any id that is the same on server and client: no player is shown another's data
 *
 * @example
 * const queries = laurelQueries(laurel, 'player-7');
 * await queryClient.prefetchQuery(queries.missions.list());
 * const { data } = useSuspenseQuery(queries.missions.list());
 */
export function laurelQueries(laurel: AppClient, player: string): LaurelQueries {
  const key = ['laurel', player] as const;
  const read = <Data>(path: Operation, call: (options: CallOptions) => Promise<Data>) =>
    reading([...key, ...path], call);
  const whole = <Item>(
    path: Operation,
    list: (query: { readonly limit: number }, options: CallOptions) => List<Item>,
  ) => read(path, (options) => list({ limit: AT_ONCE }, options).toArray({ max: WHOLE }));
  const pages = <Item>(
    path: Operation,
    list: (query: { readonly cursor?: string }, options: CallOptions) => List<Item>,
  ) => paging([...key, ...path], list);
  return {
    key,
    me: { get: () => read(['me', 'get'], laurel.me.get) },
    activities: { list: () => whole(['activities', 'list'], laurel.activities.list) },
    events: {
      list: (query = {}) =>
        pages(['events', 'list', query], (page, options) => laurel.events.list({ ...query, ...page }, options)),
      get: (id) => read(['events', 'get', id], (options) => laurel.events.get(id, options)),
      explain: (id) => read(['events', 'explain', id], (options) => laurel.events.explain(id, options)),
    },
    missions: {
      list: () => whole(['missions', 'list'], laurel.missions.list),
      get: (id) => read(['missions', 'get', id], (options) => laurel.missions.get(id, options)),
    },
    progress: {
      list: (query = {}) =>
        whole(['progress', 'list', query], (page, options) => laurel.progress.list({ ...query, ...page }, options)),
      get: (id) => read(['progress', 'get', id], (options) => laurel.progress.get(id, options)),
      log: (id, query = {}) =>
        pages(['progress', 'log', id, query], (page, options) =>
          laurel.progress.log(id, { ...query, ...page }, options),
        ),
    },
    rewards: {
      list: (query = {}) =>
        pages(['rewards', 'list', query], (page, options) => laurel.rewards.list({ ...query, ...page }, options)),
    },
    wallets: {
      list: () => whole(['wallets', 'list'], laurel.wallets.list),
      get: (currency) => read(['wallets', 'get', currency], (options) => laurel.wallets.get(currency, options)),
      entries: (currency, query = {}) =>
        pages(['wallets', 'entries', currency, query], (page, options) =>
          laurel.wallets.entries(currency, { ...query, ...page }, options),
        ),
    },
    catalog: {
      list: () => whole(['catalog', 'list'], laurel.catalog.list),
      get: (id) => read(['catalog', 'get', id], (options) => laurel.catalog.get(id, options)),
    },
    redemptions: {
      list: (query = {}) =>
        pages(['redemptions', 'list', query], (page, options) =>
          laurel.redemptions.list({ ...query, ...page }, options),
        ),
      get: (id) => read(['redemptions', 'get', id], (options) => laurel.redemptions.get(id, options)),
    },
    streaks: {
      list: () => whole(['streaks', 'list'], laurel.streaks.list),
      get: (id) => read(['streaks', 'get', id], (options) => laurel.streaks.get(id, options)),
      calendar: (id, query) =>
        read(['streaks', 'calendar', id, query], (options) => laurel.streaks.calendar(id, query, options)),
    },
    leaderboards: {
      list: () => whole(['leaderboards', 'list'], laurel.leaderboards.list),
      get: (id) => read(['leaderboards', 'get', id], (options) => laurel.leaderboards.get(id, options)),
      entries: (id, query = {}) =>
        pages(['leaderboards', 'entries', id, query], (page, options) =>
          laurel.leaderboards.entries(id, { ...query, ...page }, options),
        ),
      rank: (id, query = {}) =>
        read(['leaderboards', 'rank', id, query], (options) => laurel.leaderboards.rank(id, query, options)),
    },
    leagues: {
      list: () => whole(['leagues', 'list'], laurel.leagues.list),
      cohort: (id, query = {}) =>
        read(['leagues', 'cohort', id, query], (options) => laurel.leagues.cohort(id, query, options)),
    },
    teams: {
      list: (query = {}) =>
        pages(['teams', 'list', query], (page, options) => laurel.teams.list({ ...query, ...page }, options)),
      get: (id) => read(['teams', 'get', id], (options) => laurel.teams.get(id, options)),
      members: (id, query = {}) =>
        pages(['teams', 'members', id, query], (page, options) =>
          laurel.teams.members(id, { ...query, ...page }, options),
        ),
    },
    badges: {
      list: (query = {}) =>
        whole(['badges', 'list', query], (page, options) => laurel.badges.list({ ...query, ...page }, options)),
      get: (id) => read(['badges', 'get', id], (options) => laurel.badges.get(id, options)),
      credential: (id) => read(['badges', 'credential', id], (options) => laurel.badges.credential(id, options)),
    },
    levels: { list: () => whole(['levels', 'list'], laurel.levels.list) },
    privacy: { consents: () => whole(['privacy', 'consents'], laurel.privacy.consents) },
  };
}
