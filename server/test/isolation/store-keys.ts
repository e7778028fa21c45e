import { join } from 'node:path';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createCache } from '../../src/cache/cache.ts';
import type { Vault } from '../../src/ports/vault.ts';
import { type Scope, workspaceScope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';
import { glass } from '../support/glass-vault.ts';
import { isDueOf, isRecordedOf, isRecordOf } from './own-keys.ts';
import { MORE, PARTITION, PLACE, STORE, type StoreCall, type Written } from './store-calls.ts';

/**
 * What the table answers: that nothing is there, that whatever is asked for is, that it is and nothing may be written, or
 * that it is but for what is asked for first.
 */
const fillings = ['empty', 'full', 'closed', 'late'] as const;
/** What stands in it sorts like what a release has put aside. */
const SORT = 'a-release#a-sort';

/** An event, as its line in the history of who is asked about and its mark have it. */
const EVENT = { id: 'an-event', userId: 'a-userId', occurredAt: '2026-01-01T00:00:00.000Z' };
const LINE = 'HISTORY#0#an-event';
const said = {
  status: 'active',
  accepted: '{}',
  entry: JSON.stringify({ ...EVENT, act: null, attributes: {}, user: { id: EVENT.userId } }),
  receipt: JSON.stringify({ digest: '', receipt: { event: { attributes: {} }, effects: {} } }),
  externalIdKey: 'a-digest',
};

/** Anything at all: a text, a number, a list of one, or a thing with every part, as it is asked. */
function anything(): unknown {
  const text = 'a-text';
  return new Proxy(() => undefined, {
    get(_target, name) {
      if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 1 : text);
      if (name === Symbol.iterator) return [anything()][Symbol.iterator].bind([anything()]);
      if (typeof name === 'symbol' || name === 'then') return undefined;
      if (name === 'length') return 1;
      const list: unknown = Reflect.get(Array.prototype, name);
      if (typeof list === 'function' && !Reflect.has(String.prototype, name)) return list.bind([anything()]);
      const own: unknown = Reflect.get(String.prototype, name);
      if (typeof own === 'function' && !Reflect.has(Array.prototype, name)) return own.bind(text);
      return anything();
    },
    apply: () => anything(),
  });
}

/** A vault that keeps nothing, and tells whose keys it was asked for. */
function notedVault(note: (value: unknown) => void): Vault {
  const of = ({ tenant, workspace }: Scope) => note({ pk: `T#${tenant}#W#${workspace}#VAULT`, sk: '' });
  return {
    ...glass,
    async digestOf(scope, ...rest) {
      of(scope);
      return glass.digestOf(scope, ...rest);
    },
    async seal(owner, ...rest) {
      of(owner.scope);
      return glass.seal(owner, ...rest);
    },
  };
}

interface Place {
  readonly partition: string;
  readonly sort: string | undefined;
}

/** Every partition that is named in a value, at any depth, with the place in it where that stands beside it. */
function* placesIn(value: unknown): Generator<Place> {
  if (typeof value === 'string') {
    if (value.startsWith('T#')) yield { partition: value, sort: undefined };
  } else if (Array.isArray(value) || value instanceof Set || value instanceof Map) {
    for (const one of value) yield* placesIn(one);
  } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    const parts = new Map<string, unknown>(Object.entries(value));
    for (const [pk, sk] of [
      ['pk', 'sk'],
      ['gsi1pk', 'gsi1sk'],
    ] as const) {
      const partition = parts.get(pk);
      if (typeof partition === 'string') yield { partition, sort: String(parts.get(sk) ?? '') };
      parts.delete(pk);
    }
    for (const one of parts.values()) yield* placesIn(one);
  }
}

