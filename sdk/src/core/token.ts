import { LaurelError, TokenError } from './errors.ts';
import type { TokenAuth } from './options.ts';

/** Gives an access token: another than the one that was refused, if there is one. */
export type TokenSource = (refused?: string) => Promise<string>;

/** Tokens that the caller provides. */
export function givenTokens(auth: TokenAuth): TokenSource {
  return async (refused) => {
    let cause: unknown;
    try {
      const token = 'token' in auth ? auth.token : await auth.getToken({ refused: refused !== undefined });
      if (token) return token;
    } catch (error) {
      if (error instanceof LaurelError) throw error;
      cause = error;
    }
    // Also where it was forgotten, such as a variable of the environment: the word "undefined" is no token.
    throw new TokenError('auth gave no token.', { cause });
  };
}
