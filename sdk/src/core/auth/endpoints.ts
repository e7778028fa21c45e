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
 * A page that people are sent to. A script would be run in this page, and a step down from https would show the code.
 * @throws TokenError
 */
function pageUrl(issuer: string, value: string): string {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value) || isStepDown(issuer, value)) throw notDescribed();
  return new URL(value).href;
}

function isStepDown(issuer: string, endpoint: string): boolean {
  return /^https:/i.test(issuer) && !/^https:/i.test(endpoint);
}

function notDescribed(): TokenError {
  return new TokenError('The issuer does not describe itself: issuer must be just what its tokens say.');
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
    throw notDescribed();
  }
  const endSession = textMember(json, 'end_session_endpoint');
  return {
    authorization: pageUrl(issuer, authorization),
    token: checkedUrl('token_endpoint', pageUrl(issuer, token)),
    endSession: endSession === undefined ? undefined : pageUrl(issuer, endSession),
  };
}
