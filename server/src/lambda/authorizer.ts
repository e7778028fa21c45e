import { Logger } from '@aws-lambda-powertools/logger';
import { fetchIssuerKeys } from '../identity/issuer-keys.ts';
import { fetchJwksOverHttp } from '../identity/keys.ts';
import { systemResolve } from '../webhooks/resolve.ts';
import { kmsClient, tableNamed } from './aws.ts';
import { readAuthorizerConfig } from './environment.ts';
import { tenantAuthorizer } from './tenant-authorizer.ts';

const config = readAuthorizerConfig(process.env);
const logger = new Logger({ serviceName: 'laurel-authorizer', logLevel: config.LAUREL_LOG_LEVEL });

/**
 * The dedicated authorizer of one tenant, as API Gateway (REST) calls it. It throws exactly `Unauthorized` for 401, and
 * `Unavailable` where it cannot tell, which the API's gateway responses make 503.
 */
export const handler: ReturnType<typeof tenantAuthorizer> = tenantAuthorizer(config, {
  table: tableNamed(config.LAUREL_TABLE),
  kms: kmsClient(),
  fetchJwks: fetchJwksOverHttp(),
  fetchIssuerKeys: fetchIssuerKeys({ resolve: systemResolve, allowLoopback: false }),
  log: (entry) => logger.warn('refused', entry),
});
