// Generated from the contract, do not edit; npm run generate.

import type { List } from '../core/list.ts';
import type { CallOptions, ConditionalOptions, KeyedOptions } from '../core/options.ts';
import type * as types from './types.ts';

/** The operations of the app API. */
export interface AppClient {
  readonly me: {
    /**
     * Get my profile.
     * Who I am here.
     *
     * `GET /app/v1/me`
     */
    get(options?: CallOptions): Promise<types.Me>;
    /**
     * Change my profile.
     * Changes what the body names, with the ETag that was read as If-Match.
     *
     * `PATCH /app/v1/me`
     */
    update(body: types.MeUpdate, options: ConditionalOptions): Promise<types.Me>;
  };
  readonly activities: {
    /**
     * List what this client may send.
     * The activities that a player's client may send events of.
     *
     * `GET /app/v1/activities`
     */
    list(query?: types.AppActivitiesListQuery, options?: CallOptions): List<types.PlayerActivity>;
  };
  readonly events: {
    /**
     * Track an event of mine.
     * Counts an event exactly once and answers with what it brought about. A player's client may send only activities that allow it.
     *
     * `POST /app/v1/events`
     */
    track(body: types.EventTrack, options?: CallOptions): Promise<types.EventReceipt>;
    /**
     * Track up to 500 events of mine.
     * Counts each event exactly once, in order, and answers for each.
     *
     * `POST /app/v1/events/batch`
     */
    trackBatch(body: types.EventTrackBatch, options?: CallOptions): Promise<types.BatchReceipt>;
    /**
     * List my events.
     * My events, the latest first.
     *
     * `GET /app/v1/events`
     */
    list(query?: types.AppEventsListQuery, options?: CallOptions): List<types.Event>;
    /**
     * Get an event of mine.
     * One event of mine and what it brought about.
     *
     * `GET /app/v1/events/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.EventReceipt>;
  };
  readonly missions: {
    /**
     * List my missions.
     * The missions at work, each with my progress in its current period. Reading never starts anything.
     *
     * `GET /app/v1/missions`
     */
    list(query?: types.AppMissionsListQuery, options?: CallOptions): List<types.PlayerMission>;
    /**
     * Get one of my missions.
     * One mission with my progress in its current period.
     *
     * `GET /app/v1/missions/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.PlayerMission>;
  };
  readonly progress: {
    /**
     * List my progress.
     * My progress in all missions and periods, by mission and then by period.
     *
     * `GET /app/v1/progress`
     */
    list(query?: types.AppProgressListQuery, options?: CallOptions): List<types.Progress>;
    /**
     * Get one progress of mine.
     * One progress of mine.
     *
     * `GET /app/v1/progress/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Progress>;
  };
  readonly wallets: {
    /**
     * List my wallets.
     * What I have of each currency, by currency.
     *
     * `GET /app/v1/wallets`
     */
    list(query?: types.AppWalletsListQuery, options?: CallOptions): List<types.Wallet>;
    /**
     * Get one wallet of mine.
     * What I have of one currency; zero before the first movement.
     *
     * `GET /app/v1/wallets/:currency`
     */
    get(currency: string, options?: CallOptions): Promise<types.Wallet>;
    /**
     * List a wallet's movements.
     * The movements in one wallet, the latest first.
     *
     * `GET /app/v1/wallets/:currency/entries`
     */
    entries(currency: string, query?: types.AppWalletsEntriesQuery, options?: CallOptions): List<types.LedgerEntry>;
  };
  readonly streaks: {
    /**
     * List my streaks.
     * The streaks at work, each with my current and longest run.
     *
     * `GET /app/v1/streaks`
     */
    list(query?: types.AppStreaksListQuery, options?: CallOptions): List<types.PlayerStreak>;
    /**
     * Get one of my streaks.
     * One streak with my current and longest run.
     *
     * `GET /app/v1/streaks/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.PlayerStreak>;
    /**
     * Get a streak's calendar.
     * The days that counted between two dates, at most ten years apart.
     *
     * `GET /app/v1/streaks/:id/calendar`
     */
    calendar(id: string, query: types.AppStreaksCalendarQuery, options?: CallOptions): Promise<types.StreakCalendar>;
  };
  readonly leaderboards: {
    /**
     * List leaderboards.
     * The leaderboards at work.
     *
     * `GET /app/v1/leaderboards`
     */
    list(query?: types.AppLeaderboardsListQuery, options?: CallOptions): List<types.PlayerLeaderboard>;
    /**
     * Get a leaderboard.
     * One leaderboard and its current period.
     *
     * `GET /app/v1/leaderboards/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.PlayerLeaderboard>;
    /**
     * List a leaderboard's lines.
     * From the top, page by page; or the lines around me or of some users, which is one page without a cursor. Players who hide themselves keep their rank and are left out.
     *
     * `GET /app/v1/leaderboards/:id/entries`
     */
    entries(id: string, query?: types.AppLeaderboardsEntriesQuery, options?: CallOptions): List<types.LeaderboardEntry>;
    /**
     * Get my rank.
     * My rank and score, and how many players have a score.
     *
     * `GET /app/v1/leaderboards/:id/rank`
     */
    rank(id: string, query?: types.AppLeaderboardsRankQuery, options?: CallOptions): Promise<types.LeaderboardRank>;
  };
  readonly leagues: {
    /**
     * List leagues.
     * The leagues at work, and my tier in each.
     *
     * `GET /app/v1/leagues`
     */
    list(query?: types.AppLeaguesListQuery, options?: CallOptions): List<types.PlayerLeague>;
    /**
     * Get my cohort.
     * Those I play against in a week, from the top; no lines where I have not scored in it.
     *
     * `GET /app/v1/leagues/:id/cohort`
     */
    cohort(id: string, query?: types.AppLeaguesCohortQuery, options?: CallOptions): Promise<types.LeagueCohort>;
  };
}

