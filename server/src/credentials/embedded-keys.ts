import { generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { CredentialKey, CredentialKeys } from '../ports/credential-keys.ts';

/** The private keys of an issuer that runs by itself: an RSA key and an Ed25519 key. */
export interface EmbeddedKeyPair {
  readonly jwtKey: KeyObject;
  readonly proofKey: KeyObject;
}

/** Makes a fresh Ed25519 key, which is kept in memory only. */
export async function generateProofKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('ed25519', {})).privateKey;
}

/** Signs by Ed25519 with a key that this process holds. */
export function embeddedKey(key: KeyObject): CredentialKey {
  return { sign: async (bytes) => promisify(sign)(null, bytes, key), publicKeys: async () => [key] };
}

/** Signs with keys that this process holds. */
export function embeddedCredentialKeys({ jwtKey, proofKey }: EmbeddedKeyPair): CredentialKeys {
  return {
    jwt: { sign: async (bytes) => promisify(sign)('RSA-SHA256', bytes, jwtKey), publicKeys: async () => [jwtKey] },
    proof: embeddedKey(proofKey),
  };
}
