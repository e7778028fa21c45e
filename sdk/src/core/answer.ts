import type { Problem } from '../generated/types.ts';
import { type AnswerFacts, ProblemError, ResponseError } from './errors.ts';
import { isObject } from './object.ts';
import { retryAfterOf } from './retry-after.ts';

/** A whole answer. */
export interface Answer {
  readonly response: Pick<Response, 'status' | 'headers'>;
  /** The value of its JSON; undefined where it has none. */
  readonly json: unknown;
}

/** What a body says, if it says that it is JSON, and is. */
export function jsonOf(headers: Headers, text: string): unknown {
  if (!/^application\/([\w.-]+[+-])?json\b/i.test(typeOf(headers))) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // That it is no JSON is all there is to say: the caller makes the error, with the status.
    return undefined;
  }
}

function typeOf(headers: Headers): string {
  return headers.get('content-type') ?? 'untyped';
}

/** The code makes a problem; whatever else a proxy may have left out is made good by the error. */
type ProblemBody = Partial<Problem> & Pick<Problem, 'code'>;

function isProblemBody(value: unknown): value is ProblemBody {
  if (!isObject(value)) return false;
  const { code, title = '', detail = '', errors = [] }: { readonly [Member in keyof Problem]?: unknown } = value;
  return [code, title, detail].every((text) => typeof text === 'string') && Array.isArray(errors);
}

/** The problem of an answer, if it is one. */
export function problemOf({ response, json }: Answer): ProblemBody | undefined {
  return response.status >= 400 && isProblemBody(json) ? json : undefined;
}

/** What every refusal by an answer tells. */
export function factsOf({ status, headers }: Answer['response'], requestId?: string): AnswerFacts {
  return { status, requestId: headers.get('x-request-id') ?? requestId, retryAfter: retryAfterOf(headers) };
}

/**
 * What an answer carries; undefined if that is nothing by its status.
 * @throws ProblemError for a problem, ResponseError for what is not an answer of Laurel
 */
export function resultOf(answer: Answer): unknown {
  const { response, json } = answer;
  const { status } = response;
  const problem = problemOf(answer);
  const facts = factsOf(response, problem?.requestId);
  if (problem) throw new ProblemError(problem, facts);
  if (status === 204 || (status >= 200 && status < 300 && json !== undefined)) return json;
  throw new ResponseError(`The answer (${status}, ${typeOf(response.headers)}) is not one of Laurel.`, facts);
}
