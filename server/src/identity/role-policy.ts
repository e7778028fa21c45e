import { hash } from 'node:crypto';
import { type Expr, type PolicyJson, policyToText } from '@cedar-policy/cedar-wasm/nodejs';
import type { OfficeHours, RoleConditions } from '@laurel/contract/types';
import { dayAfter, minuteOf, weekdaysOf } from '../domain/index.ts';
import type { HeldRole, PolicyRequest } from '../ports/policy.ts';
import { grantable } from './permissions.ts';

type Place = PolicyRequest['resource'];

/** What every policy of a role's own has in its `@id`, before the role's id. */
export const ROLE_POLICY = 'role.';

const context: Expr = { Var: 'context' };
const resource: Expr = { Var: 'resource' };

const value = (plain: string | number | boolean): Expr => ({ Value: plain });
const all = (first: Expr, ...rest: readonly Expr[]): Expr =>
  rest.reduce<Expr>((left, right) => ({ '&&': { left, right } }), first);
const any = (first: Expr, ...rest: readonly Expr[]): Expr =>
  rest.reduce<Expr>((left, right) => ({ '||': { left, right } }), first);
const known = (attr: string): Expr => ({ has: { left: context, attr } });
const told = (attr: string): Expr => ({ '.': { left: context, attr } });
const isOne = (type: string): Expr => ({ is: { left: resource, entity_type: `Laurel::${type}` } });
const isAmong = (values: readonly Expr[], right: Expr): Expr => ({ contains: { left: { Set: [...values] }, right } });

/**
 * A role's entity: its id holds a print of all that the role holds, so that a policy of what it held before is nobody's
 * any more from the moment that it is changed, wherever that policy is still kept.
 */
export function roleEntity({ tenant, workspace }: Place, role: HeldRole): string {
  return `${tenant}/${workspace}/${role.id}/${printOf(role)}`;
}

/** The same for the same permissions and conditions, in whatever order they were given. */
function printOf({ permissions, conditions }: HeldRole): string {
  const { users, teams, hours, addresses } = conditions;
  const text = JSON.stringify([
    permissions.toSorted(),
    users && [users.attribute, users.values.map((one) => JSON.stringify(one)).toSorted()],
    teams?.toSorted(),
    hours && [weekdaysOf(hours.days), hours.from, hours.to, hours.zone],
    addresses?.toSorted(),
  ]);
  return hash('sha256', text, 'base64url').slice(0, 22);
}

/** An attribute's value as the tag of a user has it. */
export function tagOf(attribute: string | number | boolean): string {
  return JSON.stringify(attribute);
}

/** What tells of no player; and the players, or the teams, that the conditions name. */
function playersExpr({ tenant, workspace }: Place, { users, teams }: RoleConditions): Expr[] {
  if (users === undefined && teams === undefined) return [];
  const ownTeams: Expr[] = (teams ?? []).map((id) => ({
    Value: { __entity: { type: 'Laurel::Team', id: `${tenant}/${workspace}/${id}` } },
  }));
  const inTeams: Expr[] = teams === undefined ? [] : [{ in: { left: resource, right: { Set: ownTeams } } }];
  const name = value(users?.attribute ?? '');
  const hasValue: Expr[] =
    users === undefined
      ? []
      : [
          { hasTag: { left: resource, right: name } },
          isAmong(
            users.values.map((one) => value(tagOf(one))),
            { getTag: { left: resource, right: name } },
          ),
        ];
  // A team is of one mind: where attributes tell players apart, none is theirs as a whole.
  const wholeTeam = users === undefined ? [all(isOne('Team'), ...inTeams)] : [];
  return [any(isOne('Workspace'), all(isOne('User'), ...hasValue, ...inTeams), ...wholeTeam)];
}

function hoursExpr(hours: OfficeHours | undefined): Expr[] {
  if (hours === undefined) return [];
  const days = weekdaysOf(hours.days);
  const onDays = (of: readonly number[]): Expr => isAmong(of.map(value), told('day'));
  const from: Expr = { '>=': { left: told('minute'), right: value(minuteOf(hours.from)) } };
  const to: Expr = { '<': { left: told('minute'), right: value(minuteOf(hours.to)) } };
  const open =
    minuteOf(hours.from) < minuteOf(hours.to)
      ? all(onDays(days), from, to)
      : // Over midnight: what begins on a day goes on into the next.
        any(all(onDays(days), from), all(onDays(days.map(dayAfter)), to));
  return [all(known('day'), known('minute'), open)];
}

function addressesExpr(addresses: readonly string[] | undefined): Expr[] {
  const [first, ...rest] = (addresses ?? []).map(
    (range): Expr => ({
      isInRange: [told('address'), { ip: [value(range)] }],
    }),
  );
  return first === undefined ? [] : [all(known('address'), any(first, ...rest))];
}

/**
 * The one policy of a role: it permits what the role holds to whoever has it, under its conditions. It is built as a
 * tree, never as text, so that no name or value of anybody's can become a part of it.
 */
export function rolePolicy(place: Place, role: HeldRole): PolicyJson {
  const { conditions } = role;
  const [first, ...rest] = [
    ...playersExpr(place, conditions),
    ...hoursExpr(conditions.hours),
    ...addressesExpr(conditions.addresses),
  ];
  const actions = role.permissions.filter((action) => grantable.has(action)).toSorted();
  return {
    effect: 'permit',
    // Only operators are in roles.
    principal: { op: 'in', entity: { type: 'Laurel::Role', id: roleEntity(place, role) } },
    action: { op: 'in', entities: actions.map((id) => ({ type: 'Laurel::Action', id })) },
    resource: { op: 'All' },
    conditions: first === undefined ? [] : [{ kind: 'when', body: all(first, ...rest) }],
    annotations: { id: `${ROLE_POLICY}${role.id}` },
  };
}

/** The policy of a role as text, for whoever takes none but that. */
export function rolePolicyText(place: Place, role: HeldRole): string {
  const answer = policyToText(rolePolicy(place, role));
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  return answer.text;
}

/** How long that text is, in bytes of UTF-8. */
export function policySize(place: Place, role: HeldRole): number {
  return Buffer.byteLength(rolePolicyText(place, role));
}
