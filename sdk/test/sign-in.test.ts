import { Laurel } from '@laurel/sdk';
import { type SignInOptions, signInWith } from '@laurel/sdk/auth';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { problem, type Received, type Reply, serve } from './server.ts';

const REDIRECT = 'https://app.test/callback';

afterEach(() => {
  vi.useRealTimers();
});

/** Storage whose content a test can look at. */
function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: async (key: string) => kept.get(key) ?? null,
    setItem: async (key: string, value: string) => void kept.set(key, value),
    removeItem: async (key: string) => void kept.delete(key),
  };
}

/** An issuer whose tokens are `access-1` with `refresh-1`, and so on, and an API that knows them. */
async function issuing(token: (form: URLSearchParams, nth: number) => Reply | undefined = () => undefined) {
  let issued = 0;
  const { url, received } = await serve((request) => {
    if (request.url === '/.well-known/openid-configuration') {
      const json = {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        end_session_endpoint: `${url}/logout`,
      };
      return { json };
    }
    if (request.url !== '/token') return { json: { items: [], nextCursor: null } };
    const own = token(new URLSearchParams(request.body), issued + 1);
    if (own !== undefined) return own;
    issued++;
    return { json: { access_token: `access-${issued}`, refresh_token: `refresh-${issued}`, expires_in: 600 } };
  });
  const forms = () => received.filter(({ url: path }) => path === '/token').map(formOf);
  const pages: string[] = [];
  const pending = storage();
  const peopleOf = (options: Partial<SignInOptions> = {}) =>
    signInWith({
      issuer: url,
      clientId: 'my-app',
      redirectUri: REDIRECT,
      pending,
      navigate: (page) => pages.push(page),
      ...options,
    });
  return { url, received, forms, pages, pending, peopleOf };
}

function formOf({ body }: Received) {
  return Object.fromEntries(new URLSearchParams(body));
}

/** The callback that an issuer sends to for the request of a page. */
function answerTo(page: string, answer: Record<string, string>): string {
  const state = new URL(page).searchParams.get('state') ?? '';
  return `${REDIRECT}?${new URLSearchParams({ state, ...answer })}`;
}

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('base64url');
}

