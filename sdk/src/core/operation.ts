import { UsageError } from './errors.ts';
import { newId } from './id.ts';
import { listOf } from './list.ts';
import type { ConditionalOptions, KeyedOptions } from './options.ts';
import type { Call, Send } from './transport.ts';
import { filledPath, queryText } from './url.ts';

/** Operations by resource and verb, each a line of `../generated/operations.ts`. */
export type OperationTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

type AnyOptions = KeyedOptions & Partial<ConditionalOptions>;

/** Every option may be missing, and is looked at by itself: any object will do. */
function isOptions(value: unknown): value is AnyOptions {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function etagOf({ ifMatch }: AnyOptions): string {
  const version = isObject(ifMatch) ? ifMatch.version : ifMatch;
  if (!Number.isSafeInteger(version)) throw new UsageError('ifMatch must be what you read, or its version.');
  return `"v${version}"`;
}

/** The event with an id, so that it counts once however often it is sent. */
function withId(event: object): object {
  return 'id' in event && event.id !== undefined ? event : { ...event, id: newId('evt') };
}

function withIds(body: object): object {
  if (!('events' in body)) return withId(body);
  if (!Array.isArray(body.events)) throw new UsageError('events must be an array.');
  return { ...body, events: body.events.map((event: unknown) => (isObject(event) ? withId(event) : event)) };
}

function jsonText(body: object): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new UsageError('The body is not JSON.', { cause });
  }
}

/** The method of an operation: path parameters, then the body, then the query, then the options. */
function methodOf(line: string, send: Send): (...given: readonly unknown[]) => unknown {
  const [, method = '', marks = '', path = ''] = /^([A-Z]+)(\W*) (.*)$/.exec(line) ?? [];
  const [paged, asks, bears, keyed, named, conditional] = ['*', '?', '>', '+', '#', '='].map((mark) =>
    marks.includes(mark),
  );
  const places = path.split(':').length - 1;

  function callOf(given: readonly unknown[]): { call: Call; query: object } {
    const rest = given.slice(places);
    const body = bears ? rest.shift() : undefined;
    const query = (paged || asks ? rest.shift() : undefined) ?? {};
    const options = rest.shift() ?? {};
    if (bears && !isObject(body)) throw new UsageError('The body must be an object.');
    if (!isObject(query) || !isOptions(options)) throw new UsageError('The query and the options must be objects.');
    const headers: Record<string, string> = {};
    if (keyed) headers['idempotency-key'] = options.idempotencyKey ?? newId('key');
    if (conditional) headers['if-match'] = etagOf(options);
    return {
      query,
      call: {
        method,
        path: filledPath(path, given),
        body: isObject(body) ? jsonText(named ? withIds(body) : body) : undefined,
        headers,
        // A conditional change is not repeated: had the first one worked, the second would be told of a mismatch.
        repeatable: method === 'GET' || keyed === true || named === true,
        options,
      },
    };
  }

  if (paged) {
    return (...given) =>
      listOf(async (cursor) => {
        const { call, query } = callOf(given);
        const asked = cursor === undefined ? query : { ...query, cursor };
        return send({ ...call, path: call.path + queryText(asked) });
      });
  }
  return async (...given) => {
    const { call, query } = callOf(given);
    return send({ ...call, path: call.path + queryText(query) });
  };
}

/**
 * The client of a table. Table and interface are generated from one contract, and a test walks both: that is what
 * the type parameter rests on.
 */
export function clientOf<Client extends object>(table: OperationTable, send: Send): Client;
export function clientOf(table: OperationTable, send: Send): object {
  const resources = Object.entries(table).map(([resource, lines]) => {
    const methods = Object.entries(lines).map(([verb, line]) => [verb, methodOf(line, send)]);
    return [resource, Object.fromEntries(methods)];
  });
  return Object.fromEntries(resources);
}
