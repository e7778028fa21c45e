// Generated from the contract, do not edit; npm run generate.

import type { ProblemError } from '../core/errors.ts';
import { problemClass } from '../core/problem-class.ts';

/** `invalid_request` (400): The body, the query, the path or a header does not have the form that the route asks for. `errors` names each wrong field. Mend the fields that `errors` points at. */
export const InvalidRequestError = /* @__PURE__ */ problemClass('invalid_request');
export type InvalidRequestError = ProblemError<'invalid_request'>;

/** `malformed_json` (400): The body is not one JSON value, is not UTF-8, or is nested too deeply. Send a body that is one JSON value in UTF-8, at most 32 levels deep. */
export const MalformedJsonError = /* @__PURE__ */ problemClass('malformed_json');
export type MalformedJsonError = ProblemError<'malformed_json'>;

/** `invalid_cursor` (400): The cursor was not made by this list, or belongs to other filters, another workspace or another caller. Use the `nextCursor` of this list, or the `nextPart` of this report, with the same filters, or start without one. */
export const InvalidCursorError = /* @__PURE__ */ problemClass('invalid_cursor');
export type InvalidCursorError = ProblemError<'invalid_cursor'>;

/** `invalid_token` (401): There is no access token, or it is expired, malformed, or issued for another tenant; or its holder is suspended or revoked. Send `Authorization: Bearer` with a live access token that was issued for this tenant. */
export const InvalidTokenError = /* @__PURE__ */ problemClass('invalid_token');
export type InvalidTokenError = ProblemError<'invalid_token'>;

/** `forbidden` (403): The caller is known, but lacks the permission that the route asks for. Ask an administrator of the workspace for the permission that `detail` names. */
export const ForbiddenError = /* @__PURE__ */ problemClass('forbidden');
export type ForbiddenError = ProblemError<'forbidden'>;

/** `insufficient_scope` (403): The machine's token lacks the OAuth scope that the route asks for. Ask for a token with the scope that `detail` names. */
export const InsufficientScopeError = /* @__PURE__ */ problemClass('insufficient_scope');
export type InsufficientScopeError = ProblemError<'insufficient_scope'>;

/** `not_found` (404): There is no such path or thing, or none that this caller may know of: the two look the same. Check the path and the ids in it; ids belong to one workspace. */
export const NotFoundError = /* @__PURE__ */ problemClass('not_found');
export type NotFoundError = ProblemError<'not_found'>;

/** `method_not_allowed` (405): The path exists, but not with this method. Use one of the methods in the `Allow` header. */
export const MethodNotAllowedError = /* @__PURE__ */ problemClass('method_not_allowed');
export type MethodNotAllowedError = ProblemError<'method_not_allowed'>;

/** `already_exists` (409): Something with this id, slug or external id is there already. Read the existing one, or choose another id. */
export const AlreadyExistsError = /* @__PURE__ */ problemClass('already_exists');
export type AlreadyExistsError = ProblemError<'already_exists'>;

/** `event_conflict` (409): An event with this id was recorded before, and it was another event. An event id names one event for ever: use a new id for other content. */
export const EventConflictError = /* @__PURE__ */ problemClass('event_conflict');
export type EventConflictError = ProblemError<'event_conflict'>;

/** `insufficient_funds` (409): A wallet has less available than a debit, a hold, a transfer or a price asks for; what is below the minimum of the currency cannot be spent. Nothing was posted. Ask for what the wallet has available at most; `errors` points at the amount. */
export const InsufficientFundsError = /* @__PURE__ */ problemClass('insufficient_funds');
export type InsufficientFundsError = ProblemError<'insufficient_funds'>;

/** `hold_closed` (409): The hold or the redemption was settled, released or cancelled before, or its time is over. Read it to see what became of it; ask for what is left in it at most. */
export const HoldClosedError = /* @__PURE__ */ problemClass('hold_closed');
export type HoldClosedError = ProblemError<'hold_closed'>;

/** `sold_out` (409): None is left of the catalogue item, or no code for it. Nothing was paid. Choose something else; what others cancel comes back into stock. */
export const SoldOutError = /* @__PURE__ */ problemClass('sold_out');
export type SoldOutError = ProblemError<'sold_out'>;

