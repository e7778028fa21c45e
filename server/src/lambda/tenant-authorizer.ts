import type { KMSClient } from '@aws-sdk/client-kms';
import { createAuthorizer } from '../identity/authorizer.ts';
import { gatewayAuthorizer } from '../identity/gateway-authorizer.ts';
import type { FetchJwks } from '../identity/keys.ts';
import { kmsSigner } from '../identity/kms-signer.ts';
import { tableDirectory } from '../store/directory.ts';
import type { Table } from '../store/table.ts';
import type { AuthorizerConfig } from './environment.ts';

/** What of AWS a tenant's authorizer works with. */
export interface AuthorizerServices {
  readonly table: Table;
  readonly kms: KMSClient;
  /** Gets the pool's keys. */
  readonly fetchJwks: FetchJwks;
  /** Gets the keys of a tenant's own issuer. */
  readonly fetchIssuerKeys: FetchJwks;
  /** Is told why a caller is refused, which the caller is not. */
  readonly log: Parameters<typeof gatewayAuthorizer>[1];
}

/**
 * Wires one tenant's authorizer for AWS.
 *
 * The keys of players' tokens come from KMS itself (`GetPublicKey`), not from a JWKS that the API would publish: such a
 * page would have to be open to everybody on an API where nothing else is, and the authorizer would depend on the very
 * API that it guards. The role may get public keys and nothing else of them: it can verify, never sign.
 */
export function tenantAuthorizer(
  config: AuthorizerConfig,
  services: AuthorizerServices,
): ReturnType<typeof gatewayAuthorizer> {
  const { LAUREL_TENANT: tenant, LAUREL_PLAYERS_ISSUER: issuer } = config;
  const [keyId = '', ...formerKeyIds] = config.LAUREL_PLAYERS_KEYS;
  const playersKeys = kmsSigner({ issuer, kms: services.kms, keyId, formerKeyIds });
  // No address is ever asked for this name: it tells the players' keys from the pool's.
  const players = { issuer, jwksUri: `${issuer}/jwks` };
  const pool = {
    issuer: config.LAUREL_POOL_ISSUER,
    jwksUri: config.LAUREL_POOL_JWKS_URI,
    // Cognito puts no `aud` into access tokens.
    audience: null,
    consoleClients: config.LAUREL_CONSOLE_CLIENTS,
  };
  const authorize = createAuthorizer(
    { tenant, issuers: { pool, players } },
    {
      directory: tableDirectory(services.table, tenant),
      fetchJwks: async (uri) =>
        uri === players.jwksUri ? JSON.stringify(await playersKeys.jwks()) : services.fetchJwks(uri),
      fetchIssuerKeys: services.fetchIssuerKeys,
      now: Date.now,
    },
  );
  return gatewayAuthorizer(authorize, services.log);
}
