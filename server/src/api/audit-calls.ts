import type { PlacedRoute } from '@laurel/contract';
import { Id } from '@laurel/contract/shared/ids';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { type OpenRecord, openRecord, plainText } from '../audit/record.ts';
import { witnessed } from '../audit/witness.ts';
import { fromContext, type Principal, refusedPlayerOf } from '../identity/principal.ts';
import { saveWaiting } from '../store/audit.ts';
import { type Scope, scopeOf, tenantScope } from '../store/scope.ts';
import type { PlayerRef } from './call.ts';
import { plainPath } from './gateway-event.ts';
import { createParamsOf } from './match.ts';
import type { Passage } from './passage.ts';
import type { Platform } from './platform.ts';
import { etagOf, type Reply } from './reply.ts';

/** What auditing calls takes of a platform. */
type Auditing = Pick<Platform, 'table' | 'audit' | 'newId'>;

/** Finds the route that a request names by its method and path, for records of requests that never came to it. */
export type RouteOf = (
  method: string,
  path: string,
) => { readonly placed: PlacedRoute; readonly params: Readonly<Record<string, unknown>> } | undefined;

/** Makes the look-up of routes by method and path. */
export function createRouteOf(routes: readonly PlacedRoute[]): RouteOf {
  const byMethod = new Map(
    [...Map.groupBy(routes, ({ route }) => String(route.method))].map(([method, own]) => [method, createParamsOf(own)]),
  );
  return (method, path) => byMethod.get(method === 'HEAD' ? 'GET' : method)?.(plainPath(path));
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Whether a parameter of a path names a person. */
function namesPerson(path: string, name: string): 'user' | 'external user' | undefined {
  if (name === 'externalId') return 'external user';
  if (name === 'user' || name === 'member') return 'user';
  return path.includes(`/users/:${name}`) ? 'user' : undefined;
}

/** The ids in a path; those of people as pseudonyms, and what is no id not at all. */
function targetOf(
  { audit }: Auditing,
  chain: Scope,
  placed: PlacedRoute | undefined,
  params: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  const entries = Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const id = Id.safeParse(value);
    if (!id.success) return [];
    const person = namesPerson(placed?.route.path ?? '', name);
    return [[name, person === undefined ? id.data : audit.pseudonyms.of(chain, person, id.data)]];
  });
  return Object.fromEntries(entries);
}

/** Headers and parameters by which a request would choose something that it cannot choose. */
const CHOICES = [
  ['tenant_header_ignored', /^x-(?:amz-)?(?:tenant|workspace)(?:-?id)?$/i],
  ['forwarded_host_ignored', /^(?:x-forwarded-host|forwarded|x-original-url|x-rewrite-url)$/i],
  ['method_override_ignored', /^x-(?:http-)?method(?:-override)?$/i],
] as const;
const QUERY_CHOICE = /^(?:tenant|workspace)(?:_?id)?$/i;

/** What is odd about a request. */
function flagsOf({ event }: Passage): string[] {
  const headers = Object.keys({ ...event.headers, ...event.multiValueHeaders });
  const query = Object.keys({ ...event.queryStringParameters, ...event.multiValueQueryStringParameters });
  return [
    ...CHOICES.flatMap(([flag, name]) => (headers.some((header) => name.test(header)) ? [flag] : [])),
    ...(query.some((name) => QUERY_CHOICE.test(name)) ? ['tenant_query_ignored'] : []),
  ];
}

function actorOf({ audit }: Auditing, chain: Scope, principal: Principal | undefined): OpenRecord['actor'] {
  if (principal === undefined) return { kind: 'stranger', id: null, tokenId: null };
  const { kind, subject, tokenId = null } = principal;
  return { kind, id: kind === 'player' ? audit.pseudonyms.of(chain, 'user', subject) : subject, tokenId };
}

function playerOf({ audit }: Auditing, chain: Scope, player: PlayerRef): string {
  return 'userId' in player
    ? audit.pseudonyms.of(chain, 'user', player.userId)
    : audit.pseudonyms.of(chain, 'external user', player.externalUserId);
}

