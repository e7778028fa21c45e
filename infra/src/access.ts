import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
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

/** The operations that the store is written in. */
export type ItemAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

const READ: readonly ItemAction[] = ['GetItem', 'BatchGetItem', 'Query'];
const WRITE: readonly ItemAction[] = ['PutItem', 'UpdateItem'];
/** To take something out of the table, if it is still what it was. */
const TAKE: readonly ItemAction[] = ['DeleteItem', 'ConditionCheckItem'];

/** All that belongs to one tenant. */
export function keysOfTenant(slug: string): string {
  return `T#${slug}#*`;
}

/** The line of the platform's directory that tells a client's tenant; a new client's is put by its tenant's function. */
const CLIENT_DIRECTORY = 'T#@platform#W#@#CLIENT#*';

/** What is due in the workspaces of some tenant: it is taken out of the table by those who are done. */
const dueOf = (tenant: string): string => `T#${tenant}#W#*#DUE#?`;

/**
 * What else leaves the table: a draft that is discarded or published, with the secret of a webhook's, the parts of a release that is done, records of a
 * player that another history does not have, what they gave to a team among them, and members who leave a team. Nothing
 * that was told, posted or signed is among it.
 */
const removableOf = (tenant: string): readonly string[] =>
  ['DEFINITIONS#*', 'WEBHOOKS', 'RELEASES', 'U#*', 'TEAM#*', 'SHARES#*'].map(
    (partition) => `T#${tenant}#W#*#${partition}`,
  );

/** What one tenant's API may do: its own items, and to put (not to read or change) lines of the client directory. */
export function apiReach(slug: string): readonly Reach[] {
  return [
    { actions: [...READ, ...WRITE], keys: [keysOfTenant(slug)] },
    { actions: TAKE, keys: [dueOf(slug)] },
    { actions: TAKE, keys: removableOf(slug) },
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

/**
 * What the cell's scheduler may do: whatever can come due in any workspace. It is the one role that reaches more than
 * one tenant's workspaces; nobody calls it, and it takes no input. {@link exceptPlatform} belongs to it: a pattern
 * cannot leave one tenant out.
 */
export function schedulerReach(): readonly Reach[] {
  return [
    { actions: [...READ, ...WRITE], keys: ['T#*#W#*#*'] },
    { actions: TAKE, keys: [dueOf('*'), ...removableOf('*')] },
    { actions: ['Query'], keys: ['T#@platform#W#@#DUE#?'] },
  ];
}

/** What one tenant's live streams may do: look. */
export function liveReach(slug: string): readonly Reach[] {
  return [{ actions: READ, keys: [keysOfTenant(slug)] }];
}

/**
 * What the function that follows the table may do in any workspace: queue deliveries for its webhooks, have them
 * delivered, count what teams have, and count for analytics what players do, which it reads of them and keeps with them.
 * It takes nothing away. What nobody can take it puts aside, among the platform's own.
 */
export function streamReach(): readonly Reach[] {
  return [
    { actions: ['Query'], keys: ['T#*#W#*#WEBHOOKS', 'T#*#W#*#DEFINITIONS#webhooks'] },
    { actions: ['PutItem'], keys: ['T#*#W#*#DELIVERIES#*', 'T#@platform#W#@#STREAM#*'] },
    { actions: ['PutItem', 'UpdateItem'], keys: [dueOf('*')] },
    // What members gave to teams, from which it counts what those have; and what time it is in a workspace.
    { actions: READ, keys: ['T#*#W#*#SHARES#*', 'T#*#W#*#TEAM#*', 'T#*#W#*#DEFINITIONS#missions'] },
    { actions: ['GetItem'], keys: ['T#*#W#@#WORKSPACES'] },
    { actions: ['PutItem'], keys: ['T#*#W#*#TEAM#*'] },
    // What players did, from which it counts, and what it counted of each; then the counters.
    { actions: READ, keys: ['T#*#W#*#U#*', 'T#*#W#*#DEFINITIONS#streaks'] },
    { actions: ['PutItem'], keys: ['T#*#W#*#U#*'] },
    { actions: ['UpdateItem'], keys: ['T#*#W#*#ANALYTICS#*'] },
  ];
}

/** What keeping ranks in a cache may do: put aside what it could not take. What it keeps comes with the records. */
export function ranksReach(): readonly Reach[] {
  return [{ actions: ['PutItem'], keys: ['T#@platform#W#@#STREAM#*'] }];
}

/** What one tenant's authorizer may do: read single items of its tenant. */
export function authorizerReach(slug: string): readonly Reach[] {
  return [{ actions: ['GetItem'], keys: [keysOfTenant(slug)] }];
}

/** Keeps a role from the platform's own items, but for lists of them, whatever else it may do. */
export function exceptPlatform({ table }: DataStack): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: [...READ, ...WRITE, ...TAKE].filter((action) => action !== 'Query').map((action) => `dynamodb:${action}`),
    resources: [table.tableArn],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['T#@platform#*'] } },
  });
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
