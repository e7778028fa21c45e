import { activities as appActivities } from './activities/app.ts';
import { activities } from './activities/dashboard.ts';
import { analytics } from './analytics/dashboard.ts';
import { apiClients } from './api-clients/dashboard.ts';
import { auditRecords } from './audit-records/dashboard.ts';
import { tenantAuditRecords } from './audit-records/platform.ts';
import { authorize, callerPermissions } from './authorize/dashboard.ts';
import { badges as appBadges } from './badges/app.ts';
import { badgeAwards, badges } from './badges/dashboard.ts';
import { catalog } from './catalog/app.ts';
import { catalogItems } from './catalog/dashboard.ts';
import { clock } from './clock/dashboard.ts';
import { config } from './config/dashboard.ts';
import { currencies } from './currencies/dashboard.ts';
import { domainRules } from './domain-rules/dashboard.ts';
import { events as appEvents } from './events/app.ts';
import { events } from './events/dashboard.ts';
import { expressions } from './expressions/dashboard.ts';
import { health } from './health/platform.ts';
import { invitations } from './invitations/dashboard.ts';
import { issuers } from './issuers/platform.ts';
import { joinCodes as appJoinCodes } from './join-codes/app.ts';
import { joinCodes } from './join-codes/dashboard.ts';
import { leaderboards as appLeaderboards } from './leaderboards/app.ts';
import { leaderboards } from './leaderboards/dashboard.ts';
import { leagues as appLeagues } from './leagues/app.ts';
import { leagues } from './leagues/dashboard.ts';
import { ledger } from './ledger/dashboard.ts';
import { levels } from './level-tracks/app.ts';
import { levelTracks } from './level-tracks/dashboard.ts';
import { live } from './live/app.ts';
import { me } from './me/app.ts';
import { dashboardMe, members } from './members/dashboard.ts';
import { missions as appMissions } from './missions/app.ts';
import { missions } from './missions/dashboard.ts';
import { plans } from './plans/platform.ts';
import { privacy as appPrivacy } from './privacy/app.ts';
import { privacy } from './privacy/dashboard.ts';
import { progress } from './progress/app.ts';
import { progress as dashboardProgress } from './progress/dashboard.ts';
import { pseudonyms } from './pseudonyms/dashboard.ts';
import { redemptions as appRedemptions } from './redemptions/app.ts';
import { redemptions } from './redemptions/dashboard.ts';
import { rewardRules } from './reward-rules/dashboard.ts';
import { rewards } from './rewards/app.ts';
import { roles } from './roles/dashboard.ts';
import { c } from './route.ts';
import { segments } from './segments/dashboard.ts';
import { streaks as appStreaks } from './streaks/app.ts';
import { streaks } from './streaks/dashboard.ts';
import { playerStreaks } from './streaks/players.ts';
import { teams as appTeams } from './teams/app.ts';
import { teams } from './teams/dashboard.ts';
import { tenants, workspaces } from './tenants/platform.ts';
import { transfers } from './transfers/app.ts';
import { users } from './users/dashboard.ts';
import { wallets } from './wallets/app.ts';
import { webhookDeliveries, webhooks } from './webhooks/dashboard.ts';
import { workspace } from './workspaces/dashboard.ts';

const app = c.router(
  {
    me,
    activities: appActivities,
    events: appEvents,
    missions: appMissions,
    progress,
    rewards,
    wallets,
    transfers,
    catalog,
    redemptions: appRedemptions,
    streaks: appStreaks,
    leaderboards: appLeaderboards,
    leagues: appLeagues,
    teams: appTeams,
    badges: appBadges,
    levels,
    live,
    joinCodes: appJoinCodes,
    privacy: appPrivacy,
  },
  { pathPrefix: '/app/v1', strictStatusCodes: true },
);

const dashboard = c.router(
  {
    workspace,
    activities,
    missions,
    progress: dashboardProgress,
    rewardRules,
    currencies,
    streaks,
    leaderboards,
    leagues,
    badges,
    levelTracks,
    users,
    playerStreaks,
    badgeAwards,
    events,
    ledger,
    catalogItems,
    redemptions,
    expressions,
    config,
    apiClients,
    segments,
    teams,
    clock,
    analytics,
    webhookDeliveries,
    webhooks,
    me: { ...dashboardMe, ...callerPermissions },
    members,
    invitations,
    joinCodes,
    domainRules,
    privacy,
    pseudonyms,
    roles,
    authorize,
    auditRecords,
  },
  { pathPrefix: '/dashboard/v1', strictStatusCodes: true },
);

const platform = c.router(
  { health, tenants, workspaces, plans, issuers, auditRecords: tenantAuditRecords },
  { pathPrefix: '/platform/v1', strictStatusCodes: true },
);

/** The contract: every route of Laurel, once. Handlers, OpenAPI, SDK, permissions and mocks are derived from it. */
export const contract = c.router({ app, dashboard, platform });

/** The contract's type, for whoever implements or calls all of it. */
export type Contract = typeof contract;

export { FieldError, Problem, type ProblemCode, type ProblemKind, problems } from './errors.ts';
export * from './route.ts';
