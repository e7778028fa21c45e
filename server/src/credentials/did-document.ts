import { createPublicKey, type KeyObject } from 'node:crypto';
import { base58 } from '@scure/base';
import { publicJwkOf } from '../identity/jws.ts';
import type { CredentialKeys } from '../ports/credential-keys.ts';
import type { PublicJwk } from '../ports/token-signer.ts';

/** A key of a DID document, and what it is known by. */
export interface VerificationMethod {
  /** `{did}#{fragment}`. */
  readonly id: string;
  readonly type: 'JsonWebKey' | 'Multikey';
  readonly controller: string;
  readonly publicKeyJwk?: PublicJwk;
  readonly publicKeyMultibase?: string;
}

/** Who an issuer is, and the keys that its credentials are verified with (Controlled Identifiers 1.0). */
export interface DidDocument {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly verificationMethod: readonly VerificationMethod[];
  readonly assertionMethod: readonly string[];
}

/** The code of an Ed25519 public key in a Multikey. */
const ED25519 = Uint8Array.of(0xed, 0x01);

/** An Ed25519 public key as a Multikey: `z6Mk…`. @throws TypeError where the key is none */
function multibaseOf(key: KeyObject): string {
  const { crv, x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('the key is not an Ed25519 key');
  return `z${base58.encode(Buffer.concat([ED25519, Buffer.from(x, 'base64url')]))}`;
}

/** The public keys of an issuer in the two forms that its credentials need. */
export interface PublishedKeys {
  /** The one that signs, then those before it. */
  readonly jwt: readonly PublicJwk[];
  readonly proof: readonly string[];
}

/** Reads the public keys. */
export async function publishedKeys({ jwt, proof }: CredentialKeys): Promise<PublishedKeys> {
  const [jwtKeys, proofKeys] = await Promise.all([jwt.publicKeys(), proof.publicKeys()]);
  return { jwt: await Promise.all(jwtKeys.map(publicJwkOf)), proof: proofKeys.map(multibaseOf) };
}

/** The DID document of an issuer with these keys; the id of a key is its own thumbprint or value. */
export function didDocument(did: string, { jwt, proof }: PublishedKeys): DidDocument {
  const methods: VerificationMethod[] = [
    ...proof.map((publicKeyMultibase) => ({
      id: `${did}#${publicKeyMultibase}`,
      type: 'Multikey' as const,
      controller: did,
      publicKeyMultibase,
    })),
    ...jwt.map((publicKeyJwk) => ({
      id: `${did}#${publicKeyJwk.kid}`,
      type: 'JsonWebKey' as const,
      controller: did,
      publicKeyJwk,
    })),
  ];
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://www.w3.org/ns/cid/v1'],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  };
}
