import type { KeyObject } from 'node:crypto';

/** A key that signs, wherever it is kept, and those that signed before it. */
export interface CredentialKey {
  /** Signs bytes by the key's one algorithm. The private key never leaves the implementation. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  /** The public key that verifies what is signed now, then those of what was signed before. */
  publicKeys(): Promise<readonly [KeyObject, ...KeyObject[]]>;
}

/** The keys that badges' credentials are signed with: one for each form that Open Badges 3.0 knows. */
export interface CredentialKeys {
  /** RSASSA-PKCS1-v1_5 with SHA-256 over an RSA key: for VC-JWT. */
  readonly jwt: CredentialKey;
  /** Ed25519: for embedded Data Integrity proofs, which sign 64 bytes. */
  readonly proof: CredentialKey;
}
