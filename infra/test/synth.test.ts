import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Validations } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { type Acknowledgement, acknowledge, acknowledged, idAt } from '../src/acknowledged.ts';
import { buildApp } from '../src/app.ts';
import { bundle, type Entry } from '../src/bundle.ts';
import { eu } from '../src/config.ts';
import { threeTenants, withCache } from './templates.ts';

const folder = mkdtempSync(join(tmpdir(), 'laurel-synth-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('a synthesis as it is deployed', () => {
  test('passes all checks, asks nobody, and gives each function its own code', async () => {
    const app = await buildApp(withCache, { outdir: join(folder, 'out') });
    acknowledge(app);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const assembly = app.synth();
    // What is missing would be looked up with credentials.
    expect(assembly.manifest.missing ?? []).toEqual([]);
    const codes = assembly.stacks.flatMap((stack) => {
      const template: { Resources: Record<string, { Properties?: { Code?: { S3Key: string } } }> } = JSON.parse(
        readFileSync(stack.templateFullPath, 'utf8'),
      );
      return Object.values(template.Resources).flatMap(({ Properties }) => Properties?.Code?.S3Key ?? []);
    });
    expect(codes).toHaveLength(9);
    expect(new Set(codes).size).toBe(9);
  });

  test('fails for what CloudFormation or AwsSolutions would refuse', async () => {
    const app = await buildApp(eu, { outdir: join(folder, 'refused'), isBundled: false });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const stack = app.node.findChild('laurel-eu-region');
    new CfnTable(stack, 'Odd', { keySchema: [{ attributeName: 'pk', keyType: 'SIDEWAYS' }] });
    const report = messageOf(() => app.synth());
    expect(report).toContain('CloudFormation-Validate::E3639');
    expect(report).toContain('AwsSolutions-SMG4');
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  return '';
}

describe('exceptions from AwsSolutions', () => {
  /** What cdk-nag finds where nothing is acknowledged: rule and construct. */
  async function findings(): Promise<{ id: string; path: string }[]> {
    const app = await buildApp(
      { ...threeTenants, cache: withCache.cache },
      { outdir: join(folder, 'nag'), isBundled: false },
    );
    // Only then do stacks name what is another's as they will be deployed.
    app.synth();
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    return violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ id: ruleName, path: constructPath ?? '' })),
    );
  }

  test('are all that is found, and each is needed', async () => {
    const found = await findings();
    const excuses = (one: Acknowledgement, { id, path }: { id: string; path: string }) => idAt(one, path) === id;
    expect(found.filter((finding) => !acknowledged.some((one) => excuses(one, finding)))).toEqual([]);
    expect(acknowledged.filter((one) => !found.some((finding) => excuses(one, finding)))).toEqual([]);
  });
});

