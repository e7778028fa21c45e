import type { Issuer } from '@laurel/contract/issuers/schema';
import { putVersion, type Write } from './commit.ts';
import { type Key, keyOf, tenantScope } from './scope.ts';
import { getItem, recordOf, type Table } from './table.ts';

/** The issuers of a tenant, which are few: one item, so that an authorizer finds one by its name with one read. */
export interface IssuersRecord {
  readonly items: readonly Issuer[];
  readonly version: number;
}

function issuersKey(tenant: string): Key {
  return keyOf(tenantScope(tenant), ['ISSUERS'], ['ISSUERS']);
}

/** Reads a tenant's own issuers. */
export async function getIssuers(table: Table, tenant: string): Promise<IssuersRecord> {
  const item = await getItem(table, issuersKey(tenant));
  return item === undefined ? { items: [], version: 0 } : recordOf<IssuersRecord>(item);
}

/** Puts a tenant's issuers in place of those of the version before. */
export function putIssuers(table: Table, tenant: string, record: IssuersRecord): Write<'issuers_moved'>[] {
  const item = { ...issuersKey(tenant), version: record.version, record };
  return [{ item: putVersion(table, item, record.version - 1), refusal: 'issuers_moved' }];
}
