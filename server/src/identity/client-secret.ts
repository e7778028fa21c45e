import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A new secret for an API client: 256 random bits in base64url, and what is stored of it. The hash is one SHA-256: a
 * slow hash protects secrets that can be guessed, and 2^256 cannot; it would only make the token endpoint a place to
 * burn our processors.
 */
export function newClientSecret(): { readonly secret: string; readonly secretHash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretHash: hashClientSecret(secret) };
}

/** SHA-256 of a client's secret, in base64url. */
export function hashClientSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Whether a secret is one of those that are live (two while they are rotated), in the same time for each. */
export function matchesClientSecret(secret: string, secretHashes: readonly string[]): boolean {
  const given = Buffer.from(hashClientSecret(secret));
  return secretHashes.reduce((matched, one) => {
    const stored = Buffer.from(one);
    return (stored.length === given.length && timingSafeEqual(stored, given)) || matched;
  }, false);
}
