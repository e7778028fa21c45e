import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';
import { type Attempts, createAttempts } from '../limits/attempts.ts';
import { commit } from '../store/commit.ts';
import type { ApiHandler } from './adapter.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { auditedPlatform, recordCall } from './audit-calls.ts';
import type { Answer, OpenContext } from './call.ts';
import { fieldErrors } from './failure.ts';
import { bodyOf, plainPath, toV1Result } from './gateway-event.ts';
import { createParamsOf } from './match.ts';
import { asProblem, logCall, type Passage, passageOf, problemResult, SECURITY_HEADERS } from './passage.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';
import type { TenantOf } from './public-documents.ts';
import { type Reply, replyOf } from './reply.ts';
import { isWorthAnotherTry, refused } from './route.ts';

/** `Handlers` has tied each handler to its route. */
type AnyOpenHandler = (call: OpenContext & { readonly body: unknown }) => Promise<Answer<unknown>>;

const openRoutes = routesOf(contract).filter(({ meta }) => meta?.open === true);
const findRoute = createParamsOf(openRoutes);

/** The route that a request is for, if it is one that asks for no access token. */
export function openRouteAt(method: string, path: string): PlacedRoute | undefined {
  const placed = findRoute(plainPath(path))?.placed;
  return placed?.route.method === method ? placed : undefined;
}

function handlerOf(handlers: unknown, { name }: PlacedRoute): AnyOpenHandler {
  const found = name.split('.').reduce<unknown>((part, key) => Reflect.get(Object(part), key), handlers);
  if (typeof found !== 'function') throw new Error(`the route ${name} has no handler`);
  return found as AnyOpenHandler;
}

/** The body of an open call, as its route takes it. */
function validBody({ route }: PlacedRoute, { event, headers }: Passage): unknown {
  const schema = 'body' in route && route.body instanceof z.ZodType ? route.body : undefined;
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(jsonOf(bodyOf(event, headers)));
  if (parsed.success) return parsed.data;
  const errors = fieldErrors('', parsed.error);
  const detail = errors[0] && `${errors[0].pointer === '' ? 'The body' : errors[0].pointer}: ${errors[0].message}`;
  throw new ProblemError('invalid_request', detail, { errors });
}

function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProblemError('malformed_json', 'The body is not one JSON value.');
    throw error;
  }
}

/** Runs an open call and commits its writes, again where others were quicker. */
async function run(placed: PlacedRoute, call: OpenContext & { readonly body: unknown }, handler: AnyOpenHandler) {
  let queue: string | undefined;
  const tryOnce = async () => {
    const answer = await handler(call);
    return { answer, result: await commit(call.platform.table, answer.writes ?? []) };
  };
  for (let attempt = 1; ; attempt += 1) {
    const { answer, result } = await (queue === undefined ? tryOnce() : call.platform.serial(queue, tryOnce));
    if (result.kind === 'committed') return replyOf(placed, answer.body);
    if (attempt >= ATTEMPTS || !isWorthAnotherTry(result, { ifMatch: undefined })) throw refused(result);
    queue = answer.queue;
    await backOff(attempt);
  }
}

/**
 * Answers the routes that ask for no access token, and passes all else on. Whose API was called, the gateway says; who
 * calls, nobody: an access token that comes along counts for nothing.
 */
export function withOpenRoutes(platform: Platform, tenantOf: TenantOf, handlers: unknown, api: ApiHandler): ApiHandler {
  const attempts = createAttempts(platform.limits.limiter);
  return async (event) => {
    const placed = openRouteAt(event.httpMethod, event.path);
    const tenant = tenantOf(event);
    if (placed === undefined || tenant === undefined) return api(event);
    const handler = handlerOf(handlers, placed);
    return answer(platform, placed, tenant, event, (passage) =>
      counted(platform, attempts, event, tenant, () => {
        const body = validBody(placed, passage);
        const audited = auditedPlatform(platform, passage);
        return run(placed, { platform: audited, tenant, realNow: platform.clock.now(), body }, handler);
      }),
    );
  };
}

/** Counts a call by where it comes from, before its body is looked at; one that succeeds was no guess. */
async function counted<T>(
  { limits }: Platform,
  attempts: Attempts,
  { requestContext }: APIGatewayProxyEvent,
  tenant: string,
  answered: () => Promise<T>,
): Promise<T> {
  if ((await limits.of(tenant)) === undefined) return answered();
  const attempt = await attempts.begin('open', tenant, requestContext.identity.sourceIp);
  if (typeof attempt === 'number')
    throw new ProblemError('rate_limited', undefined, { headers: { 'retry-after': String(attempt) } });
  const answer = await answered();
  await attempt.succeeded();
  return answer;
}

async function answer(
  platform: Platform,
  placed: PlacedRoute,
  tenant: string,
  event: APIGatewayProxyEvent,
  answered: (passage: Passage) => Promise<Reply>,
): Promise<APIGatewayProxyResult> {
  const started = performance.now();
  const passage = passageOf(platform, event);
  passage.route = placed;
  passage.openTo = tenant;
  let result: APIGatewayProxyResult;
  try {
    const reply = await answered(passage);
    const headers = { 'content-type': 'application/json', ...reply.headers };
    result = toV1Result(reply.status, headers, JSON.stringify(reply.body));
  } catch (error) {
    result = problemResult(passage, asProblem(platform, error, passage));
  }
  recordCall(platform, passage, result);
  logCall(platform, passage, result.statusCode, performance.now() - started);
  const headers = { ...SECURITY_HEADERS, 'x-request-id': passage.requestId, ...result.headers };
  return { ...result, headers };
}
