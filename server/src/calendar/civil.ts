import { Temporal } from 'temporal-polyfill';
import type { CivilStamp, Stamps } from '../domain/index.ts';
import { offsetAt } from './offsets.ts';

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const DAY = 86_400_000;

/** The ISO 8601 week that a date lies in, as `2026-W48`; the year is the week's, not the date's. */
export function weekKey(date: Temporal.PlainDate): string {
  const year = String(date.yearOfWeek ?? date.year).padStart(4, '0');
  return `${year}-W${String(date.weekOfYear ?? 0).padStart(2, '0')}`;
}

function stampOf(date: Temporal.PlainDate): CivilStamp {
  const day = date.toString();
  return {
    day,
    dayNumber: date.since(EPOCH, { largestUnit: 'day' }).days,
    week: weekKey(date),
    month: day.slice(0, 7),
  };
}

/** Fifty years of days; a day's stamp is the same in every zone. */
const MAX_DAYS = 20_000;

const stampsByDay = new Map<number, CivilStamp>();

function stampOfDay(dayNumber: number): CivilStamp {
  const known = stampsByDay.get(dayNumber);
  if (known !== undefined) return known;
  if (stampsByDay.size >= MAX_DAYS) stampsByDay.clear();
  const stamp = Object.freeze(stampOf(EPOCH.add({ days: dayNumber })));
  stampsByDay.set(dayNumber, stamp);
  return stamp;
}

/** The form that Laurel itself writes instants in; `Date.parse` takes it to the letter, and much faster. */
const OWN_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** An instant (RFC 3339) as milliseconds since 1970; finer digits are cut. */
export function epochOf(instant: string): number {
  return OWN_FORM.test(instant) ? Date.parse(instant) : Temporal.Instant.from(instant).epochMilliseconds;
}

/** The civil date of an instant (RFC 3339) in an IANA zone: what the clocks there show. */
export function civilStamp(instant: string, zone: string): CivilStamp {
  const epoch = epochOf(instant);
  return stampOfDay(Math.floor((epoch + offsetAt(epoch, zone)) / DAY));
}

/** The civil dates of one instant in several zones. */
export function stampsOf(instant: string, zones: Iterable<string>): Stamps {
  return Object.fromEntries([...new Set(zones)].map((zone) => [zone, civilStamp(instant, zone)]));
}

/** The calendar date of a day number (days since 1970-01-01), as `2026-11-24`. */
export function dateOfDay(dayNumber: number): string {
  return EPOCH.add({ days: dayNumber }).toString();
}

/** The day number of a calendar date; the inverse of {@link dateOfDay}. */
export function dayOfDate(date: string): number {
  return stampOf(Temporal.PlainDate.from(date)).dayNumber;
}

/** An instant with any offset as UTC with milliseconds and `Z`, which sorts as text; finer digits are cut. */
export function utcInstant(text: string): string {
  return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3, roundingMode: 'floor' });
}

/** What the clocks of an IANA zone show at an instant (RFC 3339): the day of the week from Monday (1), and the minute. */
export function civilMinute(instant: string, zone: string): { readonly day: number; readonly minute: number } {
  const epoch = epochOf(instant);
  const local = epoch + offsetAt(epoch, zone);
  const days = Math.floor(local / DAY);
  // 1970-01-01 was a Thursday.
  return { day: ((((days + 3) % 7) + 7) % 7) + 1, minute: Math.floor((local - days * DAY) / 60_000) };
}
