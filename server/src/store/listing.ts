import type { Item } from './table.ts';

/** How far to read in a list: how many, and after which position. */
export interface Reach {
  readonly limit: number;
  readonly after: string | undefined;
}

/** A part of a list, and the position to read on from (null at its end). */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * The most that the items of one page weigh, in bytes of JSON. A function on AWS can answer with 6 MB, in which the JSON is
 * escaped once more; a page that is cut says where to read on like any other.
 */
export const MOST_BYTES = 3 * 1024 * 1024;

/** Counts what a page weighs: tells of each further item whether it still fits. The first always does. */
export function pageWeight(): (value: unknown) => boolean {
  let all = 0;
  return (value) => {
    const isFirst = all === 0;
    all += Buffer.byteLength(JSON.stringify(value) ?? '');
    return isFirst || all <= MOST_BYTES;
  };
}

/** As many items from the beginning as one page takes. */
export function onePage<T>(items: readonly T[], limit: number): readonly T[] {
  const fits = pageWeight();
  const end = items.slice(0, limit).findIndex((item) => !fits(item));
  return items.slice(0, end === -1 ? limit : end);
}

/** Makes a listing from items of which one more than asked was read, so that the end is known. */
export function listing<T>(
  items: readonly Item[],
  reach: Reach,
  positionOf: (item: Item) => string,
  present: (item: Item) => T,
): Listing<T> {
  const shown = onePage(items, reach.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    next: items.length > shown.length && last !== undefined ? positionOf(last) : null,
  };
}

/**
 * Lists what passes a filter: reads on until a page is full or the list ends. `read` answers at most `count` items
 * after a position, in order.
 */
export async function filteredListing<T>(
  reach: Reach,
  read: (count: number, after: string | undefined) => Promise<Item[]>,
  positionOf: (item: Item) => string,
  present: (item: Item) => T,
  keep: (value: T) => boolean,
): Promise<Listing<T>> {
  const items: T[] = [];
  const fits = pageWeight();
  let position = reach.after;
  for (;;) {
    const count = Math.max(reach.limit + 1, 50);
    const found = await read(count, position);
    for (const item of found) {
      const value = present(item);
      if (keep(value)) {
        if (items.length === reach.limit || !fits(value)) return { items, next: position ?? null };
        items.push(value);
      }
      position = positionOf(item);
    }
    if (found.length < count) return { items, next: null };
  }
}

/** The position of an item in a list that is read by sort key. */
export function sortKeyOf(item: Item): string {
  return String(item.sk);
}

/** The part of a selection that says where to read on. */
export function afterOf(reach: Reach): { after: string } | Record<never, never> {
  return reach.after === undefined ? {} : { after: reach.after };
}
