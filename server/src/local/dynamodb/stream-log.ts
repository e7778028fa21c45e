import type { DatabaseSync } from 'node:sqlite';
import { equalItems, type Item } from './attribute-value.ts';
import { integer, text } from './database.ts';
import { itemSize } from './item-codec.ts';
import { keyAttributesOf } from './primary-key.ts';
import type { KeySchemaElement, StreamViewType } from './requests.ts';
import type { Table } from './table.ts';

/** How long a stream keeps its records, in milliseconds. */
const STREAM_RETENTION = 24 * 60 * 60 * 1000;

/** Who made a change: a caller, or the service itself when an item expired. */
export type Origin = 'caller' | 'expiry';

/** A record of a stream, in the shape that a Lambda function gets it from an event source mapping. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  /** Present when DynamoDB itself removed the item because it had expired. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
}

interface StreamDefinition {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly keySchema: readonly KeySchemaElement[];
  readonly view: StreamViewType;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly enabled: boolean;
}

/** A stream and its number in the database. */
export interface Stream {
  readonly id: number;
  readonly definition: StreamDefinition;
}

export interface StreamLog {
  open(definition: StreamDefinition): void;
  /** No record is added any more; those there are stay readable until they are old. */
  disable(arn: string): void;
  find(arn: string): Stream | undefined;
  list(): Stream[];
  append(table: Table, before: Item | undefined, after: Item | undefined, origin: Origin): void;
  /** Records after a sequence number that are not older than the retention, oldest first. */
  read(stream: Stream, after: number, limit: number): StreamRecord[];
  /** The last sequence number given to any record. */
  last(): number;
  /** Whether a record of a stream after a sequence number is older than the retention. */
  trimmedAfter(stream: Stream, after: number): boolean;
  /** Removes the records that are older than the retention. */
  trim(): void;
  /** Removes the records of a stream up to a sequence number, however old they are. */
  drop(stream: Stream, upTo: number): void;
  /** The records appended since the last call: to be published once they are committed. */
  takeAppended(): StreamRecord[];
  /** Forgets the records appended after the first so many: their transaction was rolled back. */
  forget(keep: number): void;
  appendedCount(): number;
}

export const REGION = 'local';

/** Sequence numbers as the service writes them: decimal text of 21 digits, so that they also sort as text. */
export function sequenceText(sequence: number): string {
  return sequence.toString().padStart(21, '0');
}

export function openStreamLog(database: DatabaseSync, now: () => number): StreamLog {
  const insertStream = database.prepare('INSERT INTO stream (arn, table_name, body) VALUES (?, ?, ?)');
  const updateStream = database.prepare('UPDATE stream SET body = ? WHERE arn = ?');
  const findStream = database.prepare('SELECT id, body FROM stream WHERE arn = ?');
  const listStreams = database.prepare('SELECT id, body FROM stream ORDER BY id');
  const insert = database.prepare('INSERT INTO stream_record (sequence, stream, at, body) VALUES (?, ?, ?, ?)');
  const select = database.prepare(
    'SELECT body FROM stream_record WHERE stream = ? AND sequence > ? AND at >= ? ORDER BY sequence LIMIT ?',
  );
  const lastSequence = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'stream_record'");
  // It looks at what comes after the number and at nothing before it: those who follow a stream ask with each commit.
  const trimmedAfter = database.prepare(
    'SELECT 1 FROM stream_record WHERE stream = ? AND sequence > ? AND at < ? LIMIT 1',
  );
  const trim = database.prepare('DELETE FROM stream_record WHERE at < ?');
  const drop = database.prepare('DELETE FROM stream_record WHERE stream = ? AND sequence <= ?');
  const trimStreams = database.prepare(
    `DELETE FROM stream WHERE json_extract(body, '$.enabled') = 0 AND json_extract(body, '$.createdAt') < ?
     AND NOT EXISTS (SELECT 1 FROM stream_record WHERE stream = stream.id)`,
  );
  const ids = new Map<string, number>();
  let appended: StreamRecord[] = [];
  /** Ahead of the database while a transaction runs; a number lost to a rollback only leaves a gap. */
  let sequence = integer(lastSequence.get()?.seq ?? 0);
  const horizon = () => now() - STREAM_RETENTION;

  function streamOf(row: ReturnType<typeof findStream.get>): Stream | undefined {
    return row === undefined ? undefined : { id: integer(row.id), definition: JSON.parse(text(row.body)) };
  }

  function idOf(arn: string): number {
    const id = ids.get(arn) ?? streamOf(findStream.get(arn))?.id;
    if (id === undefined) throw new Error(`The stream ${arn} is missing.`);
    ids.set(arn, id);
    return id;
  }

  return {
    open: (definition) => void insertStream.run(definition.arn, definition.tableName, JSON.stringify(definition)),
    disable(arn) {
      const stream = streamOf(findStream.get(arn));
      if (stream !== undefined) updateStream.run(JSON.stringify({ ...stream.definition, enabled: false }), arn);
    },
    find: (arn) => streamOf(findStream.get(arn)),
    list: () => listStreams.all().flatMap((row) => streamOf(row) ?? []),
    append(table, before, after, origin) {
      const change = recordedChange(table, before, after);
      if (change === undefined) return;
      sequence += 1;
      const at = now();
      const record = streamRecord(table, change, { sequence, at, origin });
      insert.run(sequence, idOf(change.arn), at, JSON.stringify(record));
      appended.push(record);
    },
    read: (stream, after, limit) =>
      select.all(stream.id, after, horizon(), limit).map((row): StreamRecord => JSON.parse(text(row.body))),
    last: () => sequence,
    trimmedAfter: (stream, after) => trimmedAfter.get(stream.id, after, horizon()) !== undefined,
    trim() {
      trim.run(horizon());
      trimStreams.run(horizon());
    },
    drop: (stream, upTo) => void drop.run(stream.id, upTo),
    takeAppended() {
      const taken = appended;
      appended = [];
      return taken;
    },
    forget: (keep) => void appended.splice(keep),
    appendedCount: () => appended.length,
  };
}

interface Change {
  readonly arn: string;
  readonly view: StreamViewType;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** A write that changes nothing leaves no record. */
function recordedChange(table: Table, before: Item | undefined, after: Item | undefined): Change | undefined {
  const { stream } = table.definition;
  if (stream === undefined || (before === undefined && after === undefined)) return undefined;
  if (before !== undefined && after !== undefined && equalItems(before, after)) return undefined;
  return { arn: stream.arn, view: stream.view, before, after };
}

interface Circumstances {
  readonly sequence: number;
  readonly at: number;
  readonly origin: Origin;
}

function streamRecord(table: Table, change: Change, { sequence, at, origin }: Circumstances): StreamRecord {
  const { before, after, view } = change;
  const images = {
    ...(after !== undefined && (view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES') && { NewImage: after }),
    ...(before !== undefined && (view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES') && { OldImage: before }),
  };
  const Keys = keyAttributesOf(table.key, after ?? before ?? {});
  const sizes = [Keys, ...Object.values(images)].map(itemSize);
  return {
    eventID: sequence.toString(16).padStart(32, '0'),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    eventSourceARN: change.arn,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys,
      ...images,
      SequenceNumber: sequenceText(sequence),
      SizeBytes: sizes.reduce((sum, size) => sum + size, 0),
      StreamViewType: view,
    },
    ...(origin === 'expiry' && {
      userIdentity: { type: 'Service' as const, principalId: 'dynamodb.amazonaws.com' as const },
    }),
  };
}