/** The operations of the dashboard API. */
export interface DashboardClient {
  readonly workspace: {
    /**
     * Get this workspace.
     * The workspace that the token is for.
     *
     * `GET /dashboard/v1/workspace`
     */
    get(options?: CallOptions): Promise<types.Workspace>;
  };
  readonly activities: {
    /**
     * List activities.
     * The activities of the workspace, by id.
     *
     * `GET /dashboard/v1/activities`
     */
    list(query?: types.DashboardActivitiesListQuery, options?: CallOptions): List<types.Activity>;
    /**
     * Create a activity.
     * Creates and publishes a activity as version 1.
     *
     * `POST /dashboard/v1/activities`
     */
    create(body: types.ActivityCreate, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * Get a activity.
     * The activity as it is now; its ETag is what an update must name.
     *
     * `GET /dashboard/v1/activities/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Activity>;
    /**
     * Change a activity.
     * Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.
     *
     * `PUT /dashboard/v1/activities/:id`
     */
    update(id: string, body: types.ActivityUpdate, options: ConditionalOptions): Promise<types.Activity>;
    /**
     * Archive a activity.
     * Takes it out of play; what players have is kept. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/activities/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Activity>;
  };
  readonly missions: {
    /**
     * List missions.
     * The missions of the workspace, by id.
     *
     * `GET /dashboard/v1/missions`
     */
    list(query?: types.DashboardMissionsListQuery, options?: CallOptions): List<types.Mission>;
    /**
     * Create a mission.
     * Creates and publishes a mission as version 1.
     *
     * `POST /dashboard/v1/missions`
     */
    create(body: types.MissionCreate, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * Get a mission.
     * The mission as it is now; its ETag is what an update must name.
     *
     * `GET /dashboard/v1/missions/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Mission>;
    /**
     * Change a mission.
     * Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.
     *
     * `PUT /dashboard/v1/missions/:id`
     */
    update(id: string, body: types.MissionUpdate, options: ConditionalOptions): Promise<types.Mission>;
    /**
     * Archive a mission.
     * Takes it out of play; what players have is kept. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/missions/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Mission>;
  };
  readonly rewardRules: {
    /**
     * List reward rules.
     * The reward rules of the workspace, by id.
     *
     * `GET /dashboard/v1/reward-rules`
     */
    list(query?: types.DashboardRewardRulesListQuery, options?: CallOptions): List<types.RewardRule>;
    /**
     * Create a reward rule.
     * Creates and publishes a reward rule as version 1.
     *
     * `POST /dashboard/v1/reward-rules`
     */
    create(body: types.RewardRuleCreate, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * Get a reward rule.
     * The reward rule as it is now; its ETag is what an update must name.
     *
     * `GET /dashboard/v1/reward-rules/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.RewardRule>;
    /**
     * Change a reward rule.
     * Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.
     *
     * `PUT /dashboard/v1/reward-rules/:id`
     */
    update(id: string, body: types.RewardRuleUpdate, options: ConditionalOptions): Promise<types.RewardRule>;
    /**
     * Archive a reward rule.
     * Takes it out of play; what players have is kept. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/reward-rules/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.RewardRule>;
  };
  readonly currencies: {
    /**
     * List currencies.
     * The currencies of the workspace, by id.
     *
     * `GET /dashboard/v1/currencies`
     */
    list(query?: types.DashboardCurrenciesListQuery, options?: CallOptions): List<types.Currency>;
    /**
     * Create a currency.
     * Creates and publishes a currency as version 1.
     *
     * `POST /dashboard/v1/currencies`
     */
    create(body: types.CurrencyCreate, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * Get a currency.
     * The currency as it is now; its ETag is what an update must name.
     *
     * `GET /dashboard/v1/currencies/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Currency>;
    /**
     * Change a currency.
     * Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.
     *
     * `PUT /dashboard/v1/currencies/:id`
     */
    update(id: string, body: types.CurrencyUpdate, options: ConditionalOptions): Promise<types.Currency>;
    /**
     * Archive a currency.
     * Takes it out of play; what players have is kept. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/currencies/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Currency>;
  };
  readonly streaks: {
    /**
     * List streaks.
     * The streaks of the workspace, by id.
     *
     * `GET /dashboard/v1/streaks`
     */
    list(query?: types.DashboardStreaksListQuery, options?: CallOptions): List<types.Streak>;
    /**
     * Create a streak.
     * Creates and publishes a streak as version 1.
     *
     * `POST /dashboard/v1/streaks`
     */
    create(body: types.StreakCreate, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * Get a streak.
     * The streak as it is now; its ETag is what an update must name.
     *
     * `GET /dashboard/v1/streaks/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Streak>;
    /**
     * Change a streak.
     * Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.
     *
     * `PUT /dashboard/v1/streaks/:id`
     */
    update(id: string, body: types.StreakUpdate, options: ConditionalOptions): Promise<types.Streak>;
    /**
     * Archive a streak.
     * Takes it out of play; what players have is kept. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/streaks/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Streak>;
  };
  readonly leaderboards: {
    /**
     * List leaderboards.
     * The leaderboards of the workspace, by id.
     *
     * `GET /dashboard/v1/leaderboards`
     */
    list(query?: types.DashboardLeaderboardsListQuery, options?: CallOptions): List<types.Leaderboard>;
    /**
     * Create a leaderboard.
     * Creates and publishes a leaderboard as version 1.
     *
     * `POST /dashboard/v1/leaderboards`
     */
    create(body: types.LeaderboardCreate, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * Get a leaderboard.
     * The leaderboard as it is now; its ETag is what an update must name.
     *
     * `GET /dashboard/v1/leaderboards/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Leaderboard>;
    /**
     * Change a leaderboard.
     * Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.
     *
     * `PUT /dashboard/v1/leaderboards/:id`
     */
    update(id: string, body: types.LeaderboardUpdate, options: ConditionalOptions): Promise<types.Leaderboard>;
    /**
     * Archive a leaderboard.
     * Takes it out of play; what players have is kept. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/leaderboards/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * List a leaderboard's lines.
     * The ranking from the top, or of some users, with the users behind it.
     *
     * `GET /dashboard/v1/leaderboards/:id/entries`
     */
    entries(id: string, query?: types.DashboardLeaderboardsEntriesQuery, options?: CallOptions): List<types.RankedUser>;
    /**
     * List a leaderboard's periods.
     * Those that were closed or are being closed, the latest first, and before them the current one.
     *
     * `GET /dashboard/v1/leaderboards/:id/periods`
     */
    periods(id: string, query?: types.DashboardLeaderboardsPeriodsQuery, options?: CallOptions): List<types.LeaderboardPeriod>;
    /**
     * Close a period of a leaderboard.
     * Freezes the ranking and gives the prizes, each exactly once; before its end too. A long one answers `closing`: call again to go on. Closing twice is closing once.
     *
     * `POST /dashboard/v1/leaderboards/:id/close`
     */
    close(id: string, body: types.LeaderboardClose, options?: KeyedOptions): Promise<types.LeaderboardPeriod>;
    /**
     * Rebuild a leaderboard's ranking.
     * Builds the index of ranks of a period anew from the scores. Scores and prizes stay as they are.
     *
     * `POST /dashboard/v1/leaderboards/:id/rebuild`
     */
    rebuild(id: string, body: types.LeaderboardClose, options?: KeyedOptions): Promise<types.LeaderboardRebuilt>;
  };
  readonly leagues: {
    /**
     * List leagues.
     * The leagues of the workspace, by id.
     *
     * `GET /dashboard/v1/leagues`
     */
    list(query?: types.DashboardLeaguesListQuery, options?: CallOptions): List<types.League>;
    /**
     * Create a league.
     * Creates and publishes a league as version 1.
     *
     * `POST /dashboard/v1/leagues`
     */
    create(body: types.LeagueCreate, options?: KeyedOptions): Promise<types.League>;
    /**
     * Get a league.
     * The league as it is now; its ETag is what an update must name.
     *
     * `GET /dashboard/v1/leagues/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.League>;
    /**
     * Change a league.
     * Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.
     *
     * `PUT /dashboard/v1/leagues/:id`
     */
    update(id: string, body: types.LeagueUpdate, options: ConditionalOptions): Promise<types.League>;
    /**
     * Archive a league.
     * Takes it out of play; what players have is kept. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/leagues/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.League>;
    /**
     * List a league's members.
     * Who plays in which cohort of a week, and what became of them, by tier and cohort.
     *
     * `GET /dashboard/v1/leagues/:id/members`
     */
    members(id: string, query?: types.DashboardLeaguesMembersQuery, options?: CallOptions): List<types.LeagueMember>;
    /**
     * Settle a week of a league.
     * Ranks every cohort, moves players up and down and gives the prizes, each exactly once; before its end too. A long one answers `settling`: call again to go on.
     *
     * `POST /dashboard/v1/leagues/:id/settle`
     */
    settle(id: string, body: types.LeagueSettle, options?: KeyedOptions): Promise<types.LeagueWeek>;
  };
  readonly users: {
    /**
     * List users.
     * The users of the workspace, the newest last.
     *
     * `GET /dashboard/v1/users`
     */
    list(query?: types.DashboardUsersListQuery, options?: CallOptions): List<types.User>;
    /**
     * Create a user.
     * Creates a user; an external id belongs to one user only.
     *
     * `POST /dashboard/v1/users`
     */
    create(body: types.UserCreate, options?: KeyedOptions): Promise<types.User>;
    /**
     * Create up to 100 users.
     * Creates each user by itself, and answers for each. An external id that is taken is a rejected item.
     *
     * `POST /dashboard/v1/users/batch`
     */
    createBatch(body: types.UserCreateBatch, options?: KeyedOptions): Promise<types.UserBatchReceipt>;
    /**
     * Get a user by your own id.
     * The user with this external id.
     *
     * `GET /dashboard/v1/users/by-external-id/:externalId`
     */
    getByExternalId(externalId: string, options?: CallOptions): Promise<types.User>;
    /**
     * Get a user.
     * One user; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/users/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.User>;
    /**
     * Change a user.
     * Changes what the body names, with the ETag that was read as If-Match.
     *
     * `PATCH /dashboard/v1/users/:id`
     */
    update(id: string, body: types.UserUpdate, options: ConditionalOptions): Promise<types.User>;
    /**
     * Get all of a player's state.
     * Wallets, progress, streaks and scores in one answer.
     *
     * `GET /dashboard/v1/users/:id/sheet`
     */
    sheet(id: string, options?: CallOptions): Promise<types.PlayerSheet>;
    /**
     * List a player's events.
     * The events of one player, the latest first.
     *
     * `GET /dashboard/v1/users/:id/events`
     */
    events(id: string, query?: types.DashboardUsersEventsQuery, options?: CallOptions): List<types.Event>;
    /**
     * List a player's progress.
     * The progress of one player in all missions and periods, by mission and then by period.
     *
     * `GET /dashboard/v1/users/:id/progress`
     */
    progress(id: string, query?: types.DashboardUsersProgressQuery, options?: CallOptions): List<types.Progress>;
    /**
     * List a player's wallets.
     * What one player has of each currency, by currency.
     *
     * `GET /dashboard/v1/users/:id/wallets`
     */
    wallets(id: string, query?: types.DashboardUsersWalletsQuery, options?: CallOptions): List<types.Wallet>;
    /**
     * Give something by hand.
     * Pays at once, with the note in the ledger. Send an Idempotency-Key, so that a repeat pays once.
     *
     * `POST /dashboard/v1/users/:id/grants`
     */
    grant(id: string, body: types.GrantCreate, options?: KeyedOptions): Promise<types.Grant>;
    /**
     * Make a token for a player's client.
     * A token of 15 minutes that acts as this player and as nobody else.
     *
     * `POST /dashboard/v1/users/:id/tokens`
     */
    mintToken(id: string, options?: CallOptions): Promise<types.PlayerToken>;
  };
  readonly events: {
    /**
     * Track an event of a user.
     * Counts an event exactly once and answers with what it brought about. Unknown external users are created where the workspace allows it.
     *
     * `POST /dashboard/v1/events`
     */
    track(body: types.UserEventTrack, options?: CallOptions): Promise<types.EventReceipt>;
    /**
     * Track up to 500 events of users.
     * Counts each event exactly once, in order for each player, and answers for each.
     *
     * `POST /dashboard/v1/events/batch`
     */
    trackBatch(body: types.UserEventTrackBatch, options?: CallOptions): Promise<types.BatchReceipt>;
    /**
     * List events.
     * The events of the workspace or of one user, the latest first.
     *
     * `GET /dashboard/v1/events`
     */
    list(query?: types.DashboardEventsListQuery, options?: CallOptions): List<types.Event>;
    /**
     * Get an event.
     * One event and what it brought about.
     *
     * `GET /dashboard/v1/events/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.EventReceipt>;
  };
  readonly ledger: {
    /**
     * Prove that the ledger is balanced.
     * Adds up every leg of every currency. Each sum must be zero.
     *
     * `GET /dashboard/v1/ledger/proof`
     */
    proof(query?: types.DashboardLedgerProofQuery, options?: CallOptions): List<types.LedgerProof>;
  };
  readonly expressions: {
    /**
     * Check an expression.
     * Says whether an expression is well-formed and of which type, and points at what is wrong with it.
     *
     * `POST /dashboard/v1/expressions/check`
     */
    check(body: types.ExpressionCheck, options?: CallOptions): Promise<types.ExpressionReport>;
    /**
     * Try an expression.
     * Evaluates an expression on sample facts, and each part of it. Nothing is stored.
     *
     * `POST /dashboard/v1/expressions/evaluate`
     */
    evaluate(body: types.ExpressionEvaluate, options?: CallOptions): Promise<types.ExpressionResult>;
  };
  readonly apiClients: {
    /**
     * List API clients.
     * The machine credentials of the workspace, without their secrets.
     *
     * `GET /dashboard/v1/api-clients`
     */
    list(query?: types.DashboardApiClientsListQuery, options?: CallOptions): List<types.ApiClient>;
    /**
     * Create an API client.
     * A credential for the client credentials grant (RFC 6749, section 4.4). Nobody can give a scope that they lack themselves.
     *
     * `POST /dashboard/v1/api-clients`
     */
    create(body: types.ApiClientCreate, options?: CallOptions): Promise<types.ApiClientWithSecret>;
    /**
     * Revoke an API client.
     * No new tokens from now on; those that live are refused within 60 seconds. Revoking twice is revoking once.
     *
     * `POST /dashboard/v1/api-clients/:id/revoke`
     */
    revoke(id: string, options?: KeyedOptions): Promise<types.ApiClient>;
  };
}

/** The operations of the platform API. */
export interface PlatformClient {
  readonly health: {
    /**
     * Check the health.
     * Reads from the table; 503 where that fails.
     *
     * `GET /platform/v1/health`
     */
    get(options?: CallOptions): Promise<types.Health>;
  };
  readonly tenants: {
    /**
     * List tenants.
     * Every tenant of this cell; for whoever runs the platform.
     *
     * `GET /platform/v1/tenants`
     */
    list(query?: types.PlatformTenantsListQuery, options?: CallOptions): List<types.Tenant>;
    /**
     * Create a tenant.
     * Opens the tenant; its own base URL answers from then on.
     *
     * `POST /platform/v1/tenants`
     */
    create(body: types.TenantCreate, options?: KeyedOptions): Promise<types.Tenant>;
    /**
     * Get a tenant.
     * A tenant; owners read their own.
     *
     * `GET /platform/v1/tenants/:tenant`
     */
    get(tenant: string, options?: CallOptions): Promise<types.Tenant>;
    /**
     * Suspend a tenant.
     * Its callers are refused within 60 seconds; nothing is lost.
     *
     * `POST /platform/v1/tenants/:tenant/suspend`
     */
    suspend(tenant: string, options?: KeyedOptions): Promise<types.Tenant>;
    /**
     * Resume a tenant.
     * Its callers are let in again within 60 seconds.
     *
     * `POST /platform/v1/tenants/:tenant/resume`
     */
    resume(tenant: string, options?: KeyedOptions): Promise<types.Tenant>;
  };
  readonly workspaces: {
    /**
     * List a tenant's workspaces.
     * The workspaces of a tenant; owners list their own.
     *
     * `GET /platform/v1/tenants/:tenant/workspaces`
     */
    list(tenant: string, query?: types.PlatformWorkspacesListQuery, options?: CallOptions): List<types.Workspace>;
    /**
     * Create a workspace.
     * Opens an isolated environment in a tenant; owners open them in their own.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces`
     */
    create(tenant: string, body: types.WorkspaceCreate, options?: KeyedOptions): Promise<types.Workspace>;
    /**
     * Create a workspace's first API client.
     * A credential to begin with; later ones are made in the workspace itself.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces/:workspace/api-clients`
     */
    createClient(tenant: string, workspace: string, body: types.ApiClientCreate, options?: CallOptions): Promise<types.ApiClientWithSecret>;
  };
}
