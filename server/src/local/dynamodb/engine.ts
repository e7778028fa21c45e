import { createMeter } from './capacity.ts';
import { openCatalog } from './catalog.ts';
import { createCommitQueue } from './commit-queue.ts';
import type { Context } from './context.ts';
import { openDatabase, scrubLog } from './database.ts';
import { tableNotFound } from './errors.ts';
import { createFaults, type Fault } from './faults.ts';
import { openItemStore } from './item-store.ts';
import { openPageReader } from './page-reader.ts';
import { createRequestHandler, type EngineRequestHandler } from './request-handler.ts';
import { openStreamLog, type Stream, type StreamRecord } from './stream-log.ts';
import { openTokenStore } from './token-store.ts';
import { expireItems } from './ttl.ts';

export interface EngineOptions {
  /** A folder, made if it is not there, or `:memory:` for an engine whose content ends with it. */
  readonly location: string;
  /** Milliseconds since 1970; the system's clock by default. Expiry, streams and idempotency follow it. */
  readonly now?: () => number;
  /** Whether what is removed is overwritten on the disk at once; `scrub` does the same to the log. */
  readonly forgets?: boolean;
}

/** Called with the records of a commit, in order, once they are durable. */
export type StreamListener = (records: readonly StreamRecord[]) => void;

export interface StreamPosition {
  /** Only records after this sequence number; from the oldest that is kept without it. */
  readonly after?: string;
  /** At most so many records; 1,000 by default. */
  readonly limit?: number;
}

/** DynamoDB in this process. */
export interface Engine {
  /** What to give `new DynamoDBClient({ requestHandler })`; the streams client takes it as well. */
  readonly requestHandler: EngineRequestHandler;
  /**
   * Listens to the streams of all tables. An error that a listener throws is not caught: it surfaces as an uncaught
   * exception. Answers a function that ends the subscription.
   */
  subscribe(listener: StreamListener): () => void;
  /**
   * Records of a table's stream that are kept (24 hours): what a subscriber that was away has missed.
   * @throws {Error} ResourceNotFoundException if the table does not exist or has no stream
   */
  streamRecords(tableName: string, position?: StreamPosition): StreamRecord[];
  /**
   * Removes records of a table's stream up to a sequence number before their time, where nobody will ask for them.
   * @throws {Error} ResourceNotFoundException if the table does not exist or has no stream
   */
  dropRecords(tableName: string, upTo: string): void;
  /**
   * Removes items whose time to live has passed, and stream records and client tokens that are too old. Whoever owns
   * the engine calls it from time to time; until then expired items can be read, as in the service.
   * @returns how many items were removed, at most `limit`
   */
  expire(options?: { readonly limit?: number }): number;
  /** Units consumed since the engine was opened, those of failed conditional writes included. */
  consumedCapacity(tableName: string): { readonly readUnits: number; readonly writeUnits: number };
  /** Makes the next request for an operation fail. For tests. */
  failNext(fault: Fault): void;
  /** Leaves nothing in the database's log of what was changed or removed before. */
  scrub(): void;
  /** Closes the database. Requests that were not answered yet are refused and not carried out. */
  close(): void;
}

/**
 * Opens an engine.
 * @throws {Error} if another process has the folder open, or another version of the engine wrote it
 */
export function openEngine({ location, now = Date.now, forgets = false }: EngineOptions): Engine {
  const database = openDatabase(location, forgets);
  const streams = openStreamLog(database, now);
  const context: Context = {
    catalog: openCatalog(database),
    items: openItemStore(database, streams),
    pages: openPageReader(database),
    streams,
    tokens: openTokenStore(database, now),
    meter: createMeter(),
    now,
  };
  const listeners = new Set<StreamListener>();
  const faults = createFaults();
  const queue = createCommitQueue(database, {
    mark: () => mark(context),
    committed: () => publish(context, listeners),
  });
  return {
    requestHandler: createRequestHandler(context, queue, faults),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    streamRecords: (tableName, position = {}) => recordsOf(context, tableName, position),
    dropRecords: (tableName, upTo) =>
      queue.runNow({ writes: true, run: () => context.streams.drop(streamOf(context, tableName), Number(upTo)) }),
    expire: ({ limit = Number.MAX_SAFE_INTEGER } = {}) =>
      queue.runNow({ writes: true, run: () => expireAll(context, limit) }),
    consumedCapacity: (tableName) => context.meter.read(tableName),
    failNext: (fault) => faults.add(fault),
    scrub: () => scrubLog(database),
    close: () => database.close(),
  };
}

/** What is kept in memory beside the database goes back with it when work is undone. */
function mark({ streams, catalog }: Context): () => void {
  const appended = streams.appendedCount();
  const version = catalog.version();
  return () => {
    streams.forget(appended);
    if (catalog.version() !== version) catalog.reload();
  };
}

function publish({ streams }: Context, listeners: ReadonlySet<StreamListener>): void {
  const records = streams.takeAppended();
  if (records.length === 0) return;
  for (const listener of listeners) queueMicrotask(() => listener(records));
}

function streamOf({ catalog, streams }: Context, tableName: string): Stream {
  const arn = catalog.get(tableName).definition.stream?.arn;
  const stream = arn === undefined ? undefined : streams.find(arn);
  if (stream === undefined) throw tableNotFound();
  return stream;
}

function recordsOf(context: Context, tableName: string, { after, limit = 1000 }: StreamPosition) {
  return context.streams.read(streamOf(context, tableName), after === undefined ? 0 : Number(after), limit);
}

function expireAll(context: Context, limit: number): number {
  const removed = expireItems(context, limit);
  context.streams.trim();
  context.tokens.trim();
  return removed;
}
