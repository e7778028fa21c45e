import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { PeoplePool } from '../ports/people-pool.ts';

function subjectOf(attributes: readonly AttributeType[] | undefined): string {
  const sub = attributes?.find(({ Name }) => Name === 'sub')?.Value;
  if (sub === undefined) throw new Error('Cognito told no sub');
  return sub;
}

/**
 * The cell's Cognito user pool. It makes accounts and looks at them, and may do nothing else: a right to change
 * accounts or passwords would be one over the people of all tenants, since IAM cannot fence the users of a pool.
 *
 * A password that comes with an invitation is temporary to Cognito, which has it changed at the first sign-in; without
 * one Cognito mails one of its own.
 */
export function cognitoPool(cognito: CognitoIdentityProviderClient, poolId: string): PeoplePool {
  const find = async (email: string): Promise<string | undefined> => {
    try {
      const found = await cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: email }));
      return subjectOf(found.UserAttributes);
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  };
  return {
    async personOf(email, { tenant, workspace, password }) {
      const known = await find(email);
      if (known !== undefined) return known;
      try {
        const attributes = {
          email,
          email_verified: 'true',
          // Where they work first, which the pool's trigger reads.
          'custom:tenant': tenant,
          'custom:workspace': workspace,
        };
        const made = await cognito.send(
          new AdminCreateUserCommand({
            UserPoolId: poolId,
            Username: email,
            UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
            ...(password === undefined
              ? { DesiredDeliveryMediums: ['EMAIL'] as const }
              : { TemporaryPassword: password, MessageAction: 'SUPPRESS' as const }),
          }),
        );
        return subjectOf(made.User?.Attributes);
      } catch (error) {
        const other = error instanceof UsernameExistsException ? await find(email) : undefined;
        if (other === undefined) throw error;
        return other;
      }
    },
  };
}
