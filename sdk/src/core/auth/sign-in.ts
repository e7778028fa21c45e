import { TokenError, UsageError } from '../errors.ts';
import { alone } from '../locks.ts';
import { textMember } from '../object.ts';
import type { ConnectionOptions } from '../options.ts';
import { type Grant, requestGrant } from '../token-endpoint.ts';
import { discover, type Endpoints } from './endpoints.ts';
import { challengeOf, randomText } from './pkce.ts';
import { isCognito, isFor, placeIn, renewAtCognito, type WorkspacePlace } from './place.ts';
import { kept as keptIn, sessionIn, signedOut } from './session.ts';
import { type AuthStorage, memoryStorage, pendingStorage } from './storage.ts';

/** How people sign in. */
export interface SignInOptions extends Pick<ConnectionOptions, 'fetch' | 'timeoutMs' | 'maxRetries'> {
  /** The issuer, just as its tokens name it. */
  readonly issuer: string;
  /** A public client of the issuer: one without a secret. */
  readonly clientId: string;
  /** Where the issuer sends people back to: a page of yours that calls `callback()`, registered at the issuer. */
  readonly redirectUri: string;
  /** `openid` where they are missing. Some issuers give a refresh token only for `offline_access`, others refuse that. */
  readonly scopes?: readonly string[] | undefined;
  /** More parameters of the request, such as the `workspace` to enter. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Where the tokens are kept: in memory where it is missing, so that a reload asks the issuer again. */
  readonly storage?: AuthStorage | undefined;
  /** Where the way to the issuer and back is remembered: `sessionStorage` where it is missing. */
  readonly pending?: AuthStorage | undefined;
  /** How to go to a URL: `location.assign` where it is missing. */
  readonly navigate?: ((url: string) => unknown) | undefined;
}

/** People who sign in; give it to a client as `auth`. */
export interface SignIn {
  /**
   * Goes to the issuer's page.
   * @param returnTo what `callback()` gives back, such as the path of the page that the person was on
   */
  signIn(options?: SignInRequest): Promise<void>;
  /** Where `signIn()` goes to, for a link or a popup. */
  signInUrl(options?: SignInRequest): Promise<string>;
  /**
   * Ends a sign-in on the page that the issuer came back to. Undefined where the URL is not that of a callback.
   * @param url the page's own where it is missing; its code is then taken out of the address
   * @throws TokenError if the issuer refused, or if this browser did not begin it
   */
  callback(url?: string): Promise<{ readonly returnTo: string | undefined } | undefined>;
  /** Whether there are tokens; they may turn out to be over. */
  isSignedIn(): Promise<boolean>;
  /**
   * A live access token, renewed where need be, once for all who wait.
   * @throws TokenError with `login_required` if nobody is signed in, or not any more
   */
  getToken(why?: { readonly refused: boolean }): Promise<string>;
  /**
   * Goes on in another workspace of the same person's, by new tokens and without a page: the issuer renews them for that
   * one, and so on until the next. A token is for one workspace, so what is open of the one before is no longer theirs.
   * @throws TokenError with `access_denied` if they are no member of it, or if there is no such workspace: the tokens stay
   * as they were; with `login_required` if nobody is signed in
   */
  enter(place: WorkspacePlace): Promise<void>;
  /**
   * Forgets the tokens, and goes to the issuer's page that signs out, where it has one.
   * @param returnTo where the issuer sends people after that; it must know it
   */
  signOut(options?: { readonly returnTo?: string | undefined }): Promise<void>;
}

