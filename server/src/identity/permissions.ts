import { contract, type PlacedRoute, type RouteMeta, routesOf } from '@laurel/contract';
import type { About } from '../ports/policy.ts';
import { type Role, roles } from './principal.ts';

/** The metadata of each action of the contract, by action; all routes of an action agree on its level and scope. */
export const metaByAction: ReadonlyMap<string, RouteMeta> = new Map(
  routesOf(contract).flatMap(({ meta }) => (meta === undefined ? [] : [[meta.action, meta] as const])),
);

const levels = ['own', 'administer', 'author', 'operate', 'read'] as const;

/** The permissions of a role that every workspace has, by the levels that `roles.cedar` grants. */
export function permissionsOfBuiltIn(role: Role): readonly string[] {
  const granted: readonly string[] = levels.slice(roles.indexOf(role));
  return [...metaByAction.values()]
    .filter(({ callers, level }) => callers.includes('operator') && granted.includes(level))
    .map(({ action }) => action);
}

/**
 * The permissions that a role of a workspace's own may hold: those of the dashboard. What is about the tenant as a whole
 * stays with its owners, since it reaches over workspaces.
 */
export const grantable: ReadonlySet<string> = new Set(
  permissionsOfBuiltIn('admin').filter((action) => action.startsWith('dashboard:')),
);

type AboutKind = About['kind'];

function kindsOf({ context, meta }: PlacedRoute): readonly AboutKind[] {
  const { concerns } = meta ?? {};
  if (context !== 'dashboard') return ['nobody'];
  if (concerns === undefined) return ['everyone'];
  if (concerns === 'nobody' || concerns === 'seen') return ['everyone', 'nobody'];
  return ['everyone', 'team' in concerns ? 'team' : 'user'];
}

const kindsByAction: ReadonlyMap<string, ReadonlySet<AboutKind>> = new Map(
  [...Map.groupBy(routesOf(contract), ({ meta }) => meta?.action ?? '')].map(([action, routes]) => [
    action,
    new Set(routes.flatMap(kindsOf)),
  ]),
);

/** What calls of an action may be about, as the schema of the policies has it. */
export function aboutsOf(action: string): readonly AboutKind[] {
  return [...(kindsByAction.get(action) ?? [])];
}
