import type { CedarValueJson, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import { civilMinute } from '../calendar/civil.ts';
import type { About, PolicyRequest } from '../ports/policy.ts';
import { plainAddress } from './address.ts';
import { isBuiltIn, roles } from './principal.ts';
import { roleEntity, tagOf } from './role-policy.ts';

/** A request as Cedar takes it, in process or elsewhere. */
export interface CedarRequest {
  readonly principal: TypeAndId;
  readonly action: TypeAndId;
  readonly resource: TypeAndId;
  readonly context: Readonly<Record<string, CedarValueJson>>;
  /** The caller, the thing, and the roles: all that policies can look at. */
  readonly entities: readonly PlainEntity[];
}

/** An entity that names others by type and id alone. */
export interface PlainEntity extends EntityJson {
  uid: TypeAndId;
  parents: TypeAndId[];
}

function uid(type: string, id: string): TypeAndId {
  return { type: `Laurel::${type}`, id };
}

/** Each role is in the one below it: an owner is an admin, who is a manager, and so on. */
const roleEntities: readonly PlainEntity[] = roles.map((role, at) => {
  const below = roles[at + 1];
  return { uid: uid('Role', role), attrs: {}, parents: below === undefined ? [] : [uid('Role', below)] };
});

/** The entity of the caller's role: nobody has one of a workspace's own but by what it is now. */
function rolesOf({ principal, role }: PolicyRequest): TypeAndId[] {
  if (principal.role === undefined) return [];
  if (isBuiltIn(principal.role)) return [uid('Role', principal.role)];
  return role?.id === principal.role ? [uid('Role', roleEntity(principal, role))] : [];
}

function callerOf(request: PolicyRequest): PlainEntity {
  const { kind, tenant, workspace, subject, scopes, platform } = request.principal;
  const id = `${tenant}/${workspace}/${subject}`;
  switch (kind) {
    case 'operator':
      return { uid: uid('Operator', id), attrs: { tenant, workspace, platform }, parents: rolesOf(request) };
    case 'machine':
      return { uid: uid('Machine', id), attrs: { tenant, workspace, scopes: [...scopes], platform }, parents: [] };
    case 'player':
      return { uid: uid('Player', id), attrs: { tenant, workspace, user: subject }, parents: [] };
  }
}

function aboutOf({ about, action }: PolicyRequest): About {
  return about ?? { kind: action.startsWith('dashboard:') ? 'everyone' : 'nobody' };
}

function thingOf(request: PolicyRequest): PlainEntity {
  const { tenant, workspace } = request.resource;
  const place = `${tenant}/${workspace}`;
  const attrs = { tenant, workspace };
  const about = aboutOf(request);
  switch (about.kind) {
    case 'everyone':
      return { uid: uid('Everyone', place), attrs, parents: [] };
    case 'nobody':
      return { uid: uid('Workspace', place), attrs, parents: [] };
    case 'team':
      return { uid: uid('Team', `${place}/${about.id}`), attrs, parents: [] };
    case 'user': {
      const tags = Object.fromEntries(Object.entries(about.attributes).map(([name, one]) => [name, tagOf(one)]));
      const parents = about.team === null ? [] : [uid('Team', `${place}/${about.team}`)];
      return { uid: uid('User', `${place}/${about.id}`), attrs, parents, tags };
    }
  }
}

function contextOf({ scope, actingFor, role, at, address }: PolicyRequest): CedarRequest['context'] {
  const zone = role?.conditions.hours?.zone;
  const plain = role?.conditions.addresses === undefined ? undefined : plainAddress(address);
  return {
    scope,
    ...(actingFor === undefined ? {} : { actingFor }),
    ...(zone === undefined || at === undefined ? {} : civilMinute(at, zone)),
    ...(plain === undefined ? {} : { address: { __extn: { fn: 'ip', arg: plain } } }),
  };
}

/** Writes a request down for Cedar. */
export function cedarRequest(request: PolicyRequest): CedarRequest {
  const caller = callerOf(request);
  const thing = thingOf(request);
  const { role } = request.principal;
  return {
    principal: caller.uid,
    action: uid('Action', request.action),
    resource: thing.uid,
    context: contextOf(request),
    // Only who has one of the roles that are in one another needs to show how they are.
    entities: [caller, thing, ...(isBuiltIn(role) ? roleEntities.slice(roles.indexOf(role)) : [])],
  };
}
