import { bodyText } from './body.ts';
import { UsageError } from './errors.ts';
import { withIds } from './event-ids.ts';
import { newId } from './id.ts';
import { listOf } from './list.ts';
import { isObject } from './object.ts';
import type { ConditionalOptions, KeyedOptions } from './options.ts';
import type { Call, Send } from './transport.ts';
import { filledPath, queryText } from './url.ts';

/** Operations by resource and verb, each a line of `../generated/operations.ts`. */
export type OperationTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

type AnyOptions = KeyedOptions & Partial<ConditionalOptions>;

function etagOf({ ifMatch }: AnyOptions): string {
  const version = typeof ifMatch === 'object' ? (ifMatch.revision ?? ifMatch.version) : ifMatch;
  if (!Number.isSafeInteger(version)) throw new UsageError('ifMatch must be what you read, or its version.');
  return `"v${version}"`;
}

/** The method of an operation: path parameters, then the body, then the query, then the options. */
function methodOf(root: string, resource: string, line: string, send: Send): (...given: readonly unknown[]) => unknown {
  const [head = '', below = ''] = line.split(' ');
  const path = below[0] === '/' ? below : `/${resource}${below && '/'}${below}`;
  const has = (mark: string): boolean => head.includes(mark);
  const method = head.replace(/\W+/, '');
  const places = path.split(':').length - 1;

  function callOf(given: readonly unknown[], cursor?: string): Call {
    const rest = given.slice(places);
    const body = has('>') ? rest.shift() : undefined;
    const query = has('*') || has('?') ? rest.shift() : undefined;
    const options: AnyOptions = isObject(rest[0]) ? rest[0] : {};
    return {
      method,
      path: root + filledPath(path, given) + queryText({ ...(isObject(query) && query), ...(cursor && { cursor }) }),
      body: has('>') ? bodyText(has('#') ? withIds(body) : body) : undefined,
      headers: {
        'idempotency-key': has('+') ? (options.idempotencyKey ?? newId('key')) : undefined,
        'if-match': has('=') ? etagOf(options) : undefined,
      },
      // A conditional change is not repeated: had the first one worked, the second would be told of a mismatch.
      repeatable: method === 'GET' || has('+') || has('#'),
      options,
    };
  }

  // A promise, so that also a call that cannot be made is told of by a rejection.
  const sent = async (given: readonly unknown[], cursor?: string) => send(callOf(given, cursor));

  return has('*') ? (...given) => listOf((cursor) => sent(given, cursor)) : (...given) => sent(given);
}

function mapped<From>(all: Readonly<Record<string, From>>, make: (one: From, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, make(one, name)]));
}

/**
 * The client of a table. Table and interface are generated from one contract, and a test walks both: that is what
 * the type parameter rests on.
 */
export function clientOf<Client extends object>(context: string, table: OperationTable, send: Send): Client;
export function clientOf(context: string, table: OperationTable, send: Send): object {
  return mapped(table, (lines, resource) => mapped(lines, (line) => methodOf(`/${context}/v1`, resource, line, send)));
}
