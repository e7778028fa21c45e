import type { PlacedRoute, RateClass } from '@laurel/contract';
import type { Principal } from '../identity/principal.ts';
import type { Counted, PlanLimits } from '../limits/plans.ts';
import type { Bucket, Taken } from '../ports/rate-limit.ts';
import { scopeOf, tenantScope, textKeyOf } from '../store/scope.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';

/** A bucket of a call, and who it is counted for. */
interface CallBucket extends Bucket {
  readonly counted: Counted;
}

const callers = { machine: 'client', operator: 'operator', player: 'player' } as const satisfies Record<
  Principal['kind'],
  Counted
>;

/**
 * What a call is counted in, the tenant first. Every name is from the verified principal: another token, address or
 * header is the same caller, and many callers are one tenant.
 */
function bucketsOf(principal: Principal, rate: RateClass, limits: PlanLimits): CallBucket[] {
  const scope = scopeOf(principal);
  const caller = callers[principal.kind];
  return [
    { counted: 'tenant', key: textKeyOf(tenantScope(principal.tenant), ['LIMIT', rate]), limit: limits.tenant[rate] },
    { counted: 'workspace', key: textKeyOf(scope, ['LIMIT', rate]), limit: limits.workspace[rate] },
    {
      counted: caller,
      key: textKeyOf(scope, ['LIMIT', rate, caller, principal.subject]),
      limit: limits[caller][rate],
    },
  ];
}

/** How many points a call takes: one; on a batch one for each item, as many as if each were sent by itself. */
function pointsOf({ meta }: PlacedRoute, body: unknown): number {
  if (meta?.batch === undefined || typeof body !== 'object' || body === null) return 1;
  const items: unknown = Object.hasOwn(body, meta.batch.items) ? Reflect.get(body, meta.batch.items) : undefined;
  return Array.isArray(items) ? Math.min(Math.max(1, items.length), meta.batch.most) : 1;
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/** Players are told of their own limit alone: how much their tenant has left is not theirs to know. */
function isShown(counted: Counted, principal: Principal): boolean {
  return principal.kind !== 'player' || counted === 'player';
}

/** `RateLimit-Policy` and `RateLimit`, by draft-ietf-httpapi-ratelimit-headers-10. */
function headersOf(principal: Principal, buckets: readonly CallBucket[], taken: Taken): Record<string, string> {
  const shown = (index: number, text: (one: CallBucket) => string) => {
    const one = buckets[index];
    return one !== undefined && isShown(one.counted, principal) ? [text(one)] : [];
  };
  const policies = buckets.flatMap((_, index) =>
    shown(index, ({ counted, limit }) => `"${counted}";q=${limit.quota};w=${limit.window}`),
  );
  const states = taken.allowed
    ? taken.levels.flatMap(({ remaining, fullInMs }, index) =>
        shown(index, ({ counted }) => `"${counted}";r=${remaining};t=${seconds(fullInMs)}`),
      )
    : shown(taken.by, ({ counted }) => `"${counted}";r=0;t=${seconds(taken.retryInMs)}`);
  return {
    'ratelimit-policy': policies.join(', '),
    ...(states.length === 0 ? {} : { ratelimit: states.join(', ') }),
  };
}

/**
 * Counts a call before anything is done for it, and answers with the headers that tell of its limits. One that is for no
 * route counts as a read.
 * @throws ProblemError `rate_limited`, with the same headers and `Retry-After`
 */
export async function countCall(
  platform: Pick<Platform, 'limits'>,
  placed: PlacedRoute | undefined,
  principal: Principal,
  body?: unknown,
): Promise<Record<string, string>> {
  const points = placed === undefined ? 1 : pointsOf(placed, body);
  return countPoints(platform, placed?.meta?.rate ?? 'read', principal, points);
}

/**
 * Counts so many points of a class of calls.
 * @throws ProblemError `rate_limited`
 */
export async function countPoints(
  { limits }: Pick<Platform, 'limits'>,
  rate: RateClass,
  principal: Principal,
  points: number,
): Promise<Record<string, string>> {
  const own = await limits.of(principal.tenant);
  if (own === undefined) return {};
  const buckets = bucketsOf(principal, rate, own);
  const taken = await limits.limiter.take(buckets, points);
  const headers = headersOf(principal, buckets, taken);
  if (taken.allowed) return headers;
  const wait = seconds(taken.retryInMs);
  const counted = buckets[taken.by]?.counted ?? 'tenant';
  const whose = isShown(counted, principal) ? `The limit of this ${counted} for ${rate} calls` : 'A limit';
  throw new ProblemError('rate_limited', `${whose} is reached: try again in ${wait} s.`, {
    headers: { ...headers, 'retry-after': String(wait) },
  });
}