/** `already_reversed` (409): The transaction was reversed before, which can be done once. Read the transaction: `reversedBy` names the reversal. */
export const AlreadyReversedError = /* @__PURE__ */ problemClass('already_reversed');
export type AlreadyReversedError = ProblemError<'already_reversed'>;

/** `in_use` (409): What was to be taken out of play is referred to by definitions that are at work. `errors` names them. Archive or change those that refer to it first, or apply a configuration that does it all at once. */
export const InUseError = /* @__PURE__ */ problemClass('in_use');
export type InUseError = ProblemError<'in_use'>;

/** `outdated` (409): What the request was made for has changed since: the draft that was reviewed, or the workspace that was planned for. Nothing was changed. Read the draft or make the plan again, and send the request for what is there now. */
export const OutdatedError = /* @__PURE__ */ problemClass('outdated');
export type OutdatedError = ProblemError<'outdated'>;

/** `conflict` (409): Others kept changing the same thing while this request tried to. Nothing of it was done. Others changed the same thing at the same moment: send the request again. */
export const ConflictError = /* @__PURE__ */ problemClass('conflict');
export type ConflictError = ProblemError<'conflict'>;

/** `no_freeze_left` (409): The player holds no freeze of this streak. Earn a freeze first, or ask whoever runs the game for one. */
export const NoFreezeLeftError = /* @__PURE__ */ problemClass('no_freeze_left');
export type NoFreezeLeftError = ProblemError<'no_freeze_left'>;

/** `team_full` (409): The team has as many members as it takes, or more than it is to take. Join another team, or have somebody raise the capacity. */
export const TeamFullError = /* @__PURE__ */ problemClass('team_full');
export type TeamFullError = ProblemError<'team_full'>;

/** `team_closed` (409): The team takes no new members: a captain or an operator has closed it. Join another team, or ask a captain to open it. */
export const TeamClosedError = /* @__PURE__ */ problemClass('team_closed');
export type TeamClosedError = ProblemError<'team_closed'>;

/** `already_in_team` (409): A player is in one team at a time, and this one is in another. Leave that team first. */
export const AlreadyInTeamError = /* @__PURE__ */ problemClass('already_in_team');
export type AlreadyInTeamError = ProblemError<'already_in_team'>;

/** `plan_limit_reached` (409): The tenant's plan allows no more of what was asked for: seats, workspaces, API clients, users, or events in this month. `detail` says which. Nothing was changed. Free one first (remove a member, revoke an invitation or a client, archive a workspace), or ask whoever runs the platform for a larger plan. What was changed of the plan is noticed within a minute; a new month in UTC begins with all of its events. */
export const PlanLimitReachedError = /* @__PURE__ */ problemClass('plan_limit_reached');
export type PlanLimitReachedError = ProblemError<'plan_limit_reached'>;

/** `last_owner` (409): The member is the last active owner of the workspace, which would have none without them. Make somebody else an owner first. */
export const LastOwnerError = /* @__PURE__ */ problemClass('last_owner');
export type LastOwnerError = ProblemError<'last_owner'>;

/** `too_many_secrets` (409): The API client has two live secrets, which is the most while they are rotated. Remove the secret that is no longer in use, then make a new one. */
export const TooManySecretsError = /* @__PURE__ */ problemClass('too_many_secrets');
export type TooManySecretsError = ProblemError<'too_many_secrets'>;

/** `claim_expired` (409): The reward was to be claimed by a moment that is past. It is not given any more. Nothing can be done for this reward; `expiresAt` tells of the next one how long it can be claimed. */
export const ClaimExpiredError = /* @__PURE__ */ problemClass('claim_expired');
export type ClaimExpiredError = ProblemError<'claim_expired'>;

/** `version_mismatch` (412): If-Match names a version that is not the current one: somebody changed it since it was read, or the header is no ETag of this API. Nothing was changed. Read it again, and send its new ETag as If-Match. */
export const VersionMismatchError = /* @__PURE__ */ problemClass('version_mismatch');
export type VersionMismatchError = ProblemError<'version_mismatch'>;

/** `body_too_large` (413): The body is longer than the limit. Send at most 256 KiB; split a batch. */
export const BodyTooLargeError = /* @__PURE__ */ problemClass('body_too_large');
export type BodyTooLargeError = ProblemError<'body_too_large'>;

