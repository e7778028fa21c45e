import { hash } from 'node:crypto';
import type { AuthorizationResult, Authorize } from './authorizer.ts';

/** How an API keeps its authorizer's answers. */
export interface AuthorizerCacheOptions {
  /** How long an answer is kept, in seconds, 0 to 60: so long a suspension may take to be felt. */
  readonly ttlSeconds: number;
  /** The present moment, in milliseconds since 1970. */
  readonly now: () => number;
  /** How many answers are kept; the oldest give way. */
  readonly maxEntries: number;
}

/**
 * Keeps an authorizer's answers as API Gateway does for one API: by the header, allowed and forbidden alike, while 401
 * and 503 are asked again each time. An answer is not kept beyond the token's end. The header itself is not kept, but
 * its hash. One cache belongs to one tenant's API, so that no answer serves another tenant.
 * @throws RangeError for a time beyond 60 s
 */
export function cachedAuthorizer(authorize: Authorize, options: AuthorizerCacheOptions): Authorize {
  const { ttlSeconds, now, maxEntries } = options;
  if (!(ttlSeconds >= 0 && ttlSeconds <= 60)) throw new RangeError('ttlSeconds must be from 0 to 60');
  const kept = new Map<string, { readonly result: AuthorizationResult; readonly until: number }>();

  const keep = (key: string, result: AuthorizationResult): void => {
    if (result.kind === 'denied' && result.status !== 403) return;
    const until = now() + ttlSeconds * 1000;
    kept.delete(key);
    kept.set(key, { result, until: result.kind === 'allowed' ? Math.min(until, result.expiresAt) : until });
    for (const oldest of kept.keys()) {
      if (kept.size <= maxEntries) break;
      kept.delete(oldest);
    }
  };

  return async (authorization) => {
    if (authorization === undefined) return authorize(undefined);
    const key = hash('sha256', authorization, 'base64url');
    const known = kept.get(key);
    if (known && known.until > now()) return known.result;
    kept.delete(key);
    const result = await authorize(authorization);
    keep(key, result);
    return result;
  };
}
