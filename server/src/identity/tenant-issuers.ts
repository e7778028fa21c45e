import { JwtVerifier } from 'aws-jwt-verify';
import { CLOCK_LEEWAY, expiryOf, MAX_OWN_TOKEN_LIFETIME } from './claims.ts';
import type { Directory, DirectoryIssuer } from './directory.ts';
import { createKeys, type FetchJwks } from './keys.ts';
import { isSubject, isTokenId } from './principal.ts';
import { TokenRefusal, type UnverifiedToken } from './token.ts';

/** Two numbers of 32 bytes each (RFC 7518, 3.4). */
const ES256_SIGNATURE = /\.[A-Za-z0-9_-]{86}$/;

/** What a token of a tenant's own issuer says, once it is believed. */
export interface Vouched {
  readonly workspace: string;
  /** What the tenant calls the player. */
  readonly externalId: string;
  readonly tokenId?: string;
  /** In seconds since 1970. */
  readonly issuedAt: number;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Believes a token of one of the tenant's own issuers. @throws TokenRefusal, KeysUnavailable, KeyUnknown, JwtBaseError */
export type Vouch = (token: UnverifiedToken) => Promise<Vouched>;

/**
 * Verifies tokens of the issuers that a tenant has registered. Which these are is read at each decision, by the token's
 * `iss` and in this tenant alone: what another tenant registered means nothing here. The keys of an issuer are fetched
 * only once it is known, and kept like those of Laurel's own.
 */
export function tenantIssuers(
  tenant: string,
  deps: { readonly directory: Directory; readonly fetchIssuerKeys: FetchJwks; readonly now: () => number },
): Vouch {
  const keys = createKeys({ fetchJwks: deps.fetchIssuerKeys, now: deps.now });
  const jwksCache: typeof keys = {
    ...keys,
    getJwk: async (uri, jwt) => fitting(await keys.getJwk(uri, jwt), jwt.header.alg),
  };
  return async (token) => {
    const { iss } = token.payload;
    const issuer = typeof iss === 'string' ? await deps.directory.issuer(tenant, iss) : undefined;
    if (typeof iss !== 'string' || issuer === undefined) throw new TokenRefusal('issuer is not one of this cell');
    const { alg } = token.header;
    if (!issuer.algorithms.some((one) => one === alg)) throw new TokenRefusal("alg is not one of the issuer's");
    if (alg === 'ES256' && !ES256_SIGNATURE.test(token.jwt)) throw new TokenRefusal('the signature is of another size');
    const verifier = JwtVerifier.create(
      { issuer: iss, jwksUri: iss, audience: null, graceSeconds: CLOCK_LEEWAY },
      { jwksCache },
    );
    const claims: UnverifiedToken['payload'] = await verifier.verify(token.jwt);
    const expiresAt = expiryOf(claims, deps.now(), MAX_OWN_TOKEN_LIFETIME);
    const externalId = Object.hasOwn(claims, issuer.userClaim) ? claims[issuer.userClaim] : undefined;
    if (!isSubject(externalId)) throw new TokenRefusal(`claim ${issuer.userClaim} names no user`);
    return {
      workspace: workspaceOf(claims, issuer),
      externalId,
      ...(isTokenId(claims.jti) ? { tokenId: claims.jti } : {}),
      issuedAt: Number(claims.iat),
      expiresAt,
    };
  };
}

/** A key of another family or curve would be used by its own rules: the algorithm would be the token's choice. */
function fitting<K extends object>(jwk: K, alg: unknown): K {
  const { kty, crv }: { kty?: unknown; crv?: unknown } = jwk;
  const fits = alg === 'RS256' ? kty === 'RSA' : kty === 'EC' && crv === 'P-256';
  if (!fits) throw new TokenRefusal('the key is of another alg');
  return jwk;
}

/** The workspace that the token's audience opens: one, or the token does not say which. @throws TokenRefusal */
function workspaceOf(claims: UnverifiedToken['payload'], { audiences }: DirectoryIssuer): string {
  const { aud, client_id: clientId } = claims;
  const named: readonly unknown[] = aud === undefined ? [clientId] : Array.isArray(aud) ? aud : [aud];
  const open = new Set(audiences.filter(({ audience }) => named.includes(audience)).map(({ workspace }) => workspace));
  const [workspace, ...others] = open;
  if (workspace === undefined) throw new TokenRefusal('audience opens no workspace');
  if (others.length > 0) throw new TokenRefusal('audiences open more than one workspace');
  return workspace;
}
