import { type Contract, contract, routesOf } from '@laurel/contract';
import { appActivities } from './activities.ts';
import { type ApiHandler, createApi } from './adapter.ts';
import { analytics } from './analytics.ts';
import { apiClients } from './api-clients.ts';
import { appLeaderboards } from './app-leaderboards.ts';
import { appTeams } from './app-teams.ts';
import { auditRecords, tenantAuditRecords } from './audit-records.ts';
import { authorize, callerPermissions } from './authorize.ts';
import { backtestHandler } from './backtest.ts';
import { appBadges, badgeAwards } from './badges.ts';
import type { Handlers } from './call.ts';
import { catalog, catalogExtras } from './catalog.ts';
import { clock } from './clock.ts';
import { boardTurns, leagueTurns } from './closing-turns.ts';
import { configHandlers } from './config.ts';
import { definitionTypes } from './definition-types.ts';
import { definitionHandlers } from './definitions.ts';
import { appEvents, events } from './events.ts';
import { expressions } from './expressions.ts';
import { externalPlayersAdmitted, externalPlayersKnown } from './external-players.ts';
import { health } from './health.ts';
import { issuers } from './issuers.ts';
import { boardsKept, leaderboardReads } from './leaderboards.ts';
import { appLeagues, leagueReads, leaguesKept } from './leagues.ts';
import { ledger } from './ledger.ts';
import { levels } from './levels.ts';
import { live } from './live.ts';
import { me } from './me.ts';
import { turning } from './mission-turns.ts';
import { appMissions } from './missions.ts';
import { withOpenRoutes } from './open-calls.ts';
import { domainRules } from './people/domain-rules.ts';
import { invitations } from './people/invitations.ts';
import { appJoinCodes, joinCodes } from './people/join-codes.ts';
import { dashboardMe, members } from './people/members.ts';
import { plans } from './people/plans.ts';
import type { Platform } from './platform.ts';
import { appPrivacy, privacy } from './privacy.ts';
import { dashboardProgress, progress } from './progress.ts';
import { pseudonyms } from './pseudonyms.ts';
import type { TenantOf } from './public-documents.ts';
import { appRedemptions, redemptions } from './redemptions.ts';
import { rewards } from './rewards.ts';
import { roles } from './roles.ts';
import { segmentReads } from './segments.ts';
import { appStreaks, playerStreaks } from './streaks.ts';
import { createStreams, type OpenStream } from './streams.ts';
import { teams } from './teams.ts';
import { tenants, workspaces } from './tenants.ts';
import { transfers } from './transfers.ts';
import { users } from './users.ts';
import { wallets } from './wallets.ts';
import { webhookDeliveries } from './webhook-deliveries.ts';
import { webhookHandlers } from './webhooks.ts';
import { workspace } from './workspace.ts';

/** The handler of every route of the contract. */
export const handlers: Handlers<Contract> = {
  app: {
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
  dashboard: {
    workspace,
    activities: definitionHandlers(definitionTypes, 'activities'),
    missions: {
      ...turning(definitionHandlers(definitionTypes, 'missions')),
      backtest: backtestHandler(definitionTypes, 'missions'),
    },
    progress: dashboardProgress,
    rewardRules: {
      ...definitionHandlers(definitionTypes, 'rewardRules'),
      backtest: backtestHandler(definitionTypes, 'rewardRules'),
    },
    currencies: definitionHandlers(definitionTypes, 'currencies'),
    streaks: {
      ...definitionHandlers(definitionTypes, 'streaks'),
      backtest: backtestHandler(definitionTypes, 'streaks'),
    },
    leaderboards: {
      ...boardTurns(boardsKept(definitionHandlers(definitionTypes, 'leaderboards'))),
      ...leaderboardReads,
    },
    leagues: { ...leagueTurns(leaguesKept(definitionHandlers(definitionTypes, 'leagues'))), ...leagueReads },
    badges: definitionHandlers(definitionTypes, 'badges'),
    levelTracks: definitionHandlers(definitionTypes, 'levelTracks'),
    users,
    playerStreaks,
    badgeAwards,
    events,
    ledger,
    catalogItems: { ...definitionHandlers(definitionTypes, 'catalogItems'), ...catalogExtras },
    redemptions,
    expressions,
    config: configHandlers(definitionTypes),
    apiClients,
    clock,
    analytics,
    segments: { ...definitionHandlers(definitionTypes, 'segments'), ...segmentReads },
    teams,
    webhookDeliveries,
    webhooks: webhookHandlers(definitionHandlers(definitionTypes, 'webhooks')),
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
  platform: { health, tenants, workspaces, plans, issuers, auditRecords: tenantAuditRecords },
};

/** The streams of the API over a platform. */
export function createLaurelStreams(platform: Platform): OpenStream {
  return externalPlayersKnown(platform, createStreams(platform, routesOf(contract), handlers));
}

/** The whole API over a platform: REST (v1) proxy events in, results out. */
export function createLaurelApi(platform: Platform): ApiHandler {
  return externalPlayersAdmitted(platform, createApi(platform, contract, handlers));
}

/** The routes of a tenant's API that ask for no access token, before all others. */
export function withLaurelOpenRoutes(platform: Platform, tenantOf: TenantOf, api: ApiHandler): ApiHandler {
  return withOpenRoutes(platform, tenantOf, handlers, api);
}
