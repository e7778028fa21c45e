import { type Contract, contract, type RouteMeta } from '@laurel/contract';
import type { AuthorizeExplain, CallerPermissions } from '@laurel/contract/authorize/schema';
import { aboutsOf, metaByAction } from '../identity/permissions.ts';
import { isBuiltIn, isRoleId, type Principal } from '../identity/principal.ts';
import { type About, decideEach, type PolicyDecision } from '../ports/policy.ts';
import { getWorkspaceClient } from '../store/clients.ts';
import { getMember } from '../store/members.ts';
import { getRole } from '../store/roles.ts';
import { aboutUser } from './about.ts';
import { askedBy, assertMayAlso, heldRole } from './admission.ts';
import type { CallContext, Handlers } from './call.ts';
import { invalidField, ProblemError, unknownReference } from './problem.ts';
import { reasonsOf } from './reasons.ts';
import type { Refused } from './refusal.ts';
import { isUnbound } from './roles-given.ts';
import { witnessesOf } from './witness.ts';

/** Who is asked about, and whether they may call at all. */
interface Subject {
  readonly principal: Principal;
  readonly isActive: boolean;
}

/** Whom a question is about: whoever asks, or somebody of the same workspace. */
async function subjectOf(call: CallContext, { member, client, role }: AuthorizeExplain): Promise<Subject> {
  const { principal, scope } = call;
  const { table } = call.platform;
  const { tenant, workspace } = scope;
  if (member === undefined && client === undefined && role === undefined) return { principal, isActive: true };
  await assertMayAlso(call, contract.dashboard.roles.get.metadata);
  if (!isUnbound(call)) throw new ProblemError('forbidden', 'A caller whose role has conditions asks for themselves.');
  const { platform } = principal;
  const inPlace = { tenant, workspace, platform };
  if (member !== undefined) {
    const found = await getMember(table, scope, member);
    if (found === undefined) throw unknownReference('/member', 'member');
    const own: Principal = { ...inPlace, kind: 'operator', subject: member, scopes: [], role: found.role };
    return { principal: own, isActive: found.status === 'active' };
  }
  if (client !== undefined) {
    const found = await getWorkspaceClient(table, scope, client);
    if (found === undefined) throw unknownReference('/client', 'API client');
    const own: Principal = { ...inPlace, kind: 'machine', subject: client, scopes: found.scopes };
    return { principal: own, isActive: found.status === 'active' };
  }
  const id = await knownRole(call, role);
  return { principal: { ...inPlace, kind: 'operator', subject: 'anybody', scopes: [], role: id }, isActive: true };
}

async function knownRole(call: CallContext, role: AuthorizeExplain['role']): Promise<NonNullable<Principal['role']>> {
  if (isBuiltIn(role)) return role;
  if (isRoleId(role) && (await getRole(call.platform.table, call.scope, role)) !== undefined) return role;
  throw unknownReference('/role', 'role');
}

/** What a question is about; refused where the action is never about that. */
async function thingOf(call: CallContext, { action, user, team }: AuthorizeExplain): Promise<About> {
  const kinds = aboutsOf(action);
  if (user !== undefined) {
    if (!kinds.includes('user')) throw invalidField('/user', 'No route with this action is about one player.');
    return aboutUser(call, 'user', user);
  }
  if (team !== undefined) {
    if (!kinds.includes('team')) throw invalidField('/team', 'No route with this action is about one team.');
    return { kind: 'team', id: team };
  }
  return { kind: kinds.includes('nobody') ? 'nobody' : 'everyone' };
}

async function decide(call: CallContext, asked: Refused, meta: RouteMeta): Promise<PolicyDecision> {
  const decision = await call.platform.policy.decide({ ...asked, action: meta.action, scope: meta.scope });
  if (decision.unavailable === true) throw new ProblemError('unavailable');
  return decision;
}

export const authorize: Handlers<Contract['dashboard']['authorize']> = {
  async explain(call) {
    const { action, at, address } = call.body;
    const meta = metaByAction.get(action);
    if (meta === undefined) throw unknownReference('/action', 'action');
    const { principal, isActive } = await subjectOf(call, call.body);
    const role = await heldRole(call.platform, call.scope, principal.role);
    const { role: _own, ...own } = askedBy(call);
    const asked: Refused = {
      ...own,
      principal,
      about: await thingOf(call, call.body),
      ...(role === undefined ? {} : { role }),
      ...(at === undefined ? {} : { at }),
      ...(address === undefined ? {} : { address }),
    };
    const decision = await decide(call, asked, meta);
    const reasons = reasonsOf(asked, meta, decision);
    if (isActive) return { body: { allowed: decision.allowed, action, reasons } };
    const inactive = {
      code: 'not_active',
      text: 'They are suspended or revoked, and may nothing.',
      policy: null,
    } as const;
    return { body: { allowed: false, action, reasons: [inactive, ...reasons] } };
  },
};

type Held = CallerPermissions['permissions'][number];

/** To whom the caller may do something, by what the policies say of one of each kind. */
function playersOf(allowed: ReadonlySet<About['kind']>): Held['players'] {
  if (allowed.has('everyone')) return 'all';
  return allowed.has('user') || allowed.has('team') ? 'some' : 'none';
}

/** All that the caller may do where their conditions hold. */
async function heldBy(call: CallContext): Promise<Held[]> {
  const asked = [...metaByAction.values()]
    .filter(({ callers, action }) => callers.includes(call.principal.kind) && !action.startsWith('app:'))
    .flatMap((meta) => witnessesOf(askedBy(call), meta));
  const decisions = await decideEach(call.platform.policy, asked);
  if (decisions.some(({ unavailable }) => unavailable === true)) throw new ProblemError('unavailable');
  const allowed = Map.groupBy(
    asked.filter((_, index) => decisions[index]?.allowed === true),
    ({ action }) => action,
  );
  return [...allowed].map(([action, requests]) => ({
    action,
    players: playersOf(new Set(requests.map(({ about }) => about?.kind ?? 'nobody'))),
  }));
}

export const callerPermissions: Pick<Handlers<Contract['dashboard']['me']>, 'permissions'> = {
  async permissions(call) {
    const { principal, role } = call;
    const { table } = call.platform;
    const named =
      principal.role === undefined || isBuiltIn(principal.role)
        ? principal.role
        : (await getRole(table, call.scope, principal.role))?.role.name;
    return {
      body: {
        kind: principal.kind === 'machine' ? 'machine' : 'operator',
        id: principal.subject,
        role: principal.role === undefined ? null : { id: principal.role, name: named ?? principal.role },
        permissions: await heldBy(call),
        conditions: role?.conditions ?? {},
      },
    };
  },
};
