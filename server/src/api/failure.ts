import type { FieldError } from '@laurel/contract';
import type { StandardSchemaError } from '@ts-rest/core';
import { TsRestHttpError } from '@ts-rest/serverless/aws';
import { ProblemError } from './problem.ts';

/** A JSON pointer to a place in one part of a request (RFC 6901); the body is the root. */
function pointerTo(part: string, path: readonly PropertyKey[]): string {
  return [part, ...path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)].join('');
}

/** A step of an issue's path: a key, or an object that holds one (Standard Schema). */
function stepOf(step: PropertyKey | { readonly key: PropertyKey }): PropertyKey {
  return typeof step === 'object' ? step.key : step;
}

/** What a schema found wrong in one part of a request. */
export function fieldErrors(part: string, error: Pick<StandardSchemaError, 'issues'> | null): FieldError[] {
  return (error?.issues ?? []).slice(0, 50).map((issue) => ({
    pointer: pointerTo(part, (issue.path ?? []).map(stepOf)).slice(0, 300),
    code: 'code' in issue && typeof issue.code === 'string' ? issue.code : 'invalid',
    message: issue.message.slice(0, 300),
  }));
}

/** ts-rest does not export the error that a failed validation throws; this is its shape. */
interface ValidationFailure {
  readonly pathParamsError: StandardSchemaError | null;
  readonly headersError: StandardSchemaError | null;
  readonly queryError: StandardSchemaError | null;
  readonly bodyError: StandardSchemaError | null;
}

function isValidationFailure(error: unknown): error is ValidationFailure {
  return error instanceof TsRestHttpError && 'bodyError' in error && 'pathParamsError' in error;
}

function invalidRequest(failure: ValidationFailure): ProblemError {
  const errors = [
    ...fieldErrors('/params', failure.pathParamsError),
    ...fieldErrors('/query', failure.queryError),
    ...fieldErrors('/headers', failure.headersError),
    ...fieldErrors('', failure.bodyError),
  ];
  const first = errors[0];
  const detail =
    first === undefined ? undefined : `${first.pointer === '' ? 'The body' : first.pointer}: ${first.message}`;
  return new ProblemError('invalid_request', detail, { errors });
}

/**
 * What the caller is told of an error, or nothing where it is not the caller's doing. Whatever is thrown inside the
 * platform, `SyntaxError`s of its own included, never looks like the caller's mistake: only ts-rest's reading of the
 * body, which comes before any handler, does.
 */
export function callersProblem(error: unknown, readingBody: boolean): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (isValidationFailure(error)) return invalidRequest(error);
  if (error instanceof TsRestHttpError && error.statusCode === 404) return new ProblemError('not_found');
  if (readingBody && error instanceof SyntaxError) {
    return new ProblemError('malformed_json', 'The body is not one JSON value.');
  }
  return undefined;
}
