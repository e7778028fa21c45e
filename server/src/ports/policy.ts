import type { Principal } from '../identity/principal.ts';

/** What is asked: may this principal do this action on things of this workspace? */
export interface PolicyRequest {
  readonly principal: Principal;
  /** The route's `metadata.action`. */
  readonly action: string;
  /** The route's `metadata.scope`, which a machine's token must carry. */
  readonly scope: string;
  /** Whose things: from the principal, or from the path on the platform's own routes. */
  readonly resource: { readonly tenant: string; readonly workspace: string };
  /** The player whom a machine acts for. */
  readonly actingFor?: string;
}

/** The answer, with what decided it. */
export interface PolicyDecision {
  readonly allowed: boolean;
  /** The ids of the policies that decided; empty where none applied, which denies. */
  readonly policies: readonly string[];
  /** What went wrong in deciding, for logs; any error denies. */
  readonly errors: readonly string[];
}

/** Decides by the policies of `server/policies`, and denies what they do not permit. It never throws. */
export interface PolicyEngine {
  decide(request: PolicyRequest): Promise<PolicyDecision>;
}
