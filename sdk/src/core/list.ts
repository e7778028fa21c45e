import { ResponseError, UsageError } from './errors.ts';
import { isObject } from './object.ts';

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** Give it as `cursor` to read on; null at the end. */
  readonly nextCursor: string | null;
}

/**
 * A list: await it for its first page, or go through its items, over all pages, with `for await`. The first page is
 * asked for at once, the others when they are needed.
 *
 * @example
 * const { items, nextCursor } = await laurel.missions.list({ limit: 20 });
 * for await (const mission of laurel.missions.list()) console.log(mission.name);
 */
export interface List<Item> extends Promise<Page<Item>>, AsyncIterable<Item> {
  /** The pages, each when it is asked for. */
  pages(): AsyncIterable<Page<Item>>;
  /** All items, but at most `max`: a list may be longer than memory. */
  toArray(bound: { readonly max: number }): Promise<Item[]>;
}

function isPage(value: unknown): value is Page<unknown> {
  return (
    isObject(value) &&
    'items' in value &&
    Array.isArray(value.items) &&
    'nextCursor' in value &&
    (value.nextCursor === null || typeof value.nextCursor === 'string')
  );
}

function noPage(): ResponseError {
  const facts = { status: 200, requestId: undefined, retryAfter: undefined };
  return new ResponseError('The answer is not one of Laurel: it is no page of a list that ends.', facts);
}

/** A search may find nothing for a while, but a list with so many empty pages in a row has no end. */
const MOST_EMPTY = 1000;

/** A list from what fetches a page of it: the first, or the one at a cursor. */
export function listOf(fetchPage: (cursor: string | undefined) => Promise<unknown>): List<unknown> {
  const pageAt = async (cursor?: string): Promise<Page<unknown>> => {
    const page = await fetchPage(cursor);
    if (isPage(page)) return page;
    throw noPage();
  };
  const first = pageAt();
  async function* pages(): AsyncGenerator<Page<unknown>> {
    let page = await first;
    yield page;
    for (let empty = 0; page.nextCursor !== null; ) {
      const cursor = page.nextCursor;
      page = await pageAt(cursor);
      empty = page.items.length === 0 ? empty + 1 : 0;
      if (page.nextCursor === cursor || empty > MOST_EMPTY) throw noPage();
      yield page;
    }
  }
  async function* items(): AsyncGenerator<unknown> {
    for await (const page of pages()) yield* page.items;
  }
  async function toArray(bound?: { readonly max: number }): Promise<unknown[]> {
    const max = bound?.max ?? 0;
    const found: unknown[] = [];
    // After the first page, so that its failure, if any, is the one that is told.
    await first;
    if (!Number.isSafeInteger(max) || max < 1) throw new UsageError('max must be an integer of 1 or more.');
    for await (const item of items()) {
      found.push(item);
      if (found.length === max) break;
    }
    return found;
  }
  return Object.assign(first, { pages, [Symbol.asyncIterator]: items, toArray });
}
