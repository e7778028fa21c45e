import type { PlacedRoute, RouteMeta } from '@laurel/contract';
import { Id } from '@laurel/contract/shared/ids';
import type { Principal } from '../identity/principal.ts';
import type { PolicyRequest } from '../ports/policy.ts';
import type { CallContext, PlayerRef } from './call.ts';
import type { Platform } from './platform.ts';
import { invalidField, notFound, ProblemError } from './problem.ts';

/** A request's headers, by lower-case name. */
export type RequestHeaders = Pick<Headers, 'get'>;

/** What a call is let in with. */
export interface Admission {
  readonly principal: Principal;
  readonly player: PlayerRef | undefined;
}

/** The header's value as an id, or nothing. */
function idHeader(headers: RequestHeaders, name: string): string | undefined {
  const value = headers.get(name);
  if (value === null) return undefined;
  const id = Id.safeParse(value);
  if (!id.success) throw invalidField(`/headers/${name}`, `${name} must be an id.`);
  return id.data;
}

/** For whom a machine acts, from its headers; a player is always themselves, whatever the headers say. */
function playerOf(principal: Principal, headers: RequestHeaders): PlayerRef {
  if (principal.kind === 'player') return { userId: principal.subject };
  const userId = idHeader(headers, 'x-user-id');
  const externalUserId = idHeader(headers, 'x-external-user-id');
  if (userId !== undefined && externalUserId !== undefined) {
    throw invalidField('/headers/x-user-id', 'Send x-user-id or x-external-user-id, never both.');
  }
  if (userId !== undefined) return { userId };
  if (externalUserId !== undefined) return { externalUserId };
  throw invalidField('/headers/x-user-id', 'Name the player you act for by x-user-id or x-external-user-id.');
}

/** Whose things a call is about. */
type Place = PolicyRequest['resource'];

/** The platform's own routes name a tenant, and some a workspace; all others are about the caller's own. */
function placeOf(principal: Principal, params: Readonly<Record<string, string>>): Place {
  return { tenant: params.tenant ?? principal.tenant, workspace: params.workspace ?? principal.workspace };
}

function nameOf(player: PlayerRef): string {
  return 'userId' in player ? player.userId : player.externalUserId;
}

/** What a refused caller may know: the lack of a scope, the lack of a right, or nothing but absence. */
function refusal(principal: Principal, meta: RouteMeta, resource: Place): ProblemError {
  if (resource.tenant !== principal.tenant || resource.workspace !== principal.workspace) return notFound();
  if (principal.kind === 'machine' && !principal.scopes.includes(meta.scope)) {
    return new ProblemError('insufficient_scope', `The token lacks the scope ${meta.scope}.`);
  }
  return new ProblemError('forbidden', `This caller lacks the permission ${meta.action}.`);
}

/** Lets a call in, or throws: who calls was settled by the tenant's authorizer, what they may do is asked here. */
export async function admit(
  platform: Platform,
  placed: PlacedRoute,
  request: {
    readonly principal: Principal | undefined;
    readonly headers: RequestHeaders;
    readonly params: Readonly<Record<string, string>>;
  },
): Promise<Admission> {
  const { principal, headers, params } = request;
  if (principal === undefined) throw new ProblemError('invalid_token');
  // Nothing is done of which no record could be left.
  if (platform.audit.gatherer.isFull())
    throw new ProblemError('unavailable', undefined, { headers: { 'retry-after': '5' } });
  const { meta } = placed;
  if (meta === undefined) throw new ProblemError('forbidden', 'This route is open to nobody: it has no metadata.');
  const resource = placeOf(principal, params);
  const player = placed.context === 'app' && principal.kind !== 'operator' ? playerOf(principal, headers) : undefined;
  const actingFor = principal.kind === 'machine' && player !== undefined ? { actingFor: nameOf(player) } : {};
  if (!(await isAllowed(platform, meta, { principal, resource, ...actingFor })))
    throw refusal(principal, meta, resource);
  return { principal, player };
}

async function isAllowed(
  platform: Platform,
  { action, scope }: RouteMeta,
  asked: Omit<PolicyRequest, 'action' | 'scope'>,
): Promise<boolean> {
  const decision = await platform.policy.decide({ ...asked, action, scope });
  for (const error of decision.errors) platform.logger.error('policy error', { action, error });
  return decision.allowed;
}

type Caller = Pick<CallContext, 'platform' | 'principal' | 'scope'>;

/** Whether whoever was let in by one route may call another one too, of which theirs does a part. */
export async function mayAlso({ platform, principal, scope }: Caller, meta: RouteMeta): Promise<boolean> {
  return (
    meta.callers.some((kind) => kind === principal.kind) && isAllowed(platform, meta, { principal, resource: scope })
  );
}

/** Refuses whoever may not. */
export async function assertMayAlso(caller: Caller, meta: RouteMeta): Promise<void> {
  if (!(await mayAlso(caller, meta))) throw refusal(caller.principal, meta, caller.scope);
}
