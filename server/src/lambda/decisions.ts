import type { Logger } from '@aws-lambda-powertools/logger';
import { VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import type { Platform } from '../api/platform.ts';
import { cachedPolicy } from '../identity/cached-policy.ts';
import { cedarEngine, inProcessRoles } from '../identity/cedar-engine.ts';
import type { PolicyTexts } from '../identity/cedar-policies.ts';
import { verifiedPermissions } from '../identity/verified-permissions.ts';
import { verifiedRoles } from '../identity/verified-roles.ts';
import type { Cache } from '../ports/cache.ts';

/** How long one decision may take, in milliseconds: a call that waits longer is answered with 503. */
const TIMEOUT = 1500;
/** How long one try may take: there is time for a second one. */
const LIMITS = { connectionTimeout: 500, requestTimeout: 700 } as const;

/** What deciding works with. */
interface DecisionParts {
  readonly texts: PolicyTexts;
  readonly cache: Cache;
  readonly logger: Logger;
}

/** Who decides: the policy store of the tenant, where it has one, or Cedar in this process. */
export function decisionsBy(
  policyStoreId: string | undefined,
  { texts, cache, logger }: DecisionParts,
): Pick<Platform, 'policy' | 'rolePolicies'> {
  if (policyStoreId === undefined)
    return { policy: cachedPolicy(cedarEngine(texts), cache), rolePolicies: inProcessRoles };
  const client = new VerifiedPermissionsClient({ requestHandler: LIMITS, maxAttempts: 2 });
  const store = { client, policyStoreId, timeout: TIMEOUT };
  const onLeft = (error: unknown) => logger.warn('policy of a role was left behind', { error: String(error) });
  return { policy: cachedPolicy(verifiedPermissions(store), cache), rolePolicies: verifiedRoles(store, onLeft) };
}