/** `unsupported_media_type` (415): The body is of a kind that the route does not read, or it is compressed. Send `Content-Type: application/json` in UTF-8, not compressed. */
export const UnsupportedMediaTypeError = /* @__PURE__ */ problemClass('unsupported_media_type');
export type UnsupportedMediaTypeError = ProblemError<'unsupported_media_type'>;

/** `unprocessable` (422): Every field is well-formed, but together, or with what is there already, they break a rule. Well-formed, but refused for the reason in `detail`. */
export const UnprocessableError = /* @__PURE__ */ problemClass('unprocessable');
export type UnprocessableError = ProblemError<'unprocessable'>;

/** `time_out_of_range` (422): A time lies too far in the past or in the future. Use a time from 1900-01-01 to at most five minutes ahead of the server. */
export const TimeOutOfRangeError = /* @__PURE__ */ problemClass('time_out_of_range');
export type TimeOutOfRangeError = ProblemError<'time_out_of_range'>;

/** `unknown_reference` (422): The body names something by id that this workspace does not have. `errors` points at the id. Create what the pointer names first, or mend the id. */
export const UnknownReferenceError = /* @__PURE__ */ problemClass('unknown_reference');
export type UnknownReferenceError = ProblemError<'unknown_reference'>;

/** `invalid_expression` (422): An expression is not CEL, names something that is not there, mixes types, or goes beyond its bounds. `errors` points at the field, and at the place within its text. Mend the expression at the place that `errors` points at. */
export const InvalidExpressionError = /* @__PURE__ */ problemClass('invalid_expression');
export type InvalidExpressionError = ProblemError<'invalid_expression'>;

/** `destination_not_allowed` (422): The URL is not https on port 443, names a user, or leads to an address that is not public: private, loopback, link-local, or reserved. Use an https URL on port 443 of a host that is reachable from the internet. */
export const DestinationNotAllowedError = /* @__PURE__ */ problemClass('destination_not_allowed');
export type DestinationNotAllowedError = ProblemError<'destination_not_allowed'>;

/** `invalid_code` (422): The code or the token of an invitation cannot be used. Whether it is unknown, used up, revoked or expired is not told. Check that it was copied as a whole, or ask whoever gave it out for another one. */
export const InvalidCodeError = /* @__PURE__ */ problemClass('invalid_code');
export type InvalidCodeError = ProblemError<'invalid_code'>;

/** `domain_not_proven` (422): The DNS does not show the record that proves the domain, or not yet. Publish the TXT record of the rule, wait until the DNS shows it, and try again. */
export const DomainNotProvenError = /* @__PURE__ */ problemClass('domain_not_proven');
export type DomainNotProvenError = ProblemError<'domain_not_proven'>;

/** `idempotency_mismatch` (422): The Idempotency-Key was used before with another method, path or body, or about a user who was erased since. Use a new Idempotency-Key for a different request. */
export const IdempotencyMismatchError = /* @__PURE__ */ problemClass('idempotency_mismatch');
export type IdempotencyMismatchError = ProblemError<'idempotency_mismatch'>;

/** `precondition_required` (428): The route changes something that others may change as well, and the request does not say which version it saw. Send the ETag that you read as If-Match, so that nobody is overwritten. */
export const PreconditionRequiredError = /* @__PURE__ */ problemClass('precondition_required');
export type PreconditionRequiredError = ProblemError<'precondition_required'>;

/** `rate_limited` (429): The caller has used up what it may ask in this time. Wait for the seconds in `Retry-After`. */
export const RateLimitedError = /* @__PURE__ */ problemClass('rate_limited');
export type RateLimitedError = ProblemError<'rate_limited'>;

/** `headers_too_large` (431): The headers together are longer than the limit. Send at most 16 KiB of headers. */
export const HeadersTooLargeError = /* @__PURE__ */ problemClass('headers_too_large');
export type HeadersTooLargeError = ProblemError<'headers_too_large'>;

/** `internal_error` (500): Something failed that should not have. What was to be written is written wholly or not at all. Our fault. Repeat it; if it persists, report the `requestId`. */
export const InternalError = /* @__PURE__ */ problemClass('internal_error');
export type InternalError = ProblemError<'internal_error'>;

/** `unavailable` (503): A part that the request needs did not answer in time. What was to be written is written wholly or not at all. A part of the platform is out of reach: repeat the request shortly. */
export const UnavailableError = /* @__PURE__ */ problemClass('unavailable');
export type UnavailableError = ProblemError<'unavailable'>;
