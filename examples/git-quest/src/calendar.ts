import type { Run } from './results.ts';
import type { Style } from './style.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const LABEL = 5;
const MOST_WEEKS = 26;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'] as const;

/** The weeks that a calendar shows: whole ISO weeks, as UTC dates `YYYY-MM-DD`, both included. */
export interface Span {
  /** A Monday. */
  readonly from: string;
  /** The last day to show; the rest of its week stays empty. */
  readonly to: string;
}

/** The 26 weeks that end with a day, or as many of them as a width has room for. */
export function spanEnding(lastDay: string, width: number): Span {
  const weeks = Math.max(1, Math.min(MOST_WEEKS, Math.floor((width - LABEL) / 2)));
  return { from: dateOf(mondayOf(timeOf(lastDay)) - (weeks - 1) * WEEK), to: lastDay };
}

/**
 * A column for each week and a line for each weekday, as in a contribution graph: `▪` is a day that counted, `■` one
 * of the longest run shown, `·` one that did not count.
 */
export function calendarLines(runs: readonly Run[], span: Span, style: Style): string[] {
  const longest = Math.max(0, ...runs.map((run) => run.days));
  const best = runs.find((run) => run.days === longest);
  const first = timeOf(span.from);
  const last = timeOf(span.to);
  const weeks = Math.floor((last - first) / WEEK) + 1;
  const cell = (time: number): string => {
    if (time > last) return '';
    const date = dateOf(time);
    if (best !== undefined && isWithin(best, date)) return style.yellow('■');
    return runs.some((run) => isWithin(run, date)) ? style.green('▪') : style.dim('·');
  };
  const days = WEEKDAYS.map((name, weekday) => {
    const cells = Array.from({ length: weeks }, (_, week) => cell(first + week * WEEK + weekday * DAY));
    return `${name.padEnd(LABEL)}${cells.join(' ')}`.trimEnd();
  });
  return [`${' '.repeat(LABEL)}${monthNames(first, weeks)}`.trimEnd(), ...days];
}

/** Each month's name above the first week that begins in it; the first month gives way where it has no room. */
function monthNames(first: number, weeks: number): string {
  const months = Array.from({ length: weeks }, (_, week) => new Date(first + week * WEEK).getUTCMonth());
  const starts = months.flatMap((month, week) => (month === months[week - 1] ? [] : [week]));
  return starts.reduce((line, week, index) => {
    const room = ((starts[index + 1] ?? weeks) - week) * 2;
    const name = MONTHS[months[week] ?? 0] ?? '';
    return name.length < room ? `${line.padEnd(week * 2)}${name}` : line;
  }, '');
}

function isWithin(run: Run, date: string): boolean {
  return run.from <= date && date <= run.to;
}

function timeOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The Monday of the ISO week of a midnight. */
function mondayOf(time: number): number {
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return time - sinceMonday * DAY;
}
