import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import type { Backing } from '../../src/local/backing.ts';
import type { StreamConsumer } from '../../src/ports/stream.ts';
import type { Place } from '../support/platform.ts';
import { isDueOf, isMiss, isOwnKey, isRecord, isRecordOf, isUsageOf, routeOf, type SeenKey } from './own-keys.ts';

/** One call over HTTP, or one turn of the stream, and what the store was asked for in it. */
export interface Watched {
  readonly what: string;
  readonly mayTouch: (key: SeenKey) => boolean;
  /** How often the store was asked. */
  asked: number;
  /** How many writes it took, beside the record that each call leaves, and the count of wrong codes. */
  written: number;
}

/** Sees every request to a table, and whose it is. */
export interface Watch {
  /** The table's backing, watched. */
  readonly backing: Backing;
  /** Says whose a token is; whoever has another is nobody. */
  knows(token: string, place: Place): void;
  /** Every key since the last time that was none of its call's business, with the call. */
  strayed(): readonly string[];
  /** What was seen of the call that carried this in its header `x-watched`. */
  callOf(mark: string): Watched | undefined;
  close(): void;
}

const textOf = (value: unknown): string =>
  String(typeof value === 'object' && value !== null && 'S' in value ? value.S : value);

/** How keys are named, with what stands beside them: in the table, in its index, and in conditions of a query. */
const names = [
  ['pk', 'sk'],
  ['gsi1pk', 'gsi1sk'],
  [':pk', ':low'],
] as const;

/** The keys in a request or an answer, at every depth. */
function keysIn(value: unknown, under: readonly (readonly [string, string])[] = names): SeenKey[] {
  if (Array.isArray(value)) return value.flatMap((one) => keysIn(one, under));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const entries = new Map<string, unknown>(Object.entries(value));
  const own = under.flatMap(([partition, sort]) =>
    entries.has(partition)
      ? [{ partition: textOf(entries.get(partition)), sort: textOf(entries.get(sort) ?? '') }]
      : [],
  );
  return [...own, ...[...entries.values()].flatMap((one) => keysIn(one, under))];
}

/** Paths that are no tenant's: the issuer is for all tenants, and finds out itself whose who signs in is. */
const SHARED = new Set(['issuer', 'docs', 'openapi', 'health', 'console']);

/** What a request may touch, told from the request alone. */
function watchedOf(request: IncomingMessage, callers: ReadonlyMap<string, Place>): Watched {
  const [target = '/'] = (request.url ?? '/').split('?');
  const [, host = '', path = ''] = /^\/([^/]*)(.*)$/.exec(target) ?? [];
  const route = routeOf(request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'), path);
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const asked = { host, caller: callers.get(token), route, path };
  const mayTouch = (key: SeenKey) => SHARED.has(host) || isOwnKey(asked, key);
  return { what: `${route?.name ?? request.method} ${target}`, mayTouch, asked: 0, written: 0 };
}

/** The workspace that a key is of. */
function placeOf(partition: string): Place {
  const [, tenant = '', workspace = ''] = /^T#([^#]+)#W#([^#]+)#/.exec(partition) ?? [];
  return { tenant, workspace };
}

/** A consumer of the stream as a call of its own: the changes that it is told of say what it may touch. */
function watchedConsumer(current: AsyncLocalStorage<Watched>, consumer: StreamConsumer): StreamConsumer {
  return {
    ...consumer,
    consume: (changes) => {
      const places = changes.map(({ key }) => placeOf(key.pk));
      const mayTouch = (key: SeenKey) =>
        places.some(
          (place) =>
            key.partition.startsWith(`T#${place.tenant}#W#${place.workspace}#`) ||
            isDueOf(place, key) ||
            isRecordOf(place, key) ||
            (consumer.name === 'usage' && isUsageOf(place, key)),
        );
      const call: Watched = { what: `the consumer ${consumer.name}`, mayTouch, asked: 0, written: 0 };
      return current.run(call, () => consumer.consume(changes));
    },
  };
}

/** Whether a request is for the table; what each consumer has taken is kept in another. */
function isFor(name: string, input: object): boolean {
  if ('TableName' in input && typeof input.TableName === 'string') return input.TableName === name;
  return true;
}

const WRITES = /^(?:TransactWrite|Put|Update|Delete|BatchWrite)/;

/** Watches a table: by whom it is asked is known from the call in which it is asked, however calls interleave. */
export function watchTable(inner: Backing): Watch {
  const current = new AsyncLocalStorage<Watched>();
  const callers = new Map<string, Place>();
  const marked = new Map<string, Watched>();
  const strays: string[] = [];

  const begin = (message: unknown) => {
    const request: unknown = Object(message).request;
    if (!(request instanceof IncomingMessage)) throw new Error('a request is a request');
    const call = watchedOf(request, callers);
    const mark = request.headers['x-watched'];
    if (typeof mark === 'string') marked.set(mark, call);
    current.enterWith(call);
  };
  subscribe('http.server.request.start', begin);

  const judge = (call: Watched, keys: readonly SeenKey[]) => {
    for (const key of keys) {
      if (!call.mayTouch(key)) strays.push(`${call.what}: ${key.partition} ${key.sort}`);
    }
  };
  inner.table.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const call = current.getStore();
        if (call === undefined || !isFor(inner.table.name, args.input)) return next(args);
        const keys = keysIn(args.input);
        call.asked += 1;
        if (keys.length === 0) strays.push(`${call.what}: ${commandName} names no key, which reads everything`);
        judge(call, keys);
        const answer = await next(args);
        if (WRITES.test(commandName) && !keys.every((key) => isRecord(key) || isMiss(key))) call.written += 1;
        // Where an item stands is whose it is; in which lists it is besides, is its own affair.
        judge(call, keysIn(answer.output, names.slice(0, 1)));
        return answer;
      },
    { step: 'initialize', name: 'watch-store', priority: 'high' },
  );

  return {
    backing: {
      ...inner,
      follow: (consumers, onError) =>
        inner.follow(
          consumers.map((consumer) => watchedConsumer(current, consumer)),
          onError,
        ),
    },
    knows: (token, place) => {
      callers.set(token, place);
    },
    strayed: () => strays.splice(0),
    callOf: (mark) => marked.get(mark),
    close: () => unsubscribe('http.server.request.start', begin),
  };
}
