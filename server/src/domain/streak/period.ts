import type { Streak } from '@laurel/contract/types';
import type { Run } from '../player.ts';

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;
/** Monday, 29 December 1969, is day -3: with it the ISO week 0 begins. */
const MONDAY = 3;
const WEEK = 7;
/** A pause takes a week out where it covers so many of its days: the greater part. */
const MOST_OF_A_WEEK = 4;

/** The day number of a civil date. */
export function dayNumberOf(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) / DAY;
}

/** The number of the period that a day falls in: neighbours differ by one. */
export function periodOfDay(cadence: Streak['cadence'], dayNumber: number): number {
  return cadence === 'day' ? dayNumber : Math.floor((dayNumber + MONDAY) / WEEK);
}

/** The first and the last day of a period. */
export function daysOfPeriod(cadence: Streak['cadence'], period: number): Run {
  if (cadence === 'day') return [period, period];
  const monday = period * WEEK - MONDAY;
  return [monday, monday + WEEK - 1];
}

/** The periods that a stretch of days takes out, both ends included; null where it takes none. */
export function periodsCovered(cadence: Streak['cadence'], [from, to]: Run): Run | null {
  if (cadence === 'day') return from <= to ? [from, to] : null;
  const covers = (period: number): boolean => {
    const [first, last] = daysOfPeriod(cadence, period);
    return Math.min(last, to) - Math.max(first, from) + 1 >= MOST_OF_A_WEEK;
  };
  const [first, last] = [periodOfDay(cadence, from), periodOfDay(cadence, to)];
  const covered: Run = [covers(first) ? first : first + 1, covers(last) ? last : last - 1];
  return covered[0] <= covered[1] ? covered : null;
}

/** The civil date of a day number; the inverse of {@link dayNumberOf}. */
export function civilDateOf(dayNumber: number): string {
  return new Date(dayNumber * DAY).toISOString().slice(0, 10);
}

/**
 * The last period that a player had the time for, by an instant, who was seen in a period first at another: a traveller
 * to the east skips days on the calendar that never had their hours. A day may be an hour short where clocks change.
 */
export function lastLived(cadence: Streak['cadence'], now: number, elapsed: number): number {
  return cadence === 'day' ? now + Math.floor((elapsed + HOUR) / DAY) : Number.POSITIVE_INFINITY;
}

/** How long after a player was seen in a period first they have had the time for another one, in milliseconds. */
export function timeFor(cadence: Streak['cadence'], periods: number): number {
  return cadence === 'day' ? periods * DAY - HOUR : 0;
}
