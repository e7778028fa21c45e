import { type PlacedRoute, problems, routesOf } from '@laurel/contract';
import { type AppRouter, isAppRoute } from '@ts-rest/core';
import { createLambdaHandler, type TsRestRequest } from '@ts-rest/serverless/aws';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { fromContext } from '../identity/principal.ts';
import { type Admission, admit, type RequestHeaders } from './admission.ts';
import type { Handlers } from './call.ts';
import { callersProblem } from './failure.ts';
import { bodyOf, headersOf, plainPath, toV1Result, toV2 } from './gateway-event.ts';
import { type Sifted, siftItems, weaveItems } from './items.ts';
import { createMethodsOf } from './match.ts';
import type { Platform } from './platform.ts';
import { notFound, ProblemError, problemBody } from './problem.ts';
import { type AnyHandler, runCall } from './route.ts';

/** Handles REST (v1) proxy events; never throws. */
export type ApiHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** What travels with a request through ts-rest: the event it came from, and how it was let in. */
interface Passage {
  readonly event: APIGatewayProxyEvent;
  /** All of the request's headers, empty ones included, which ts-rest would drop. */
  readonly headers: RequestHeaders;
  readonly requestId: string;
  admission?: Admission;
  route?: PlacedRoute;
  /** The items of a batch that were taken out before it was validated. */
  bad?: Sifted['bad'];
  /** The code of the problem that was answered with. */
  code?: string;
}

/** What every answer says, whoever gives it. */
export const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  // Tokens travel in a header that scripts must add themselves, never in cookies, so every origin may read its answers.
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, idempotent-replayed, retry-after, x-request-id',
} as const;

const PREFLIGHT_HEADERS = {
  'access-control-allow-headers':
    'authorization, content-type, accept-language, idempotency-key, if-match, x-user-id, x-external-user-id, traceparent',
  'access-control-max-age': '600',
} as const;

/**
 * The one place that knows ts-rest: it hands each request to the handler of its route, after the route's own checks,
 * and turns whatever goes wrong into a problem. ts-rest's defects are mended here and in `gateway-event.ts`; each has
 * its test in `server/test/api/adapter.test.ts`.
 */
export function createApi<T extends AppRouter>(platform: Platform, contract: T, handlers: Handlers<T>): ApiHandler {
  const routes = routesOf(contract);
  const methodsOf = createMethodsOf(routes);
  const passages = new WeakMap<object, Passage>();
  const serve = createTsRest(platform, contract, handlers, routes, passages);

  return async (event) => {
    const started = performance.now();
    const given = headersOf(event);
    const passage: Passage = {
      event,
      headers: { get: (name) => given[name] ?? null },
      requestId: platform.newId('request'),
    };
    const headers: Record<string, string> = { ...SECURITY_HEADERS, 'x-request-id': passage.requestId };
    let result: APIGatewayProxyResult;
    try {
      const methods = methodsOf(plainPath(event.path));
      const preflight = preflightOf(event, methods);
      if (preflight === undefined) assertMethod(event, methods);
      result = preflight ?? (await serve(passage));
    } catch (error) {
      result = problemResult(passage, asProblem(platform, error, passage));
    }
    Object.assign(headers, result.headers);
    logCall(platform, passage, result.statusCode, performance.now() - started);
    return toV1Result(result.statusCode, headers, event.httpMethod === 'HEAD' ? '' : result.body);
  };
}

type Serve = (passage: Passage) => Promise<APIGatewayProxyResult>;

