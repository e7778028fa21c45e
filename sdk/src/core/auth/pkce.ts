import { UsageError } from '../errors.ts';

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** 256 random bits: a state, or a verifier (RFC 7636, section 4.1). */
export function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * The challenge of a verifier by S256 (RFC 7636, section 4.2).
 * @throws UsageError on a page that is not secure, where browsers offer no hash
 */
export async function challengeOf(verifier: string): Promise<string> {
  if (!crypto.subtle) throw new UsageError('Signing in takes a secure page: https, or localhost.');
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}