/** The pseudonym of an address; it says the same of a person as they do, so it is none of theirs in the clear. */
function addressOf({ audit }: Auditing, chain: Scope, address: string): string | null {
  return address === '' ? null : audit.pseudonyms.of(chain, 'address', address);
}

/** Who calls, as far as their tenant's authorizer could tell. */
function principalOf({ admission, event, openTo }: Passage): Principal | undefined {
  // Who calls where no token is asked for, nobody vouches for.
  if (openTo !== undefined) return undefined;
  return admission?.principal ?? fromContext(event.requestContext.authorizer);
}

/** The chain that a call belongs to: of the workspace, or, for what is above workspaces or a stranger's, of the tenant. */
function chainOf({ event, route, openTo }: Passage, principal: Principal | undefined): Scope | undefined {
  if (principal === undefined) return openTo === undefined ? undefined : tenantScope(openTo);
  const isAbove = route === undefined ? event.path.startsWith('/platform/') : route.context === 'platform';
  return isAbove ? tenantScope(principal.tenant) : scopeOf(principal);
}

function recordOf(
  auditing: Auditing,
  passage: Passage,
  chain: Scope,
  principal: Principal | undefined,
  ended: Pick<OpenRecord, 'outcome' | 'status'> & Partial<OpenRecord>,
): OpenRecord {
  const { admission, event, requestId, route, params, versions } = passage;
  return openRecord({
    id: passage.recordId,
    at: passage.at,
    actor: actorOf(auditing, chain, principal),
    onBehalfOf:
      principal !== undefined && principal.kind !== 'player' && admission?.player !== undefined
        ? playerOf(auditing, chain, admission.player)
        : null,
    action: route?.meta?.action ?? passage.action ?? null,
    route: route?.name ?? null,
    method: METHODS.has(event.httpMethod) ? event.httpMethod : null,
    target: targetOf(auditing, chain, route, params),
    requestId,
    address: addressOf(auditing, chain, event.requestContext.identity.sourceIp),
    versions: versions ?? null,
    flags: flagsOf(passage),
    ...ended,
  });
}

/**
 * The platform as a call's handler sees it: the first that the call writes carries its record, in the same transaction.
 * Until the call is answered it says that the call succeeds; where it does not, that is written in its place.
 */
export function auditedPlatform(platform: Platform, passage: Passage): Platform {
  const principal = principalOf(passage);
  const own = chainOf(passage, principal);
  if (own === undefined) return platform;
  const status = passage.route !== undefined && 201 in passage.route.route.responses ? 201 : 200;
  const named = passage.route?.context === 'platform' ? passage.params?.tenant : undefined;
  // Who runs the platform leaves a record with the tenant whose things they change as well.
  const isElsewhere = typeof named === 'string' && named !== own.tenant;
  const itemsOf = () =>
    [own, ...(isElsewhere ? [tenantScope(named)] : [])].map((chain) => {
      const record = recordOf(platform, passage, chain, principal, { outcome: 'succeeded', status });
      return saveWaiting(platform.table, chain, { id: record.id, records: [record] });
    });
  const table = witnessed(platform.table, itemsOf, () => {
    passage.isRecorded = true;
  });
  return { ...platform, table };
}

/** Notes of a reply which version it made of which. */
export function noteVersions(passage: Passage, reply: Reply, ifMatch: number | undefined): void {
  const { route } = passage;
  if (route?.meta?.audit !== 'change') return;
  const after = /^"v(\d+)"$/.exec(etagOf(route, reply.body).etag ?? '')?.[1];
  if (after === undefined && ifMatch === undefined) return;
  passage.versions = { before: ifMatch ?? null, after: after === undefined ? null : Number(after) };
}

function outcomeOf(status: number, isReplayed: boolean): OpenRecord['outcome'] {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return isReplayed ? 'replayed' : 'succeeded';
}

