import { schemaToJson } from '@cedar-policy/cedar-wasm/nodejs';
import { messagesOf, type PolicyTexts } from '@laurel/server/identity/cedar-policies';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnPolicyStore } from 'aws-cdk-lib/aws-verifiedpermissions';
import type { Construct } from 'constructs';

/**
 * The schema as Verified Permissions takes it: JSON.
 * @throws Error where it is no Cedar schema
 */
export function schemaAsJson(schema: string): string {
  const answer = schemaToJson(schema);
  if (answer.type === 'failure') throw new Error(messagesOf(answer.errors).join('; '));
  return JSON.stringify(answer.json);
}

/** A policy store with the schema and the policies of `server/policies`, each with its `@id` as its description. */
export function addPolicyStore(scope: Construct, id: string, texts: PolicyTexts, description: string): CfnPolicyStore {
  const store = new CfnPolicyStore(scope, id, {
    description,
    validationSettings: { mode: 'STRICT' },
    schema: { cedarJson: schemaAsJson(texts.schema) },
    deletionProtection: { mode: 'ENABLED' },
  });
  for (const [name, statement] of Object.entries(texts.policies)) {
    new CfnPolicy(scope, name, {
      policyStoreId: store.attrPolicyStoreId,
      definition: { static: { description: name, statement } },
    });
  }
  return store;
}

/** What a function that decides by a store may do with it. */
export function deciding(store: CfnPolicyStore): PolicyStatement {
  return new PolicyStatement({
    actions: ['IsAuthorized', 'BatchIsAuthorized', 'GetPolicy'].map((action) => `verifiedpermissions:${action}`),
    resources: [store.attrArn],
  });
}

/** What a function may do that keeps the policies of roles there: in the store of its own tenant alone. */
export function keepingRoles(store: CfnPolicyStore): PolicyStatement {
  return new PolicyStatement({
    actions: ['ListPolicies', 'CreatePolicy', 'DeletePolicy'].map((action) => `verifiedpermissions:${action}`),
    resources: [store.attrArn],
  });
}

/**
 * The policies of `server/policies` in Verified Permissions, for those who ask about permissions without calling the API.
 * It knows no roles of workspaces: calls are decided in process, or by a store of each tenant's own.
 */
export class PoliciesStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly texts: PolicyTexts }) {
    super(scope, id, props);
    addPolicyStore(this, 'Store', props.texts, "Who may do what: the policies of Laurel's API.");
  }
}
