import { keyOf, tenantScope, workspaceScope } from '@laurel/server/store/scope';
import { describe, expect, test } from 'vitest';
import { eu } from '../src/config.ts';
import { deployedFunctions } from './deployed.ts';
import { testRule } from './faults.ts';
import { allows, statementsOf } from './rules/access.ts';
import { resourcesOf, type Templates, templatesOf, theOne } from './templates.ts';

const templates = await templatesOf();
const STACK = 'laurel-eu-audit';

/** What is wrong with the bucket that holds what is sealed. */
function bucketFaults(all: Templates): string[] {
  const bucket = theOne(all, 'AWS::S3::Bucket');
  const [found] = resourcesOf(all, 'AWS::S3::Bucket');
  const { Mode, Days = 0 } = bucket.ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
  const [encryption] = bucket.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  const open = Object.values(bucket.PublicAccessBlockConfiguration ?? {}).filter((isBlocked) => isBlocked);
  return [
    ...(bucket.ObjectLockEnabled === true ? [] : ['objects can be deleted']),
    ...(Mode === 'COMPLIANCE' ? [] : ['somebody can shorten the time']),
    ...(Days >= 365 ? [] : ['what is sealed is kept for less than a year']),
    ...(bucket.VersioningConfiguration?.Status === 'Enabled' ? [] : ['there are no versions']),
    ...(/"KMSMasterKeyID":\{"Fn::GetAtt"/.test(JSON.stringify(encryption ?? '')) ? [] : ['no key of its own']),
    ...(open.length === 4 ? [] : ['it can be made public']),
    ...(found?.resource.DeletionPolicy === 'Retain' ? [] : ['it goes with its stack']),
  ];
}

const bucketOf = (copy: Templates) => theOne(copy, 'AWS::S3::Bucket');

describe('the bucket keeps what is sealed, whoever wants it gone', () => {
  testRule(templates, bucketFaults, [
    ['no lock', /can be deleted/, (copy) => delete bucketOf(copy).ObjectLockEnabled],
    [
      'governance',
      /shorten the time/,
      (copy) =>
        Object.assign(bucketOf(copy), {
          ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 400 } } },
        }),
    ],
    ['no versions', /no versions/, (copy) => delete bucketOf(copy).VersioningConfiguration],
    ["AWS's own key", /no key/, (copy) => delete bucketOf(copy).BucketEncryption],
    ['public access', /public/, (copy) => delete bucketOf(copy).PublicAccessBlockConfiguration],
  ]);

  test('for as long as the cell says', async () => {
    const bucket = bucketOf(await templatesOf({ ...eu, auditRetentionDays: 3650 }));
    expect(bucket.ObjectLockConfiguration?.Rule?.DefaultRetention).toEqual({ Mode: 'COMPLIANCE', Days: 3650 });
  });
});

