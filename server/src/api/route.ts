import type { PlacedRoute } from '@laurel/contract';
import { type CommitResult, commit } from '../store/commit.ts';
import { scopeOf } from '../store/scope.ts';
import type { Admission, RequestHeaders } from './admission.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { Answer, CallContext } from './call.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';
import { type Asked, repeatsOf } from './repeats.ts';
import { type Reply, replyOf } from './reply.ts';
import { acceptedLanguages } from './text.ts';

/** A request whose parts were validated. */
export interface ValidRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: RequestHeaders;
  readonly asked: Asked;
  readonly requestId: string;
  /** Is told what is about to be answered, before what it takes to be true is written. */
  readonly onReply?: (reply: Reply, ifMatch: number | undefined) => void;
}

/** A handler as the wrapper runs it; `Handlers` has checked its shapes against the contract. */
export type AnyHandler = (
  call: CallContext & Pick<ValidRequest, 'params' | 'query' | 'body'>,
) => Promise<Answer<unknown>>;

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

/** What a handler is told besides the request's own parts. */
export async function contextOf(
  platform: Platform,
  placed: PlacedRoute,
  { principal, player, role, address }: Admission,
  { headers, asked, requestId }: Pick<ValidRequest, 'headers' | 'asked' | 'requestId'>,
): Promise<CallContext> {
  const scope = scopeOf(principal);
  const realNow = platform.clock.now();
  return {
    platform,
    principal,
    player,
    role,
    address,
    scope,
    // Whoever runs tenants does so in real time, whichever workspace they call from.
    now: placed.context === 'platform' ? realNow : await platform.clocks.now(scope),
    realNow,
    route: placed.name,
    path: asked.path,
    requestId,
    languages: acceptedLanguages(headers.get('accept-language') ?? undefined),
    ifMatch: ifMatchOf(placed, headers),
  };
}

type Lost = Exclude<CommitResult, { kind: 'committed' }>;

/** What others moved on between the reading and the writing of a call. */
const MOVED_ON: ReadonlySet<string> = new Set([
  'sheet_moved',
  'ruleset_moved',
  'answer_kept',
  'voided',
  'code_taken',
  'pool_moved',
  'allotment_moved',
  'person_moved',
  'member_moved',
  'owners_moved',
  'invitation_moved',
  'join_code_moved',
  'client_moved',
  'workspace_moved',
  'issuers_moved',
  'role_moved',
]);

/** Whether what was decided may come out otherwise on another try: somebody else was quicker, nobody was wrong. */
export function isWorthAnotherTry(lost: Lost, { ifMatch }: Pick<CallContext, 'ifMatch'>): boolean {
  if (lost.kind === 'contended') return true;
  if (lost.kind === 'too_many_writes') return false;
  if (lost.refusal !== undefined && MOVED_ON.has(lost.refusal)) return true;
  // The version was read by this call itself, not named by the caller.
  return lost.refusal === 'version_mismatch' && ifMatch === undefined;
}

/** The refusals of the store that have a problem of the same name. */
export function refused(lost: Lost): ProblemError {
  if (lost.kind === 'too_many_writes')
    return new ProblemError('unprocessable', 'More follows from this than can be written at once: do it in parts.');
  switch (lost.kind === 'refused' ? lost.refusal : undefined) {
    case 'already_exists':
      return new ProblemError('already_exists');
    case 'version_mismatch':
      return new ProblemError('version_mismatch');
    case 'sold_out':
      return new ProblemError('sold_out');
    case 'already_reversed':
      return new ProblemError('already_reversed');
    case 'not_found':
      return new ProblemError('not_found');
    default:
      return new ProblemError('conflict');
  }
}

/** What a handler answers; where it refuses since a twin with the same key was quicker, what the twin was answered. */
async function orTwin(
  handling: Promise<Answer<unknown>>,
  known: () => Promise<Reply | undefined>,
): Promise<{ readonly answer: Answer<unknown> } | { readonly twin: Reply }> {
  try {
    return { answer: await handling };
  } catch (error) {
    const twin = error instanceof ProblemError ? await known() : undefined;
    if (twin === undefined) throw error;
    return { twin };
  }
}

/** Runs an admitted call: answers a repeat, or handles it and commits its writes and its answer as one. */
export async function runCall(
  platform: Platform,
  placed: PlacedRoute,
  admission: Admission,
  request: ValidRequest,
  handler: AnyHandler,
): Promise<Reply> {
  const context = await contextOf(platform, placed, admission, request);
  const repeats = repeatsOf(placed, request.headers, context, request.asked);
  const { params, query, body } = request;
  const tryOnce = async () => {
    const begun = performance.now();
    const handled = await orTwin(handler({ ...context, params, query, body }), repeats.known);
    if ('twin' in handled)
      return { reply: handled.twin, result: { kind: 'committed' } as const, queue: undefined, took: 0 };
    const { answer } = handled;
    const reply = replyOf(placed, answer.body);
    request.onReply?.(reply, context.ifMatch);
    const result = await commit(platform.table, [...(answer.writes ?? []), ...repeats.keep(reply)]);
    return { reply, result, queue: answer.queue, took: performance.now() - begun };
  };
  let known = await repeats.known();
  let queue: string | undefined;
  for (let attempt = 1; known === undefined; attempt += 1) {
    const {
      reply,
      result,
      queue: next,
      took,
    } = await (queue === undefined ? tryOnce() : platform.serial(queue, tryOnce));
    queue = next;
    if (result.kind === 'committed') return reply;
    // A twin with the same key may have been quicker: then its answer is ours.
    known = await repeats.known();
    if (known !== undefined) break;
    if (attempt >= ATTEMPTS || !isWorthAnotherTry(result, context)) throw refused(result);
    await backOff(attempt, took);
  }
  return known;
}
