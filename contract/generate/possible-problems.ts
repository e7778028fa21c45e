import * as z from 'zod';
import { type ProblemCode, problems } from '../src/index.ts';
import { answersOf, bodyOf, type DeclaredRoute, demandsIfMatch, paramsOf, queryOf } from './declared-route.ts';

type Rule = (placed: DeclaredRoute) => boolean;

const always: Rule = () => true;
const never: Rule = () => false;
const both =
  (...rules: readonly Rule[]): Rule =>
  (placed) =>
    rules.every((rule) => rule(placed));
const either =
  (...rules: readonly Rule[]): Rule =>
  (placed) =>
    rules.some((rule) => rule(placed));

/** Every field that a schema takes, at any depth, with the name of its schema where it has one. */
function fieldsOf(schema: z.ZodType | undefined): { field: string; schema: string | undefined }[] {
  if (schema === undefined) return [];
  const found: { field: string; schema: string | undefined }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('properties' in value && typeof value.properties === 'object' && value.properties !== null) {
      for (const [field, json] of Object.entries(value.properties)) {
        found.push({ field, schema: /"\$ref":"#\/\$defs\/([^"]+)"/.exec(JSON.stringify(json))?.[1] });
      }
    }
    for (const part of Object.values(value)) visit(part);
  };
  visit(z.toJSONSchema(schema, { io: 'input' }));
  return found;
}

const takesBody: Rule = (placed) => bodyOf(placed) !== undefined;
const takesParams: Rule = (placed) => paramsOf(placed) !== undefined;
const takesQuery: Rule = (placed) => queryOf(placed) !== undefined;
const changesSomething: Rule = ({ meta }) => meta.audit === 'change';
const creates: Rule = (placed) => answersOf(placed).some(({ status }) => status === 201);
const asksForToken: Rule = ({ meta }) => meta.open !== true;
const byMachine: Rule = ({ meta }) => meta.callers.includes('machine');
const byKey: Rule = ({ meta }) => meta.idempotency === 'key';
const byId: Rule = ({ meta }) => meta.idempotency === 'id';

/** Whether a machine calls it for a player, whom it names in a header. */
export const actsForPlayer: Rule = both(({ meta }) => meta.callers.includes('player'), byMachine);

const ownNames = new Set(['id', 'externalId', 'slug']);
const takesOwnName: Rule = (placed) => fieldsOf(bodyOf(placed)).some(({ field }) => ownNames.has(field));
const takesReference: Rule = (placed) =>
  fieldsOf(bodyOf(placed)).some(({ field, schema }) => schema === 'Id' && !ownNames.has(field));
const takesField =
  (name: string): Rule =>
  (placed) =>
    fieldsOf(bodyOf(placed)).some(({ field }) => field === name);
/** Whether it takes a definition out of play. */
const archives: Rule = ({ operation }) => operation.endsWith('.archive');
/** Whether it is refused in some parts of a definition's life. */
const livesOn: Rule = ({ operation }) => /\.(remove|discardDraft|archive|unarchive)$/.test(operation);
/** Whether it puts to work what was saved before. */
const publishes: Rule = ({ operation }) => /\.(publish|unarchive|restore)$/.test(operation);
const takesExpression: Rule = (placed) =>
  fieldsOf(bodyOf(placed)).some(({ schema }) => /(?:Condition|AmountExpression)$/.test(schema ?? ''));

/** Whether it saves where a webhook leads: given now, saved before, or in a document. */
const savesUrl: Rule = (placed) =>
  fieldsOf(bodyOf(placed)).some(({ schema }) => /^(?:WebhookUrl|IssuerUrl)$/.test(schema ?? '')) ||
  takesField('document')(placed) ||
  (placed.operation.startsWith('webhooks.') && publishes(placed));

/** On routes of players, creating a team is joining it. */
const entersTeam: Rule = ({ name }) =>
  ['app.teams.create', 'app.teams.join', 'dashboard.teams.addMember'].includes(name);
