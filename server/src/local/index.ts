import type { Server } from 'node:http';
import { join } from 'node:path';
import { contract, routesOf } from '@laurel/contract';
import type { ApiHandler } from '../api/adapter.ts';
import { createRouteOf, recordDenied } from '../api/audit-calls.ts';
import { createIds } from '../api/ids.ts';
import { createLaurelApi, createLaurelStreams, withLaurelOpenRoutes } from '../api/index.ts';
import { withOrigins, withOriginsOnStreams } from '../api/origins.ts';
import type { Platform } from '../api/platform.ts';
import { type TenantOf, withPublicDocuments } from '../api/public-documents.ts';
import { withTokenEndpoint } from '../api/token-endpoint.ts';
import type { RoleId } from '../identity/principal.ts';
import { refusedTokens } from '../limits/refused-tokens.ts';
import type { ListedErasure } from '../ports/erasure-list.ts';
import type { Mail } from '../ports/mail.ts';
import { reapplyErasures } from '../privacy/reapply.ts';
import {
  addClient,
  beginPlatform,
  type Credential,
  ensureWorkspace,
  type Place,
  workspaceScopes,
} from '../provision.ts';
import { workspaceScope } from '../store/scope.ts';
import { streamConsumers } from '../stream/consumers.ts';
import { type Addresses, addressesOf } from './addresses.ts';
import { type LocalSealer, localArchive, localAudit, startSealer } from './audit.ts';
import { createAuthorizers } from './authorizers.ts';
import { type Backing, embeddedBacking, type OnError } from './backing.ts';
import { consoleHandler } from './console.ts';
import { type LocalDatabase, openLocalDatabase } from './database.ts';
import { fileErasures } from './erasure-list.ts';
import { createGateway, type GatewayParts, type NodeHandler } from './gateway.ts';
import { wireIssuer } from './issuer-wiring.ts';
import type { Keyring } from './keyring.ts';
import { asError } from './log.ts';
import { addOperator } from './operators.ts';
import { folderOutbox } from './outbox.ts';
import { openKeyring, type PlatformOptions, VERSION, wirePlatform } from './platform.ts';
import { openapiHandler, referenceHandler } from './reference.ts';
import { startScheduler } from './scheduler.ts';
import type { StreamPump } from './streams.ts';

/** How a platform is started. */
export interface LocalOptions extends PlatformOptions {
  /** A folder for its data and keys, or `:memory:` for a platform that ends with the process. */
  readonly data: string;
  /** The port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** How many milliseconds after each round of the scheduler comes the next; without it nothing comes due by itself. */
  readonly scheduleEvery?: number;
  /** How many milliseconds after sealing the audit's records comes the next time; without it they wait. */
  readonly sealEvery?: number;
  /** What keeps the table, which the platform closes at its end; by default the embedded engine, in the folder. */
  readonly backing?: Backing;
  /**
   * URLs of pages, besides the console's own, that people may be sent back to after they signed in or out. Their origins
   * may ask the issuer for tokens.
   */
  readonly signInPages?: readonly string[];
  /** Sends mail; by default it is put into the `outbox` of the folder, and a platform in memory sends none. */
  readonly mail?: Mail;
}

/** A workspace to call, with a credential for it. */
export interface WorkspaceAccess extends Credential {
  /** The tenant's base URL. */
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
}

/** The parts that a platform runs on. */
export interface Inside {
  /**
   * The embedded engine's database.
   * @throws Error where something else keeps the table
   */
  readonly database: LocalDatabase;
  readonly backing: Backing;
  readonly platform: Platform;
  readonly streams: StreamPump;
  readonly sealer: LocalSealer;
}

/** A whole platform in this process. */
export interface LocalPlatform extends Addresses {
  /** Opens the workspace where it does not exist, and makes a credential with the scopes (all of a workspace's). */
  createWorkspaceClient(place: Place, scopes?: readonly string[]): Promise<WorkspaceAccess>;
  /** Makes a credential of whoever runs the platform. */
  createPlatformClient(): Promise<WorkspaceAccess>;
  /** Makes somebody who can sign in, and answers with their `sub`. */
  createOperator(
    place: Place,
    person: { readonly email: string; readonly password: string; readonly role: RoleId },
  ): Promise<string>;
  /** Makes the next key of players' tokens, which signs 15 minutes later; by themselves keys take turns every 90 days. */
  rotatePlayersKey(): Promise<void>;
  /** The parts that it runs on, for tests that look inside. */
  readonly inside: Inside;
  /** Ends it; what was answered is kept. */
  close(): Promise<void>;
}

/** The place of whoever runs the platform. */
const OPERATIONS: Place = { tenant: 'laurel', workspace: 'operations' };

const healthHandler: NodeHandler = (_request, response) => {
  const body = JSON.stringify({ status: 'ok', version: VERSION });
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
};

/** Takes the port, and answers with the one that was taken. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** The gateway names the tenant where API Gateway names the API. */
const tenantOf: TenantOf = (event) => event.requestContext.apiId;

/** The API with what is answered around it. */
function wholeApi(platform: Platform): ApiHandler {
  const api = withLaurelOpenRoutes(platform, tenantOf, createLaurelApi(platform));
  const withTokens = withTokenEndpoint(platform, tenantOf, api);
  return withOrigins(platform, tenantOf, withPublicDocuments(platform, tenantOf, withTokens));
}

