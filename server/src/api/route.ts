import { createHash } from 'node:crypto';
import type { PlacedRoute } from '@laurel/contract';
import { type CommitResult, commit, type Write } from '../store/commit.ts';
import { KEPT_FOR, type KeptAnswer, keepAnswer, keptAnswer } from '../store/idempotency.ts';
import { scopeOf } from '../store/scope.ts';
import type { Admission, RequestHeaders } from './admission.ts';
import type { Answer, CallContext } from './call.ts';
import type { Platform } from './platform.ts';
import { invalidField, ProblemError } from './problem.ts';
import { acceptedLanguages } from './text.ts';

/** A request whose parts were validated. */
export interface ValidRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: RequestHeaders;
  /** The method and path as asked, and the body as sent: what a repeat must equal. */
  readonly asked: { readonly method: string; readonly path: string; readonly body: string };
  readonly requestId: string;
}

/** What is sent back, before it is written as an HTTP answer. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** A handler as the wrapper runs it; `Handlers` has checked its shapes against the contract. */
export type AnyHandler = (
  call: CallContext & Pick<ValidRequest, 'params' | 'query' | 'body'>,
) => Promise<Answer<unknown>>;

/** How often a call that lost against others is tried again. */
const ATTEMPTS = 8;

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** The version that If-Match names: `"v3"` is 3. */
function ifMatchOf(placed: PlacedRoute, headers: RequestHeaders): number | undefined {
  const { meta, route } = placed;
  if (meta?.etag !== true || (route.method !== 'PUT' && route.method !== 'PATCH')) return undefined;
  const value = headers.get('if-match');
  if (value === null) throw new ProblemError('precondition_required');
  const version = /^"v(\d{1,15})"$/.exec(value.trim())?.[1];
  if (version === undefined) throw new ProblemError('version_mismatch');
  return Number(version);
}

function idempotencyKeyOf(placed: PlacedRoute, headers: RequestHeaders): string | undefined {
  const key = placed.meta?.idempotency === 'key' ? headers.get('idempotency-key') : null;
  if (key === null) return undefined;
  if (!IDEMPOTENCY_KEY.test(key)) {
    throw invalidField('/headers/idempotency-key', 'Idempotency-Key must be 1 to 255 printable ASCII characters.');
  }
  return key;
}

/** The status of a route's one good answer. */
function successOf(placed: PlacedRoute): number {
  return 201 in placed.route.responses ? 201 : 200;
}

function etagOf(placed: PlacedRoute, body: unknown): Record<string, string> {
  if (placed.meta?.etag !== true || typeof body !== 'object' || body === null || !('version' in body)) return {};
  return { etag: `"v${body.version}"` };
}

/** The refusals of the store that have a problem of the same name. */
function refused(result: Exclude<CommitResult, { kind: 'committed' }>): ProblemError {
  if (result.kind === 'contended') return new ProblemError('conflict');
  switch (result.refusal) {
    case 'already_exists':
    case 'version_mismatch':
    case 'not_found':
      return new ProblemError(result.refusal);
    default:
      return new ProblemError('conflict');
  }
}

/** Runs an admitted call: replays a kept answer, or handles it and commits its writes and its answer as one. */
export async function runCall(
  platform: Platform,
  placed: PlacedRoute,
  admission: Admission,
  request: ValidRequest,
  handler: AnyHandler,
): Promise<Reply> {
  const now = platform.clock.now();
  const scope = scopeOf(admission.principal);
  const key = idempotencyKeyOf(placed, request.headers);
  const context: CallContext = {
    platform,
    principal: admission.principal,
    player: admission.player,
    scope,
    now,
    route: placed.name,
    path: request.asked.path,
    requestId: request.requestId,
    languages: acceptedLanguages(request.headers.get('accept-language') ?? undefined),
    ifMatch: ifMatchOf(placed, request.headers),
  };
  const caller = `${admission.principal.kind}:${admission.principal.subject}`;
  const seconds = Math.floor(Date.parse(now) / 1000);
  const fingerprint = fingerprintOf(request);
  for (let attempt = 1; ; attempt += 1) {
    const kept = key === undefined ? undefined : await keptAnswer(platform.table, scope, caller, key, seconds);
    if (kept !== undefined) return replay(placed, kept, fingerprint);
    const { params, query, body } = request;
    const answer = await handler({ ...context, params, query, body });
    const reply = { status: successOf(placed), body: answer.body, headers: etagOf(placed, answer.body) };
    const writes = [...(answer.writes ?? [])];
    if (key !== undefined) writes.push(keeping(platform, context, caller, key, fingerprint, reply, seconds));
    const result = await commit(platform.table, writes);
    if (result.kind === 'committed') return reply;
    const lostToTwin = result.kind === 'refused' && key !== undefined;
    // A twin with the same key may have been quicker: its answer is ours. Contention is worth another try as well.
    if (attempt >= ATTEMPTS || (result.kind === 'refused' && !lostToTwin)) throw refused(result);
    if (lostToTwin && result.refusal !== 'answer_kept') {
      const twin = await keptAnswer(platform.table, scope, caller, key, seconds);
      if (twin === undefined) throw refused(result);
    }
  }
}

function fingerprintOf({ asked }: ValidRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([asked.method, asked.path, asked.body]))
    .digest('base64url');
}

function keeping(
  platform: Platform,
  context: CallContext,
  caller: string,
  key: string,
  fingerprint: string,
  reply: Reply,
  seconds: number,
): Write {
  const answer = {
    fingerprint,
    status: reply.status,
    body: JSON.stringify(reply.body),
    expiresAt: seconds + KEPT_FOR,
  };
  return keepAnswer(platform.table, context.scope, caller, key, answer, seconds);
}

function replay(placed: PlacedRoute, kept: KeptAnswer, fingerprint: string): Reply {
  if (kept.fingerprint !== fingerprint) throw new ProblemError('idempotency_mismatch');
  const body: unknown = JSON.parse(kept.body);
  return { status: kept.status, body, headers: { ...etagOf(placed, body), 'idempotent-replayed': 'true' } };
}
