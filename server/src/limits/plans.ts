import type { RateClass } from '@laurel/contract';
import type { Limit, RateLimiter } from '../ports/rate-limit.ts';
import type { TenantRecord } from '../store/tenants.ts';

/** What one caller, or all of a workspace or tenant together, may ask for: a limit for each class of routes. */
export type ClassLimits = Readonly<Record<RateClass, Limit>>;

/** Who is counted: all of a tenant first, all of a workspace, then the one who calls, by what they are. */
export type Counted = 'tenant' | 'workspace' | 'client' | 'operator' | 'player';

/** The limits of a plan. */
export type PlanLimits = Readonly<Record<Counted, ClassLimits>>;

/** What calls are counted by. */
export interface CallLimits {
  readonly limiter: RateLimiter;
  /** The limits of a tenant; nothing where it has none. */
  readonly of: (tenant: string) => Promise<PlanLimits | undefined>;
}

/** So many points in so many seconds. */
function per(window: number, quota: number): Limit {
  return { quota, window };
}

/** People and their devices: what a person can do by hand, or a page that opens, several times over. */
const people = {
  operator: {
    read: per(60, 1200),
    write: per(60, 300),
    ingest: per(60, 600),
    bulk: per(60, 30),
    credential: per(60, 30),
  },
  player: { read: per(60, 600), write: per(60, 120), ingest: per(60, 600), bulk: per(60, 20), credential: per(60, 20) },
} as const satisfies Pick<PlanLimits, 'operator' | 'player'>;

/**
 * The limits of a plan of a size. A workspace may take four fifths of what its tenant has, and a machine as much of a
 * workspace, so that one that goes wild leaves something for the others. Ingest is counted in events: a plan's least
 * limit takes the largest batch at once.
 */
function planOf(size: number): PlanLimits {
  const share = (percent: number): ClassLimits => ({
    read: per(10, 10 * size * percent),
    write: per(10, 5 * size * percent),
    ingest: per(10, 25 * size * percent),
    bulk: per(60, Math.floor((size * percent) / 2)),
    credential: per(60, size * percent),
  });
  return { tenant: share(100), workspace: share(80), client: share(64), ...people };
}

/** The plans, by name. */
export const planLimits: Readonly<Record<string, PlanLimits>> = {
  free: planOf(1),
  standard: planOf(4),
  enterprise: planOf(32),
};

/** What a tenant has whose plan is none of the table. */
const DEFAULT_PLAN = planOf(4);

/** The limits of a tenant: those of its plan. */
export function limitsOfTenant(tenant: TenantRecord | undefined): PlanLimits {
  const plan = tenant !== undefined && 'plan' in tenant ? tenant.plan : undefined;
  return typeof plan === 'string' && Object.hasOwn(planLimits, plan)
    ? (planLimits[plan] ?? DEFAULT_PLAN)
    : DEFAULT_PLAN;
}
