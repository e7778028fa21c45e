import { contract, routesOf } from '@laurel/contract';
import { type AdapterFactory, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { AUDIENCE } from '../../identity/claims.ts';
import { choiceOf, fits, putChoice } from './interactions.ts';
import { noticePage, pageHeaders, signOutPage } from './pages.ts';
import type { Accounts, ConsoleClient, IssuerAccount, Membership } from './people.ts';
import type { IssuerStore } from './store.ts';

/** The life of access tokens, in seconds. */
const ACCESS_TOKEN_LIFETIME = 900;
/** How long somebody stays signed in, in seconds: a working day. */
const SESSION_LIFETIME = 10 * 3600;
/** Laurel's API as a resource (RFC 8707); the only one there is. */
export const RESOURCE = 'urn:laurel:api';

/** Every scope that a route of the contract asks for. */
export const contractScopes: ReadonlySet<string> = new Set(
  routesOf(contract).flatMap(({ meta }) => (meta === undefined ? [] : [meta.scope])),
);

/** Laurel's API as oidc-provider describes a resource: its access tokens are JWTs by RS256 for {@link AUDIENCE}. */
export const resourceServer = {
  scope: [...contractScopes].join(' '),
  audience: AUDIENCE,
  accessTokenTTL: ACCESS_TOKEN_LIFETIME,
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'RS256' } },
} as const;

/** What the configuration is made from. */
interface ConfigurationParts {
  readonly adapter: AdapterFactory;
  readonly accounts: Accounts;
  readonly store: IssuerStore;
  readonly console: ConsoleClient | undefined;
  readonly jwks: { readonly keys: readonly Record<string, unknown>[] };
  readonly cookiesSecret: string;
  /** The path under which the issuer is mounted, such as `/issuer`. */
  readonly mountPath: string;
  readonly isSecure: boolean;
  /** The present moment, in milliseconds since 1970. */
  readonly now: () => number;
}

/** oidc-provider, told all that it would otherwise warn about or decide by itself. */
export function configurationOf(parts: ConfigurationParts): Configuration {
  const { adapter, accounts, store, mountPath } = parts;
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, secure: parts.isSecure } as const;
  return {
    adapter,
    jwks: { keys: [...parts.jwks.keys] },
    cookies: { keys: [parts.cookiesSecret], long: cookie, short: cookie },
    scopes: ['openid', ...contractScopes],
    responseTypes: ['code'],
    subjectTypes: ['public'],
    clientAuthMethods: ['client_secret_basic', 'none'],
    extraClientMetadata: { properties: ['tenant', 'workspace'] },
    extraParams: ['tenant', 'workspace'],
    pkce: { required: () => true },
    // As Cognito does: whoever signs in by a page gets one, and each is good for once.
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    claims: { openid: ['sub'] },
    clientBasedCORS: (_context, origin) => isConsoleOrigin(parts.console, origin),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== RESOURCE) throw new errors.InvalidTarget();
          return { ...resourceServer };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => show(context, 200, signOutPage(form), afterSignOut(context)),
        postLogoutSuccessSource: (context) => show(context, 200, noticePage('Signed out', 'You can close this page.')),
      },
    },
    interactions: { url: (_context, interaction) => `${mountPath}/interaction/${interaction.uid}` },
    findAccount: async (context, sub, token) => {
      const account = await accounts.byId(sub);
      // Before the refresh token is used up: whoever is refused goes on where they are.
      if (account !== undefined && token !== undefined) switchOf(context, account);
      return account && { accountId: account.id, claims: async () => ({ sub: account.id }) };
    },
    loadExistingGrant: (context) => existingGrant(context, store),
    extraTokenClaims: async (context, token) => {
      const place = token.kind === 'ClientCredentials' ? context.oidc.client : await placeOf(context, token, parts);
      return { tenant: place?.tenant, workspace: place?.workspace, token_use: 'access' };
    },
    renderError: (context, out) =>
      show(context, context.status, noticePage('Sign-in failed', out.error_description ?? out.error)),
    ttl: {
      AccessToken: ACCESS_TOKEN_LIFETIME,
      ClientCredentials: ACCESS_TOKEN_LIFETIME,
      AuthorizationCode: 60,
      IdToken: ACCESS_TOKEN_LIFETIME,
      RefreshToken: SESSION_LIFETIME,
      Interaction: 600,
      Session: SESSION_LIFETIME,
      Grant: SESSION_LIFETIME,
    },
  };
}

/**
 * Where somebody goes who renews their token for another workspace: a refresh that names a `tenant` and a `workspace`.
 * Nothing where it names none.
 * @throws AccessDenied where they are no member there, whether or not there is such a workspace
 */
function switchOf({ oidc }: KoaContextWithOIDC, account: IssuerAccount): Membership | undefined {
  const { grant_type: grant, tenant, workspace } = oidc.body ?? {};
  if (grant !== 'refresh_token' || (tenant === undefined && workspace === undefined)) return undefined;
  const [there] = account.memberships.filter((one) => one.tenant === tenant && one.workspace === workspace);
  if (there === undefined) throw new errors.AccessDenied('you are not a member of such a workspace');
  return there;
}

/** The one workspace that a person's new token names: what they chose when they signed in, or switch to now. */
async function placeOf(
  context: KoaContextWithOIDC,
  { grantId, accountId }: { readonly grantId?: string | undefined; readonly accountId?: string | undefined },
  { accounts, store, now }: ConfigurationParts,
): Promise<Membership | undefined> {
  const account = accountId === undefined ? undefined : await accounts.byId(accountId);
  const there = account && switchOf(context, account);
  if (there === undefined || grantId === undefined) return choiceOf(store, grantId);
  await putChoice(store, grantId, there, now() + SESSION_LIFETIME * 1000);
  return there;
}

/** A grant is for one workspace: it serves a request for another only by asking again. */
async function existingGrant(context: KoaContextWithOIDC, store: IssuerStore) {
  const { oidc } = context;
  const chosen = oidc.result?.consent?.grantId;
  const grantId = chosen ?? (oidc.client && oidc.session?.grantIdFor(oidc.client.clientId));
  const choice = await choiceOf(store, grantId);
  if (grantId === undefined || choice === undefined || !fits(choice, oidc.params ?? {})) return undefined;
  return oidc.provider.Grant.find(grantId);
}

function isConsoleOrigin(client: ConsoleClient | undefined, origin: string): boolean {
  return client?.redirectUris.some((uri) => URL.parse(uri)?.origin === origin) === true;
}

/** The origin that signing out leads on to: oidc-provider has made sure that the client may name it. */
function afterSignOut({ oidc }: KoaContextWithOIDC): string[] {
  const uri = oidc.params?.post_logout_redirect_uri;
  const origin = typeof uri === 'string' ? URL.parse(uri)?.origin : undefined;
  return origin === undefined ? [] : [origin];
}

function show(context: KoaContextWithOIDC, status: number, html: string, formTargets: readonly string[] = []): void {
  context.status = status;
  context.set(pageHeaders(formTargets));
  context.body = html;
}
