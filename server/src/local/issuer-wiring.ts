import type { Platform } from '../api/platform.ts';
import type { Mail } from '../ports/mail.ts';
import { getAccount, getAccountByEmail } from '../store/accounts.ts';
import { getClient, tenantOfClient } from '../store/clients.ts';
import { tableIssuerRecords } from '../store/issuer-records.ts';
import type { Addresses } from './addresses.ts';
import type { NodeHandler } from './gateway.ts';
import { createIssuer } from './issuer/issuer.ts';
import type { Keyring } from './keyring.ts';
import { asError } from './log.ts';

/** The client id by which people sign in. */
export const CONSOLE = 'laurel-console';

/** The central pool of this platform, over its table. */
export function wireIssuer(
  platform: Platform,
  keyring: Keyring,
  addresses: Addresses,
  signInPages: readonly string[],
  mail: Mail | undefined,
): Promise<NodeHandler> {
  const { table, logger } = platform;
  return createIssuer({
    issuer: addresses.issuer,
    clients: async (id) => {
      const tenant = await tenantOfClient(table, id);
      return tenant === undefined ? undefined : getClient(table, tenant, id);
    },
    accounts: { byEmail: (email) => getAccountByEmail(table, email), byId: (id) => getAccount(table, id) },
    console: { clientId: CONSOLE, redirectUris: [`${addresses.baseUrl}/console/callback`, ...signInPages] },
    store: tableIssuerRecords(table, Date.now),
    keys: [keyring.poolKey],
    cookiesSecret: keyring.cookiesSecret,
    mail,
    now: Date.now,
    limiter: platform.limits.limiter,
    onError: (error) => logger.error('issuer failed', { error: asError(error) }),
  });
}
