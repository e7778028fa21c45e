import type { AppRouter } from '@ts-rest/core';
import type { Caller, Level } from '../src/index.ts';
import type { Generator } from './artefacts.ts';
import { type DeclaredRoute, declaredRoutes } from './declared-route.ts';

/** One permission: what the routes that ask for it have in common. */
export interface Permission {
  readonly action: string;
  readonly level: Level;
  readonly scope: string;
  readonly callers: ReadonlySet<Caller>;
  /** What it is done to: the kinds of things that its routes are about, the widest first. */
  readonly resources: readonly Resource[];
  /** The names of the routes that ask for it. */
  readonly routes: readonly string[];
}

/** What an action is done to. */
export type Resource = 'Everyone' | 'Workspace' | 'Team' | 'User';

/** The kinds of things that a route may be decided about. What is not of the dashboard is about the workspace alone. */
function resourcesOf({ context, meta: { concerns } }: DeclaredRoute): readonly Resource[] {
  if (context !== 'dashboard') return ['Workspace'];
  if (concerns === undefined) return ['Everyone'];
  if (concerns === 'nobody' || concerns === 'seen') return ['Everyone', 'Workspace'];
  return ['Everyone', ...('team' in concerns ? (['Team'] as const) : (['User'] as const))];
}

const widest: readonly Resource[] = ['Everyone', 'Workspace', 'Team', 'User'];

const principals: Readonly<Record<Caller, string>> = { player: 'Player', operator: 'Operator', machine: 'Machine' };

/** The one value that all routes of an action give. */
function common<T>(
  action: string,
  what: string,
  routes: readonly DeclaredRoute[],
  of: (placed: DeclaredRoute) => T,
): T {
  const [first, ...others] = routes;
  if (first === undefined) throw new Error(`No route asks for ${action}.`);
  const other = others.find((placed) => of(placed) !== of(first));
  if (other !== undefined) {
    throw new Error(
      `${action} has two ${what}s: ${of(first)} by ${first.name} and ${of(other)} by ${other.name}. Give one of them another action.`,
    );
  }
  return of(first);
}

/**
 * Every permission of the contract, in the order of declaration.
 * @throws if one action is declared with two levels or two scopes: whoever is granted it would get more than it says.
 */
export function permissionsOf(contract: AppRouter): Permission[] {
  const byAction = Map.groupBy(declaredRoutes(contract), ({ meta }) => meta.action);
  return [...byAction].map(([action, routes]) => ({
    action,
    level: common(action, 'level', routes, ({ meta }) => meta.level),
    scope: common(action, 'scope', routes, ({ meta }) => meta.scope),
    callers: new Set(routes.flatMap(({ meta }) => meta.callers)),
    resources: widest.filter((kind) => routes.some((placed) => resourcesOf(placed).includes(kind))),
    routes: routes.map(({ name }) => name),
  }));
}

const head = `// Made from the contract by \`npm run generate\`: what Laurel's policies may speak of.
namespace Laurel {
  /// A role. Policies grant levels to those that every workspace has; one of a workspace's own has a policy of its own,
  /// and an id that says what it holds: \`{tenant}/{workspace}/{id}/{print}\`.
  entity Role in [Role];

  /// What tells of no player: the rules of the game, and the workspace itself. Ids are \`{tenant}/{workspace}\`.
  entity Workspace {
    tenant: String,
    workspace: String,
  };

  /// All players of a workspace, or any of them. Ids are \`{tenant}/{workspace}\`.
  entity Everyone {
    tenant: String,
    workspace: String,
  };

  /// A team of players. Ids are \`{tenant}/{workspace}/{id}\`.
  entity Team {
    tenant: String,
    workspace: String,
  };

  /// One player, as those see them who work with them. Tags are the declared attributes, each value as JSON.
  entity User in [Team] {
    tenant: String,
    workspace: String,
  } tags String;

  /// A person who works in the dashboard. \`platform\`: one of those who run Laurel.
  entity Operator in [Role] {
    tenant: String,
    workspace: String,
    platform: Bool,
  };

  /// A backend with a credential of its own. \`platform\`: one of those that run Laurel.
  entity Machine {
    tenant: String,
    workspace: String,
    scopes: Set<String>,
    platform: Bool,
  };

  /// Somebody who plays.
  entity Player {
    tenant: String,
    workspace: String,
    user: String,
  };

  /// What is known of a call. \`scope\`: the OAuth scope that the route asks for. \`actingFor\`: the player, by either id.
  /// \`day\` and \`minute\`: by the clocks of the zone that the caller's role names, from Monday (1) and from midnight (0).
  type Call = {
    scope: String,
    actingFor?: String,
    day?: Long,
    minute?: Long,
    address?: ipaddr,
  };
`;

function levelText(level: Level): string {
  return `  /// A level: it stands for every action in it.\n  action "${level}";\n`;
}

function actionText({ action, level, scope, callers, resources, routes }: Permission): string {
  const principal = [...callers].map((caller) => principals[caller]).sort();
  return `  /// Scope ${scope}: ${routes.join(', ')}
  action "${action}" in ["${level}"] appliesTo {
    principal: [${principal.join(', ')}],
    resource: [${resources.join(', ')}],
    context: Call,
  };
`;
}

/** The Cedar schema, in its form for people. */
export function cedarSchema(contract: AppRouter): string {
  const permissions = permissionsOf(contract);
  const levels = new Set(permissions.map(({ level }) => level));
  return `${[head, ...[...levels].map(levelText), ...permissions.map(actionText)].join('\n')}}\n`;
}

/** `server/policies/laurel.cedarschema`. */
export const cedar: Generator = {
  name: 'cedar',
  folders: [],
  generate: (contract) => ({ 'server/policies/laurel.cedarschema': cedarSchema(contract) }),
};