describe('who reaches it', () => {
  const buckets = deployedFunctions(templates).flatMap(({ name, statements }) =>
    statements.flatMap(({ Action, Resource }) =>
      [Action ?? []]
        .flat()
        .flatMap((action) => (action.startsWith('s3:') ? [`${name} ${action} ${Resource.join()}`] : [])),
    ),
  );

  test('the sealer puts, a tenant reads its own, and nobody does anything else', () => {
    const own = buckets.map((line) => line.replace(/arn:aws:s3:::[^/]+/, 'bucket'));
    expect(own.toSorted()).toEqual([
      'Api s3:GetObject bucket/demo/*',
      'Api s3:ListBucket bucket',
      'Sealer s3:PutObject bucket/*',
    ]);
  });

  test('of chains, the sealer alone writes, and nobody takes anything away', () => {
    const chains = [workspaceScope('demo', 'main'), tenantScope('demo')].map(
      (scope) => keyOf(scope, ['AUDIT', 'CHAIN'], []).pk,
    );
    const roles: readonly [stack: string, role: string][] = [
      [STACK, 'SealerRole'],
      ['laurel-eu-tenant-demo', 'ApiRole'],
      ['laurel-eu-tenant-demo', 'CollectorRole'],
      ['laurel-eu-tenant-demo', 'AuthorizerRole'],
      ['laurel-eu-tenant-demo', 'LiveRole'],
      ['laurel-eu-scheduler', 'SchedulerRole'],
      ['laurel-eu-stream', 'TellingStreamRole'],
    ];
    for (const [stack, role] of roles) {
      const statements = statementsOf(templates, stack, role);
      expect(statements.length, role).toBeGreaterThan(0);
      for (const chain of chains) {
        for (const operation of ['UpdateItem', 'DeleteItem'])
          expect(allows(statements, operation, chain), role).toBe(false);
        expect(allows(statements, 'PutItem', chain), role).toBe(role === 'SealerRole');
      }
    }
  });

  test('what waits to be sealed nobody but the sealer changes or takes away', () => {
    const waiting = keyOf(workspaceScope('demo', 'main'), ['AUDIT', 'OUTBOX', '3'], []).pk;
    for (const [stack, role] of [
      ['laurel-eu-tenant-demo', 'ApiRole'],
      ['laurel-eu-tenant-demo', 'CollectorRole'],
      ['laurel-eu-scheduler', 'SchedulerRole'],
    ] as const) {
      const statements = statementsOf(templates, stack, role);
      expect(allows(statements, 'PutItem', waiting)).toBe(true);
      for (const operation of ['UpdateItem', 'DeleteItem']) expect(allows(statements, operation, waiting)).toBe(false);
    }
    const collector = statementsOf(templates, 'laurel-eu-tenant-demo', 'CollectorRole');
    expect(allows(collector, 'PutItem', waiting.replace('demo', 'other'))).toBe(false);
  });
});

test('the sealer is called every minute, one at a time', () => {
  const [rule] = resourcesOf(templates, 'AWS::Events::Rule').filter(({ stack }) => stack === STACK);
  expect(rule?.resource.Properties.ScheduleExpression).toBe('rate(1 minute)');
  const [sealer] = resourcesOf(templates, 'AWS::Lambda::Function').filter(({ stack }) => stack === STACK);
  expect(sealer?.resource.Properties).toMatchObject({ ReservedConcurrentExecutions: 1 });
});

test("records are collected from both functions' logs, and what API Gateway answers by itself from its own", () => {
  const filters = resourcesOf(templates, 'AWS::Logs::SubscriptionFilter').map(({ resource }) => {
    const { LogGroupName, FilterPattern } = resource.Properties;
    return `${String(Object(LogGroupName).Ref).replace(/[0-9A-F]{8}$/, '')} ${FilterPattern}`;
  });
  expect(filters.toSorted()).toEqual([
    'ApiLogs { $.audit.record.id = "aud_*" }',
    'GatewayAccessLogs { $.failure != "-" }',
    'LiveLogs { $.audit.record.id = "aud_*" }',
  ]);
});

test('what could not be collected waits, and is collected until it is written', () => {
  const stack = 'laurel-eu-tenant-demo';
  const [queue] = resourcesOf(templates, 'AWS::SQS::Queue').filter((one) => one.stack === stack);
  if (queue === undefined) throw new Error('there is no queue');
  const arn = { 'Fn::GetAtt': [queue.id, 'Arn'] };
  const collector = theOne(templates, 'AWS::Lambda::Function', 'CollectorFunction');
  expect(collector.DeadLetterConfig).toEqual({ TargetArn: arn });
  const mapping = theOne(templates, 'AWS::Lambda::EventSourceMapping', 'Collector');
  expect(mapping).toMatchObject({ EventSourceArn: arn, BatchSize: 1 });
  expect(JSON.stringify(mapping.FunctionName)).toContain('CollectorFunction');
  expect(queue.resource.Properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, VisibilityTimeout: 360 });
  const role = JSON.stringify(statementsOf(templates, stack, 'CollectorRole'));
  for (const action of ['SendMessage', 'ReceiveMessage', 'DeleteMessage']) expect(role).toContain(`sqs:${action}`);
});

test('digests are signed by a key of Ed25519 that is kept', () => {
  expect(theOne(templates, 'AWS::KMS::Key', 'DigestKey')).toMatchObject({
    KeySpec: 'ECC_NIST_EDWARDS25519',
    KeyUsage: 'SIGN_VERIFY',
  });
});