const takesTime: Rule = (placed) =>
  [bodyOf(placed), queryOf(placed)].some((schema) =>
    fieldsOf(schema).some((given) => given.schema === 'Instant' || given.schema === 'CivilDate'),
  );

/** Whether it takes something out of a wallet. */
const spending = ['ledger.create', 'transfers.create', 'catalog.redeem', 'streaks.buyFreezes', 'streaks.repair'];
const spends: Rule = ({ operation }) => spending.includes(operation);

/**
 * On which routes each problem can occur: the one place that says so. A new code needs a rule here, or this does not
 * compile.
 */
const rules: Readonly<Record<ProblemCode, Rule>> = {
  invalid_request: either(takesParams, takesQuery, takesBody, actsForPlayer, byKey),
  malformed_json: takesBody,
  invalid_cursor: (placed) => fieldsOf(queryOf(placed)).some(({ field }) => field === 'cursor' || field === 'part'),
  invalid_token: asksForToken,
  forbidden: asksForToken,
  insufficient_scope: both(asksForToken, byMachine),
  not_found: either(takesParams, actsForPlayer),
  // A declared route is asked by its own method; this is the answer to all others on its path.
  method_not_allowed: never,
  already_exists: both(creates, takesOwnName),
  event_conflict: byId,
  insufficient_funds: spends,
  hold_closed: ({ operation }) => /^(ledger\.(capture|release)|redemptions\.(fulfil|cancel))$/.test(operation),
  sold_out: ({ operation }) => /^(catalog\.redeem|rewards\.claim|users\.grant)$/.test(operation),
  already_reversed: ({ operation }) => operation.endsWith('.reverse'),
  in_use: either(archives, takesField('document'), ({ operation }) => operation === 'roles.remove'),
  outdated: either(takesField('revision'), takesField('base')),
  conflict: changesSomething,
  no_freeze_left: ({ operation }) => operation === 'streaks.freeze',
  team_full: ({ name }) => ['app.teams.join', 'dashboard.teams.addMember', 'dashboard.teams.update'].includes(name),
  team_closed: ({ operation }) => operation === 'teams.join',
  already_in_team: entersTeam,
  plan_limit_reached: ({ operation }) =>
    /^(invitations\.(create|resend)|joinCodes\.redeem|workspaces\.(create|clone|resume|createClient|invite)|apiClients\.create)$/.test(
      operation,
    ),
  last_owner: ({ operation }) => /^members\.(update|remove)$/.test(operation),
  too_many_secrets: ({ operation }) => operation === 'apiClients.createSecret',
  claim_expired: ({ operation }) => operation === 'rewards.claim',
  version_mismatch: demandsIfMatch,
  body_too_large: takesBody,
  unsupported_media_type: takesBody,
  unprocessable: either(takesBody, takesTime, livesOn),
  time_out_of_range: takesTime,
  unknown_reference: either(takesReference, publishes, takesField('document'), takesField('audiences')),
  invalid_expression: either(takesExpression, publishes, takesField('document')),
  destination_not_allowed: savesUrl,
  invalid_code: ({ operation }) => /^(invitations\.accept|joinCodes\.redeem)$/.test(operation),
  domain_not_proven: ({ operation }) => operation === 'domainRules.verify',
  idempotency_mismatch: byKey,
  precondition_required: demandsIfMatch,
  rate_limited: always,
  headers_too_large: always,
  internal_error: always,
  unavailable: always,
};

const codes = Object.keys(problems).filter((code): code is ProblemCode => code in problems);

/** The codes that a route can answer with, in the order of the table. */
export function possibleProblems(placed: DeclaredRoute): ProblemCode[] {
  return codes.filter((code) => rules[code](placed));
}

/** The routes that can answer with a code, in the order of declaration. */
export function routesWith(code: ProblemCode, routes: readonly DeclaredRoute[]): DeclaredRoute[] {
  return routes.filter(rules[code]);
}
