import type { ProblemCode } from '@laurel/contract';
import { problems } from '@laurel/contract';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { ApiHandler } from '../api/adapter.ts';
import { ProblemError, problemBody } from '../api/problem.ts';

/**
 * What Lambda takes from a function, in bytes of JSON (6 MB). More would be an error of the function to API Gateway, which the
 * caller would be told to try again, and again.
 */
const MOST_BYTES = 6 * 1024 * 1024;

function isSendable(result: APIGatewayProxyResult): boolean {
  // A letter is six bytes at the most (an escape), so that hardly any answer is written twice.
  return result.body.length < MOST_BYTES / 8 || Buffer.byteLength(JSON.stringify(result)) < MOST_BYTES;
}

/** What a handler that may not have started yet works with. */
export interface StartedApiParts {
  /** Makes the API's handler; may fail as long as something that it needs is out of reach. */
  readonly start: () => Promise<ApiHandler>;
  readonly newRequestId: () => string;
  readonly onError: (message: string, error: unknown) => void;
}

/**
 * A handler that starts as the process does, and keeps what it started. Where starting failed it is tried anew by the
 * next call, which is answered with 503 if that fails as well: a process must not die of a moment's outage. It never
 * throws, since API Gateway would answer that with a body of its own.
 */
export function startedApi({ start, newRequestId, onError }: StartedApiParts): ApiHandler {
  const attempt = (): Promise<ApiHandler | undefined> =>
    start().catch((error: unknown) => {
      onError('api did not start', error);
      return undefined;
    });
  let starting = attempt();

  const started = async (): Promise<ApiHandler | undefined> => {
    const known = await starting;
    if (known !== undefined) return known;
    starting = attempt();
    return starting;
  };

  return async (event) => {
    try {
      const serve = await started();
      if (serve === undefined) return problem('unavailable', event, newRequestId());
      const result = await serve(event);
      return isSendable(result) ? result : problem('unprocessable', event, newRequestId(), TOO_LARGE);
    } catch (error) {
      onError('api failed', error);
      return problem('internal_error', event, newRequestId());
    }
  };
}

const TOO_LARGE =
  'The answer is larger than 6 MB, which cannot be sent. What was to be done is done; ask for less at once.';

function problem(
  code: ProblemCode,
  event: Partial<APIGatewayProxyEvent>,
  requestId: string,
  detail?: string,
): APIGatewayProxyResult {
  const body = problemBody(new ProblemError(code, detail), { path: String(event.path ?? '').slice(0, 500), requestId });
  return {
    statusCode: problems[code].status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...(code === 'unavailable' ? { 'retry-after': '5' } : {}),
    },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}
