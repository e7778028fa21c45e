import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPseudonyms } from '../identity/pseudonyms.ts';
import type { Pseudonyms } from '../ports/pseudonyms.ts';
import { readSecret } from './secret.ts';

/**
 * Makes the pseudonyms of each tenant; a tenant's secret is read when it is first needed, and kept.
 * @param name the name of a tenant's secret, with `{tenant}` in the tenant's place
 */
export function cellPseudonyms(secrets: SecretsManagerClient, name: string): (tenant: string) => Promise<Pseudonyms> {
  const known = new Map<string, Pseudonyms>();
  return async (tenant) => {
    const found = known.get(tenant);
    if (found !== undefined) return found;
    const made = createPseudonyms(await readSecret(secrets, name.replace('{tenant}', tenant)));
    known.set(tenant, made);
    return made;
  };
}
