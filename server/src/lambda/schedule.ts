import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import { createIds } from '../api/ids.ts';
import { systemClock } from '../ports/clock.ts';
import { runRounds } from '../schedule/cell.ts';
import { turnHandlers } from '../schedule/handlers.ts';
import { createRulebookReader } from '../store/definitions.ts';
import { kmsClient, LIMITS } from './aws.ts';
import { cellCache } from './cell-cache.ts';
import { cellPseudonyms } from './cell-pseudonyms.ts';
import { cellRanks } from './cell-ranks.ts';
import { cellRedis } from './cell-redis.ts';
import { cellDeliverer } from './deliverer.ts';
import { readScheduleConfig } from './environment.ts';
import { vaultedTable } from './vault.ts';

const config = readScheduleConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-schedule', logLevel: config.LAUREL_LOG_LEVEL });
const table = vaultedTable(config, kmsClient());
const secrets = new SecretsManagerClient({ requestHandler: LIMITS });
const deliverer = cellDeliverer({ table, secrets, sealingName: config.LAUREL_SEALING_NAME });
const { LAUREL_CACHE_URL: cacheUrl } = config;
const redis = cacheUrl === undefined ? undefined : cellRedis(cacheUrl, logger);
const platform = {
  table,
  rulebooks: createRulebookReader(table, cellCache(redis)),
  ranks: cellRanks(config.LAUREL_RANKS_URL, table, (message, error) => logger.warn(message, { error: String(error) })),
  newId: createIds(),
  deliverer,
  audit: { pseudonymsOf: cellPseudonyms(secrets, config.LAUREL_PSEUDONYM_NAME) },
  logger,
};

/** What one workspace's share may still take when a round begins, in milliseconds. */
const ROUND = 20_000;

/**
 * The cell's scheduler, as EventBridge calls it every minute: runs what is due in all workspaces, and goes on while
 * there is more and time for it. What is left is found by the next call.
 */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<{ readonly ran: number; readonly failed: number }> => {
  const hasTime = () => context.getRemainingTimeInMillis() > ROUND;
  const round = await runRounds(platform, turnHandlers, { now: () => systemClock.now(), hasTime });
  logger.info('ran what was due', { ...round });
  return round;
};
