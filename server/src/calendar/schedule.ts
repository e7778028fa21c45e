import type { Schedule } from '@laurel/contract/shared/schedule';
import { Temporal } from 'temporal-polyfill';
import { ALL_TIME, periodKey, scheduleKey } from '../domain/index.ts';
import { civilStamp, utcInstant } from './civil.ts';
import { cronAfter, cronAtOrBefore } from './cron.ts';
import { type Bounds, periodBounds } from './period.ts';
import { turnOf } from './turn.ts';

/** One period of a schedule: its key, and when it begins and ends. */
export interface Period extends Bounds {
  readonly key: string;
}

/** The key of a period that began by cron; those of one expression sort as they began. */
function cronKey(start: string): string {
  return `${start.slice(0, 16)}Z`;
}

function cronPeriod(cron: string, zone: string, instant: string): Period | null {
  const from = cronAtOrBefore(cron, zone, instant);
  return from === null ? null : { key: cronKey(from), from, to: cronAfter(cron, zone, instant) };
}

/** An end of a range as an instant; the last date of a range is in it, so it ends when the next one begins. */
function rangeEnd(end: string | undefined, zone: string, side: 'from' | 'to'): string | null {
  if (end === undefined) return null;
  if (end.includes('T')) return utcInstant(end);
  const date = Temporal.PlainDate.from(end);
  return turnOf(side === 'to' ? date.add({ days: 1 }) : date, zone);
}

function isIn({ from, to }: Bounds, instant: string): boolean {
  return (from === null || from <= instant) && (to === null || instant < to);
}

/** When a schedule of one period alone is open; nothing for those of many. */
function onlyPeriod(schedule: Schedule, zone: string): Period | null {
  if (schedule.kind === 'permanent') return { key: ALL_TIME, from: null, to: null };
  if (schedule.kind !== 'range') return null;
  return { key: ALL_TIME, from: rangeEnd(schedule.from, zone, 'from'), to: rangeEnd(schedule.to, zone, 'to') };
}

function zoneOf(schedule: Schedule, userZone: string): string {
  return 'zone' in schedule && schedule.zone !== 'user' ? schedule.zone : userZone;
}

/**
 * The period of a schedule that an instant (UTC, with milliseconds) falls in; nothing where it is closed then: outside
 * of a range, or before the first start of a cron expression.
 * @param userZone what `zone: 'user'` stands for
 */
export function periodOf(schedule: Schedule, instant: string, userZone: string): Period | null {
  const zone = zoneOf(schedule, userZone);
  switch (schedule.kind) {
    case 'permanent':
    case 'range': {
      const only = onlyPeriod(schedule, zone);
      return only !== null && isIn(only, instant) ? only : null;
    }
    case 'recurring': {
      const key = periodKey(schedule.every, civilStamp(instant, zone));
      return { key, ...periodBounds(key, zone) };
    }
    case 'cron':
      return cronPeriod(schedule.cron, zone, instant);
  }
}

/** The keys of the periods of some schedules that an instant falls in, by `scheduleKey`; null where one is closed. */
export function periodsOf(
  instant: string,
  schedules: readonly Schedule[],
  userZone: string,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    schedules.map((schedule) => [scheduleKey(schedule), periodOf(schedule, instant, userZone)?.key ?? null]),
  );
}

/** When a schedule opens and closes next, strictly after an instant; null where it does no more. */
export interface NextTurns {
  readonly opens: string | null;
  readonly closes: string | null;
}

/** The next opening and closing of a schedule after an instant (UTC, with milliseconds). */
export function nextTurns(schedule: Schedule, instant: string, userZone: string): NextTurns {
  const zone = zoneOf(schedule, userZone);
  const only = onlyPeriod(schedule, zone);
  const after = (end: string | null) => (end !== null && end > instant ? end : null);
  if (only !== null) return { opens: after(only.from), closes: after(only.to) };
  if (schedule.kind === 'cron') {
    const next = cronAfter(schedule.cron, zone, instant);
    const isOpen = cronAtOrBefore(schedule.cron, zone, instant) !== null;
    return { opens: next, closes: isOpen || next === null ? next : cronAfter(schedule.cron, zone, next) };
  }
  const next = nextTurn(schedule, instant, zone);
  return { opens: next, closes: next };
}

/** Where the days, weeks or months of a zone turn next; those that a zone skipped are no turn of their own. */
function nextTurn(schedule: Schedule, instant: string, zone: string): string | null {
  let period = periodOf(schedule, instant, zone);
  // Just before a doubled midnight an instant may be dated into a period that is yet to begin.
  if (period?.from != null && period.from > instant) return period.from;
  while (period?.to != null && period.to <= instant) period = periodOf(schedule, period.to, zone);
  return period?.to ?? null;
}
