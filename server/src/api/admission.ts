import type { PlacedRoute, RouteMeta } from '@laurel/contract';
import { Id } from '@laurel/contract/shared/ids';
import { isBuiltIn, type Principal, type RefusedPlayer } from '../identity/principal.ts';
import type { HeldRole, PolicyRequest } from '../ports/policy.ts';
import { getRole } from '../store/roles.ts';
import { type Scope, scopeOf } from '../store/scope.ts';
import { aboutOf, type RequestParts, widestAbout } from './about.ts';
import type { CallContext, PlayerRef } from './call.ts';
import { assertPage } from './pages.ts';
import type { Platform } from './platform.ts';
import { invalidField, ProblemError } from './problem.ts';
import { type Refused, refusal } from './refusal.ts';

/** A request's headers, by lower-case name. */
export type RequestHeaders = Pick<Headers, 'get'>;

/** What a call is let in with. */
export interface Admission {
  readonly principal: Principal;
  readonly player: PlayerRef | undefined;
  /** What the caller's role is now, where it is one of the workspace's own. */
  readonly role: HeldRole | undefined;
  /** The address that the call comes from, as the gateway saw it: no header says it. */
  readonly address: string | undefined;
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

/** What a role of a workspace's own is now; nothing for any other, and for one that is deleted. */
export async function heldRole(
  platform: Pick<Platform, 'table'>,
  scope: Scope,
  role: Principal['role'],
): Promise<HeldRole | undefined> {
  if (role === undefined || isBuiltIn(role)) return undefined;
  const found = await getRole(platform.table, scope, role);
  return found && { id: role, permissions: found.role.permissions, conditions: found.role.conditions };
}

/** Lets a call in, or throws: who calls was settled by the tenant's authorizer, what they may do is asked here. */
export async function admit(
  platform: Platform,
  placed: PlacedRoute,
  request: RequestParts & {
    readonly principal: Principal | undefined;
    readonly headers: RequestHeaders;
    readonly params: Readonly<Record<string, string>>;
    readonly address?: string | undefined;
    /** Who was refused already, where that is why there is no principal. */
    readonly refused?: RefusedPlayer | undefined;
  },
): Promise<Admission> {
  const { principal, headers, params, address, refused } = request;
  if (principal === undefined) throw new ProblemError(refused?.code ?? 'invalid_token');
  // Nothing is done of which no record could be left.
  if (platform.audit.gatherer.isFull())
    throw new ProblemError('unavailable', undefined, { headers: { 'retry-after': '5' } });
  await assertPage(platform, principal, headers.get('origin'));
  const { meta } = placed;
  if (meta === undefined) throw new ProblemError('forbidden', 'This route is open to nobody: it has no metadata.');
  const resource = placeOf(principal, params);
  const player = placed.context === 'app' && principal.kind !== 'operator' ? playerOf(principal, headers) : undefined;
  const scope = scopeOf(principal);
  const role = await heldRole(platform, scope, principal.role);
  const asked: Refused = {
    principal,
    resource,
    about: await aboutOf({ platform, scope }, meta, role, request),
    at: platform.clock.now(),
    ...(principal.kind === 'machine' && player !== undefined ? { actingFor: nameOf(player) } : {}),
    ...(role === undefined ? {} : { role }),
    ...(address === undefined ? {} : { address }),
  };
  if (!(await isAllowed(platform, meta, asked))) throw refusal(asked, meta);
  return { principal, player, role, address };
}

/** Whether the policies permit it. @throws ProblemError `unavailable` where whoever decides cannot be asked */
async function isAllowed(platform: Platform, { action, scope }: RouteMeta, asked: Refused): Promise<boolean> {
  const decision = await platform.policy.decide({ ...asked, action, scope });
  for (const error of decision.errors) platform.logger.error('policy error', { action, error });
  if (decision.unavailable === true) throw new ProblemError('unavailable');
  return decision.allowed;
}

/** Of a call that was let in, all that a further decision about it takes. */
export type Caller = Pick<CallContext, 'platform' | 'principal' | 'scope' | 'realNow' | 'role' | 'address'>;

/** What is known of a caller who was let in, for further decisions. */
export function askedBy({ principal, scope, realNow, role, address }: Caller): Refused {
  return {
    principal,
    resource: { tenant: scope.tenant, workspace: scope.workspace },
    at: realNow,
    ...(role === undefined ? {} : { role }),
    ...(address === undefined ? {} : { address }),
  };
}

function askedOf(caller: Caller, meta: RouteMeta): Refused {
  return { ...askedBy(caller), about: widestAbout(meta) };
}

/** Whether whoever was let in by one route may call another one too, of which theirs does a part. */
export async function mayAlso(caller: Caller, meta: RouteMeta): Promise<boolean> {
  return (
    meta.callers.some((kind) => kind === caller.principal.kind) &&
    isAllowed(caller.platform, meta, askedOf(caller, meta))
  );
}

/** Refuses whoever may not. */
export async function assertMayAlso(caller: Caller, meta: RouteMeta): Promise<void> {
  if (!(await mayAlso(caller, meta))) throw refusal(askedOf(caller, meta), meta);
}
