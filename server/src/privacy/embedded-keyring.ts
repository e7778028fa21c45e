import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from '@aws-crypto/raw-aes-keyring-node';
import type { CellKeyring } from '../ports/cell-keyring.ts';
import { cellKeyring } from './cell-keyring.ts';

/** The cell's key of a platform that runs by itself: 32 bytes of its folder's keyring. */
export function embeddedCellKeyring(secret: Uint8Array): CellKeyring {
  const keyring = new RawAesKeyringNode({
    keyNamespace: 'laurel',
    keyName: 'cell',
    // The library wants memory that is nobody else's, which a Buffer's may be.
    unencryptedMasterKey: Uint8Array.from(secret),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  return cellKeyring(keyring);
}
