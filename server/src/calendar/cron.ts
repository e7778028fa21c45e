import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { epochOf } from './civil.ts';
import { latestShown } from './offsets.ts';
import { firstAt } from './turn.ts';

const MAX_PATTERNS = 1000;

const patterns = new Map<string, Cron>();

/**
 * The expression on a line of local times that knows no zones: `UTC`, which skips and doubles nothing. What clocks do
 * to a local time is decided by {@link firstAt} alone, the same for all.
 */
function patternOf(expression: string): Cron {
  const known = patterns.get(expression);
  if (known !== undefined) return known;
  if (patterns.size >= MAX_PATTERNS) patterns.clear();
  const cron = new Cron(expression, { timezone: 'UTC', mode: '5-part', paused: true });
  patterns.set(expression, cron);
  return cron;
}

/** A local time, as croner reads and writes it: the fields of a `Date` in UTC. */
function startOf(local: Date, zone: string): string {
  return firstAt(Temporal.PlainDateTime.from(local.toISOString().slice(0, -1)), zone);
}

/** The second before, or at, which a local time was shown last; expressions know no finer time than the minute. */
function secondShown(instant: string, zone: string): number {
  return Math.floor(latestShown(epochOf(instant), zone) / 1000) * 1000;
}

/**
 * The first start of a cron expression that is after an instant, or nothing. Whatever local time has been shown by
 * then has started; several that clocks skip together are one.
 */
export function cronAfter(expression: string, zone: string, instant: string): string | null {
  const local = patternOf(expression).nextRun(new Date(secondShown(instant, zone)));
  return local === null ? null : startOf(local, zone);
}

/** The last start of a cron expression that is at an instant or before it, or nothing. */
export function cronAtOrBefore(expression: string, zone: string, instant: string): string | null {
  const [local] = patternOf(expression).previousRuns(1, new Date(secondShown(instant, zone) + 1000));
  return local === undefined ? null : startOf(local, zone);
}
