import { localDay, offsetAt } from '../game/local-time.ts';

const DAY = 86_400_000;

/** The least whole number in (low, high] for which a condition that never turns back holds; it must hold at `high`. */
function least(low: number, high: number, holds: (value: number) => boolean): number {
  let [below, above] = [low, high];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** Where a zone's offset changes between two instants that are a day apart or less, to the second. */
function changeBetween(low: number, high: number, zone: string): number {
  const before = offsetAt(low, zone);
  return least(low / 1000, high / 1000, (second) => offsetAt(second * 1000, zone) !== before) * 1000;
}

/** The changes of a zone within some days of an instant, found hour by hour. */
export function changesNear(instant: number, days: number, zone: string): number[] {
  const start = Math.floor(instant / 3_600_000) * 3_600_000 - days * DAY;
  const changes: number[] = [];
  for (let hour = start; hour < instant + days * DAY; hour += 3_600_000) {
    if (offsetAt(hour, zone) !== offsetAt(hour + 3_600_000, zone))
      changes.push(changeBetween(hour, hour + 3_600_000, zone));
  }
  return changes;
}

/**
 * When a date begins in a zone, by Intl alone: the last instant at which the clocks' date goes from an earlier one to
 * this one or a later one. Between two changes the date only grows, so each such piece is searched by halves.
 */
export function dayStart(day: string, zone: string, changes: readonly number[]): number {
  const middle = Date.parse(day);
  const hasBegun = (instant: number) => localDay(instant, zone) >= day;
  const inside = changes.filter((change) => Math.abs(change - middle) < 3 * DAY);
  const ends = [middle - 3 * DAY, ...inside, middle + 3 * DAY];
  for (let piece = ends.length - 2; piece >= 0; piece -= 1) {
    const [from = 0, to = 0] = [ends[piece], ends[piece + 1]];
    if (!hasBegun(from)) return least(from / 1000, to / 1000, (second) => hasBegun(second * 1000)) * 1000;
    if (!hasBegun(from - 1000)) return from;
  }
  throw new Error(`${day} does not begin in ${zone} within three days`);
}

/** The date so many days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
