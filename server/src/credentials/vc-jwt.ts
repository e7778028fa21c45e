import type { PublicJwk } from '../ports/token-signer.ts';
import type { UnsignedCredential } from './open-badge.ts';

function base64urlOf(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * A credential as a VC-JWT (Open Badges 3.0, section 8.2): the payload is the credential, with the claims that JWTs
 * have for the same things. `typ` is what that section demands.
 */
export async function vcJwt(
  credential: UnsignedCredential,
  key: { readonly id: string; readonly jwk: PublicJwk; readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> },
): Promise<string> {
  const claims = {
    iss: credential.issuer.id,
    jti: credential.id,
    sub: credential.credentialSubject.id,
    nbf: Date.parse(credential.validFrom) / 1000,
  };
  const header = { alg: 'RS256', typ: 'JWT', kid: key.id, jwk: key.jwk };
  const input = `${base64urlOf(header)}.${base64urlOf({ ...credential, ...claims })}`;
  const signature = await key.sign(Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