/** Leaves the record of a call that was answered, unless what it changed has left it already. */
export function recordCall(
  auditing: Auditing,
  passage: Passage,
  { statusCode, headers = {} }: Pick<APIGatewayProxyResult, 'statusCode' | 'headers'>,
  routeOf?: RouteOf,
): void {
  const principal = principalOf(passage);
  if (principal === undefined && passage.openTo === undefined) {
    recordRefused(auditing, passage, statusCode, routeOf);
    return;
  }
  if (passage.isRecorded === true && statusCode < 400) return;
  // Where no more records can be kept, what is refused leaves none: there would be no end of them.
  if (passage.isRecorded !== true && statusCode >= 400 && auditing.audit.gatherer.isFull()) return;
  if (passage.route === undefined) {
    const found = routeOf?.(passage.event.httpMethod, passage.event.path);
    if (found !== undefined) Object.assign(passage, { route: found.placed, params: found.params });
  }
  const chain = chainOf(passage, principal);
  if (chain === undefined) return;
  const outcome = outcomeOf(statusCode, headers['idempotent-replayed'] === 'true');
  const known = { outcome, status: statusCode, code: passage.code ?? null };
  if (passage.isRecorded !== true) {
    auditing.audit.gatherer.add(chain, recordOf(auditing, passage, chain, principal, known));
    return;
  }
  const record = recordOf(auditing, passage, chain, principal, known);
  const amended = { ...record, flags: [...record.flags, 'changed_before_refusal'] };
  auditing.audit.gatherer.add(chain, amended, { alone: true });
}

/** Leaves the record of a call of somebody for whom the tenant's issuer vouches, and whom the API has refused. */
function recordRefused(auditing: Auditing, passage: Passage, status: number, routeOf?: RouteOf): void {
  const { event, requestId, route: placed, params = {} } = passage;
  const refused = refusedPlayerOf(event.requestContext.authorizer);
  if (refused === undefined) return;
  const { tenant, code } = refused;
  const { path, httpMethod: method } = event;
  const reason = code === 'forbidden' ? 'Suspended: user is not active' : 'TokenRefusal: user is unknown';
  const denied = { tenant, method, path, status, requestId, reason, code: passage.code ?? code };
  const found = placed && { placed, params };
  const address = event.requestContext.identity.sourceIp;
  recordDenied(auditing, { ...denied, address }, (...asked) => found ?? routeOf?.(...asked));
}

/** A request that the tenant's authorizer refused. */
export interface DeniedRequest {
  readonly tenant: string;
  readonly method: string;
  readonly path: string;
  readonly address: string;
  readonly requestId: string;
  readonly status: number;
  readonly code: string;
  /** Why, in words that may hold what the caller wrote. */
  readonly reason: string;
}

/** The name of the error alone, where its words may be a caller's: only our own refusals speak for themselves. */
function ownReason(reason: string): string {
  return plainText(/^(?:TokenRefusal|Suspended): /.test(reason) ? reason : (reason.split(':')[0] ?? ''));
}

/** Leaves the record of a request that never came to the API, with the tenant: whose workspace it was meant for, nobody vouches. */
export function recordDenied(auditing: Auditing, denied: DeniedRequest, routeOf: RouteOf): void {
  if (auditing.audit.gatherer.isFull()) return;
  const chain = tenantScope(denied.tenant);
  const found = routeOf(denied.method, denied.path);
  const record = openRecord({
    id: auditing.newId('auditRecord'),
    at: new Date().toISOString(),
    actor: { kind: 'stranger', id: null, tokenId: null },
    action: found?.placed.meta?.action ?? null,
    route: found?.placed.name ?? null,
    method: METHODS.has(denied.method) ? denied.method : null,
    target: targetOf(auditing, chain, found?.placed, found?.params),
    outcome: denied.status >= 500 ? 'failed' : 'refused',
    status: denied.status,
    code: denied.code,
    reason: ownReason(denied.reason),
    requestId: denied.requestId,
    address: addressOf(auditing, chain, denied.address),
  });
  auditing.audit.gatherer.add(chain, record);
}
