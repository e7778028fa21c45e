import { TokenError } from '../errors.ts';
import { isObject, textMember } from '../object.ts';
import type { Grant } from '../token-endpoint.ts';
import type { AuthStorage } from './storage.ts';

/** Tokens, and the workspace that was entered with them, if one was. */
export type KeptGrant = Grant & { readonly place?: { readonly tenant: string; readonly workspace: string } };

/** The tokens of somebody who is signed in, where they are kept. */
export interface Session {
  read(): Promise<KeptGrant | undefined>;
  write(grant: KeptGrant): Promise<void>;
  clear(): Promise<void>;
}

function isGrant(value: unknown): value is KeptGrant {
  return (
    isObject(value) &&
    textMember(value, 'accessToken') !== undefined &&
    'renewAt' in value &&
    typeof value.renewAt === 'number'
  );
}

/** What was kept; undefined where it is no JSON, such as what another program wrote there. */
export function kept(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function sessionIn(storage: AuthStorage, key: string): Session {
  return {
    async read() {
      const value = kept(await storage.getItem(key));
      return isGrant(value) ? value : undefined;
    },
    write: async (grant) => void (await storage.setItem(key, JSON.stringify(grant))),
    clear: async () => void (await storage.removeItem(key)),
  };
}

/** Nobody is signed in, or not any more. */
export function signedOut(cause?: unknown): TokenError {
  return new TokenError('Nobody is signed in: call signIn().', { oauthError: 'login_required', cause });
}
