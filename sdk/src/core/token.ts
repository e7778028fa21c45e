import { LaurelError, TokenError } from './errors.ts';
import type { TokenAuth } from './options.ts';

/** Gives an access token: another than the one that was refused, if there is one. */
export type TokenSource = (refused?: string) => Promise<string>;

/** Tokens that the caller provides. */
export function givenTokens(auth: TokenAuth): TokenSource {
  if ('token' in auth) return async () => auth.token;
  return async (refused) => {
    try {
      return await auth.getToken({ refused: refused !== undefined });
    } catch (cause) {
      throw cause instanceof LaurelError ? cause : new TokenError('getToken failed.', { cause });
    }
  };
}
