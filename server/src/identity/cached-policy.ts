import { hash } from 'node:crypto';
import type { Cache } from '../ports/cache.ts';
import type { PolicyDecision, PolicyEngine, PolicyRequest } from '../ports/policy.ts';
import { scopeOf } from '../store/scope.ts';

/** How long a decision is kept, in milliseconds. All that it follows from stands in its name. */
const FRESH_MS = 15_000;
/** How many decisions one process keeps. */
const MOST = 10_000;

/** All that was asked, but for the token's own id, the moment and the address, on which only roles of one's own depend. */
function nameOf({ principal: { tokenId, ...principal }, at, address, ...request }: PolicyRequest): string {
  return hash('sha256', JSON.stringify([principal, request]), 'base64url');
}

/**
 * Keeps decisions, by all that was asked: another role, scope or place is another question. Not those about roles of a
 * workspace's own, whose conditions may look at the moment, and which may change with the next call. A decision that had
 * errors is none. Decisions stay in this process: to ask another one takes longer than to decide.
 */
export function cachedPolicy(engine: PolicyEngine, cache: Cache): PolicyEngine {
  const decisions = cache.shelf<PolicyDecision>({ name: 'decision', ttlMs: FRESH_MS, most: MOST });
  return {
    ...engine,
    async decide(request) {
      if (request.role !== undefined) return engine.decide(request);
      let failed: PolicyDecision | undefined;
      const kept = await decisions.read(scopeOf(request.principal), [nameOf(request)], async () => {
        const decision = await engine.decide(request);
        if (decision.errors.length === 0 && decision.unavailable !== true) return decision;
        failed = decision;
        return undefined;
      });
      return kept ?? failed ?? engine.decide(request);
    },
  };
}
