import { hash } from 'node:crypto';
import type { Cache } from '../ports/cache.ts';
import type { PolicyDecision, PolicyEngine, PolicyRequest } from '../ports/policy.ts';
import { scopeOf } from '../store/scope.ts';

/** How long a decision is kept, in milliseconds: what it follows from stands in its name, but for what an engine looks up. */
const FRESH_MS = 15_000;
/** How many decisions one process keeps. */
const MOST = 10_000;

/**
 * All that was asked, but for what nothing depends on: the token's own id, and when and from where it was asked, which only
 * the conditions of a workspace's own roles look at.
 */
function nameOf({ principal: { tokenId, ...principal }, at, address, ...request }: PolicyRequest): string {
  return hash('sha256', JSON.stringify([principal, request]), 'base64url');
}

/**
 * Keeps decisions, by all that was asked: another role, scope or place is another question. A decision that had errors, or
 * could not be made now, is none. Decisions stay in this process: to ask another one takes longer than to decide. A workspace's own role is asked about
 * each time, since its conditions may look at the time and at the address.
 */
export function cachedPolicy(engine: PolicyEngine, cache: Cache): PolicyEngine {
  const decisions = cache.shelf<PolicyDecision>({ name: 'decision', ttlMs: FRESH_MS, most: MOST });
  return {
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
    ...(engine.decideAll === undefined ? {} : { decideAll: engine.decideAll }),
  };
}
