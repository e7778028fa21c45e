import type { Platform } from '../api/platform.ts';
import { type Authorize, createAuthorizer } from '../identity/authorizer.ts';
import { cachedAuthorizer } from '../identity/cached-authorizer.ts';
import { AUDIENCE } from '../identity/claims.ts';
import { fetchIssuerKeys } from '../identity/issuer-keys.ts';
import { publicJwkOf } from '../identity/jws.ts';
import { isSlug } from '../identity/principal.ts';
import { tableDirectory } from '../store/directory.ts';
import { getTenant } from '../store/tenants.ts';
import type { Addresses } from './addresses.ts';
import { CONSOLE } from './issuer-wiring.ts';
import type { Keyring } from './keyring.ts';

/**
 * How long an authorizer's answer is kept, in seconds, as on AWS: with what it is told from a cache that is not quite a
 * minute, by which what is suspended or revoked is refused.
 */
const TTL_SECONDS = 45;
/** How many callers of a tenant are kept. */
const MAX_ENTRIES = 10_000;

/** The machine's clock, whatever it is by then. */
const now = () => Date.now();

/** The dedicated authorizer of a tenant; nothing where there is no such tenant. */
export type AuthorizerOf = (tenant: string) => Promise<Authorize | undefined>;

/** One authorizer for each tenant, with a cache of its own, made when the tenant is first called. */
export function createAuthorizers(platform: Platform, keyring: Keyring, addresses: Addresses): AuthorizerOf {
  const made = new Map<string, Authorize>();
  // The keys are at hand: no authorizer asks this process for them over HTTP.
  const fetchJwks = async (uri: string) => {
    const jwks = uri === addresses.players ? platform.tokens.jwks() : { keys: [await publicJwkOf(keyring.poolKey)] };
    return JSON.stringify(await jwks);
  };
  const issuers = {
    pool: { issuer: addresses.issuer, jwksUri: addresses.issuer, audience: AUDIENCE, consoleClients: [CONSOLE] },
    players: { issuer: addresses.players, jwksUri: addresses.players },
  };
  const make = (tenant: string): Authorize => {
    const deps = {
      directory: tableDirectory(platform.table, tenant, platform.known),
      fetchJwks,
      fetchIssuerKeys: fetchIssuerKeys(platform.destinations),
      now,
    };
    const options = { ttlSeconds: TTL_SECONDS, now, maxEntries: MAX_ENTRIES };
    return cachedAuthorizer(createAuthorizer({ tenant, issuers }, deps), options);
  };
  return async (tenant) => {
    const known = made.get(tenant);
    if (known !== undefined) return known;
    if (!isSlug(tenant) || (await getTenant(platform.table, tenant)) === undefined) return undefined;
    // Two first calls at once must share one authorizer, and one cache.
    const authorize = made.get(tenant) ?? make(tenant);
    made.set(tenant, authorize);
    return authorize;
  };
}
