import { hash } from 'node:crypto';
import {
  type AuthorizationAnswer,
  type CheckParseAnswer,
  type EntityJson,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  type TypeAndId,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyDecision, PolicyEngine, PolicyRequest } from '../ports/policy.ts';
import { messagesOf, type PolicyTexts } from './cedar-policies.ts';
import { type Principal, roles } from './principal.ts';

/**
 * Cedar in this process. Policies and schema are parsed once. A request that the schema does not know (an unknown
 * action, a kind of caller that the action is not for) is an error, and any error denies.
 * @throws Error where policies or schema are no Cedar
 */
export function cedarEngine({ policies, schema }: PolicyTexts): PolicyEngine {
  // The parsed forms live in one store of the whole process: equal texts share their place in it.
  const name = hash('sha256', JSON.stringify([policies, schema]), 'base64url');
  assertParsed(preparseSchema(name, schema));
  assertParsed(preparsePolicySet(name, { staticPolicies: { ...policies } }));
  return {
    decide: async (request) => {
      try {
        return decisionOf(ask(name, request));
      } catch (error) {
        return { allowed: false, policies: [], errors: [String(error)] };
      }
    },
  };
}

function assertParsed(answer: CheckParseAnswer): void {
  if (answer.type === 'failure') throw new Error(messagesOf(answer.errors).join('; '));
}

function ask(name: string, request: PolicyRequest): AuthorizationAnswer {
  const { principal, action, scope, resource, actingFor } = request;
  const caller = callerOf(principal);
  const place: EntityJson = {
    uid: uid('Workspace', `${resource.tenant}/${resource.workspace}`),
    attrs: { tenant: resource.tenant, workspace: resource.workspace },
    parents: [],
  };
  return statefulIsAuthorized({
    principal: caller.uid,
    action: uid('Action', action),
    resource: place.uid,
    context: actingFor === undefined ? { scope } : { scope, actingFor },
    preparsedSchemaName: name,
    preparsedPolicySetId: name,
    validateRequest: true,
    entities: [caller, place, ...roleEntities],
  });
}

function decisionOf(answer: AuthorizationAnswer): PolicyDecision {
  if (answer.type === 'failure') return { allowed: false, policies: [], errors: messagesOf(answer.errors) };
  const { decision, diagnostics } = answer.response;
  const errors = diagnostics.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
  return { allowed: decision === 'allow' && errors.length === 0, policies: diagnostics.reason.toSorted(), errors };
}

function uid(type: string, id: string): TypeAndId {
  return { type: `Laurel::${type}`, id };
}

/** Each role is in the one below it: an owner is an admin, who is a manager, and so on. */
const roleEntities: readonly EntityJson[] = roles.map((role, at) => {
  const below = roles[at + 1];
  return { uid: uid('Role', role), attrs: {}, parents: below === undefined ? [] : [uid('Role', below)] };
});

function callerOf(principal: Principal): EntityJson {
  const { kind, tenant, workspace, subject, scopes, platform, role } = principal;
  const id = `${tenant}/${workspace}/${subject}`;
  switch (kind) {
    case 'operator': {
      const parents = role === undefined ? [] : [uid('Role', role)];
      return { uid: uid('Operator', id), attrs: { tenant, workspace, platform }, parents };
    }
    case 'machine':
      return { uid: uid('Machine', id), attrs: { tenant, workspace, scopes: [...scopes], platform }, parents: [] };
    case 'player':
      return { uid: uid('Player', id), attrs: { tenant, workspace, user: subject }, parents: [] };
  }
}
