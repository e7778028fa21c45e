/** A machine's credential, as the token endpoint needs it. */
export interface IssuerClient {
  readonly id: string;
  readonly tenant: string;
  readonly workspace: string;
  readonly scopes: readonly string[];
  readonly status: 'active' | 'revoked';
  /** SHA-256 in base64url of each live secret: one, or two while they are rotated. */
  readonly secretHashes: readonly string[];
}

/** Somebody who can sign in. */
export interface IssuerAccount {
  /** The `sub`: the same in all tenants. */
  readonly id: string;
  readonly email: string;
  /** Missing where they have none: then no password is right. */
  readonly passwordHash?: string;
  /** Where they are an active member. */
  readonly memberships: readonly Membership[];
}

/** One workspace that somebody may enter. */
export interface Membership {
  readonly tenant: string;
  readonly workspace: string;
}

/** Finds machines by their client id; read at each token, so that a revoked one gets none. */
export type FindClient = (clientId: string) => Promise<IssuerClient | undefined>;

/** Finds people. E-mail addresses are compared in lower case. */
export interface Accounts {
  byEmail(email: string): Promise<IssuerAccount | undefined>;
  byId(id: string): Promise<IssuerAccount | undefined>;
  /**
   * Lets somebody who has signed in into a tenant that they ask for, where it takes people of their e-mail's domain;
   * nothing where it does not.
   */
  welcome?(
    id: string,
    asked: { readonly tenant: string; readonly workspace: string | undefined },
  ): Promise<Membership | undefined>;
}

/** The console, by which people sign in: a public client with PKCE. */
export interface ConsoleClient {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
}
