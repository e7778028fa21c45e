import { Temporal } from 'temporal-polyfill';
import { turnOf } from './turn.ts';

/** A stretch of time: from `from` (included) to `to` (not included), instants in UTC; open where one is null. */
export interface Bounds {
  readonly from: string | null;
  readonly to: string | null;
}

/** The first and the next date of a week; the fourth of January is in the first week of each year (ISO 8601). */
function mondayOf(year: string, week: string): Temporal.PlainDate {
  const first = Temporal.PlainDate.from(`${year}-01-04`);
  return first.subtract({ days: first.dayOfWeek - 1 }).add({ weeks: Number(week) - 1 });
}

/** The first date of a period, and the first date after it; nothing where the text is no key of one. */
function datesOf(key: string): readonly [Temporal.PlainDate, Temporal.PlainDate] | undefined {
  const week = /^(\d{4})-W(\d{2})$/.exec(key);
  if (week !== null) {
    const [, year = '', number = ''] = week;
    const from = mondayOf(year, number);
    const isReal = from.weekOfYear === Number(number) && from.yearOfWeek === Number(year);
    return isReal ? [from, from.add({ weeks: 1 })] : undefined;
  }
  const isMonth = /^\d{4}-\d{2}$/.test(key);
  if (!isMonth && !/^\d{4}-\d{2}-\d{2}$/.test(key)) return undefined;
  const from = Temporal.PlainDate.from(isMonth ? `${key}-01` : key);
  return [from, from.add(isMonth ? { months: 1 } : { days: 1 })];
}

/**
 * When a day (`2026-11-24`), ISO week (`2026-W48`) or month (`2026-11`) begins and ends in a zone. A period ends where
 * the next one begins, so they tile the line; a date that the zone skipped has no length. Days may have any length:
 * 23 hours, 25, 24 and a half.
 * @throws RangeError for what is no key of a day, a week or a month
 */
export function periodBounds(key: string, zone: string): { readonly from: string; readonly to: string } {
  const dates = datesOf(key);
  if (dates === undefined) throw new RangeError(`${JSON.stringify(key)} is not a day, a week or a month`);
  const [first, next] = dates;
  return { from: turnOf(first, zone), to: turnOf(next, zone) };
}
