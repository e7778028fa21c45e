import { LRUCache } from 'lru-cache';
import type { Cache, SharedTexts, Shelf, ShelfOptions } from '../ports/cache.ts';
import { textKeyOf } from '../store/scope.ts';

/** How far the clocks of two processes may be apart, in milliseconds. */
const SKEW_MS = 1000;

/** What a cache is made of. */
export interface CacheParts {
  /** What other processes have read; without it each process reads for itself. */
  readonly shared?: SharedTexts | undefined;
  /** The present moment, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** Values as JSON. */
export function jsonText<T>(): { write: (value: T) => string; read: (text: string) => T | undefined } {
  return {
    write: (value) => JSON.stringify(value),
    read: (text) => {
      try {
        return JSON.parse(text);
      } catch (error) {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
  };
}

function createShelf<T extends object>(
  { name, ttlMs, most, text }: ShelfOptions<T>,
  shared: SharedTexts | undefined,
  now: () => number,
): Shelf<T> {
  const kept = new LRUCache<string, { readonly value: T; readonly until: number }>({ max: most });
  const flights = new Map<string, Promise<T | undefined>>();

  async function sharedValue(key: string): Promise<{ value: T; readAt: number } | undefined> {
    const found = text === undefined ? undefined : await shared?.get(key);
    if (text === undefined || found === undefined) return undefined;
    // What was read too long ago, or is said to be read in the time to come, is no answer.
    const age = now() - found.readAt;
    if (age >= ttlMs || age < -SKEW_MS) return undefined;
    const value = text.read(found.text);
    return value === undefined ? undefined : { value, readAt: found.readAt };
  }

  /** Finds or loads a value, and keeps it if it is still wanted then. Its time runs from before it was read. */
  async function fill(key: string, load: () => Promise<T | undefined>, isWanted: () => boolean) {
    const found = await sharedValue(key);
    if (found !== undefined) {
      if (isWanted()) kept.set(key, { value: found.value, until: found.readAt + ttlMs });
      return found.value;
    }
    const readAt = now();
    const value = await load();
    if (value === undefined || !isWanted()) return value;
    kept.set(key, { value, until: readAt + ttlMs });
    if (text !== undefined) await shared?.set(key, { readAt, text: text.write(value) }, ttlMs);
    return value;
  }

  const keyOf = (...[scope, names]: Parameters<Shelf<T>['forget']>) => textKeyOf(scope, ['CACHE', name, ...names]);

  return {
    async read(scope, names, load) {
      const key = keyOf(scope, names);
      const own = kept.get(key);
      if (own !== undefined && own.until > now()) return own.value;
      const under = flights.get(key);
      if (under !== undefined) return under;
      const flight = fill(key, load, () => flights.get(key) === flight);
      flights.set(key, flight);
      try {
        return await flight;
      } finally {
        if (flights.get(key) === flight) flights.delete(key);
      }
    },
    async forget(scope, names) {
      const key = keyOf(scope, names);
      kept.delete(key);
      flights.delete(key);
      if (text !== undefined) await shared?.remove(key);
    },
  };
}

/**
 * Makes a cache that is read through: what this process has, then what others have, then what `load` reads. Keys are made
 * here, from a scope, so that a value of one tenant has no name that another tenant's caller could ask by.
 */
export function createCache({ shared, now = Date.now }: CacheParts = {}): Cache {
  return { shelf: (options) => createShelf(options, shared, now) };
}
