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
     * Changes what the body names, with the ETag that was read as If-Match; attributes, where the workspace lets players write them.
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
    /**
     * Join a mission.
     * Starts my progress in a mission that I have to opt in to: what occurs from now on counts. Joining twice is joining once.
     *
     * `POST /app/v1/missions/:id/join`
     */
    join(id: string, options?: KeyedOptions): Promise<types.Progress>;
    /**
     * Leave a mission.
     * Gives up my running progress in a mission that I opted in to. Joining again begins anew.
     *
     * `POST /app/v1/missions/:id/leave`
     */
    leave(id: string, options?: KeyedOptions): Promise<types.Progress>;
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
    /**
     * List what moved a progress of mine.
     * What moved it, in the order in which it occurred, by what is known now.
     *
     * `GET /app/v1/progress/:id/log`
     */
    log(id: string, query?: types.AppProgressLogQuery, options?: CallOptions): List<types.ProgressMove>;
  };
  readonly rewards: {
    /**
     * List my rewards.
     * What I was given, by rules, missions and levels, as prizes and by hand, the latest first; those that are or were to be claimed, where `state` asks for them, in the order of their ids.
     *
     * `GET /app/v1/rewards`
     */
    list(query?: types.AppRewardsListQuery, options?: CallOptions): List<types.PlayerReward>;
    /**
     * Claim a reward.
     * Takes what is to be claimed. It is given once, however often it is asked for, and each answer is the same; after its time it is refused as `claim_expired`.
     *
     * `POST /app/v1/rewards/:id/claim`
     */
    claim(id: string, options?: KeyedOptions): Promise<types.PlayerReward>;
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
     * What I asked for or was given, the latest first, with the code of what was fulfilled.
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
     * The runs and what became of each day or week between two dates, at most ten years apart.
     *
     * `GET /app/v1/streaks/:id/calendar`
     */
    calendar(id: string, query: types.AppStreaksCalendarQuery, options?: CallOptions): Promise<types.StreakCalendar>;
    /**
     * Use a freeze.
     * Uses a freeze that I hold for the present day or week, for one of the next seven, or for one that I missed just now. Where it counts in the end, I have the freeze back.
     *
     * `POST /app/v1/streaks/:id/freeze`
     */
    freeze(id: string, body: types.StreakFreezeUse, options?: KeyedOptions): Promise<types.PlayerStreak>;
    /**
     * Buy freezes.
     * Pays the price of so many freezes and takes them in, as many as can be held. Send an Idempotency-Key, so that a repeat buys once.
     *
     * `POST /app/v1/streaks/:id/freezes`
     */
    buyFreezes(id: string, body: types.FreezePurchase, options?: KeyedOptions): Promise<types.PlayerStreak>;
    /**
     * Pause a streak.
     * Takes days out, from the present one on: they neither count nor break my run.
     *
     * `POST /app/v1/streaks/:id/pause`
     */
    pause(id: string, body: types.StreakPause, options?: KeyedOptions): Promise<types.PlayerStreak>;
    /**
     * Repair a broken streak.
     * Makes up for what I missed between my last two runs, or since the last one: it is one run again. Its price, if it has one, is taken at once.
     *
     * `POST /app/v1/streaks/:id/repair`
     */
    repair(id: string, options?: KeyedOptions): Promise<types.PlayerStreak>;
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
     * From the top, page by page; or the lines around me or of some users, which is one page without a cursor. Players who hide themselves keep their rank and are left out, and so do private teams but for their members.
     *
     * `GET /app/v1/leaderboards/:id/entries`
     */
    entries(id: string, query?: types.AppLeaderboardsEntriesQuery, options?: CallOptions): List<types.LeaderboardEntry>;
    /**
     * Get my rank.
     * My rank and score, and how many have a score; on boards of teams, those of the team that I am in.
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
  readonly teams: {
    /**
     * List teams.
     * The public teams and mine, the newest last. A page may be short before the end.
     *
     * `GET /app/v1/teams`
     */
    list(query?: types.AppTeamsListQuery, options?: CallOptions): List<types.PlayerTeam>;
    /**
     * Make a team.
     * Makes a team with me as its captain. A player's own client may where the workspace lets it.
     *
     * `POST /app/v1/teams`
     */
    create(body: types.PlayerTeamCreate, options?: KeyedOptions): Promise<types.PlayerTeam>;
    /**
     * Get a team.
     * A public team, or mine.
     *
     * `GET /app/v1/teams/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.PlayerTeam>;
    /**
     * List a team's members.
     * Those who are in it now, in the order in which they came.
     *
     * `GET /app/v1/teams/:id/members`
     */
    members(id: string, query?: types.AppTeamsMembersQuery, options?: CallOptions): List<types.PlayerTeamMember>;
    /**
     * Change my team.
     * Renames, hides, opens or closes it, with the ETag that was read as If-Match. For captains.
     *
     * `PATCH /app/v1/teams/:id`
     */
    update(id: string, body: types.PlayerTeamUpdate, options: ConditionalOptions): Promise<types.PlayerTeam>;
    /**
     * Change my team's code.
     * Makes a new code; the one before it invites nobody any more. For captains.
     *
     * `POST /app/v1/teams/:id/rotate-code`
     */
    rotateCode(id: string, options?: KeyedOptions): Promise<types.PlayerTeam>;
    /**
     * Make a member a captain, or no longer.
     * A team with members keeps one captain at least. For captains.
     *
     * `POST /app/v1/teams/:id/members/:member/role`
     */
    setRole(id: string, member: string, body: types.TeamRoleChange, options?: KeyedOptions): Promise<types.PlayerTeamMember>;
    /**
     * Take a member out of my team.
     * Captains take out members, not one another; what they did for the team stays with it.
     *
     * `POST /app/v1/teams/:id/members/:member/remove`
     */
    removeMember(id: string, member: string, options?: KeyedOptions): Promise<types.PlayerTeam>;
    /**
     * Join a team.
     * I am in one team at a time. Joining twice is joining once.
     *
     * `POST /app/v1/teams/:id/join`
     */
    join(id: string, body: types.TeamJoin, options?: KeyedOptions): Promise<types.PlayerTeam>;
    /**
     * Leave a team.
     * What I did for the team stays with it. Leaving twice is leaving once.
     *
     * `POST /app/v1/teams/:id/leave`
     */
    leave(id: string, options?: KeyedOptions): Promise<types.PlayerTeam>;
  };
  readonly badges: {
    /**
     * List my badges.
     * Those I earned and those I can earn, with progress, by id. Secret ones appear once they are earned.
     *
     * `GET /app/v1/badges`
     */
    list(query?: types.AppBadgesListQuery, options?: CallOptions): List<types.PlayerBadge>;
    /**
     * Get one of my badges.
     * One badge with my progress. A secret one that I have not earned is not there.
     *
     * `GET /app/v1/badges/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.PlayerBadge>;
    /**
     * Get the credential of one of my badges.
     * An Open Badges 3.0 credential for the highest tier that I reached, which anybody can verify without asking Laurel. A badge that I have not earned, or that was revoked, has none.
     *
     * `GET /app/v1/badges/:id/credential`
     */
    credential(id: string, options?: CallOptions): Promise<types.BadgeCredential>;
  };
  readonly levels: {
    /**
     * List my levels.
     * Where I stand on each level track: my level, what I have, and what the next level takes.
     *
     * `GET /app/v1/levels`
     */
    list(query?: types.AppLevelsListQuery, options?: CallOptions): List<types.PlayerLevel>;
  };
  readonly joinCodes: {
    /**
     * Redeem a join code.
     * Gives what the code is for: a place in an audience, or in a team. Redeeming it again changes nothing. Guessing is slowed down, and what is wrong with a code is not told.
     *
     * `POST /app/v1/join-codes/redeem`
     */
    redeem(body: types.JoinCodeRedeem, options?: KeyedOptions): Promise<types.JoinReceipt>;
  };
  readonly privacy: {
    /**
     * List my consents.
     * Every purpose of the workspace, and whether I agree to it.
     *
     * `GET /app/v1/consents`
     */
    consents(query?: types.AppPrivacyConsentsQuery, options?: CallOptions): List<types.Consent>;
    /**
     * Agree to a purpose, or withdraw.
     * Who withdraws `leaderboards` is hidden from others on boards; who withdraws `analytics` is counted no more.
     *
     * `PUT /app/v1/consents/:purpose`
     */
    consent(purpose: string, body: types.ConsentChange, options?: CallOptions): Promise<types.Consent>;
    /**
     * Export all that is held on me.
     * Answers with everything that is held under me, as JSON.
     *
     * `POST /app/v1/privacy/exports`
     */
    export(options?: CallOptions): Promise<types.PersonExport>;
    /**
     * Erase me.
     * For ever: my key is destroyed, and my records are removed. My token is refused within 60 seconds.
     *
     * `POST /app/v1/privacy/erasures`
     */
    erase(options?: CallOptions): Promise<types.PrivacyRequest>;
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
    /**
     * Change this workspace.
     * Changes what the body names, with the ETag that was read as If-Match. Users keep values of attributes that are no longer declared, or are of another type now, but nothing sees them; a declaration that a published condition needs cannot go.
     *
     * `PATCH /dashboard/v1/workspace`
     */
    update(body: types.WorkspaceUpdate, options: ConditionalOptions): Promise<types.Workspace>;
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
    /**
     * Back-test a mission.
     * Folds what players did in an interval once more, as if the mission had been at work since the interval began, and tells what would have come about beside what did. Looks at `limit` players a call, and at fewer where they did very much: read on while there is a `nextCursor`. Budgets and caps over all players hold over all calls together: they are handed out player by player, in the order in which those are looked at, a tried rule's own from the beginning. Nothing is written.
     *
     * `POST /dashboard/v1/missions/:id/backtest`
     */
    backtest(id: string, body: types.MissionBacktest, query?: types.DashboardMissionsBacktestQuery, options?: CallOptions): Promise<types.Backtest>;
  };
  readonly progress: {
    /**
     * Assign a mission to a user.
     * Starts their progress in the current period, however the mission starts otherwise. One that is running stays as it is, unless a target is given: then it is refused.
     *
     * `POST /dashboard/v1/progress`
     */
    assign(body: types.ProgressAssign, options?: KeyedOptions): Promise<types.Progress>;
    /**
     * Cancel a progress of a user.
     * Events move it no more. Cancelling twice is cancelling once; what is completed stays so.
     *
     * `POST /dashboard/v1/progress/:id/cancel`
     */
    cancel(id: string, body: types.ProgressCancel, options?: KeyedOptions): Promise<types.Progress>;
    /**
     * List what moved a progress of a user.
     * What moved it, in the order in which it occurred, by what is known now.
     *
     * `GET /dashboard/v1/users/:user/progress/:id/log`
     */
    log(user: string, id: string, query?: types.DashboardProgressLogQuery, options?: CallOptions): List<types.ProgressMove>;
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
    /**
     * Back-test a reward rule.
     * Folds what players did in an interval once more, as if the reward rule had been at work since the interval began, and tells what would have come about beside what did. Looks at `limit` players a call, and at fewer where they did very much: read on while there is a `nextCursor`. Budgets and caps over all players hold over all calls together: they are handed out player by player, in the order in which those are looked at, a tried rule's own from the beginning. Nothing is written.
     *
     * `POST /dashboard/v1/reward-rules/:id/backtest`
     */
    backtest(id: string, body: types.RewardRuleBacktest, query?: types.DashboardRewardRulesBacktestQuery, options?: CallOptions): Promise<types.Backtest>;
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
    /**
     * Back-test a streak.
     * Folds what players did in an interval once more, as if the streak had been at work since the interval began, and tells what would have come about beside what did. Looks at `limit` players a call, and at fewer where they did very much: read on while there is a `nextCursor`. Budgets and caps over all players hold over all calls together: they are handed out player by player, in the order in which those are looked at, a tried rule's own from the beginning. Nothing is written.
     *
     * `POST /dashboard/v1/streaks/:id/backtest`
     */
    backtest(id: string, body: types.StreakBacktest, query?: types.DashboardStreaksBacktestQuery, options?: CallOptions): Promise<types.Backtest>;
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
     * The ranking from the top, or of some users or teams, with the users or teams behind it.
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
     * Builds the index of ranks of a period anew from the scores, and on boards of teams their scores from what members gave. Prizes stay as they are.
     *
     * `POST /dashboard/v1/leaderboards/:id/rebuild`
     */
    rebuild(id: string, body: types.LeaderboardClose, options?: KeyedOptions): Promise<types.LeaderboardRebuilt>;
  };
  readonly leagues: {
    /**
     * List leagues.
     * The leagues of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/leagues`
     */
    list(query?: types.DashboardLeaguesListQuery, options?: CallOptions): List<types.League>;
    /**
     * Create a league.
     * Publishes a league as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/leagues`
     */
    create(body: types.LeagueCreate, options?: KeyedOptions): Promise<types.League>;
    /**
     * Get a league.
     * The league as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/leagues/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.League>;
    /**
     * Change a league.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/leagues/:id`
     */
    update(id: string, body: types.LeagueUpdate, options: ConditionalOptions): Promise<types.League>;
    /**
     * Delete a league that is a draft.
     * Deletes a league that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/leagues/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.League>;
    /**
     * Get the draft of a league.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/leagues/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.League>;
    /**
     * Discard the draft of a league.
     * Throws away the draft of the next version and answers with the league as it is at work. A league that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/leagues/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.League>;
    /**
     * Publish a league.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/leagues/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.League>;
    /**
     * Archive a league.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/leagues/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.League>;
    /**
     * Put an archived league back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/leagues/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.League>;
    /**
     * Restore a version of a league.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/leagues/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.League>;
    /**
     * List the versions of a league.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/leagues/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardLeaguesListVersionsQuery, options?: CallOptions): List<types.League>;
    /**
     * Get a version of a league.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/leagues/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.League>;
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
  readonly badges: {
    /**
     * List badges.
     * The badges of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/badges`
     */
    list(query?: types.DashboardBadgesListQuery, options?: CallOptions): List<types.Badge>;
    /**
     * Create a badge.
     * Publishes a badge as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/badges`
     */
    create(body: types.BadgeCreate, options?: KeyedOptions): Promise<types.Badge>;
    /**
     * Get a badge.
     * The badge as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/badges/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Badge>;
    /**
     * Change a badge.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/badges/:id`
     */
    update(id: string, body: types.BadgeUpdate, options: ConditionalOptions): Promise<types.Badge>;
    /**
     * Delete a badge that is a draft.
     * Deletes a badge that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/badges/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Badge>;
    /**
     * Get the draft of a badge.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/badges/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Badge>;
    /**
     * Discard the draft of a badge.
     * Throws away the draft of the next version and answers with the badge as it is at work. A badge that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/badges/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Badge>;
    /**
     * Publish a badge.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/badges/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Badge>;
    /**
     * Archive a badge.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/badges/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Badge>;
    /**
     * Put an archived badge back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/badges/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Badge>;
    /**
     * Restore a version of a badge.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/badges/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Badge>;
    /**
     * List the versions of a badge.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/badges/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardBadgesListVersionsQuery, options?: CallOptions): List<types.Badge>;
    /**
     * Get a version of a badge.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/badges/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Badge>;
  };
  readonly levelTracks: {
    /**
     * List level tracks.
     * The level tracks of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/level-tracks`
     */
    list(query?: types.DashboardLevelTracksListQuery, options?: CallOptions): List<types.LevelTrack>;
    /**
     * Create a level track.
     * Publishes a level track as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/level-tracks`
     */
    create(body: types.LevelTrackCreate, options?: KeyedOptions): Promise<types.LevelTrack>;
    /**
     * Get a level track.
     * The level track as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/level-tracks/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.LevelTrack>;
    /**
     * Change a level track.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/level-tracks/:id`
     */
    update(id: string, body: types.LevelTrackUpdate, options: ConditionalOptions): Promise<types.LevelTrack>;
    /**
     * Delete a level track that is a draft.
     * Deletes a level track that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/level-tracks/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.LevelTrack>;
    /**
     * Get the draft of a level track.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/level-tracks/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.LevelTrack>;
    /**
     * Discard the draft of a level track.
     * Throws away the draft of the next version and answers with the level track as it is at work. A level track that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/level-tracks/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.LevelTrack>;
    /**
     * Publish a level track.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/level-tracks/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.LevelTrack>;
    /**
     * Archive a level track.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/level-tracks/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.LevelTrack>;
    /**
     * Put an archived level track back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/level-tracks/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.LevelTrack>;
    /**
     * Restore a version of a level track.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/level-tracks/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.LevelTrack>;
    /**
     * List the versions of a level track.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/level-tracks/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardLevelTracksListVersionsQuery, options?: CallOptions): List<types.LevelTrack>;
    /**
     * Get a version of a level track.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/level-tracks/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.LevelTrack>;
  };
  readonly users: {
    /**
     * List users.
     * The users of the workspace, the newest last. Filters are held against up to 1,000 users a page, so that a page may be short, or empty, before the end: read on while there is a `nextCursor`.
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
     * Get a user's tags.
     * All tags of a user; the ETag is what setting them must name.
     *
     * `GET /dashboard/v1/users/:id/tags`
     */
    getTags(id: string, options?: CallOptions): Promise<types.UserTagList>;
    /**
     * Set a user's tags.
     * Replaces all tags of a user, with the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/users/:id/tags`
     */
    setTags(id: string, body: types.UserTags, options: ConditionalOptions): Promise<types.UserTagList>;
    /**
     * List a player's teams.
     * The team that a player is in and those that they were in, the latest first.
     *
     * `GET /dashboard/v1/users/:id/teams`
     */
    teams(id: string, query?: types.DashboardUsersTeamsQuery, options?: CallOptions): List<types.TeamMembership>;
    /**
     * Get all of a player's state.
     * Wallets, progress, streaks, scores, badges and levels in one answer.
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
     * List a user's redemptions.
     * What the user asked for or was given of the catalogue, the latest first. Codes are not shown.
     *
     * `GET /dashboard/v1/users/:id/redemptions`
     */
    redemptions(id: string, query?: types.DashboardUsersRedemptionsQuery, options?: CallOptions): List<types.Redemption>;
    /**
     * Give something by hand.
     * Gives at once, with the note in the ledger. Its amounts are one transaction, which `ledger.reverse` takes back; badges and items are taken back by themselves. Send an Idempotency-Key, so that a repeat gives once.
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
  readonly playerStreaks: {
    /**
     * List a user's streaks.
     * The streaks at work, each as the player sees it.
     *
     * `GET /dashboard/v1/users/:id/streaks`
     */
    list(id: string, query?: types.DashboardPlayerStreaksListQuery, options?: CallOptions): List<types.PlayerStreak>;
    /**
     * Give freezes by hand.
     * Gives a player freezes of a streak, as many as can be held. Send an Idempotency-Key, so that a repeat gives once.
     *
     * `POST /dashboard/v1/users/:id/streaks/:streak/freezes`
     */
    grantFreezes(id: string, streak: string, body: types.FreezeGrant, options?: KeyedOptions): Promise<types.PlayerStreak>;
  };
  readonly badgeAwards: {
    /**
     * List a player's badges.
     * The badges that one player has, is on the way to, or had, by badge.
     *
     * `GET /dashboard/v1/users/:id/badges`
     */
    list(id: string, query?: types.DashboardBadgeAwardsListQuery, options?: CallOptions): List<types.BadgeAward>;
    /**
     * Award a badge by hand.
     * Counts one award. Send an Idempotency-Key, so that a repeat counts once.
     *
     * `POST /dashboard/v1/users/:id/badges`
     */
    create(id: string, body: types.BadgeAwardCreate, options?: KeyedOptions): Promise<types.BadgeAward>;
    /**
     * Take a badge back.
     * Takes the badge with all of its tiers, and lists its credentials as revoked. Revoking twice is revoking once.
     *
     * `POST /dashboard/v1/users/:id/badges/:badge/revoke`
     */
    revoke(id: string, badge: string, body: types.BadgeRevoke, options?: KeyedOptions): Promise<types.BadgeAward>;
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
     * Posts the opposite of a credit, a debit, a transfer, a grant by hand or a capture, or of a redemption that was paid at once; once for ever. What was captured comes back into the wallet. Where it paid for a redemption, that is cancelled: the item goes back into stock, unless it came with a code, which the player has seen. What a player has spent meanwhile is owed.
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
     * What players asked for or were given, the latest first. Codes are not shown.
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
     * Gives back the price that is held, and puts the item back into stock. One that was paid is cancelled by reversing what paid for it, its `capture` or `redemption` among the transactions of the ledger.
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
     * All definitions that are at work, and what is declared of users, as one document in one order: equal workspaces have equal documents. Webhooks are in it for whoever may read webhooks, since a URL may hold what opens it.
     *
     * `GET /dashboard/v1/config/export`
     */
    export(query?: types.DashboardConfigExportQuery, options?: CallOptions): Promise<types.ConfigDocument>;
    /**
     * Plan a configuration.
     * Compares this workspace with a document: what would be created, changed field by field, and archived. What could not be applied is refused here as it would be there. A document with webhooks is for whoever may read webhooks. Nothing is changed.
     *
     * `POST /dashboard/v1/config/plan`
     */
    plan(body: types.ConfigPlanRequest, options?: CallOptions): Promise<types.ConfigPlan>;
    /**
     * Apply a configuration.
     * Makes this workspace what a document says, all at once: players see all of it or none. Refused as `outdated` where the workspace changed since the plan; a document that changes nothing any more is never refused. Whoever changes webhooks or what is declared of users by it must be one who may change those. A webhook that is new here has a secret of its own, which `rotateSecret` replaces by one that is shown.
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
     * Get an API client.
     * A machine credential of the workspace, without its secrets.
     *
     * `GET /dashboard/v1/api-clients/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.ApiClient>;
    /**
     * Create a second secret.
     * For rotating: both secrets work until the old one is removed or expires. At most two are live, and nobody makes a secret of a client that may do what they may not.
     *
     * `POST /dashboard/v1/api-clients/:id/secrets`
     */
    createSecret(id: string, body: types.ApiClientSecretCreate, options?: CallOptions): Promise<types.ApiClientNewSecret>;
    /**
     * Remove a secret.
     * No new tokens by it from now on; those that it was given end within 15 minutes, and a client that is revoked is refused sooner. The last secret stays: revoke the client instead.
     *
     * `DELETE /dashboard/v1/api-clients/:id/secrets/:secret`
     */
    removeSecret(id: string, secret: string, options?: CallOptions): Promise<types.ApiClient>;
    /**
     * Revoke an API client.
     * No new tokens from now on; those that live are refused within 60 seconds. Revoking twice is revoking once.
     *
     * `POST /dashboard/v1/api-clients/:id/revoke`
     */
    revoke(id: string, options?: KeyedOptions): Promise<types.ApiClient>;
  };
  readonly segments: {
    /**
     * List segments.
     * The segments of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/segments`
     */
    list(query?: types.DashboardSegmentsListQuery, options?: CallOptions): List<types.Segment>;
    /**
     * Create a segment.
     * Publishes a segment as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.
     *
     * `POST /dashboard/v1/segments`
     */
    create(body: types.SegmentCreate, options?: KeyedOptions): Promise<types.Segment>;
    /**
     * Get a segment.
     * The segment as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/segments/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Segment>;
    /**
     * Change a segment.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/segments/:id`
     */
    update(id: string, body: types.SegmentUpdate, options: ConditionalOptions): Promise<types.Segment>;
    /**
     * Delete a segment that is a draft.
     * Deletes a segment that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/segments/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Segment>;
    /**
     * Get the draft of a segment.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/segments/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Segment>;
    /**
     * Discard the draft of a segment.
     * Throws away the draft of the next version and answers with the segment as it is at work. A segment that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/segments/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Segment>;
    /**
     * Publish a segment.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/segments/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Segment>;
    /**
     * Archive a segment.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/segments/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Segment>;
    /**
     * Put an archived segment back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/segments/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Segment>;
    /**
     * Restore a version of a segment.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/segments/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Segment>;
    /**
     * List the versions of a segment.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/segments/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardSegmentsListVersionsQuery, options?: CallOptions): List<types.Segment>;
    /**
     * Get a version of a segment.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/segments/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Segment>;
    /**
     * List a segment's users.
     * The users whom the condition holds for now, each once and in no order of theirs. Up to 1,000 users are looked at for a page, so that it may be short, or empty, before the end: read on while there is a `nextCursor`.
     *
     * `GET /dashboard/v1/segments/:id/members`
     */
    members(id: string, query?: types.DashboardSegmentsMembersQuery, options?: CallOptions): List<types.User>;
    /**
     * Count a segment's users.
     * How many users the condition holds for now; exact up to 10,000 users of the workspace.
     *
     * `GET /dashboard/v1/segments/:id/size`
     */
    size(id: string, options?: CallOptions): Promise<types.SegmentSize>;
  };
  readonly teams: {
    /**
     * List teams.
     * The teams of the workspace, the newest last.
     *
     * `GET /dashboard/v1/teams`
     */
    list(query?: types.DashboardTeamsListQuery, options?: CallOptions): List<types.Team>;
    /**
     * Create a team.
     * Creates a team without members; the first who joins is its captain.
     *
     * `POST /dashboard/v1/teams`
     */
    create(body: types.TeamCreate, options?: KeyedOptions): Promise<types.Team>;
    /**
     * Get a team.
     * One team; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/teams/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Team>;
    /**
     * Change a team.
     * Changes what the body names, with the ETag that was read as If-Match.
     *
     * `PATCH /dashboard/v1/teams/:id`
     */
    update(id: string, body: types.TeamUpdate, options: ConditionalOptions): Promise<types.Team>;
    /**
     * Change a team's code.
     * Makes a new code; the one before it invites nobody any more.
     *
     * `POST /dashboard/v1/teams/:id/rotate-code`
     */
    rotateCode(id: string, options?: KeyedOptions): Promise<types.Team>;
    /**
     * List a team's members.
     * Those who are in it now, in the order in which they came.
     *
     * `GET /dashboard/v1/teams/:id/members`
     */
    members(id: string, query?: types.DashboardTeamsMembersQuery, options?: CallOptions): List<types.TeamMember>;
    /**
     * Put a user into a team.
     * Whether or not it is open, but never beyond its capacity. A user is in one team at a time.
     *
     * `POST /dashboard/v1/teams/:id/members`
     */
    addMember(id: string, body: types.TeamMemberAdd, options?: KeyedOptions): Promise<types.TeamMember>;
    /**
     * Make a member a captain, or no longer.
     * A team with members keeps one captain at least.
     *
     * `POST /dashboard/v1/teams/:id/members/:member/role`
     */
    setRole(id: string, member: string, body: types.TeamRoleChange, options?: KeyedOptions): Promise<types.TeamMember>;
    /**
     * Take a member out of a team.
     * What they did while they were in it stays with the team.
     *
     * `POST /dashboard/v1/teams/:id/members/:member/remove`
     */
    removeMember(id: string, member: string, options?: KeyedOptions): Promise<types.Team>;
    /**
     * List a team's progress.
     * Its progress in the missions for teams, in all periods, by mission and then by period.
     *
     * `GET /dashboard/v1/teams/:id/progress`
     */
    progress(id: string, query?: types.DashboardTeamsProgressQuery, options?: CallOptions): List<types.TeamProgress>;
    /**
     * List the shares of a team's progress.
     * What each member gave while they were in the team, those who left included.
     *
     * `GET /dashboard/v1/teams/:id/progress/:progress/shares`
     */
    shares(id: string, progress: string, query?: types.DashboardTeamsSharesQuery, options?: CallOptions): List<types.TeamProgressShare>;
    /**
     * List what moved a share of a team's progress.
     * What a member did for it, in the order in which it occurred, by what is known now.
     *
     * `GET /dashboard/v1/teams/:id/progress/:progress/shares/:member/log`
     */
    shareLog(id: string, progress: string, member: string, query?: types.DashboardTeamsShareLogQuery, options?: CallOptions): List<types.ProgressMove>;
  };
  readonly clock: {
    /**
     * Get the clock.
     * What time it is in this workspace, and whether it is the real time or a test clock.
     *
     * `GET /dashboard/v1/clock`
     */
    get(options?: CallOptions): Promise<types.Clock>;
    /**
     * Choose the clock.
     * Gives the workspace a test clock, or the real time back, with the ETag that was read as If-Match. Only while nothing has happened: there are no users, and nothing is due. Other processes follow within 10 seconds. Never on a workspace that is marked production.
     *
     * `PATCH /dashboard/v1/clock`
     */
    update(body: types.ClockUpdate, options: ConditionalOptions): Promise<types.Clock>;
    /**
     * Advance the test clock.
     * Runs all that comes due up to a time, in order, and says what became of it. One call runs at most 200 boundaries: where `done` is false, call again with `nextTo`. Each boundary takes effect once, however often the call is repeated; a clock never goes back.
     *
     * `POST /dashboard/v1/clock/advance`
     */
    advance(body: types.ClockAdvance, options?: KeyedOptions): Promise<types.ClockReport>;
  };
  readonly analytics: {
    /**
     * Report on each day.
     * Active players by day, week and month, their events, and the missions that they completed. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/overview`
     */
    overview(query: types.DashboardAnalyticsOverviewQuery, options?: CallOptions): Promise<types.OverviewReport>;
    /**
     * Report on missions.
     * How many began each mission and completed it. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/missions`
     */
    missions(query: types.DashboardAnalyticsMissionsQuery, options?: CallOptions): Promise<types.MissionReport>;
    /**
     * Report on the steps of missions.
     * Of those who began each mission on a day: how many have reached each step, completed it, gave it up, were too late, or are still at it. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/funnels`
     */
    funnels(query: types.DashboardAnalyticsFunnelsQuery, options?: CallOptions): Promise<types.FunnelReport>;
    /**
     * Report on what rewards cost.
     * What each reward rule and mission gave, by currency. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/rewards`
     */
    rewards(query: types.DashboardAnalyticsRewardsQuery, options?: CallOptions): Promise<types.RewardReport>;
    /**
     * Report on currencies.
     * What was minted, burned and is outstanding of each currency. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/economy`
     */
    economy(query: types.DashboardAnalyticsEconomyQuery, options?: CallOptions): Promise<types.EconomyReport>;
    /**
     * Report on streaks.
     * How many players have a latest run of which length, by the day that it reaches to. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/streaks`
     */
    streaks(query: types.DashboardAnalyticsStreaksQuery, options?: CallOptions): Promise<types.StreakReport>;
    /**
     * Report on leaderboards.
     * How many players moved their score on each board. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/leaderboards`
     */
    leaderboards(query: types.DashboardAnalyticsLeaderboardsQuery, options?: CallOptions): Promise<types.LeaderboardReport>;
    /**
     * Report on users.
     * How many users were created, and were active. Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.
     *
     * `GET /dashboard/v1/analytics/users`
     */
    users(query: types.DashboardAnalyticsUsersQuery, options?: CallOptions): Promise<types.UserReport>;
  };
  readonly webhookDeliveries: {
    /**
     * List deliveries.
     * What was told to webhooks or is on its way, the latest first. `status=dead` is what was given up.
     *
     * `GET /dashboard/v1/webhooks/deliveries`
     */
    list(query?: types.DashboardWebhookDeliveriesListQuery, options?: CallOptions): List<types.WebhookDelivery>;
    /**
     * Get a delivery.
     * One delivery with its attempts.
     *
     * `GET /dashboard/v1/webhooks/deliveries/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.WebhookDelivery>;
    /**
     * Retry a delivery.
     * Makes a delivery due now, with another 24 hours of attempts, whatever became of it before.
     *
     * `POST /dashboard/v1/webhooks/deliveries/:id/retry`
     */
    retry(id: string, options?: KeyedOptions): Promise<types.WebhookDelivery>;
  };
  readonly webhooks: {
    /**
     * List webhooks.
     * The webhooks of the workspace, by id: each as it is at work, or as a draft where it never was.
     *
     * `GET /dashboard/v1/webhooks`
     */
    list(query?: types.DashboardWebhooksListQuery, options?: CallOptions): List<types.Webhook>;
    /**
     * Create a webhook.
     * From now on each happening of its types is sent to its URL, signed by Standard Webhooks, at least once; it is tried again for 24 hours. A draft hears of nothing until it is published. The secret is shown this once.
     *
     * `POST /dashboard/v1/webhooks`
     */
    create(body: types.WebhookCreate, options?: CallOptions): Promise<types.WebhookWithSecret>;
    /**
     * Get a webhook.
     * The webhook as it is at work, or as a draft where it never was; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/webhooks/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Webhook>;
    /**
     * Change a webhook.
     * Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.
     *
     * `PUT /dashboard/v1/webhooks/:id`
     */
    update(id: string, body: types.WebhookUpdate, options: ConditionalOptions): Promise<types.Webhook>;
    /**
     * Delete a webhook that is a draft.
     * Deletes a webhook that was never published. What was is archived instead, and kept.
     *
     * `DELETE /dashboard/v1/webhooks/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * Get the draft of a webhook.
     * The draft that waits to be published; none is not found.
     *
     * `GET /dashboard/v1/webhooks/:id/draft`
     */
    draft(id: string, options?: CallOptions): Promise<types.Webhook>;
    /**
     * Discard the draft of a webhook.
     * Throws away the draft of the next version and answers with the webhook as it is at work. A webhook that was never published is deleted instead.
     *
     * `DELETE /dashboard/v1/webhooks/:id/draft`
     */
    discardDraft(id: string, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * Publish a webhook.
     * Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.
     *
     * `POST /dashboard/v1/webhooks/:id/publish`
     */
    publish(id: string, body: types.Publish, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * Archive a webhook.
     * Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.
     *
     * `POST /dashboard/v1/webhooks/:id/archive`
     */
    archive(id: string, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * Put an archived webhook back.
     * Brings it back into play as it was, as a new version; all that it refers to must be at work.
     *
     * `POST /dashboard/v1/webhooks/:id/unarchive`
     */
    unarchive(id: string, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * Restore a version of a webhook.
     * Publishes an old version again, as a new one. A draft that waits goes on waiting.
     *
     * `POST /dashboard/v1/webhooks/:id/restore`
     */
    restore(id: string, body: types.Restore, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * List the versions of a webhook.
     * Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.
     *
     * `GET /dashboard/v1/webhooks/:id/versions`
     */
    listVersions(id: string, query?: types.DashboardWebhooksListVersionsQuery, options?: CallOptions): List<types.Webhook>;
    /**
     * Get a version of a webhook.
     * One version as it was published; it never changes.
     *
     * `GET /dashboard/v1/webhooks/:id/versions/:version`
     */
    getVersion(id: string, version: string, options?: CallOptions): Promise<types.Webhook>;
    /**
     * Replay happenings.
     * Tells a webhook again, or for the first time, what was recorded in a stretch of time; happenings are kept for 30 days. They keep their ids, so that receivers know repeats.
     *
     * `POST /dashboard/v1/webhooks/replay`
     */
    replay(body: types.WebhookReplay, options?: KeyedOptions): Promise<types.WebhookReplayed>;
    /**
     * Rotate the secret of a webhook.
     * Makes a new secret and shows it this once. For a while deliveries are signed with both, so that receivers can change over without missing one.
     *
     * `POST /dashboard/v1/webhooks/:id/rotate-secret`
     */
    rotateSecret(id: string, body: types.WebhookRotation, options?: CallOptions): Promise<types.WebhookWithSecret>;
    /**
     * Pause a webhook.
     * It is told of nothing until it is resumed; what it misses can be replayed. No version comes of it.
     *
     * `POST /dashboard/v1/webhooks/:id/pause`
     */
    pause(id: string, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * Resume a webhook.
     * Makes it active again, whether it was paused or disabled, and forgives what failed before.
     *
     * `POST /dashboard/v1/webhooks/:id/resume`
     */
    resume(id: string, options?: KeyedOptions): Promise<types.Webhook>;
    /**
     * Send a test delivery.
     * Sends a webhook that is at work a `webhook.test`, whatever its types and even if it is paused; read the delivery to see how it went. In a workspace with a test clock it goes out, like all deliveries, when the clock is advanced: to where it stands is enough.
     *
     * `POST /dashboard/v1/webhooks/:id/test`
     */
    test(id: string, options?: KeyedOptions): Promise<types.WebhookDelivery>;
  };
  readonly me: {
    /**
     * Get who I am.
     * Who the token is for, and where within this tenant they work. Nothing is told of other tenants.
     *
     * `GET /dashboard/v1/me`
     */
    get(options?: CallOptions): Promise<types.DashboardMe>;
    /**
     * List my permissions.
     * All that the caller may do here, and under which conditions: what a console shows, and what it hides.
     *
     * `GET /dashboard/v1/me/permissions`
     */
    permissions(options?: CallOptions): Promise<types.CallerPermissions>;
  };
  readonly members: {
    /**
     * List members.
     * Who works in this workspace.
     *
     * `GET /dashboard/v1/members`
     */
    list(query?: types.DashboardMembersListQuery, options?: CallOptions): List<types.Member>;
    /**
     * Get a member.
     * Somebody who works in this workspace.
     *
     * `GET /dashboard/v1/members/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Member>;
    /**
     * Change a member.
     * Another role, or a suspension, felt within 60 seconds. Nobody gives a role above their own, or touches whoever has one. The last owner who is active stays that.
     *
     * `PATCH /dashboard/v1/members/:id`
     */
    update(id: string, body: types.MemberUpdate, options: ConditionalOptions): Promise<types.Member>;
    /**
     * Remove a member.
     * They are refused within 60 seconds; their seat is free once they work in no other workspace of the tenant. The last owner who is active stays.
     *
     * `DELETE /dashboard/v1/members/:id`
     */
    remove(id: string, options?: CallOptions): Promise<types.Member>;
  };
  readonly invitations: {
    /**
     * List invitations.
     * The invitations into this workspace, the oldest first; without their tokens.
     *
     * `GET /dashboard/v1/invitations`
     */
    list(query?: types.DashboardInvitationsListQuery, options?: CallOptions): List<types.Invitation>;
    /**
     * Invite somebody.
     * Keeps a seat for them until it is accepted, revoked or expired. Nobody gives a role above their own, or one in a workspace where they could not.
     *
     * `POST /dashboard/v1/invitations`
     */
    create(body: types.InvitationCreate, options?: CallOptions): Promise<types.InvitationWithToken>;
    /**
     * Accept an invitation.
     * Asks for no access token: the token of the invitation proves that the mailbox is theirs. It is good for once. Whether it is unknown, used, revoked or expired is not told.
     *
     * `POST /dashboard/v1/invitations/accept`
     */
    accept(body: types.InvitationAccept, options?: CallOptions): Promise<types.Acceptance>;
    /**
     * Get an invitation.
     * An invitation into this workspace, without its token.
     *
     * `GET /dashboard/v1/invitations/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Invitation>;
    /**
     * Send an invitation once more.
     * With a new token, which makes the one before worthless, and a new time; also one that has expired.
     *
     * `POST /dashboard/v1/invitations/:id/resend`
     */
    resend(id: string, body: types.InvitationResend, options?: CallOptions): Promise<types.InvitationWithToken>;
    /**
     * Revoke an invitation.
     * Its token is worthless from then on, and its seat free. Revoking twice is revoking once.
     *
     * `POST /dashboard/v1/invitations/:id/revoke`
     */
    revoke(id: string, options?: KeyedOptions): Promise<types.Invitation>;
  };
  readonly joinCodes: {
    /**
     * List join codes.
     * The codes of this workspace, the oldest first; without the codes themselves.
     *
     * `GET /dashboard/v1/join-codes`
     */
    list(query?: types.DashboardJoinCodesListQuery, options?: CallOptions): List<types.JoinCode>;
    /**
     * Create a join code.
     * Nobody gives a role above their own by it.
     *
     * `POST /dashboard/v1/join-codes`
     */
    create(body: types.JoinCodeCreate, options?: CallOptions): Promise<types.JoinCodeWithCode>;
    /**
     * Redeem a join code.
     * For an operator who has the code of another workspace of the tenant: they work there too from then on. A machine works in one workspace. Guessing is slowed down, and what is wrong with a code is not told.
     *
     * `POST /dashboard/v1/join-codes/redeem`
     */
    redeem(body: types.JoinCodeRedeem, options?: KeyedOptions): Promise<types.Membership>;
    /**
     * Get a join code.
     * A code of this workspace, without the code itself.
     *
     * `GET /dashboard/v1/join-codes/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.JoinCode>;
    /**
     * Revoke a join code.
     * Nobody can redeem it any more; those who did keep what they have. Revoking twice is revoking once.
     *
     * `POST /dashboard/v1/join-codes/:id/revoke`
     */
    revoke(id: string, options?: KeyedOptions): Promise<types.JoinCode>;
  };
  readonly domainRules: {
    /**
     * List domain rules.
     * The domains whose people may join this workspace.
     *
     * `GET /dashboard/v1/domain-rules`
     */
    list(query?: types.DashboardDomainRulesListQuery, options?: CallOptions): List<types.DomainRule>;
    /**
     * Create a domain rule.
     * People with a verified e-mail address of the domain will join by signing in for this tenant, once a TXT record of the DNS has proven that the domain is yours. Domains that give addresses to anybody are refused. Nobody gives a role above their own.
     *
     * `POST /dashboard/v1/domain-rules`
     */
    create(body: types.DomainRuleCreate, options?: KeyedOptions): Promise<types.DomainRule>;
    /**
     * Get a domain rule.
     * A rule, with the record that proves the domain.
     *
     * `GET /dashboard/v1/domain-rules/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.DomainRule>;
    /**
     * Verify a domain.
     * Looks for the record in the DNS. Verifying twice is verifying once.
     *
     * `POST /dashboard/v1/domain-rules/:id/verify`
     */
    verify(id: string, options?: KeyedOptions): Promise<types.DomainRule>;
    /**
     * Remove a domain rule.
     * Nobody joins by it any more; those who did stay members.
     *
     * `DELETE /dashboard/v1/domain-rules/:id`
     */
    remove(id: string, options?: CallOptions): Promise<types.DomainRule>;
  };
  readonly privacy: {
    /**
     * List requests about personal data.
     * What was asked for about users: exports, erasures with their receipts, restrictions; the latest first.
     *
     * `GET /dashboard/v1/privacy/requests`
     */
    requests(query?: types.DashboardPrivacyRequestsQuery, options?: CallOptions): List<types.PrivacyRequest>;
    /**
     * Get one request about personal data.
     * One request, with its receipt once it is completed.
     *
     * `GET /dashboard/v1/privacy/requests/:id`
     */
    request(id: string, options?: CallOptions): Promise<types.PrivacyRequest>;
    /**
     * Export all that is held on a user.
     * Answers with everything that is held under the user, as JSON, for them to have.
     *
     * `POST /dashboard/v1/users/:id/export`
     */
    export(id: string, options?: CallOptions): Promise<types.PersonExport>;
    /**
     * Erase a user.
     * For ever: destroys the key of the user, without which nothing of what was sealed for them can be read anywhere, and removes their records. What sums and ranks are made of stays, without a word of them. Asking again answers the same. Their id never comes back; whoever comes under the same external id is another user.
     *
     * `POST /dashboard/v1/users/:id/erase`
     */
    erase(id: string, options?: CallOptions): Promise<types.PrivacyRequest>;
    /**
     * Restrict the processing of a user's data.
     * Nothing of the user is processed, and nothing is lost: events, acts and tokens of theirs are refused until the restriction is lifted. What happened meanwhile can be told afterwards, with the time at which it occurred.
     *
     * `POST /dashboard/v1/users/:id/restrict`
     */
    restrict(id: string, options?: KeyedOptions): Promise<types.User>;
    /**
     * Lift a restriction.
     * The user plays again, as if nothing had been asked.
     *
     * `POST /dashboard/v1/users/:id/release`
     */
    release(id: string, options?: KeyedOptions): Promise<types.User>;
    /**
     * List a user's consents.
     * Every purpose of the workspace, and whether the user agrees to it.
     *
     * `GET /dashboard/v1/users/:id/consents`
     */
    consents(id: string, query?: types.DashboardPrivacyConsentsQuery, options?: CallOptions): List<types.Consent>;
    /**
     * Record a user's consent.
     * Records what the user has decided elsewhere.
     *
     * `PUT /dashboard/v1/users/:id/consents/:purpose`
     */
    consent(id: string, purpose: string, body: types.ConsentChange, options?: CallOptions): Promise<types.Consent>;
  };
  readonly pseudonyms: {
    /**
     * Export events without people.
     * Events by pseudonyms of their players, without anything personal, for analytics elsewhere; the latest first. Whoever was erased, is restricted or has withdrawn from `analytics` is not among it, so that a page may be short before the end: read on while there is a `nextCursor`.
     *
     * `GET /dashboard/v1/pseudonyms/events`
     */
    events(query?: types.DashboardPseudonymsEventsQuery, options?: CallOptions): List<types.PseudonymousEvent>;
    /**
     * Export users without people.
     * Users by the same pseudonyms, without anything personal; the oldest first. Whoever was erased, is restricted or has withdrawn from `analytics` is not among it, so that a page may be short before the end: read on while there is a `nextCursor`.
     *
     * `GET /dashboard/v1/pseudonyms/users`
     */
    users(query?: types.DashboardPseudonymsUsersQuery, options?: CallOptions): List<types.PseudonymousUser>;
    /**
     * Renew pseudonyms.
     * Destroys the key that pseudonyms are worked out by, and makes another: what was exported before can be brought together neither with people nor with later exports.
     *
     * `POST /dashboard/v1/pseudonyms/renew`
     */
    renew(options?: KeyedOptions): Promise<types.PseudonymsRenewed>;
  };
  readonly roles: {
    /**
     * List roles.
     * The roles that every workspace has, the strongest first, and then those of this one.
     *
     * `GET /dashboard/v1/roles`
     */
    list(query?: types.DashboardRolesListQuery, options?: CallOptions): List<types.Role>;
    /**
     * Create a role.
     * A named set of permissions, with conditions. Nobody can make a role that holds what they lack.
     *
     * `POST /dashboard/v1/roles`
     */
    create(body: types.RoleCreate, options?: KeyedOptions): Promise<types.Role>;
    /**
     * Get a role.
     * One role; its ETag is what a change must name.
     *
     * `GET /dashboard/v1/roles/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.Role>;
    /**
     * Change a role.
     * Replaces all of it, with the ETag that was read as If-Match; whoever has it is held to it from then on. Nobody can change a role to what they lack, nor one that holds what they lack.
     *
     * `PUT /dashboard/v1/roles/:id`
     */
    update(id: string, body: types.RoleUpdate, options: ConditionalOptions): Promise<types.Role>;
    /**
     * Delete a role.
     * Deletes a role that nobody has.
     *
     * `DELETE /dashboard/v1/roles/:id`
     */
    remove(id: string, options?: KeyedOptions): Promise<types.Role>;
  };
  readonly authorize: {
    /**
     * Explain a permission.
     * Whether somebody may do something, by which policy, and what stands against it. Everybody asks for themselves; for others, whoever may read roles and is bound by no condition.
     *
     * `POST /dashboard/v1/authorize/explain`
     */
    explain(body: types.AuthorizeExplain, options?: CallOptions): Promise<types.AuthorizeExplanation>;
  };
  readonly auditRecords: {
    /**
     * List audit records.
     * Every call in the workspace and all that Laurel did in it by itself, the latest first. A record is there once it is sealed, within a minute or two. A bounded part of the chain is looked at for a page, so that it may be short, or empty, before the end: read on while there is a `nextCursor`.
     *
     * `GET /dashboard/v1/audit-records`
     */
    list(query?: types.DashboardAuditRecordsListQuery, options?: CallOptions): List<types.AuditRecord>;
    /**
     * Verify audit records.
     * Works out the chain anew, a bounded part in each call: go on with `next`. Whatever was edited, removed, moved or cut off is found, and the first bad record is named. Give the head that you kept as `knownBlock` and `knownHash` to see that nothing was cut back since.
     *
     * `GET /dashboard/v1/audit-records/verify`
     */
    verify(query?: types.DashboardAuditRecordsVerifyQuery, options?: CallOptions): Promise<types.AuditVerification>;
    /**
     * Export audit records.
     * The blocks of the chain, the first first, with what it takes to verify them without Laurel. A page has about 1 MB at the most, so that it may be shorter than `limit`.
     *
     * `GET /dashboard/v1/audit-records/export`
     */
    export(query?: types.DashboardAuditRecordsExportQuery, options?: CallOptions): List<types.AuditBlock>;
    /**
     * Get an audit record.
     * One record, once it is sealed.
     *
     * `GET /dashboard/v1/audit-records/:id`
     */
    get(id: string, options?: CallOptions): Promise<types.AuditRecord>;
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
     * Opens the tenant; its own base URL answers from then on. With an owner, it has a first workspace, and they are invited into it.
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
     * Clone a workspace.
     * Opens a workspace with the settings and the published definitions of another: never with its users, events, members, secrets or webhooks. For owners of the tenant; whoever runs the platform does not look into tenants' workspaces.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces/:workspace/clone`
     */
    clone(tenant: string, workspace: string, body: types.WorkspaceClone, options?: KeyedOptions): Promise<types.Workspace>;
    /**
     * Suspend a workspace.
     * Its callers are refused within 60 seconds; nothing is lost.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces/:workspace/suspend`
     */
    suspend(tenant: string, workspace: string, options?: KeyedOptions): Promise<types.Workspace>;
    /**
     * Archive a workspace.
     * As suspending it, and it counts for no limit of the plan any more.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces/:workspace/archive`
     */
    archive(tenant: string, workspace: string, options?: KeyedOptions): Promise<types.Workspace>;
    /**
     * Resume a workspace.
     * One that was suspended or archived answers again within 60 seconds.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces/:workspace/resume`
     */
    resume(tenant: string, workspace: string, options?: KeyedOptions): Promise<types.Workspace>;
    /**
     * Invite somebody into a workspace.
     * Such as its first owner; later ones are invited in the workspace itself.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces/:workspace/invitations`
     */
    invite(tenant: string, workspace: string, body: types.WorkspaceInvitationCreate, options?: CallOptions): Promise<types.InvitationWithToken>;
    /**
     * Create a workspace's first API client.
     * A credential to begin with; later ones are made in the workspace itself.
     *
     * `POST /platform/v1/tenants/:tenant/workspaces/:workspace/api-clients`
     */
    createClient(tenant: string, workspace: string, body: types.ApiClientCreate, options?: CallOptions): Promise<types.ApiClientWithSecret>;
  };
  readonly plans: {
    /**
     * List plans.
     * The plans that tenants can be on.
     *
     * `GET /platform/v1/plans`
     */
    list(query?: types.PlatformPlansListQuery, options?: CallOptions): List<types.Plan>;
    /**
     * Get a tenant's plan.
     * What the tenant may have, and how much of it is in use; owners read their own.
     *
     * `GET /platform/v1/tenants/:tenant/plan`
     */
    get(tenant: string, options?: CallOptions): Promise<types.TenantPlan>;
    /**
     * Put a tenant on a plan.
     * It holds from the next call on. A tenant that has more than the plan allows keeps what it has, and gets no more.
     *
     * `PUT /platform/v1/tenants/:tenant/plan`
     */
    set(tenant: string, body: types.TenantPlanChange, options: ConditionalOptions): Promise<types.TenantPlan>;
  };
  readonly issuers: {
    /**
     * List a tenant's issuers.
     * Where the players of a tenant sign in by themselves, by id; owners list their own.
     *
     * `GET /platform/v1/tenants/:tenant/issuers`
     */
    list(tenant: string, query?: types.PlatformIssuersListQuery, options?: CallOptions): List<types.Issuer>;
    /**
     * Add an issuer.
     * Lets the tokens of an OpenID Connect issuer of the tenant's in, as players, on this tenant's API alone. What names the player is the user's `externalId`; an unknown one becomes a user with the first call, where the workspace creates unknown users. Laurel's own issuers cannot be named.
     *
     * `POST /platform/v1/tenants/:tenant/issuers`
     */
    create(tenant: string, body: types.IssuerCreate, options?: KeyedOptions): Promise<types.Issuer>;
    /**
     * Get an issuer.
     * One of a tenant's own issuers.
     *
     * `GET /platform/v1/tenants/:tenant/issuers/:id`
     */
    get(tenant: string, id: string, options?: CallOptions): Promise<types.Issuer>;
    /**
     * Change an issuer.
     * Its tokens are taken as it says now within 60 seconds.
     *
     * `PUT /platform/v1/tenants/:tenant/issuers/:id`
     */
    update(tenant: string, id: string, body: types.IssuerUpdate, options: ConditionalOptions): Promise<types.Issuer>;
    /**
     * Remove an issuer.
     * Its tokens are refused within 60 seconds; the users who came by them stay.
     *
     * `DELETE /platform/v1/tenants/:tenant/issuers/:id`
     */
    remove(tenant: string, id: string, options?: KeyedOptions): Promise<types.Issuer>;
  };
  readonly auditRecords: {
    /**
     * List a tenant's audit records.
     * What belongs to no workspace of the tenant: calls of the platform API, by its own people or to it, and calls of nobody who could be told. Owners read their own. Works as the list of a workspace does.
     *
     * `GET /platform/v1/tenants/:tenant/audit-records`
     */
    list(tenant: string, query?: types.PlatformAuditRecordsListQuery, options?: CallOptions): List<types.AuditRecord>;
    /**
     * Verify a tenant's audit records.
     * Works out the tenant's own chain anew, a bounded part in each call.
     *
     * `GET /platform/v1/tenants/:tenant/audit-records/verify`
     */
    verify(tenant: string, query?: types.PlatformAuditRecordsVerifyQuery, options?: CallOptions): Promise<types.AuditVerification>;
    /**
     * Export a tenant's audit records.
     * The blocks of the tenant's own chain, the first first.
     *
     * `GET /platform/v1/tenants/:tenant/audit-records/export`
     */
    export(tenant: string, query?: types.PlatformAuditRecordsExportQuery, options?: CallOptions): List<types.AuditBlock>;
    /**
     * Get a tenant's audit record.
     * One record of the tenant's own chain, once it is sealed.
     *
     * `GET /platform/v1/tenants/:tenant/audit-records/:id`
     */
    get(tenant: string, id: string, options?: CallOptions): Promise<types.AuditRecord>;
  };
}
