import type { Problem } from '../generated/types.ts';
import { type AnswerFacts, ProblemError, ResponseError } from './errors.ts';
import type { Answer } from './exchange.ts';
import { isObject } from './object.ts';
import { retryAfterOf } from './retry-after.ts';

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

/** The code makes a problem; whatever else a proxy may have left out is made good by the error. */
type ProblemBody = Partial<Problem> & Pick<Problem, 'code'>;

function isProblemBody(value: unknown): value is ProblemBody {
  return isObject(value) && 'code' in value && typeof value.code === 'string';
}

/** The problem of an answer, if it is one. */
export function problemOf(answer: Answer): ProblemBody | undefined {
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
  const type = headers.get('content-type') ?? 'untyped';
  throw new ResponseError(`The answer (${status}, ${type}) is not one of Laurel.`, facts);
}
