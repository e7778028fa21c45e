import type { Effects, Event } from '@laurel/contract/events/schema';
import { putNew, type Write } from './commit.ts';
import { filteredListing, type Listing, type Reach } from './listing.ts';
import { playerKey } from './players.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, queryShards, recordOf, shardOf, type Table } from './table.ts';

/** An event with what it brought about. */
export interface EventRecord {
  readonly event: Event;
  readonly effects: Effects;
}

/** The mark that an event id is taken, by whose event and with which content. */
export interface EventMark {
  readonly id: string;
  readonly userId: string;
  readonly occurredAt: string;
  /** A hash of what the caller sent, so that the same id with other content is noticed. */
  readonly digest: string;
}

function markKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['E', id], ['EVENT']);
}

function historyKey(scope: Scope, mark: Pick<EventMark, 'id' | 'userId' | 'occurredAt'>): Key {
  return playerKey(scope, mark.userId, ['EVENT', mark.occurredAt, mark.id]);
}

function eventIndexPartition(scope: Scope, shard: number): string {
  return indexKeyOf(scope, ['EVENTS', String(shard)], []).gsi1pk;
}

/** Records an event under its id, which must be new, and in its player's history, in event time. */
export function saveEvent(table: Table, scope: Scope, record: EventRecord, digest: string): Write[] {
  const { id, userId, occurredAt } = record.event;
  const index = indexKeyOf(scope, ['EVENTS', String(shardOf(userId))], [occurredAt, id]);
  const mark: EventMark = { id, userId, occurredAt, digest };
  return [
    { item: putNew(table, { ...markKey(scope, id), record: mark }), refusal: 'event_known' },
    {
      // As text: effects are read and answered whole, never by part.
      item: putNew(table, { ...historyKey(scope, mark), ...index, record: JSON.stringify(record) }),
    },
  ];
}

function eventOf(item: Item): EventRecord {
  return JSON.parse(recordOf<string>(item));
}

/** Reads which of the ids are taken. */
export async function getMarks(table: Table, scope: Scope, ids: readonly string[]): Promise<Map<string, EventMark>> {
  const items = await getItems(
    table,
    [...new Set(ids)].map((id) => markKey(scope, id)),
  );
  return new Map(items.map(recordOf<EventMark>).map((mark) => [mark.id, mark]));
}

/** Reads recorded events by their marks. */
export async function getMarkedEvents(
  table: Table,
  scope: Scope,
  marks: readonly EventMark[],
): Promise<Map<string, EventRecord>> {
  const items = await getItems(
    table,
    marks.map((mark) => historyKey(scope, mark)),
  );
  return new Map(items.map(eventOf).map((record) => [record.event.id, record]));
}

/** Reads an event by its id. */
export async function getEvent(table: Table, scope: Scope, id: string): Promise<EventRecord | undefined> {
  const item = await getItem(table, markKey(scope, id));
  if (item === undefined) return undefined;
  const found = await getItem(table, historyKey(scope, recordOf<EventMark>(item)));
  return found && eventOf(found);
}

type Keep = (event: Event) => boolean;

/** Lists a player's events, the latest first. */
export function listPlayerEvents(
  table: Table,
  scope: Scope,
  userId: string,
  reach: Reach,
  keep: Keep,
): Promise<Listing<Event>> {
  const { pk } = playerKey(scope, userId, []);
  return filteredListing(
    reach,
    (limit, after) =>
      queryItems(table, {
        partition: pk,
        prefix: sortPrefix(['EVENT']),
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    (item) => String(item.sk),
    (item) => eventOf(item).event,
    keep,
  );
}

/** Lists the events of the workspace, the latest first. */
export function listEvents(table: Table, scope: Scope, reach: Reach, keep: Keep): Promise<Listing<Event>> {
  return filteredListing(
    reach,
    (limit, after) =>
      queryShards(table, (shard) => eventIndexPartition(scope, shard), {
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    (item) => String(item.gsi1sk),
    (item) => eventOf(item).event,
    keep,
  );
}
