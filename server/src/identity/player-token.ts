import { randomUUID } from 'node:crypto';
import type { TokenSigner } from '../ports/token-signer.ts';
import { AUDIENCE, PLAYER_TOKEN_LIFETIME } from './claims.ts';

/** A token for a player's client. */
export interface PlayerToken {
  readonly token: string;
  /** When it ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Makes the token by which a player's client calls the app's routes as that user, for 15 minutes. */
export async function mintPlayerToken(
  signer: TokenSigner,
  player: {
    readonly tenant: string;
    readonly workspace: string;
    readonly user: string;
    /** The present moment by the machine's own clock, in milliseconds since 1970; never a test clock. */
    readonly now: number;
  },
): Promise<PlayerToken> {
  const { tenant, workspace, user, now } = player;
  const iat = Math.floor(now / 1000);
  const exp = iat + PLAYER_TOKEN_LIFETIME;
  const claims = { sub: user, aud: AUDIENCE, tenant, workspace, token_use: 'player', jti: randomUUID(), iat, exp };
  return { token: await signer.sign(claims), expiresAt: exp * 1000 };
}
