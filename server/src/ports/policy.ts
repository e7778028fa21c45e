import type { RoleConditions, UserAttributes } from '@laurel/contract/types';
import type { Principal, RoleId } from '../identity/principal.ts';

/** A role of a workspace's own, as it is now. */
export interface HeldRole {
  readonly id: RoleId;
  readonly permissions: readonly string[];
  readonly conditions: RoleConditions;
}

/** What a call is about: everybody, nobody (the rules of the game), one team, or one player. */
export type About =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'team'; readonly id: string }
  | {
      readonly kind: 'user';
      readonly id: string;
      /** Those that the workspace declares and that fit; none where they play no part. */
      readonly attributes: Readonly<UserAttributes>;
      /** The team that they are in now. */
      readonly team: string | null;
    };

/** What is asked: may this principal do this action on things of this workspace? */
export interface PolicyRequest {
  readonly principal: Principal;
  /** The route's `metadata.action`. */
  readonly action: string;
  /** The route's `metadata.scope`, which a machine's token must carry. */
  readonly scope: string;
  /** Whose things: from the principal, or from the path on the platform's own routes. */
  readonly resource: { readonly tenant: string; readonly workspace: string };
  /** Whom it is about; on routes of the dashboard everybody, and nobody on others, where it is missing. */
  readonly about?: About;
  /** The player whom a machine acts for. */
  readonly actingFor?: string;
  /** What the principal's role is, where it is one of the workspace's own; without it that role holds nothing. */
  readonly role?: HeldRole;
  /** The moment, RFC 3339; unknown where it is missing, which no condition about time permits. */
  readonly at?: string;
  /** The address that the call comes from, as the gateway saw it; unknown where it is missing. */
  readonly address?: string;
}

/** The answer, with what decided it. */
export interface PolicyDecision {
  readonly allowed: boolean;
  /** The ids of the policies that decided; empty where none applied, which denies. */
  readonly policies: readonly string[];
  /** What went wrong in deciding, for logs; any error denies. */
  readonly errors: readonly string[];
  /** Whether whoever decides could not be asked: the same call may be allowed in a moment. It denies until then. */
  readonly unavailable?: true;
}

/** Decides by the policies of `server/policies` and by those of roles, and denies what they do not permit. It never throws. */
export interface PolicyEngine {
  decide(request: PolicyRequest): Promise<PolicyDecision>;
  /** Decides about many at once, in their order, where that is cheaper than one by one. */
  decideAll?(requests: readonly PolicyRequest[]): Promise<readonly PolicyDecision[]>;
}

/** Decides about many requests, in their order. */
export async function decideEach(
  engine: PolicyEngine,
  requests: readonly PolicyRequest[],
): Promise<readonly PolicyDecision[]> {
  return engine.decideAll?.(requests) ?? Promise.all(requests.map((request) => engine.decide(request)));
}

/** Where the policies of roles are kept, beside the roles themselves: nowhere, or with whoever decides. */
export interface RolePolicies {
  /** Makes a role's policy known, before it is the role's; twice is once. */
  publish(place: PolicyRequest['resource'], role: HeldRole): Promise<void>;
  /** Takes a policy away that is the role's no more. */
  withdraw(place: PolicyRequest['resource'], role: HeldRole): Promise<void>;
}
