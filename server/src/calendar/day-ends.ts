import { Temporal } from 'temporal-polyfill';
import { turnOf } from './turn.ts';

/** Some years of days of some zones; an end that was forgotten is worked out again. */
const MAX_ENDS = 20_000;

const ends = new Map<string, string>();

/** When a day (`2026-11-24`) ends in a zone: from then on its clocks show no such date any more. */
export function endOfDay(day: string, zone: string): string {
  const key = `${day} ${zone}`;
  const known = ends.get(key);
  if (known !== undefined) return known;
  if (ends.size >= MAX_ENDS) ends.clear();
  const end = turnOf(Temporal.PlainDate.from(day).add({ days: 1 }), zone);
  ends.set(key, end);
  return end;
}
