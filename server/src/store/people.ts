import { put, putVersion, type Write } from './commit.ts';
import { type Key, keyOf, platformScope, sortPrefix, tenantScope } from './scope.ts';
import { getItem, queryItems, recordOf, type Table } from './table.ts';

/** Somebody who works in a tenant: where. */
export interface PersonRecord {
  readonly subject: string;
  readonly email: string;
  readonly workspaces: readonly string[];
  readonly version: number;
}

function personKey(tenant: string, subject: string): Key {
  return keyOf(tenantScope(tenant), ['PEOPLE'], ['PERSON', subject]);
}

/** Reads somebody of a tenant. */
export async function getPerson(table: Table, tenant: string, subject: string): Promise<PersonRecord | undefined> {
  const item = await getItem(table, personKey(tenant, subject));
  return item && recordOf<PersonRecord>(item);
}

/** Puts somebody of a tenant in place of the version before. */
export function savePerson(table: Table, tenant: string, record: PersonRecord): Write<'person_moved'> {
  const item = { ...personKey(tenant, record.subject), version: record.version, record };
  return { item: putVersion(table, item, record.version - 1), refusal: 'person_moved' };
}

/** Forgets somebody who works in no workspace of a tenant any more. */
export function removePerson(table: Table, tenant: string, { subject, version }: PersonRecord): Write<'person_moved'> {
  const { pk, sk } = personKey(tenant, subject);
  return {
    item: {
      Delete: {
        TableName: table.name,
        Key: { pk, sk },
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      },
    },
    refusal: 'person_moved',
  };
}

/** A workspace that somebody may ask to enter. */
export interface Membership {
  readonly tenant: string;
  readonly workspace: string;
}

/** The central pool's own list, one line a workspace, so that a tenant writes its own lines and reads nobody's. */
function entranceKey(subject: string, { tenant, workspace }: Membership): Key {
  return keyOf(platformScope(), ['ENTRANCES', subject], ['ENTRANCE', tenant, workspace]);
}

/**
 * Offers somebody a workspace when they sign in. It gives no right: whether they may do anything there, the tenant's
 * authorizer asks of the tenant's own record of the member.
 */
export function openEntrance(table: Table, subject: string, place: Membership): Write {
  const { tenant, workspace } = place;
  return { item: put(table, { ...entranceKey(subject, place), record: { tenant, workspace } }) };
}

/** Offers it no more. */
export function closeEntrance(table: Table, subject: string, place: Membership): Write {
  const { pk, sk } = entranceKey(subject, place);
  return { item: { Delete: { TableName: table.name, Key: { pk, sk } } } };
}

/** The workspaces that somebody may ask to enter, in all tenants; for the pool, never for a tenant's API. */
export async function listEntrances(table: Table, subject: string): Promise<Membership[]> {
  const { pk: partition } = entranceKey(subject, { tenant: 'x', workspace: 'x' });
  const items = await queryItems(table, { partition, prefix: sortPrefix(['ENTRANCE']) });
  return items.map(recordOf<Membership>);
}