/** How to ask for a sign-in. */
export interface SignInRequest {
  readonly returnTo?: string | undefined;
  /** More parameters of this request, such as `login_hint` or `prompt`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

function go(url: string): void {
  globalThis.location.assign(url);
}

/**
 * Signs people in with the authorization code grant and PKCE (RFC 6749, 7636), as a browser or a native app may.
 *
 * @example
 * const people = signInWith({ issuer, clientId: 'my-app', redirectUri: `${location.origin}/callback` });
 * const laurel = new Laurel({ baseUrl, auth: people });
 *
 * if (location.pathname === '/callback') await people.callback();
 * if (!(await people.isSignedIn())) await people.signIn({ returnTo: location.pathname });
 */
export function signInWith(options: SignInOptions): SignIn {
  const { issuer, clientId, redirectUri, scopes = ['openid'], navigate = go } = options;
  const session = sessionIn(options.storage ?? memoryStorage(), `laurel.session.${clientId}`);
  const pending = options.pending ?? pendingStorage();
  const pendingKey = (state: string) => `laurel.sign-in.${state}`;

  let known: Promise<Endpoints> | undefined;
  const endpoints = () => {
    known ??= discover(issuer, options).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  async function grant(parameters: Readonly<Record<string, string>>, secret: string): Promise<Grant> {
    const { token } = await endpoints();
    const request = { endpoint: token, secrets: [secret], repeatable: false };
    return requestGrant({ ...request, parameters: { ...parameters, client_id: clientId } }, options);
  }

  async function signInUrl({ returnTo, parameters }: SignInRequest = {}): Promise<string> {
    const { authorization } = await endpoints();
    const [state, verifier] = [randomText(), randomText()];
    const challenge = await challengeOf(verifier);
    await pending.setItem(pendingKey(state), JSON.stringify({ verifier, returnTo }));
    const url = new URL(authorization);
    const all = {
      ...options.parameters,
      ...parameters,
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: scopes.join(' '),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return url.href;
  }

  const ended = new Map<string, ReturnType<SignIn['callback']>>();
  async function callback(given?: string): ReturnType<SignIn['callback']> {
    const page = given ?? globalThis.location.href;
    if (!URL.canParse(page)) throw new UsageError('The URL of a callback must be whole.');
    const url = new URL(page);
    const state = url.searchParams.get('state');
    if (!state || !(url.searchParams.has('code') || url.searchParams.has('error'))) return undefined;
    // A page that is rendered twice asks twice, and a code is good for once.
    const end = ended.get(state) ?? callbackOf(state, url, given === undefined);
    ended.set(state, end);
    return end;
  }

  async function callbackOf(state: string, url: URL, isPage: boolean): ReturnType<SignIn['callback']> {
    const [code, error, from] = ['code', 'error', 'iss'].map((name) => url.searchParams.get(name));
    const text = await pending.getItem(pendingKey(state));
    await pending.removeItem(pendingKey(state));
    // Somebody else's code would sign this browser in as them (RFC 6749, section 10.12).
    if (text === null) throw new TokenError('This browser did not ask for this sign-in, or it was used before.');
    if (isPage) globalThis.history.replaceState(globalThis.history.state, '', url.pathname);
    // Another issuer's answer must not be taken for this one's (RFC 9207).
    if (from && from !== issuer) throw new TokenError('The answer is of another issuer.');
    if (!code) {
      const said = url.searchParams.get('error_description') ?? error;
      throw new TokenError(`The issuer refused: ${said}`, { oauthError: error ?? undefined });
    }
    const begun = keptIn(text);
    const verifier = textMember(begun, 'verifier') ?? '';
    const parameters = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
    await session.write(await grant(parameters, code));
    return { returnTo: textMember(begun, 'returnTo') };
  }

  const lock = `laurel.session.${clientId}`;

  /** Renews tokens, for the workspace that was entered last if one was. */
  async function renewal(refreshToken: string, place: WorkspacePlace | undefined): Promise<Grant> {
    try {
      const next =
        place !== undefined && isCognito(issuer)
          ? await renewAtCognito({ issuer, clientId, refreshToken }, place, options)
          : await grant({ ...place, grant_type: 'refresh_token', refresh_token: refreshToken }, refreshToken);
      return { ...next, refreshToken: next.refreshToken ?? refreshToken };
    } catch (error) {
      if (!(error instanceof TokenError) || error.oauthError !== 'invalid_grant') throw error;
      await session.clear();
      throw signedOut(error);
    }
  }

  async function enter({ tenant, workspace }: WorkspacePlace): Promise<void> {
    const place = { tenant, workspace };
    await alone(lock, async () => {
      const kept = await session.read();
      if (!kept?.refreshToken) throw signedOut();
      const next = await renewal(kept.refreshToken, place);
      if (isFor(next, place)) return session.write({ ...next, place });
      // An issuer that knows nothing of workspaces: its token is for the one before, and the old refresh token is spent.
      await session.write({ ...kept, refreshToken: next.refreshToken });
      throw new TokenError('The issuer gave no token for that workspace.', { oauthError: 'access_denied' });
    });
  }

  async function renewed(stale: Grant | undefined): Promise<Grant> {
    return alone(lock, async () => {
      const kept = await session.read();
      // Another tab was faster.
      if (kept && kept.accessToken !== stale?.accessToken && Date.now() < kept.renewAt) return kept;
      const refreshToken = kept?.refreshToken;
      if (!refreshToken) {
        await session.clear();
        throw signedOut();
      }
      const place = placeIn(kept);
      const next = await renewal(refreshToken, place);
      await session.write({ ...next, ...(place && { place }) });
      return next;
    });
  }

  let flight: Promise<Grant> | undefined;
  async function getToken({ refused }: { readonly refused: boolean } = { refused: false }): Promise<string> {
    const kept = await session.read();
    if (kept && !refused && Date.now() < kept.renewAt) return kept.accessToken;
    flight ??= renewed(kept).finally(() => {
      flight = undefined;
    });
    return (await flight).accessToken;
  }

  return {
    signInUrl,
    callback,
    getToken,
    enter,
    signIn: async (request) => void (await navigate(await signInUrl(request))),
    isSignedIn: async () => (await session.read()) !== undefined,
    async signOut({ returnTo } = {}) {
      await session.clear();
      const { endSession } = await endpoints();
      if (endSession === undefined) return;
      const url = new URL(endSession);
      url.searchParams.set('client_id', clientId);
      if (returnTo !== undefined) url.searchParams.set('post_logout_redirect_uri', returnTo);
      await navigate(url.href);
    },
  };
}
