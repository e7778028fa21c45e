import type { Webhook } from '@laurel/contract/webhooks/schema';
import { putNew, putVersion, type Write } from './commit.ts';
import { afterOf, filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, queryItems, recordOf, type Table, TTL_ATTRIBUTE } from './table.ts';

/** A secret that deliveries are signed with, sealed; the former one until it has run out. */
export interface SealedSecret {
  readonly sealed: string;
  readonly until: string | null;
}

/** A webhook as it is stored. */
export interface WebhookRecord extends Webhook {
  /** The present one first. */
  readonly secrets: readonly SealedSecret[];
  /** Nobody sees it any more; what is on its way to it is given up. */
  readonly deleted: boolean;
}

function webhookKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['WEBHOOKS'], ['WEBHOOK', id]);
}

/** Creates a webhook. */
export function createWebhook(table: Table, scope: Scope, record: WebhookRecord): Write<'already_exists'>[] {
  const item = { ...webhookKey(scope, record.id), version: record.version, record };
  return [{ item: putNew(table, item), refusal: 'already_exists' }];
}

/** Puts a changed webhook in place of the version before it. */
export function updateWebhook(table: Table, scope: Scope, record: WebhookRecord): Write<'version_mismatch'>[] {
  const item = { ...webhookKey(scope, record.id), version: record.version, record };
  return [{ item: putVersion(table, item, record.version - 1), refusal: 'version_mismatch' }];
}

/** Deletes a webhook: it stays for the workers until what was on its way to it is over, then its item expires. */
export function deleteWebhook(
  table: Table,
  scope: Scope,
  record: WebhookRecord,
  expiresAt: number,
): Write<'version_mismatch'>[] {
  const buried = { ...record, version: record.version + 1, deleted: true, secrets: [] };
  const item = { ...webhookKey(scope, record.id), version: buried.version, record: buried, [TTL_ATTRIBUTE]: expiresAt };
  return [{ item: putVersion(table, item, record.version), refusal: 'version_mismatch' }];
}

/** Notes since when nothing has worked. It is no change that somebody made, so the version stays. */
export function setFailingSince(table: Table, scope: Scope, id: string, failingSince: string | null): Write[] {
  const { pk, sk } = webhookKey(scope, id);
  return [
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #record.failingSince = :since',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#record': 'record' },
          ExpressionAttributeValues: { ':since': failingSince },
        },
      },
      refusal: 'not_found',
    },
  ];
}

/** Reads a webhook as the workers see it, who must give up what was on its way to a deleted one. */
export async function getWebhookRecord(table: Table, scope: Scope, id: string): Promise<WebhookRecord | undefined> {
  const item = await getItem(table, webhookKey(scope, id));
  return item && recordOf<WebhookRecord>(item);
}

/** Reads a webhook. */
export async function getWebhook(table: Table, scope: Scope, id: string): Promise<WebhookRecord | undefined> {
  const record = await getWebhookRecord(table, scope, id);
  return record?.deleted === false ? record : undefined;
}

/** Every webhook of a workspace, deleted ones included: there are few. */
export async function allWebhooks(table: Table, scope: Scope): Promise<WebhookRecord[]> {
  const { pk } = webhookKey(scope, 'x');
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['WEBHOOK']) });
  return items.map(recordOf<WebhookRecord>);
}

/** Lists the webhooks of a workspace, by id. */
export function listWebhooks(table: Table, scope: Scope, reach: Reach): Promise<Listing<WebhookRecord>> {
  const { pk } = webhookKey(scope, 'x');
  const prefix = sortPrefix(['WEBHOOK']);
  return filteredListing(
    reach,
    (limit, after) => queryItems(table, { partition: pk, prefix, limit, ...afterOf({ limit, after }) }),
    sortKeyOf,
    recordOf<WebhookRecord>,
    ({ deleted }) => !deleted,
  );
}
