import { isObject } from '../../core/object.ts';
import { memberOf } from './lists.ts';

/** A report as text with commas, as far as a mock needs it: a line of names, then a line of each row. */
export function csvOf(body: unknown): string {
  const lists = isObject(body)
    ? Object.values(body).find((value): value is object[] => Array.isArray(value))
    : undefined;
  const rows = (lists ?? [body]).filter(isObject);
  const names = Object.keys(rows[0] ?? {}).filter((name) => !isObject(memberOf(rows[0], name)));
  return [names, ...rows.map((row) => names.map((name) => memberOf(row, name)))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');
}
