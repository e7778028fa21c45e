import { BlockList, isIPv6 } from 'node:net';
import { contract, type Level, routesOf } from '@laurel/contract';
import type { RoleConditions } from '@laurel/contract/types';
import type { PolicyRequest } from '../../src/ports/policy.ts';

/*
 * Who may do what, written down a second time in plain TypeScript: no Cedar, none of the code that makes policies or
 * requests, another calendar (Intl) and other arithmetic of addresses (Node's own).
 */

const routes = routesOf(contract);

const builtIn: Readonly<Record<string, readonly Level[]>> = {
  viewer: ['read'],
  member: ['read', 'operate'],
  manager: ['read', 'operate', 'author'],
  admin: ['read', 'operate', 'author', 'administer'],
  owner: ['read', 'operate', 'author', 'administer', 'own'],
};

/** The kinds of things that the routes of an action may be about. */
function kindsOf(action: string): Set<string> {
  const kinds = new Set<string>();
  for (const { context, meta } of routes.filter((placed) => placed.meta?.action === action)) {
    const concerns = meta?.concerns;
    kinds.add(context === 'dashboard' ? 'everyone' : 'nobody');
    if (context !== 'dashboard' || concerns === undefined) continue;
    if (typeof concerns === 'string') kinds.add('nobody');
    else kinds.add(concerns.team === undefined ? 'user' : 'team');
  }
  return kinds;
}

const facts: ReadonlyMap<string, { level: Level; kinds: Set<string>; callers: Set<string> }> = new Map(
  [...new Set(routes.flatMap(({ meta }) => meta?.action ?? []))].map((action) => {
    const own = routes.flatMap(({ meta }) => (meta?.action === action ? [meta] : []));
    const level = own[0]?.level ?? 'run';
    return [
      action,
      { level, kinds: kindsOf(action), callers: new Set(own.flatMap(({ callers }) => callers)) },
    ] as const;
  }),
);

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function isOpen(hours: NonNullable<RoleConditions['hours']>, at: string): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: hours.zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const today = part('weekday');
  const yesterday = names[(names.indexOf(today) + 6) % 7] ?? '';
  const has = (day: string) => hours.days.some((one) => one === day.toLowerCase());
  // Times of day of this form sort as texts.
  if (hours.from < hours.to) return has(today) && time >= hours.from && time < hours.to;
  return (has(today) && time >= hours.from) || (has(yesterday) && time < hours.to);
}

function isFrom(ranges: readonly string[], address: string): boolean {
  // Of one link alone: the same text is another host elsewhere.
  if (address.includes('%')) return false;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return ranges.some((range) => {
    const [first = '', length] = range.split('/');
    const family = isIPv6(first) ? 'ipv6' : 'ipv4';
    if (isIPv6(plain) !== isIPv6(first)) return false;
    const list = new BlockList();
    list.addSubnet(first, Number(length ?? (family === 'ipv6' ? 128 : 32)), family);
    return list.check(plain, family);
  });
}

function isShown({ users, teams }: RoleConditions, about: NonNullable<PolicyRequest['about']>): boolean {
  if (users === undefined && teams === undefined) return true;
  switch (about.kind) {
    case 'nobody':
      return true;
    case 'everyone':
      return false;
    case 'team':
      return users === undefined && teams !== undefined && teams.includes(about.id);
    case 'user': {
      const value = users && Object.entries(about.attributes).find(([name]) => name === users.attribute)?.[1];
      const hasValue = users === undefined || (value !== undefined && users.values.some((one) => one === value));
      return hasValue && (teams === undefined || (about.team !== null && teams.includes(about.team)));
    }
  }
}

function holds(request: PolicyRequest, about: NonNullable<PolicyRequest['about']>): boolean {
  const { role, action, at, address, principal } = request;
  if (role === undefined || role.id !== principal.role || !role.permissions.includes(action)) return false;
  const { hours, addresses } = role.conditions;
  if (hours !== undefined && (at === undefined || !isOpen(hours, at))) return false;
  if (addresses !== undefined && (address === undefined || !isFrom(addresses, address))) return false;
  return isShown(role.conditions, about);
}

/** Whether a request is to be permitted. */
export function oracle(request: PolicyRequest): boolean {
  const { principal, action, scope, resource, actingFor } = request;
  const known = facts.get(action);
  if (known === undefined) return false;
  const { level, kinds, callers } = known;
  const about = request.about ?? { kind: action.startsWith('dashboard:') ? 'everyone' : 'nobody' };
  if (!callers.has(principal.kind) || !kinds.has(about.kind)) return false;
  const runs = principal.platform && principal.kind !== 'player';
  if (level === 'run' && !runs) return false;
  const overTenant = level === 'run' || level === 'own';
  if (principal.tenant !== resource.tenant && !(overTenant && runs)) return false;
  const isFar = principal.workspace !== resource.workspace;
  if (isFar && !(overTenant && (principal.kind === 'operator' || runs))) return false;
  if (actingFor !== undefined && principal.kind !== 'machine') return false;
  if (principal.kind === 'machine') return principal.scopes.includes(scope);
  if (principal.kind === 'player') return level === 'play';
  if (action === 'dashboard:me.read') return true;
  if (level === 'run') return principal.role === 'owner';
  return builtIn[principal.role ?? '']?.includes(level) === true || holds(request, about);
}
