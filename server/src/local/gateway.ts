import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ProblemCode, problems } from '@laurel/contract';
import type { IdKind } from '@laurel/contract/shared/ids';
import type { ApiHandler } from '../api/adapter.ts';
import type { DeniedRequest } from '../api/audit-calls.ts';
import { openRouteAt } from '../api/open-calls.ts';
import { SECURITY_HEADERS } from '../api/passage.ts';
import { ProblemError, problemBody } from '../api/problem.ts';
import { publicDocumentAt } from '../api/public-documents.ts';
import { type OpenedStream, type OpenStream, STREAM_LIFE } from '../api/streams.ts';
import { isTokenRequest } from '../api/token-endpoint.ts';
import type { Authorize } from '../identity/authorizer.ts';
import { authorizationOfRawHeaders } from '../identity/gateway-authorizer.ts';
import type { CountRefused } from '../limits/refused-tokens.ts';
import { gatewayEvent, readBody, type Target, targetOf } from './gateway-request.ts';

type NewId = (kind: IdKind) => string;

/** A handler of Node's http for paths of its own. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** What the gateway stands before. */
export interface GatewayParts {
  /** Paths that are no tenant's, by their first segment: `issuer`, `docs`, `openapi`, `health`. */
  readonly own: ReadonlyMap<string, NodeHandler>;
  /** The dedicated authorizer of a tenant; nothing where there is no such tenant. */
  readonly authorizerOf: (tenant: string) => Promise<Authorize | undefined>;
  /** Counts those whom an authorizer refuses; without it they are not. */
  readonly countRefused?: CountRefused;
  /** Is told of those whom an authorizer refuses. */
  readonly onDenied?: (denied: DeniedRequest) => void;
  readonly api: ApiHandler;
  /** Streams, and what ends all of them; without it they are answered with what is there. */
  readonly streams?: { readonly open: OpenStream; readonly closing: AbortSignal };
  readonly onError: (error: unknown) => void;
}

/** What every page and document of the gateway's own says, unless it says otherwise itself. */
const OWN_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
} as const;

/** How long a caller may take to send a request, in milliseconds: its headers, and all of it. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
}
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 30_000 };

/** The most header bytes of a request, as on AWS (10,240) with room for what proxies add. */
const MAX_HEADER_BYTES = 16 * 1024;
/** How long after a stream's end its last words may still be on their way, in milliseconds. */
const GRACE = 5000;

function sendProblem(
  response: ServerResponse,
  code: ProblemCode,
  path: string,
  requestId: string,
  wait = code === 'unavailable' ? 5 : undefined,
): void {
  const body = problemBody(new ProblemError(code), { path: path.slice(0, 500), requestId });
  const challenge = code === 'invalid_token' ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {};
  const retry = wait === undefined ? {} : { 'retry-after': String(wait) };
  response.writeHead(problems[code].status, {
    ...SECURITY_HEADERS,
    'content-type': 'application/problem+json',
    'x-request-id': requestId,
    ...challenge,
    ...retry,
  });
  response.end(JSON.stringify(body));
}

/** Sends a stream as it comes, and no faster than the caller reads. */
async function sendStream(response: ServerResponse, { status, headers, body }: OpenedStream): Promise<void> {
  response.writeHead(status, headers).flushHeaders();
  // A caller who does not read is let go when the stream's time is over.
  const timer = setTimeout(() => response.destroy(), STREAM_LIFE + GRACE).unref();
  try {
    await pipeline(body, response);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!isGone) throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** What API Gateway does for a tenant's API: asks its authorizer, then calls the function with its context. */
async function serveTenant(
  parts: GatewayParts,
  newId: NewId,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  const requestId = newId('request');
  const refuse = (code: ProblemCode, wait?: number) => sendProblem(response, code, target.path, requestId, wait);
  const body = await readBody(request);
  const authorize = await parts.authorizerOf(target.tenant);
  if (authorize === undefined) return refuse('not_found');
  // Browsers ask what is allowed before they send a token; whoever verifies a credential, or is invited, has none.
  const isOpen =
    request.method === 'OPTIONS' ||
    publicDocumentAt(target.path) !== undefined ||
    isTokenRequest(request.method, target.path) ||
    openRouteAt(request.method ?? '', target.path) !== undefined;
  const result = isOpen ? undefined : await authorize(authorizationOfRawHeaders(request.rawHeaders));
  if (result?.kind === 'denied') {
    const { reason } = result;
    const { tenant, path } = target;
    const address = request.socket.remoteAddress ?? '';
    const wait = result.status === 503 ? undefined : await parts.countRefused?.(tenant, address);
    const code = wait === undefined ? result.code : 'rate_limited';
    const { status } = problems[code];
    parts.onDenied?.({ tenant, method: request.method ?? '', path, address, requestId, status, code, reason });
    return refuse(code, wait);
  }
  const event = gatewayEvent(request, target, body, result?.principal);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, ...(parts.streams === undefined ? [] : [parts.streams.closing])]);
  const stream = await parts.streams?.open(event, { follow: true, signal });
  if (stream !== undefined) return sendStream(response, stream);
  const answer = await parts.api(event);
  response.writeHead(
    answer.statusCode,
    Object.fromEntries(Object.entries(answer.headers ?? {}).map(([name, value]) => [name, String(value)])),
  );
  response.end(answer.body);
}

async function serve(
  parts: GatewayParts,
  newId: NewId,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '/';
  if (url === '/') {
    response.writeHead(302, { location: '/docs' }).end();
    return;
  }
  const first = /^\/([^/?]*)/.exec(url)?.[1] ?? '';
  const own = parts.own.get(first);
  if (own !== undefined) {
    for (const [name, value] of Object.entries(OWN_HEADERS)) response.setHeader(name, value);
    return own(request, response);
  }
  return serveTenant(parts, newId, request, response, targetOf(url));
}

/** What is not HTTP, or has too many headers, never becomes a request; it is answered by hand. */
function refuseRaw(error: Error & { readonly code?: string }, socket: Duplex, requestId: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'invalid_request';
  const { status, title } = problems[code];
  const body = JSON.stringify(problemBody(new ProblemError(code), { path: '', requestId }));
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json',
    'connection: close',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Makes the gateway's server; it does not listen yet, and requests wait until its parts are there. */
export function createGateway(
  ready: Promise<GatewayParts>,
  newId: NewId,
  { headersMs, requestMs }: Patience = PATIENCE,
): Server {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(1000, headersMs),
  };
  const server = createServer(limits, async (request, response) => {
    const parts = await ready;
    try {
      await serve(parts, newId, request, response);
    } catch (error) {
      parts.onError(error);
      if (response.headersSent) response.destroy();
      else sendProblem(response, 'internal_error', request.url ?? '/', newId('request'));
    }
  });
  server.on('clientError', (error, socket) => refuseRaw(error, socket, newId('request')));
  return server;
}
