import type { PrivacyRequest } from '@laurel/contract/privacy/schema';
import { commit } from './commit.ts';
import { type DeliveryRecord, deliveriesFrom } from './deliveries.ts';
import { oldestBatches } from './happenings.ts';
import { oldestRequests } from './privacy.ts';
import type { Scope } from './scope.ts';
import { type Item, recordOf, type Table } from './table.ts';

/** How many items one step looks at. */
const STEP = 90;

/** What a step has removed, and whether there may be more. */
export interface Removal {
  readonly removed: number;
  readonly more: boolean;
}

async function remove(table: Table, items: readonly Item[]): Promise<number> {
  const result = await commit(
    table,
    items.map(({ pk, sk }) => ({ item: { Delete: { TableName: table.name, Key: { pk, sk } } } })),
  );
  if (result.kind !== 'committed') throw new Error(`what is kept no longer could not be removed: ${result.kind}`);
  return items.length;
}

/** Removes some of what was told of players before a time. */
export async function removeBatches(table: Table, scope: Scope, before: string): Promise<Removal> {
  const items = await oldestBatches(table, scope, before, STEP);
  return { removed: await remove(table, items), more: items.length === STEP };
}

/** Removes some deliveries to a webhook that were made before a time; those that are still to come about stay. */
export async function removeDeliveries(
  table: Table,
  scope: Scope,
  webhookId: string,
  before: string,
  after: string | undefined,
): Promise<Removal & { readonly last: string | undefined }> {
  const items = await deliveriesFrom(table, scope, webhookId, after, STEP);
  const old = items.filter((item) => recordOf<DeliveryRecord>(item).createdAt < before);
  const over = old.filter((item) => recordOf<DeliveryRecord>(item).status !== 'pending');
  const more = items.length === STEP && old.length === items.length;
  return { removed: await remove(table, over), more, last: more ? String(items.at(-1)?.sk) : undefined };
}

/** Removes some requests about personal data from before a time, but for erasures: their receipts are what proves them. */
export async function removeRequests(
  table: Table,
  scope: Scope,
  before: string,
  after: string | undefined,
): Promise<Removal & { readonly last: string | undefined }> {
  const items = await oldestRequests(table, scope, after, STEP);
  const old = items.filter((item) => recordOf<PrivacyRequest>(item).requestedAt < before);
  const gone = old.filter((item) => recordOf<PrivacyRequest>(item).kind !== 'erasure');
  const more = items.length === STEP && old.length === items.length;
  return { removed: await remove(table, gone), more, last: more ? String(items.at(-1)?.sk) : undefined };
}
