import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { keyOf, platformScope, tenantScope, workspaceScope } from '@laurel/server/store/scope';
import { describe, expect, test } from 'vitest';
import { testRule } from './faults.ts';
import { accessFaults, allows, permissionFaults, statementsOf } from './rules/access.ts';
import { type Statement, type Templates, templatesOf, theOne, threeTenants } from './templates.ts';

const templates = await templatesOf(threeTenants);

/** The first statement about items of the API's role of demo. */
function itemStatement(copy: Templates): Statement {
  const [found] = statementsOf(copy, 'laurel-eu-tenant-demo', 'ApiRole').filter(({ Condition }) => Condition?.Null);
  if (found === undefined) throw new Error('there is no statement to seed a fault in');
  return found;
}

/** The statement of a role of a stack that has an action. */
function statementWith(copy: Templates, stack: string, role: string, action: string): Statement {
  const found = statementsOf(copy, stack, role).find(({ Action }) => [Action].flat().includes(action));
  if (found === undefined) throw new Error(`nobody may ${action}`);
  return found;
}

const streamStatement = (copy: Templates) =>
  statementWith(copy, 'laurel-eu-stream', 'TellingStreamRole', 'dynamodb:GetRecords');
const secretStatement = (copy: Templates) =>
  statementWith(copy, 'laurel-eu-scheduler', 'SchedulerRole', 'secretsmanager:GetSecretValue');

describe('what roles may do', () => {
  testRule(templates, accessFaults, [
    ['a Scan', /dynamodb:Scan is granted/, (copy) => Object.assign(itemStatement(copy), { Action: 'dynamodb:Scan' })],
    [
      'PartiQL',
      /PartiQLSelect is granted/,
      (copy) => Object.assign(itemStatement(copy), { Action: ['dynamodb:GetItem', 'dynamodb:PartiQLSelect'] }),
    ],
    ['all actions', /wildcard dynamodb:\*/, (copy) => Object.assign(itemStatement(copy), { Action: 'dynamodb:*' })],
    ['all but some actions', /NotAction/, (copy) => Object.assign(itemStatement(copy), { NotAction: 'dynamodb:Scan' })],
    ['all resources', /on everything/, (copy) => Object.assign(itemStatement(copy), { Resource: '*' })],
    ['no condition', /without LeadingKeys/, (copy) => delete itemStatement(copy).Condition],
    ['no Null', /without Null/, (copy) => delete itemStatement(copy).Condition?.Null],
    [
      'a pattern without an end mark',
      /T#demo\* does not end/,
      (copy) =>
        Object.assign(itemStatement(copy).Condition ?? {}, {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['T#demo*'] },
        }),
    ],
    [
      'streams of all tables',
      /streams of any table/,
      (copy) => Object.assign(streamStatement(copy), { Resource: ['arn:aws:dynamodb:eu-west-1:1:table/*'] }),
    ],
    [
      'all secrets',
      /secrets that are not its own/,
      (copy) =>
        Object.assign(secretStatement(copy), { Resource: 'arn:aws:secretsmanager:eu-west-1:1:secret:laurel/*' }),
    ],
    [
      'a policy inside a role',
      /inline policy/,
      (copy) => Object.assign(theOne(copy, 'AWS::IAM::Role', 'GatewayLogs'), { Policies: [{}] }),
    ],
  ]);
});

describe('who may call functions', () => {
  testRule(templates, permissionFaults, [
    [
      'anybody',
      /\* may call/,
      (copy) => Object.assign(theOne(copy, 'AWS::Lambda::Permission', 'PoolPreToken'), { Principal: '*' }),
    ],
    ['any API', /from anywhere/, (copy) => delete theOne(copy, 'AWS::Lambda::Permission', 'PoolPreToken').SourceArn],
  ]);
});

