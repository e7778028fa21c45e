import { constants, createPublicKey, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Logger } from '@aws-lambda-powertools/logger';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { RoleId } from '../../src/identity/principal.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import type { TokenEvent } from '../../src/lambda/token-claims.ts';
import { openLocalDatabase } from '../../src/local/database.ts';
import { ensureWorkspace, type Place } from '../../src/provision.ts';
import { createClient } from '../../src/store/clients.ts';
import { commit } from '../../src/store/commit.ts';
import { createDomainRule, verifyDomainRule } from '../../src/store/domain-rules.ts';
import { saveMember } from '../../src/store/members.ts';
import { createRole } from '../../src/store/roles.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';

/** The client id of the machine in the recorded events. */
export const MACHINE = '6e0q2b7v9k1m3n5p7r9t2v4x6z';
/** The `sub` of the person in the recorded events. */
export const PERSON = '0f6d2a4e-1b3c-4d5e-8f70-91a2b3c4d5e6';
export const CONSOLE = '2c4e6g8i0k2m4o6q8s0u2w4y6a';
export const PLAYERS = 'https://demo.eu.api.example.com/players';
export const PLAYERS_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';
export const BASE_URL = 'https://demo.eu.api.example.com';
/** The keys of badges' credentials. */
export const JWT_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/22222222-3333-4444-5555-666666666666';
export const PROOF_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/33333333-4444-5555-6666-777777777777';
/** The key of the cell that wraps the keys of workspaces. */
export const VAULT_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/55555555-6666-7777-8888-999999999999';
/** The key of the audit's digests. */
export const AUDIT_KEY = 'arn:aws:kms:eu-west-1:123456789012:key/44444444-5555-6666-7777-888888888888';
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:CursorSecret-AbCdEf';

interface RecordedEvents {
  readonly 'api-list-activities': APIGatewayProxyEvent;
  readonly 'api-create-user': APIGatewayProxyEvent;
  readonly 'api-mint-token': APIGatewayProxyEvent;
  readonly 'api-preflight': APIGatewayProxyEvent;
  readonly 'authorizer-request': APIGatewayRequestAuthorizerEvent;
  readonly 'pre-token-machine': TokenEvent;
  readonly 'pre-token-person': TokenEvent;
  readonly 'pre-token-refresh': TokenEvent;
}

/** An event as AWS sends it, read anew each time, so that a test may change it. */
export function recorded<Name extends keyof RecordedEvents>(name: Name): RecordedEvents[Name] {
  return JSON.parse(readFileSync(new URL(`events/${name}.json`, import.meta.url), 'utf8'));
}

/** A service of AWS behind the SDK's own requests: what it was asked, and whether it is out of reach. */
export interface Double<Client> {
  readonly client: Client;
  /** The operations that were asked for, such as `GetPublicKey`. */
  readonly asked: string[];
  isDown: boolean;
}

type Answer = (operation: string, body: Readonly<Record<string, string>>) => object;

function double<Client>(make: (settings: object) => Client, answer: Answer): Double<Client> {
  const asked: string[] = [];
  const handle = async (request: { headers: Record<string, string>; body: string | Uint8Array }) => {
    const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
    asked.push(operation);
    if (made.isDown) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const question = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body);
    const given = answer(operation, JSON.parse(question));
    const body = new TextEncoder().encode(JSON.stringify(given));
    return {
      response: {
        statusCode: '__type' in given ? 400 : 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body,
      },
    };
  };
  const client = make({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
    requestHandler: { handle },
  });
  const made: Double<Client> = { client, asked, isDown: false };
  return made;
}

function wrappedAs(plaintext = '', context: unknown): string {
  return Buffer.from(JSON.stringify([context, plaintext])).toString('base64');
}

function unwrappedAs(wrapped = '', context: unknown): string {
  const [bound, plaintext]: unknown[] = JSON.parse(Buffer.from(wrapped, 'base64').toString());
  if (JSON.stringify(bound) !== JSON.stringify(context)) throw new Error('InvalidCiphertextException');
  return String(plaintext);
}

