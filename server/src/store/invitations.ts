import { putVersion, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, sortPrefix, tenantScope } from './scope.ts';
import { getItem, queryItems, recordOf, type Table, TTL_ATTRIBUTE } from './table.ts';

/** An invitation as it is stored: with the hash of its token's secret, never the secret. */
export interface InvitationRecord {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly workspaces: readonly string[];
  /** What was done with it; that it expired, the time tells. */
  readonly status: 'pending' | 'accepted' | 'revoked';
  readonly secretHash: string;
  readonly invitedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly acceptedAt: string | null;
  readonly version: number;
}

/** Of the tenant as a whole, since one may be for several workspaces, and whoever accepts is in none. */
function invitationKey(tenant: string, id: string): Key {
  return keyOf(tenantScope(tenant), ['INVITATIONS'], ['INVITATION', id]);
}

/** For how long after its time an invitation is kept, in seconds: 60 days. Whom it names may never have had to do with us. */
const KEPT_FOR = 60 * 24 * 60 * 60;

/** Puts an invitation in place of the version before; the first is new. */
export function saveInvitation(table: Table, tenant: string, record: InvitationRecord): Write<'invitation_moved'> {
  const goesAt = Math.ceil(Date.parse(record.expiresAt) / 1000) + KEPT_FOR;
  const item = { ...invitationKey(tenant, record.id), version: record.version, record, [TTL_ATTRIBUTE]: goesAt };
  return { item: putVersion(table, item, record.version - 1), refusal: 'invitation_moved' };
}

/** Reads an invitation of a tenant. */
export async function getInvitation(table: Table, tenant: string, id: string): Promise<InvitationRecord | undefined> {
  const item = await getItem(table, invitationKey(tenant, id));
  return item && recordOf<InvitationRecord>(item);
}

/** Lists a tenant's invitations into one workspace, the oldest first. */
export function listInvitations(
  table: Table,
  { tenant, workspace }: { readonly tenant: string; readonly workspace: string },
  reach: Reach,
): Promise<Listing<InvitationRecord>> {
  const { pk: partition } = invitationKey(tenant, 'x');
  const prefix = sortPrefix(['INVITATION']);
  return filteredListing(
    reach,
    (limit, after) => queryItems(table, { partition, prefix, limit, ...(after === undefined ? {} : { after }) }),
    sortKeyOf,
    recordOf<InvitationRecord>,
    ({ workspaces }) => workspaces.includes(workspace),
  );
}
