import type { Write } from './commit.ts';
import { type Key, keyOf, type Scope } from './scope.ts';
import { getItem, queryItems, shardOf, type Table } from './table.ts';

/** How many lists the revocations of a workspace are spread over. */
export const REVOCATION_LISTS = 8;

/** Which list a credential's revocation stands in. */
export function revocationListOf(credential: string): number {
  return shardOf(credential);
}

function revocationKey(scope: Scope, credential: string): Key {
  return keyOf(scope, ['REVOCATIONS', String(revocationListOf(credential))], [credential]);
}

/**
 * Counts a credential as revoked.
 * @param credential the name of what a tier's credentials have in common
 */
export function saveRevocation(table: Table, scope: Scope, credential: string): Write {
  const { pk, sk } = revocationKey(scope, credential);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'ADD #times :one',
        ExpressionAttributeNames: { '#times': 'times' },
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
  };
}

/** How often a tier's credential was taken back; the next one takes the next number. */
export async function revocationsOf(table: Table, scope: Scope, credential: string): Promise<number> {
  const item = await getItem(table, revocationKey(scope, credential));
  return Number(item?.times ?? 0);
}

/** The revocations of one list: what was taken back, and how often. */
export async function listRevocations(
  table: Table,
  scope: Scope,
  list: number,
): Promise<readonly { readonly credential: string; readonly times: number }[]> {
  const { pk } = keyOf(scope, ['REVOCATIONS', String(list)], []);
  const items = await queryItems(table, { partition: pk });
  return items.map((item) => ({ credential: String(item.sk), times: Number(item.times) }));
}
