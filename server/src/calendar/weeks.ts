import { Temporal } from 'temporal-polyfill';
import { weekKey } from './civil.ts';

/** The Monday that an ISO 8601 week (`2026-W48`) begins with. */
function mondayOf(week: string): Temporal.PlainDate {
  const [year, number] = week.split('-W').map(Number);
  // The fourth of January is always in the first week.
  const fourth = Temporal.PlainDate.from({ year: year ?? Number.NaN, month: 1, day: 4 });
  return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: (number ?? Number.NaN) - 1 });
}

/** Whether a text names a week that the calendar has. */
export function isWeek(text: string): boolean {
  return /^\d{4}-W\d{2}$/.test(text) && weekKey(mondayOf(text)) === text;
}

/** The moment after the last of a week in a zone, UTC. */
export function weekEnd(week: string, zone: string): string {
  const end = mondayOf(week).add({ weeks: 1 }).toZonedDateTime({ timeZone: zone, plainTime: '00:00' });
  return end.toInstant().toString({ fractionalSecondDigits: 3 });
}

/** The week after one. */
export function nextWeek(week: string): string {
  return weekKey(mondayOf(week).add({ weeks: 1 }));
}

/** How many weeks a week is after another; the next one is 1 after. */
export function weeksFrom(earlier: string, later: string): number {
  return mondayOf(earlier).until(mondayOf(later), { largestUnit: 'day' }).days / 7;
}
