import type { RoleId } from './principal.ts';

/**
 * What the authorizer asks about callers beside their tokens: whether they still are who they were, read at each
 * decision. The store implements it. A failure to read is thrown, and refuses the caller as `unavailable`.
 */
export interface Directory {
  tenant(slug: string): Promise<DirectoryTenant | undefined>;
  workspace(tenant: string, slug: string): Promise<DirectoryWorkspace | undefined>;
  client(clientId: string): Promise<DirectoryClient | undefined>;
  member(tenant: string, workspace: string, subject: string): Promise<DirectoryMember | undefined>;
  user(tenant: string, workspace: string, userId: string): Promise<DirectoryUser | undefined>;
  /** The tenant's own issuer whose tokens have this `iss`. */
  issuer(tenant: string, iss: string): Promise<DirectoryIssuer | undefined>;
}

/** A tenant; `platform` marks the one whose people run the platform. */
export interface DirectoryTenant {
  readonly status: 'active' | 'suspended';
  readonly platform: boolean;
  /** When the tenant was opened by the machine's clock, in seconds since 1970: tokens from before are another tenant's. */
  readonly epoch?: number;
}

/** A workspace of the tenant. */
export interface DirectoryWorkspace {
  readonly status: 'active' | 'suspended' | 'archived';
}

/** A machine's credential: it says which workspace the machine acts in, so that no request has to. */
export interface DirectoryClient {
  readonly tenant: string;
  readonly workspace: string;
  readonly scopes: readonly string[];
  readonly status: 'active' | 'revoked';
}

/** An operator's membership of a workspace. */
export interface DirectoryMember {
  readonly role: RoleId;
  readonly status: 'active' | 'suspended';
}

/** A player. */
export interface DirectoryUser {
  readonly status: 'active' | 'suspended' | 'restricted';
}

/** A tenant's own issuer of players' tokens. */
export interface DirectoryIssuer {
  /** Each audience opens one workspace. */
  readonly audiences: readonly { readonly audience: string; readonly workspace: string }[];
  /** The claim that names the player by their external id. */
  readonly userClaim: string;
  readonly algorithms: readonly string[];
}
