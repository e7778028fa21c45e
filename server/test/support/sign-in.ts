import { createHash, randomBytes } from 'node:crypto';

/** The console, as the platform registers it at its issuer. */
const CONSOLE = 'laurel-console';

/** A browser's cookies, as far as signing in needs them. */
type Jar = Map<string, { readonly value: string; readonly path: string }>;

function cookiesFor(jar: Jar, url: string): string {
  const { pathname } = new URL(url);
  return [...jar]
    .filter(([, { path }]) => pathname.startsWith(path))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ');
}

function keep(jar: Jar, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    jar.set(name, { value, path: /path=([^;]+)/i.exec(cookie)?.[1] ?? '/' });
  }
}

/** Goes to an address, sends a form there if given one, and follows redirects until a page or the callback. */
async function visit(jar: Jar, callback: string, url: string, form?: Record<string, string>): Promise<string> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: cookiesFor(jar, url) },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  keep(jar, response);
  await response.arrayBuffer();
  const location = response.headers.get('location');
  if (location === null) return url;
  const next = new URL(location, url).href;
  return next.startsWith(callback) ? next : visit(jar, callback, next);
}

/** Signs a person in, where that is asked for into a workspace, with the authorization code grant and PKCE (RFC 7636), and answers with their access token. */
export async function signIn(
  baseUrl: string,
  person: { email: string; password: string },
  asked: { tenant?: string; workspace?: string } = {},
): Promise<string> {
  const callback = `${baseUrl}/console/callback`;
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: CONSOLE,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...asked,
  });
  const jar: Jar = new Map();
  const page = await visit(jar, callback, `${baseUrl}/issuer/auth?${query}`);
  const done = await visit(jar, callback, page, { ...person });
  const code = new URL(done).searchParams.get('code');
  if (code === null) throw new Error(`signing in ended at ${done}`);
  const answer = await fetch(`${baseUrl}/issuer/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CONSOLE,
      redirect_uri: callback,
      code,
      code_verifier: verifier,
    }),
  });
  return accessTokenOf(await answer.json());
}

/** The token of a token endpoint's answer. */
export function accessTokenOf(answer: unknown): string {
  const token: unknown = Object(answer).access_token;
  if (typeof token !== 'string') throw new Error(`no token: ${JSON.stringify(answer)}`);
  return token;
}
