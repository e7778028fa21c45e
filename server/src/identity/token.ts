import { hasDuplicateKeys } from './unique-keys.ts';

/** The longest token that is looked at, in characters; a gateway's limit of all headers together is 10 KiB. */
const MAX_TOKEN_LENGTH = 8192;

/** A token taken apart and not yet believed. */
export interface UnverifiedToken {
  readonly jwt: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;
const KID = /^[A-Za-z0-9_+/=-]{1,128}$/;
/** By which tokens may be signed at all; Laurel's own issuers sign by the first alone. */
const ALGORITHMS: readonly unknown[] = ['RS256', 'ES256'];
const TYPES: readonly unknown[] = [undefined, 'JWT', 'at+jwt'];
/** Parameters by which a token would choose its own key, or ask for rules that are not kept here (RFC 7515, 4.1). */
const REFUSED_PARAMETERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'];

/** Why a token is not believed; for logs and the audit, never for the caller. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
}

/**
 * Takes the token of an `Authorization` header apart, strictly: `Bearer`, one space, three parts of canonical
 * base64url (no padding, no stray bits), JSON objects in UTF-8 without a key twice, `alg` RS256 or ES256 and nothing
 * that points at another key. Which of the two an issuer may use, whoever verifies the signature says.
 * @throws TokenRefusal where any of this does not hold.
 */
export function readBearer(authorization: string | undefined): UnverifiedToken {
  if (authorization === undefined) throw new TokenRefusal('no Authorization header');
  if (authorization.length > MAX_TOKEN_LENGTH) throw new TokenRefusal('token too long');
  const jwt = BEARER.exec(authorization)?.[1];
  if (jwt === undefined) throw new TokenRefusal('not one Bearer token');
  const [header, payload, signature] = jwt.split('.');
  bytesOf(signature, 'signature');
  const token = { jwt, header: objectOf(header, 'header'), payload: objectOf(payload, 'payload') };
  assertHeader(token.header);
  return token;
}

function assertHeader(header: Readonly<Record<string, unknown>>): void {
  if (!ALGORITHMS.includes(header.alg)) throw new TokenRefusal('alg is neither RS256 nor ES256');
  if (typeof header.kid !== 'string' || !KID.test(header.kid)) throw new TokenRefusal('kid is not a key id');
  if (!TYPES.includes(header.typ)) throw new TokenRefusal('typ is not that of an access token');
  const refused = REFUSED_PARAMETERS.find((name) => Object.hasOwn(header, name));
  if (refused !== undefined) throw new TokenRefusal(`header has ${refused}`);
}

function bytesOf(part: string | undefined, name: string): Buffer {
  const bytes = Buffer.from(part ?? '', 'base64url');
  if (bytes.toString('base64url') !== part) throw new TokenRefusal(`${name} is not canonical base64url`);
  return bytes;
}

function objectOf(part: string | undefined, name: string): Readonly<Record<string, unknown>> {
  const text = textOf(bytesOf(part, name), name);
  const value = parsed(text, name);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TokenRefusal(`${name} is not an object`);
  }
  if (hasDuplicateKeys(text)) throw new TokenRefusal(`${name} has a key twice`);
  return Object.assign(Object.create(null), value);
}

function textOf(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TokenRefusal(`${name} is not UTF-8`, { cause });
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TokenRefusal(`${name} is not JSON`, { cause });
  }
}
