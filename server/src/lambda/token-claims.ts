import type { PreTokenGenerationV3TriggerEvent } from 'aws-lambda';
import { isSlug } from '../identity/principal.ts';
import type { PreTokenConfig } from './environment.ts';

/** An event of Cognito's pre token generation trigger, version 3, whoever the token is for. */
export type TokenEvent = Omit<PreTokenGenerationV3TriggerEvent, 'triggerSource' | 'response'> & {
  readonly triggerSource: string;
  /** Cognito sends null, and reads what the function puts here. */
  readonly response: { readonly claimsAndScopeOverrideDetails: TokenOverrides | null };
};

type TokenOverrides = Partial<PreTokenGenerationV3TriggerEvent['response']['claimsAndScopeOverrideDetails']>;

const MACHINE = 'TokenGeneration_ClientCredentials';

/**
 * Makes Cognito's access tokens say what the authorizers read, and what the local issuer says by itself:
 * - a machine's scopes without the resource server's name: `events:write` instead of `laurel/events:write`;
 * - the tenant and workspace that a person works in, from the two attributes that only administrators can write.
 *
 * A machine's tenant is not in its token: the authorizers look it up by the client's id.
 * @throws Error for an event of another version, which could not change access tokens, and for a person without a place
 */
export function withClaims(event: TokenEvent, config: PreTokenConfig): TokenEvent {
  if (event.version !== '3') throw new Error('The trigger must be of version V3_0.');
  const accessTokenGeneration =
    event.triggerSource === MACHINE
      ? plainScopes(event.request.scopes ?? [], `${config.LAUREL_RESOURCE_SERVER}/`)
      : { claimsToAddOrOverride: placeOf(event.request.userAttributes) };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
}

function plainScopes(scopes: readonly string[], prefix: string) {
  const own = scopes.filter((scope) => scope.startsWith(prefix));
  return { scopesToAdd: own.map((scope) => scope.slice(prefix.length)), scopesToSuppress: own };
}

function placeOf(attributes: Readonly<Record<string, string>>): { tenant: string; workspace: string } {
  const { 'custom:tenant': tenant, 'custom:workspace': workspace } = attributes;
  if (!isSlug(tenant) || !isSlug(workspace)) throw new Error('This account belongs to no workspace.');
  return { tenant, workspace };
}
