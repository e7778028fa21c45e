import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundle, type Entry } from '../src/bundle.ts';
import { deployedFunctions } from './deployed.ts';
import { templatesOf, withCache } from './templates.ts';

const deployed = deployedFunctions(await templatesOf(withCache));

/** The construct of each entry's function. */
const CONSTRUCTS: Readonly<Record<Entry, string>> = {
  api: 'Api',
  live: 'Live',
  authorizer: 'Authorizer',
  schedule: 'Scheduler',
  stream: 'TellingStream',
  ranks: 'RankingStream',
  'pre-token': 'PreToken',
  'audit-collector': 'Collector',
  'audit-sealer': 'Sealer',
};
const entries: readonly Entry[] = [
  'api',
  'live',
  'authorizer',
  'schedule',
  'stream',
  'ranks',
  'pre-token',
  'audit-collector',
  'audit-sealer',
];

/** The services by the packages of their clients. */
const SERVICES: Readonly<Record<string, string>> = {
  'client-cognito-identity-provider': 'cognito-idp',
  'client-dynamodb': 'dynamodb',
  'client-kms': 'kms',
  'client-s3': 's3',
  'client-secrets-manager': 'secretsmanager',
  'client-sesv2': 'ses',
  'client-verifiedpermissions': 'verifiedpermissions',
};

/** Where IAM calls it by another name. */
const RIGHTS: Readonly<Record<string, string>> = { ListObjectsV2: 'ListBucket' };

/** What a transaction asks for, part by part: it has no right of its own. */
const TRANSACTION = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];

/** What a bundle can ask AWS for: the commands that are left in it when all that nothing imports is gone. */
function commandsIn(entry: Entry): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-bundle-'));
  try {
    const [output] = Object.values(bundle(entry, folder).outputs).filter(({ entryPoint }) => entryPoint !== undefined);
    const commands = Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) => {
      const [, client = '', name = ''] =
        /@aws-sdk\/(client-[a-z0-9-]+)\/dist-es\/commands\/(\w+)Command\.js$/.exec(path) ?? [];
      if (name === '' || bytesInOutput === 0) return [];
      const service = SERVICES[client];
      if (service === undefined) throw new Error(`${entry} asks a service that is not known here: ${client}`);
      return (name === 'TransactWriteItems' ? TRANSACTION : [RIGHTS[name] ?? name]).map((one) => `${service}:${one}`);
    });
    return [...new Set(commands)].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a role may do by the function's own asking: not what Lambda does for it, nor what DynamoDB does with its key. */
function grantedTo(entry: Entry): string[] {
  const [role] = deployed.filter(({ name }) => name === CONSTRUCTS[entry]);
  const own = (role?.statements ?? []).filter(
    ({ Effect, Condition, Resource }) =>
      Effect === 'Allow' &&
      Condition?.StringEquals?.['kms:ViaService'] === undefined &&
      !Resource.every((resource) => /:(logs|sqs):|StreamArn$|^\*$/.test(resource)),
  );
  return [...new Set(own.flatMap(({ Action }) => [Action ?? []].flat()))].sort();
}

/** What comes with the SDK itself: pages of a Scan beside those of a Query, and a way to ask for endpoints. */
const BROUGHT = ['dynamodb:DescribeEndpoints', 'dynamodb:Scan'];
/** The same of S3: a session, for buckets of a kind that this is not. */
const BROUGHT_WITH_S3 = 's3:CreateSession';
/** What is granted where a cell asks Verified Permissions, which this one does not. */
const DECISIONS = [
  'verifiedpermissions:BatchIsAuthorized',
  'verifiedpermissions:CreatePolicy',
  'verifiedpermissions:DeletePolicy',
  'verifiedpermissions:GetPolicy',
  'verifiedpermissions:IsAuthorized',
  'verifiedpermissions:ListPolicies',
];
const ALL_WRITES = TRANSACTION.map((name) => `dynamodb:${name}`);

/** What is in a bundle and yet not granted, since the function never asks for it; each with the reason. */
const NOT_GRANTED: Readonly<Partial<Record<Entry, readonly string[]>>> = {
  api: [...BROUGHT, BROUGHT_WITH_S3, ...DECISIONS],
  // It is the API's own wiring, of which it opens streams alone: it signs nothing, writes nothing and reads one by one.
  live: [
    ...BROUGHT,
    ...ALL_WRITES,
    'cognito-idp:AdminCreateUser',
    'cognito-idp:AdminGetUser',
    'kms:Encrypt',
    'kms:GetPublicKey',
    'kms:Sign',
    's3:GetObject',
    's3:ListBucket',
    'ses:SendEmail',
    BROUGHT_WITH_S3,
    ...DECISIONS,
  ],
  // It verifies by the signer's module, and must never sign; it reads single items by the module that also lists them.
  authorizer: [...BROUGHT, 'dynamodb:Query', 'kms:Sign'],
  // The key of a workspace is there before anything falls due in it.
  schedule: [...BROUGHT, 'kms:Encrypt'],
  // It looks members up and makes some, by the modules that also list and remove them.
  'pre-token': [...BROUGHT, 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
  // It takes nothing away; its writes are parts of transactions, as all of the store's.
  stream: [...BROUGHT, 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'kms:Encrypt'],
  // It writes down what it was given, by the module that also reads and seals it.
  'audit-collector': [...BROUGHT, 'dynamodb:Query'],
  'audit-sealer': [...BROUGHT, BROUGHT_WITH_S3, 'dynamodb:UpdateItem'],
  // It puts aside, by the module that also lists what was put aside.
  ranks: [...BROUGHT, 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
};

test('every function is looked at', () => {
  expect([...new Set(deployed.map(({ name }) => name))].toSorted()).toEqual(Object.values(CONSTRUCTS).toSorted());
});

describe.each(entries)('the bundle of %s', (entry) => {
  const commands = commandsIn(entry);
  const granted = grantedTo(entry);

  test('asks AWS for nothing that its role may not do, but for what it never asks for', () => {
    expect(commands.filter((command) => !granted.includes(command))).toEqual([...(NOT_GRANTED[entry] ?? [])].sort());
  });

  test('can ask for all that its role may do', () => {
    expect(granted.filter((action) => !commands.includes(action))).toEqual([]);
  });
});