/** AWS KMS with an RSA key, and an Ed25519 key for proofs, as far as signing goes. */
export function kmsDouble(
  rsaKey: KeyObject = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  proofKeyId = PROOF_KEY,
  auditKeyId = AUDIT_KEY,
) {
  const proofKey = generateKeyPairSync('ed25519').privateKey;
  return double(
    (settings) => new KMSClient(settings),
    (operation, body) => {
      const key = body.KeyId === proofKeyId || body.KeyId === auditKeyId ? proofKey : rsaKey;
      // As if the context were the key: what is unwrapped with another is not what was wrapped.
      if (operation === 'Encrypt') return { CiphertextBlob: wrappedAs(body.Plaintext, body.EncryptionContext) };
      if (operation === 'Decrypt') return { Plaintext: unwrappedAs(body.CiphertextBlob, body.EncryptionContext) };
      if (operation === 'GetPublicKey')
        return { PublicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64') };
      if (body.SigningAlgorithm === 'ED25519_SHA_512' && body.MessageType === 'RAW') {
        const message = Buffer.from(body.Message ?? '', 'base64');
        // KMS takes no longer message as it is.
        if (message.byteLength > 4096) throw new Error('ValidationException');
        return { Signature: sign(null, message, proofKey).toString('base64') };
      }
      // PKCS #1 v1.5 over a digest that was made elsewhere: the DER prefix of SHA-256, then the digest.
      const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');
      const digest = Buffer.from(body.Message ?? '', 'base64');
      const padded = { key, padding: constants.RSA_PKCS1_PADDING };
      return { Signature: privateEncrypt(padded, Buffer.concat([prefix, digest])).toString('base64') };
    },
  );
}

/** Secrets Manager with one secret. */
export function secretsDouble(SecretString = 's'.repeat(64)) {
  return double(
    (settings) => new SecretsManagerClient(settings),
    () => ({ SecretString }),
  );
}

/** Amazon SES (v2), which takes whatever it is given: `sent` is what it was asked to send. */
export function sesDouble() {
  const sent: unknown[] = [];
  const made = double(
    (settings) => new SESv2Client(settings),
    (_operation, body) => {
      sent.push(body);
      return { MessageId: 'm-1' };
    },
  );
  return { ...made, sent };
}

/** Cognito with the people whom it was told of, by e-mail, as far as making and finding accounts goes. */
export function cognitoDouble() {
  const people = new Map<string, string>();
  const made = double(
    (settings) => new CognitoIdentityProviderClient(settings),
    (operation, body) => {
      const name = String(body.Username);
      const sub = people.get(name);
      if (operation === 'AdminGetUser') {
        if (sub === undefined) return { __type: 'UserNotFoundException', message: 'none' };
        return { Username: name, UserAttributes: [{ Name: 'sub', Value: sub }] };
      }
      if (sub !== undefined) return { __type: 'UsernameExistsException', message: 'there' };
      people.set(name, `sub-${people.size + 1}`);
      return { User: { Attributes: [{ Name: 'sub', Value: people.get(name) }] } };
    },
  );
  return { ...made, people };
}

/** S3 with one bucket in memory, which writes nothing over where it is asked not to. */
export function s3Double() {
  const objects = new Map<string, string>();
  const asked: string[] = [];
  const answer = (statusCode: number, text = '') => ({
    response: { statusCode, headers: { 'content-type': 'application/xml' }, body: Readable.from([Buffer.from(text)]) },
  });
  const handle = async (request: {
    method: string;
    hostname: string;
    path: string;
    query?: Record<string, string>;
    headers: Record<string, string>;
    body: unknown;
  }) => {
    const { prefix } = request.query ?? {};
    asked.push(prefix === undefined ? request.method : 'LIST');
    if (prefix !== undefined) {
      const keys = [...objects.keys()].map((path) => path.slice(1)).filter((key) => key.startsWith(prefix));
      const contents = keys.slice(0, 1).map((key) => `<Contents><Key>${key}</Key></Contents>`);
      return answer(200, `<ListBucketResult>${contents.join('')}</ListBucketResult>`);
    }
    // A bucket whose name is no name of a host stands in the path.
    const path = request.hostname.startsWith('s3.') ? request.path.replace(/^\/[^/]+/, '') : request.path;
    const known = objects.get(path);
    if (request.method === 'GET') {
      return known === undefined ? answer(404, '<Error><Code>NoSuchKey</Code></Error>') : answer(200, known);
    }
    if (known !== undefined && request.headers['if-none-match'] === '*')
      return answer(412, '<Error><Code>PreconditionFailed</Code></Error>');
    objects.set(path, String(request.body));
    return answer(200);
  };
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new S3Client({ region: 'eu-west-1', credentials, maxAttempts: 1, requestHandler: { handle } });
  return { client, objects, asked };
}

/** What the API's function is told; the `policies` folder is the repository's own. */
export function apiEnvironment() {
  return {
    LAUREL_CELL: 'eu',
    LAUREL_TENANT: 'demo',
    LAUREL_TABLE: 'laurel',
    LAUREL_KEYS_TABLE: 'laurel-keys',
    LAUREL_VAULT_KEY: VAULT_KEY,
    LAUREL_BASE_URL: BASE_URL,
    LAUREL_POOL_ISSUER: authorizerEnvironment().LAUREL_POOL_ISSUER,
    LAUREL_BADGES_JWT_KEYS: JWT_KEY,
    LAUREL_BADGES_PROOF_KEYS: PROOF_KEY,
    LAUREL_PLAYERS_ISSUER: PLAYERS,
    LAUREL_PLAYERS_KEYS: PLAYERS_KEY,
    LAUREL_POOL_ID: 'eu-west-1_EXAMPLE00',
    LAUREL_MAIL_FROM: 'laurel@example.com',
    LAUREL_CONSOLE_URL: 'https://console.example.com',
    LAUREL_CURSOR_SECRET_ARN: SECRET_ARN,
    LAUREL_SEALING_SECRET_ARN: SECRET_ARN,
    LAUREL_PSEUDONYM_SECRET_ARN: SECRET_ARN,
    LAUREL_AUDIT_KEYS: AUDIT_KEY,
    LAUREL_AUDIT_BUCKET: 'laurel-audit',
    LAMBDA_TASK_ROOT: fileURLToPath(new URL('../..', import.meta.url)),
  };
}

/** What a tenant's authorizer is told. */
export function authorizerEnvironment() {
  const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLE00';
  return {
    LAUREL_TENANT: 'demo',
    LAUREL_TABLE: 'laurel',
    LAUREL_POOL_ISSUER: pool,
    LAUREL_POOL_JWKS_URI: `${pool}/.well-known/jwks.json`,
    LAUREL_CONSOLE_CLIENTS: CONSOLE,
    LAUREL_PLAYERS_ISSUER: PLAYERS,
    LAUREL_PLAYERS_KEYS: PLAYERS_KEY,
  };
}

/** The services of one process of the API, on a table. */
export function servicesOn(table: Table) {
  const kms = kmsDouble();
  const secrets = secretsDouble();
  const logger = new Logger({ logLevel: 'SILENT' });
  const s3 = s3Double();
  const ses = sesDouble();
  const cognito = cognitoDouble();
  const lines: string[] = [];
  const writeLine = (line: string) => void lines.push(line);
  const clients = { kms: kms.client, secrets: secrets.client, s3: s3.client, ses: ses.client, cognito: cognito.client };
  return { kms, secrets, s3, ses, cognito, lines, services: { table, ...clients, writeLine, logger } };
}

/** The cell's table with the tenant, the machine and the person of the recorded events. */
export async function demoTable() {
  const database = await openLocalDatabase(':memory:');
  const { table } = database;
  const { services } = servicesOn(table);
  const platform = await apiPlatform(readApiConfig(apiEnvironment()), services);
  for (const tenant of ['demo', 'other']) await ensureWorkspace(platform, { tenant, workspace: 'main' });
  const scope = workspaceScope('demo', 'main');
  const machine = {
    id: MACHINE,
    name: 'backend',
    scopes: ['users:read', 'users:tokens'],
    status: 'active' as const,
    createdAt: '2026-11-24T09:00:00.000Z',
    revokedAt: null,
    tenant: 'demo',
    workspace: 'main',
    secrets: [],
  };
  await commit(table, [
    ...createClient(table, scope, machine),
    saveMember(table, scope, {
      subject: PERSON,
      email: 'grace@example.com',
      role: 'admin',
      status: 'active',
      joinedAt: machine.createdAt,
      version: 1,
    }),
  ]);
  return database;
}

/** A role of a workspace's own, which is what a proven domain's people get there. */
export const JOINERS: RoleId = 'rol_01JD8QZ4M3V5K7R9T1X3Z5B7D9';

/** Lets people of a domain into a workspace, as if a tenant had proven it. */
export async function proveDomain(table: Table, place: Place, domain: string): Promise<void> {
  const scope = workspaceScope(place.tenant, place.workspace);
  const at = '2026-11-24T09:00:00.000Z';
  const role = {
    id: JOINERS,
    name: 'Joiners',
    description: null,
    builtIn: false,
    permissions: ['dashboard:missions.read'],
    conditions: {},
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const rule = { id: 'dom_1', domain, role: role.id, createdAt: at, verifiedAt: null } as const;
  await commit(table, [...createRole(table, scope, role), ...createDomainRule(table, scope, rule)]);
  await commit(table, [verifyDomainRule(table, scope, rule, at)]);
}