async function gatewayParts(
  platform: Platform,
  keyring: Keyring,
  addresses: Addresses,
  closing: AbortSignal,
  { data, signInPages = [], mail = data === ':memory:' ? undefined : folderOutbox(join(data, 'outbox')) }: LocalOptions,
): Promise<GatewayParts> {
  const routeOf = createRouteOf(routesOf(contract));
  return {
    own: new Map([
      ['docs', referenceHandler],
      ['openapi', openapiHandler],
      ['health', healthHandler],
      ['console', consoleHandler],
      ['issuer', await wireIssuer(platform, keyring, addresses, signInPages, mail)],
    ]),
    authorizerOf: createAuthorizers(platform, keyring, addresses),
    countRefused: refusedTokens(platform.limits),
    onDenied: (denied) => recordDenied(platform, denied, routeOf),
    api: wholeApi(platform),
    streams: { open: withOriginsOnStreams(platform, tenantOf, createLaurelStreams(platform)), closing },
    onError: (error) => platform.logger.error('gateway failed', { error: asError(error) }),
  };
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Starts the whole platform in this process: gateway, issuer, authorizers, policies, database, reference.
 * @throws Error with code `EADDRINUSE` where the port is taken, or where another process has the folder open
 */
export async function startPlatform(options: LocalOptions): Promise<LocalPlatform> {
  const ready = Promise.withResolvers<GatewayParts>();
  const server = createGateway(ready.promise, createIds());
  // The port comes first: the issuer's name holds it, and where it is taken no data is touched.
  const addresses = addressesOf(await listen(server, options.port));
  try {
    return await startBehind(server, addresses, options, ready.resolve);
  } catch (error) {
    await stop(server);
    throw error;
  }
}

function insideOf(backing: Backing, platform: Platform, streams: StreamPump, sealer: LocalSealer): Inside {
  return {
    backing,
    platform,
    streams,
    sealer,
    get database() {
      if (backing.embedded === undefined) throw new Error('the table is not kept by the embedded engine');
      return backing.embedded;
    },
  };
}

/** The list of erasures: restore a backup of `data`, and never this. */
const ERASURES = 'erasures.jsonl';

/** Erases once more whoever a backup has brought back, before anybody can ask for them. */
async function reapplyAll(platform: Platform, listed: readonly ListedErasure[]): Promise<void> {
  for (const own of Map.groupBy(listed, ({ tenant, workspace }) => `${tenant}/${workspace}`).values()) {
    const [first] = own;
    if (first === undefined) continue;
    const scope = workspaceScope(first.tenant, first.workspace);
    const count = await reapplyErasures({ platform, scope, now: platform.clock.now() }, own);
    if (count > 0) platform.logger.warn('users whom a backup had brought back were erased again', { count });
  }
}

/** Starts all that stands behind a gateway, and hands the gateway its parts. */
async function startBehind(
  server: Server,
  addresses: Addresses,
  options: LocalOptions,
  ready: (parts: GatewayParts) => void,
): Promise<LocalPlatform> {
  const { data } = options;
  const keyring = await openKeyring(data);
  const folder = data === ':memory:' ? data : join(data, 'data');
  const erasures = data === ':memory:' ? undefined : await fileErasures(join(data, ERASURES));
  const backing = options.backing ?? embeddedBacking(await openLocalDatabase(folder, keyring.vaultSecret, erasures));
  const report: { onError?: OnError } = {};
  const { audit, sealing } = localAudit(backing.table, keyring, localArchive(data), (message, error) =>
    report.onError?.(message, error),
  );
  const platform = await wirePlatform(backing, keyring, addresses, audit, options);
  await ensureWorkspace(platform, OPERATIONS, { platform: true });
  await reapplyAll(platform, (await erasures?.all()) ?? []);
  const onError = (message: string, error: unknown) => platform.logger.error(message, { error: asError(error) });
  report.onError = onError;
  const streams = await backing.follow(streamConsumers(backing.table, platform.clock), onError);
  const closing = new AbortController();
  const { scheduleEvery, sealEvery } = options;
  ready(await gatewayParts(platform, keyring, addresses, closing.signal, options));
  const scheduler = scheduleEvery === undefined ? undefined : startScheduler(platform, scheduleEvery);
  const sealer = startSealer(audit, sealing, onError, sealEvery);

  const accessOf = (place: Place, credential: Credential): WorkspaceAccess => ({
    baseUrl: `${addresses.baseUrl}/${place.tenant}`,
    tokenEndpoint: addresses.tokenEndpoint,
    ...credential,
  });
  return {
    ...addresses,
    inside: insideOf(backing, platform, streams, sealer),
    async createWorkspaceClient(place, scopes = workspaceScopes()) {
      await ensureWorkspace(platform, place);
      return accessOf(place, await addClient(platform, place, { name: 'backend', scopes }));
    },
    async createPlatformClient() {
      return accessOf(OPERATIONS, await beginPlatform(platform, OPERATIONS));
    },
    async createOperator(place, person) {
      await ensureWorkspace(platform, place);
      return addOperator(platform, place, person);
    },
    rotatePlayersKey: () => keyring.playersKeys.rotate(),
    async close() {
      closing.abort();
      await stop(server);
      await scheduler?.close();
      await sealer.close();
      await streams.close();
      await backing.close();
    },
  };
}
