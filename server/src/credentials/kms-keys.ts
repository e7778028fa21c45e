import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand, type SignCommandInput } from '@aws-sdk/client-kms';
import type { CredentialKey, CredentialKeys } from '../ports/credential-keys.ts';

/** The ids of keys of AWS KMS, one at least: the one that signs, then those that signed before it. */
export type KmsKeyIds = readonly string[];

/** What KMS is asked to sign: the bytes themselves (4,096 at most), or a digest of them. */
type Question = (bytes: Uint8Array) => Pick<SignCommandInput, 'Message' | 'MessageType' | 'SigningAlgorithm'>;

async function publicKeyOf(kms: KMSClient, keyId: string): Promise<KeyObject> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('KMS answered without a public key');
  return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
}

function kmsKey(kms: KMSClient, [keyId = '', ...formerKeyIds]: KmsKeyIds, question: Question): CredentialKey {
  return {
    async sign(bytes) {
      const { Signature } = await kms.send(new SignCommand({ KeyId: keyId, ...question(bytes) }));
      if (Signature === undefined) throw new Error('KMS answered without a signature');
      return Signature;
    },
    async publicKeys() {
      const [current, former] = await Promise.all([
        publicKeyOf(kms, keyId),
        Promise.all(formerKeyIds.map((id) => publicKeyOf(kms, id))),
      ]);
      return [current, ...former];
    },
  };
}

/** Signs by Ed25519 with a key that never leaves AWS KMS. */
export function kmsProofKey(kms: KMSClient, ids: KmsKeyIds): CredentialKey {
  return kmsKey(kms, ids, (bytes) => ({ Message: bytes, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }));
}

/** Signs with keys that never leave AWS KMS: of the specs `RSA_2048` and `ECC_NIST_EDWARDS25519`. */
export function kmsCredentialKeys(
  kms: KMSClient,
  ids: { readonly jwt: KmsKeyIds; readonly proof: KmsKeyIds },
): CredentialKeys {
  return {
    // A JWT may be longer than what KMS takes, so it is given the digest.
    jwt: kmsKey(kms, ids.jwt, (bytes) => ({
      Message: hash('sha256', bytes, 'buffer'),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
    })),
    proof: kmsProofKey(kms, ids.proof),
  };
}
