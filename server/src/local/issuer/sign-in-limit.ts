import { hash } from 'node:crypto';
import type { IssuerStore } from './store.ts';

/** Wrong passwords for one address within the window, after which it must wait. */
export const MAX_FAILURES = 10;
const WINDOW = 15 * 60_000;

/**
 * Slows down whoever guesses passwords, or asks for codes: by the address, whether or not an account has it. Counting is not atomic; a
 * few guesses that arrive at once may count as one, which the slow hash makes few.
 */
export function signInLimit(
  store: IssuerStore,
  now: () => number,
  { kind, most } = { kind: 'SignInFailures', most: MAX_FAILURES },
) {
  const idOf = (email: string): string => hash('sha256', email, 'base64url');
  const countOf = async (email: string): Promise<number> =>
    Number((await store.get(kind, idOf(email)))?.payload.count ?? 0);
  return {
    isReached: async (email: string): Promise<boolean> => (await countOf(email)) >= most,
    fail: async (email: string): Promise<void> => {
      const count = (await countOf(email)) + 1;
      await store.put(kind, idOf(email), { payload: { count }, expiresAt: now() + WINDOW });
    },
    forget: (email: string): Promise<void> => store.remove(kind, idOf(email)),
  };
}
