import { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { rankConsumer } from '../ranks/consumer.ts';
import { tableNamed } from './aws.ts';
import { ranksAt } from './cell-ranks.ts';
import { readRanksConfig } from './environment.ts';
import { streamHandler } from './stream-handler.ts';

const config = readRanksConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-ranks', logLevel: config.LAUREL_LOG_LEVEL });
const table = tableNamed(config.LAUREL_TABLE);
const onError = (message: string, error: unknown) =>
  logger.error(message, { error: error instanceof Error ? error : String(error) });

/**
 * Keeps the ranks of a cell's boards in its Redis, as Lambda calls it with records of the table's stream. It follows the
 * stream apart from all others, so that nobody waits for Redis but the ranks.
 */
export const handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> = streamHandler({
  table,
  consumers: [rankConsumer(ranksAt(config.LAUREL_RANKS_URL, table, onError))],
  onError,
});
