import { createHmac, hkdfSync } from 'node:crypto';
import type { Pseudonyms } from '../ports/pseudonyms.ts';
import type { Scope } from '../store/scope.ts';

const VERSION = 'v1';
/** 128 bits: nobody meets another's by chance. */
const BYTES = 16;
/** How many workspaces' keys are kept at hand. */
const MOST_KEYS = 10_000;

/**
 * Pseudonyms by HMAC-SHA256. Each workspace has a key of its own, derived from the root secret by HKDF (RFC 5869), so
 * that what is known of one workspace tells nothing of another.
 */
export function createPseudonyms(root: Uint8Array): Pseudonyms {
  const keys = new Map<string, Uint8Array>();
  const keyOf = ({ tenant, workspace }: Scope): Uint8Array => {
    const place = `${tenant}/${workspace}`;
    const known = keys.get(place);
    if (known !== undefined) return known;
    const key = new Uint8Array(hkdfSync('sha256', root, '', `laurel pseudonyms ${VERSION} ${place}`, 32));
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(place, key);
    return key;
  };
  return {
    of: (scope, kind, value) =>
      `psn_${createHmac('sha256', keyOf(scope))
        .update(`${kind}\n${value}`)
        .digest()
        .subarray(0, BYTES)
        .toString('base64url')}`,
  };
}
