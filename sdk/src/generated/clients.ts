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
    /**
     * Explain an event of mine.
     * For each rule that was considered: whether it fired, at which version, and the values that decided it.
     *
     * `GET /app/v1/events/:id/explain`
     */
    explain(id: string, options?: CallOptions): Promise<types.EventExplanation>;
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
  readonly transfers: {
    /**
     * Give to another player.
     * Gives an amount of a currency that is transferable to another player of the workspace, at once.
     *
     * `POST /app/v1/transfers`
     */
    create(body: types.TransferCreate, options?: KeyedOptions): Promise<types.Transfer>;
  };
  readonly catalog: {
    /**
     * List what I can get.
     * The catalogue items that are for me, now, by id: also those that are sold out.
     *
     * `GET /app/v1/catalog`
     */
    list(query?: types.AppCatalogListQuery, options?: CallOptions): List<types.PlayerCatalogItem>;
    /**
     * Get a catalogue item.
     * One catalogue item that is for me, now.
     *
     * `GET /app/v1/catalog/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.PlayerCatalogItem>;
    /**
     * Redeem a catalogue item.
     * Pays its price and gets one: at once, or held until an operator fulfils it. The last one is never sold twice. Send an Idempotency-Key, so that a repeat buys once.
     *
     * `POST /app/v1/catalog/:id/redeem`
     */
    redeem(id: string, options?: KeyedOptions): Promise<types.PlayerRedemption>;
  };
  readonly redemptions: {
    /**
     * List my redemptions.
     * What I asked for, the latest first, with the code of what was fulfilled.
     *
     * `GET /app/v1/redemptions`
     */
    list(query?: types.AppRedemptionsListQuery, options?: CallOptions): List<types.PlayerRedemption>;
    /**
     * Get one redemption of mine.
     * One thing that I asked for.
     *
     * `GET /app/v1/redemptions/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.PlayerRedemption>;
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
     * From the top, page by page; or the lines around me, which is one page without a cursor.
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
     * The activities of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/activities`
     */
    list(query?: types.DashboardActivitiesListQuery, options?: CallOptions): List<types.Activity>;
    /**
     * Create a activity.
     * Publishes a activity as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/activities`
     */
    create(body: types.ActivityCreate, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * Get a activity.
     * The activity as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/activities/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Activity>;
    /**
     * Change a activity.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/activities/:id`
     */
    update(id: string, body: types.ActivityUpdate, options: ConditionalOptions): Promise<types.Activity>;
    /**
     * Delete a activity that is a draft.
     * Deletes a activity that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/activities/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * Get the draft of a activity.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/activities/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Activity>;
    /**
     * Discard the draft of a activity.
     * Throws away the draft of the next version and answers with the activity as it is at work. A activity that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/activities/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * Publish a activity.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/activities/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * Archive a activity.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/activities/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * Put an archived activity back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/activities/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * Restore a version of a activity.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/activities/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Activity>;
    /**
     * List the versions of a activity.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/activities/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardActivitiesListVersionsQuery, options?: CallOptions): List<types.Activity>;
    /**
     * Get a version of a activity.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/activities/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Activity>;
  };
  readonly missions: {
    /**
     * List missions.
     * The missions of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/missions`
     */
    list(query?: types.DashboardMissionsListQuery, options?: CallOptions): List<types.Mission>;
    /**
     * Create a mission.
     * Publishes a mission as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/missions`
     */
    create(body: types.MissionCreate, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * Get a mission.
     * The mission as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/missions/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Mission>;
    /**
     * Change a mission.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/missions/:id`
     */
    update(id: string, body: types.MissionUpdate, options: ConditionalOptions): Promise<types.Mission>;
    /**
     * Delete a mission that is a draft.
     * Deletes a mission that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/missions/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * Get the draft of a mission.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/missions/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Mission>;
    /**
     * Discard the draft of a mission.
     * Throws away the draft of the next version and answers with the mission as it is at work. A mission that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/missions/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * Publish a mission.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/missions/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * Archive a mission.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/missions/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * Put an archived mission back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/missions/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * Restore a version of a mission.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/missions/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Mission>;
    /**
     * List the versions of a mission.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/missions/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardMissionsListVersionsQuery, options?: CallOptions): List<types.Mission>;
    /**
     * Get a version of a mission.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/missions/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Mission>;
  };
  readonly rewardRules: {
    /**
     * List reward rules.
     * The reward rules of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/reward-rules`
     */
    list(query?: types.DashboardRewardRulesListQuery, options?: CallOptions): List<types.RewardRule>;
    /**
     * Create a reward rule.
     * Publishes a reward rule as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/reward-rules`
     */
    create(body: types.RewardRuleCreate, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * Get a reward rule.
     * The reward rule as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/reward-rules/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.RewardRule>;
    /**
     * Change a reward rule.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/reward-rules/:id`
     */
    update(id: string, body: types.RewardRuleUpdate, options: ConditionalOptions): Promise<types.RewardRule>;
    /**
     * Delete a reward rule that is a draft.
     * Deletes a reward rule that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/reward-rules/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * Get the draft of a reward rule.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/reward-rules/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.RewardRule>;
    /**
     * Discard the draft of a reward rule.
     * Throws away the draft of the next version and answers with the reward rule as it is at work. A reward rule that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/reward-rules/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * Publish a reward rule.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/reward-rules/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * Archive a reward rule.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/reward-rules/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * Put an archived reward rule back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/reward-rules/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * Restore a version of a reward rule.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/reward-rules/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.RewardRule>;
    /**
     * List the versions of a reward rule.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/reward-rules/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardRewardRulesListVersionsQuery, options?: CallOptions): List<types.RewardRule>;
    /**
     * Get a version of a reward rule.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/reward-rules/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.RewardRule>;
  };
  readonly currencies: {
    /**
     * List currencies.
     * The currencies of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/currencies`
     */
    list(query?: types.DashboardCurrenciesListQuery, options?: CallOptions): List<types.Currency>;
    /**
     * Create a currency.
     * Publishes a currency as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/currencies`
     */
    create(body: types.CurrencyCreate, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * Get a currency.
     * The currency as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/currencies/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Currency>;
    /**
     * Change a currency.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/currencies/:id`
     */
    update(id: string, body: types.CurrencyUpdate, options: ConditionalOptions): Promise<types.Currency>;
    /**
     * Delete a currency that is a draft.
     * Deletes a currency that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/currencies/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * Get the draft of a currency.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/currencies/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Currency>;
    /**
     * Discard the draft of a currency.
     * Throws away the draft of the next version and answers with the currency as it is at work. A currency that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/currencies/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * Publish a currency.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/currencies/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * Archive a currency.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/currencies/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * Put an archived currency back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/currencies/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * Restore a version of a currency.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/currencies/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Currency>;
    /**
     * List the versions of a currency.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/currencies/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardCurrenciesListVersionsQuery, options?: CallOptions): List<types.Currency>;
    /**
     * Get a version of a currency.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/currencies/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Currency>;
  };
  readonly streaks: {
    /**
     * List streaks.
     * The streaks of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/streaks`
     */
    list(query?: types.DashboardStreaksListQuery, options?: CallOptions): List<types.Streak>;
    /**
     * Create a streak.
     * Publishes a streak as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/streaks`
     */
    create(body: types.StreakCreate, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * Get a streak.
     * The streak as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/streaks/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Streak>;
    /**
     * Change a streak.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/streaks/:id`
     */
    update(id: string, body: types.StreakUpdate, options: ConditionalOptions): Promise<types.Streak>;
    /**
     * Delete a streak that is a draft.
     * Deletes a streak that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/streaks/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * Get the draft of a streak.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/streaks/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Streak>;
    /**
     * Discard the draft of a streak.
     * Throws away the draft of the next version and answers with the streak as it is at work. A streak that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/streaks/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * Publish a streak.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/streaks/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * Archive a streak.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/streaks/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * Put an archived streak back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/streaks/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * Restore a version of a streak.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/streaks/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Streak>;
    /**
     * List the versions of a streak.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/streaks/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardStreaksListVersionsQuery, options?: CallOptions): List<types.Streak>;
    /**
     * Get a version of a streak.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/streaks/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Streak>;
  };
  readonly leaderboards: {
    /**
     * List leaderboards.
     * The leaderboards of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/leaderboards`
     */
    list(query?: types.DashboardLeaderboardsListQuery, options?: CallOptions): List<types.Leaderboard>;
    /**
     * Create a leaderboard.
     * Publishes a leaderboard as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/leaderboards`
     */
    create(body: types.LeaderboardCreate, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * Get a leaderboard.
     * The leaderboard as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/leaderboards/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Leaderboard>;
    /**
     * Change a leaderboard.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/leaderboards/:id`
     */
    update(id: string, body: types.LeaderboardUpdate, options: ConditionalOptions): Promise<types.Leaderboard>;
    /**
     * Delete a leaderboard that is a draft.
     * Deletes a leaderboard that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/leaderboards/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * Get the draft of a leaderboard.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/leaderboards/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Leaderboard>;
    /**
     * Discard the draft of a leaderboard.
     * Throws away the draft of the next version and answers with the leaderboard as it is at work. A leaderboard that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/leaderboards/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * Publish a leaderboard.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/leaderboards/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * Archive a leaderboard.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/leaderboards/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * Put an archived leaderboard back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/leaderboards/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * Restore a version of a leaderboard.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/leaderboards/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Leaderboard>;
    /**
     * List the versions of a leaderboard.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/leaderboards/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardLeaderboardsListVersionsQuery, options?: CallOptions): List<types.Leaderboard>;
    /**
     * Get a version of a leaderboard.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/leaderboards/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Leaderboard>;
    /**
     * List a leaderboard's lines.
     * The ranking from the top, with the users behind it.
     *
     * `GET /dashboard/v1/leaderboards/:id/entries`
     */
    entries(id: string, query?: types.DashboardLeaderboardsEntriesQuery, options?: CallOptions): List<types.RankedUser>;
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
    /**
     * Explain an event.
     * For each rule that was considered: whether it fired, at which version, and the values that decided it.
     *
     * `GET /dashboard/v1/events/:id/explain`
     */
    explain(id: string, options?: CallOptions): Promise<types.EventExplanation>;
    /**
     * Take an event back.
     * The event counts no more: what it gave is taken back, and progress, scores and streaks are as if it had not been. What was already spent is owed. Voiding twice is one void.
     *
     * `POST /dashboard/v1/events/:id/void`
     */
    void(id: string, body: types.EventVoid, options?: KeyedOptions): Promise<types.VoidReceipt>;
  };
  readonly ledger: {
    /**
     * Post a transaction.
     * Posts up to 20 legs over players and system accounts, all or nothing. Nobody is taken more than they have: `insufficient_funds` points at the leg.
     *
     * `POST /dashboard/v1/ledger/transactions`
     */
    create(body: types.LedgerTransactionCreate, options?: KeyedOptions): Promise<types.LedgerTransaction>;
    /**
     * List transactions.
     * The transactions that somebody asked for, the latest first. What events move is in their effects.
     *
     * `GET /dashboard/v1/ledger/transactions`
     */
    list(query?: types.DashboardLedgerListQuery, options?: CallOptions): List<types.LedgerTransaction>;
    /**
     * Get a transaction.
     * One transaction that somebody asked for.
     *
     * `GET /dashboard/v1/ledger/transactions/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.LedgerTransaction>;
    /**
     * Reverse a transaction.
     * Posts the opposite of a credit, a debit or a transfer, once for ever. What a player has spent meanwhile is owed.
     *
     * `POST /dashboard/v1/ledger/transactions/:id/reverse`
     */
    reverse(id: string, body: types.LedgerReverse, options?: KeyedOptions): Promise<types.LedgerTransaction>;
    /**
     * Get a hold.
     * One amount that is or was set aside, as it stands now.
     *
     * `GET /dashboard/v1/ledger/holds/:id`
     */
    getHold(id: string, options?: CallOptions): Promise<types.LedgerHold>;
    /**
     * Capture a hold.
     * Takes part of what is held, or all of it. What is left stays held.
     *
     * `POST /dashboard/v1/ledger/holds/:id/capture`
     */
    capture(id: string, body: types.LedgerCapture, options?: KeyedOptions): Promise<types.LedgerHold>;
    /**
     * Release a hold.
     * Gives back what is left of it.
     *
     * `POST /dashboard/v1/ledger/holds/:id/release`
     */
    release(id: string, options?: KeyedOptions): Promise<types.LedgerHold>;
    /**
     * State an account.
     * What an account held, what moved it in an interval, and what it held then; at most 2,000 entries.
     *
     * `GET /dashboard/v1/ledger/statement`
     */
    statement(query: types.DashboardLedgerStatementQuery, options?: CallOptions): Promise<types.LedgerStatement>;
    /**
     * Prove that the ledger is balanced.
     * Adds up every leg of every currency. Each sum must be zero.
     *
     * `GET /dashboard/v1/ledger/proof`
     */
    proof(query?: types.DashboardLedgerProofQuery, options?: CallOptions): List<types.LedgerProof>;
  };
  readonly catalogItems: {
    /**
     * List catalogue items.
     * The catalogue items of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/catalog-items`
     */
    list(query?: types.DashboardCatalogItemsListQuery, options?: CallOptions): List<types.CatalogItem>;
    /**
     * Create a catalogue item.
     * Publishes a catalogue item as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/catalog-items`
     */
    create(body: types.CatalogItemCreate, options?: KeyedOptions): Promise<types.CatalogItem>;
    /**
     * Get a catalogue item.
     * The catalogue item as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/catalog-items/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.CatalogItem>;
    /**
     * Change a catalogue item.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/catalog-items/:id`
     */
    update(id: string, body: types.CatalogItemUpdate, options: ConditionalOptions): Promise<types.CatalogItem>;
    /**
     * Delete a catalogue item that is a draft.
     * Deletes a catalogue item that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/catalog-items/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.CatalogItem>;
    /**
     * Get the draft of a catalogue item.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/catalog-items/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.CatalogItem>;
    /**
     * Discard the draft of a catalogue item.
     * Throws away the draft of the next version and answers with the catalogue item as it is at work. A catalogue item that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/catalog-items/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.CatalogItem>;
    /**
     * Publish a catalogue item.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/catalog-items/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.CatalogItem>;
    /**
     * Archive a catalogue item.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/catalog-items/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.CatalogItem>;
    /**
     * Put an archived catalogue item back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/catalog-items/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.CatalogItem>;
    /**
     * Restore a version of a catalogue item.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/catalog-items/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.CatalogItem>;
    /**
     * List the versions of a catalogue item.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/catalog-items/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardCatalogItemsListVersionsQuery, options?: CallOptions): List<types.CatalogItem>;
    /**
     * Get a version of a catalogue item.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/catalog-items/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.CatalogItem>;
    /**
     * Count what is left of a catalogue item.
     * How many are sold or held, and how many are left.
     *
     * `GET /dashboard/v1/catalog-items/:id/stock`
     */
    stock(id: string, options?: CallOptions): Promise<types.CatalogStock>;
    /**
     * Upload codes.
     * Adds up to 500 codes to the pool of a catalogue item. A code is given once, where the item comes with codes; one that is there already is left as it is. Nobody reads them back but who gets them.
     *
     * `POST /dashboard/v1/catalog-items/:id/codes`
     */
    addCodes(id: string, body: types.CodeUpload, options?: KeyedOptions): Promise<types.CodeReceipt>;
  };
  readonly redemptions: {
    /**
     * List redemptions.
     * What players asked for, the latest first. Codes are not shown.
     *
     * `GET /dashboard/v1/redemptions`
     */
    list(query?: types.DashboardRedemptionsListQuery, options?: CallOptions): List<types.Redemption>;
    /**
     * Get a redemption.
     * One thing that a player asked for.
     *
     * `GET /dashboard/v1/redemptions/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Redemption>;
    /**
     * Fulfil a redemption.
     * Takes the price that is held, and shows the player the code where there is one.
     *
     * `POST /dashboard/v1/redemptions/:id/fulfil`
     */
    fulfil(id: string, body: types.RedemptionSettle, options?: KeyedOptions): Promise<types.Redemption>;
    /**
     * Cancel a redemption.
     * Gives the price back, and puts the item back into stock.
     *
     * `POST /dashboard/v1/redemptions/:id/cancel`
     */
    cancel(id: string, body: types.RedemptionSettle, options?: KeyedOptions): Promise<types.Redemption>;
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
  readonly config: {
    /**
     * Export all definitions.
     * All definitions that are at work, as one document in one order: equal workspaces have equal documents.
     *
     * `GET /dashboard/v1/config/export`
     */
    export(options?: CallOptions): Promise<types.ConfigDocument>;
    /**
     * Plan a configuration.
     * Compares this workspace with a document: what would be created, changed field by field, and archived. What could not be applied is refused here as it would be there. Nothing is changed.
     *
     * `POST /dashboard/v1/config/plan`
     */
    plan(body: types.ConfigPlanRequest, options?: CallOptions): Promise<types.ConfigPlan>;
    /**
     * Apply a configuration.
     * Makes this workspace what a document says, all at once: players see all of it or none. Refused as `outdated` where the workspace changed since the plan; a document that changes nothing any more is never refused.
     *
     * `POST /dashboard/v1/config/apply`
     */
    apply(body: types.ConfigApplyRequest, options?: KeyedOptions): Promise<types.ConfigResult>;
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
