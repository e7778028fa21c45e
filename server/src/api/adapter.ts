import { type PlacedRoute, routesOf } from '@laurel/contract';
import { type AppRouter, isAppRoute } from '@ts-rest/core';
import { createLambdaHandler, type TsRestRequest } from '@ts-rest/serverless/aws';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { fromContext, refusedPlayerOf } from '../identity/principal.ts';
import { admit } from './admission.ts';
import { auditedPlatform, createRouteOf, noteVersions, type RouteOf, recordCall } from './audit-calls.ts';
import type { Handlers } from './call.ts';
import { answerAsCsv, wantsCsv } from './csv.ts';
import { bodyOf, plainPath, toV1Result, toV2 } from './gateway-event.ts';
import { siftItems, weaveItems } from './items.ts';
import { countCall } from './limits.ts';
import { createMethodsOf } from './match.ts';
import { asProblem, logCall, type Passage, passageOf, problemResult, SECURITY_HEADERS } from './passage.ts';
import type { Platform } from './platform.ts';
import { notFound, ProblemError, problemBody } from './problem.ts';
import type { Reply } from './reply.ts';
import { type AnyHandler, runCall } from './route.ts';
import { createStreams, wholeStream } from './streams.ts';

/** Handles REST (v1) proxy events; never throws. */
export type ApiHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

const NOT_FOLLOWED = { follow: false, signal: new AbortController().signal } as const;

const PREFLIGHT_HEADERS = {
  'access-control-allow-headers':
    'authorization, content-type, accept-language, idempotency-key, if-match, last-event-id, x-user-id, x-external-user-id, traceparent',
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
  const routeOf = createRouteOf(routes);
  const passages = new WeakMap<object, Passage>();
  const serve = createTsRest(platform, contract, handlers, routes, passages);
  // Whoever cannot stream answers with what is there, and the caller connects again for more.
  const openStream = createStreams(platform, routes, handlers);

  return async (event) => {
    const started = performance.now();
    const passage = passageOf(platform, event);
    const headers: Record<string, string> = { ...SECURITY_HEADERS, 'x-request-id': passage.requestId };
    let result: APIGatewayProxyResult;
    try {
      const methods = methodsOf(plainPath(event.path));
      const preflight = preflightOf(event, methods);
      if (preflight === undefined) assertMethod(event, methods);
      const isHead = event.httpMethod === 'HEAD';
      const asked = isHead ? { ...event, httpMethod: 'GET' } : event;
      const stream = preflight === undefined ? await openStream(asked, NOT_FOLLOWED) : undefined;
      if (stream !== undefined) return { ...(await wholeStream(stream)), ...(isHead ? { body: '' } : {}) };
      result = preflight ?? inAskedForm(passage, await serve(passage));
    } catch (error) {
      const cause = passage.route === undefined ? await countedToo(platform, passage, routeOf, error) : error;
      result = problemResult(passage, asProblem(platform, cause, passage));
    }
    Object.assign(headers, passage.limits, result.headers);
    logCall(platform, passage, result.statusCode, performance.now() - started);
    recordCall(platform, passage, result, routeOf);
    return toV1Result(result.statusCode, headers, event.httpMethod === 'HEAD' ? '' : result.body);
  };
}

/**
 * Counts a call that came to no route: to a path or by a method that is none, or with a body that could not be read. It
 * answers with why the call is refused.
 */
async function countedToo(platform: Platform, passage: Passage, routeOf: RouteOf, error: unknown): Promise<unknown> {
  const { event } = passage;
  const principal = fromContext(event.requestContext.authorizer);
  if (principal === undefined) return error;
  try {
    passage.limits = await countCall(platform, routeOf(event.httpMethod, event.path)?.placed, principal);
    return error;
  } catch (tooMany) {
    return tooMany;
  }
}

/** The answer as CSV, where the caller asks for that and the route has it. */
function inAskedForm({ route, headers, event }: Passage, result: APIGatewayProxyResult): APIGatewayProxyResult {
  if (route?.meta?.csv === undefined) return result;
  const vary = { ...result.headers, vary: 'accept' };
  if (result.statusCode !== 200 || !wantsCsv(headers.get('accept'))) return { ...result, headers: vary };
  const csv = answerAsCsv(route, result.body);
  if (csv === undefined) return { ...result, headers: vary };
  const { body, isPart, nextPart } = csv;
  const name = `${route.operation.replaceAll('.', '-')}${isPart ? '-part' : ''}`;
  const next = new URLSearchParams({ ...event.queryStringParameters, part: nextPart ?? '' });
  const own = {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}.csv"`,
    ...(nextPart === null ? {} : { link: `<?${next}>; rel="next"` }),
  };
  return { ...result, headers: { ...vary, ...own }, body };
}

type Serve = (passage: Passage) => Promise<APIGatewayProxyResult>;

function createTsRest(
  platform: Platform,
  contract: AppRouter,
  handlers: unknown,
  routes: readonly PlacedRoute[],
  passages: WeakMap<object, Passage>,
): Serve {
  const passageOfContext = (context: object): Passage => {
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
        // Never reached: `streams.ts` and `open-calls.ts` answer before ts-rest, which knows neither.
        if (placed.meta?.stream === true || placed.meta?.open === true)
          return [name, async () => Promise.reject(notFound())];
        return [name, implementRoute(placed, own as AnyHandler)];
      }),
    );

  const implementRoute = (placed: PlacedRoute, handler: AnyHandler) => ({
    // An array of its own for each route: ts-rest pushes the handler into it.
    middleware: [
      async (request: TsRestRequest, { lambdaContext }: { lambdaContext: Context }) => {
        const passage = passageOfContext(lambdaContext);
        passage.route = placed;
        passage.params = request.params;
        const principal = fromContext(passage.event.requestContext.authorizer);
        if (principal !== undefined) passage.limits = await countCall(platform, placed, principal, request.content);
        passage.admission = await admit(platform, placed, {
          principal,
          refused: refusedPlayerOf(passage.event.requestContext.authorizer),
          headers: passage.headers,
          params: request.params,
          query: request.query,
          content: request.content,
          address: passage.event.requestContext.identity.sourceIp,
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
      const passage = passageOfContext(lambdaContext);
      const { admission, event, headers, requestId, bad } = passage;
      if (admission === undefined) throw new Error('a call came past its admission');
      const asked = { method: event.httpMethod, path: plainPath(event.path), body: event.body ?? '' };
      const onReply = (reply: Reply, ifMatch: number | undefined) => noteVersions(passage, reply, ifMatch);
      const validated = { ...parts, headers, asked, requestId, onReply };
      const reply = await runCall(auditedPlatform(platform, passage), placed, admission, validated, handler);
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
