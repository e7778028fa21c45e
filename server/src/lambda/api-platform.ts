import { join } from 'node:path';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import manifest from '../../package.json' with { type: 'json' };
import { createWorkspaceClocks } from '../api/clocks.ts';
import { createCursorCodec } from '../api/cursor.ts';
import { createIds } from '../api/ids.ts';
import type { Platform } from '../api/platform.ts';
import { createSerial } from '../api/serial.ts';
import { createCredentialIssuer } from '../credentials/issuer.ts';
import { kmsCredentialKeys } from '../credentials/kms-keys.ts';
import { readPolicies } from '../identity/cedar-policies.ts';
import { kmsSigner } from '../identity/kms-signer.ts';
import { createSealer } from '../identity/sealer.ts';
import { systemClock } from '../ports/clock.ts';
import { pollingSignals } from '../ports/live-signals.ts';
import { createRulebookReader } from '../store/definitions.ts';
import type { Table } from '../store/table.ts';
import { systemResolve } from '../webhooks/resolve.ts';
import { webhookWorker } from '../webhooks/worker.ts';
import { cellRanks } from './cell-ranks.ts';
import { decisionsBy } from './decisions.ts';
import type { ApiConfig } from './environment.ts';
import { readSecret } from './secret.ts';

/** How often a live stream looks for news, in milliseconds: functions hear nothing of one another's writes. */
const LOOK_EVERY = 2000;

/** What of AWS the API works with. */
export interface ApiServices {
  readonly table: Table;
  readonly kms: KMSClient;
  readonly secrets: SecretsManagerClient;
  readonly logger: Logger;
}

/**
 * Wires the platform for AWS, once for each process. The policies are read from the `policies` folder beside the
 * function's code.
 * @throws Error where the secret or the policies cannot be read
 */
export async function apiPlatform(config: ApiConfig, services: ApiServices): Promise<Platform> {
  const { table, kms, secrets, logger } = services;
  const [keyId = '', ...formerKeyIds] = config.LAUREL_PLAYERS_KEYS;
  const [policies, cursorSecret, sealingSecret] = await Promise.all([
    readPolicies(join(config.LAMBDA_TASK_ROOT, 'policies')),
    readSecret(secrets, config.LAUREL_CURSOR_SECRET_ARN),
    readSecret(secrets, config.LAUREL_SEALING_SECRET_ARN),
  ]);
  const newId = createIds();
  const sealer = createSealer(sealingSecret);
  const destinations = { resolve: systemResolve, allowLoopback: false };
  const worker = webhookWorker({ table, sealer, newId, destinations });
  return {
    table,
    rulebooks: createRulebookReader(table),
    ranks: cellRanks(config.LAUREL_RANKS_URL, table, (message, error) =>
      logger.warn(message, { error: String(error) }),
    ),
    ...decisionsBy(config.LAUREL_POLICY_STORE, policies, logger),
    clock: systemClock,
    clocks: createWorkspaceClocks(table, systemClock),
    newId,
    tokens: kmsSigner({ issuer: config.LAUREL_PLAYERS_ISSUER, kms, keyId, formerKeyIds }),
    credentials: createCredentialIssuer({
      keys: kmsCredentialKeys(kms, {
        jwt: config.LAUREL_BADGES_JWT_KEYS,
        proof: config.LAUREL_BADGES_PROOF_KEYS,
      }),
      baseUrlOf: () => config.LAUREL_BASE_URL,
    }),
    cursors: createCursorCodec(cursorSecret),
    serial: createSerial(),
    live: pollingSignals(LOOK_EVERY),
    sealer,
    destinations,
    deliverer: async () => worker,
    logger,
    cell: config.LAUREL_CELL,
    version: manifest.version,
  };
}
