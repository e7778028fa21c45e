import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Logger } from '@aws-lambda-powertools/logger';
import { createCursorCodec } from '../api/cursor.ts';
import { createIds } from '../api/ids.ts';
import { createLaurelApi } from '../api/index.ts';
import type { Platform } from '../api/platform.ts';
import { createSerial } from '../api/serial.ts';
import { type Authorize, createAuthorizer } from '../identity/authorizer.ts';
import { cachedAuthorizer } from '../identity/cached-authorizer.ts';
import { cedarEngine } from '../identity/cedar-engine.ts';
import { readPolicies } from '../identity/cedar-policies.ts';
import { AUDIENCE } from '../identity/claims.ts';
import { embeddedSigner } from '../identity/embedded-signer.ts';
import { publicJwkOf } from '../identity/jws.ts';
import type { Role } from '../identity/principal.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { getAccount, getAccountByEmail } from '../store/accounts.ts';
import { getClient, tenantOfClient } from '../store/clients.ts';
import { createRulebookReader } from '../store/definitions.ts';
import { tableDirectory } from '../store/directory.ts';
import { tableIssuerRecords } from '../store/issuer-records.ts';
import { getTenant } from '../store/tenants.ts';
import { type LocalDatabase, openLocalDatabase } from './database.ts';
import { createGateway, type NodeHandler } from './gateway.ts';
import { createIssuer } from './issuer/issuer.ts';
import { folderKeyring, type Keyring, memoryKeyring } from './keyring.ts';
import {
  addClient,
  addOperator,
  allScopes,
  type Credential,
  ensureWorkspace,
  type Place,
  workspaceScopes,
} from './provision.ts';
import { openapiHandler, referenceHandler } from './reference.ts';

/** How a platform is started. */
export interface LocalOptions {
  /** A folder for its data and keys, or `:memory:` for a platform that ends with the process. */
  readonly data: string;
  /** The port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The game's time; the machine's by default. Tokens always follow the machine's. */
  readonly clock?: Clock;
  /** What is logged, as JSON lines; errors alone by default. */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';
}

/** A workspace to call, with a credential for it. */
export interface WorkspaceAccess extends Credential {
  /** The tenant's base URL. */
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
}

/** A whole platform in this process. */
export interface LocalPlatform {
  /** `http://127.0.0.1:{port}`. */
  readonly baseUrl: string;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** Opens the workspace where it does not exist, and makes a credential with the scopes (all of a workspace's). */
  createWorkspaceClient(place: Place, scopes?: readonly string[]): Promise<WorkspaceAccess>;
  /** Makes a credential of whoever runs the platform. */
  createPlatformClient(): Promise<WorkspaceAccess>;
  /** Makes somebody who can sign in, and answers with their `sub`. */
  createOperator(place: Place, person: { email: string; password: string; role: Role }): Promise<string>;
  /** The parts that it runs on, for tests that look inside. */
  readonly inside: { readonly database: LocalDatabase; readonly platform: Platform };
  /** Ends it; what was answered is kept. */
  close(): Promise<void>;
}

/** The tenant of whoever runs the platform. */
const PLATFORM_PLACE: Place = { tenant: 'laurel', workspace: 'operations' };
const CONSOLE = 'laurel-console';
const AUTHORIZER_TTL = 60;
const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const VERSION = '0.1.0';

/** The addresses of a platform. */
function addressesOf(port: number) {
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    baseUrl,
    issuer: `${baseUrl}/issuer`,
    tokenEndpoint: `${baseUrl}/issuer/token`,
    players: `${baseUrl}/players`,
  };
}

type Addresses = ReturnType<typeof addressesOf>;

async function buildPlatform(
  options: LocalOptions,
  database: LocalDatabase,
  keyring: Keyring,
  addresses: Addresses,
): Promise<Platform> {
  return {
    table: database.table,
    rulebooks: createRulebookReader(database.table),
    policy: cedarEngine(await readPolicies(POLICIES)),
    clock: options.clock ?? systemClock,
    newId: createIds(),
    tokens: embeddedSigner(addresses.players, keyring.playersKey),
    cursors: createCursorCodec(keyring.cursorSecret),
    serial: createSerial(),
    logger: new Logger({ serviceName: 'laurel', logLevel: options.logLevel ?? 'ERROR' }),
    cell: 'local',
    version: VERSION,
  };
}

