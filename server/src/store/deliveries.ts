import type { DeliveryStatus, WebhookDelivery } from '@laurel/contract/webhooks/schema';
import { commit, put, putNew, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach } from './listing.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, recordOf, type Table, TTL_ATTRIBUTE } from './table.ts';

/** How long a delivery is kept after it was made, in seconds. */
const KEPT_FOR = 30 * 24 * 60 * 60;

/** A delivery as it is stored. */
export interface DeliveryRecord extends WebhookDelivery {
  /** How many attempts there were since `startedAt`. */
  readonly tries: number;
  /** When it was due first: 24 hours later it is given up. */
  readonly startedAt: string;
  /** A test goes out whatever the webhook's status. */
  readonly test: boolean;
  /** A new text each time that somebody takes it in hand or starts it anew; never the same twice. */
  readonly lease: string;
}

/** The id follows from what is told to whom, so that nothing is queued twice. */
export function deliveryId(happeningId: string, webhookId: string): string {
  return `${happeningId}.${webhookId}`;
}

function deliveryKey(scope: Scope, webhookId: string, id: string): Key {
  return keyOf(scope, ['DELIVERIES', webhookId], ['DELIVERY', id]);
}

/** What is pending stands in the index by when it is due, what is dead by its id, what is delivered not at all. */
function statusKey(scope: Scope, { webhookId, status, nextAttemptAt, id }: DeliveryRecord) {
  if (status === 'pending') return indexKeyOf(scope, ['DELIVERIES', webhookId, status], [nextAttemptAt ?? '', id]);
  return status === 'dead' ? indexKeyOf(scope, ['DELIVERIES', webhookId, status], [id]) : {};
}

function deliveryItem(scope: Scope, record: DeliveryRecord): Item {
  const expiresAt = Math.ceil(Date.parse(record.createdAt) / 1000) + KEPT_FOR;
  const keys = { ...deliveryKey(scope, record.webhookId, record.id), ...statusKey(scope, record) };
  return { ...keys, lease: record.lease, record, [TTL_ATTRIBUTE]: expiresAt };
}

/** Adds a delivery, which must not be there yet. */
export function addDelivery(table: Table, scope: Scope, record: DeliveryRecord): Write<'already_exists'>[] {
  return [{ item: putNew(table, deliveryItem(scope, record)), refusal: 'already_exists' }];
}

/** Puts a delivery, whatever was there: whoever had it in hand loses it. */
export function putDelivery(table: Table, scope: Scope, record: DeliveryRecord): Write[] {
  return [{ item: put(table, deliveryItem(scope, record)) }];
}

/** Puts a delivery in place of the one that has a lease: what was read is what is replaced. */
export function passDelivery(table: Table, scope: Scope, record: DeliveryRecord, from: string): Write<'taken'>[] {
  const item = {
    Put: {
      TableName: table.name,
      Item: deliveryItem(scope, record),
      ConditionExpression: '#lease = :from',
      ExpressionAttributeNames: { '#lease': 'lease' },
      ExpressionAttributeValues: { ':from': from },
    },
  };
  return [{ item, refusal: 'taken' }];
}

/** DynamoDB takes at most 100 writes in one transaction; smaller ones contend less. */
const AT_ONCE = 25;

/** Adds deliveries; those that are there already stay as they are. Answers with those that are new. */
export async function addDeliveries(
  table: Table,
  scope: Scope,
  records: readonly DeliveryRecord[],
): Promise<DeliveryRecord[]> {
  const added: DeliveryRecord[] = [];
  for (let start = 0; start < records.length; start += AT_ONCE) {
    const some = records.slice(start, start + AT_ONCE);
    const result = await commit(
      table,
      some.flatMap((record) => addDelivery(table, scope, record)),
    );
    if (result.kind === 'committed') {
      added.push(...some);
      continue;
    }
    const known = await knownOf(table, scope, some);
    for (const record of some.filter(({ id }) => !known.has(id))) {
      const one = await commit(table, addDelivery(table, scope, record));
      if (one.kind === 'contended') throw new Error('a delivery could not be queued: contended');
      if (one.kind === 'committed') added.push(record);
    }
  }
  return added;
}

