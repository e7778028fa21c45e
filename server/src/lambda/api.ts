import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ApiHandler } from '../api/adapter.ts';
import { createIds } from '../api/ids.ts';
import { createLaurelApi, withLaurelOpenRoutes } from '../api/index.ts';
import { withOrigins } from '../api/origins.ts';
import { withPublicDocuments } from '../api/public-documents.ts';
import { withTokenEndpoint } from '../api/token-endpoint.ts';
import { apiPlatform } from './api-platform.ts';
import { kmsClient, LIMITS, peopleClients } from './aws.ts';
import { readApiConfig } from './environment.ts';
import { startedApi } from './started-api.ts';
import { vaultedTable } from './vault.ts';

const config = readApiConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-api', logLevel: config.LAUREL_LOG_LEVEL });
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

/**
 * The whole API of one tenant, as API Gateway (REST) calls it: who calls stands in `requestContext.authorizer`, put
 * there by the tenant's authorizer. A wrong environment ends the process with a {@link ConfigurationError} when it
 * starts, so that a bad deployment is seen at once.
 */
export const handler: ApiHandler = startedApi({
  start: async () => {
    const platform = await apiPlatform(config, services);
    const tenantOf = () => config.LAUREL_TENANT;
    const api = withLaurelOpenRoutes(platform, tenantOf, createLaurelApi(platform));
    const withTokens = withTokenEndpoint(platform, tenantOf, api);
    return withOrigins(platform, tenantOf, withPublicDocuments(platform, tenantOf, withTokens));
  },
  newRequestId: createIds().bind(undefined, 'request'),
  onError: (message, error) => logger.error(message, { error: error instanceof Error ? error : String(error) }),
});