describe('a bundle', () => {
  async function run(entry: Entry, environment: Readonly<Record<string, string>>) {
    const out = join(folder, entry);
    bundle(entry, out);
    for (const [name, value] of Object.entries({ AWS_REGION: 'eu-west-1', LAMBDA_TASK_ROOT: out, ...environment }))
      vi.stubEnv(name, value);
    const loaded: { handler: (event: object, context?: object) => Promise<object> } = await import(
      /* @vite-ignore */ pathToFileURL(join(out, 'index.mjs')).href
    );
    return loaded.handler;
  }
  const players = { LAUREL_PLAYERS_ISSUER: 'https://demo.example/players', LAUREL_PLAYERS_KEYS: 'key' };
  // Nothing listens there: whatever the functions ask AWS for fails at once.
  const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };

  test('of the API has the policies and their engine beside it, and answers 503 while it cannot start', async () => {
    const handler = await run('api', {
      ...players,
      ...nowhere,
      LAUREL_CELL: 'eu',
      LAUREL_TENANT: 'demo',
      LAUREL_BASE_URL: 'https://demo.example',
      LAUREL_BADGES_JWT_KEYS: 'jwt-key',
      LAUREL_BADGES_PROOF_KEYS: 'proof-key',
      LAUREL_TABLE: 'laurel',
      LAUREL_KEYS_TABLE: 'laurel-keys',
      LAUREL_VAULT_KEY: 'vault-key',
      LAUREL_CURSOR_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x',
      LAUREL_SEALING_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:y',
      LAUREL_PSEUDONYM_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:z',
      LAUREL_POOL_ISSUER: 'https://pool.example',
      LAUREL_POOL_ID: 'eu-west-1_demo',
      LAUREL_MAIL_FROM: 'laurel@example.com',
      LAUREL_CONSOLE_URL: 'https://console.example.com',
      LAUREL_AUDIT_KEYS: 'audit-key',
      LAUREL_AUDIT_BUCKET: 'laurel-audit',
      LAUREL_LOG_LEVEL: 'SILENT',
    });
    expect(await handler({ path: '/app/v1/me' })).toMatchObject({ statusCode: 503 });
    expect(readFileSync(join(folder, 'api', 'policies', 'tenancy.cedar'), 'utf8')).toContain('tenancy.tenant');
  });

  test('of an authorizer refuses what is no token', async () => {
    const handler = await run('authorizer', {
      ...players,
      ...nowhere,
      LAUREL_TENANT: 'demo',
      LAUREL_TABLE: 'laurel',
      LAUREL_POOL_ISSUER: 'https://pool.example',
      LAUREL_POOL_JWKS_URI: 'https://pool.example/jwks',
      LAUREL_CONSOLE_CLIENTS: 'console',
      LAUREL_LOG_LEVEL: 'SILENT',
    });
    await expect(handler({ type: 'TOKEN', authorizationToken: 'Bearer x' })).rejects.toThrow(/^Unauthorized$/);
  });

  test('of the scheduler looks for what is due', async () => {
    const handler = await run('schedule', {
      ...nowhere,
      LAUREL_TABLE: 'laurel',
      LAUREL_KEYS_TABLE: 'laurel-keys',
      LAUREL_VAULT_KEY: 'vault-key',
      LAUREL_SEALING_NAME: 'laurel/eu/{tenant}/sealing',
      LAUREL_PSEUDONYM_NAME: 'laurel/eu/{tenant}/pseudonyms',
      LAUREL_LOG_LEVEL: 'SILENT',
    });
    // It has got as far as the table, where nobody answers.
    await expect(handler({}, { getRemainingTimeInMillis: () => 60_000 })).rejects.toThrow(/ECONNREFUSED/);
  });

  test('of the one that follows the table hands back what it cannot tell while the table is away', async () => {
    const handler = await run('stream', {
      ...nowhere,
      LAUREL_TABLE: 'laurel',
      LAUREL_KEYS_TABLE: 'laurel-keys',
      LAUREL_VAULT_KEY: 'vault-key',
      LAUREL_LOG_LEVEL: 'SILENT',
    });
    const key = { pk: { S: 'T#demo#W#main#U#usr_1' }, sk: { S: 'HAPPENED#1' } };
    const dynamodb = { Keys: key, NewImage: { ...key, record: { M: {} } }, SequenceNumber: '7' };
    expect(await handler({ Records: [{ dynamodb }] })).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  });

  test('of the live streams has the policies and their engine beside it', () => {
    const out = join(folder, 'live');
    bundle('live', out);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['cedar_wasm_bg.wasm', 'index.mjs', 'policies']));
  });

  test("of the pool's trigger names scopes as the contract does", async () => {
    const handler = await run('pre-token', { LAUREL_RESOURCE_SERVER: 'laurel' });
    const triggerSource = 'TokenGeneration_ClientCredentials';
    const request = { scopes: ['laurel/users:read'] };
    expect(await handler({ version: '3', triggerSource, request })).toMatchObject({
      response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: ['users:read'] } } },
    });
  });
});
