import { type AppRoute, type AppRouter, initContract, isAppRoute } from '@ts-rest/core';
import { Problem, problems } from './errors.ts';

/** Who may call a route: a player's client, an operator's session, or a machine with a credential of its own. */
export type Caller = 'player' | 'operator' | 'machine';

/**
 * What a permission lets people do. Roles are granted levels (`server/policies/roles.cedar`), so that a new route
 * needs no new policy: viewer reads, member operates, manager authors, admin administers, owner owns. `play` is for
 * players, `run` for whoever runs the platform.
 */
export type Level = 'play' | 'read' | 'operate' | 'author' | 'administer' | 'own' | 'run';

/** How heavy a call is, for the rate limits: each class is counted by itself. A batch takes a point for each item. */
export type RateClass = 'read' | 'write' | 'ingest' | 'bulk' | 'credential';

/**
 * Whose a route's things are, for callers who may see some players and not others. Where one is named, they stand at
 * these places of the request (`/params/id`, `/query/userId`, or `/userId` of the body): a place that is empty leaves it
 * to the others, and if all are, the route is about everybody.
 *
 * `nobody`: rules of the game and the like, which tell of no player. `seen`: of many, but the handler answers with those
 * alone whom the caller may see.
 */
export type Concern =
  | 'nobody'
  | 'seen'
  | {
      readonly user?: string;
      readonly externalUser?: string;
      readonly team?: string;
      /** The id of an event, whose player it is about. */
      readonly event?: string;
    };

/** What the platform must know of a route beside its shapes. Without it a route is refused to everybody. */
export interface RouteMeta {
  /** The Cedar action: `{context}:{resource}.{verb}`. */
  readonly action: `${'app' | 'dashboard' | 'platform'}:${string}.${string}`;
  readonly level: Level;
  /** The OAuth scope that a machine's token must carry. */
  readonly scope: `${string}:${string}`;
  readonly callers: readonly [Caller, ...Caller[]];
  /** Whose its things are; everybody's where it is missing, which refuses whoever may see some players alone. */
  readonly concerns?: Concern;
  readonly rate: RateClass;
  /** Whether answers may be kept by the caller, and for how many seconds; `none` sends `no-store`. */
  readonly cache: 'none' | { readonly maxAge: number };
  /** What the audit records: `read` may be gathered in batches, `change` is written one by one. */
  readonly audit: 'read' | 'change';
  /**
   * How a repeat is recognised: by `Idempotency-Key`, by an id inside the request, or not at all, since it is safe
   * by nature (`safe`) or makes a fresh secret each time, which is never stored (`fresh`).
   */
  readonly idempotency: 'key' | 'id' | 'safe' | 'fresh';
  /** Whether the answer carries its version as `ETag`, and, on a change, `If-Match` is required. */
  readonly etag?: true;
  /** On a batch: the field of the body whose items are judged one by one, and how many it takes at most. */
  readonly batch?: { readonly items: string; readonly most: number };
  /**
   * Whether anybody may call it, without an access token: what the request carries is proof by itself. Such a route is
   * about the tenant whose API is called, and names no workspace.
   */
  readonly open?: true;
  /** The answer is a stream of server-sent events; what the route declares as its answer is the data of each. */
  readonly stream?: true;
  /** The field of the answer whose rows can be had as CSV (RFC 4180) instead, by `Accept: text/csv`. */
  readonly csv?: string;
}

/** Metadata of a route that answers with a stream. */
export interface StreamMeta extends RouteMeta {
  readonly stream: true;
}

/** Metadata of a route that asks for no access token. */
export interface OpenMeta extends RouteMeta {
  readonly open: true;
}

type Context = 'app' | 'dashboard' | 'platform';

const contextCallers = {
  app: ['player', 'machine'],
  dashboard: ['operator', 'machine'],
  platform: ['operator', 'machine'],
} as const satisfies Record<Context, RouteMeta['callers']>;

/** Metadata of a route that only reads. */
export function reads(context: Context, resource: string, more: Partial<RouteMeta> = {}): RouteMeta {
  return {
    action: `${context}:${resource}.read`,
    level: context === 'app' ? 'play' : 'read',
    scope: `${context === 'app' ? 'app' : resource}:read`,
    callers: contextCallers[context],
    rate: 'read',
    cache: 'none',
    audit: 'read',
    idempotency: 'safe',
    ...more,
  };
}

/** Metadata of a route that tells what happens for as long as the caller listens, by server-sent events. */
export function streams(context: Context, resource: string, more: Partial<RouteMeta> = {}): StreamMeta {
  return { ...reads(context, resource, more), stream: true };
}

/** Metadata of a route that changes something. The level says who may. */
export function changes(context: Context, resource: string, level: Level, more: Partial<RouteMeta> = {}): RouteMeta {
  return {
    action: `${context}:${resource}.write`,
    level,
    scope: `${context === 'app' ? 'app' : resource}:write`,
    callers: contextCallers[context],
    rate: 'write',
    cache: 'none',
    audit: 'change',
    idempotency: 'key',
    ...more,
  };
}

/** Metadata of a route that anybody may call who has what it asks for in its body, such as the token of an invitation. */
export function opens(context: Context, resource: string, verb: string): OpenMeta {
  const action = `${context}:${resource}.${verb}` as const;
  const more = { action, rate: 'credential', idempotency: 'fresh' } as const;
  return { ...changes(context, resource, 'administer', more), open: true };
}

/** The metadata of a route, or nothing where it has none (then every caller is refused). */
export function metadataOf(route: AppRoute): RouteMeta | undefined {
  const metadata = route.metadata;
  return isRouteMeta(metadata) ? metadata : undefined;
}

function isRouteMeta(value: unknown): value is RouteMeta {
  return (
    typeof value === 'object' &&
    value !== null &&
    'action' in value &&
    'level' in value &&
    'callers' in value &&
    'scope' in value
  );
}

const errorStatuses = [...new Set(Object.values(problems).map((kind) => kind.status))];

/** The answers that every route may give beside its own; a new status in the table of problems is declared everywhere. */
export const problemResponses: Record<number, typeof Problem> = Object.fromEntries(
  errorStatuses.map((status) => [status, Problem]),
);

/** The builder of routes (ts-rest). */
export const c = initContract();

/** A route with its place in the contract. */
export interface PlacedRoute {
  /** The context: `app`, `dashboard` or `platform`. */
  readonly context: string;
  /** The operation, which is also the operationId and the SDK's path: `missions.list`. */
  readonly operation: string;
  /** Context and operation: `app.missions.list`. */
  readonly name: string;
  readonly route: AppRoute;
  readonly meta: RouteMeta | undefined;
}

/** Every route of a contract, in the order of declaration. Whatever is derived from the contract walks it by this. */
export function routesOf(contract: AppRouter, trail: readonly string[] = []): PlacedRoute[] {
  return Object.entries(contract).flatMap(([key, entry]): PlacedRoute[] => {
    const path = [...trail, key];
    if (!isAppRoute(entry)) return routesOf(entry, path);
    const [context = '', ...operation] = path;
    return [{ context, operation: operation.join('.'), name: path.join('.'), route: entry, meta: metadataOf(entry) }];
  });
}
