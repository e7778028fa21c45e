import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { factsOf, jsonOf, resultOf } from './answer.ts';
import { AnswerError, isProblem, LaurelError, ResponseError } from './errors.ts';
import { setAll } from './headers.ts';
import { isObject } from './object.ts';
import type { ConnectionOptions } from './options.ts';
import { pause } from './pause.ts';
import { textOf } from './text.ts';
import type { TokenSource } from './token.ts';
import { checkedUrl, filledPath } from './url.ts';

/** What a subscription can be given. */
export interface StreamOptions {
  /** Ends the subscription: its loop ends without an error. */
  readonly signal?: AbortSignal | undefined;
  /** After which event to go on, by an id from `onEventId`; `'0'` begins with the oldest that is kept. Only what is new where it is missing. */
  readonly lastEventId?: string | undefined;
  /** Told of each event's id, after the event was dealt with: keep it to go on from there another time. */
  readonly onEventId?: ((id: string) => void) | undefined;
  /** More headers, such as the player that a machine acts for. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** How long without a sign of life a connection is taken for dead, in milliseconds: three heartbeats. */
const SILENCE_MS = 45_000;
const FIRST_MS = 500;
const MOST_MS = 30_000;
const LONGEST_MS = 3_600_000;
/** So many characters of an event that does not end are kept. */
const MOST_LENGTH = 4_000_000;

/** The events of one connection; it ends as the connection does. */
async function* eventsOf(body: ReadableStream<Uint8Array>, onAlive: () => void): AsyncGenerator<EventSourceMessage> {
  let parsed: EventSourceMessage[] = [];
  // What is fed beyond that throws, so that the connection ends.
  const parser = createParser({ onEvent: (event) => parsed.push(event), maxBufferSize: MOST_LENGTH });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onAlive();
      parser.feed(decoder.decode(value, { stream: true }));
      const events = parsed;
      parsed = [];
      yield* events;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** What a stream is opened with. */
interface Opening {
  readonly url: string;
  readonly token: string;
  readonly lastEventId: string | undefined;
  readonly options: StreamOptions;
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
}

/** @throws ProblemError or ResponseError for any answer that is no stream */
async function open({ url, token, lastEventId, options, signal, fetch }: Opening): Promise<ReadableStream<Uint8Array>> {
  const headers = new Headers();
  setAll(headers, {
    ...options.headers,
    accept: 'text/event-stream, application/problem+json',
    authorization: `Bearer ${token}`,
    'last-event-id': lastEventId,
  });
  const response = await fetch(url, { headers, signal, redirect: 'manual', credentials: 'omit', cache: 'no-store' });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (response.status === 200 && isStream && response.body !== null) return response.body;
  resultOf({ response, json: jsonOf(response.headers, await textOf(response)) });
  throw new ResponseError('The answer is no stream.', factsOf(response));
}

/** Whether another try may go better. */
function passes(error: unknown): boolean {
  if (!(error instanceof AnswerError)) return !(error instanceof LaurelError);
  return error.status === 408 || error.status === 429 || error.status >= 500;
}

function delayOf(error: unknown, failures: number): number {
  const asked = error instanceof AnswerError ? (error.retryAfter ?? 0) * 1000 : 0;
  // The server's own wish, as far as it makes sense for who listens: but never a loop without a wait.
  return Math.max(Math.min(asked, LONGEST_MS), Math.random() * Math.min(MOST_MS, FIRST_MS * 2 ** failures));
}

/** The data of the events of a path, for ever: whenever the connection ends, it goes on after the last event. */
async function* listen(url: string, tokens: TokenSource, options: StreamOptions, fetch: typeof globalThis.fetch) {
  const { signal, onEventId } = options;
  let { lastEventId } = options;
  let failures = 0;
  let refused: string | undefined;
  while (signal?.aborted !== true) {
    const connection = new AbortController();
    const end = (): void => connection.abort();
    signal?.addEventListener('abort', end);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const onAlive = (): void => {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
    };
    let token: string | undefined;
    try {
      token = await tokens(refused);
      onAlive();
      const body = await open({ url, token, lastEventId, options, signal: connection.signal, fetch });
      for await (const { id, data, event } of eventsOf(body, onAlive)) {
        const happening = event === undefined ? JSON.parse(data) : undefined;
        failures = 0;
        refused = undefined;
        // What cannot be sent back would keep it from ever connecting again.
        const place = id !== undefined && /^[!-~]{1,256}$/.test(id) ? id : undefined;
        lastEventId = place ?? lastEventId;
        if (event === undefined) yield happening;
        if (place !== undefined) onEventId?.(place);
      }
      await pause(FIRST_MS, signal);
    } catch (error) {
      if (signal?.aborted) return;
      const isFresh = isProblem(error, 'invalid_token') && token !== undefined && refused === undefined;
      if (!isFresh && !passes(error)) throw error;
      if (isFresh) refused = token;
      else await pause(delayOf(error, failures++), signal).catch(() => undefined);
    } finally {
      clearTimeout(silence);
      signal?.removeEventListener('abort', end);
      end();
    }
  }
}

/** Streams by resource and verb, each the path of its route. */
export type StreamTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The client of a table of streams; table and interface are generated from one contract. */
export function streamsOf<Client extends object>(
  table: StreamTable,
  connection: Pick<ConnectionOptions, 'baseUrl' | 'fetch'>,
  tokens: TokenSource,
): Client;
export function streamsOf(
  table: StreamTable,
  connection: Pick<ConnectionOptions, 'baseUrl' | 'fetch'>,
  tokens: TokenSource,
): object {
  const base = checkedUrl('baseUrl', connection.baseUrl);
  const methodOf = (path: string) => {
    const places = path.split(':').length - 1;
    return (...given: readonly unknown[]) => {
      const options = given[places];
      const url = base + filledPath(path, given);
      return listen(url, tokens, isObject(options) ? options : {}, connection.fetch ?? globalThis.fetch);
    };
  };
  const resources = Object.entries(table).map(([resource, paths]) => {
    const methods = Object.entries(paths).map(([verb, path]) => [verb, methodOf(path)]);
    return [resource, Object.fromEntries(methods)];
  });
  return Object.fromEntries(resources);
}
