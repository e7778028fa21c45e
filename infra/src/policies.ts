import { schemaToJson } from '@cedar-policy/cedar-wasm/nodejs';
import { messagesOf, type PolicyTexts } from '@laurel/server/identity/cedar-policies';
import { Stack, type StackProps } from 'aws-cdk-lib';
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

/**
 * The policies of `server/policies` in Verified Permissions, each with its `@id` in its text. Calls are decided in
 * process, by the same texts; the store is for those who ask about permissions without calling the API.
 */
export class PoliciesStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly texts: PolicyTexts }) {
    super(scope, id, props);
    const store = new CfnPolicyStore(this, 'Store', {
      description: "Who may do what: the policies of Laurel's API.",
      validationSettings: { mode: 'STRICT' },
      schema: { cedarJson: schemaAsJson(props.texts.schema) },
      deletionProtection: { mode: 'ENABLED' },
    });
    for (const [name, statement] of Object.entries(props.texts.policies)) {
      new CfnPolicy(this, name, {
        policyStoreId: store.attrPolicyStoreId,
        definition: { static: { description: name, statement } },
      });
    }
  }
}
