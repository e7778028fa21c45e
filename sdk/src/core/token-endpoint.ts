import { TokenError } from './errors.ts';
import { exchange } from './exchange.ts';
import { textMember } from './object.ts';
import type { ConnectionOptions } from './options.ts';
import { retrying } from './retry.ts';
import { RETRIES, TIMEOUT_MS } from './transport.ts';

/** What a token endpoint gives (RFC 6749, section 5.1). */
export interface Grant {
  readonly accessToken: string;
  /** When to get the next one, by the clock of this machine: 60 s before its end, or after 90 % of a short life. */
  readonly renewAt: number;
  readonly refreshToken: string | undefined;
}

/** A request to a token endpoint. */
export interface TokenRequest {
  readonly endpoint: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** For HTTP Basic. */
  readonly authorization?: string;
  /** What no message may show, whatever the endpoint says. */
  readonly secrets: readonly string[];
  /** Whether asking twice is asking once: a code and a refresh token can be used up by a request without an answer. */
  readonly repeatable: boolean;
}

type Connection = Pick<ConnectionOptions, 'fetch' | 'timeoutMs' | 'maxRetries'>;

/** Where an issuer does not say how long a token lives, it is taken to live this long, in seconds. */
const UNSAID_LIFE = 300;

function renewalOf(asked: number, json: unknown): number {
  const said = typeof json === 'object' && json !== null && 'expires_in' in json ? json.expires_in : undefined;
  const life = typeof said === 'number' ? said : UNSAID_LIFE;
  return asked + (life - Math.min(60, life / 10)) * 1000;
}

/**
 * Asks for a token.
 * @throws TokenError if there is none, ConnectionError or TimeoutError if there is no answer
 */
export async function requestGrant(request: TokenRequest, connection: Connection): Promise<Grant> {
  const { endpoint, parameters, authorization, secrets, repeatable } = request;
  const { timeoutMs = TIMEOUT_MS, maxRetries = RETRIES, fetch } = connection;
  const headers = new Headers({ accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' });
  if (authorization !== undefined) headers.set('authorization', authorization);
  const body = new URLSearchParams(parameters).toString();
  const sent = { url: endpoint, method: 'POST', headers, body, timeoutMs, fetch };
  const asked = Date.now();
  const { response, json } = await retrying(() => exchange(sent), repeatable ? maxRetries : 0);
  const accessToken = textMember(json, 'access_token');
  if (response.status === 200 && accessToken) {
    return { accessToken, renewAt: renewalOf(asked, json), refreshToken: textMember(json, 'refresh_token') };
  }
  const oauthError = textMember(json, 'error');
  const said = [oauthError, textMember(json, 'error_description')].filter(Boolean).join(': ');
  const message = `The token endpoint gave no token (${response.status}). ${said}`.trim();
  throw new TokenError(
    secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message),
    { oauthError },
  );
}
