import { UsageError } from './errors.ts';
import { isObject } from './object.ts';

/**
 * The JSON of a body.
 * @throws UsageError if it is no object, or cannot be written as JSON
 */
export function bodyText(body: unknown): string {
  if (!isObject(body)) throw new UsageError('The body is no object.');
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new UsageError('The body is no JSON.', { cause });
  }
}
