import type { Problem } from '../generated/types.ts';
import { type AnswerFacts, ProblemError, ResponseError } from './errors.ts';
import type { Answer } from './exchange.ts';
import { retryAfterOf } from './retry.ts';

/** A JSON body; nothing if it is none. */
export function jsonOf({ headers, text }: Answer): { value: unknown } | undefined {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '')) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    // That it is no JSON is all there is to say: the caller makes the error, with the status.
    return undefined;
  }
}

function isProblemBody(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'title' in value &&
    typeof value.title === 'string' &&
    'detail' in value &&
    typeof value.detail === 'string'
  );
}

/** The problem of an answer, if it is one. */
export function problemOf(answer: Answer): Problem | undefined {
  const body = answer.status >= 400 ? jsonOf(answer)?.value : undefined;
  return isProblemBody(body) ? body : undefined;
}

/**
 * What an answer carries; undefined if that is nothing by its status.
 * @throws ProblemError for a problem, ResponseError for what is not an answer of Laurel
 */
export function resultOf(answer: Answer): unknown {
  const { status, headers } = answer;
  const problem = problemOf(answer);
  const facts: AnswerFacts = {
    status,
    requestId: headers.get('x-request-id') ?? problem?.requestId,
    retryAfter: retryAfterOf(headers),
  };
  if (problem !== undefined) throw new ProblemError(problem, facts);
  if (status === 204) return undefined;
  const json = jsonOf(answer);
  if (status >= 200 && status < 300 && json !== undefined) return json.value;
  // A redirect that was not followed has the status 0 in browsers.
  const what = status === 0 || (status >= 300 && status < 400) ? 'a redirect, which is not followed' : 'not JSON';
  throw new ResponseError(
    `The answer (${status}, ${headers.get('content-type') ?? 'no content type'}) is not one of Laurel: it is ${status >= 400 ? 'not a problem' : what}.`,
    facts,
  );
}
