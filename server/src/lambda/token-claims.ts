import type { PreTokenGenerationV3TriggerEvent } from 'aws-lambda';
import type { SignedIn } from '../api/people/domain-entry.ts';
import { isSlug, isSubject } from '../identity/principal.ts';
import type { PreTokenConfig } from './environment.ts';

/** An event of Cognito's pre token generation trigger, version 3, whoever the token is for. */
export type TokenEvent = Omit<PreTokenGenerationV3TriggerEvent, 'triggerSource' | 'response'> & {
  readonly triggerSource: string;
  /** Cognito sends null, and reads what the function puts here. */
  readonly response: { readonly claimsAndScopeOverrideDetails: TokenOverrides | null };
};

type TokenOverrides = Partial<PreTokenGenerationV3TriggerEvent['response']['claimsAndScopeOverrideDetails']>;

const MACHINE = 'TokenGeneration_ClientCredentials';
/** Tokens that are renewed: the only ones whose caller can say where to (`GetTokensFromRefreshToken`). */
const RENEWAL = 'TokenGeneration_RefreshTokens';

/** One workspace. */
interface Place {
  readonly tenant: string;
  readonly workspace: string;
}

/** Whether somebody may go to a workspace. */
export type MayGoTo = (place: Place, person: SignedIn) => Promise<boolean>;

/**
 * Makes Cognito's access tokens say what the authorizers read, and what the local issuer says by itself:
 * - a machine's scopes without the resource server's name: `events:write` instead of `laurel/events:write`;
 * - the one workspace that a person works in: where they are at home, by the two attributes that only administrators can
 *   write, or the one that a renewal names in its metadata, where they are a member, or become one by their domain.
 *
 * A machine's tenant is not in its token: the authorizers look it up by the client's id. Metadata of a machine's request
 * say nothing.
 * @throws Error for an event of another version, which could not change access tokens, and for a person without a place
 */
export async function withClaims(event: TokenEvent, config: PreTokenConfig, mayGoTo: MayGoTo): Promise<TokenEvent> {
  if (event.version !== '3') throw new Error('The trigger must be of version V3_0.');
  const accessTokenGeneration =
    event.triggerSource === MACHINE
      ? plainScopes(event.request.scopes ?? [], `${config.LAUREL_RESOURCE_SERVER}/`)
      : { claimsToAddOrOverride: { ...((await switchOf(event, mayGoTo)) ?? homeOf(event.request.userAttributes)) } };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
}

function plainScopes(scopes: readonly string[], prefix: string) {
  const own = scopes.filter((scope) => scope.startsWith(prefix));
  return { scopesToAdd: own.map((scope) => scope.slice(prefix.length)), scopesToSuppress: own };
}

function homeOf(attributes: Readonly<Record<string, string>>): Place {
  const { 'custom:tenant': tenant, 'custom:workspace': workspace } = attributes;
  if (!isSlug(tenant) || !isSlug(workspace)) throw new Error('This account belongs to no workspace.');
  return { tenant, workspace };
}

/** Where a renewal leads; nothing where it names nothing. A workspace of others is refused like one that is not there. */
async function switchOf({ triggerSource, request }: TokenEvent, mayGoTo: MayGoTo): Promise<Place | undefined> {
  const { tenant, workspace } = request.clientMetadata ?? {};
  if (triggerSource !== RENEWAL || (tenant === undefined && workspace === undefined)) return undefined;
  const { sub, email = '', email_verified: verified } = request.userAttributes;
  const isThere =
    isSlug(tenant) &&
    isSlug(workspace) &&
    isSubject(sub) &&
    (await mayGoTo({ tenant, workspace }, { subject: sub, email, emailVerified: verified === 'true' }));
  if (!isThere) throw new Error('You are not a member of such a workspace.');
  return { tenant, workspace };
}
