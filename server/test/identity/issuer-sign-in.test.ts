import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { attemptLimits } from '../../src/limits/attempts.ts';
import {
  authorizationRequest,
  authorizerAt,
  browser,
  codeOf,
  expectQuiet,
  issuerWorld,
  PASSWORD,
  payloadOf,
  redeem,
  refresh,
} from './issuer-world.ts';

const world = await issuerWorld();
const { base } = world;
afterAll(() => world.close());
afterEach(expectQuiet);

const authorizerOf = (tenant: string) => authorizerAt(base, tenant);

describe('authorization code with PKCE', () => {
  const ada = { email: ' Ada@Example.com ', password: PASSWORD };

  test('goes on by refresh tokens, each of which is good for once; one that comes twice ends them all', async () => {
    const { go } = browser();
    const { url, verifier } = authorizationRequest(base);
    const choice = await go((await go(url)).url, ada);
    const done = await go(choice.url, { choice: '1' });
    const first = await redeem(base, codeOf(done.url), verifier);
    const second = await refresh(base, first.body.refresh_token);
    expect(second.status).toBe(200);
    const place = { sub: 'ada', client_id: 'console', tenant: 'bolt', workspace: 'main', token_use: 'access' };
    expect(payloadOf(String(second.body.access_token))).toMatchObject(place);
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
    // Somebody has a token that was used before: nobody can say who of the two is the thief.
    expect(await refresh(base, first.body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await refresh(base, second.body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  test('from the sign-in page to a token that the authorizer accepts', async () => {
    const { go } = browser();
    const { url, verifier } = authorizationRequest(base);
    const page = await go(url);
    expect(page.html).toContain('<label for="password">');
    expect(page.html).not.toMatch(/<script|src=|https?:/);
    const policy = page.res.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://console.example");
    expect(page.res.headers.get('cache-control')).toBe('no-store');

    const choice = await go(page.url, ada);
    expect(choice.html).toContain('bolt / main');
    const done = await go(choice.url, { choice: '1' });
    expect(new URL(done.url).searchParams.get('state')).toBe('st');

    const { status, body } = await redeem(base, codeOf(done.url), verifier);
    expect(status).toBe(200);
    const claims = payloadOf(String(body.access_token));
    expect(claims).toMatchObject({
      iss: base,
      aud: 'laurel',
      sub: 'ada',
      client_id: 'console',
      tenant: 'bolt',
      workspace: 'main',
      token_use: 'access',
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(900);
    const header = `Bearer ${body.access_token}`;
    expect(await authorizerOf('bolt')(header)).toMatchObject({
      kind: 'allowed',
      principal: { kind: 'operator', tenant: 'bolt', workspace: 'main', subject: 'ada', role: 'admin' },
    });
    expect(await authorizerOf('acme')(header)).toMatchObject({ kind: 'denied', status: 401 });
    expect(await authorizerOf('bolt')(`Bearer ${body.id_token}`)).toMatchObject({ kind: 'denied', status: 401 });
  });

  test('whoever has one workspace, or asks for one, is not asked', async () => {
    const bob = browser();
    const first = await bob.go(authorizationRequest(base).url);
    expect(codeOf((await bob.go(first.url, { email: 'bob@example.com', password: PASSWORD })).url)).not.toBeNull();

    const { go } = browser();
    const request = authorizationRequest(base, { tenant: 'acme' });
    const done = await go((await go(request.url)).url, ada);
    const { body } = await redeem(base, codeOf(done.url), request.verifier);
    expect(payloadOf(String(body.access_token))).toMatchObject({ tenant: 'acme' });
  });

  test('signed in already, the same workspace needs no page, and another is chosen anew', async () => {
    const { go } = browser();
    const first = authorizationRequest(base, { tenant: 'acme' });
    await go((await go(first.url)).url, ada);
    const again = authorizationRequest(base, { tenant: 'acme' });
    const { body } = await redeem(base, codeOf((await go(again.url)).url), again.verifier);
    expect(payloadOf(String(body.access_token))).toMatchObject({ sub: 'ada', tenant: 'acme' });
    const other = authorizationRequest(base, { tenant: 'bolt' });
    const second = await redeem(base, codeOf((await go(other.url)).url), other.verifier);
    expect(payloadOf(String(second.body.access_token))).toMatchObject({ sub: 'ada', tenant: 'bolt' });
  });

  test('a workspace that one is no member of is refused', async () => {
    for (const [who, more] of [
      ['eve@example.com', {}],
      ['bob@example.com', { tenant: 'bolt' }],
      ['bob@example.com', { tenant: 'acme', workspace: 'test' }],
    ] as const) {
      const { go } = browser();
      const page = await go(authorizationRequest(base, more).url);
      const done = await go(page.url, { email: who, password: PASSWORD });
      expect(new URL(done.url).searchParams.get('error')).toBe('access_denied');
    }
  });

  test('a choice that was not offered is asked again', async () => {
    const { go } = browser();
    const choice = await go((await go(authorizationRequest(base).url)).url, ada);
    for (const value of ['2', '-1', '0x1', '', '1e0', '__proto__']) {
      const answer = await go(choice.url, { choice: value });
      expect([answer.res.status, answer.html.includes('role="alert"')]).toEqual([422, true]);
    }
  });

  test('a wrong password and an unknown address are refused in the same words', async () => {
    const { go } = browser();
    const page = await go(authorizationRequest(base).url);
    const answers = await Promise.all(
      ['ada@example.com', 'nobody@example.com'].map((email) => go(page.url, { email, password: 'wrong' })),
    );
    for (const { res, html } of answers) {
      expect(res.status).toBe(422);
      expect(html).toContain('The e-mail or the password is wrong.');
    }
  });

  test('what people type is escaped', async () => {
    const { go } = browser();
    const page = await go(authorizationRequest(base).url);
    const { html } = await go(page.url, { email: '"><script>alert(1)</script>\'', password: 'x' });
    expect(html).not.toContain('<script');
    expect(html).toContain('&quot;&gt;&lt;script&gt;');
  });

  test('guessing is slowed down', async () => {
    const { go } = browser();
    const page = await go(authorizationRequest(base).url);
    const guess = (password: string) => go(page.url, { email: 'guessed@example.com', password });
    for (let at = 0; at < attemptLimits.password.account.quota; at += 1)
      expect((await guess(`guess ${at}`)).res.status).toBe(422);
    expect((await guess('one more')).res.status).toBe(429);
  });

  test('a code works once, for its verifier, and its second use takes the grant back', async () => {
    const { go } = browser();
    const { url, verifier } = authorizationRequest(base, { tenant: 'acme' });
    const code = codeOf((await go((await go(url)).url, ada)).url);
    expect(await redeem(base, code, randomBytes(32).toString('base64url'))).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    const statuses = await Promise.all([redeem(base, code, verifier), redeem(base, code, verifier)]);
    expect(statuses.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(await redeem(base, code, verifier)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('no PKCE, plain PKCE, another redirect, another response, more scope: no page', async () => {
    const { go } = browser();
    for (const [more, error] of [
      [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ scope: 'openid users:read' }, 'invalid_scope'],
    ] as const) {
      const { url } = await go(authorizationRequest(base, more).url);
      const { searchParams, hash } = new URL(url);
      expect(searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error')).toBe(error);
    }
    const elsewhere = await go(authorizationRequest(base, { redirect_uri: 'https://evil.example/callback' }).url);
    expect(elsewhere.res.status).toBe(400);
    expect(elsewhere.html).toContain('<h1>Sign-in failed</h1>');
  });

  test("another browser cannot go on with somebody's page, and a form from elsewhere is refused", async () => {
    const mine = browser();
    const page = await mine.go(authorizationRequest(base).url);
    expect((await browser().go(page.url)).res.status).toBe(400);
    const cookie = [...mine.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
    expect((await fetch(`${base}/interaction/other`, { headers: { cookie } })).status).toBe(400);
    const foreign = await fetch(page.url, {
      method: 'POST',
      headers: { origin: 'https://evil.example', cookie },
      body: new URLSearchParams(ada),
    });
    expect(foreign.status).toBe(403);
  });

  test('signing out ends the session', async () => {
    const { go } = browser();
    await go((await go(authorizationRequest(base, { tenant: 'acme' }).url)).url, ada);
    const page = await go(`${base}/session/end?client_id=console`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    expect(page.html).not.toMatch(/<script/);
    const done = await go(`${base}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(done.html).toContain('Signed out');
    expect((await go(authorizationRequest(base, { tenant: 'acme' }).url)).html).toContain('<label for="password">');
  });

  test('the token endpoint may be read by the console alone', async () => {
    const preflight = (origin: string) =>
      fetch(`${base}/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'console', code: 'x' }),
      });
    expect((await preflight('https://console.example')).headers.get('access-control-allow-origin')).toBe(
      'https://console.example',
    );
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
