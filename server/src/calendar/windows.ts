import type { Schedule } from '@laurel/contract/shared/schedule';
import type { LeaderboardWindow } from '@laurel/contract/types';
import { ALL_TIME, type CompileCron } from '../domain/index.ts';
import { periodBounds } from './period.ts';
import { type Period, periodOf } from './schedule.ts';

/** No player's zone is asked for: the windows of boards name zones. */
const NO_USER = 'UTC';

/** The window of a board as a schedule. */
function scheduleOf(window: LeaderboardWindow): Schedule {
  if (window.kind === 'allTime') return { kind: 'permanent' };
  return window.kind === 'range' ? { ...window, zone: 'UTC' } : window;
}

/** The period of a window that an instant falls in; nothing outside of a range, or before the first start by cron. */
export function periodAt(window: LeaderboardWindow, instant: string): Period | null {
  return periodOf(scheduleOf(window), instant, NO_USER);
}

const shapes = { day: /^\d{4}-\d{2}-\d{2}$/, week: /^\d{4}-W\d{2}$/, month: /^\d{4}-\d{2}$/ } as const;

/** The period of a window that a key names; nothing where it has no such period. */
export function periodNamed(window: LeaderboardWindow, key: string): Period | null {
  switch (window.kind) {
    case 'allTime':
      return key === ALL_TIME ? { key, from: null, to: null } : null;
    case 'range':
      return key === ALL_TIME ? { key, from: window.from, to: window.to } : null;
    case 'recurring':
      return shapes[window.every].test(key) ? namedPeriod(key, window.zone) : null;
    case 'cron': {
      if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(key) || Number.isNaN(Date.parse(key))) return null;
      const period = periodAt(window, new Date(Date.parse(key)).toISOString());
      return period?.key === key ? period : null;
    }
  }
}

/** A period by its key; nothing where the calendar has no such week, month or day. */
function namedPeriod(key: string, zone: string): Period | null {
  try {
    return { key, ...periodBounds(key, zone) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Tells instants their periods by cron; those that follow one another are mostly of one period. */
export const cronPeriods: CompileCron = (window) => {
  let last: Period | null = null;
  return (instant) => {
    const isIn = last?.from != null && last.from <= instant && (last.to === null || instant < last.to);
    if (!isIn) last = periodAt(window, instant);
    return last?.key ?? null;
  };
};
