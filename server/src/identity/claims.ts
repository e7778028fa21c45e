import { isSlug, isSubject, isTokenId } from './principal.ts';
import { TokenRefusal } from './token.ts';

/** How far an issuer's clock may be ahead of ours, in seconds: for `iat` and `nbf`. `exp` has no grace. */
export const CLOCK_LEEWAY = 10;
/** The longest life of an access token that is accepted, in seconds; Laurel's own issuers give 15 minutes. */
export const MAX_TOKEN_LIFETIME = 3600;
/**
 * The longest life of a token of a tenant's own issuer, in seconds: common ones give a day. Whether the user is suspended
 * is asked at each decision, however long the token lives.
 */
export const MAX_OWN_TOKEN_LIFETIME = 86_400;
/** The life of a player's token, in seconds. */
export const PLAYER_TOKEN_LIFETIME = 900;
/** The `aud` of what Laurel's own issuers sign. */
export const AUDIENCE = 'laurel';

type Claims = Readonly<Record<string, unknown>>;

/** A claim that must be a text of a certain form. @throws TokenRefusal */
function textClaim(claims: Claims, name: string, isValid: (value: unknown) => value is string): string {
  const value = claims[name];
  if (!isValid(value)) throw new TokenRefusal(`claim ${name} is missing or malformed`);
  return value;
}

/** The tenant or workspace that a token names. @throws TokenRefusal */
export function slugClaim(claims: Claims, name: 'tenant' | 'workspace'): string {
  return textClaim(claims, name, isSlug);
}

/** The id of a client, an operator or a user. @throws TokenRefusal */
export function subjectClaim(claims: Claims, name: 'sub' | 'client_id'): string {
  return textClaim(claims, name, isSubject);
}

/** The token's own id, where it has one. @throws TokenRefusal */
export function tokenIdOf(claims: Claims): { tokenId?: string } {
  return claims.jti === undefined ? {} : { tokenId: textClaim(claims, 'jti', isTokenId) };
}

/** The scopes that a token carries; parted by single spaces (RFC 6749, 3.3). @throws TokenRefusal */
export function scopesOf(claims: Claims): readonly string[] {
  const { scope } = claims;
  if (scope === undefined) return [];
  if (typeof scope !== 'string') throw new TokenRefusal('claim scope is malformed');
  return scope.split(' ');
}

/** Refuses a token whose claim is another than the one expected, to the letter. @throws TokenRefusal */
export function demand(claims: Claims, name: string, expected: string): void {
  if (claims[name] !== expected) throw new TokenRefusal(`claim ${name} is not the expected one`);
}

/**
 * Checks a token's times: `exp` and `iat` are there and whole seconds, `exp` is ahead without grace, `iat` and `nbf`
 * are not ahead by more than {@link CLOCK_LEEWAY}, and the life is no longer than allowed.
 * @returns `exp` in milliseconds
 * @throws TokenRefusal
 */
export function expiryOf(claims: Claims, now: number, maxLifetime: number): number {
  const { exp, iat, nbf } = claims;
  if (!isSeconds(exp) || !isSeconds(iat)) throw new TokenRefusal('claim exp or iat is missing or malformed');
  if (nbf !== undefined && !isSeconds(nbf)) throw new TokenRefusal('claim nbf is malformed');
  if (exp * 1000 <= now) throw new TokenRefusal('token has expired');
  if (Math.max(iat, nbf ?? 0) * 1000 > now + CLOCK_LEEWAY * 1000) throw new TokenRefusal('token is not valid yet');
  if (exp - iat > maxLifetime) throw new TokenRefusal('token lives too long');
  return exp * 1000;
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 1e11;
}
