import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { type SealRound, sealRound } from '../audit/seal.ts';
import { kmsProofKey } from '../credentials/kms-keys.ts';
import { systemClock } from '../ports/clock.ts';
import { archiveWriter } from './audit-archive.ts';
import { kmsClient, LIMITS, tableNamed } from './aws.ts';
import { readSealerConfig } from './environment.ts';

const config = readSealerConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-sealer', logLevel: config.LAUREL_LOG_LEVEL });
const parts = {
  table: tableNamed(config.LAUREL_TABLE),
  now: () => systemClock.now(),
  signer: kmsProofKey(kmsClient(), config.LAUREL_AUDIT_KEYS),
  digestEvery: 3_600_000,
  archive: archiveWriter(new S3Client({ requestHandler: LIMITS }), config.LAUREL_AUDIT_BUCKET),
};

/** What one chain may still take when it is begun, in milliseconds. */
const CHAIN = 20_000;

/** Seals the audit's records of the cell, as EventBridge calls it every minute. What is left is found by the next call. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SealRound> => {
  const onError = (message: string, error: unknown) =>
    logger.error(message, { error: error instanceof Error ? error : String(error) });
  const round = await sealRound(parts, onError, () => context.getRemainingTimeInMillis() > CHAIN);
  logger.info('sealed records', { ...round });
  return round;
};
