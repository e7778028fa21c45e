import { type FieldError, type Problem, type ProblemCode, problems } from '@laurel/contract';

/** An error that the caller may see: a row of the contract's table, with what is wrong in this request. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Headers that belong to the answer, such as `Allow` or `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string = problems[code].remedy,
    more: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** Where the pages of the codes are. */
const PAGES = 'https://laurel.dev/problems';

/** The body of an error (RFC 9457). */
export function problemBody(error: ProblemError, request: { path: string; requestId: string }): Problem {
  const { status, title } = problems[error.code];
  return {
    type: `${PAGES}/${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.detail,
    instance: request.path,
    requestId: request.requestId,
    ...(error.errors.length === 0 ? {} : { errors: [...error.errors] }),
  };
}

/** The answer to whatever is not there, or must look so. */
export function notFound(): ProblemError {
  return new ProblemError('not_found');
}

/** The refusal of an id that names nothing, with where it stands in the body. */
export function unknownReference(pointer: string, what: string): ProblemError {
  const error = { pointer, code: 'unknown_reference', message: `there is no such ${what}` };
  return new ProblemError('unknown_reference', `There is no such ${what} in this workspace.`, { errors: [error] });
}

/** A field that is wrong, for a reason that the schema cannot tell. */
export function invalidField(pointer: string, message: string): ProblemError {
  return new ProblemError('invalid_request', message, { errors: [{ pointer, code: 'invalid', message }] });
}