/** One authorizer for each tenant, with a cache of its own, made when the tenant is first called. */
function authorizers(platform: Platform, keyring: Keyring, addresses: Addresses) {
  const known = new Map<string, Authorize>();
  const fetchJwks = async (uri: string) =>
    JSON.stringify(
      uri === addresses.players ? await platform.tokens.jwks() : { keys: [await publicJwkOf(keyring.poolKey)] },
    );
  return async (tenant: string): Promise<Authorize | undefined> => {
    const made = known.get(tenant);
    if (made !== undefined) return made;
    if (!/^[a-z0-9-]{3,40}$/.test(tenant) || (await getTenant(platform.table, tenant)) === undefined) return undefined;
    const pool = { issuer: addresses.issuer, jwksUri: addresses.issuer, audience: AUDIENCE, consoleClients: [CONSOLE] };
    const players = { issuer: addresses.players, jwksUri: addresses.players };
    const deps = { directory: tableDirectory(platform.table, tenant), fetchJwks, now: Date.now };
    const authorize = createAuthorizer({ tenant, issuers: { pool, players } }, deps);
    const cached = cachedAuthorizer(authorize, { ttlSeconds: AUTHORIZER_TTL, now: Date.now, maxEntries: 10_000 });
    known.set(tenant, cached);
    return cached;
  };
}

function issuerOf(platform: Platform, keyring: Keyring, addresses: Addresses): Promise<NodeHandler> {
  const { table, logger } = platform;
  return createIssuer({
    issuer: addresses.issuer,
    clients: async (id) => {
      const tenant = await tenantOfClient(table, id);
      return tenant === undefined ? undefined : getClient(table, tenant, id);
    },
    accounts: { byEmail: (email) => getAccountByEmail(table, email), byId: (id) => getAccount(table, id) },
    console: { clientId: CONSOLE, redirectUris: [`${addresses.baseUrl}/console/callback`] },
    store: tableIssuerRecords(table, Date.now),
    keys: [keyring.poolKey],
    cookiesSecret: keyring.cookiesSecret,
    now: Date.now,
    onError: (error) => logger.error('issuer failed', { error: error instanceof Error ? error : String(error) }),
  });
}

const healthHandler: NodeHandler = (_request, response) => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ status: 'ok', version: VERSION }));
};

/**
 * Starts the whole platform in this process: gateway, issuer, authorizers, policies, database, reference.
 * @throws Error with code `EADDRINUSE` where the port is taken
 */
export async function startPlatform(options: LocalOptions): Promise<LocalPlatform> {
  const own = new Map<string, NodeHandler>([
    ['docs', referenceHandler],
    ['openapi', openapiHandler],
    ['health', healthHandler],
  ]);
  // The port is taken first: the issuer's name holds it, and a taken one must not touch the data.
  let parts: Parameters<typeof createGateway>[0] | undefined;
  const server = createGateway({
    own,
    authorizerOf: async (tenant) => parts?.authorizerOf(tenant),
    api: (event) => (parts === undefined ? Promise.reject(new Error('not started')) : parts.api(event)),
    newRequestId: createIds().bind(undefined, 'request'),
    onError: (error) => parts?.onError(error),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  const addresses = addressesOf((server.address() as AddressInfo).port);
  const inMemory = options.data === ':memory:';
  const keyring = inMemory ? await memoryKeyring() : await folderKeyring(join(options.data, 'keys'));
  const database = await openLocalDatabase(inMemory ? ':memory:' : join(options.data, 'data'));
  const platform = await buildPlatform(options, database, keyring, addresses);
  await ensureWorkspace(platform, PLATFORM_PLACE, { platform: true });
  own.set('issuer', await issuerOf(platform, keyring, addresses));
  parts = {
    own,
    authorizerOf: authorizers(platform, keyring, addresses),
    api: createLaurelApi(platform),
    newRequestId: () => platform.newId('request'),
    onError: (error) =>
      platform.logger.error('gateway failed', { error: error instanceof Error ? error : String(error) }),
  };

  const accessOf = (place: Place, credential: Credential): WorkspaceAccess => ({
    baseUrl: `${addresses.baseUrl}/${place.tenant}`,
    tokenEndpoint: addresses.tokenEndpoint,
    ...credential,
  });
  return {
    ...addresses,
    inside: { database, platform },
    async createWorkspaceClient(place, scopes = workspaceScopes()) {
      await ensureWorkspace(platform, place);
      return accessOf(place, await addClient(platform, place, 'backend', scopes));
    },
    async createPlatformClient() {
      return accessOf(PLATFORM_PLACE, await addClient(platform, PLATFORM_PLACE, 'operations', allScopes()));
    },
    async createOperator(place, person) {
      await ensureWorkspace(platform, place);
      return addOperator(platform, place, person);
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      database.close();
    },
  };
}
