import { createHash } from 'node:crypto';
import type { PlacedRoute } from '@laurel/contract';
import { accountOwner } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { KEPT_FOR, keepAnswer, keptAnswer } from '../store/idempotency.ts';
import { ERASED } from '../store/sealing.ts';
import type { RequestHeaders } from './admission.ts';
import { authorOf, type CallContext } from './call.ts';
import { invalidField, ProblemError } from './problem.ts';
import { etagOf, type Reply } from './reply.ts';

/** How the repeats of one call are recognised and answered. */
export interface Repeats {
  /** The answer that the call was given before, where it was. */
  known(): Promise<Reply | undefined>;
  /** What keeps an answer for repeats; it belongs into the transaction of what is answered. */
  keep(reply: Reply): readonly Write[];
}

const ABOUT_ERASED = 'What was answered under this Idempotency-Key was about a user who was erased since.';

/** The method and path as asked, and the body as sent: what a repeat must equal, for the same player. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

function idempotencyKeyOf(placed: PlacedRoute, headers: RequestHeaders): string | undefined {
  const key = placed.meta?.idempotency === 'key' ? headers.get('idempotency-key') : null;
  if (key === null) return undefined;
  if (IDEMPOTENCY_KEY.test(key)) return key;
  throw invalidField('/headers/idempotency-key', 'Idempotency-Key must be 1 to 255 printable ASCII characters.');
}

function fingerprintOf({ method, path, body }: Asked, { player }: CallContext): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, body, player]))
    .digest('base64url');
}

/** Whom a part of an answer names: by `userId`, by the name of their account, or as a user. */
function namedIn(part: unknown): string[] {
  const { userId, id, externalId, account } = Object(part);
  if (typeof userId === 'string') return [userId];
  const owner = typeof account === 'string' ? accountOwner(account) : undefined;
  if (owner !== undefined) return [owner];
  return typeof id === 'string' && externalId !== undefined ? [id] : [];
}

/** All whom an answer is about, as deep as it goes. */
function peopleIn(body: unknown): Set<string> {
  if (body === null || typeof body !== 'object') return new Set();
  const within = Object.values(body).flatMap((part) => [...peopleIn(part)]);
  return new Set([...namedIn(body), ...within]);
}

/** Whom an answer is about, where it is about one user: first of all as a whole, else by all that it names. */
function personIn(body: unknown): string | undefined {
  const [own] = namedIn(body);
  if (own !== undefined) return own;
  const [one, ...others] = peopleIn(body);
  return others.length === 0 ? one : undefined;
}

function playersId({ player }: CallContext): string | null {
  return player !== undefined && 'userId' in player ? player.userId : null;
}

/** A call that is not meant to be repeated, or is safe to. */
const never: Repeats = { known: async () => undefined, keep: () => [] };

/**
 * Recognises repeats by the `Idempotency-Key` of the call, where the route takes one. Keys belong to the caller.
 * `known` throws `idempotency_mismatch` where the key was used for another request, or for somebody who was erased since.
 */
export function repeatsOf(placed: PlacedRoute, headers: RequestHeaders, context: CallContext, asked: Asked): Repeats {
  const key = idempotencyKeyOf(placed, headers);
  if (key === undefined) return never;
  const { table } = context.platform;
  const { scope, realNow } = context;
  const caller = authorOf(context);
  // Real seconds: the table removes what has expired by the real time, and a repeat comes soon after in it.
  const seconds = Math.floor(Date.parse(realNow) / 1000);
  const fingerprint = fingerprintOf(asked, context);
  return {
    async known() {
      const kept = await keptAnswer(table, scope, caller, key, seconds);
      if (kept === undefined) return undefined;
      if (kept.fingerprint !== fingerprint) throw new ProblemError('idempotency_mismatch');
      // What was done stays done, and nobody can say any more what it was: the key is used up.
      if (kept.body === ERASED) throw new ProblemError('idempotency_mismatch', ABOUT_ERASED);
      const body: unknown = JSON.parse(kept.body);
      return { status: kept.status, body, headers: { ...etagOf(placed, body), 'idempotent-replayed': 'true' } };
    },
    keep({ status, body }) {
      const answer = { fingerprint, status, body: JSON.stringify(body), expiresAt: seconds + KEPT_FOR };
      return [keepAnswer(table, scope, caller, key, answer, seconds, personIn(body) ?? playersId(context))];
    },
  };
}
