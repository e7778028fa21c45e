import type { ApiClient, ApiClientSecret } from '@laurel/contract/api-clients/schema';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach } from './listing.ts';
import { indexKeyOf, type Key, keyOf, platformScope, type Scope, tenantScope } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, type Table } from './table.ts';

/** A secret of a client, as it is stored: its hash alone. */
export interface StoredSecret extends ApiClientSecret {
  readonly hash: string;
}

/** An API client as it is stored: with its workspace and the hashes of its secrets, never the secrets. */
export interface ClientRecord extends Omit<ApiClient, 'secrets'> {
  readonly tenant: string;
  readonly workspace: string;
  /** One, or two while they are rotated; what has expired is among them until the next change. */
  readonly secrets: readonly StoredSecret[];
}

/** By tenant and id, since a tenant's authorizer knows both before it knows the workspace. */
function clientKey(tenant: string, id: string): Key {
  return keyOf(tenantScope(tenant), ['CLIENT', id], ['CLIENT']);
}

function directoryKey(id: string): Key {
  return keyOf(platformScope(), ['CLIENT', id], ['TENANT']);
}

function clientIndexKey(scope: Scope, id: string) {
  return indexKeyOf(scope, ['CLIENTS'], [id]);
}

/** Creates a client, and the line by which the token endpoint finds its tenant. */
export function createClient(table: Table, scope: Scope, record: ClientRecord): Write[] {
  const item = { ...clientKey(scope.tenant, record.id), ...clientIndexKey(scope, record.id), record };
  return [
    { item: putNew(table, item), refusal: 'already_exists' },
    {
      item: putNew(table, { ...directoryKey(record.id), record: { tenant: scope.tenant } }),
      refusal: 'already_exists',
    },
  ];
}

/** The secrets of a client that work at a moment. */
export function liveSecrets({ secrets }: Pick<ClientRecord, 'secrets'>, now: string): readonly StoredSecret[] {
  return secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
}

/** Puts other secrets in place of those that were read, as long as the client is not revoked. */
export function saveSecrets(
  table: Table,
  scope: Scope,
  { id, secrets }: ClientRecord,
  after: readonly StoredSecret[],
): Write<'client_moved'> {
  const { pk, sk } = clientKey(scope.tenant, id);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #record.#secrets = :after',
        ConditionExpression:
          '#record.workspace = :workspace AND #record.#status = :active AND #record.#secrets = :before',
        ExpressionAttributeNames: { '#record': 'record', '#secrets': 'secrets', '#status': 'status' },
        ExpressionAttributeValues: {
          ':after': after,
          ':before': secrets,
          ':active': 'active',
          ':workspace': scope.workspace,
        },
      },
    },
    refusal: 'client_moved',
  };
}

/** Takes a client's right to call away; once revoked, it stays revoked at the first time. */
export function revokeClient(table: Table, scope: Scope, id: string, revokedAt: string): Write[] {
  const { pk, sk } = clientKey(scope.tenant, id);
  return [
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #record.#status = :revoked, #record.revokedAt = :at',
          ConditionExpression: '#record.workspace = :workspace',
          ExpressionAttributeNames: { '#record': 'record', '#status': 'status' },
          ExpressionAttributeValues: { ':revoked': 'revoked', ':at': revokedAt, ':workspace': scope.workspace },
        },
      },
      refusal: 'not_found',
    },
  ];
}

/** Reads a client of a tenant. */
export async function getClient(table: Table, tenant: string, id: string): Promise<ClientRecord | undefined> {
  const item = await getItem(table, clientKey(tenant, id));
  return item && recordOf<ClientRecord>(item);
}

/** Reads a client of one workspace; one of another workspace is as absent as one that never was. */
export async function getWorkspaceClient(table: Table, scope: Scope, id: string): Promise<ClientRecord | undefined> {
  const client = await getClient(table, scope.tenant, id);
  return client?.workspace === scope.workspace ? client : undefined;
}

/** Finds the tenant of a client id; for the token endpoint, which is the same for all tenants. */
export async function tenantOfClient(table: Table, id: string): Promise<string | undefined> {
  const item = await getItem(table, directoryKey(id));
  return item && recordOf<{ tenant: string }>(item).tenant;
}

/** Lists the clients of a workspace, by id. */
export async function listClients(table: Table, scope: Scope, reach: Reach): Promise<Listing<ClientRecord>> {
  const { gsi1pk } = clientIndexKey(scope, 'x');
  const items = await queryItems(table, {
    partition: gsi1pk,
    index: true,
    limit: reach.limit + 1,
    ...afterOf(reach),
  });
  return listing(items, reach, (item: Item) => String(item.gsi1sk), recordOf<ClientRecord>);
}