function createTsRest(
  platform: Platform,
  contract: AppRouter,
  handlers: unknown,
  routes: readonly PlacedRoute[],
  passages: WeakMap<object, Passage>,
): Serve {
  const passageOf = (context: object): Passage => {
    const passage = passages.get(context);
    if (passage === undefined) throw new Error('a request came without its passage');
    return passage;
  };
  const placedOf = new Map(routes.map((placed) => [placed.route, placed]));

  const implement = (part: AppRouter, implementation: unknown): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(part).map(([name, entry]) => {
        const own =
          implementation !== null && typeof implementation === 'object' ? Reflect.get(implementation, name) : undefined;
        if (!isAppRoute(entry)) return [name, implement(entry, own)];
        const placed = placedOf.get(entry);
        if (placed === undefined || typeof own !== 'function') throw new Error(`the route ${name} has no handler`);
        return [name, implementRoute(placed, own as AnyHandler)];
      }),
    );

  const implementRoute = (placed: PlacedRoute, handler: AnyHandler) => ({
    // An array of its own for each route: ts-rest pushes the handler into it.
    middleware: [
      async (request: TsRestRequest, { lambdaContext }: { lambdaContext: Context }) => {
        const passage = passageOf(lambdaContext);
        passage.route = placed;
        const principal = fromContext(passage.event.requestContext.authorizer);
        passage.admission = await admit(platform, placed, {
          principal,
          headers: passage.headers,
          params: request.params,
        });
        const { batch } = placed.meta ?? {};
        if (batch === undefined) return;
        const sifted = siftItems(placed.route, batch.items, request.content, batch.most);
        request.content = sifted.body;
        passage.bad = sifted.bad;
      },
    ],
    handler: async (
      parts: { params: unknown; query: unknown; body: unknown },
      { responseHeaders, lambdaContext }: { responseHeaders: Headers; lambdaContext: Context },
    ) => {
      const { admission, event, headers, requestId, bad } = passageOf(lambdaContext);
      if (admission === undefined) throw new Error('a call came past its admission');
      const asked = { method: event.httpMethod, path: plainPath(event.path), body: event.body ?? '' };
      const validated = { ...parts, headers, asked, requestId };
      const reply = await runCall(platform, placed, admission, validated, handler);
      for (const [name, value] of Object.entries(reply.headers)) responseHeaders.set(name, value);
      const problemOf = (problem: ProblemError) => problemBody(problem, { path: event.path.slice(0, 500), requestId });
      return { status: reply.status, body: bad?.size ? weaveItems(reply.body, bad, problemOf) : reply.body };
    },
  });

  // `Handlers` has tied each handler to its route; ts-rest's own types cannot follow a walk over the contract.
  const router = implement(contract, handlers) as Parameters<typeof createLambdaHandler<AppRouter, object>>[1];
  const handle = createLambdaHandler<AppRouter, object>(contract, router, {
    responseValidation: true,
    errorHandler: (error) => {
      throw error;
    },
  });

  return async (passage) => {
    const { event, headers } = passage;
    const v2 = toV2(event, bodyOf(event, headers));
    // ts-rest hands this object to middleware and handler untouched: it is how they find their passage.
    const context = {} as Context;
    passages.set(context, passage);
    const result = await handle(v2, context);
    if (typeof result === 'string') throw new Error('ts-rest answered with text alone');
    return toV1Result(Number(result.statusCode), lowerCase(result.headers ?? {}), result.body ?? '');
  };
}

function lowerCase(headers: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The answer to OPTIONS: what the path offers, to browsers that ask before they call (Fetch standard, CORS). */
function preflightOf(event: APIGatewayProxyEvent, methods: readonly string[]): APIGatewayProxyResult | undefined {
  if (event.httpMethod !== 'OPTIONS' || methods.length === 0) return undefined;
  const allow = [...methods, 'OPTIONS'].join(', ');
  return toV1Result(204, { allow, 'access-control-allow-methods': allow, ...PREFLIGHT_HEADERS }, '');
}

/** Tells 404 from 405 before ts-rest, which knows no 405, takes a method in any case, and fails on TRACE. */
function assertMethod(event: APIGatewayProxyEvent, methods: readonly string[]): void {
  if (methods.length === 0) throw notFound();
  if (methods.includes(event.httpMethod === 'HEAD' ? 'GET' : event.httpMethod)) return;
  throw new ProblemError('method_not_allowed', undefined, { headers: { allow: methods.join(', ') } });
}

/** What to answer an error with; what is not the caller's doing is logged and told as `internal_error` alone. */
function asProblem(platform: Platform, error: unknown, passage: Passage): ProblemError {
  // ts-rest reads the body before it looks for the route: a `SyntaxError` after that is our own.
  const problem = callersProblem(error, passage.route === undefined);
  if (problem !== undefined) return problem;
  const cause = error instanceof Error ? error : new Error(String(error));
  platform.logger.error('call failed', { requestId: passage.requestId, route: passage.route?.name, error: cause });
  return new ProblemError('internal_error');
}

function problemResult(passage: Passage, problem: ProblemError): APIGatewayProxyResult {
  passage.code = problem.code;
  const body = problemBody(problem, { path: passage.event.path.slice(0, 500), requestId: passage.requestId });
  const challenge = problem.code === 'invalid_token' ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {};
  const headers = { 'content-type': 'application/problem+json', ...challenge, ...problem.headers };
  return toV1Result(problems[problem.code].status, headers, JSON.stringify(body));
}

/** One line a call, without a word that a person wrote: no path, no query, no id of a player. */
function logCall(platform: Platform, passage: Passage, status: number, milliseconds: number): void {
  const { admission, route, requestId, code } = passage;
  platform.logger.info('call', {
    requestId,
    route: route?.name,
    status,
    code,
    milliseconds: Math.round(milliseconds * 10) / 10,
    tenant: admission?.principal.tenant,
    workspace: admission?.principal.workspace,
    caller: admission?.principal.kind,
  });
}
