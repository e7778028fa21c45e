import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createLaurelStreams } from '../api/index.ts';
import { withOriginsOnStreams } from '../api/origins.ts';
import { apiPlatform } from './api-platform.ts';
import { kmsClient, LIMITS, peopleClients } from './aws.ts';
import { readApiConfig } from './environment.ts';
import { liveHandler } from './live-handler.ts';
import { vaultedTable } from './vault.ts';

const config = readApiConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-live', logLevel: config.LAUREL_LOG_LEVEL });
const kms = kmsClient();
const services = {
  table: vaultedTable(config, kms),
  kms,
  secrets: new SecretsManagerClient({ requestHandler: LIMITS }),
  ...peopleClients(),
  s3: new S3Client({ requestHandler: LIMITS }),
  writeLine: (line: string) => void process.stdout.write(line),
  logger,
};

const serve = liveHandler({
  start: async () => {
    const platform = await apiPlatform(config, services);
    return withOriginsOnStreams(platform, () => config.LAUREL_TENANT, createLaurelStreams(platform));
  },
  onError: (message, error) => logger.error(message, { error: error instanceof Error ? error : String(error) }),
});

/**
 * The streams of one tenant's API, as API Gateway (REST) calls it with `responseTransferMode: STREAM`. The function's
 * time must be longer than a stream lasts (60 s).
 */
export const handler = awslambda.streamifyResponse<APIGatewayProxyEvent>((event, stream) =>
  serve(event, (head) => awslambda.HttpResponseStream.from(stream, { ...head })),
);
