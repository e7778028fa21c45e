import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ProblemCode } from '@laurel/contract';
import { problems } from '@laurel/contract';
import type { ApiHandler } from '../api/adapter.ts';
import { ProblemError, problemBody } from '../api/problem.ts';
import type { Authorize } from '../identity/authorizer.ts';
import { authorizationOfRawHeaders } from '../identity/gateway-authorizer.ts';
import { gatewayEvent, readBody, type Target, targetOf } from './gateway-request.ts';

/** A handler of Node's http for paths of its own. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** What the gateway stands before. */
export interface GatewayParts {
  /** Paths that are no tenant's, by their first segment: `issuer`, `docs`, `openapi`, `health`. */
  readonly own: ReadonlyMap<string, NodeHandler>;
  /** The dedicated authorizer of a tenant; nothing where there is no such tenant. */
  readonly authorizerOf: (tenant: string) => Promise<Authorize | undefined>;
  readonly api: ApiHandler;
  readonly newRequestId: () => string;
  readonly onError: (error: unknown) => void;
}

/** The most header bytes of a request, as on AWS (10,240) with room for what proxies add. */
const MAX_HEADER_BYTES = 16 * 1024;

function sendProblem(response: ServerResponse, code: ProblemCode, path: string, requestId: string): void {
  const body = problemBody(new ProblemError(code), { path: path.slice(0, 500), requestId });
  const challenge = code === 'invalid_token' ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {};
  const retry = code === 'unavailable' ? { 'retry-after': '5' } : {};
  response.writeHead(problems[code].status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...challenge,
    ...retry,
  });
  response.end(JSON.stringify(body));
}

/** What API Gateway does for a tenant's API: asks its authorizer, then calls the function with its context. */
async function serveTenant(
  parts: GatewayParts,
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
): Promise<void> {
  const refuse = (code: ProblemCode) => sendProblem(response, code, target.path, parts.newRequestId());
  const body = await readBody(request);
  const authorize = await parts.authorizerOf(target.tenant);
  if (authorize === undefined) return refuse('not_found');
  // Browsers ask what is allowed before they send a token.
  const isPreflight = request.method === 'OPTIONS';
  const result = isPreflight ? undefined : await authorize(authorizationOfRawHeaders(request.rawHeaders));
  if (result?.kind === 'denied') return refuse(result.code);
  const answer = await parts.api(gatewayEvent(request, target, body, result?.principal));
  response.writeHead(
    answer.statusCode,
    Object.fromEntries(Object.entries(answer.headers ?? {}).map(([name, value]) => [name, String(value)])),
  );
  response.end(answer.body);
}

async function serve(parts: GatewayParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const first = /^\/([^/?]*)/.exec(url)?.[1] ?? '';
  const own = parts.own.get(first);
  if (own !== undefined) return own(request, response);
  return serveTenant(parts, request, response, targetOf(url));
}

/** Makes the gateway's server; it does not listen yet. */
export function createGateway(parts: GatewayParts): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      parts.onError(error);
      if (response.headersSent) response.destroy();
      else sendProblem(response, 'internal_error', request.url ?? '/', parts.newRequestId());
    });
  });
  // What is not HTTP, or has too many headers, never becomes a request.
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    if (!socket.writable) return socket.destroy();
    const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'invalid_request';
    const { status, title } = problems[code];
    const body = JSON.stringify(problemBody(new ProblemError(code), { path: '', requestId: parts.newRequestId() }));
    socket.end(
      `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
  return server;
}
