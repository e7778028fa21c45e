import { type Contract, contract } from '@laurel/contract';
import { appActivities } from './activities.ts';
import { type ApiHandler, createApi } from './adapter.ts';
import { apiClients } from './api-clients.ts';
import type { Handlers } from './call.ts';
import { catalog, catalogExtras } from './catalog.ts';
import { configHandlers } from './config.ts';
import { definitionTypes } from './definition-types.ts';
import { definitionHandlers } from './definitions.ts';
import { appEvents, events } from './events.ts';
import { expressions } from './expressions.ts';
import { health } from './health.ts';
import { appLeaderboards, leaderboardReads } from './leaderboards.ts';
import { ledger } from './ledger.ts';
import { me } from './me.ts';
import { appMissions } from './missions.ts';
import type { Platform } from './platform.ts';
import { progress } from './progress.ts';
import { appRedemptions, redemptions } from './redemptions.ts';
import { appStreaks } from './streaks.ts';
import { tenants, workspaces } from './tenants.ts';
import { transfers } from './transfers.ts';
import { users } from './users.ts';
import { wallets } from './wallets.ts';
import { workspace } from './workspace.ts';

/** The handler of every route of the contract. */
export const handlers: Handlers<Contract> = {
  app: {
    me,
    activities: appActivities,
    events: appEvents,
    missions: appMissions,
    progress,
    wallets,
    transfers,
    catalog,
    redemptions: appRedemptions,
    streaks: appStreaks,
    leaderboards: appLeaderboards,
  },
  dashboard: {
    workspace,
    activities: definitionHandlers(definitionTypes, 'activities'),
    missions: definitionHandlers(definitionTypes, 'missions'),
    rewardRules: definitionHandlers(definitionTypes, 'rewardRules'),
    currencies: definitionHandlers(definitionTypes, 'currencies'),
    streaks: definitionHandlers(definitionTypes, 'streaks'),
    leaderboards: { ...definitionHandlers(definitionTypes, 'leaderboards'), ...leaderboardReads },
    users,
    events,
    ledger,
    catalogItems: { ...definitionHandlers(definitionTypes, 'catalogItems'), ...catalogExtras },
    redemptions,
    expressions,
    config: configHandlers(definitionTypes),
    apiClients,
  },
  platform: { health, tenants, workspaces },
};

/** The whole API over a platform: REST (v1) proxy events in, results out. */
export function createLaurelApi(platform: Platform): ApiHandler {
  return createApi(platform, contract, handlers);
}
