import { localDay } from '../game/local-time.ts';

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
