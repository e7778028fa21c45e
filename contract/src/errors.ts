import * as z from 'zod';
import { openEnum } from './shared/open-enum.ts';

/** What a row of the table of problems says. */
export interface ProblemKind {
  /** HTTP status. */
  readonly status: number;
  /** A short name for people; the same for every occurrence (RFC 9457, section 3.1.3). */
  readonly title: string;
  /** What happened, for the code's page. */
  readonly meaning: string;
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
    meaning:
      'The body, the query, the path or a header does not have the form that the route asks for. `errors` names each wrong field.',
    retryable: false,
    remedy: 'Mend the fields that `errors` points at.',
  },
  malformed_json: {
    status: 400,
    title: 'Malformed JSON',
    meaning: 'The body is not one JSON value, is not UTF-8, or is nested too deeply.',
    retryable: false,
    remedy: 'Send a body that is one JSON value in UTF-8, at most 32 levels deep.',
  },
  invalid_cursor: {
    status: 400,
    title: 'Invalid cursor',
    meaning: 'The cursor was not made by this list, or belongs to other filters, another workspace or another caller.',
    retryable: false,
    remedy:
      'Use the `nextCursor` of this list, or the `nextPart` of this report, with the same filters, or start without one.',
  },
  invalid_token: {
    status: 401,
    title: 'Invalid token',
    meaning:
      'There is no access token, or it is expired, malformed, or issued for another tenant; or its holder is suspended or revoked.',
    retryable: false,
    remedy: 'Send `Authorization: Bearer` with a live access token that was issued for this tenant.',
  },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    meaning: 'The caller is known, but lacks the permission that the route asks for.',
    retryable: false,
    remedy: 'Ask an administrator of the workspace for the permission that `detail` names.',
  },
  insufficient_scope: {
    status: 403,
    title: 'Insufficient scope',
    meaning: "The machine's token lacks the OAuth scope that the route asks for.",
    retryable: false,
    remedy: 'Ask for a token with the scope that `detail` names.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    meaning: 'There is no such path or thing, or none that this caller may know of: the two look the same.',
    retryable: false,
    remedy: 'Check the path and the ids in it; ids belong to one workspace.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The path exists, but not with this method.',
    retryable: false,
    remedy: 'Use one of the methods in the `Allow` header.',
  },
  already_exists: {
    status: 409,
    title: 'Already exists',
    meaning: 'Something with this id, slug or external id is there already.',
    retryable: false,
    remedy: 'Read the existing one, or choose another id.',
  },
  event_conflict: {
    status: 409,
    title: 'Event id already used',
    meaning: 'An event with this id was recorded before, and it was another event.',
    retryable: false,
    remedy: 'An event id names one event for ever: use a new id for other content.',
  },
  insufficient_funds: {
    status: 409,
    title: 'Insufficient funds',
    meaning:
      'A wallet has less available than a debit, a hold, a transfer or a price asks for; what is below the minimum of the currency cannot be spent. Nothing was posted.',
    retryable: false,
    remedy: 'Ask for what the wallet has available at most; `errors` points at the amount.',
  },
  hold_closed: {
    status: 409,
    title: 'Hold closed',
    meaning: 'The hold or the redemption was settled, released or cancelled before, or its time is over.',
    retryable: false,
    remedy: 'Read it to see what became of it; ask for what is left in it at most.',
  },
  sold_out: {
    status: 409,
    title: 'Sold out',
    meaning: 'None is left of the catalogue item, or no code for it. Nothing was paid.',
    retryable: false,
    remedy: 'Choose something else; what others cancel comes back into stock.',
  },
  already_reversed: {
    status: 409,
    title: 'Already reversed',
    meaning: 'The transaction was reversed before, which can be done once.',
    retryable: false,
    remedy: 'Read the transaction: `reversedBy` names the reversal.',
  },
  in_use: {
    status: 409,
    title: 'Still in use',
    meaning: 'What was to be taken out of play is referred to by definitions that are at work. `errors` names them.',
    retryable: false,
    remedy: 'Archive or change those that refer to it first, or apply a configuration that does it all at once.',
  },
  outdated: {
    status: 409,
    title: 'Outdated',
    meaning:
      'What the request was made for has changed since: the draft that was reviewed, or the workspace that was planned for. Nothing was changed.',
    retryable: false,
    remedy: 'Read the draft or make the plan again, and send the request for what is there now.',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    meaning: 'Others kept changing the same thing while this request tried to. Nothing of it was done.',
    retryable: true,
    remedy: 'Others changed the same thing at the same moment: send the request again.',
  },
  no_freeze_left: {
    status: 409,
    title: 'No freeze left',
    meaning: 'The player holds no freeze of this streak.',
    retryable: false,
    remedy: 'Earn a freeze first, or ask whoever runs the game for one.',
  },
  team_full: {
    status: 409,
    title: 'Team full',
    meaning: 'The team has as many members as it takes, or more than it is to take.',
    retryable: false,
    remedy: 'Join another team, or have somebody raise the capacity.',
  },
  team_closed: {
    status: 409,
    title: 'Team closed',
    meaning: 'The team takes no new members: a captain or an operator has closed it.',
    retryable: false,
    remedy: 'Join another team, or ask a captain to open it.',
  },
  already_in_team: {
    status: 409,
    title: 'Already in a team',
    meaning: 'A player is in one team at a time, and this one is in another.',
    retryable: false,
    remedy: 'Leave that team first.',
  },
  plan_limit_reached: {
    status: 409,
    title: 'Plan limit reached',
    meaning:
      "The tenant's plan allows no more of what was asked for: seats, workspaces, API clients, users, or events in this month. `detail` says which. Nothing was changed.",
    retryable: false,
    remedy:
      'Free one first (remove a member, revoke an invitation or a client, archive a workspace), or ask whoever runs the platform for a larger plan. What was changed of the plan is noticed within a minute; a new month in UTC begins with all of its events.',
  },
  last_owner: {
    status: 409,
    title: 'Last owner',
    meaning: 'The member is the last active owner of the workspace, which would have none without them.',
    retryable: false,
    remedy: 'Make somebody else an owner first.',
  },
  too_many_secrets: {
    status: 409,
    title: 'Too many secrets',
    meaning: 'The API client has two live secrets, which is the most while they are rotated.',
    retryable: false,
    remedy: 'Remove the secret that is no longer in use, then make a new one.',
  },
  claim_expired: {
    status: 409,
    title: 'Claim expired',
    meaning: 'The reward was to be claimed by a moment that is past. It is not given any more.',
    retryable: false,
    remedy: 'Nothing can be done for this reward; `expiresAt` tells of the next one how long it can be claimed.',
  },
  version_mismatch: {
    status: 412,
    title: 'Version mismatch',
    meaning:
      'If-Match names a version that is not the current one: somebody changed it since it was read, or the header is no ETag of this API. Nothing was changed.',
    retryable: false,
    remedy: 'Read it again, and send its new ETag as If-Match.',
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    meaning: 'The body is longer than the limit.',
    retryable: false,
    remedy: 'Send at most 256 KiB; split a batch.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    meaning: 'The body is of a kind that the route does not read, or it is compressed.',
    retryable: false,
    remedy: 'Send `Content-Type: application/json` in UTF-8, not compressed.',
  },
  unprocessable: {
    status: 422,
    title: 'Against the rules',
    meaning: 'Every field is well-formed, but together, or with what is there already, they break a rule.',
    retryable: false,
    remedy: 'Well-formed, but refused for the reason in `detail`.',
  },
  time_out_of_range: {
    status: 422,
    title: 'Time out of range',
    meaning: 'A time lies too far in the past or in the future.',
    retryable: false,
    remedy: 'Use a time from 1900-01-01 to at most five minutes ahead of the server.',
  },
  unknown_reference: {
    status: 422,
    title: 'Unknown reference',
    meaning: 'The body names something by id that this workspace does not have. `errors` points at the id.',
    retryable: false,
    remedy: 'Create what the pointer names first, or mend the id.',
  },
  invalid_expression: {
    status: 422,
    title: 'Invalid expression',
    meaning:
      'An expression is not CEL, names something that is not there, mixes types, or goes beyond its bounds. `errors` points at the field, and at the place within its text.',
    retryable: false,
    remedy: 'Mend the expression at the place that `errors` points at.',
  },
  destination_not_allowed: {
    status: 422,
    title: 'Destination not allowed',
    meaning:
      'The URL is not https on port 443, names a user, or leads to an address that is not public: private, loopback, link-local, or reserved.',
    retryable: false,
    remedy: 'Use an https URL on port 443 of a host that is reachable from the internet.',
  },
  invalid_code: {
    status: 422,
    title: 'Invalid code',
    meaning:
      'The code or the token of an invitation cannot be used. Whether it is unknown, used up, revoked or expired is not told.',
    retryable: false,
    remedy: 'Check that it was copied as a whole, or ask whoever gave it out for another one.',
  },
  domain_not_proven: {
    status: 422,
    title: 'Domain not proven',
    meaning: 'The DNS does not show the record that proves the domain, or not yet.',
    retryable: true,
    remedy: 'Publish the TXT record of the rule, wait until the DNS shows it, and try again.',
  },
  idempotency_mismatch: {
    status: 422,
    title: 'Idempotency-Key reused',
    meaning:
      'The Idempotency-Key was used before with another method, path or body, or about a user who was erased since.',
    retryable: false,
    remedy: 'Use a new Idempotency-Key for a different request.',
  },
  precondition_required: {
    status: 428,
    title: 'If-Match required',
    meaning:
      'The route changes something that others may change as well, and the request does not say which version it saw.',
    retryable: false,
    remedy: 'Send the ETag that you read as If-Match, so that nobody is overwritten.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    meaning: 'The caller has used up what it may ask in this time.',
    retryable: true,
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  headers_too_large: {
    status: 431,
    title: 'Headers too large',
    meaning: 'The headers together are longer than the limit.',
    retryable: false,
    remedy: 'Send at most 16 KiB of headers.',
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    meaning: 'Something failed that should not have. What was to be written is written wholly or not at all.',
    retryable: true,
    remedy: 'Our fault. Repeat it; if it persists, report the `requestId`.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    meaning:
      'A part that the request needs did not answer in time. What was to be written is written wholly or not at all.',
    retryable: true,
    remedy: 'A part of the platform is out of reach: repeat the request shortly.',
  },
} as const satisfies Record<string, ProblemKind>;

