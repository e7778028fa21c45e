import type { Effects, Event } from '@laurel/contract/events/schema';
import { type Entry, type Folded, isLimited, type Position } from '../domain/index.ts';
import { commit, putNew, type Write } from './commit.ts';
import { historyKey, saveLine, type Voided } from './history.ts';
import { filteredListing, type Listing, type Reach } from './listing.ts';
import { playerKey } from './players.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, queryShards, recordOf, shardOf, type Table } from './table.ts';

/** An event with what it brought about. */
export interface EventRecord {
  readonly event: Event;
  readonly effects: Effects;
}

/** The mark that an event id is taken, by whose event and with which content, and what its sender was answered. */
export interface EventMark {
  readonly id: string;
  readonly userId: string;
  readonly occurredAt: string;
  /** A hash of what the caller sent, so that the same id with other content is noticed. */
  readonly digest: string;
  readonly receipt: EventRecord;
}

function markKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['E', id], ['EVENT']);
}

function eventIndexPartition(scope: Scope, shard: number): string {
  return indexKeyOf(scope, ['EVENTS', String(shard)], []).gsi1pk;
}

/** Records an event under its id, which must be new, and in its player's history, in event time. */
export function saveEvent(
  table: Table,
  scope: Scope,
  record: EventRecord,
  line: { readonly entry: Entry; readonly folded: Folded },
  digest: string,
): Write[] {
  const { id, userId, occurredAt } = record.event;
  const index = indexKeyOf(scope, ['EVENTS', String(shardOf(userId))], [occurredAt, id]);
  // The receipt is kept here and not in the history: no fold needs it, and it is larger than a line.
  const mark = markItem(scope, { id, userId, occurredAt, digest, receipt: record });
  return [{ item: putNew(table, mark), refusal: 'event_known' }, saveLine(table, scope, line, index)];
}

/** What tells of the content is in one text, since it is sealed: a second one would cost as much again. */
function markItem(scope: Scope, { id, userId, occurredAt, ...content }: EventMark): Item {
  return { ...markKey(scope, id), record: { id, userId, occurredAt }, receipt: JSON.stringify(content) };
}

function markOf(item: Item): EventMark {
  const content: Pick<EventMark, 'digest' | 'receipt'> = JSON.parse(String(item.receipt));
  return { ...recordOf<Pick<EventMark, 'id' | 'userId' | 'occurredAt'>>(item), ...content };
}

/** What conditions saw of a user who is not to be known any more. */
function nobody({ id }: Entry['user']): Entry['user'] {
  return { id, language: '', zone: '', attributes: {}, tags: [] };
}

/** How many lines of a history one step reads; of each event there are two items to write. */
const STEP = 45;

/** What a step has erased, and after which place the next one goes on; null where there is nothing left. */
export interface Unsaid {
  readonly erased: number;
  readonly next: string | null;
}

/**
 * Erases what events of a player said, and what conditions saw of the player, in a part of their history: after one
 * place of it, where one is given, up to a position. What they came to stays, and that their ids are taken.
 */
export async function unsaySome(
  table: Table,
  scope: Scope,
  userId: string,
  after: string | undefined,
  last: Position,
): Promise<Unsaid> {
  const { pk: partition, sk: end } = historyKey(scope, userId, last);
  const prefix = sortPrefix(['HISTORY']);
  const found = await queryItems(table, { partition, prefix, limit: STEP, ...(after === undefined ? {} : { after }) });
  const items = found.filter((item) => String(item.sk) <= end);
  const entries = items.map((item): Entry => JSON.parse(String(item.entry))).filter(({ act }) => act === null);
  const marks = await getMarks(
    table,
    scope,
    entries.map(({ id }) => id),
  );
  const result = await commit(
    table,
    entries.flatMap((entry) => {
      const mark = marks.get(entry.id);
      return [unsaidLine(table, scope, entry), ...(mark?.userId === userId ? [unsaidMark(table, scope, mark)] : [])];
    }),
  );
  if (result.kind !== 'committed') throw new Error(`what events said could not be erased: ${result.kind}`);
  const isDone = items.length < found.length || found.length < STEP;
  return { erased: entries.length, next: isDone ? null : String(found.at(-1)?.sk) };
}

function unsaidLine(table: Table, scope: Scope, entry: Entry): Write {
  const { pk, sk } = historyKey(scope, entry.userId, { at: entry.occurredAt, id: entry.id });
  const unsaid: Entry = { ...entry, attributes: {}, user: nobody(entry.user) };
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #entry = :entry',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#entry': 'entry' },
        ExpressionAttributeValues: { ':entry': JSON.stringify(unsaid) },
      },
    },
  };
}

