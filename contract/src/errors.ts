import * as z from 'zod';

/** What a row of the table of problems says. */
export interface ProblemKind {
  /** HTTP status. */
  readonly status: number;
  /** A short name for people; the same for every occurrence (RFC 9457, section 3.1.3). */
  readonly title: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean;
  /** What the caller can do. */
  readonly remedy: string;
}

/**
 * Every problem that Laurel answers with: its stable code, status and remedy. A row here (and its page in
 * `docs/problems/`) is all that a new one needs. Codes are never renamed.
 */
export const problems = {
  invalid_request: {
    status: 400,
    title: 'Invalid request',
    retryable: false,
    remedy: 'Mend the fields that `errors` points at.',
  },
  malformed_json: {
    status: 400,
    title: 'Malformed JSON',
    retryable: false,
    remedy: 'Send a body that is one JSON value in UTF-8, at most 32 levels deep.',
  },
  invalid_cursor: {
    status: 400,
    title: 'Invalid cursor',
    retryable: false,
    remedy: 'Use the `nextCursor` of this list with the same filters, or start without one.',
  },
  invalid_token: {
    status: 401,
    title: 'Invalid token',
    retryable: false,
    remedy: 'Send `Authorization: Bearer` with a live access token that was issued for this tenant.',
  },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    retryable: false,
    remedy: 'Ask an administrator of the workspace for the permission that `detail` names.',
  },
  insufficient_scope: {
    status: 403,
    title: 'Insufficient scope',
    retryable: false,
    remedy: 'Ask for a token with the scope that `detail` names.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    retryable: false,
    remedy: 'Check the path and the ids in it; ids belong to one workspace.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    retryable: false,
    remedy: 'Use one of the methods in the `Allow` header.',
  },
  already_exists: {
    status: 409,
    title: 'Already exists',
    retryable: false,
    remedy: 'Read the existing one, or choose another id.',
  },
  event_conflict: {
    status: 409,
    title: 'Event id already used',
    retryable: false,
    remedy: 'An event id names one event for ever: use a new id for other content.',
  },
  request_in_progress: {
    status: 409,
    title: 'Request in progress',
    retryable: true,
    remedy: 'The first request with this Idempotency-Key is still running: repeat it shortly.',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    retryable: true,
    remedy: 'Others changed the same thing at the same moment: send the request again.',
  },
  insufficient_funds: {
    status: 409,
    title: 'Insufficient funds',
    retryable: false,
    remedy: 'The wallet cannot go below its minimum: lower the amount.',
  },
  version_mismatch: {
    status: 412,
    title: 'Version mismatch',
    retryable: false,
    remedy: 'Read it again, and send its new ETag as If-Match.',
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    retryable: false,
    remedy: 'Send at most 256 KiB; split a batch.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    retryable: false,
    remedy: 'Send `Content-Type: application/json` in UTF-8, not compressed.',
  },
  unprocessable: {
    status: 422,
    title: 'Against the rules',
    retryable: false,
    remedy: 'Well-formed, but refused for the reason in `detail`.',
  },
  time_out_of_range: {
    status: 422,
    title: 'Time out of range',
    retryable: false,
    remedy: 'Use a time from 1900-01-01 to at most five minutes ahead of the server.',
  },
  unknown_reference: {
    status: 422,
    title: 'Unknown reference',
    retryable: false,
    remedy: 'Create what the pointer names first, or mend the id.',
  },
  idempotency_mismatch: {
    status: 422,
    title: 'Idempotency-Key reused',
    retryable: false,
    remedy: 'Use a new Idempotency-Key for a different request.',
  },
  precondition_required: {
    status: 428,
    title: 'If-Match required',
    retryable: false,
    remedy: 'Send the ETag that you read as If-Match, so that nobody is overwritten.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    retryable: true,
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  headers_too_large: {
    status: 431,
    title: 'Headers too large',
    retryable: false,
    remedy: 'Send at most 16 KiB of headers.',
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    retryable: true,
    remedy: 'Our fault. Repeat it; if it persists, report the `requestId`.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    retryable: true,
    remedy: 'A part of the platform is out of reach: repeat the request shortly.',
  },
} as const satisfies Record<string, ProblemKind>;

/** A stable code of the table. */
export type ProblemCode = keyof typeof problems;

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** One field that is wrong: where it stands (RFC 6901) and why. */
export const FieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON pointer (RFC 6901) into the body, or `/query/…`, `/params/…`, `/headers/…`.' }),
    code: z.string(),
    message: z.string(),
  })
  .meta({
    id: 'FieldError',
    description: 'A field that is wrong, and why.',
    example: { pointer: '/target', code: 'too_small', message: 'at least 1' },
  });

/** A wrong field as the wire carries it. */
export type FieldError = z.infer<typeof FieldError>;

/** The body of every error (RFC 9457, `application/problem+json`). */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'A page about this code.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes).meta({ description: 'Stable: decide on this.' }),
    detail: z.string().meta({ description: 'What is wrong in this request, and what to do.' }),
    instance: z.string().meta({ description: 'The path that was asked.' }),
    requestId: z.string().meta({ description: 'Quote it when you report the problem.' }),
    errors: z.array(FieldError).optional(),
  })
  .meta({
    id: 'Problem',
    description: 'An error, by RFC 9457.',
    example: {
      type: 'https://laurel.dev/problems/insufficient_funds',
      title: 'Insufficient funds',
      status: 409,
      code: 'insufficient_funds',
      detail: 'The wallet has 40 gems available and the debit asks for 50.',
      instance: '/dashboard/v1/ledger/transactions',
      requestId: 'req_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
    },
  });

/** An error as the wire carries it. */
export type Problem = z.infer<typeof Problem>;
