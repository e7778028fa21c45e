import type { Mission } from '@laurel/contract/types';
import { compareText } from './order.ts';

/** A version of a definition, as players may go on by it. */
export interface Versioned {
  readonly version: number;
  /** When it came to work; null where it never did. */
  readonly publishedAt: string | null;
  /** What it makes of what is running. */
  readonly running: Mission['running'];
}

/** A definition that is at work, with every version of it by which players may go on. */
export interface Book<Version extends Versioned> {
  readonly id: string;
  /** Those that were published, in their order. */
  readonly versions: readonly Version[];
  readonly first: Version;
  readonly current: Version;
}

/** What is published of a definition. */
type Published = Versioned & { readonly id: string; readonly status: string };

/**
 * The books of definitions that are at work, in the order of ids. What is archived takes nothing more, so that versions
 * which only archived a definition are none by which somebody goes on.
 * @param published every published version of all of them
 */
export function booksOf<Definition extends Published, Version extends Versioned>(
  atWork: readonly Definition[],
  published: readonly Definition[],
  compile: (definition: Definition) => Version,
): Book<Version>[] {
  const byId = Map.groupBy(
    published.filter(({ status }) => status === 'published'),
    ({ id }) => id,
  );
  return atWork
    .toSorted((a, b) => compareText(a.id, b.id))
    .map((definition) => {
      const { id, version } = definition;
      const earlier = (byId.get(id) ?? []).filter((one) => one.version < version);
      const current = compile(definition);
      const versions = [...earlier.toSorted((a, b) => a.version - b.version).map(compile), current];
      return { id, versions, first: versions[0] ?? current, current };
    });
}

/** Books by what their versions wait for, each under all of it. */
export function booksBy<Version extends Versioned>(
  books: readonly Book<Version>[],
  keyOf: (version: Version) => string,
): ReadonlyMap<string, readonly Book<Version>[]> {
  const pairs = books.flatMap((book) => [...new Set(book.versions.map(keyOf))].map((key) => ({ key, book })));
  const grouped = Map.groupBy(pairs, ({ key }) => key);
  return new Map([...grouped].map(([key, found]) => [key, found.map(({ book }) => book)]));
}

/** Those of which a version counts again what players have. */
export function recounting<Version extends Versioned>(books: readonly Book<Version>[]): readonly Book<Version>[] {
  return books.filter(({ versions }) => versions.some(({ running }) => running === 'recompute'));
}

/** The newest version that was published by an instant; for what is older than all of them, the first. */
export function newestBy<Version extends Versioned>({ versions, first }: Book<Version>, instant: string): Version {
  return versions.findLast(({ publishedAt }) => publishedAt !== null && publishedAt <= instant) ?? first;
}

/** The versions after one that do not leave what is running as it is, by an instant, in their order. */
export function movingBy<Version extends Versioned>(
  { versions }: Book<Version>,
  kept: number,
  instant: string,
): readonly Version[] {
  return versions.filter(
    ({ version, publishedAt, running }) =>
      running !== 'keep' && version > kept && publishedAt !== null && publishedAt <= instant,
  );
}
