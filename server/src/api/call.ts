import type { OpenMeta, StreamMeta } from '@laurel/contract';
import type { AppRoute, AppRouter, ServerInferRequest, ServerInferResponseBody } from '@ts-rest/core';
import type { Principal } from '../identity/principal.ts';
import type { HeldRole } from '../ports/policy.ts';
import type { Write } from '../store/commit.ts';
import { type Listing, onePage, type Reach } from '../store/listing.ts';
import type { Scope } from '../store/scope.ts';
import type { Platform } from './platform.ts';

/** Which player a call is about: by Laurel's id or by the customer's. */
export type PlayerRef = { readonly userId: string } | { readonly externalUserId: string };

/** What every handler is told besides the request's own parts: who calls, where, and when. */
export interface CallContext {
  readonly platform: Platform;
  readonly principal: Principal;
  readonly scope: Scope;
  /** What the caller's role is now, where it is one of the workspace's own. */
  readonly role: HeldRole | undefined;
  /** The address that the call comes from, as the gateway saw it. */
  readonly address: string | undefined;
  /** What time it is in the workspace, RFC 3339 in UTC: the time of the game. */
  readonly now: string;
  /** The real time, which a test clock does not move: how long answers are kept and tokens live. */
  readonly realNow: string;
  /** The route's name, such as `dashboard.missions.list`. */
  readonly route: string;
  /** The path that was asked, and the id of this request: what a problem names. */
  readonly path: string;
  readonly requestId: string;
  /** The languages that the caller reads, the most wanted first. */
  readonly languages: readonly string[];
  /** The version that the caller read, from If-Match, on routes that demand it. */
  readonly ifMatch: number | undefined;
  /** On app routes: the player who calls, or for whom a machine calls. */
  readonly player: PlayerRef | undefined;
}

/** What changing a player's history takes of a call; what is run by the clock has no more than this. */
export type PlayContext = Pick<CallContext, 'scope' | 'now'> & {
  readonly platform: Pick<Platform, 'table' | 'rulebooks' | 'newId'> & {
    /** What the clock runs only adds to the end of histories, which takes no badge back: it goes without. */
    readonly credentials?: Pick<Platform['credentials'], 'nameOf'>;
  };
  /** Whether it is the player's own turn of the clock, which says itself when it comes again. */
  readonly inTurn?: boolean;
};

/** A call of one route: its validated parts and the context. */
export type Call<R extends AppRoute> = ServerInferRequest<R> & CallContext;

/** What a handler answers: a body, and what is to be written, all or nothing, before the body is sent. */
export interface Answer<Body> {
  readonly body: Body;
  readonly writes?: readonly Write[];
  /** What many calls may compete for at once: those that lost go on one after the other, in the queue of this name. */
  readonly queue?: string;
}

/** One route's handler: loads, decides and presents. Who may call, repeats, commit and errors are the wrapper's. */
export type Handler<R extends AppRoute> = (call: Call<R>) => Promise<Answer<ServerInferResponseBody<R, 200 | 201>>>;

/** What a stream is opened with, besides the context. */
export interface StreamCall extends CallContext {
  /** `Last-Event-ID`: after which event to go on. */
  readonly lastEventId: string | undefined;
  /** Whether to wait for what is new; without it the stream ends with what is there. */
  readonly follow: boolean;
  /** Ends the stream: the caller has gone, or the platform is shutting down. */
  readonly signal: AbortSignal;
  /**
   * Asks whether the caller would be let in now, which was asked of the authorizer up to a minute before the stream began.
   * To be called before anything is told.
   * @throws ProblemError where they would not
   */
  readonly assertPresent: () => Promise<void>;
}

/**
 * One part of a stream of server-sent events: an event; the place that was reached once all that was there is told, so
 * that the caller can go on from it even if nothing comes; or a sign of life.
 */
export type StreamPart<Body> =
  | { readonly id: string; readonly data: Body }
  | { readonly reached: string }
  | 'heartbeat';

/**
 * The handler of a route that answers with a stream. What it throws before the first part is answered as a problem; a
 * part is asked for when the one before it was sent, so nothing piles up.
 */
export type StreamHandler<R extends AppRoute> = (
  call: StreamCall,
) => AsyncIterable<StreamPart<ServerInferResponseBody<R, 200>>>;

/** What the handler of an open route is told: nobody has said who they are, so it is about the tenant's API alone. */
export interface OpenContext {
  readonly platform: Platform;
  /** Whose API was called, which the gateway tells and never the request. */
  readonly tenant: string;
  readonly realNow: string;
}

/** The handler of a route that asks for no access token. */
export type OpenHandler<R extends AppRoute> = (
  call: OpenContext & Pick<ServerInferRequest<R>, Extract<'body', keyof ServerInferRequest<R>>>,
) => Promise<Answer<ServerInferResponseBody<R, 200 | 201>>>;

/** A handler for every route of a part of the contract; one too few or too many does not compile. */
export type Handlers<T extends AppRouter> = {
  readonly [K in keyof T]: T[K] extends AppRoute
    ? T[K] extends { readonly metadata: StreamMeta }
      ? StreamHandler<T[K]>
      : T[K] extends { readonly metadata: OpenMeta }
        ? OpenHandler<T[K]>
        : Handler<T[K]>
    : T[K] extends AppRouter
      ? Handlers<T[K]>
      : never;
};

/** Who did something, as definitions and the ledger keep it. */
export function authorOf({ principal }: CallContext): string {
  return `${principal.kind}:${principal.subject}`;
}

/** The part of a list that a call asks for. `filters` is all that the list depends on besides the position. */
export function reachOf(
  call: CallContext & { readonly query: { readonly limit: number; readonly cursor?: string | undefined } },
  filters: unknown,
): Reach {
  const { limit, cursor } = call.query;
  const binding = { scope: call.scope, route: call.route, filters };
  return { limit, after: cursor === undefined ? undefined : call.platform.cursors.read(binding, cursor) };
}

/** The page that answers a list call. */
export function pageOf<T, P>(
  call: CallContext,
  filters: unknown,
  list: Listing<T>,
  present: (item: T) => P,
): { items: P[]; nextCursor: string | null } {
  const binding = { scope: call.scope, route: call.route, filters };
  return {
    items: list.items.map(present),
    nextCursor: list.next === null ? null : call.platform.cursors.write(binding, list.next),
  };
}

/** A page of a list that is in memory and sorted by key. */
export function listingOf<T>(all: readonly T[], reach: Reach, keyOf: (item: T) => string): Listing<T> {
  const rest = all.filter((item) => reach.after === undefined || keyOf(item) > reach.after);
  const items = onePage(rest, reach.limit);
  const last = items.at(-1);
  return { items, next: rest.length > items.length && last !== undefined ? keyOf(last) : null };
}
