import { createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import type { PublicJwk, TokenSigner } from '../ports/token-signer.ts';

/** What a signer is made of: the private operation, wherever it is done, and the public keys. */
interface SignerParts {
  readonly issuer: string;
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the bytes, by the first of the keys. */
  readonly signBytes: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** The key that signs, then those that signed before it. */
  readonly publicKeys: () => Promise<readonly [KeyObject, ...KeyObject[]]>;
}

/** Makes a {@link TokenSigner}: the JWS parts are the same wherever the private key is. */
export function createSigner({ issuer, signBytes, publicKeys }: SignerParts): TokenSigner {
  let known: Promise<readonly PublicJwk[]> | undefined;
  const keys = (): Promise<readonly PublicJwk[]> => {
    known ??= publicKeys()
      .then((all) => Promise.all(all.map(publicJwkOf)))
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
  return {
    issuer,
    jwks: async () => ({ keys: await keys() }),
    sign: async (claims) => {
      const [key] = await keys();
      const header = { alg: 'RS256', typ: 'JWT', kid: key?.kid };
      const input = [header, { ...claims, iss: issuer }].map(base64urlOf).join('.');
      const signature = await signBytes(Buffer.from(input));
      return `${input}.${Buffer.from(signature).toString('base64url')}`;
    },
  };
}

function base64urlOf(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A public RSA key as the JWK that the JWKS shows. @throws TypeError where the key is not RSA */
export async function publicJwkOf(key: KeyObject): Promise<PublicJwk> {
  const { n, e } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new TypeError('the key is not an RSA key');
  return { kty: 'RSA', use: 'sig', alg: 'RS256', kid: await calculateJwkThumbprint({ kty: 'RSA', n, e }), n, e };
}
