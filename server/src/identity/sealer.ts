import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealer } from '../ports/sealer.ts';
import type { Scope } from '../store/scope.ts';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals with AES-256-GCM. Each workspace has a key of its own, derived from the root secret by HKDF (RFC 5869), so that
 * what is copied from one workspace to another cannot be read there.
 */
export function createSealer(root: Uint8Array): Sealer {
  const keyOf = ({ tenant, workspace }: Scope): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', root, '', `laurel sealer ${VERSION} ${tenant}/${workspace}`, 32));
  return {
    seal(scope, purpose, secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(scope), nonce).setAAD(Buffer.from(purpose));
      const sealed = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${VERSION}.${Buffer.concat(sealed).toString('base64url')}`;
    },
    open(scope, purpose, sealed) {
      const [version, text = ''] = sealed.split('.');
      const bytes = Buffer.from(text, 'base64url');
      if (version !== VERSION || bytes.byteLength < NONCE_BYTES + TAG_BYTES)
        throw new Error('this was not sealed here');
      const decipher = createDecipheriv('aes-256-gcm', keyOf(scope), bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString();
    },
  };
}
