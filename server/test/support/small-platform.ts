import { randomBytes } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { ApiHandler } from '../../src/api/adapter.ts';
import { createWorkspaceClocks } from '../../src/api/clocks.ts';
import { createCursorCodec } from '../../src/api/cursor.ts';
import { createIds } from '../../src/api/ids.ts';
import type { Platform } from '../../src/api/platform.ts';
import { createSerial } from '../../src/api/serial.ts';
import { createCache } from '../../src/cache/cache.ts';
import { embeddedCredentialKeys, generateProofKey } from '../../src/credentials/embedded-keys.ts';
import { createCredentialIssuer } from '../../src/credentials/issuer.ts';
import { inProcessRoles } from '../../src/identity/cedar-engine.ts';
import { embeddedSigner, generateSigningKey } from '../../src/identity/embedded-signer.ts';
import { ownIssuers } from '../../src/identity/own-issuers.ts';
import { type Principal, toContext } from '../../src/identity/principal.ts';
import { createSealer } from '../../src/identity/sealer.ts';
import { memoryLimiter } from '../../src/limits/limiter.ts';
import { localAudit, memoryArchive } from '../../src/local/audit.ts';
import { openLocalDatabase } from '../../src/local/database.ts';
import { memoryKeyring } from '../../src/local/keyring.ts';
import { embeddedPool } from '../../src/local/people-pool.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { pollingSignals } from '../../src/ports/live-signals.ts';
import type { PolicyEngine } from '../../src/ports/policy.ts';
import { createRulebookReader } from '../../src/store/definitions.ts';
import { knownCallers } from '../../src/store/known-callers.ts';
import { tableRanks } from '../../src/store/table-ranks.ts';
import { webhookWorker } from '../../src/webhooks/worker.ts';

/** A machine that calls, as its tenant's authorizer would hand it over. */
export const machine: Principal = {
  kind: 'machine',
  tenant: 'acme',
  workspace: 'main',
  subject: 'cli_test',
  scopes: [],
  platform: false,
};

/** Permits whatever is asked. */
export const permitAll: PolicyEngine = {
  decide: async () => ({ allowed: true, policies: ['permit-all'], errors: [] }),
};

/** What an API needs and no more: a table in memory, and policies that permit unless others are given. */
export async function smallPlatform(policy: PolicyEngine = permitAll): Promise<Platform & { close(): void }> {
  const database = await openLocalDatabase(':memory:');
  const { table } = database;
  const cache = createCache();
  const newId = createIds();
  const sealer = createSealer(randomBytes(32));
  const destinations = { resolve: async () => ['93.184.215.14'], allowLoopback: false };
  const { audit } = localAudit(table, await memoryKeyring(), memoryArchive(), () => undefined);
  const worker = webhookWorker({ table, sealer, newId, destinations });
  return {
    table: database.table,
    cache,
    known: knownCallers(table, cache),
    rulebooks: createRulebookReader(database.table, cache),
    ranks: tableRanks(database.table),
    policy,
    rolePolicies: inProcessRoles,
    clock: systemClock,
    clocks: createWorkspaceClocks(table, systemClock),
    newId,
    tokens: embeddedSigner('http://players.invalid', await generateSigningKey()),
    isOwnIssuer: ownIssuers({ pool: 'https://pool.invalid', host: 'players.invalid' }),
    credentials: createCredentialIssuer({
      keys: embeddedCredentialKeys({ jwtKey: await generateSigningKey(), proofKey: await generateProofKey() }),
      baseUrlOf: (tenant) => `https://${tenant}.invalid`,
    }),
    limits: { limiter: memoryLimiter(), of: async () => undefined },
    cursors: createCursorCodec(randomBytes(32)),
    serial: createSerial(),
    live: pollingSignals(1000),
    sealer,
    destinations,
    deliverer: async () => worker,
    mail: { send: async () => undefined },
    people: embeddedPool(table, () => newId('person')),
    domainProofs: { textsAt: async () => [] },
    consoleUrl: 'https://console.invalid',
    audit,
    logger: new Logger({ serviceName: 'test', logLevel: 'SILENT' }),
    cell: 'test',
    version: '0.0.0',
    close: () => database.close(),
  };
}

/** What an event says besides its method and path. */
export interface EventParts {
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly base64?: boolean;
  /** Nobody where it is null. */
  readonly principal?: Principal | null;
}

/** An event of a REST API (v1) as API Gateway sends it: with the last of each repeated value, and with all of them. */
export function restEvent(method: string, path: string, parts: EventParts = {}): APIGatewayProxyEvent {
  const { query = {}, headers = {}, body = null, base64 = false, principal = machine } = parts;
  const lists = Object.entries(query);
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: { ...headers },
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters:
      lists.length === 0 ? null : Object.fromEntries(lists.map(([name, values]) => [name, values.at(-1)])),
    multiValueQueryStringParameters:
      lists.length === 0 ? null : Object.fromEntries(lists.map(([name, values]) => [name, [...values]])),
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    body,
    isBase64Encoded: base64,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      authorizer: principal === null ? null : { ...toContext(principal), integrationLatency: '3' },
      protocol: 'HTTP/1.1',
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.0.2.1',
        user: null,
        userAgent: 'test',
        userArn: null,
      },
      path,
      stage: 'test',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      requestTimeEpoch: 1_795_000_000_000,
      resourceId: 'any',
      resourcePath: '/{proxy+}',
    },
  };
}

/** An answer of the API with its body read. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

function read(result: APIGatewayProxyResult): Reply {
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]);
  const parsed: unknown = result.body === '' ? {} : JSON.parse(result.body);
  return {
    status: result.statusCode,
    headers: Object.fromEntries(headers),
    text: result.body,
    body: { ...Object(parsed) },
  };
}

/** Sends an event to an API and reads its answer. */
export async function send(api: ApiHandler, method: string, path: string, parts?: EventParts): Promise<Reply> {
  return read(await api(restEvent(method, path, parts)));
}
