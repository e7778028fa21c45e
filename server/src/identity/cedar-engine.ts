import { hash } from 'node:crypto';
import {
  type AuthorizationAnswer,
  type CheckParseAnswer,
  type Policy,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyDecision, PolicyEngine, PolicyRequest, RolePolicies } from '../ports/policy.ts';
import { messagesOf, type PolicyTexts } from './cedar-policies.ts';
import { cedarRequest } from './cedar-request.ts';
import { ROLE_POLICY, roleEntity, rolePolicy } from './role-policy.ts';

/** How many sets of policies are kept parsed: one for each role, as it is now, that was asked about of late. */
const SLOTS = 256;

/**
 * Cedar in this process. Policies and schema are parsed once, and once for each role of a workspace's own, as it is now.
 * A request that the schema does not know (an unknown action, a kind of caller that the action is not for) is an error,
 * and any error denies.
 * @throws Error where policies or schema are no Cedar
 */
export function cedarEngine({ policies, schema }: PolicyTexts, slots: number = SLOTS): PolicyEngine {
  // The parsed forms live in one store of the whole process: equal texts share their place in it.
  const name = hash('sha256', JSON.stringify([policies, schema]), 'base64url');
  assertParsed(preparseSchema(name, schema));
  assertParsed(preparsePolicySet(name, { staticPolicies: { ...policies } }));
  const setOf = createSlots(name, policies, slots);
  const decide = (request: PolicyRequest): PolicyDecision => {
    try {
      return decisionOf(ask(name, setOf(request), request));
    } catch (error) {
      return { allowed: false, policies: [], errors: [String(error)] };
    }
  };
  return { decide: async (request) => decide(request) };
}

/** Roles are decided in this process by what they are: nothing is kept besides them. */
export const inProcessRoles: RolePolicies = { publish: async () => {}, withdraw: async () => {} };

/**
 * Keeps sets of policies, each with the policy of one role, in a fixed number of places: Cedar forgets none, but a new one
 * in the same place. Nothing is shared between roles, so that a tenant's many roles make no decision slower.
 */
function createSlots(
  name: string,
  policies: PolicyTexts['policies'],
  most: number,
): (request: PolicyRequest) => string {
  const places = new Map<string, string>();
  return ({ principal, role }) => {
    if (role === undefined || role.id !== principal.role) return name;
    const entity = roleEntity(principal, role);
    const known = places.get(entity);
    if (known !== undefined) {
      places.delete(entity);
      places.set(entity, known);
      return known;
    }
    const [oldest] = places.size < most ? [] : places;
    const place = oldest?.[1] ?? `${name}#${places.size}`;
    if (oldest !== undefined) places.delete(oldest[0]);
    const own: Record<string, Policy> = { ...policies, [`${ROLE_POLICY}${role.id}`]: rolePolicy(principal, role) };
    assertParsed(preparsePolicySet(place, { staticPolicies: own }));
    places.set(entity, place);
    return place;
  };
}

function assertParsed(answer: CheckParseAnswer): void {
  if (answer.type === 'failure') throw new Error(messagesOf(answer.errors).join('; '));
}

function ask(schema: string, policies: string, request: PolicyRequest): AuthorizationAnswer {
  const { entities, context, ...asked } = cedarRequest(request);
  return statefulIsAuthorized({
    ...asked,
    context: { ...context },
    entities: [...entities],
    preparsedSchemaName: schema,
    preparsedPolicySetId: policies,
    validateRequest: true,
  });
}

function decisionOf(answer: AuthorizationAnswer): PolicyDecision {
  if (answer.type === 'failure') return { allowed: false, policies: [], errors: messagesOf(answer.errors) };
  const { decision, diagnostics } = answer.response;
  const errors = diagnostics.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
  return { allowed: decision === 'allow' && errors.length === 0, policies: diagnostics.reason.toSorted(), errors };
}
