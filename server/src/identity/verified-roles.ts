import {
  CreatePolicyCommand,
  DeletePolicyCommand,
  paginateListPolicies,
  ResourceNotFoundException,
} from '@aws-sdk/client-verifiedpermissions';
import type { HeldRole, PolicyRequest, RolePolicies } from '../ports/policy.ts';
import { ROLE_POLICY, roleEntity, rolePolicyText } from './role-policy.ts';
import type { PolicyStore } from './verified-permissions.ts';

type Place = PolicyRequest['resource'];

/** The ids of the policies of a role as it is: one, or two that are equal, where two made it at once. */
async function policiesOf({ client, policyStoreId }: PolicyStore, place: Place, role: HeldRole): Promise<string[]> {
  const principal = { identifier: { entityType: 'Laurel::Role', entityId: roleEntity(place, role) } };
  const ids: string[] = [];
  for await (const { policies = [] } of paginateListPolicies({ client }, { policyStoreId, filter: { principal } })) {
    ids.push(...policies.flatMap(({ policyId }) => policyId ?? []));
  }
  return ids;
}

/**
 * The policies of roles in Verified Permissions. A policy is published before the role is what it says, and taken away
 * after: in between it is nobody's, since it names the role by a print of what the role holds. So what could not be taken
 * away permits nothing; it is told, and stays.
 */
export function verifiedRoles(store: PolicyStore, onLeft: (error: unknown) => void): RolePolicies {
  const { client, policyStoreId } = store;
  const remove = async (policyId: string): Promise<void> => {
    try {
      await client.send(new DeletePolicyCommand({ policyStoreId, policyId }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  };
  return {
    async publish(place, role) {
      if ((await policiesOf(store, place, role)).length > 0) return;
      const policy = { description: `${ROLE_POLICY}${role.id}`, statement: rolePolicyText(place, role) };
      await client.send(new CreatePolicyCommand({ policyStoreId, definition: { static: policy } }));
    },
    async withdraw(place, role) {
      try {
        await Promise.all((await policiesOf(store, place, role)).map(remove));
      } catch (error) {
        onLeft(error);
      }
    },
  };
}
