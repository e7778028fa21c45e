import { createAttempts } from './attempts.ts';
import type { CallLimits } from './plans.ts';

/**
 * Counts a call whose token was refused, and answers in how many seconds to try again, where there were too many.
 */
export type CountRefused = (tenant: string, address: string | undefined) => Promise<number | undefined>;

/**
 * Counts calls whose token was refused by where they come from, at each tenant and over all. They are strangers: nothing
 * that they do is taken from what the tenant may ask, or anybody could keep its own callers out. A token is asked for
 * first and counted after: a signature cannot be guessed, and who has a good one need not wait for a neighbour behind the
 * same address who has none.
 */
export function refusedTokens({ limiter, of }: CallLimits): CountRefused {
  const attempts = createAttempts(limiter);
  return async (tenant, address) => {
    if ((await of(tenant)) === undefined) return undefined;
    const attempt = await attempts.begin('bearer', tenant, address);
    return typeof attempt === 'number' ? attempt : undefined;
  };
}
