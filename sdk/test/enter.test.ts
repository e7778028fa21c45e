import { type SignInOptions, signInWith } from '@laurel/sdk/auth';
import { describe, expect, test } from 'vitest';
import { type Reply, serve } from './server.ts';

const REDIRECT = 'https://app.test/callback';
const MAIN = { tenant: 'acme', workspace: 'main' };
const SIDE = { tenant: 'acme', workspace: 'side' };

function tokenFor(claims: object, nth: number): string {
  const payload = Buffer.from(JSON.stringify({ ...claims, nth, name: 'Zoë' })).toString('base64url');
  return `e30.${payload}.c2ln`;
}

const placeOf = (token: string) => {
  const { tenant, workspace } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return { tenant, workspace };
};

/** An issuer that gives tokens for the workspace that a renewal names, or refuses, and somebody who signed in there. */
async function signedIn(refusal?: (form: Record<string, string>) => Reply | undefined, life = 600) {
  let nth = 0;
  let place = MAIN;
  const forms: Record<string, string>[] = [];
  const { url } = await serve((request) => {
    if (request.url !== '/token') {
      return { json: { issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` } };
    }
    const form = Object.fromEntries(new URLSearchParams(request.body));
    forms.push(form);
    const refused = refusal?.(form);
    if (refused !== undefined) return refused;
    nth += 1;
    const { tenant = place.tenant, workspace = place.workspace } = form;
    place = { tenant, workspace };
    return { json: { access_token: tokenFor(place, nth), refresh_token: `refresh-${nth}`, expires_in: life } };
  });
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  };
  const pages: string[] = [];
  const options: SignInOptions = {
    issuer: url,
    clientId: 'console',
    redirectUri: REDIRECT,
    storage,
    pending: storage,
    navigate: (page) => pages.push(page),
  };
  const people = signInWith(options);
  await people.signIn();
  const state = new URL(pages[0] ?? '').searchParams.get('state') ?? '';
  await people.callback(`${REDIRECT}?state=${state}&code=c`);
  return { people, forms, again: () => signInWith(options) };
}

describe('entering another workspace', () => {
  test('renews the tokens for it, and goes on there, after a reload too', async () => {
    const { people, forms, again } = await signedIn();
    expect(placeOf(await people.getToken())).toEqual(MAIN);
    await people.enter(SIDE);
    expect(forms.at(-1)).toEqual({
      grant_type: 'refresh_token',
      client_id: 'console',
      refresh_token: 'refresh-1',
      ...SIDE,
    });
    expect(placeOf(await people.getToken())).toEqual(SIDE);
    const reloaded = again();
    await reloaded.getToken({ refused: true });
    expect(forms.at(-1)).toMatchObject({ refresh_token: 'refresh-2', ...SIDE });
  });

  test('refused, it leaves the tokens as they were', async () => {
    const refuse = (form: Record<string, string>) =>
      form.workspace === 'side' ? { status: 400, json: { error: 'access_denied' } } : undefined;
    const { people, forms } = await signedIn(refuse);
    await expect(people.enter(SIDE)).rejects.toMatchObject({ name: 'TokenError', oauthError: 'access_denied' });
    expect(placeOf(await people.getToken())).toEqual(MAIN);
    await people.getToken({ refused: true });
    expect(forms.at(-1)).toEqual({ grant_type: 'refresh_token', client_id: 'console', refresh_token: 'refresh-1' });
  });

  test('an issuer that passes over the workspace is found out', async () => {
    let nth = 0;
    const deaf = () => {
      nth += 1;
      return { json: { access_token: tokenFor(MAIN, nth), refresh_token: `refresh-${nth}`, expires_in: 600 } };
    };
    const { people, forms } = await signedIn(deaf);
    await expect(people.enter(SIDE)).rejects.toMatchObject({ oauthError: 'access_denied' });
    expect(placeOf(await people.getToken())).toEqual(MAIN);
    await people.getToken({ refused: true });
    expect(forms.at(-1)?.refresh_token).toBe('refresh-2');
  });

  test('a session that is over is no session any more', async () => {
    const over = (form: Record<string, string>) =>
      form.grant_type === 'refresh_token' ? { status: 400, json: { error: 'invalid_grant' } } : undefined;
    const { people } = await signedIn(over);
    await expect(people.enter(SIDE)).rejects.toMatchObject({ oauthError: 'login_required' });
    expect(await people.isSignedIn()).toBe(false);
  });

  test('nobody who is not signed in enters anything', async () => {
    const { url } = await serve(() => ({ status: 500 }));
    const people = signInWith({ issuer: url, clientId: 'console', redirectUri: REDIRECT });
    await expect(people.enter(SIDE)).rejects.toMatchObject({ oauthError: 'login_required' });
  });
});

describe('at Amazon Cognito', () => {
  const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLE00';
  const key = 'laurel.session.console';

  function cognito(answer: (body: Record<string, unknown>) => Response) {
    const asked: { url: string; target: string | null; body: Record<string, unknown> }[] = [];
    const kept = new Map([[key, JSON.stringify({ accessToken: tokenFor(MAIN, 1), renewAt: 0, refreshToken: 'r-1' })]]);
    const fetch = async (input: string | URL | Request): Promise<Response> => {
      const request = input instanceof Request ? input : new Request(input);
      const body = JSON.parse(await request.text());
      asked.push({ url: request.url, target: request.headers.get('x-amz-target'), body });
      return answer(body);
    };
    const storage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    };
    const people = signInWith({ issuer, clientId: 'console', redirectUri: REDIRECT, storage, pending: storage, fetch });
    return { people, asked };
  }
  const type = { 'content-type': 'application/x-amz-json-1.1' };

  test('the workspace is told in the metadata of GetTokensFromRefreshToken, at each renewal', async () => {
    const { people, asked } = cognito(() => {
      const AuthenticationResult = { AccessToken: tokenFor(SIDE, 2), ExpiresIn: 900, TokenType: 'Bearer' };
      return Response.json({ AuthenticationResult }, { headers: type });
    });
    await people.enter(SIDE);
    await people.getToken({ refused: true });
    expect(asked).toHaveLength(2);
    for (const one of asked) {
      expect(one).toEqual({
        url: 'https://cognito-idp.eu-west-1.amazonaws.com/',
        target: 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
        body: { ClientId: 'console', RefreshToken: 'r-1', ClientMetadata: SIDE },
      });
    }
    expect(placeOf(await people.getToken())).toEqual(SIDE);
  });

  test.each([
    ['UserLambdaValidationException', 'access_denied', true],
    ['NotAuthorizedException', 'login_required', false],
  ])('%s is %s', async (__type, oauthError, isSignedIn) => {
    const { people } = cognito(() => Response.json({ __type, message: 'no' }, { status: 400, headers: type }));
    await expect(people.enter(SIDE)).rejects.toMatchObject({ name: 'TokenError', oauthError });
    expect(await people.isSignedIn()).toBe(isSignedIn);
  });
});