test('a sign-in is a code with PKCE by S256, whose verifier never leaves before the code came', async () => {
  const { pages, forms, peopleOf, pending, url, received } = await issuing();
  const people = peopleOf({ parameters: { workspace: 'main' } });
  expect(await people.isSignedIn()).toBe(false);
  await people.signIn({ returnTo: '/quests', parameters: { login_hint: 'ada' } });
  const page = new URL(pages[0] ?? '');
  expect(page.href.startsWith(`${url}/authorize?`)).toBe(true);
  expect(Object.fromEntries(page.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'my-app',
    redirect_uri: REDIRECT,
    scope: 'openid',
    workspace: 'main',
    login_hint: 'ada',
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  expect(await people.callback(answerTo(page.href, { code: 'c-1', iss: url }))).toEqual({ returnTo: '/quests' });
  const [form] = forms();
  expect(form).toEqual({
    grant_type: 'authorization_code',
    client_id: 'my-app',
    redirect_uri: REDIRECT,
    code: 'c-1',
    code_verifier: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(await sha256(form?.code_verifier ?? '')).toBe(page.searchParams.get('code_challenge'));
  expect(pending.kept.size).toBe(0);
  expect(await people.isSignedIn()).toBe(true);
  await new Laurel({ baseUrl: url, auth: people }).missions.list();
  expect(received.at(-1)?.headers.authorization).toBe('Bearer access-1');
});

describe('a callback', () => {
  test('that this browser did not ask for signs nobody in', async () => {
    const { peopleOf, pages, forms, url } = await issuing();
    const people = peopleOf();
    const stranger = people.callback(`${REDIRECT}?state=theirs&code=theirs`);
    await expect(stranger).rejects.toMatchObject({ name: 'TokenError' });
    await people.signIn();
    const elsewhere = people.callback(answerTo(pages[0] ?? '', { code: 'c', iss: 'https://evil.example' }));
    await expect(elsewhere).rejects.toMatchObject({ name: 'TokenError', message: expect.stringContaining('issuer') });
    // The state is used up by then, also for another instance.
    const again = peopleOf().callback(answerTo(pages[0] ?? '', { code: 'c', iss: url }));
    await expect(again).rejects.toMatchObject({ name: 'TokenError' });
    expect(forms()).toEqual([]);
    expect(await people.isSignedIn()).toBe(false);
  });

  test('is dealt with once, also where a page asks twice, and is none without state and code', async () => {
    const { peopleOf, pages, forms } = await issuing();
    const people = peopleOf();
    await people.signIn({ returnTo: '/a' });
    const url = answerTo(pages[0] ?? '', { code: 'c' });
    expect(await Promise.all([people.callback(url), people.callback(url)])).toEqual([
      { returnTo: '/a' },
      { returnTo: '/a' },
    ]);
    expect(forms()).toHaveLength(1);
    for (const other of [REDIRECT, `${REDIRECT}?code=c`, `${REDIRECT}?state=s`]) {
      expect(await people.callback(other)).toBeUndefined();
    }
  });

  test('with a refusal tells what the issuer said', async () => {
    const { peopleOf, pages } = await issuing();
    const people = peopleOf();
    await people.signIn();
    const refused = people.callback(answerTo(pages[0] ?? '', { error: 'access_denied', error_description: 'No.' }));
    await expect(refused).rejects.toMatchObject({ oauthError: 'access_denied', message: 'The issuer refused: No.' });
  });

  test('is not tried again where the answer was lost, and tells neither code nor verifier', async () => {
    const { peopleOf, pages, forms } = await issuing((form) => ({
      status: 400,
      json: { error: 'invalid_grant', error_description: `${form.get('code')} is over` },
    }));
    const people = peopleOf();
    await people.signIn();
    const failed = people.callback(answerTo(pages[0] ?? '', { code: 'secret-code' }));
    await expect(failed).rejects.toMatchObject({ oauthError: 'invalid_grant' });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('secret-code') });
    expect(forms()).toHaveLength(1);
  });
});

describe('a session', () => {
  async function signedIn(token?: (form: URLSearchParams, nth: number) => Reply | undefined) {
    const world = await issuing(token);
    const shared = storage();
    const people = world.peopleOf({ storage: shared });
    await people.signIn();
    await people.callback(answerTo(world.pages[0] ?? '', { code: 'c' }));
    return { ...world, shared, people };
  }

  test('is renewed before its token ends, once for all who wait, with the newest refresh token', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { people, forms } = await signedIn();
    for (const nth of [1, 2, 3]) {
      const tokens = await Promise.all([...Array(10)].map(() => people.getToken()));
      expect(new Set(tokens)).toEqual(new Set([`access-${nth}`]));
      vi.setSystemTime(Date.now() + 541_000);
    }
    expect(forms().map((form) => form.refresh_token)).toEqual([undefined, 'refresh-1', 'refresh-2']);
  });

  test('that another tab has renewed meanwhile is taken from there', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { people, peopleOf, shared, forms } = await signedIn();
    vi.setSystemTime(Date.now() + 541_000);
    const tabs = [people, peopleOf({ storage: shared }), peopleOf({ storage: shared })];
    const tokens = await Promise.all(tabs.map((tab) => tab.getToken()));
    expect(new Set(tokens)).toEqual(new Set(['access-2']));
    expect(forms()).toHaveLength(2);
  });

  test('is renewed where the API refuses its token', async () => {
    const { url, received } = await serve(({ headers }) =>
      headers.authorization === 'Bearer access-1' ? problem(401, 'invalid_token') : { json: {} },
    );
    const { people } = await signedIn();
    await new Laurel({ baseUrl: url, auth: people }).me.get();
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer access-1', 'Bearer access-2']);
  });

  test('that the issuer has ended is over; an issuer that is out of reach ends none', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const answers: Reply[] = ['hangUp', { status: 400, json: { error: 'invalid_grant' } }];
    const { people, shared } = await signedIn((form) =>
      form.get('grant_type') === 'refresh_token' ? answers.shift() : undefined,
    );
    vi.setSystemTime(Date.now() + 541_000);
    await expect(people.getToken()).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(await people.isSignedIn()).toBe(true);
    const laurel = new Laurel({ baseUrl: 'http://127.0.0.1:9', auth: people });
    await expect(laurel.me.get()).rejects.toMatchObject({ name: 'TokenError', oauthError: 'login_required' });
    expect([await people.isSignedIn(), shared.kept.size]).toEqual([false, 0]);
  });

  test('ends with signOut, here and at the issuer', async () => {
    const { people, pages, url, shared } = await signedIn();
    await people.signOut({ returnTo: 'https://app.test/' });
    expect(pages.at(-1)).toBe(`${url}/logout?client_id=my-app&post_logout_redirect_uri=https%3A%2F%2Fapp.test%2F`);
    expect(shared.kept.size).toBe(0);
    await expect(people.getToken()).rejects.toMatchObject({ oauthError: 'login_required' });
  });

  test('is read from what was kept, unless that is not one', async () => {
    const { shared, peopleOf } = await signedIn();
    expect(await peopleOf({ storage: shared }).getToken()).toBe('access-1');
    for (const [key] of shared.kept) shared.kept.set(key, '{"accessToken":1}');
    expect(await peopleOf({ storage: shared }).isSignedIn()).toBe(false);
    for (const [key] of shared.kept) shared.kept.set(key, 'not json');
    expect(await peopleOf({ storage: shared }).isSignedIn()).toBe(false);
  });
});

test('an issuer that describes another is refused', async () => {
  const { url } = await serve(() => ({
    json: { issuer: 'https://evil.example', authorization_endpoint: 'x', token_endpoint: 'y' },
  }));
  const people = signInWith({ issuer: url, clientId: 'c', redirectUri: REDIRECT });
  await expect(people.signInUrl()).rejects.toMatchObject({ name: 'TokenError' });
});
