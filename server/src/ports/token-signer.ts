/** A public key as a JWK (RFC 7517), for verifying RS256. */
export interface PublicJwk {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly alg: 'RS256';
  /** The key's thumbprint (RFC 7638). */
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

/** Signs the tokens that Laurel makes itself. The private key never leaves the implementation. */
export interface TokenSigner {
  /** The `iss` of what it signs. */
  readonly issuer: string;
  /** Signs the claims, with `iss` added, as a JWT by RS256 (RFC 7515, 7519). */
  sign(claims: Readonly<Record<string, string | number>>): Promise<string>;
  /** The keys to verify with: the one that signs, then those that signed before it. */
  jwks(): Promise<{ readonly keys: readonly PublicJwk[] }>;
}
