import { ALL_TIME } from '../calendar.ts';
import { basePeriod } from '../player.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * How long after its last movement a period may still take an event, in the order of a history: its own length, and two
 * days more, since a player may travel, and a zone's calendar is at most 26 hours from another's.
 */
function reach(period: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(period)) return 3 * DAY;
  if (/^\d{4}-W\d{2}$/.test(period)) return 9 * DAY;
  if (/^\d{4}-\d{2}$/.test(period)) return 33 * DAY;
  // By cron: asked only when the next one has begun, which is at most the difference of two zones away.
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(period)) return 3 * DAY;
  return Number.POSITIVE_INFINITY;
}

/**
 * Whether nothing from an instant on can fall in a period any more that moved last at another. What is over leaves the
 * hot state, which would grow for ever otherwise; what came of it stays where it is read from.
 */
export function isOver(period: string, movedAt: string, now: string): boolean {
  if (basePeriod(period) === ALL_TIME) return false;
  return Date.parse(now) - Date.parse(movedAt) > reach(basePeriod(period));
}
