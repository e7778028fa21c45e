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
  /** What of it stays granted although no recorded work of the function uses it; the tests refuse any other. */
  readonly spare?: readonly Spare[];
}

/** An action on a pattern that is granted for something that the tests do not bring about. */
export interface Spare {
  readonly action: ItemAction;
  readonly key: string;
  readonly reason: string;
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

/** All that belongs to one tenant. */
export function keysOfTenant(slug: string): string {
  return `T#${slug}#*`;
}

/** The line of the platform's directory that tells a client's tenant; a new client's is put by its tenant's function. */
const CLIENT_DIRECTORY = 'T#@platform#W#@#CLIENT#*';

/**
 * Where people may ask to go when they sign in, a line for each workspace. A line gives no right, since the authorizer of
 * the tenant asks that tenant's own record of the member; so it does not matter that IAM cannot fence lines by tenant.
 */
const ENTRANCES = 'T#@platform#W#@#ENTRANCES#*';

/** What is due in the workspaces of some tenant: it is taken out of the table by those who are done. */
const dueOf = (tenant: string): string => `T#${tenant}#W#*#DUE#?`;

/**
 * What else leaves the table: a draft that is discarded or published, the parts of a release that is done, records of a
 * player that another history does not have, what they gave to a team among them, members who leave a team, codes
 * that are given away, what is under a user who is erased, with the marks of their events, and what a workspace keeps
 * for a time alone: news, deliveries and requests about personal data. Nothing that was posted or signed is among it.
 */
const removableOf = (tenant: string): readonly string[] =>
  ['RELEASES', 'U#*', 'SHARES#*', 'CODES#*', 'E#*', 'XID#*', 'HAPPENED#?', 'DELIVERIES#*', 'PRIVACY'].map(
    (partition) => `T#${tenant}#W#*#${partition}`,
  );

/** What of it is only taken away by who asks for it: drafts, with the secret of a webhook's, members, roles. */
const withdrawnOf = (tenant: string): readonly string[] =>
  ['DEFINITIONS#*', 'WEBHOOKS', 'TEAM#*', 'MEMBERS', 'DOMAIN-RULES', 'ROLES'].map(
    (partition) => `T#${tenant}#W#*#${partition}`,
  );

/** What goes with whoever works in no workspace of a tenant any more, and with a domain whose people join no more. */
const tenantsWithdrawn = (tenant: string): readonly string[] =>
  ['PEOPLE', 'DOMAIN#*'].map((partition) => `T#${tenant}#W#@#${partition}`);

/** What must still be what it was for something else to be written: a player's packed changes, here and by the scheduler. */
const checkedOf = (tenant: string): readonly string[] => [`T#${tenant}#W#*#U#*`];

/** A team, which whoever is erased is taken out of, and of which another member becomes captain. */
const teamsOf = (tenant: string): string => `T#${tenant}#W#*#TEAM#*`;

/** Records that wait to be sealed, and the chains that they are sealed in. */
const outboxOf = (tenant: string, workspace = '*'): string => `T#${tenant}#W#${workspace}#AUDIT#OUTBOX#?`;
const chainOf = (tenant: string, workspace = '*'): string => `T#${tenant}#W#${workspace}#AUDIT#CHAIN`;

/** What one tenant's API may do: its own items, and to put (not to read or change) lines of the client directory. */
export function apiReach(slug: string): readonly Reach[] {
  return [
    { actions: [...READ, ...WRITE], keys: [keysOfTenant(slug)] },
    {
      actions: ['DeleteItem'],
      keys: [dueOf(slug), ...removableOf(slug), ...withdrawnOf(slug), ...tenantsWithdrawn(slug)],
      spare: [
        {
          action: 'DeleteItem',
          key: `T#${slug}#W#*#SHARES#*`,
          reason:
            'What a player gave to a team goes with an event that is void: the tests of missions for teams do it.',
        },
        {
          action: 'DeleteItem',
          key: `T#${slug}#W#*#CODES#*`,
          reason: 'A rule gives an item with a code: the tests of rewards with items do it.',
        },
      ],
    },
    { actions: ['ConditionCheckItem'], keys: [dueOf(slug), ...checkedOf(slug), teamsOf(slug)] },
    { actions: ['PutItem'], keys: [CLIENT_DIRECTORY] },
    { actions: ['PutItem', 'DeleteItem'], keys: [ENTRANCES] },
  ];
}

/**
 * What the API of the tenant that runs the platform may do besides: the list of tenants, and each tenant's record,
 * workspaces, credentials and invitations, but nothing inside a workspace. `@` in a key's workspace is the tenant as a whole; no
 * workspace and no id can hold one.
 */
export function platformReach(): readonly Reach[] {
  return [
    { actions: ['Query', ...WRITE], keys: ['T#@platform#W#@#TENANTS'] },
    { actions: ['GetItem', ...WRITE], keys: ['T#*#W#@#TENANT'] },
    { actions: ['GetItem', 'Query', ...WRITE], keys: ['T#*#W#@#WORKSPACES'] },
    { actions: ['GetItem', 'PutItem'], keys: ['T#*#W#@#ALLOTMENTS'] },
    { actions: ['BatchGetItem'], keys: ['T#*#W#@#USAGE#?'] },
    { actions: ['PutItem'], keys: ['T#*#W#@#INVITATIONS'] },
    { actions: ['PutItem'], keys: ['T#*#W#@#CLIENT#*'] },
    { actions: ['GetItem', 'PutItem'], keys: ['T#*#W#@#ISSUERS'] },
    // What they change of a tenant leaves a record with the tenant; and they may look at what is recorded of tenants.
    { actions: ['PutItem'], keys: [outboxOf('*', '@')] },
    { actions: ['GetItem', 'Query'], keys: [chainOf('*', '@')] },
  ];
}

const SCHEDULER_SPARE: readonly Spare[] = [
  {
    action: 'DeleteItem',
    key: 'T#*#W#*#SHARES#*',
    reason: 'It unpacks large changes of a member of a team, where whoever made them was ended half-way.',
  },
  {
    action: 'DeleteItem',
    key: 'T#*#W#*#E#*',
    reason: 'It erases who was inactive for long: the tests of privacy do it.',
  },
  {
    action: 'DeleteItem',
    key: 'T#*#W#*#XID#*',
    reason: 'It erases who was inactive for long: the tests of privacy do it.',
  },
  {
    action: 'DeleteItem',
    key: teamsOf('*'),
    reason: 'It takes who was inactive for long out of their team: the tests of privacy do it.',
  },
  {
    action: 'ConditionCheckItem',
    key: teamsOf('*'),
    reason: 'Who becomes captain in place of somebody whom it erases must still be a member.',
  },
];

/**
 * What the cell's scheduler may do: whatever can come due in any workspace. It is the one role that reaches more than
 * one tenant's workspaces; nobody calls it, and it takes no input. {@link exceptPlatform} and {@link exceptTenants} belong
 * to it: a pattern cannot leave one tenant out, nor what is above workspaces.
 */
export function schedulerReach(): readonly Reach[] {
  return [
    { actions: [...READ, ...WRITE], keys: ['T#*#W#*#*'] },
    {
      actions: ['DeleteItem'],
      keys: [dueOf('*'), ...removableOf('*'), teamsOf('*')],
      spare: SCHEDULER_SPARE,
    },
    { actions: ['ConditionCheckItem'], keys: [dueOf('*'), ...checkedOf('*'), teamsOf('*')], spare: SCHEDULER_SPARE },
    { actions: ['Query'], keys: ['T#@platform#W#@#DUE#?'] },
  ];
}

/** What collecting a tenant's records may do: write them down until they are sealed. */
export function collectorReach(slug: string): readonly Reach[] {
  return [{ actions: ['PutItem'], keys: [outboxOf(slug)] }];
}

/**
 * What sealing may do, in any workspace: take records from where they wait into chains. It is the one role that writes
 * to a chain ({@link exceptChains} keeps all others from it), and nobody takes anything away from one.
 */
export function sealerReach(): readonly Reach[] {
  return [
    { actions: ['Query'], keys: ['T#@platform#W#@#AUDIT#?'] },
    { actions: ['Query', 'DeleteItem'], keys: [outboxOf('*')] },
    { actions: ['GetItem', 'PutItem', 'DeleteItem'], keys: ['T#*#W#*#AUDIT#PENDING'] },
    { actions: ['GetItem', 'Query', 'PutItem', 'ConditionCheckItem'], keys: [chainOf('*')] },
  ];
}

/** What one tenant's live streams may do: look. */
export function liveReach(slug: string): readonly Reach[] {
  return [{ actions: ['GetItem', 'Query'], keys: [keysOfTenant(slug)] }];
}

/**
 * What the function that follows the table may do in any workspace: queue deliveries for its webhooks, have them
 * delivered, count what teams have, and count for analytics and for plans what players do, which it reads of them and keeps
 * with them.
 * It takes nothing away. What nobody can take it puts aside, among the platform's own.
 */
export function streamReach(): readonly Reach[] {
  return [
    { actions: ['Query'], keys: ['T#*#W#*#WEBHOOKS', 'T#*#W#*#DEFINITIONS#webhooks'] },
    { actions: ['PutItem'], keys: ['T#*#W#*#DELIVERIES#*', 'T#@platform#W#@#STREAM#*'] },
    { actions: ['PutItem', 'UpdateItem'], keys: [dueOf('*')] },
    // What members gave to teams, from which it counts what those have; and what time it is in a workspace.
    { actions: ['Query'], keys: ['T#*#W#*#SHARES#*'] },
    { actions: ['GetItem'], keys: ['T#*#W#*#TEAM#*', 'T#*#W#*#DEFINITIONS#missions', 'T#*#W#@#WORKSPACES'] },
    { actions: ['PutItem'], keys: ['T#*#W#*#TEAM#*'] },
    // What players did, from which it counts, and what it counted of each; then the counters.
    { actions: READ, keys: ['T#*#W#*#U#*'] },
    { actions: ['GetItem'], keys: ['T#*#W#*#DEFINITIONS#streaks'] },
    { actions: ['PutItem'], keys: ['T#*#W#*#U#*'] },
    { actions: ['UpdateItem'], keys: ['T#*#W#*#ANALYTICS#*'] },
    // What tenants use of their plans.
    { actions: ['UpdateItem'], keys: ['T#*#W#@#USAGE#?'] },
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

/**
 * What the pool's trigger may do in any tenant: see whether somebody is a member of the workspace that they want to go
 * to, and make them one there whose domain the tenant has proven. Nobody calls it but Cognito, which says who it is.
 */
export function preTokenReach(): readonly Reach[] {
  return [
    {
      actions: ['GetItem'],
      keys: ['T#*#W#*#MEMBERS', 'T#*#W#*#DOMAIN-RULES', 'T#*#W#@#DOMAIN#*', 'T#*#W#@#TENANT', 'T#*#W#@#WORKSPACES'],
    },
    { actions: ['GetItem', 'PutItem'], keys: ['T#*#W#@#PEOPLE', 'T#*#W#@#ALLOTMENTS'] },
    { actions: ['BatchGetItem', 'PutItem'], keys: ['T#*#W#*#MEMBERS'] },
    { actions: ['GetItem', 'UpdateItem'], keys: ['T#*#W#*#ROLES'] },
    { actions: ['PutItem'], keys: [ENTRANCES, outboxOf('*')] },
  ];
}

/** Denies a role actions on items of the table, whatever else it may do. */
function denied({ table }: DataStack, actions: readonly ItemAction[], pattern: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [table.tableArn],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [pattern] } },
  });
}

const CHANGE: readonly ItemAction[] = [...WRITE, 'DeleteItem', 'ConditionCheckItem'];

/** Keeps a role from the platform's own items, but for lists of them. */
export function exceptPlatform(data: DataStack): PolicyStatement {
  return denied(data, ['GetItem', 'BatchGetItem', ...CHANGE], 'T#@platform#*');
}

/** Keeps a role from changing what belongs to a tenant as a whole: its record, its workspaces, its credentials. */
export function exceptTenants(data: DataStack): PolicyStatement {
  return denied(data, CHANGE, 'T#*#W#@#*');
}

/** Keeps a role from writing to the audit's chains, and from changing records that wait to be sealed. */
export function exceptChains(data: DataStack): PolicyStatement[] {
  return [denied(data, CHANGE, chainOf('*')), denied(data, ['UpdateItem', 'DeleteItem'], outboxOf('*'))];
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
