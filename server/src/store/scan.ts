import type { Listing, Reach } from './listing.ts';

/** Something that was read, and the position to read on after it. */
export interface Scanned<T> {
  readonly value: T;
  readonly position: string;
}

/**
 * Lists what passes a filter, but looks at `most` things at the most: a page may then be short, or empty, and still
 * say where to read on. A call costs no more, however rare what it looks for is.
 */
export async function boundedListing<T>(
  scanned: AsyncIterable<Scanned<T>>,
  reach: Reach,
  keep: (value: T) => boolean,
  most: number,
): Promise<Listing<T>> {
  const items: T[] = [];
  let seen = 0;
  let last = reach.after ?? null;
  for await (const { value, position } of scanned) {
    if (seen === most) return { items, next: last };
    const isKept = keep(value);
    if (isKept && items.length === reach.limit) return { items, next: last };
    if (isKept) items.push(value);
    seen += 1;
    last = position;
  }
  return { items, next: null };
}

/** How many pass a filter, of how many, and whether those were all. */
export interface Count {
  readonly size: number;
  readonly scanned: number;
  readonly complete: boolean;
}

/** Counts what passes a filter, but looks at `most` things at the most. */
export async function boundedCount<T>(
  scanned: AsyncIterable<Scanned<T>>,
  keep: (value: T) => boolean,
  most: number,
): Promise<Count> {
  let size = 0;
  let seen = 0;
  for await (const { value } of scanned) {
    if (seen === most) return { size, scanned: seen, complete: false };
    if (keep(value)) size += 1;
    seen += 1;
  }
  return { size, scanned: seen, complete: true };
}