const partition = {
  profile: (tenant: string) => keyOf(tenantScope(tenant), ['TENANT'], []).pk,
  workspaces: (tenant: string) => keyOf(tenantScope(tenant), ['WORKSPACES'], []).pk,
  client: (tenant: string) => keyOf(tenantScope(tenant), ['CLIENT', 'cli_1'], []).pk,
  user: (tenant: string, id = 'usr_1') => keyOf(workspaceScope(tenant, 'main'), ['U', id], []).pk,
  due: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['DUE', '7'], []).pk,
  missions: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['DEFINITIONS', 'mission'], []).pk,
  hooks: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['DEFINITIONS', 'webhooks'], []).pk,
  releases: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['RELEASES'], []).pk,
  codes: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['CODES', 'mug'], []).pk,
  webhooks: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['WEBHOOKS'], []).pk,
  deliveries: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['DELIVERIES', 'whk_1'], []).pk,
  usage: (tenant: string) => keyOf(tenantScope(tenant), ['USAGE', '3'], []).pk,
  counters: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['ANALYTICS', 'days', '3'], []).pk,
  ledger: (tenant: string) => keyOf(workspaceScope(tenant, 'main'), ['ACCOUNT', 'issuance', '3'], []).pk,
  letters: keyOf(platformScope(), ['STREAM', 'webhooks'], []).pk,
  tenants: keyOf(platformScope(), ['TENANTS'], []).pk,
  directory: keyOf(platformScope(), ['CLIENT', 'cli_1'], []).pk,
  account: keyOf(platformScope(), ['ACCOUNT', 'ada@example.com'], []).pk,
};
const operations = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'ConditionCheckItem',
  'Scan',
];

/** The operations that a role may do on a partition. */
function mayDo(tenant: string, role: string, key: string | undefined): string[] {
  const statements = statementsOf(templates, `laurel-eu-tenant-${tenant}`, role);
  return operations.filter((operation) => allows(statements, operation, key));
}

