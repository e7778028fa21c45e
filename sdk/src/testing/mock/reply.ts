import type { KnownProblemCode } from '../../core/errors.ts';
import { problemKinds } from '../../generated/answers.ts';
import type { Problem } from '../../generated/types.ts';

/** What a request asks of an operation. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The value of its JSON; undefined where it has none. */
  readonly body: unknown;
  /** Below the base URL. */
  readonly path: string;
}

/** A problem to answer with. */
export interface Refusal {
  readonly problem: KnownProblemCode;
  readonly detail: string;
  /** The field that is wrong. */
  readonly pointer?: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** What is answered. */
export type Reply =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | Refusal;

/** Whether it is refused. */
export function isRefusal(reply: object): reply is Refusal {
  return 'problem' in reply;
}

/** A refusal as the API words it. */
export function problemOf({ problem: code, detail, pointer }: Refusal, path: string, requestId: string): Problem {
  const [status, title] = problemKinds[code];
  return {
    type: `https://laurel.dev/problems/${code}`,
    title,
    status,
    code,
    detail,
    instance: path,
    requestId,
    ...(pointer === undefined ? {} : { errors: [{ pointer, code, message: detail }] }),
  };
}

/** The answer to a request for what is not there. */
export const NOT_FOUND: Refusal = { problem: 'not_found', detail: 'There is no such thing among what was given.' };
