// Generated from the contract, do not edit; npm run generate.

// A line for each operation: its method, marks, and path. The marks:
//   *  answers with a page of a list, and takes a query
//   ?  takes a query
//   >  takes a body
//   +  takes an Idempotency-Key
//   #  takes a body whose events bear ids of their own
//   =  demands If-Match

export const app = {
  me: {
    get: 'GET /app/v1/me',
    update: 'PATCH>= /app/v1/me',
  },
  activities: {
    list: 'GET* /app/v1/activities',
  },
  events: {
    track: 'POST># /app/v1/events',
    trackBatch: 'POST># /app/v1/events/batch',
    list: 'GET* /app/v1/events',
    get: 'GET /app/v1/events/:id',
  },
  missions: {
    list: 'GET* /app/v1/missions',
    get: 'GET /app/v1/missions/:id',
  },
  progress: {
    list: 'GET* /app/v1/progress',
    get: 'GET /app/v1/progress/:id',
  },
  wallets: {
    list: 'GET* /app/v1/wallets',
    get: 'GET /app/v1/wallets/:currency',
    entries: 'GET* /app/v1/wallets/:currency/entries',
  },
  streaks: {
    list: 'GET* /app/v1/streaks',
    get: 'GET /app/v1/streaks/:id',
    calendar: 'GET? /app/v1/streaks/:id/calendar',
  },
  leaderboards: {
    list: 'GET* /app/v1/leaderboards',
    get: 'GET /app/v1/leaderboards/:id',
    entries: 'GET* /app/v1/leaderboards/:id/entries',
    rank: 'GET? /app/v1/leaderboards/:id/rank',
  },
  leagues: {
    list: 'GET* /app/v1/leagues',
    cohort: 'GET? /app/v1/leagues/:id/cohort',
  },
} as const;

export const dashboard = {
  workspace: {
    get: 'GET /dashboard/v1/workspace',
  },
  activities: {
    list: 'GET* /dashboard/v1/activities',
    create: 'POST>+ /dashboard/v1/activities',
    get: 'GET /dashboard/v1/activities/:id',
    update: 'PUT>= /dashboard/v1/activities/:id',
    archive: 'POST+ /dashboard/v1/activities/:id/archive',
  },
  missions: {
    list: 'GET* /dashboard/v1/missions',
    create: 'POST>+ /dashboard/v1/missions',
    get: 'GET /dashboard/v1/missions/:id',
    update: 'PUT>= /dashboard/v1/missions/:id',
    archive: 'POST+ /dashboard/v1/missions/:id/archive',
  },
  rewardRules: {
    list: 'GET* /dashboard/v1/reward-rules',
    create: 'POST>+ /dashboard/v1/reward-rules',
    get: 'GET /dashboard/v1/reward-rules/:id',
    update: 'PUT>= /dashboard/v1/reward-rules/:id',
    archive: 'POST+ /dashboard/v1/reward-rules/:id/archive',
  },
  currencies: {
    list: 'GET* /dashboard/v1/currencies',
    create: 'POST>+ /dashboard/v1/currencies',
    get: 'GET /dashboard/v1/currencies/:id',
    update: 'PUT>= /dashboard/v1/currencies/:id',
    archive: 'POST+ /dashboard/v1/currencies/:id/archive',
  },
  streaks: {
    list: 'GET* /dashboard/v1/streaks',
    create: 'POST>+ /dashboard/v1/streaks',
    get: 'GET /dashboard/v1/streaks/:id',
    update: 'PUT>= /dashboard/v1/streaks/:id',
    archive: 'POST+ /dashboard/v1/streaks/:id/archive',
  },
  leaderboards: {
    list: 'GET* /dashboard/v1/leaderboards',
    create: 'POST>+ /dashboard/v1/leaderboards',
    get: 'GET /dashboard/v1/leaderboards/:id',
    update: 'PUT>= /dashboard/v1/leaderboards/:id',
    archive: 'POST+ /dashboard/v1/leaderboards/:id/archive',
    entries: 'GET* /dashboard/v1/leaderboards/:id/entries',
    periods: 'GET* /dashboard/v1/leaderboards/:id/periods',
    close: 'POST>+ /dashboard/v1/leaderboards/:id/close',
    rebuild: 'POST>+ /dashboard/v1/leaderboards/:id/rebuild',
  },
  leagues: {
    list: 'GET* /dashboard/v1/leagues',
    create: 'POST>+ /dashboard/v1/leagues',
    get: 'GET /dashboard/v1/leagues/:id',
    update: 'PUT>= /dashboard/v1/leagues/:id',
    archive: 'POST+ /dashboard/v1/leagues/:id/archive',
    members: 'GET* /dashboard/v1/leagues/:id/members',
    settle: 'POST>+ /dashboard/v1/leagues/:id/settle',
  },
  users: {
    list: 'GET* /dashboard/v1/users',
    create: 'POST>+ /dashboard/v1/users',
    createBatch: 'POST>+ /dashboard/v1/users/batch',
    getByExternalId: 'GET /dashboard/v1/users/by-external-id/:externalId',
    get: 'GET /dashboard/v1/users/:id',
    update: 'PATCH>= /dashboard/v1/users/:id',
    sheet: 'GET /dashboard/v1/users/:id/sheet',
    events: 'GET* /dashboard/v1/users/:id/events',
    progress: 'GET* /dashboard/v1/users/:id/progress',
    wallets: 'GET* /dashboard/v1/users/:id/wallets',
    grant: 'POST>+ /dashboard/v1/users/:id/grants',
    mintToken: 'POST /dashboard/v1/users/:id/tokens',
  },
  events: {
    track: 'POST># /dashboard/v1/events',
    trackBatch: 'POST># /dashboard/v1/events/batch',
    list: 'GET* /dashboard/v1/events',
    get: 'GET /dashboard/v1/events/:id',
  },
  ledger: {
    proof: 'GET* /dashboard/v1/ledger/proof',
  },
  expressions: {
    check: 'POST> /dashboard/v1/expressions/check',
    evaluate: 'POST> /dashboard/v1/expressions/evaluate',
  },
  apiClients: {
    list: 'GET* /dashboard/v1/api-clients',
    create: 'POST> /dashboard/v1/api-clients',
    revoke: 'POST+ /dashboard/v1/api-clients/:id/revoke',
  },
} as const;

export const platform = {
  health: {
    get: 'GET /platform/v1/health',
  },
  tenants: {
    list: 'GET* /platform/v1/tenants',
    create: 'POST>+ /platform/v1/tenants',
    get: 'GET /platform/v1/tenants/:tenant',
    suspend: 'POST+ /platform/v1/tenants/:tenant/suspend',
    resume: 'POST+ /platform/v1/tenants/:tenant/resume',
  },
  workspaces: {
    list: 'GET* /platform/v1/tenants/:tenant/workspaces',
    create: 'POST>+ /platform/v1/tenants/:tenant/workspaces',
    createClient: 'POST> /platform/v1/tenants/:tenant/workspaces/:workspace/api-clients',
  },
} as const;
