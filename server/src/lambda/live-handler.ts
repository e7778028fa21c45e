import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problems } from '@laurel/contract';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ProblemError, problemBody } from '../api/problem.ts';
import type { OpenedStream, OpenStream } from '../api/streams.ts';

/** The head of an answer, as Lambda writes it before the body. */
export interface Head {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
}

/** What answering with streams takes. */
export interface LiveParts {
  /** Makes what opens streams; may fail as long as something that it needs is out of reach. */
  readonly start: () => Promise<OpenStream>;
  readonly onError: (message: string, error: unknown) => void;
}

function problem(code: 'not_found' | 'unavailable', event: Partial<APIGatewayProxyEvent>): OpenedStream {
  const requestId = event.requestContext?.requestId ?? '';
  const body = problemBody(new ProblemError(code), { path: String(event.path ?? '').slice(0, 500), requestId });
  return {
    status: problems[code].status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'x-request-id': requestId },
    body: (async function* () {
      yield JSON.stringify(body);
    })(),
  };
}

/** Makes the handler that opens a stream and writes it, and never throws: Lambda would answer with a body of its own. */
export function liveHandler({ start, onError }: LiveParts) {
  let started: Promise<OpenStream> | undefined;

  async function opened(event: APIGatewayProxyEvent, signal: AbortSignal): Promise<OpenedStream> {
    try {
      started ??= start();
      return (await (await started)(event, { follow: true, signal })) ?? problem('not_found', event);
    } catch (error) {
      started = undefined;
      onError('streams did not start', error);
      return problem('unavailable', event);
    }
  }

  return async (event: APIGatewayProxyEvent, begin: (head: Head) => Writable): Promise<void> => {
    const gone = new AbortController();
    const { status, headers, body } = await opened(event, gone.signal);
    const stream = begin({ statusCode: status, headers: { ...headers } });
    stream.once('close', () => gone.abort());
    try {
      await pipeline(body, stream);
    } catch (error) {
      onError('a stream broke off', error);
    } finally {
      gone.abort();
    }
  };
}
