import { AbortError, TokenError } from './errors.ts';
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
      throw new TokenError('getToken failed.', { cause });
    }
  };
}

/** Waits for a token that others may wait for as well: an abort ends the waiting only. */
export async function awaitToken(token: Promise<string>, signal: AbortSignal | undefined): Promise<string> {
  if (signal === undefined) return token;
  let end = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(new AbortError('The call was aborted while it waited for a token.'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([token, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