describe("threat 31: IAM's wall, on keys that the store builds", () => {
  const own = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'];

  test("a tenant's API does what the store does, in its own partitions", () => {
    for (const key of [partition.profile('demo'), partition.client('demo'), partition.counters('demo')])
      expect(mayDo('demo', 'ApiRole', key)).toEqual(own);
  });

  test('it takes out of line what came due, and deletes drafts, releases, and records that are no more', () => {
    for (const key of [partition.due('demo'), partition.user('demo', 'x#DUE#7')])
      expect(mayDo('demo', 'ApiRole', key)).toEqual([...own, 'DeleteItem', 'ConditionCheckItem']);
    for (const key of [
      partition.missions('demo'),
      partition.webhooks('demo'),
      partition.releases('demo'),
      partition.codes('demo'),
      // What is kept for a time alone, where a test clock lets it pass.
      partition.deliveries('demo'),
    ])
      expect(mayDo('demo', 'ApiRole', key)).toEqual([...own, 'DeleteItem']);
    for (const key of [partition.ledger('demo'), partition.profile('demo')])
      expect(mayDo('demo', 'ApiRole', key)).toEqual(own);
    expect(mayDo('demo2', 'ApiRole', partition.due('demo'))).toEqual([]);
  });

  test("and nothing in another's, be its name ever so like, nor in what a player may name", () => {
    for (const tenant of ['demo2', 'dem', 'laurel']) {
      for (const key of [partition.profile(tenant), partition.client(tenant), partition.user(tenant)])
        expect(mayDo('demo', 'ApiRole', key)).toEqual([]);
      expect(mayDo('demo', 'ApiRole', partition.user(tenant, 'T#demo#x'))).toEqual([]);
    }
    expect(mayDo('demo2', 'ApiRole', partition.user('demo'))).toEqual([]);
  });

  test("of the platform's own it puts lines of the client directory, and reads none", () => {
    expect(mayDo('demo', 'ApiRole', partition.directory)).toEqual(['PutItem']);
    for (const key of [partition.tenants, partition.account]) expect(mayDo('demo', 'ApiRole', key)).toEqual([]);
  });

  test('a request without a key passes nowhere', () => {
    for (const tenant of ['demo', 'demo2', 'laurel'])
      for (const role of ['ApiRole', 'AuthorizerRole']) expect(mayDo(tenant, role, undefined)).toEqual([]);
  });

  test("a tenant's live streams look at what is its own, and change nothing", () => {
    const reads = ['GetItem', 'Query'];
    for (const key of [partition.user('demo'), partition.profile('demo'), partition.webhooks('demo')])
      expect(mayDo('demo', 'LiveRole', key)).toEqual(reads);
    for (const key of [partition.user('demo2'), partition.tenants, partition.directory])
      expect(mayDo('demo', 'LiveRole', key)).toEqual([]);
  });

  test('who follows the table queues deliveries, counts, and takes nothing away', () => {
    const statements = statementsOf(templates, 'laurel-eu-stream', 'TellingStreamRole');
    const may = (key: string) => operations.filter((operation) => allows(statements, operation, key));
    for (const key of [partition.webhooks('demo'), partition.hooks('demo')]) expect(may(key)).toEqual(['Query']);
    expect(may(partition.deliveries('demo'))).toEqual(['PutItem']);
    expect(may(partition.due('demo'))).toEqual(['PutItem', 'UpdateItem']);
    expect(may(partition.letters)).toEqual(['PutItem']);
    expect(may(partition.user('demo'))).toEqual(['GetItem', 'BatchGetItem', 'Query', 'PutItem']);
    expect(may(partition.user('demo', 'x#WEBHOOKS'))).toEqual(may(partition.user('demo')));
    for (const key of [partition.counters('demo'), partition.usage('demo')]) expect(may(key)).toEqual(['UpdateItem']);
    for (const key of [partition.ledger('demo'), partition.directory, partition.tenants, partition.profile('demo')])
      expect(may(key)).toEqual([]);
  });

  test('an authorizer reads single items of its tenant', () => {
    expect(mayDo('demo', 'AuthorizerRole', partition.user('demo'))).toEqual(['GetItem']);
    expect(mayDo('demo', 'AuthorizerRole', partition.user('demo2'))).toEqual([]);
    expect(mayDo('laurel', 'AuthorizerRole', partition.tenants)).toEqual([]);
  });

  test('whoever runs the platform opens tenants and workspaces, and sees into none', () => {
    expect(mayDo('laurel', 'ApiRole', partition.tenants)).toEqual(['Query', 'PutItem', 'UpdateItem']);
    expect(mayDo('laurel', 'ApiRole', partition.profile('demo'))).toEqual(['GetItem', 'PutItem', 'UpdateItem']);
    expect(mayDo('laurel', 'ApiRole', partition.workspaces('demo'))).toEqual([
      'GetItem',
      'Query',
      'PutItem',
      'UpdateItem',
    ]);
    expect(mayDo('laurel', 'ApiRole', partition.client('demo'))).toEqual(['PutItem']);
    expect(mayDo('laurel', 'ApiRole', partition.usage('demo'))).toEqual(['BatchGetItem']);
    for (const key of [partition.user('demo'), partition.user('demo', 'x#W#@#TENANT'), partition.account])
      expect(mayDo('laurel', 'ApiRole', key)).toEqual([]);
  });
});

/** What the store's files do to items; the issuer's memory is of the local issuer alone, and Cognito's business here. */
function storeOperations(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('@laurel/server/store/table'));
  const text = readdirSync(folder)
    .filter((name) => name !== 'issuer-records.ts')
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const asked = [...text.matchAll(/new (Get|BatchGet|Query|Put|Update|Delete|Scan)Command\(/g)].map(([, name]) => name);
  const inTransactions = [...text.matchAll(/\b(Put|Update|Delete|ConditionCheck): \{/g)].map(([, name]) => name);
  return [...new Set([...asked, ...inTransactions])].map((name) => (name === 'Query' ? name : `${name}Item`)).sort();
}

test("the API's role has exactly the operations that the store is written in", () => {
  expect(storeOperations()).toEqual(mayDo('demo', 'ApiRole', partition.due('demo')).sort());
});
