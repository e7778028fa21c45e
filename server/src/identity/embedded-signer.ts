import { createPrivateKey, generateKeyPair, type KeyObject, randomUUID, sign } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { TokenSigner } from '../ports/token-signer.ts';
import { createSigner } from './jws.ts';

/** Makes a fresh RSA key of 2048 bits, which is kept in memory only. */
export async function generateSigningKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey;
}

/**
 * The key of a file (PKCS#8, PEM), which is made (RSA unless said) with mode 0600 where it is missing. Of two processes that make
 * it at once, one wins and both use its key.
 */
export async function loadSigningKey(file: string, generate = generateSigningKey): Promise<KeyObject> {
  return (await readKey(file)) ?? (await makeKey(file, generate));
}

async function readKey(file: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readFile(file));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function makeKey(file: string, generate: () => Promise<KeyObject>): Promise<KeyObject> {
  const key = await generate();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Written aside and then linked, since a link is made whole or not at all, and never over another.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
    return key;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return createPrivateKey(await readFile(file));
    throw error;
  } finally {
    await unlink(draft);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Signs with a key that this process holds. */
export function embeddedSigner(issuer: string, key: KeyObject): TokenSigner {
  return createSigner({
    issuer,
    signBytes: async (bytes) => promisify(sign)('RSA-SHA256', bytes, key),
    publicKeys: async () => [key],
  });
}
