import type { ConnectionOptions } from './options.ts';
import type { TokenSource } from './token.ts';
import { type Grant, requestGrant, type TokenRequest } from './token-endpoint.ts';
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

/** A value as RFC 6749, section 2.3.1, wants it inside HTTP Basic: form-encoded. */
function formEncoded(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}

/**
 * Tokens by client credentials: kept, renewed before they end, and asked for once however many calls wait.
 * @throws UsageError if the token endpoint is not a URL
 */
export function credentialTokens(auth: ClientCredentials, connection: ConnectionOptions): TokenSource {
  const { clientId, clientSecret, scopes } = auth;
  const request: TokenRequest = {
    endpoint: checkedUrl('tokenEndpoint', auth.tokenEndpoint),
    authorization: `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`,
    parameters: {
      grant_type: 'client_credentials',
      ...(scopes === undefined ? {} : { scope: scopes.join(' ') }),
    },
    secrets: [clientSecret],
    repeatable: true,
  };
  let kept: Grant | undefined;
  let flight: Promise<Grant> | undefined;
  return async (refused) => {
    if (kept !== undefined && kept.accessToken !== refused && Date.now() < kept.renewAt) return kept.accessToken;
    flight ??= requestGrant(request, connection).finally(() => {
      flight = undefined;
    });
    kept = await flight;
    return kept.accessToken;
  };
}
