import { Logger } from '@aws-lambda-powertools/logger';
import { tableNamed } from './aws.ts';
import { collector } from './collector.ts';
import { readCollectorConfig } from './environment.ts';

const config = readCollectorConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-audit', logLevel: config.LAUREL_LOG_LEVEL });

/** Collects the records of one tenant, as CloudWatch Logs calls it with what its subscriptions let through. */
export const handler: ReturnType<typeof collector> = collector({
  table: tableNamed(config.LAUREL_TABLE),
  tenant: config.LAUREL_TENANT,
  onError: (message, error) => logger.error(message, { error: error instanceof Error ? error : String(error) }),
});
