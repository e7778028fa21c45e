import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DataStack } from './data.ts';

/**
 * Who may touch which items: IAM's wall between tenants, which holds whatever the code above it does. Every statement
 * names its actions and demands `dynamodb:LeadingKeys`:
 * - a pattern ends its tenant with `#`, so that `demo` does not open `demo2`; slugs hold no `#`, `*` or `?`, and the
 *   store escapes `#` in every other part of a key;
 * - `ForAllValues` alone would be true of a request without the key (a Scan), hence `Null`.
 * There is no `TransactWriteItems` in IAM: DynamoDB asks for the right of each write in it.
 */
export interface Reach {
  readonly actions: readonly ItemAction[];
  /** Patterns of partition keys. */
  readonly keys: readonly string[];
}

/** The operations that the store is written in; it deletes nothing, so nobody may. */
export type ItemAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem';

const READ: readonly ItemAction[] = ['GetItem', 'BatchGetItem', 'Query'];
const WRITE: readonly ItemAction[] = ['PutItem', 'UpdateItem'];

/** All that belongs to one tenant. */
export function keysOfTenant(slug: string): string {
  return `T#${slug}#*`;
}

/** The line of the platform's directory that tells a client's tenant; a new client's is put by its tenant's function. */
const CLIENT_DIRECTORY = 'T#@platform#W#@#CLIENT#*';

/** What one tenant's API may do: its own items, and to put (not to read or change) lines of the client directory. */
export function apiReach(slug: string): readonly Reach[] {
  return [
    { actions: [...READ, ...WRITE], keys: [keysOfTenant(slug)] },
    { actions: ['PutItem'], keys: [CLIENT_DIRECTORY] },
  ];
}

/**
 * What the API of the tenant that runs the platform may do besides: the list of tenants, and each tenant's record,
 * workspaces and credentials, but nothing inside a workspace. `@` in a key's workspace is the tenant as a whole; no
 * workspace and no id can hold one.
 */
export function platformReach(): readonly Reach[] {
  return [
    {
      actions: ['GetItem', 'Query', ...WRITE],
      keys: ['T#@platform#W#@#TENANTS', 'T#*#W#@#TENANT', 'T#*#W#@#WORKSPACES'],
    },
    { actions: ['PutItem'], keys: ['T#*#W#@#CLIENT#*'] },
  ];
}

/** What one tenant's authorizer may do: read single items of its tenant. */
export function authorizerReach(slug: string): readonly Reach[] {
  return [{ actions: ['GetItem'], keys: [keysOfTenant(slug)] }];
}

/** The statements that let a role reach these items and no others, and use the table's key for that. */
export function itemStatements({ table, index, key }: DataStack, reaches: readonly Reach[]): PolicyStatement[] {
  const fenced = (reach: Reach, actions: readonly ItemAction[], resources: string[]) =>
    new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources,
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...reach.keys] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  const onItems = reaches.map((reach) => {
    const actions = reach.actions.filter((action) => action !== 'Query');
    return actions.length === 0 ? [] : [fenced(reach, actions, [table.tableArn])];
  });
  const onLists = reaches.map((reach) =>
    reach.actions.includes('Query')
      ? [fenced(reach, ['Query'], [table.tableArn, `${table.tableArn}/index/${index}`])]
      : [],
  );
  const writes = reaches.some(({ actions }) => actions.some((action) => WRITE.includes(action)));
  const throughTable = new PolicyStatement({
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      ...(writes
        ? [
            'kms:Encrypt',
            'kms:GenerateDataKey',
            'kms:GenerateDataKeyWithoutPlaintext',
            'kms:ReEncryptFrom',
            'kms:ReEncryptTo',
          ]
        : []),
    ],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(table).region}.amazonaws.com` } },
  });
  return [...onItems.flat(), ...onLists.flat(), throughTable];
}