/** Whether a place is of the scope that was asked for: its workspace's, its tenant's, or its own in one of the cell's lines. */
function isOwn({ partition, sort }: Place): boolean {
  const { tenant, workspace } = PLACE;
  if (partition.startsWith(`T#${tenant}#W#${workspace}#`)) return true;
  if (partition.startsWith(`T#${tenant}#W#@#`))
    return partition !== `T#${tenant}#W#@#WORKSPACES` || isNamed(partition, sort);
  if (!partition.startsWith('T#@platform#W#@#')) return false;
  const key = { partition, sort: sort ?? '' };
  if (sort === undefined || !/#(?:DUE|AUDIT)#/.test(partition)) return true;
  return isDueOf(PLACE, key) || isRecordedOf(PLACE, key);
}

/** Of the records of a tenant's workspaces, the own. */
function isNamed(partition: string, sort: string | undefined): boolean {
  return (
    sort === undefined || sort === '' || isRecordOf(PLACE, { partition, sort }) || sort === `WORKSPACE#${PLACE.tenant}`
  );
}

/** Who calls the store, and tells what it asked for. */
export interface Caller {
  /** The places of others that a call led to, and how many places it named at all. */
  call(one: StoreCall): Promise<{ readonly strays: readonly string[]; readonly named: number }>;
}

/** Calls the store over a table that answers everything, and notes every key. */
export function createCaller(): Caller {
  const seen: Place[] = [];
  let filled: (typeof fillings)[number] = 'empty';
  const note = (value: unknown) => void seen.push(...placesIn(value));
  const item = (key: { readonly pk?: string; readonly sk?: string }) => ({
    ...said,
    ...{ pk: PARTITION, sk: SORT, gsi1sk: SORT, version: 1, ...key },
    record: key.pk?.includes('#E#') === true ? EVENT : anything(),
  });
  /** How often it was asked in one call. */
  let asked = 0;
  const vault = notedVault(note);

  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  client.middlewareStack.add(
    () => async (args) => {
      note(args.input);
      return { output: { $metadata: {}, ...answerTo(args.input) }, response: undefined };
    },
    { step: 'initialize', name: 'note-keys', priority: 'high' },
  );
  function answerTo(input: object): object {
    const { Key, RequestItems = {}, KeyConditionExpression }: Record<string, object> = { ...input };
    if (filled === 'closed' && 'TransactItems' in input) {
      const reasons = { CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] };
      throw new TransactionCanceledException({ $metadata: {}, message: 'refused', ...reasons });
    }
    asked += 1;
    if (filled === 'empty' || (filled === 'late' && asked === 1)) return { Items: [], Count: 0, Responses: {} };
    if (Key !== undefined) return { Item: item(Key) };
    if (KeyConditionExpression !== undefined) return { Items: [item({}), item({ sk: LINE })], Count: 2 };
    const responses = Object.entries(RequestItems).map(([name, { Keys = [] }]) => [name, Keys.map(item)]);
    return { Responses: Object.fromEntries(responses) };
  }
  const table: Table = { client, name: 'laurel', vault };

  const special: Readonly<Record<string, (of: unknown) => unknown>> = {
    undefined: () => undefined,
    table: () => table,
    scope: (): Scope => workspaceScope(PLACE.tenant, PLACE.workspace),
    cache: () => createCache(),
    date: () => new Date(0),
    set: (of) => new Set(Object(of)),
    many: (of) => Array.from({ length: MORE }, () => of),
    map: (of) => new Map(Object(of)),
    promise: async (of) => of,
    function: (of) => () => of,
    stream: (of) =>
      (async function* () {
        yield* Object(of);
      })(),
  };
  function read(written: Written): unknown {
    if (typeof written !== 'object' || written === null) return written;
    if (Array.isArray(written)) return written.map(read);
    const parts = Object.entries(written).map(([name, one]) => [name, read(one)] as const);
    const own: Record<string, unknown> = Object.fromEntries(parts);
    return typeof own.$ === 'string' ? special[own.$]?.(own.of) : own;
  }

  /** What a call answers, to its end: what it promises, what it streams, and what its writes do afterwards. */
  async function whole(answer: unknown): Promise<unknown> {
    const value: unknown = await answer;
    if (typeof value !== 'object' || value === null) return value;
    if (Symbol.asyncIterator in value) {
      const parts: unknown[] = [];
      for await (const part of value as AsyncIterable<unknown>) if (parts.push(part) === 3) break;
      return parts;
    }
    for (const write of Array.isArray(value) ? value : [value]) {
      if (typeof write?.after === 'function') await write.after();
    }
    return value;
  }

  async function attempt(work: () => unknown): Promise<void> {
    asked = 0;
    try {
      note(await whole(work()));
    } catch (error) {
      // A value of the right type need not make sense: what a call asked for until then was noted all the same.
      if (!(error instanceof Error)) throw error;
    }
  }

  return {
    async call({ file, name, parameters, next }) {
      const module: object = await import(join(STORE, file));
      const asked: unknown = Reflect.get(module, name);
      if (typeof asked !== 'function') throw new Error(`${file} has no function ${name}`);
      seen.length = 0;
      for (const way of fillings) {
        filled = way;
        await attempt(() => asked(...parameters.map(read)));
        for (const { path, parameters: own } of next) {
          await attempt(async () => {
            const made: unknown = await asked(...parameters.map(read));
            const called = path.reduce<unknown>((part, key) => Reflect.get(Object(part), key), made);
            return typeof called === 'function' ? whole(called.call(made, ...own.map(read))) : undefined;
          });
        }
      }
      const strays = seen.filter((place) => !isOwn(place)).map(({ partition, sort }) => `${partition} ${sort ?? ''}`);
      return { strays: [...new Set(strays)], named: seen.length };
    },
  };
}
