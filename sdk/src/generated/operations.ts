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
    explain: 'GET /app/v1/events/:id/explain',
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
  transfers: {
    create: 'POST>+ /app/v1/transfers',
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
    remove: 'DELETE+ /dashboard/v1/activities/:id',
    draft: 'GET /dashboard/v1/activities/:id/draft',
    discardDraft: 'DELETE+ /dashboard/v1/activities/:id/draft',
    publish: 'POST>+ /dashboard/v1/activities/:id/publish',
    archive: 'POST+ /dashboard/v1/activities/:id/archive',
    unarchive: 'POST+ /dashboard/v1/activities/:id/unarchive',
    restore: 'POST>+ /dashboard/v1/activities/:id/restore',
    listVersions: 'GET* /dashboard/v1/activities/:id/versions',
    getVersion: 'GET /dashboard/v1/activities/:id/versions/:version',
  },
  missions: {
    list: 'GET* /dashboard/v1/missions',
    create: 'POST>+ /dashboard/v1/missions',
    get: 'GET /dashboard/v1/missions/:id',
    update: 'PUT>= /dashboard/v1/missions/:id',
    remove: 'DELETE+ /dashboard/v1/missions/:id',
    draft: 'GET /dashboard/v1/missions/:id/draft',
    discardDraft: 'DELETE+ /dashboard/v1/missions/:id/draft',
    publish: 'POST>+ /dashboard/v1/missions/:id/publish',
    archive: 'POST+ /dashboard/v1/missions/:id/archive',
    unarchive: 'POST+ /dashboard/v1/missions/:id/unarchive',
    restore: 'POST>+ /dashboard/v1/missions/:id/restore',
    listVersions: 'GET* /dashboard/v1/missions/:id/versions',
    getVersion: 'GET /dashboard/v1/missions/:id/versions/:version',
  },
  rewardRules: {
    list: 'GET* /dashboard/v1/reward-rules',
    create: 'POST>+ /dashboard/v1/reward-rules',
    get: 'GET /dashboard/v1/reward-rules/:id',
    update: 'PUT>= /dashboard/v1/reward-rules/:id',
    remove: 'DELETE+ /dashboard/v1/reward-rules/:id',
    draft: 'GET /dashboard/v1/reward-rules/:id/draft',
    discardDraft: 'DELETE+ /dashboard/v1/reward-rules/:id/draft',
    publish: 'POST>+ /dashboard/v1/reward-rules/:id/publish',
    archive: 'POST+ /dashboard/v1/reward-rules/:id/archive',
    unarchive: 'POST+ /dashboard/v1/reward-rules/:id/unarchive',
    restore: 'POST>+ /dashboard/v1/reward-rules/:id/restore',
    listVersions: 'GET* /dashboard/v1/reward-rules/:id/versions',
    getVersion: 'GET /dashboard/v1/reward-rules/:id/versions/:version',
  },
  currencies: {
    list: 'GET* /dashboard/v1/currencies',
    create: 'POST>+ /dashboard/v1/currencies',
    get: 'GET /dashboard/v1/currencies/:id',
    update: 'PUT>= /dashboard/v1/currencies/:id',
    remove: 'DELETE+ /dashboard/v1/currencies/:id',
    draft: 'GET /dashboard/v1/currencies/:id/draft',
    discardDraft: 'DELETE+ /dashboard/v1/currencies/:id/draft',
    publish: 'POST>+ /dashboard/v1/currencies/:id/publish',
    archive: 'POST+ /dashboard/v1/currencies/:id/archive',
    unarchive: 'POST+ /dashboard/v1/currencies/:id/unarchive',
    restore: 'POST>+ /dashboard/v1/currencies/:id/restore',
    listVersions: 'GET* /dashboard/v1/currencies/:id/versions',
    getVersion: 'GET /dashboard/v1/currencies/:id/versions/:version',
  },
  streaks: {
    list: 'GET* /dashboard/v1/streaks',
    create: 'POST>+ /dashboard/v1/streaks',
    get: 'GET /dashboard/v1/streaks/:id',
    update: 'PUT>= /dashboard/v1/streaks/:id',
    remove: 'DELETE+ /dashboard/v1/streaks/:id',
    draft: 'GET /dashboard/v1/streaks/:id/draft',
    discardDraft: 'DELETE+ /dashboard/v1/streaks/:id/draft',
    publish: 'POST>+ /dashboard/v1/streaks/:id/publish',
    archive: 'POST+ /dashboard/v1/streaks/:id/archive',
    unarchive: 'POST+ /dashboard/v1/streaks/:id/unarchive',
    restore: 'POST>+ /dashboard/v1/streaks/:id/restore',
    listVersions: 'GET* /dashboard/v1/streaks/:id/versions',
    getVersion: 'GET /dashboard/v1/streaks/:id/versions/:version',
  },
  leaderboards: {
    list: 'GET* /dashboard/v1/leaderboards',
    create: 'POST>+ /dashboard/v1/leaderboards',
    get: 'GET /dashboard/v1/leaderboards/:id',
    update: 'PUT>= /dashboard/v1/leaderboards/:id',
    remove: 'DELETE+ /dashboard/v1/leaderboards/:id',
    draft: 'GET /dashboard/v1/leaderboards/:id/draft',
    discardDraft: 'DELETE+ /dashboard/v1/leaderboards/:id/draft',
    publish: 'POST>+ /dashboard/v1/leaderboards/:id/publish',
    archive: 'POST+ /dashboard/v1/leaderboards/:id/archive',
    unarchive: 'POST+ /dashboard/v1/leaderboards/:id/unarchive',
    restore: 'POST>+ /dashboard/v1/leaderboards/:id/restore',
    listVersions: 'GET* /dashboard/v1/leaderboards/:id/versions',
    getVersion: 'GET /dashboard/v1/leaderboards/:id/versions/:version',
    entries: 'GET* /dashboard/v1/leaderboards/:id/entries',
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
    explain: 'GET /dashboard/v1/events/:id/explain',
    void: 'POST>+ /dashboard/v1/events/:id/void',
  },
  ledger: {
    create: 'POST>+ /dashboard/v1/ledger/transactions',
    list: 'GET* /dashboard/v1/ledger/transactions',
    get: 'GET /dashboard/v1/ledger/transactions/:id',
    reverse: 'POST>+ /dashboard/v1/ledger/transactions/:id/reverse',
    getHold: 'GET /dashboard/v1/ledger/holds/:id',
    capture: 'POST>+ /dashboard/v1/ledger/holds/:id/capture',
    release: 'POST+ /dashboard/v1/ledger/holds/:id/release',
    statement: 'GET? /dashboard/v1/ledger/statement',
    proof: 'GET* /dashboard/v1/ledger/proof',
  },
  expressions: {
    check: 'POST> /dashboard/v1/expressions/check',
    evaluate: 'POST> /dashboard/v1/expressions/evaluate',
  },
  config: {
    export: 'GET /dashboard/v1/config/export',
    plan: 'POST> /dashboard/v1/config/plan',
    apply: 'POST>+ /dashboard/v1/config/apply',
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
