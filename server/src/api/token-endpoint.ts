import type { APIGatewayProxyResult } from 'aws-lambda';
import { matchesClientSecret, newClientSecret } from '../identity/client-secret.ts';
import { mintMachineToken } from '../identity/machine-token.ts';
import { isSubject, type Principal } from '../identity/principal.ts';
import { type Attempts, createAttempts } from '../limits/attempts.ts';
import { getClient, liveSecrets } from '../store/clients.ts';
import { getTenant } from '../store/tenants.ts';
import type { ApiHandler } from './adapter.ts';
import { recordCall } from './audit-calls.ts';
import { plainPath, toV1Result } from './gateway-event.ts';
import { countPoints } from './limits.ts';
import { type Passage, passageOf, SECURITY_HEADERS } from './passage.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';
import type { TenantOf } from './public-documents.ts';

/** The most that a request for a token weighs, in bytes. */
const MAX_FORM = 8 * 1024;

/** Whether a request is for a token of the tenant's own token endpoint. */
export function isTokenRequest(method: string | undefined, path: string): boolean {
  return method === 'POST' && plainPath(path) === '/oauth2/token';
}

/** A refusal as OAuth words it (RFC 6749, section 5.2). */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;

  constructor(code: 'invalid_client' | 'invalid_request' | 'invalid_scope' | 'unsupported_grant_type') {
    super(code);
    this.code = code;
    this.status = code === 'invalid_client' ? 401 : 400;
  }
}

/** Compared where there is no such client, so that the time does not tell. */
const NO_HASH = newClientSecret().secretHash;

interface ClientCredential {
  readonly id: string;
  readonly secret: string;
}

