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
  /** The names of the routes that ask for it. */
  readonly routes: readonly string[];
}

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
    routes: routes.map(({ name }) => name),
  }));
}

const head = `// Made from the contract by \`npm run generate\`: what Laurel's policies may speak of.
namespace Laurel {
  /// A role of a workspace; policies grant levels to roles.
  entity Role in [Role];

  /// What every action is done in. Ids are \`{tenant}/{workspace}\`.
  entity Workspace {
    tenant: String,
    workspace: String,
  };

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
  type Call = {
    scope: String,
    actingFor?: String,
  };
`;

function levelText(level: Level): string {
  return `  /// A level: it stands for every action in it.\n  action "${level}";\n`;
}

function actionText({ action, level, scope, callers, routes }: Permission): string {
  const principal = [...callers].map((caller) => principals[caller]).sort();
  return `  /// Scope ${scope}: ${routes.join(', ')}
  action "${action}" in ["${level}"] appliesTo {
    principal: [${principal.join(', ')}],
    resource: [Workspace],
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
