import type { Scope } from '../store/scope.ts';

/** What every sealed text begins with; then come the pseudonym of its owner and the message. */
export const SEALED = 'sealed:1:';

/** Whose key something is sealed with: a user's, or, where it is about several people or nobody, the workspace's. */
export interface Owner {
  readonly scope: Scope;
  readonly userId: string | null;
}

/** Something that was sealed, and where it stands: in another place it cannot be opened. */
export interface SealedAt {
  readonly scope: Scope;
  readonly place: string;
  readonly sealed: string;
}

/** That a user's key is destroyed: all that is known of them afterwards. */
export interface Destroyed {
  /** The user's pseudonym: a keyed hash of their id, by a secret of the workspace. */
  readonly pseudonym: string;
  /** When it was asked for. */
  readonly at: string;
  /** The request that asked for it. */
  readonly request: string;
}

/** By what a user is known in exports for analytics. */
export interface Alias {
  readonly name: string;
  /** By what something of theirs is known there. */
  of(text: string): string;
}

/** The user's key is destroyed, and no other is made: nothing more can be written about them. */
export class OwnerErased extends Error {
  override readonly name = 'OwnerErased';
}

/**
 * Keeps what is personal: each user has a key of their own, wrapped by the workspace's, which is wrapped by the cell's.
 * Who destroys a user's key destroys whatever was sealed with it, wherever copies of it are.
 */
export interface Vault {
  /** A keyed hash of a user's id, which says nothing to whoever lacks the workspace's secret. */
  pseudonymOf(scope: Scope, userId: string): Promise<string>;
  /** A keyed hash of a text, to find by it what must not be written down. */
  digestOf(scope: Scope, purpose: string, text: string): Promise<string>;
  /**
   * By what users are known in exports for analytics: it takes their key, and one of the workspace that is renewed at
   * will. Without either of them nobody can work it out any more; those whose key is destroyed are absent.
   */
  aliasesOf(scope: Scope, userIds: readonly string[]): Promise<ReadonlyMap<string, Alias>>;
  /** Destroys the workspace's part of all aliases, and makes another. */
  renewAliases(scope: Scope): Promise<void>;
  /** Signs by a secret of the workspace. */
  signatureOf(scope: Scope, purpose: string, text: string): Promise<string>;
  /**
   * Seals a text for one place; a user's key is made when it is needed first.
   * @throws OwnerErased
   */
  seal(owner: Owner, place: string, text: string): Promise<string>;
  /** Opens texts, in their order; nothing where the key is destroyed. */
  open(all: readonly SealedAt[]): Promise<(string | undefined)[]>;
  /** Destroys a user's key for ever; twice is once. Other processes forget it within `KEYS_KNOWN_FOR`. */
  destroy(scope: Scope, destroyed: Destroyed): Promise<void>;
  /** Whether the key of a pseudonym is destroyed. */
  isDestroyed(scope: Scope, pseudonym: string): Promise<boolean>;
  /** Every user of a workspace whose key is destroyed, in the order of the pseudonyms. */
  destroyed(scope: Scope): Promise<Destroyed[]>;
}
