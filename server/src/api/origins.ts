import { contract, routesOf } from '@laurel/contract';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { externalPlayerOf, fromContext } from '../identity/principal.ts';
import type { ApiHandler } from './adapter.ts';
import { headersOf, plainPath } from './gateway-event.ts';
import { createParamsOf } from './match.ts';
import type { Platform } from './platform.ts';
import { publicDocumentAt, type TenantOf } from './public-documents.ts';
import type { OpenStream } from './streams.ts';

/** What is said to a page of some origin; nothing where it may be any. */
interface Answer {
  readonly origin: string;
  readonly isAllowed: boolean;
}

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
  const { authorizer } = event.requestContext;
  const caller = fromContext(authorizer) ?? externalPlayerOf(authorizer);
  return caller === undefined ? null : known.origins(caller.tenant, caller.workspace);
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
  return { origin, isAllowed: allowed.includes(origin) };
}

/** The headers of an answer, for the page that asked: with the leave to read it, or without. */
function dressed<T>(answer: Answer, headers: Readonly<Record<string, T>> = {}): Record<string, string | T> {
  const { 'access-control-allow-origin': _, ...rest } = headers;
  const vary = [headers.vary, 'origin'].filter((one) => one !== undefined).join(', ');
  return { ...rest, ...(answer.isAllowed ? { 'access-control-allow-origin': answer.origin } : {}), vary };
}

/**
 * Tells browsers which pages may read the answers of a workspace, by the origins that it allows (`allowedOrigins`). That a
 * call from another page is refused is decided where all calls are let in (`pages.ts`), so that it is counted and leaves
 * its record like any other; here its answer is kept from that page.
 */
export function withOrigins(platform: Platform, tenantOf: TenantOf, api: ApiHandler): ApiHandler {
  return async (event) => {
    const answer = await judge(platform, tenantOf(event), event);
    const result = await api(event);
    if (answer === undefined) return result;
    return { ...result, headers: dressed(answer, result.headers) };
  };
}

const isStream = createParamsOf(routesOf(contract).filter(({ meta }) => meta?.stream === true));

/** The same for streams. */
export function withOriginsOnStreams(platform: Platform, tenantOf: TenantOf, open: OpenStream): OpenStream {
  return async (event, how) => {
    const answer = isStream(plainPath(event.path)) && (await judge(platform, tenantOf(event), event));
    const stream = await open(event, how);
    return stream && answer ? { ...stream, headers: dressed(answer, stream.headers) } : stream;
  };
}
