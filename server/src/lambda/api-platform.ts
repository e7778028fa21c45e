import { join } from 'node:path';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import manifest from '../../package.json' with { type: 'json' };
import { createWorkspaceClocks } from '../api/clocks.ts';
import { createCursorCodec } from '../api/cursor.ts';
import { createIds } from '../api/ids.ts';
import type { Platform } from '../api/platform.ts';
import { createSerial } from '../api/serial.ts';
import { auditKeys } from '../audit/digest.ts';
import { createCredentialIssuer } from '../credentials/issuer.ts';
import { kmsCredentialKeys, kmsProofKey } from '../credentials/kms-keys.ts';
import { readPolicies } from '../identity/cedar-policies.ts';
import { dnsProofs } from '../identity/dns-proofs.ts';
import { kmsSigner } from '../identity/kms-signer.ts';
import { ownIssuers } from '../identity/own-issuers.ts';
import { createPseudonyms } from '../identity/pseudonyms.ts';
import { createSealer } from '../identity/sealer.ts';
import { systemClock } from '../ports/clock.ts';
import { pollingSignals } from '../ports/live-signals.ts';
import { createRulebookReader } from '../store/definitions.ts';
import { knownCallers } from '../store/known-callers.ts';
import type { Table } from '../store/table.ts';
import { systemResolve } from '../webhooks/resolve.ts';
import { webhookWorker } from '../webhooks/worker.ts';
import { archiveReader } from './audit-archive.ts';
import { cellCache } from './cell-cache.ts';
import { cellLimiter } from './cell-limits.ts';
import { cellRanks } from './cell-ranks.ts';
import { cellRedis } from './cell-redis.ts';
import { cognitoPool } from './cognito-pool.ts';
import { decisionsBy } from './decisions.ts';
import type { ApiConfig } from './environment.ts';
import { loggedGatherer } from './logged-gatherer.ts';
import { readSecret } from './secret.ts';
import { sesMail } from './ses-mail.ts';

/** How often a live stream looks for news, in milliseconds: functions hear nothing of one another's writes. */
const LOOK_EVERY = 2000;

/** What of AWS the API works with. */
export interface ApiServices {
  readonly table: Table;
  readonly kms: KMSClient;
  readonly secrets: SecretsManagerClient;
  readonly ses: SESv2Client;
  readonly cognito: CognitoIdentityProviderClient;
  readonly s3: S3Client;
  /** Writes a line to the function's log as it is, from where the audit's records are collected. */
  readonly writeLine: (line: string) => void;
  readonly logger: Logger;
}

/**
 * Wires the platform for AWS, once for each process. The policies are read from the `policies` folder beside the
 * function's code.
 * @throws Error where the secret or the policies cannot be read
 */
export async function apiPlatform(config: ApiConfig, services: ApiServices): Promise<Platform> {
  const { table, kms, secrets, s3, ses, cognito, writeLine, logger } = services;
  const [keyId = '', ...formerKeyIds] = config.LAUREL_PLAYERS_KEYS;
  const [policies, cursorSecret, sealingSecret, pseudonymSecret] = await Promise.all([
    readPolicies(join(config.LAMBDA_TASK_ROOT, 'policies')),
    readSecret(secrets, config.LAUREL_CURSOR_SECRET_ARN),
    readSecret(secrets, config.LAUREL_SEALING_SECRET_ARN),
    readSecret(secrets, config.LAUREL_PSEUDONYM_SECRET_ARN),
  ]);
  const { LAUREL_CACHE_URL: cacheUrl } = config;
  const redis = cacheUrl === undefined ? undefined : cellRedis(cacheUrl, logger);
  const cache = cellCache(redis);
  const known = knownCallers(table, cache);
  const newId = createIds();
  const sealer = createSealer(sealingSecret);
  const destinations = { resolve: systemResolve, allowLoopback: false };
  const pseudonyms = createPseudonyms(pseudonymSecret);
  const worker = webhookWorker({ table, sealer, newId, destinations });
  return {
    table,
    cache,
    known,
    rulebooks: createRulebookReader(table, cache),
    ranks: cellRanks(config.LAUREL_RANKS_URL, table, (message, error) =>
      logger.warn(message, { error: String(error) }),
    ),
    ...decisionsBy(config.LAUREL_POLICY_STORE, { texts: policies, cache, logger }),
    clock: systemClock,
    clocks: createWorkspaceClocks(table, systemClock),
    newId,
    tokens: kmsSigner({ issuer: config.LAUREL_PLAYERS_ISSUER, kms, keyId, formerKeyIds }),
    // A tenant's host is its name before the cell's.
    isOwnIssuer: ownIssuers({
      pool: config.LAUREL_POOL_ISSUER,
      host: new URL(config.LAUREL_BASE_URL).host.replace(/^[^.]+\./, ''),
    }),
    credentials: createCredentialIssuer({
      keys: kmsCredentialKeys(kms, {
        jwt: config.LAUREL_BADGES_JWT_KEYS,
        proof: config.LAUREL_BADGES_PROOF_KEYS,
      }),
      baseUrlOf: () => config.LAUREL_BASE_URL,
    }),
    limits: {
      limiter: cellLimiter(redis, config.LAUREL_LIMIT_SHARES),
      of: (tenant) => known.limits(tenant),
    },
    cursors: createCursorCodec(cursorSecret),
    serial: createSerial(),
    live: pollingSignals(LOOK_EVERY),
    sealer,
    destinations,
    deliverer: async () => worker,
    mail: sesMail(ses, config.LAUREL_MAIL_FROM),
    people: cognitoPool(cognito, config.LAUREL_POOL_ID),
    domainProofs: dnsProofs(),
    consoleUrl: config.LAUREL_CONSOLE_URL,
    logger,
    audit: {
      pseudonyms,
      pseudonymsOf: async () => pseudonyms,
      gatherer: loggedGatherer(writeLine),
      keys: () => auditKeys(kmsProofKey(kms, config.LAUREL_AUDIT_KEYS)),
      archive: archiveReader(s3, config.LAUREL_AUDIT_BUCKET),
    },
    cell: config.LAUREL_CELL,
    version: manifest.version,
  };
}
