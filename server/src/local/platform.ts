import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Logger } from '@aws-lambda-powertools/logger';
import manifest from '../../package.json' with { type: 'json' };
import { createWorkspaceClocks } from '../api/clocks.ts';
import { createCursorCodec } from '../api/cursor.ts';
import { createIds } from '../api/ids.ts';
import type { Platform } from '../api/platform.ts';
import { createSerial } from '../api/serial.ts';
import type { Audit } from '../audit/audit.ts';
import { createCache } from '../cache/cache.ts';
import { embeddedCredentialKeys } from '../credentials/embedded-keys.ts';
import { createCredentialIssuer } from '../credentials/issuer.ts';
import { cachedPolicy } from '../identity/cached-policy.ts';
import { cedarEngine, inProcessRoles } from '../identity/cedar-engine.ts';
import { readPolicies } from '../identity/cedar-policies.ts';
import { dnsProofs } from '../identity/dns-proofs.ts';
import { rotatingSigner } from '../identity/key-rotation.ts';
import { ownIssuers } from '../identity/own-issuers.ts';
import { createSealer } from '../identity/sealer.ts';
import { memoryLimiter } from '../limits/limiter.ts';
import type { PlanLimits } from '../limits/plans.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { DomainProofs } from '../ports/domain-proofs.ts';
import type { Mail } from '../ports/mail.ts';
import { createRulebookReader } from '../store/definitions.ts';
import { type KnownCallers, knownCallers } from '../store/known-callers.ts';
import type { DestinationRules } from '../webhooks/destination.ts';
import { systemResolve } from '../webhooks/resolve.ts';
import { webhookWorker } from '../webhooks/worker.ts';
import type { Addresses } from './addresses.ts';
import type { Backing } from './backing.ts';
import { folderKeyring, type Keyring, memoryKeyring } from './keyring.ts';
import { folderOutbox, memoryOutbox } from './outbox.ts';
import { embeddedPool } from './people-pool.ts';

/** The version of the server. */
export const VERSION = manifest.version;

/** What a platform that runs by itself can be told. */
export interface PlatformOptions {
  /** The game's time; the machine's by default. Tokens always follow the machine's. */
  readonly clock?: Clock;
  /** What is logged, as JSON lines; errors alone by default. */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';
  /** Where webhooks may lead; to public addresses alone by default. For tests and local development. */
  readonly destinations?: Partial<DestinationRules>;
  /** Sends mail; by default it is written into a folder beside the data, or kept in memory where there is none. */
  readonly mail?: Mail;
  /** Where tenants prove that a domain is theirs; the DNS by default. */
  readonly domainProofs?: DomainProofs;
  /**
   * What callers may ask for: `'plans'` by the plan of each tenant, or these limits for every tenant. Without it nobody is
   * limited, so that tests are as fast as the machine.
   */
  readonly limits?: 'plans' | PlanLimits;
}

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));

/** The secrets of a platform: of its folder, or made for this process alone. */
export function openKeyring(data: string): Promise<Keyring> {
  return data === ':memory:' ? memoryKeyring() : folderKeyring(join(data, 'keys'));
}

/** Where mail goes that nobody else is told to send. */
function outboxOf(data: string | undefined): Mail {
  return data === undefined || data === ':memory:' ? memoryOutbox() : folderOutbox(join(data, 'outbox'));
}

/** The embedded engine tells each commit at once, so what was taken away is gone with the call that takes it. */
function keptUpToDate(known: KnownCallers, { embedded }: Backing): KnownCallers {
  embedded?.engine.subscribe((records) => {
    for (const { dynamodb } of records) {
      const { pk, sk } = dynamodb?.Keys ?? {};
      if (pk !== undefined && 'S' in pk && sk !== undefined && 'S' in sk) void known.noticed({ pk: pk.S, sk: sk.S });
    }
  });
  return known;
}

/** Wires a platform over its table. */
export async function wirePlatform(
  backing: Backing,
  keyring: Keyring,
  addresses: Addresses,
  audit: Audit,
  options: PlatformOptions & { readonly data?: string },
): Promise<Platform> {
  const { table } = backing;
  const clock = options.clock ?? systemClock;
  const cache = createCache();
  const known = keptUpToDate(knownCallers(table, cache), backing);
  const newId = createIds();
  const sealer = createSealer(keyring.sealingSecret);
  const destinations = { resolve: systemResolve, allowLoopback: false, ...options.destinations };
  const worker = webhookWorker({ table, sealer, newId, destinations });
  return {
    table,
    cache,
    known,
    rulebooks: createRulebookReader(table, cache),
    ranks: backing.ranks(),
    policy: cachedPolicy(cedarEngine(await readPolicies(POLICIES)), cache),
    rolePolicies: inProcessRoles,
    clock,
    clocks: createWorkspaceClocks(table, clock),
    newId,
    tokens: rotatingSigner(addresses.players, keyring.playersKeys),
    isOwnIssuer: ownIssuers({ pool: addresses.issuer, host: new URL(addresses.baseUrl).host }),
    credentials: createCredentialIssuer({
      keys: embeddedCredentialKeys(keyring.credentialKeys),
      baseUrlOf: (tenant) => `${addresses.baseUrl}/${tenant}`,
    }),
    limits: {
      limiter: memoryLimiter(),
      of: async (tenant) => (options.limits === 'plans' ? known.limits(tenant) : options.limits),
    },
    cursors: createCursorCodec(keyring.cursorSecret),
    serial: createSerial(),
    live: backing.live(),
    sealer,
    destinations,
    deliverer: async () => worker,
    mail: options.mail ?? outboxOf(options.data),
    people: embeddedPool(table, () => newId('person')),
    domainProofs: options.domainProofs ?? dnsProofs(),
    consoleUrl: `${addresses.baseUrl}/console`,
    logger: new Logger({ serviceName: 'laurel', logLevel: options.logLevel ?? 'ERROR' }),
    audit,
    cell: 'local',
    version: VERSION,
  };
}
