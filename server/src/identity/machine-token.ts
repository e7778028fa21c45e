import { randomUUID } from 'node:crypto';
import type { TokenSigner } from '../ports/token-signer.ts';
import { AUDIENCE, PLAYER_TOKEN_LIFETIME } from './claims.ts';

/**
 * Makes the token by which an API client calls its tenant's API, for 15 minutes. It is signed by the key that signs the
 * tenant's players' tokens, which no other tenant's authorizer believes; what tells the two apart is `token_use`.
 */
export async function mintMachineToken(
  signer: TokenSigner,
  machine: {
    readonly tenant: string;
    readonly workspace: string;
    readonly client: string;
    readonly scopes: readonly string[];
    /** The present moment by the machine's own clock, in milliseconds since 1970. */
    readonly now: number;
  },
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const { tenant, workspace, client, scopes, now } = machine;
  const iat = Math.floor(now / 1000);
  const exp = iat + PLAYER_TOKEN_LIFETIME;
  const who = { sub: client, client_id: client, aud: AUDIENCE, token_use: 'access', tenant, workspace };
  const token = await signer.sign({ ...who, scope: scopes.join(' '), jti: randomUUID(), iat, exp });
  return { token, expiresAt: exp * 1000 };
}
