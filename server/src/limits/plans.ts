import type { RateClass } from '@laurel/contract';
import type { PlanLimits as Plan, PlanRate } from '@laurel/contract/plans/schema';
import type { Limit, RateLimiter } from '../ports/rate-limit.ts';

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

/** A bucket of a share of what a plan holds, which fills as much slower. It is full in whole seconds, and never empty. */
function shareOf({ perSecond, burst }: PlanRate, percent: number): Limit {
  return per(Math.ceil(burst / perSecond), Math.max(1, Math.floor((burst * percent) / 100)));
}

/**
 * The limits of calls by a plan's rates. A workspace may take four fifths of what its tenant has, and a machine as much of a
 * workspace, so that one that goes wild leaves something for the others. Ingest is counted in events.
 */
export function callLimitsOf({ rates }: Pick<Plan, 'rates'>): PlanLimits {
  const share = (percent: number): ClassLimits => ({
    read: shareOf(rates.read, percent),
    write: shareOf(rates.write, percent),
    ingest: shareOf(rates.ingest, percent),
    bulk: shareOf(rates.bulk, percent),
    credential: shareOf(rates.credential, percent),
  });
  return { tenant: share(100), workspace: share(80), client: share(64), ...people };
}
