import type { Tenant } from '@laurel/contract/tenants/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, platformScope, sortPrefix, tenantScope } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, type Table } from './table.ts';

/** A tenant as it is stored; `platform` marks the one whose operators run the platform. */
export interface TenantRecord extends Tenant {
  readonly platform: boolean;
  /** When it was opened by the machine's clock, in seconds since 1970: a token from before is not this tenant's. */
  readonly epoch?: number;
}

function tenantKey(slug: string): Key {
  return keyOf(tenantScope(slug), ['TENANT'], ['PROFILE']);
}

function directoryKey(slug: string): Key {
  return keyOf(platformScope(), ['TENANTS'], ['TENANT', slug]);
}

function workspaceKey(tenant: string, slug: string): Key {
  return keyOf(tenantScope(tenant), ['WORKSPACES'], ['WORKSPACE', slug]);
}

/** Opens a tenant: its own record, and its line in the platform's list. */
export function createTenant(table: Table, record: TenantRecord): Write[] {
  return [
    { item: putNew(table, { ...tenantKey(record.slug), record }), refusal: 'already_exists' },
    { item: putNew(table, { ...directoryKey(record.slug), record }), refusal: 'already_exists' },
  ];
}

/** Changes whether a tenant's API answers. */
export function setTenantStatus(table: Table, record: TenantRecord): Write[] {
  return [tenantKey(record.slug), directoryKey(record.slug)].map((key) => ({
    item: {
      Update: {
        TableName: table.name,
        Key: { pk: key.pk, sk: key.sk },
        UpdateExpression: 'SET #record.#status = :status',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#record': 'record', '#status': 'status' },
        ExpressionAttributeValues: { ':status': record.status },
      },
    },
    refusal: 'not_found',
  }));
}

/** Reads a tenant. */
export async function getTenant(table: Table, slug: string): Promise<TenantRecord | undefined> {
  const item = await getItem(table, tenantKey(slug));
  return item && recordOf<TenantRecord>(item);
}

/** Lists all tenants of the cell, by slug. */
export async function listTenants(table: Table, reach: Reach): Promise<Listing<TenantRecord>> {
  const { pk } = directoryKey('x');
  const prefix = sortPrefix(['TENANT']);
  const items = await queryItems(table, { partition: pk, prefix, limit: reach.limit + 1, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, recordOf<TenantRecord>);
}

/** Opens a workspace. */
export function createWorkspace(table: Table, record: Workspace): Write[] {
  const item = { ...workspaceKey(record.tenant, record.slug), version: record.version, record };
  return [{ item: putNew(table, item), refusal: 'already_exists' }];
}

/** That a workspace still is what it was read as; one from before there was a status is none of the others. */
const SAME_STATUS = '(attribute_not_exists(#record.#status) OR #record.#status = :was)';

/**
 * Puts a changed workspace in place of the version before it. Whether it answers is no matter of that version, so it must
 * still be what it was when it was read: whoever suspends it meanwhile is not undone.
 */
export function updateWorkspace(table: Table, record: Workspace): Write<'workspace_moved'>[] {
  return [
    {
      item: {
        Put: {
          TableName: table.name,
          Item: { ...workspaceKey(record.tenant, record.slug), version: record.version, record },
          ConditionExpression: `#version = :version AND ${SAME_STATUS}`,
          ExpressionAttributeNames: { '#version': 'version', '#record': 'record', '#status': 'status' },
          ExpressionAttributeValues: { ':version': record.version - 1, ':was': record.status },
        },
      },
      refusal: 'workspace_moved',
    },
  ];
}

/**
 * Changes whether a workspace answers, as long as it is what it was read as: of two who change that at once, each counts it
 * for what it then is. What is set of it stays at its version, which says nothing of that.
 */
export function setWorkspaceStatus(
  table: Table,
  { tenant, slug, status: was }: Workspace,
  status: Workspace['status'],
): Write<'workspace_moved'>[] {
  const { pk, sk } = workspaceKey(tenant, slug);
  return [
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #record.#status = :status',
          ConditionExpression: `attribute_exists(pk) AND ${SAME_STATUS}`,
          ExpressionAttributeNames: { '#record': 'record', '#status': 'status' },
          ExpressionAttributeValues: { ':status': status, ':was': was },
        },
      },
      refusal: 'workspace_moved',
    },
  ];
}

/** A workspace of an item; one from before there was a status answers. */
function workspaceOf(item: Item): Workspace {
  return { ...{ status: 'active' }, ...recordOf<Workspace>(item) };
}

/** Reads a workspace. */
export async function getWorkspace(table: Table, tenant: string, slug: string): Promise<Workspace | undefined> {
  const item = await getItem(table, workspaceKey(tenant, slug));
  return item && workspaceOf(item);
}

/** Lists the workspaces of a tenant, by slug. */
export async function listWorkspaces(table: Table, tenant: string, reach: Reach): Promise<Listing<Workspace>> {
  const { pk } = workspaceKey(tenant, 'x');
  const prefix = sortPrefix(['WORKSPACE']);
  const items = await queryItems(table, { partition: pk, prefix, limit: reach.limit + 1, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, workspaceOf);
}
