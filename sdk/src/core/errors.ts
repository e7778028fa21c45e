import type { FieldError, Problem } from '../generated/types.ts';

/**
 * A stable code of a problem: decide on this. A server that is newer than this SDK may send one that is not listed,
 * so keep a default branch.
 */
export type ProblemCode = Problem['code'];

/** What an open enumeration lists, without the text that it may be besides. */
type Listed<Value> = Value extends string ? (string extends Value ? never : Value) : never;

/** The codes that this SDK knows. */
export type KnownProblemCode = Listed<ProblemCode>;

/** Everything that the SDK throws. Messages and fields never hold a token or a secret. */
export class LaurelError extends Error {
  override name = 'LaurelError';

  /** @param facts what led to it as `cause`, and the fields of the class */
  constructor(message: string, facts?: ErrorOptions | object) {
    super(message, facts);
    Object.assign(this, facts);
  }
}

/** What every refusal by an answer tells. */
export interface AnswerFacts {
  /** The HTTP status. */
  readonly status: number;
  /** Quote it when you report a failure. */
  readonly requestId: string | undefined;
  /** Seconds to wait before the next try, where the server said so (`Retry-After`). */
  readonly retryAfter: number | undefined;
}

/** There was an answer, but not the one that was asked for: a {@link ProblemError} or a {@link ResponseError}. */
export class AnswerError extends LaurelError implements AnswerFacts {
  override name = 'AnswerError';
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;
}

/** The API refused the call and said why (RFC 9457). Narrow it by its code with {@link isProblem}. */
export class ProblemError<Code extends ProblemCode = ProblemCode> extends AnswerError {
  override name = 'ProblemError';
  declare readonly code: Code;
  /** A short name of the code, for people. */
  declare readonly title: string;
  /** What is wrong in this request, and what to do. */
  declare readonly detail: string;
  /** The fields that are wrong. */
  declare readonly errors: readonly FieldError[];

  constructor(problem: Partial<Problem> & { readonly code: Code }, facts: AnswerFacts) {
    const { code, title = code, detail = title, errors = [] } = problem;
    super(`${code} (${facts.status}): ${detail}`, { ...facts, code, title, detail, errors });
  }
}

/** The answer was not one of Laurel's: another content type, broken JSON, a redirect. */
export class ResponseError extends AnswerError {
  override name = 'ResponseError';
}

/** The answer has more than 32 Mi characters. No more of it was read, and it is not asked for again. */
export class AnswerTooLargeError extends ResponseError {
  override name = 'AnswerTooLargeError';
  readonly code = 'answer_too_large';
}

/** No answer: the server was out of reach, or the connection broke. */
export class ConnectionError extends LaurelError {
  override name = 'ConnectionError';
}

/** No answer within `timeoutMs`. */
export class TimeoutError extends LaurelError {
  override name = 'TimeoutError';
}

/** The call's `signal` was aborted. */
export class AbortError extends LaurelError {
  override name = 'AbortError';
}

/** There is no access token: `getToken` failed, or the token endpoint refused the credentials. */
export class TokenError extends LaurelError {
  override name = 'TokenError';
  /** The error code of OAuth 2.0 (RFC 6749, section 5.2), such as `invalid_client`. */
  declare readonly oauthError: string | undefined;
}

/** The call could not be sent as it was written: an empty id, a body that is not JSON, a base URL that is none. */
export class UsageError extends LaurelError {
  override name = 'UsageError';
}

/**
 * Whether the API refused the call, and with this code if one is given.
 *
 * @example
 * try {
 *   await laurel.missions.update(mission.id, changes, { ifMatch: mission });
 * } catch (error) {
 *   if (isProblem(error, 'version_mismatch')) return readAgain();
 *   throw error;
 * }
 */
export function isProblem(error: unknown): error is ProblemError;
export function isProblem<Code extends KnownProblemCode>(error: unknown, code: Code): error is ProblemError<Code>;
export function isProblem(error: unknown, code?: string): boolean {
  return error instanceof ProblemError && (code === undefined || error.code === code);
}
