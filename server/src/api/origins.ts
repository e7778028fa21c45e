import { contract, routesOf } from '@laurel/contract';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fromContext } from '../identity/principal.ts';
import type { ApiHandler } from './adapter.ts';
import { headersOf, plainPath } from './gateway-event.ts';
import { createParamsOf } from './match.ts';
import { logCall, passageOf, problemResult, SECURITY_HEADERS } from './passage.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';
import { publicDocumentAt, type TenantOf } from './public-documents.ts';
import type { OpenStream } from './streams.ts';

/** What is said to a page of some origin; nothing where it may be any. */
type Answer = { readonly isAllowed: false } | { readonly isAllowed: true; readonly headers: Record<string, string> };

const REFUSED = 'Pages of this origin may not call this workspace: its allowedOrigins does not name it.';

/** The origins whose pages may do what an event asks; null where any may. */
async function originsFor(
  { known }: Platform,
  tenant: string | undefined,
  event: APIGatewayProxyEvent,
): Promise<readonly string[] | null> {
  // What is open to strangers is open to their pages.
  if (publicDocumentAt(event.path) !== undefined) return null;
  // A browser asks before it sends a token: by then only the tenant is known, so it is told what any workspace allows.
  if (event.httpMethod === 'OPTIONS') return tenant === undefined ? null : known.originsOfTenant(tenant);
  const principal = fromContext(event.requestContext.authorizer);
  return principal === undefined ? null : known.origins(principal.tenant, principal.workspace);
}

async function judge(
  platform: Platform,
  tenant: string | undefined,
  event: APIGatewayProxyEvent,
): Promise<Answer | undefined> {
  const { origin } = headersOf(event);
  if (origin === undefined) return undefined;
  const allowed = await originsFor(platform, tenant, event);
  if (allowed === null) return undefined;
  if (!allowed.includes(origin)) return { isAllowed: false };
  return { isAllowed: true, headers: { 'access-control-allow-origin': origin, vary: 'origin' } };
}

/** Headers without the leave for every origin. */
function closed<T>(headers: Readonly<Record<string, T>> = {}): Record<string, string | T> {
  const { 'access-control-allow-origin': _, ...rest } = headers;
  return { ...rest, vary: 'origin' };
}

/** The headers of an answer, for the page that asked. */
function opened<T>(headers: Readonly<Record<string, T>> = {}, own: Readonly<Record<string, string>>) {
  const vary = [headers.vary, own.vary].filter((one) => one !== undefined).join(', ');
  return { ...headers, ...own, vary };
}

function refusal(platform: Platform, event: APIGatewayProxyEvent) {
  const passage = passageOf(platform, event);
  const { statusCode, body } = problemResult(passage, new ProblemError('forbidden', REFUSED));
  logCall(platform, passage, statusCode, 0);
  const headers: Record<string, string> = {
    ...SECURITY_HEADERS,
    'x-request-id': passage.requestId,
    'content-type': 'application/problem+json',
  };
  return { statusCode, headers: closed(headers), body };
}

/**
 * Lets pages call a workspace from the origins that it allows (`allowedOrigins`), and from everywhere as long as it names
 * none. A call from another page is refused before anything is done for it. What sends no `Origin` is no page: whoever
 * has a token and no browser is not kept out by this, but by what the token may do.
 */
export function withOrigins(platform: Platform, tenantOf: TenantOf, api: ApiHandler): ApiHandler {
  return async (event) => {
    const answer = await judge(platform, tenantOf(event), event);
    if (answer === undefined) return api(event);
    if (answer.isAllowed) {
      const result = await api(event);
      return { ...result, headers: opened(result.headers, answer.headers) };
    }
    if (event.httpMethod !== 'OPTIONS') return { ...refusal(platform, event), isBase64Encoded: false };
    const result = await api(event);
    return { ...result, headers: closed(result.headers) };
  };
}

const isStream = createParamsOf(routesOf(contract).filter(({ meta }) => meta?.stream === true));

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** The same for streams; what is none is refused by the API itself. */
export function withOriginsOnStreams(platform: Platform, tenantOf: TenantOf, open: OpenStream): OpenStream {
  return async (event, how) => {
    const answer = isStream(plainPath(event.path)) && (await judge(platform, tenantOf(event), event));
    if (!answer) return open(event, how);
    if (!answer.isAllowed) {
      if (event.httpMethod !== 'GET') return undefined;
      const { statusCode, headers, body } = refusal(platform, event);
      return { status: statusCode, headers, body: once(body) };
    }
    const stream = await open(event, how);
    return stream && { ...stream, headers: opened(stream.headers, answer.headers) };
  };
}