/** A stable code of the table. */
export type ProblemCode = keyof typeof problems;

const codes = Object.keys(problems) as ProblemCode[];

/** One field that is wrong: where it stands (RFC 6901) and why. */
export const FieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON pointer (RFC 6901) into the body, or `/query/…`, `/params/…`, `/headers/…`.' }),
    code: z.string(),
    message: z.string(),
    from: z
      .int()
      .optional()
      .meta({ description: 'Inside a text such as an expression: the first character that is wrong, from 0.' }),
    to: z.int().optional().meta({ description: 'The character after the last that is wrong.' }),
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
    code: openEnum(codes).meta({ description: 'Stable: decide on this. Codes may be added.' }),
    detail: z.string().meta({ description: 'What is wrong in this request, and what to do.' }),
    instance: z.string().meta({ description: 'The path that was asked.' }),
    requestId: z.string().meta({ description: 'Quote it when you report the problem.' }),
    errors: z.array(FieldError).optional(),
  })
  .meta({
    id: 'Problem',
    description: 'An error, by RFC 9457.',
    example: {
      type: 'https://laurel.dev/problems/event_conflict',
      title: 'Event id already used',
      status: 409,
      code: 'event_conflict',
      detail: 'An event id names one event for ever: use a new id for other content.',
      instance: '/dashboard/v1/events',
      requestId: 'req_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
    },
  });

/** An error as the wire carries it. */
export type Problem = z.infer<typeof Problem>;
