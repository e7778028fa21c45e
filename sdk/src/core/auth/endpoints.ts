import { TokenError } from '../errors.ts';
import { exchange } from '../exchange.ts';
import { textMember } from '../object.ts';
import type { ConnectionOptions } from '../options.ts';
import { retrying } from '../retry.ts';
import { RETRIES, TIMEOUT_MS } from '../transport.ts';
import { checkedUrl } from '../url.ts';

/** Where an issuer's pages and services are. */
export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
  readonly endSession: string | undefined;
}

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0, section 4).
 * @throws TokenError if it is no such document, or speaks of another issuer
 */
export async function discover(
  issuer: string,
  {
    timeoutMs = TIMEOUT_MS,
    maxRetries = RETRIES,
    fetch,
  }: Pick<ConnectionOptions, 'timeoutMs' | 'maxRetries' | 'fetch'>,
): Promise<Endpoints> {
  const url = `${checkedUrl('issuer', issuer)}/.well-known/openid-configuration`;
  const headers = new Headers({ accept: 'application/json' });
  const request = { url, method: 'GET', headers, body: undefined, timeoutMs, fetch };
  const { json } = await retrying(() => exchange(request), maxRetries);
  const authorization = textMember(json, 'authorization_endpoint');
  const token = textMember(json, 'token_endpoint');
  if (textMember(json, 'issuer') !== issuer || authorization === undefined || token === undefined) {
    throw new TokenError('The issuer does not describe itself: issuer must be just what its tokens say.');
  }
  return {
    authorization: new URL(authorization).href,
    token: checkedUrl('token_endpoint', token),
    endSession: textMember(json, 'end_session_endpoint'),
  };
}
