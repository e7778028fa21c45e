import type { PlacedRoute } from '@laurel/contract';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { fromContext, refusedPlayerOf } from '../identity/principal.ts';
import { admit } from './admission.ts';
import { recordCall } from './audit-calls.ts';
import type { StreamCall, StreamPart } from './call.ts';
import { plainPath, toV1Result } from './gateway-event.ts';
import { countCall } from './limits.ts';
import { createParamsOf } from './match.ts';
import { asProblem, logCall, type Passage, passageOf, problemResult, SECURITY_HEADERS } from './passage.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';
import { contextOf } from './route.ts';
import { standingOf } from './standing.ts';
import { createStreamDoor } from './stream-door.ts';

/** How long a stream lasts, in milliseconds: each minute the caller is asked anew who they are. */
export const STREAM_LIFE = 60_000;

/**
 * How old may be what lets somebody go on listening, in milliseconds. With what is known of callers, and the time between
 * two signs of life, it is less than the minute within which a right that was taken away is gone: when the stream was
 * opened, the authorizer's answer may have been nearly as old as that.
 */
const ASKED_AGAIN = 10_000;

/** How a stream is opened. */
export interface Following {
  /** Whether to wait for what is new. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** A stream's answer: the head, then text as it comes. */
export interface OpenedStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<string>;
}

/** Opens the stream that an event asks for; nothing where its route is none. Never throws. */
export type OpenStream = (event: APIGatewayProxyEvent, how: Following) => Promise<OpenedStream | undefined>;

/** `Handlers` has tied each handler to its route. */
type AnyStreamHandler = (call: StreamCall) => AsyncIterable<StreamPart<unknown>>;

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Proxies that gather answers would keep events back.
  'x-accel-buffering': 'no',
} as const;

/** How long a client waits before it connects again, in milliseconds. */
const RECONNECT = 1000;

function textOf(part: StreamPart<unknown>): string {
  if (part === 'heartbeat') return ':\n\n';
  // An event of another name: a plain listener does not see it, and still goes on from its id.
  if ('reached' in part) return `event: ready\nid: ${part.reached}\ndata: {}\n\n`;
  return `id: ${part.id}\ndata: ${JSON.stringify(part.data)}\n\n`;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function handlerOf(handlers: unknown, { context, operation }: PlacedRoute): AnyStreamHandler {
  const found = [context, ...operation.split('.')].reduce<unknown>(
    (part, name) => Reflect.get(Object(part), name),
    handlers,
  );
  if (typeof found !== 'function') throw new Error(`the route ${context}.${operation} has no handler`);
  return found as AnyStreamHandler;
}

/**
 * Answers the routes that stream, which ts-rest cannot: the same admission, context and problems as for all others, then
 * server-sent events until the caller goes, the signal ends it, or its life is over.
 */
export function createStreams(platform: Platform, all: readonly PlacedRoute[], handlers: unknown): OpenStream {
  const routes = all.filter(({ meta }) => meta?.stream === true);
  const paramsOf = createParamsOf(routes);
  const enter = createStreamDoor(platform);

  return async (event, how) => {
    const found = event.httpMethod === 'GET' ? paramsOf(plainPath(event.path)) : undefined;
    if (found === undefined) return undefined;
    const { placed, params } = found;
    const started = performance.now();
    const passage = passageOf(platform, event);
    passage.route = placed;
    passage.params = params;
    const headers = { ...SECURITY_HEADERS, 'x-request-id': passage.requestId };
    let leave = (): void => undefined;
    const ended = (status: number): void => {
      leave();
      logCall(platform, passage, status, performance.now() - started);
      recordCall(platform, passage, { statusCode: status });
    };
    try {
      const principal = fromContext(event.requestContext.authorizer);
      if (principal !== undefined) passage.limits = await countCall(platform, placed, principal);
      const asked = {
        refused: refusedPlayerOf(event.requestContext.authorizer),
        headers: passage.headers,
        params,
        address: event.requestContext.identity.sourceIp,
      };
      const admission = await admit(platform, placed, { ...asked, principal });
      passage.admission = admission;
      leave = await enter(admission);
      const assertPresent = async () => {
        const present = await standingOf(platform, admission.principal);
        if (present === undefined) throw new ProblemError('forbidden', 'This caller may not call any more.');
        await admit(platform, placed, { ...asked, principal: present });
      };
      const call: StreamCall = {
        ...(await contextOf(platform, placed, admission, {
          headers: passage.headers,
          asked: { method: event.httpMethod, path: plainPath(event.path), body: '' },
          requestId: passage.requestId,
        })),
        ...how,
        signal: AbortSignal.any([how.signal, AbortSignal.timeout(STREAM_LIFE)]),
        lastEventId: passage.headers.get('last-event-id') ?? undefined,
        assertPresent,
      };
      const parts = handlerOf(handlers, placed)(call)[Symbol.asyncIterator]();
      // What goes wrong before the first part is still answered as a problem.
      const first = await parts.next();
      // Also where nobody ever reads the body, which then never comes to its own end.
      call.signal.addEventListener('abort', () => {
        leave();
        void parts.return?.();
      });
      const mayGoOn = askedAgain(assertPresent);
      const body = textsOf(platform, passage, { first, parts, mayGoOn }, () => ended(200));
      return { status: 200, headers: { ...headers, ...passage.limits, ...STREAM_HEADERS }, body };
    } catch (error) {
      const result = problemResult(passage, asProblem(platform, error, passage));
      ended(result.statusCode);
      return {
        status: result.statusCode,
        headers: { ...headers, ...passage.limits, ...stringsOf(result.headers) },
        body: once(result.body),
      };
    }
  };
}

/** Asks now and then whether a caller who was let in still would be. */
function askedAgain(assert: () => Promise<void>): () => Promise<void> {
  let askedAt = Date.now();
  return async () => {
    if (Date.now() - askedAt < ASKED_AGAIN) return;
    await assert();
    askedAt = Date.now();
  };
}

interface Telling {
  readonly first: IteratorResult<StreamPart<unknown>>;
  readonly parts: AsyncIterator<StreamPart<unknown>>;
  /** Throws where the caller may hear no more. */
  readonly mayGoOn: () => Promise<void>;
}

async function* textsOf(
  platform: Platform,
  passage: Passage,
  { first, parts, mayGoOn }: Telling,
  ended: () => void,
): AsyncGenerator<string> {
  try {
    yield `retry: ${RECONNECT}\n\n`;
    for (let part = first; part.done !== true; part = await parts.next()) {
      await mayGoOn();
      yield textOf(part.value);
    }
  } catch (error) {
    // The head is out: all that can be done is to end, and the caller connects again.
    asProblem(platform, error, passage);
  } finally {
    await parts.return?.();
    ended();
  }
}

function stringsOf(headers: APIGatewayProxyResult['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** A stream as one answer, for whoever cannot stream. */
export async function wholeStream({ status, headers, body }: OpenedStream): Promise<APIGatewayProxyResult> {
  let text = '';
  for await (const part of body) text += part;
  return toV1Result(status, headers, text);
}
