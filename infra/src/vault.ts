import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ItemAction } from './access.ts';
import type { DataStack } from './data.ts';

/** What functions are told of the vault. */
export function vaultVariables({ keys, vaultKey }: DataStack) {
  return { LAUREL_KEYS_TABLE: keys.tableName, LAUREL_VAULT_KEY: vaultKey.keyArn };
}

/** What a function does with the keys of users. */
export interface VaultReach {
  /** The tenant whose keys they are; those of all tenants where it is missing. */
  readonly tenant?: string;
  /** Whether it makes keys of users, and destroys them: one is put in place of the other, and nothing is removed. */
  readonly changes: boolean;
  /** Whether it makes the key of a workspace, which is wrapped by the cell's. */
  readonly opensWorkspaces: boolean;
  /** Whether it goes through all that are destroyed. */
  readonly lists: boolean;
}

/** The statements that let a role open what is sealed for users of one tenant, or of all. */
export function vaultStatements({ keys, vaultKey }: DataStack, reach: VaultReach): PolicyStatement[] {
  const { tenant = '*', changes, opensWorkspaces, lists } = reach;
  const within = (actions: readonly ItemAction[], partition: string) =>
    new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [keys.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`T#${tenant}#W#*#${partition}`] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  return [
    within(['GetItem', ...(opensWorkspaces ? (['PutItem'] as const) : [])], 'KEYS'),
    within(['BatchGetItem', ...(changes ? (['PutItem'] as const) : [])], 'KEY#*'),
    ...(changes ? [within(['PutItem', ...(lists ? (['Query'] as const) : [])], 'ERASED')] : []),
    new PolicyStatement({
      actions: ['kms:Decrypt', ...(opensWorkspaces ? ['kms:Encrypt'] : [])],
      resources: [vaultKey.keyArn],
      // What a workspace's key is bound to: a tenant's functions unwrap those of the tenant alone.
      ...(reach.tenant === undefined
        ? {}
        : { conditions: { StringEquals: { 'kms:EncryptionContext:tenant': reach.tenant } } }),
    }),
  ];
}