/** The ids of those that are there. */
async function knownOf(table: Table, scope: Scope, some: readonly DeliveryRecord[]): Promise<ReadonlySet<string>> {
  const keys = some.map(({ id, webhookId }) => deliveryKey(scope, webhookId, id));
  return new Set((await getItems(table, keys)).map((item) => recordOf<DeliveryRecord>(item).id));
}

/** Puts deliveries, whatever was there. */
export async function putDeliveries(table: Table, scope: Scope, records: readonly DeliveryRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += AT_ONCE) {
    const some = records.slice(start, start + AT_ONCE).flatMap((record) => putDelivery(table, scope, record));
    const result = await commit(table, some);
    if (result.kind !== 'committed') throw new Error(`deliveries could not be queued: ${result.kind}`);
  }
}

/** Reads a delivery. Its id begins with the happening's, which has no dot. */
export async function getDelivery(table: Table, scope: Scope, id: string): Promise<DeliveryRecord | undefined> {
  const webhookId = id.slice(id.indexOf('.') + 1);
  const item = await getItem(table, deliveryKey(scope, webhookId, id));
  return item && recordOf<DeliveryRecord>(item);
}

/** The deliveries to a webhook that are due by a time, the longest due first. */
export async function dueDeliveries(
  table: Table,
  scope: Scope,
  webhookId: string,
  { now, limit }: { readonly now: string; readonly limit: number },
): Promise<DeliveryRecord[]> {
  const { gsi1pk } = indexKeyOf(scope, ['DELIVERIES', webhookId, 'pending'], []);
  const items = await queryItems(table, { partition: gsi1pk, index: true, limit });
  return items.map(recordOf<DeliveryRecord>).filter(({ nextAttemptAt }) => (nextAttemptAt ?? '') <= now);
}

/** When the next delivery to a webhook is due, or nothing where none is. */
export async function nextDueTo(table: Table, scope: Scope, webhookId: string): Promise<string | undefined> {
  const { gsi1pk } = indexKeyOf(scope, ['DELIVERIES', webhookId, 'pending'], []);
  const [first] = await queryItems(table, { partition: gsi1pk, index: true, limit: 1 });
  return first && (recordOf<DeliveryRecord>(first).nextAttemptAt ?? undefined);
}

/** Which deliveries to list. */
export interface DeliveryFilter {
  readonly status?: DeliveryStatus | undefined;
  readonly type?: string | undefined;
}

/** Lists the deliveries to some webhooks, the latest happening first (of pending ones, the last that is due). */
export function listDeliveries(
  table: Table,
  scope: Scope,
  webhookIds: readonly string[],
  { status, type }: DeliveryFilter,
  reach: Reach,
): Promise<Listing<DeliveryRecord>> {
  const indexed = status === 'pending' || status === 'dead';
  const sort = indexed ? 'gsi1sk' : 'sk';
  const positionOf = (item: Item) => String(item[sort]);
  const readOne = (webhookId: string, limit: number, after: string | undefined) =>
    queryItems(table, {
      descending: true,
      limit,
      ...(after === undefined ? {} : { after }),
      ...(indexed
        ? { partition: indexKeyOf(scope, ['DELIVERIES', webhookId, status], []).gsi1pk, index: true }
        : { partition: deliveryKey(scope, webhookId, '').pk, prefix: sortPrefix(['DELIVERY']) }),
    });
  const read = async (limit: number, after: string | undefined) => {
    const all = await Promise.all(webhookIds.map((id) => readOne(id, limit, after)));
    return all
      .flat()
      .sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1))
      .slice(0, limit);
  };
  const keep = (record: DeliveryRecord) =>
    (status === undefined || record.status === status) && (type === undefined || record.happening.type === type);
  return filteredListing(reach, read, positionOf, recordOf<DeliveryRecord>, keep);
}

/** Deliveries to a webhook as items of the table, those of the oldest happenings first, after a place among them. */
export function deliveriesFrom(
  table: Table,
  scope: Scope,
  webhookId: string,
  after: string | undefined,
  limit: number,
): Promise<Item[]> {
  const { pk: partition } = deliveryKey(scope, webhookId, '');
  const prefix = sortPrefix(['DELIVERY']);
  return queryItems(table, { partition, prefix, limit, ...(after === undefined ? {} : { after }) });
}