/** What HTTP Basic carries; id and secret are form-encoded within (RFC 6749, section 2.3.1). Nothing where they are not. */
function credentialOf(authorization: string | null): ClientCredential | undefined {
  const text = Buffer.from(
    /^Basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(authorization ?? '')?.[1] ?? '',
    'base64',
  ).toString();
  const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  try {
    return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** The form that a request sends. */
function formOf({ event, headers }: Passage): URLSearchParams {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers.get('content-type') ?? '');
  if (!isForm || bytes.byteLength > MAX_FORM) throw new Refused('invalid_request');
  return new URLSearchParams(bytes.toString('utf8'));
}

/** The one value of a parameter; given twice it is an error (RFC 6749, section 3.2). */
function oneOf(form: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = form.getAll(name);
  if (more.length > 0) throw new Refused('invalid_request');
  return value;
}

/** The scopes that a token gets: those that are asked for, or all that the client has. */
function grantedScopes(owned: readonly string[], asked: string | undefined): readonly string[] {
  if (asked === undefined) return owned;
  const scopes = [...new Set(asked.split(' '))];
  if (scopes.some((scope) => !owned.includes(scope))) throw new Refused('invalid_scope');
  return scopes;
}

/** The client whose secret a request has; a stranger learns nothing of what is wrong. */
async function verifiedClient(platform: Platform, tenant: string, passage: Passage, { id, secret }: ClientCredential) {
  const [client, owner] = await Promise.all([
    isSubject(id) ? getClient(platform.table, tenant, id) : undefined,
    getTenant(platform.table, tenant),
  ]);
  // Whose secret was tried, where there is such a client: what else a stranger types is not written down.
  if (client !== undefined) passage.params = { client: id };
  const at = new Date().toISOString();
  const hashes = client === undefined ? [] : liveSecrets(client, at).map(({ hash }) => hash);
  // As many comparisons for whoever is unknown.
  const isRight = matchesClientSecret(secret, hashes.length === 0 ? [NO_HASH] : hashes);
  if (client?.status !== 'active' || owner?.status !== 'active' || !isRight) throw new Refused('invalid_client');
  // A token would be refused wherever it is shown, so none is given where nobody may call.
  const place = await platform.known.workspace(tenant, client.workspace);
  if ((place?.status ?? 'active') !== 'active') throw new Refused('invalid_client');
  return { client, platform: owner.platform };
}

/** A token for a client, which is counted like any other call of theirs: all tenants of a cell share what signs. */
async function issue(platform: Platform, machine: Principal) {
  const { tenant, workspace, subject: client, scopes } = machine;
  await countPoints(platform, 'credential', machine, 1);
  const now = Date.now();
  const minted = await mintMachineToken(platform.tokens, { tenant, workspace, client, scopes, now });
  return {
    access_token: minted.token,
    token_type: 'Bearer',
    expires_in: Math.ceil((minted.expiresAt - now) / 1000),
    scope: scopes.join(' '),
  };
}

function answerOf(status: number, body: object, more: Readonly<Record<string, string>> = {}): APIGatewayProxyResult {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="laurel", charset="UTF-8"' } : {};
  const own = { 'content-type': 'application/json', pragma: 'no-cache' };
  return toV1Result(status, { ...own, ...challenge, ...more }, JSON.stringify(body));
}

/** Answers a request for a token, as OAuth does. */
async function answered(
  platform: Platform,
  attempts: Attempts,
  tenant: string,
  passage: Passage,
): Promise<APIGatewayProxyResult> {
  const { event, headers, requestId } = passage;
  try {
    const credential = credentialOf(headers.get('authorization'));
    // Counted before anything is read or looked up: whether or not there is such a client, too many wrong tries look the same.
    const account = JSON.stringify([tenant, credential?.id]);
    const attempt = await attempts.begin('token', account, event.requestContext.identity.sourceIp);
    if (typeof attempt === 'number')
      throw new ProblemError('rate_limited', undefined, { headers: { 'retry-after': String(attempt) } });
    const form = formOf(passage);
    if (credential === undefined) throw new Refused('invalid_client');
    if (oneOf(form, 'grant_type') !== 'client_credentials') throw new Refused('unsupported_grant_type');
    const found = await verifiedClient(platform, tenant, passage, credential);
    const { workspace, id: subject, scopes: owned } = found.client;
    const scopes = grantedScopes(owned, oneOf(form, 'scope'));
    await attempt.succeeded();
    const kind = 'machine';
    return answerOf(200, await issue(platform, { kind, tenant, workspace, subject, scopes, platform: found.platform }));
  } catch (error) {
    if (error instanceof Refused) {
      passage.code = error.code;
      return answerOf(error.status, { error: error.code });
    }
    if (error instanceof ProblemError && error.code === 'rate_limited') {
      passage.code = error.code;
      const tooMany = { error: 'temporarily_unavailable', error_description: 'too many attempts' };
      return answerOf(429, tooMany, error.headers);
    }
    const cause = error instanceof Error ? error : String(error);
    platform.logger.error('the token endpoint failed', { requestId, error: cause });
    return answerOf(503, { error: 'temporarily_unavailable' });
  }
}

/**
 * The token endpoint of a tenant's own API, for the API clients that are made there (RFC 6749, section 4.4): it reads
 * the very records that the dashboard writes, so a secret that was removed, has expired, or whose client is revoked
 * gets no token from that moment on. Each request leaves its record with the tenant. All else is passed on.
 */
export function withTokenEndpoint(platform: Platform, tenantOf: TenantOf, api: ApiHandler): ApiHandler {
  const attempts = createAttempts(platform.limits.limiter);
  return async (event) => {
    const tenant = tenantOf(event);
    if (!isTokenRequest(event.httpMethod, event.path) || tenant === undefined) return api(event);
    const passage: Passage = { ...passageOf(platform, event), openTo: tenant, action: 'oauth2:token.issue' };
    const result = await answered(platform, attempts, tenant, passage);
    recordCall(platform, passage, result);
    return { ...result, headers: { ...SECURITY_HEADERS, 'x-request-id': passage.requestId, ...result.headers } };
  };
}
