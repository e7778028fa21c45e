import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { CellKeyring } from '../ports/cell-keyring.ts';

/**
 * The cell's key in AWS KMS, which never leaves it. What it wraps is small, so KMS encrypts it itself: no data key in
 * between would add anything. The context is what IAM tells tenants apart by, and stands in CloudTrail.
 */
export function kmsCellKeyring(kms: KMSClient, keyId: string): CellKeyring {
  return {
    async wrap(key, context) {
      const { CiphertextBlob } = await kms.send(
        new EncryptCommand({ KeyId: keyId, Plaintext: key, EncryptionContext: { ...context } }),
      );
      if (CiphertextBlob === undefined) throw new Error('KMS has wrapped nothing');
      return CiphertextBlob;
    },
    async unwrap(wrapped, context) {
      // The key is named, so that nothing is unwrapped by any other.
      const { Plaintext } = await kms.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: { ...context } }),
      );
      if (Plaintext === undefined) throw new Error('KMS has unwrapped nothing');
      return Plaintext;
    },
  };
}
