import { enterByDomain } from '../api/people/domain-entry.ts';
import type { Platform } from '../api/platform.ts';
import type { Mail } from '../ports/mail.ts';
import { type AccountRecord, getAccount, getAccountByEmail } from '../store/accounts.ts';
import { getClient, liveSecrets, tenantOfClient } from '../store/clients.ts';
import { tableIssuerRecords } from '../store/issuer-records.ts';
import { listEntrances } from '../store/people.ts';
import type { Table } from '../store/table.ts';
import type { Addresses } from './addresses.ts';
import type { NodeHandler } from './gateway.ts';
import { createIssuer } from './issuer/issuer.ts';
import type { Accounts, FindClient, IssuerAccount } from './issuer/people.ts';
import type { Keyring } from './keyring.ts';
import { asError } from './log.ts';

/** The client id by which people sign in. */
export const CONSOLE = 'laurel-console';

/** Finds machines with the secrets that work now. Read at each token: what was removed or has expired is none. */
function machinesOf(table: Table): FindClient {
  return async (id) => {
    const tenant = await tenantOfClient(table, id);
    const client = tenant === undefined ? undefined : await getClient(table, tenant, id);
    if (client === undefined) return undefined;
    const secretHashes = liveSecrets(client, new Date().toISOString()).map(({ hash }) => hash);
    return secretHashes.length === 0 ? undefined : { ...client, secretHashes };
  };
}

/** Finds people, and where they may go. */
function accountsOf(platform: Platform): Accounts {
  const { table } = platform;
  const withEntrances = async (account: AccountRecord | undefined): Promise<IssuerAccount | undefined> => {
    if (account === undefined) return undefined;
    const { id, email, passwordHash } = account;
    const memberships = await listEntrances(table, id);
    return { id, email, memberships, ...(passwordHash === null ? {} : { passwordHash }) };
  };
  return {
    byEmail: async (email) => withEntrances(await getAccountByEmail(table, email)),
    byId: async (id) => withEntrances(await getAccount(table, id)),
    async welcome(id, asked) {
      const account = await getAccount(table, id);
      if (account === undefined) return undefined;
      const { email, emailVerified } = account;
      const allotting = { platform, realNow: new Date().toISOString() };
      return enterByDomain(allotting, { subject: id, email, emailVerified }, asked);
    },
  };
}

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
    clients: machinesOf(table),
    accounts: accountsOf(platform),
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
