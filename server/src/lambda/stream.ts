import { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { streamConsumers } from '../stream/consumers.ts';
import { kmsClient } from './aws.ts';
import { readStreamConfig } from './environment.ts';
import { streamHandler } from './stream-handler.ts';
import { vaultedTable } from './vault.ts';

const config = readStreamConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-stream', logLevel: config.LAUREL_LOG_LEVEL });
const table = vaultedTable(config, kmsClient());

/**
 * Follows the cell's table, as Lambda calls it with records of its stream. The event source mapping must ask for
 * `ReportBatchItemFailures`, and start at `TRIM_HORIZON`; Lambda keeps the checkpoints.
 */
export const handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> = streamHandler({
  table,
  consumers: streamConsumers(table),
  onError: (message, error) => logger.error(message, { error: error instanceof Error ? error : String(error) }),
});
