import { type PlacedRoute, problems } from '@laurel/contract';
import type { AuditRecord } from '@laurel/contract/audit-records/schema';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Admission, RequestHeaders } from './admission.ts';
import { callersProblem } from './failure.ts';
import { headersOf, toV1Result } from './gateway-event.ts';
import type { Sifted } from './items.ts';
import type { Platform } from './platform.ts';
import { ProblemError, problemBody } from './problem.ts';

/** What travels with a request: the event it came from, and how it was let in. */
export interface Passage {
  readonly event: APIGatewayProxyEvent;
  /** All of the request's headers, empty ones included, which ts-rest would drop. */
  readonly headers: RequestHeaders;
  readonly requestId: string;
  /** The id of the record that the audit keeps of it, and when it came. */
  readonly recordId: string;
  readonly at: string;
  admission?: Admission;
  /** The tenant whose API is called by a stranger, on a route that asks for no token. */
  openTo?: string;
  route?: PlacedRoute;
  /** What is done, where no route of the contract says so. */
  action?: string;
  /** The parameters of its path, as they were sent. */
  params?: Readonly<Record<string, unknown>>;
  /** The items of a batch that were taken out before it was validated. */
  bad?: Sifted['bad'];
  /** Headers that tell of the limits that the call was counted in. */
  limits?: Readonly<Record<string, string>>;
  /** The code of the problem that was answered with. */
  code?: string;
  /** Whether its record was written with what it changed. */
  isRecorded?: true;
  versions?: AuditRecord['versions'];
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
  'access-control-expose-headers':
    'etag, idempotent-replayed, link, ratelimit, ratelimit-policy, retry-after, x-request-id',
} as const;

/** Begins the passage of a request. */
export function passageOf(platform: Platform, event: APIGatewayProxyEvent): Passage {
  const given = headersOf(event);
  return {
    event,
    headers: { get: (name) => given[name] ?? null },
    requestId: platform.newId('request'),
    recordId: platform.newId('auditRecord'),
    at: new Date().toISOString(),
  };
}

/** What to answer an error with; what is not the caller's doing is logged and told as `internal_error` alone. */
export function asProblem(platform: Platform, error: unknown, passage: Passage): ProblemError {
  // ts-rest reads the body before it looks for the route: a `SyntaxError` after that is our own.
  const problem = callersProblem(error, passage.route === undefined);
  if (problem !== undefined) return problem;
  const cause = error instanceof Error ? error : new Error(String(error));
  platform.logger.error('call failed', { requestId: passage.requestId, route: passage.route?.name, error: cause });
  return new ProblemError('internal_error');
}

/** The answer that is a problem. */
export function problemResult(passage: Passage, problem: ProblemError): APIGatewayProxyResult {
  passage.code = problem.code;
  const body = problemBody(problem, { path: passage.event.path.slice(0, 500), requestId: passage.requestId });
  const challenge = problem.code === 'invalid_token' ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {};
  const headers = { 'content-type': 'application/problem+json', ...challenge, ...problem.headers };
  return toV1Result(problems[problem.code].status, headers, JSON.stringify(body));
}

/** One line a call, without a word that a person wrote: no path, no query, no id of a player. */
export function logCall(platform: Platform, passage: Passage, status: number, milliseconds: number): void {
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
