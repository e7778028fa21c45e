import { type Contract, contract } from '@laurel/contract';
import { activities, appActivities } from './activities.ts';
import { type ApiHandler, createApi } from './adapter.ts';
import { apiClients } from './api-clients.ts';
import type { Handlers } from './call.ts';
import { currencies } from './currencies.ts';
import { appEvents, events } from './events.ts';
import { expressions } from './expressions.ts';
import { health } from './health.ts';
import { appLeaderboards, leaderboards } from './leaderboards.ts';
import { appLeagues, leagues } from './leagues.ts';
import { ledger } from './ledger.ts';
import { me } from './me.ts';
import { appMissions, missions } from './missions.ts';
import type { Platform } from './platform.ts';
import { progress } from './progress.ts';
import { rewardRules } from './reward-rules.ts';
import { appStreaks, streaks } from './streaks.ts';
import { tenants, workspaces } from './tenants.ts';
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
    streaks: appStreaks,
    leaderboards: appLeaderboards,
    leagues: appLeagues,
  },
  dashboard: {
    workspace,
    activities,
    missions,
    rewardRules,
    currencies,
    streaks,
    leaderboards,
    leagues,
    users,
    events,
    ledger,
    expressions,
    apiClients,
  },
  platform: { health, tenants, workspaces },
};

/** The whole API over a platform: REST (v1) proxy events in, results out. */
export function createLaurelApi(platform: Platform): ApiHandler {
  return createApi(platform, contract, handlers);
}