/** Nothing has the digest of the mark any more: whoever sends the id again is told that it is taken. */
function unsaidMark(table: Table, scope: Scope, mark: EventMark): Write {
  const { event, effects } = mark.receipt;
  const item = markItem(scope, { ...mark, digest: '', receipt: { event: { ...event, attributes: {} }, effects } });
  return { item: { Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_exists(pk)' } } };
}

/** Since when the event of a line of a history counts no more. */
function voidedAtOf({ voided }: Item): string | null {
  if (voided === undefined) return null;
  const { at }: Voided = JSON.parse(String(voided));
  return at;
}

/** The event of a line of a history, as it is known by now; nothing where the line is an act. */
function eventOf(item: Item): Event | undefined {
  const entry: Entry = JSON.parse(String(item.entry));
  if (entry.act !== null) return undefined;
  const { id, activity, userId, occurredAt, receivedAt, value, attributes } = entry;
  return { id, activity, userId, occurredAt, receivedAt, value, attributes, ...becomeOf(item) };
}

/** What has become of an event since: it is on its line, and not in its receipt. */
function becomeOf(line: Item): Pick<Event, 'voidedAt' | 'limited'> {
  const folded: Folded = JSON.parse(String(line.folded));
  return { voidedAt: voidedAtOf(line), limited: isLimited(folded) };
}

/** An event as it was answered, and as it is known by now. */
function recordAt({ receipt }: EventMark, line: Item): EventRecord {
  return { ...receipt, event: { ...receipt.event, ...becomeOf(line) } };
}

function placeOf(scope: Scope, { userId, occurredAt, id }: Pick<EventMark, 'id' | 'userId' | 'occurredAt'>): Key {
  return historyKey(scope, userId, { at: occurredAt, id });
}

/** Reads which of the ids are taken. */
export async function getMarks(table: Table, scope: Scope, ids: readonly string[]): Promise<Map<string, EventMark>> {
  const items = await getItems(
    table,
    [...new Set(ids)].map((id) => markKey(scope, id)),
  );
  return new Map(items.map(markOf).map((mark) => [mark.id, mark]));
}

/** Reads recorded events by their marks. */
export async function getMarkedEvents(
  table: Table,
  scope: Scope,
  marks: readonly EventMark[],
): Promise<Map<string, EventRecord>> {
  const places = new Map(marks.map((mark) => [placeOf(scope, mark).sk, mark]));
  const items = await getItems(
    table,
    marks.map((mark) => placeOf(scope, mark)),
  );
  return new Map(
    items.flatMap((item) => {
      const mark = places.get(String(item.sk));
      return mark === undefined ? [] : [[mark.id, recordAt(mark, item)] as const];
    }),
  );
}

/** Reads an event by its id. */
export async function getEvent(table: Table, scope: Scope, id: string): Promise<EventRecord | undefined> {
  const item = await getItem(table, markKey(scope, id));
  if (item === undefined) return undefined;
  const mark = markOf(item);
  const found = await getItem(table, placeOf(scope, mark));
  return found && recordAt(mark, found);
}

/** Which events to list; acts are no events. */
export type Keep = (event: Event) => boolean;

async function listed(
  reach: Reach,
  read: (limit: number, after: string | undefined) => Promise<Item[]>,
  positionOf: (item: Item) => string,
  keep: Keep,
): Promise<Listing<Event>> {
  const found = await filteredListing(reach, read, positionOf, eventOf, (event) => event !== undefined && keep(event));
  return { ...found, items: found.items.flatMap((event) => event ?? []) };
}

/** Lists a player's events, the latest first. */
export function listPlayerEvents(
  table: Table,
  scope: Scope,
  userId: string,
  reach: Reach,
  keep: Keep,
): Promise<Listing<Event>> {
  const { pk } = playerKey(scope, userId, []);
  return listed(
    reach,
    (limit, after) =>
      queryItems(table, {
        partition: pk,
        prefix: sortPrefix(['HISTORY']),
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    (item) => String(item.sk),
    keep,
  );
}

/** Lists the events of the workspace, the latest first. */
export function listEvents(table: Table, scope: Scope, reach: Reach, keep: Keep): Promise<Listing<Event>> {
  return listed(
    reach,
    (limit, after) =>
      queryShards(table, (shard) => eventIndexPartition(scope, shard), {
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    (item) => String(item.gsi1sk),
    keep,
  );
}
