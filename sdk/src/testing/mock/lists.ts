import { isObject } from '../../core/object.ts';
import type { ItemOf, ListName } from './names.ts';
import type { Asked, Reply } from './reply.ts';
import { routeNamed } from './routes.ts';

/** What lists hold, by the operation that reads them. */
export type Given = { readonly [Name in ListName]?: readonly ItemOf<Name>[] };

/** The state of all lists. */
export interface Lists {
  /** The items of a list, to read and to change: what was given, else the contract's example. */
  of<Name extends ListName>(name: Name): ItemOf<Name>[];
  /** The same by a name that is known at run time alone; undefined where there is no such list. */
  named(name: string): object[] | undefined;
  /** Whether somebody said what it holds: then nothing else exists. */
  isGiven(name: string): boolean;
  /** The same state in lists of their own. */
  copy(): Lists;
}

/** Lists that begin with what is given; the others with an example each, or empty. */
export function listsOf(given: Given, startEmpty: boolean, from?: ReadonlyMap<string, object[]>): Lists;
export function listsOf(
  given: Readonly<Record<string, readonly object[]>>,
  startEmpty: boolean,
  from: ReadonlyMap<string, object[]> = new Map(),
): object {
  const held = new Map(structuredClone([...from]));
  const named = (name: string): object[] | undefined => {
    const found = held.get(name);
    if (found !== undefined) return found;
    const route = routeNamed(name);
    if (route?.isList !== true) return undefined;
    const example = startEmpty ? undefined : route.example();
    const items = structuredClone(given[name]?.slice()) ?? (example === undefined ? [] : [example]);
    held.set(name, items);
    return items;
  };
  return {
    of: named,
    named,
    isGiven: (name: string) => startEmpty || given[name] !== undefined,
    copy: () => listsOf(given, startEmpty, held),
  };
}

/** A member of a thing, by name. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

const PAGING = new Set(['limit', 'cursor']);

/** Filters by what an item has under the same name; what it does not have is no filter of the mock. */
function matches(item: object, query: URLSearchParams): boolean {
  return [...query].every(([name, wanted]) => {
    const value = memberOf(item, name);
    if (PAGING.has(name) || value === undefined || isObject(value)) return true;
    return String(value) === wanted;
  });
}

/** The filters of a page, as its cursor keeps them. */
function filtersOf(name: string, { query, path }: Asked): string {
  return [name, path, ...[...query].filter(([key]) => !PAGING.has(key)).map((pair) => pair.join('='))].join('&');
}

function offsetOf(cursor: string | null, filters: string): number | undefined {
  if (cursor === null) return 0;
  try {
    const [offset, ...rest] = decodeURIComponent(atob(cursor)).split('|');
    return rest.join('|') === filters ? Number(offset) : undefined;
  } catch {
    // Not one that was made here, which is all there is to say.
    return undefined;
  }
}

/** One page of items, by the limit, the cursor and the filters of a request. */
export function pageOf(name: string, items: readonly object[], asked: Asked): Reply {
  const limit = Number(asked.query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    return { problem: 'invalid_request', detail: 'limit is an integer from 1 to 200.', pointer: '/limit' };
  const filters = filtersOf(name, asked);
  const offset = offsetOf(asked.query.get('cursor'), filters);
  if (offset === undefined)
    return { problem: 'invalid_cursor', detail: 'The cursor was not made by this list with these filters.' };
  const found = items.filter((item) => matches(item, asked.query));
  const end = offset + limit;
  const nextCursor = end < found.length ? btoa(encodeURIComponent(`${end}|${filters}`)) : null;
  return { body: { items: found.slice(offset, end), nextCursor } };
}
