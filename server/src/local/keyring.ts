import { type KeyObject, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedKeyPair, generateProofKey } from '../credentials/embedded-keys.ts';
import { generateSigningKey, loadSigningKey } from '../identity/embedded-signer.ts';
import { type RotatingKeys, rotatingKeys } from '../identity/key-rotation.ts';
import { folderShelf, memoryShelf } from './key-shelves.ts';

/** How long a key signs players' tokens, in milliseconds: 90 days. */
const PLAYERS_KEY_AGE = 90 * 24 * 3600 * 1000;

/** The secrets of a platform that runs by itself. */
export interface Keyring {
  /** Signs the pool's tokens. */
  readonly poolKey: KeyObject;
  /** Sign players' tokens, one after the other. */
  readonly playersKeys: RotatingKeys;
  /** Signs the credentials of badges. */
  readonly credentialKeys: EmbeddedKeyPair;
  /** Signs the sign-in page's cookies. */
  readonly cookiesSecret: string;
  /** Signs cursors. */
  readonly cursorSecret: Uint8Array;
  /** Seals what must be read again, such as the secrets of webhooks. */
  readonly sealingSecret: Uint8Array;
  /** Wraps the keys of workspaces, which wrap those of users. */
  readonly vaultSecret: Uint8Array;
  /** Signs how far the audit's chains go. */
  readonly auditKey: KeyObject;
  /** Makes the pseudonyms of people. */
  readonly pseudonymSecret: Uint8Array;
}

/** Secrets that end with the process. */
export async function memoryKeyring(): Promise<Keyring> {
  const [poolKey, jwtKey, proofKey, auditKey] = await Promise.all([
    generateSigningKey(),
    generateSigningKey(),
    generateProofKey(),
    generateProofKey(),
  ]);
  const credentialKeys = { jwtKey, proofKey };
  return {
    poolKey,
    playersKeys: rotatingKeys(memoryShelf(Date.now), Date.now, PLAYERS_KEY_AGE),
    credentialKeys,
    cookiesSecret: randomBytes(32).toString('hex'),
    cursorSecret: randomBytes(32),
    sealingSecret: randomBytes(32),
    vaultSecret: randomBytes(32),
    auditKey,
    pseudonymSecret: randomBytes(32),
  };
}

/** The secret of a file that only its owner can read, made where it is missing. */
async function loadSecret(file: string): Promise<Buffer> {
  try {
    return Buffer.from(await readFile(file, 'utf8'), 'hex');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const secret = randomBytes(32);
    await writeFile(file, secret.toString('hex'), { mode: 0o600, flag: 'wx' });
    return secret;
  }
}

/** Secrets that are kept in a folder, each in a file with mode 0600. */
export async function folderKeyring(folder: string): Promise<Keyring> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [poolKey, jwtKey, proofKey, cookies, cursorSecret, sealingSecret, vaultSecret, auditKey, pseudonymSecret] =
    await Promise.all([
      loadSigningKey(join(folder, 'pool-key.pem')),
      loadSigningKey(join(folder, 'credentials-key.pem')),
      loadSigningKey(join(folder, 'credentials-proof-key.pem'), generateProofKey),
      loadSecret(join(folder, 'cookies-secret')),
      loadSecret(join(folder, 'cursor-secret')),
      loadSecret(join(folder, 'sealing-secret')),
      loadSecret(join(folder, 'vault-secret')),
      loadSigningKey(join(folder, 'audit-key.pem'), generateProofKey),
      loadSecret(join(folder, 'pseudonym-secret')),
    ]);
  const credentialKeys = { jwtKey, proofKey };
  return {
    poolKey,
    playersKeys: rotatingKeys(folderShelf(folder), Date.now, PLAYERS_KEY_AGE),
    credentialKeys,
    cookiesSecret: cookies.toString('hex'),
    cursorSecret,
    sealingSecret,
    vaultSecret,
    auditKey,
    pseudonymSecret,
  };
}
