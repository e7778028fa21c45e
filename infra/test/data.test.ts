import { tableDefinition } from '@laurel/server/store/table';
import { describe, expect, test } from 'vitest';
import { tableShape } from '../src/data.ts';
import { testRule } from './faults.ts';
import { keysFaults, tableFaults } from './rules/data.ts';
import { resourcesOf, type Templates, templatesOf, theOne } from './templates.ts';

const templates = await templatesOf();
const tableOf = (copy: Templates) => theOne(copy, 'AWS::DynamoDB::GlobalTable', 'Table');
const keysOf = (copy: Templates) => theOne(copy, 'AWS::DynamoDB::GlobalTable', 'Keys');

function replicaOf(copy: Templates) {
  const [replica] = tableOf(copy).Replicas;
  if (replica === undefined) throw new Error('there is no replica to seed a fault in');
  return replica;
}

describe("the cell's table is the server's, and guarded", () => {
  testRule(templates, (copy) => tableFaults(copy, /^eu-/), [
    ['another key', /KeySchema is another/, (copy) => tableOf(copy).KeySchema.pop()],
    ['another type', /AttributeDefinitions/, (copy) => tableOf(copy).AttributeDefinitions.reverse()],
    ['a missing index', /GlobalSecondaryIndexes/, (copy) => tableOf(copy).GlobalSecondaryIndexes.pop()],
    [
      'another stream',
      /Stream/,
      (copy) => Object.assign(tableOf(copy), { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }),
    ],
    ['no stream', /Stream/, (copy) => delete tableOf(copy).StreamSpecification],
    ['items that never expire', /TimeToLive/, (copy) => delete tableOf(copy).TimeToLiveSpecification],
    ['another billing', /BillingMode/, (copy) => Object.assign(tableOf(copy), { BillingMode: 'PROVISIONED' })],
    [
      'a region outside the cell',
      /us-east-1 is outside/,
      (copy) => Object.assign(replicaOf(copy), { Region: 'us-east-1' }),
    ],
    ['a table that can be deleted', /can be deleted/, (copy) => delete replicaOf(copy).DeletionProtectionEnabled],
    ['no way back', /gone back/, (copy) => delete replicaOf(copy).PointInTimeRecoverySpecification],
    ["AWS's own key", /no key of its own/, (copy) => delete replicaOf(copy).SSESpecification],
    [
      'a table that goes with its stack',
      /goes with its stack/,
      (copy) => {
        for (const { resource } of resourcesOf(copy, 'AWS::DynamoDB::GlobalTable')) resource.DeletionPolicy = 'Delete';
      },
    ],
  ]);
});

describe("the table of users' keys keeps nothing that was destroyed", () => {
  const [PITR, on] = ['PointInTimeRecoverySpecification', { PointInTimeRecoveryEnabled: true }] as const;
  testRule(templates, keysFaults, [
    ['a way back', /brought back/, (copy) => Object.assign(keysOf(copy).Replicas[0] ?? {}, { [PITR]: on })],
    ['a stream', /stream/, (copy) => Object.assign(keysOf(copy), { StreamSpecification: { StreamViewType: 'X' } })],
    ['another key', /KeySchema/, (copy) => keysOf(copy).KeySchema.pop()],
    [
      'keys that can be deleted',
      /can be deleted/,
      (copy) => delete keysOf(copy).Replicas[0]?.DeletionProtectionEnabled,
    ],
    ["AWS's own key", /no key of their own/, (copy) => delete keysOf(copy).Replicas[0]?.SSESpecification],
  ]);
});

describe('a description that is not carried over is refused, not lost', () => {
  const definition = tableDefinition('any');
  test.each([
    ['a second kind of index', { ...definition, LocalSecondaryIndexes: [] }, /LocalSecondaryIndexes would be lost/],
    ['another billing', { ...definition, BillingMode: 'PROVISIONED' as const }, /PROVISIONED is not known/],
    ['a key of another type', { ...definition, AttributeDefinitions: [] }, /pk is not a key of type S/],
    [
      'an index of some attributes',
      { ...definition, GlobalSecondaryIndexes: [{ IndexName: 'i', KeySchema: [], Projection: {} }] },
      /i does not hold all attributes/,
    ],
  ])('%s', (_name, other, complaint) => {
    expect(() => tableShape(other)).toThrow(complaint);
  });
});

test("the keys of players' tokens and of badges sign, and the table's turns", () => {
  expect(theOne(templates, 'AWS::KMS::Key', 'PlayersKey')).toMatchObject({
    KeySpec: 'RSA_2048',
    KeyUsage: 'SIGN_VERIFY',
  });
  for (const [key, KeySpec] of [
    ['CredentialsJwtKey', 'RSA_2048'],
    ['CredentialsProofKey', 'ECC_NIST_EDWARDS25519'],
  ] as const) {
    expect(theOne(templates, 'AWS::KMS::Key', key)).toMatchObject({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
  }
  expect(theOne(templates, 'AWS::KMS::Key', 'TableKey')).toMatchObject({ EnableKeyRotation: true });
});
