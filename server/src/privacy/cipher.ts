import { base64url, FlattenedEncrypt, flattenedDecrypt } from 'jose';

/** A key for AES-256-GCM. */
export type CipherKey = Awaited<ReturnType<typeof importKey>>;

/** The protected header of every message, which is therefore not kept with each. */
const HEADER = { alg: 'dir', enc: 'A256GCM' };
const PROTECTED = base64url.encode(JSON.stringify(HEADER));

/** Makes a key of 32 bytes. */
export function importKey(bytes: Uint8Array) {
  return crypto.subtle.importKey('raw', Uint8Array.from(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Encrypts as JWE (RFC 7516) by a key that is known, bound to a context, and keeps what is not the same in all. */
export async function encryptText(key: CipherKey, context: string, bytes: Uint8Array): Promise<string> {
  const { iv, ciphertext, tag } = await new FlattenedEncrypt(bytes)
    .setProtectedHeader(HEADER)
    .setAdditionalAuthenticatedData(new TextEncoder().encode(context))
    .encrypt(key);
  return `${iv}.${tag}.${ciphertext}`;
}

/** @throws Error where the key or the context is another, or the text was tampered with */
export async function decryptText(key: CipherKey, context: string, text: string): Promise<Uint8Array> {
  const [iv = '', tag = '', ciphertext = ''] = text.split('.');
  const aad = base64url.encode(context);
  const { plaintext } = await flattenedDecrypt({ protected: PROTECTED, iv, tag, ciphertext, aad }, key);
  return plaintext;
}
