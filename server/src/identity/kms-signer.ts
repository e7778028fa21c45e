import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { TokenSigner } from '../ports/token-signer.ts';
import { createSigner } from './jws.ts';

/** Which keys of AWS KMS sign, and signed. */
export interface KmsSignerOptions {
  readonly issuer: string;
  readonly kms: KMSClient;
  /** The key that signs: an RSA key with the use SIGN_VERIFY. */
  readonly keyId: string;
  /** Keys that signed before; their tokens stay good until they expire. */
  readonly formerKeyIds?: readonly string[];
}

/** Signs with a key that never leaves AWS KMS; the public keys are fetched once. */
export function kmsSigner({ issuer, kms, keyId, formerKeyIds = [] }: KmsSignerOptions): TokenSigner {
  return createSigner({
    issuer,
    signBytes: async (bytes) => {
      const { Signature } = await kms.send(
        new SignCommand({
          KeyId: keyId,
          Message: hash('sha256', bytes, 'buffer'),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
        }),
      );
      if (Signature === undefined) throw new Error('KMS answered without a signature');
      return Signature;
    },
    publicKeys: async () => [
      await publicKeyOf(kms, keyId),
      ...(await Promise.all(formerKeyIds.map((id) => publicKeyOf(kms, id)))),
    ],
  });
}

async function publicKeyOf(kms: KMSClient, keyId: string): Promise<KeyObject> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('KMS answered without a public key');
  return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
}
