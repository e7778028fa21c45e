import { UsageError } from './errors.ts';

/**
 * An http(s) URL without what stands behind its path, and without a slash at its end.
 * @throws UsageError if it is none, or if it holds a user name, a query or a fragment
 */
export function checkedUrl(name: string, value: string): string {
  if (!/^https?:\/\/[^/?#@\\]+(\/[^?#]*)?$/i.test(value) || !URL.canParse(value)) {
    // The value is left out on purpose: what is not a URL may be a secret in the wrong place.
    throw new UsageError(`${name} must be a plain http(s) URL.`);
  }
  return new URL(value).href.replace(/\/+$/, '');
}

function segment(name: string, value: unknown): string {
  // `.` and `..` are taken out of a path by every URL parser, and an empty segment names the list, not the thing.
  if (typeof value !== 'string' || /^\.{0,2}$/.test(value)) {
    throw new UsageError(`${name} must be text other than "", "." and "..".`);
  }
  try {
    return encodeURIComponent(value);
  } catch (cause) {
    throw new UsageError(`${name} is not well-formed text.`, { cause });
  }
}

/**
 * Puts values, encoded, in the places of `:name` in a path.
 * @throws UsageError if one could be taken for another path, or is not well-formed text
 */
export function filledPath(path: string, values: readonly unknown[]): string {
  let next = 0;
  return path.replace(/:(\w+)/g, (_, name: string) => segment(name, values[next++]));
}

/** A query as text: arrays repeat their key, undefined and null are left out. */
export function queryText(query: object): string {
  const pairs = Object.entries(query).flatMap(([key, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined && one !== null)
      .map((one) => [key, String(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
