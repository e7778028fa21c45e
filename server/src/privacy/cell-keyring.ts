import { buildDecrypt } from '@aws-crypto/decrypt-node';
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import { AlgorithmSuiteIdentifier, CommitmentPolicy, type KeyringNode } from '@aws-crypto/material-management-node';
import type { CellKeyring } from '../ports/cell-keyring.ts';

const { encrypt } = buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const { decrypt } = buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

/** Committing, and without a signature: who may unwrap may wrap, so a signature would prove nothing. */
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

/** The cell's key by the AWS Encryption SDK, over a keyring of it. */
export function cellKeyring(keyring: KeyringNode): CellKeyring {
  return {
    async wrap(key, context) {
      const { result } = await encrypt(keyring, key, { encryptionContext: { ...context }, suiteId });
      return result;
    },
    async unwrap(wrapped, context) {
      const { plaintext, messageHeader } = await decrypt(keyring, wrapped);
      for (const [name, value] of Object.entries(context)) {
        if (messageHeader.encryptionContext[name] !== value) throw new Error('a key was wrapped for something else');
      }
      return plaintext;
    },
  };
}
