import { TokenError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { ConnectionOptions } from './options.ts';
import { retrying } from './retry.ts';
import type { TokenSource } from './token.ts';
import { RETRIES, TIMEOUT_MS } from './transport.ts';
import { checkedUrl } from './url.ts';

/** The credential of an API client, for the client credentials grant (RFC 6749, section 4.4). */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where tokens come from: the `token_endpoint` of the tenant's issuer. */
  readonly tokenEndpoint: string;
  /** The scopes to ask for; those of the client where they are missing. */
  readonly scopes?: readonly string[] | undefined;
}

interface Token {
  readonly text: string;
  /** When to get the next one, by the clock of this machine. */
  readonly renewAt: number;
}

/** Where an issuer does not say how long a token lives, it is taken to live this long, in seconds. */
const UNSAID_LIFE = 300;

/** A value as RFC 6749, section 2.3.1, wants it inside HTTP Basic: form-encoded. */
function formEncoded(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}

/** A token is renewed 60 s before its end, or after 90 % of its life if that is shorter than ten minutes. */
function renewalOf(asked: number, life: number): number {
  return asked + (life - Math.min(60, life / 10)) * 1000;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/**
 * Tokens by client credentials: kept, renewed before they end, and asked for once however many calls wait.
 * @throws UsageError if the token endpoint is not a URL
 */
export function credentialTokens(auth: ClientCredentials, connection: ConnectionOptions): TokenSource {
  const { clientId, clientSecret, scopes } = auth;
  const { timeoutMs = TIMEOUT_MS, maxRetries = RETRIES, fetch } = connection;
  const request = {
    url: checkedUrl('tokenEndpoint', auth.tokenEndpoint),
    method: 'POST',
    headers: new Headers({
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`,
    }),
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scopes === undefined ? {} : { scope: scopes.join(' ') }),
    }).toString(),
    timeoutMs,
    fetch,
  };

  async function ask(): Promise<Token> {
    const asked = Date.now();
    const answer = await retrying(() => exchange(request), maxRetries);
    const body = answer.json;
    const text = member(body, 'access_token');
    if (answer.response.status === 200 && typeof text === 'string' && text !== '') {
      const life = member(body, 'expires_in');
      return { text, renewAt: renewalOf(asked, typeof life === 'number' ? life : UNSAID_LIFE) };
    }
    const code = member(body, 'error');
    const said = [code, member(body, 'error_description')].filter((part) => typeof part === 'string').join(': ');
    throw new TokenError(
      `The token endpoint gave no token (${answer.response.status}). ${said}`.replaceAll(clientSecret, '***').trim(),
      typeof code === 'string' ? { oauthError: code } : {},
    );
  }

  let kept: Token | undefined;
  let flight: Promise<Token> | undefined;
  return async (refused) => {
    if (kept !== undefined && kept.text !== refused && Date.now() < kept.renewAt) return kept.text;
    flight ??= ask().finally(() => {
      flight = undefined;
    });
    kept = await flight;
    return kept.text;
  };
}
