import type { PlanLimits, PlanOverrides } from '@laurel/contract/types';

/** The plan of a tenant that was put on none. */
export const STANDARD = 'standard';

/**
 * The plans, by name, as data: whoever runs the platform sells others by overriding what differs, tenant by tenant, or
 * by a row here.
 */
export const namedPlans: Readonly<Record<string, PlanLimits>> = {
  free: {
    seats: 3,
    workspaces: 2,
    apiClients: 5,
    players: 1_000,
    eventsPerMonth: 50_000,
    rates: {
      read: { perSecond: 20, burst: 100 },
      write: { perSecond: 10, burst: 50 },
      ingest: { perSecond: 20, burst: 1_000 },
      bulk: { perSecond: 1, burst: 10 },
      credential: { perSecond: 1, burst: 20 },
    },
  },
  standard: {
    seats: 100,
    workspaces: 50,
    apiClients: 200,
    players: 1_000_000,
    eventsPerMonth: 50_000_000,
    rates: {
      read: { perSecond: 500, burst: 2_000 },
      write: { perSecond: 200, burst: 1_000 },
      ingest: { perSecond: 500, burst: 5_000 },
      bulk: { perSecond: 20, burst: 100 },
      credential: { perSecond: 20, burst: 200 },
    },
  },
  enterprise: {
    seats: 1_000,
    workspaces: 500,
    apiClients: 1_000,
    players: 100_000_000,
    eventsPerMonth: 10_000_000_000,
    rates: {
      read: { perSecond: 5_000, burst: 20_000 },
      write: { perSecond: 2_000, burst: 10_000 },
      ingest: { perSecond: 5_000, burst: 50_000 },
      bulk: { perSecond: 200, burst: 1_000 },
      credential: { perSecond: 50, burst: 500 },
    },
  },
};

/** The limits of a plan, if there is one of this name. */
export function planNamed(name: string): PlanLimits | undefined {
  return Object.hasOwn(namedPlans, name) ? namedPlans[name] : undefined;
}

/**
 * What holds for a tenant: its plan, and what differs from it. A plan that is gone since leaves its tenants on the
 * standard one.
 */
export function limitsOf(plan: string, overrides: PlanOverrides): PlanLimits {
  const named = planNamed(plan) ?? planNamed(STANDARD);
  if (named === undefined) throw new Error('there is no standard plan');
  return {
    seats: overrides.seats ?? named.seats,
    workspaces: overrides.workspaces ?? named.workspaces,
    apiClients: overrides.apiClients ?? named.apiClients,
    players: overrides.players ?? named.players,
    eventsPerMonth: overrides.eventsPerMonth ?? named.eventsPerMonth,
    rates: {
      read: overrides.rates?.read ?? named.rates.read,
      write: overrides.rates?.write ?? named.rates.write,
      ingest: overrides.rates?.ingest ?? named.rates.ingest,
      bulk: overrides.rates?.bulk ?? named.rates.bulk,
      credential: overrides.rates?.credential ?? named.rates.credential,
    },
  };
}
