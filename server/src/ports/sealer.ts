import type { Scope } from '../store/scope.ts';

/** Keeps secrets that the platform must be able to read again, such as those that webhooks are signed with. */
export interface Sealer {
  /** Encrypts for one workspace and one purpose; what is sealed can be stored. */
  seal(scope: Scope, purpose: string, secret: string): string;
  /**
   * Reads what was sealed.
   * @throws Error where it was sealed for another workspace or purpose, or was tampered with
   */
  open(scope: Scope, purpose: string, sealed: string): string;
}
