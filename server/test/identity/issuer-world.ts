import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, vi } from 'vitest';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import { newClientSecret } from '../../src/identity/client-secret.ts';
import { generateSigningKey } from '../../src/identity/embedded-signer.ts';
import { fetchJwksOverHttp } from '../../src/identity/keys.ts';
import { hashPassword } from '../../src/identity/password.ts';
import { memoryLimiter } from '../../src/limits/limiter.ts';
import { createIssuer } from '../../src/local/issuer/issuer.ts';
import type { IssuerAccount, IssuerClient } from '../../src/local/issuer/people.ts';
import { memoryIssuerStore } from '../../src/local/issuer/store.ts';
import type { MailMessage } from '../../src/ports/mail.ts';
import { PLAYERS, twoTenants } from './doubles.ts';

export const CONSOLE = 'https://console.example/callback';
export const PASSWORD = 'correct horse battery staple';
/** Of the machine `cli_a`. */
export const secrets = [newClientSecret(), newClientSecret()] as const;
const errors: unknown[] = [];
const printed = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];

/** Nothing went wrong on the issuer's side, and nothing was printed. */
export function expectQuiet(): void {
  expect(errors.splice(0)).toEqual([]);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
}

/**
 * An issuer with a console, a machine, and three people: Ada of acme and bolt, Bob of acme, Eve of nowhere.
 * @param now its clock, which tests may put forward
 */
export async function issuerWorld(now: () => number = Date.now) {
  const clients = new Map<string, IssuerClient>();
  const people = new Map<string, IssuerAccount>();
  const mails: MailMessage[] = [];
  let isMailSlow = false;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Partial<AddressInfo> = Object(server.address());
  const base = `http://127.0.0.1:${port}/issuer`;
  const handle = await createIssuer({
    issuer: base,
    clients: async (id) => clients.get(id),
    accounts: {
      byEmail: async (email) => [...people.values()].find((one) => one.email === email),
      byId: async (id) => people.get(id),
    },
    console: { clientId: 'console', redirectUris: [CONSOLE] },
    store: memoryIssuerStore(now),
    keys: [await generateSigningKey()],
    cookiesSecret: randomBytes(32).toString('base64url'),
    mail: { send: async (message) => (isMailSlow ? new Promise(() => undefined) : void mails.push(message)) },
    now,
    limiter: memoryLimiter(now),
    onError: (error) => errors.push(error),
  });
  server.on('request', (req, res) => {
    handle(req, res).catch((error: unknown) => {
      errors.push(error);
      res.destroy();
    });
  });
  clients.set('cli_a', {
    id: 'cli_a',
    tenant: 'acme',
    workspace: 'main',
    scopes: ['events:write', 'users:read', 'no-longer:known'],
    status: 'active',
    secretHashes: secrets.map(({ secretHash }) => secretHash),
  });
  const passwordHash = await hashPassword(PASSWORD);
  const both = ['acme', 'bolt'].map((tenant) => ({ tenant, workspace: 'main' }));
  people.set('ada', { id: 'ada', email: 'ada@example.com', passwordHash, memberships: both });
  people.set('bob', { id: 'bob', email: 'bob@example.com', passwordHash, memberships: both.slice(0, 1) });
  people.set('eve', { id: 'eve', email: 'eve@example.com', passwordHash, memberships: [] });
  return {
    base,
    clients,
    people,
    mails,
    /** Has mail wait for ever from now on, or not any more. */
    slowMail(isSlow: boolean) {
      isMailSlow = isSlow;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a token says, unverified. */
export function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** The authorizer of a tenant that believes the issuer. */
export function authorizerAt(base: string, tenant: string) {
  const directory = twoTenants();
  return createAuthorizer(
    {
      tenant,
      issuers: {
        pool: { issuer: base, jwksUri: `${base}/jwks`, audience: 'laurel', consoleClients: ['console'] },
        players: { issuer: PLAYERS, jwksUri: `${PLAYERS}/jwks` },
      },
    },
    { directory, fetchJwks: fetchJwksOverHttp(), now: Date.now },
  );
}

/** A browser as far as the sign-in goes: it keeps cookies by path and follows redirects up to the console. */
export function browser() {
  const jar = new Map<string, { value: string; path: string }>();
  async function go(url: string, form?: Record<string, string>): Promise<{ res: Response; url: string; html: string }> {
    const { pathname } = new URL(url);
    const cookies = [...jar].filter(([, { path }]) => pathname.startsWith(path));
    const res = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of res.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, { value, path: /path=([^;]+)/i.exec(cookie)?.[1] ?? '/' });
      expect(cookie).toMatch(/httponly/i);
      expect(cookie).toMatch(/samesite=lax/i);
    }
    const location = res.headers.get('location');
    if (location === null) return { res, url, html: await res.text() };
    const next = new URL(location, url).href;
    return next.startsWith(CONSOLE) ? { res, url: next, html: '' } : go(next);
  }
  return { go, jar };
}

/** A request of the console's for a code, with the verifier that redeems it. */
export function authorizationRequest(base: string, more: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = new URLSearchParams({
    client_id: 'console',
    response_type: 'code',
    redirect_uri: CONSOLE,
    scope: 'openid',
    state: 'st',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  });
  return { verifier, url: `${base}/auth?${query}` };
}

/** Redeems a code. */
export async function redeem(
  base: string,
  code: string | null,
  verifier: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const res = await fetch(`${base}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'console',
      redirect_uri: CONSOLE,
      code: code ?? '',
      code_verifier: verifier,
    }),
  });
  return { status: res.status, body: await res.json() };
}

/** Renews tokens; with more fields, for another workspace. */
export async function refresh(
  base: string,
  token: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = { grant_type: 'refresh_token', client_id: 'console', refresh_token: String(token), ...more };
  const res = await fetch(`${base}/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: res.status, body: await res.json() };
}

/** The code in the address that a sign-in ended at. */
export const codeOf = (url: string): string | null => new URL(url).searchParams.get('code');
