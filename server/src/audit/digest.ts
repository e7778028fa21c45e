import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import type { AuditDigest, AuditHead, AuditKey } from '@laurel/contract/audit-records/schema';
import type { CredentialKey } from '../ports/credential-keys.ts';
import { canonical, digestOf } from './chain.ts';
import type { ChainPlace } from './record.ts';

const FORMAT = 'laurel.audit.digest/1';

/** A public key as it is told to others; its id is its thumbprint (RFC 7638). */
export function auditKeyOf(key: KeyObject): AuditKey {
  const { x = '' } = (key.type === 'public' ? key : createPublicKey(key)).export({ format: 'jwk' });
  const kid = hash('sha256', canonical({ crv: 'Ed25519', kty: 'OKP', x }), 'base64url');
  return { kty: 'OKP', crv: 'Ed25519', kid, x };
}

/** The keys that a signer's digests are verified with. */
export async function auditKeys(signer: CredentialKey): Promise<AuditKey[]> {
  return (await signer.publicKeys()).map(auditKeyOf);
}

/** What is signed: all of a digest but the signature, with the names of its chain. */
function signedBytes(
  { tenant, workspace }: ChainPlace,
  {
    signature: _,
    ...digest
  }: Omit<AuditDigest, 'signature'> & {
    readonly signature?: string;
  },
): Buffer {
  return Buffer.from(canonical({ format: FORMAT, tenant, workspace, ...digest }));
}

/** Signs how far a chain goes. */
export async function signDigest(
  signer: CredentialKey,
  place: ChainPlace,
  { head, at, previous }: { readonly head: AuditHead; readonly at: string; readonly previous: AuditDigest | undefined },
): Promise<AuditDigest> {
  const [current] = await signer.publicKeys();
  const { block, records, hash: last } = head;
  const before = previous === undefined ? null : digestOf(previous);
  const digest = { block, records, hash: last, at, previous: before, keyId: auditKeyOf(current).kid };
  const signature = await signer.sign(signedBytes(place, digest));
  return { ...digest, signature: Buffer.from(signature).toString('base64url') };
}

/** Whether one of the keys has signed a digest of this chain. */
export function isGenuine(keys: readonly AuditKey[], place: ChainPlace, digest: AuditDigest): boolean {
  const key = keys.find(({ kid }) => kid === digest.keyId);
  if (key === undefined) return false;
  const { kty, crv, x } = key;
  const publicKey = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  return verify(null, signedBytes(place, digest), publicKey, Buffer.from(digest.signature, 'base64url'));
}
