import { problemKinds } from '../../generated/answers.ts';
import { csvOf } from './csv.ts';
import { versionOf } from './generic.ts';
import { type Asked, isRefusal, problemOf, type Refusal, type Reply } from './reply.ts';
import type { Route } from './routes.ts';

/** The value of a request's JSON, its text where it is none, and undefined where it has no body. */
export async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is for the operation to refuse, which has no use for it.
    return text;
  }
}

/** A refusal as a response. */
export function refused(refusal: Refusal, path: string, requestId: string): Response {
  const [status] = problemKinds[refusal.problem];
  const headers = new Headers({ 'content-type': 'application/problem+json', 'x-request-id': requestId });
  if (refusal.retryAfter !== undefined) headers.set('retry-after', String(refusal.retryAfter));
  return new Response(JSON.stringify(problemOf(refusal, path, requestId)), { status, headers });
}

/** A reply as a response: JSON, or a report as CSV where that is asked for. */
export function written(route: Route, reply: Reply, asked: Asked, requestId: string): Response {
  if (isRefusal(reply)) return refused(reply, asked.path, requestId);
  const { status = route.status, body, headers } = reply;
  const all = new Headers({ 'x-request-id': requestId, ...headers });
  if (route.hasEtag) all.set('etag', `"v${versionOf(body)}"`);
  if (body === undefined) return new Response(null, { status, headers: all });
  const wantsCsv = asked.headers.get('accept')?.includes('text/csv') === true && route.resource === 'analytics';
  all.set('content-type', wantsCsv ? 'text/csv; charset=utf-8' : 'application/json');
  return new Response(wantsCsv ? csvOf(body) : JSON.stringify(body), { status, headers: all });
}
