import { TokenError } from '../errors.ts';
import { exchange } from '../exchange.ts';
import { isObject, textMember } from '../object.ts';
import type { ConnectionOptions } from '../options.ts';
import type { Grant } from '../token-endpoint.ts';
import { TIMEOUT_MS } from '../transport.ts';
import { kept } from './session.ts';

/** A workspace, by its two names. */
export interface WorkspacePlace {
  readonly tenant: string;
  readonly workspace: string;
}

/** The place that was kept with the tokens, if one was. */
export function placeIn(value: unknown): WorkspacePlace | undefined {
  const place = isObject(value) && 'place' in value ? value.place : undefined;
  if (!isObject(place)) return undefined;
  const [tenant, workspace] = [textMember(place, 'tenant'), textMember(place, 'workspace')];
  return tenant === undefined || workspace === undefined ? undefined : { tenant, workspace };
}

/** Whether a token says that it is for a workspace. */
export function isFor({ accessToken }: Grant, place: WorkspacePlace): boolean {
  const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const claims = kept(/^[A-Za-z0-9+/]+$/.test(payload) ? atob(payload) : null);
  return textMember(claims, 'tenant') === place.tenant && textMember(claims, 'workspace') === place.workspace;
}

/** Whether an issuer is a user pool of Amazon Cognito, whose token endpoint takes no word about workspaces. */
export function isCognito(issuer: string): boolean {
  return /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//.test(issuer);
}

/**
 * Renews tokens of Amazon Cognito for a workspace, by the one call of its API whose metadata reach the pool's trigger.
 * @throws TokenError if there is none, ConnectionError or TimeoutError if there is no answer
 */
export async function renewAtCognito(
  {
    issuer,
    clientId,
    refreshToken,
  }: { readonly issuer: string; readonly clientId: string; readonly refreshToken: string },
  place: WorkspacePlace,
  { timeoutMs = TIMEOUT_MS, fetch }: Pick<ConnectionOptions, 'timeoutMs' | 'fetch'>,
): Promise<Grant> {
  const headers = new Headers({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
  });
  const body = JSON.stringify({ ClientId: clientId, RefreshToken: refreshToken, ClientMetadata: { ...place } });
  const asked = Date.now();
  const url = `${new URL(issuer).origin}/`;
  const { response, json } = await exchange({ url, method: 'POST', headers, body, timeoutMs, fetch });
  const result = isObject(json) && 'AuthenticationResult' in json ? json.AuthenticationResult : undefined;
  const accessToken = textMember(result, 'AccessToken');
  if (response.status !== 200 || accessToken === undefined) {
    // The trigger that refuses is `UserLambdaValidationException`; a refresh token that is over, `NotAuthorizedException`.
    const isOver = /NotAuthorized/.test(textMember(json, '__type') ?? '');
    throw new TokenError(`Amazon Cognito gave no token (${response.status}).`, {
      oauthError: isOver ? 'invalid_grant' : 'access_denied',
    });
  }
  const life =
    isObject(result) && 'ExpiresIn' in result && typeof result.ExpiresIn === 'number' ? result.ExpiresIn : 300;
  const renewAt = asked + (life - Math.min(60, life / 10)) * 1000;
  return { accessToken, renewAt, refreshToken: textMember(result, 'RefreshToken') };
}
